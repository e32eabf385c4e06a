"""Invents news sentences together with their trees, for training the parser on what treebanks of letters and blogs hardly hold.

Belongs here: a small random grammar of wire and agency prose (titled names, appositions, datelines, attributions, amounts, headlines), in
the conventions of the English UD treebanks. Does not belong here: real sentences, or anything the engine reads at run time.
"""

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.extraction.lexicon import table


@dataclass(slots=True)
class Node:
    """A word with what hangs on it, before and behind, in order."""

    word: str
    tag: str
    relation: str = "dep"
    left: list["Node"] = field(default_factory=list)
    right: list["Node"] = field(default_factory=list)

    def before(self, *nodes: "Node | None") -> "Node":
        """Put ``nodes`` in front of everything that hangs on this word."""
        self.left[:0] = [node for node in nodes if node]
        return self

    def behind(self, *nodes: "Node | None") -> "Node":
        """Put ``nodes`` behind everything that hangs on this word."""
        self.right += [node for node in nodes if node]
        return self

    def as_(self, relation: str) -> "Node":
        """Name the relation to the governing word."""
        self.relation = relation
        return self


Sentence = tuple[list[str], list[str], list[int], list[str]]


def _spread(root: Node) -> Sentence:
    """Return words, tags, governors (-1 for the root) and relations of a tree in reading order."""
    ordered: list[Node] = []

    def visit(node: Node) -> None:
        for kid in node.left:
            visit(kid)
        ordered.append(node)
        for kid in node.right:
            visit(kid)

    visit(root)
    place = {id(node): index for index, node in enumerate(ordered)}
    parents = [-1] * len(ordered)
    for node in ordered:
        for kid in node.left + node.right:
            parents[place[id(kid)]] = place[id(node)]
    return (
        [n.word for n in ordered],
        [n.tag for n in ordered],
        parents,
        ["root" if p < 0 else n.relation for n, p in zip(ordered, parents, strict=True)],
    )


class NewsGrammar:
    """A random grammar; the same ``seed`` gives the same sentences."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = tomllib.loads((Path(__file__).parent / "news_words.toml").read_text("utf-8"))
        self.forms = {row["lemma"]: row for row in table("verb_forms")}
        self.countries = [row["name"] for row in table("countries")]
        self.capitals = [row["capital"] for row in table("countries") if row["capital"]]
        self.demonyms = sorted({row["term"] for row in table("country_aliases") if row["form"] == "demonym" and " " not in row["term"]})

    # ------------------------------------------------------------------------------------------ words

    def _chance(self, share: float) -> bool:
        return self.random.random() < share

    def _one(self, name: str) -> str:
        return self.random.choice(self.words[name])

    def _form(self, lemma: str, column: str) -> str:
        row = self.forms[lemma]
        value = row[column] or row["past"]
        return value.split("/")[0]

    def _punct(self, mark: str) -> Node:
        return Node(mark, "PUNCT", "punct")

    def _case(self, word: str) -> Node:
        parts = word.split()
        node = Node(parts[0], "ADP", "case")
        for more in parts[1:]:
            node.behind(Node(more, "ADP", "fixed"))
        return node

    def _compound(self, text: str, tag: str = "PROPN") -> Node:
        """Return a name of several words, its last word the head; "of" phrases hang on the word before."""
        words = text.split()
        if "of" in words[1:-1]:
            cut = words.index("of")
            head = self._compound(" ".join(words[:cut]), tag)
            return head.behind(self._compound(" ".join(words[cut + 1 :]), tag).before(self._case("of")).as_("nmod"))
        if "and" in words[1:-1]:
            cut = words.index("and")
            head = self._compound(" ".join(words[:cut]), tag)
            return head.behind(self._compound(" ".join(words[cut + 1 :]), tag).before(Node("and", "CCONJ", "cc")).as_("conj"))
        head = Node(words[-1], tag)
        return head.before(
            *[
                Node(
                    word,
                    "ADJ"
                    if word
                    in (
                        "Foreign",
                        "Prime",
                        "National",
                        "European",
                        "Central",
                        "Deputy",
                        "Special",
                        "foreign",
                        "prime",
                        "central",
                        "local",
                        "food",
                        "renewable",
                    )
                    else tag,
                    "amod"
                    if word
                    in (
                        "Foreign",
                        "Prime",
                        "National",
                        "European",
                        "Central",
                        "Deputy",
                        "Special",
                        "foreign",
                        "prime",
                        "central",
                        "local",
                        "renewable",
                    )
                    else "compound",
                )
                for word in words[:-1]
            ]
        )

    def _name_part(self) -> str:
        return "".join(
            self._one("onsets") + self._one("vowels") + (self._one("codas") if last else "")
            for last in ([True] if self._chance(0.3) else [False, True])
        ).capitalize()

    def name(self) -> Node:
        """Return a person's name: first word the head, the rest flat."""
        first = self._name_part()
        if self._chance(0.12):
            first += "-" + self._name_part()
        head = Node(first, "PROPN")
        count = self.random.choice((0, 1, 1, 1, 1, 2))
        for _ in range(count):
            if self._chance(0.08):
                head.behind(Node(self._one("particles"), "PROPN", "flat"))
            part = self._name_part()
            if self._chance(0.08):
                part += "-" + self._name_part()
            head.behind(Node(part, "PROPN", "flat"))
        return head

    def country(self) -> Node:
        return self._compound(self.random.choice(self.countries) if self._chance(0.75) else self.random.choice(self.capitals))

    def city(self) -> Node:
        return self._compound(self.random.choice(self.capitals) if self._chance(0.7) else self._name_part())

    def possessor(self, node: Node) -> Node:
        return node.behind(Node(self.random.choice(("'s", "’s")), "PART", "case")).as_("nmod:poss")

    def number(self) -> Node:
        style = self.random.random()
        text = (
            str(self.random.randint(2, 990))
            if style < 0.4
            else f"{self.random.uniform(1, 99):.{self.random.choice((1, 2, 3))}f}"
            if style < 0.8
            else self.random.choice(("two", "three", "five", "ten", "twelve", "20", "1,200"))
        )
        return Node(text, "NUM", "nummod")

    def amount(self) -> Node:
        style = self.random.random()
        if style < 0.45:
            head = Node(self._one("currencies"), "SYM")
            number = self.number()
            if self._chance(0.8):
                head.behind(Node(self._one("multiples"), "NUM", "nummod").before(number.as_("compound")))
            else:
                number.word += self.random.choice(("bn", "m", "mn"))
                head.behind(number)
        elif style < 0.6:
            head = Node(self._one("currency_words"), "SYM").behind(
                Node(self._one("multiples"), "NUM", "nummod").before(self.number().as_("compound"))
            )
        elif style < 0.8:
            head = Node(self.random.choice(("percent", "per cent", "%", "pc", "percent")), "SYM").before(self.number())
            if head.word == "per cent":
                head = Node("cent", "NOUN").before(self.number(), Node("per", "ADP", "compound"))
            elif head.word != "%":
                head.tag = "NOUN"
        else:
            head = Node(self.random.choice(("dollars", "euros", "tonnes", "tons", "barrels", "francs", "pesos")), "NOUN").before(
                Node(self._one("multiples"), "NUM", "nummod").before(self.number().as_("compound"))
            )
        if self._chance(0.25):
            about = self.random.choice(("about", "nearly", "around", "over", "some", "almost"))
            inner = head.right[0] if head.right else head.left[0]
            inner.before(Node(about, "ADV", "advmod"))
        elif self._chance(0.15):
            inner = head.right[0] if head.right else head.left[0]
            inner.before(Node("more", "ADJ", "advmod").behind(Node("than", "ADP", "fixed")))
        return head

    # ------------------------------------------------------------------------------------------ noun phrases

    def date(self) -> Node:
        """Return an adverbial of time, its relation set to that of an oblique."""
        style = self.random.random()
        if style < 0.3:
            node = Node(self._one("weekdays"), "PROPN").before(self._case("on")).as_("obl")
            if self._chance(0.15):
                node.behind(Node(self.random.choice(("morning", "evening", "afternoon", "night")), "NOUN", "dep"))
                last = node.right.pop()
                last.before(*node.left, Node(node.word, "PROPN", "compound"))
                return last.as_("obl")
            return node
        if style < 0.38:
            return Node(self._one("weekdays"), "PROPN", "obl:unmarked")
        if style < 0.6:
            day = Node(str(self.random.randint(1, 31)), "NUM")
            month = Node(self._one("months"), "PROPN", "nmod:unmarked")
            if self._chance(0.6):
                day.before(month)
            else:
                day.word += self.random.choice(("", "", "th"))
                day.behind(month)
            if self._chance(0.4):
                if self._chance(0.6):
                    day.behind(self._punct(","))
                day.behind(Node(str(self.random.randint(1990, 2030)), "NUM", "nmod:unmarked"))
            return day.before(self._case("on") if self._chance(0.85) else None).as_("obl")
        if style < 0.72:
            return (
                Node(self.random.choice((str(self.random.randint(1990, 2035)), self._one("months"))), "NUM")
                .before(self._case(self.random.choice(("in", "in", "by", "since"))))
                .as_("obl")
            )
        if style < 0.9:
            return Node(self._one("units"), "NOUN", "obl:unmarked").before(
                Node(self.random.choice(("last", "next", "this", "last", "this")), "ADJ", "amod")
            )
        if style < 0.95:
            return (
                Node(self._one("units"), "NOUN")
                .before(
                    self._case(self.random.choice(("in", "within", "after", "over"))),
                    self.number() if self._chance(0.5) else Node("the", "DET", "det"),
                )
                .as_("obl")
            )
        return Node(self.random.choice(("today", "yesterday", "tomorrow")), "NOUN", "obl:unmarked")

    def person(self, depth: int = 0) -> Node:
        """Return a titled, described or bare person."""
        style = self.random.random()
        if style < 0.4:  # Kazakh Foreign Minister Murat Nurtleu
            head = self.name()
            title = self._compound(self._one("titles")).as_("nmod:desc")
            if self._chance(0.2):
                title.behind(self._compound(self._one("titles")).before(Node("and", "CCONJ", "cc")).as_("conj"))
            if title.right and title.right[0].relation == "nmod" and self._chance(0.5):
                pass
            head.before(title)
            if self._chance(0.25):
                title.before(Node(self.random.choice(self.demonyms), "ADJ", "amod"))
            elif self._chance(0.3):
                title.before(self.possessor(self.country()))
            return head
        if style < 0.6:  # his Brazilian counterpart, Luiz …,
            head = Node(self._one("offices"), "NOUN")
            if self._chance(0.4):
                head.before(Node(self._one("portfolios"), "ADJ", "amod"))
            if self._chance(0.5):
                head.before(Node(self.random.choice(self.demonyms), "ADJ", "amod"))
            head.before(
                Node(self.random.choice(("the", "his", "her", "its", "a", "visiting")), "DET", "det") if self._chance(0.85) else None
            )
            if head.left and head.left[0].word in ("his", "her", "its"):
                head.left[0].tag, head.left[0].relation = "PRON", "nmod:poss"
            elif head.left and head.left[0].word == "visiting":
                head.left[0].tag, head.left[0].relation = "VERB", "amod"
            if self._chance(0.35):
                name = self.name().as_("appos")
                if self._chance(0.6):
                    head.behind(self._punct(","), name, self._punct(","))
                else:
                    head.behind(name)
            return head
        if style < 0.75:  # the Minister of Aviation, Festus Keyamo,
            head = Node(
                self.random.choice(("Minister", "Secretary", "minister", "Ministers", "chairman", "head", "president", "governor")), "PROPN"
            )
            if head.word[0].islower():
                head.tag = "NOUN"
            head.before(Node("the", "DET", "det") if self._chance(0.7) else None)
            of = self._compound(self._one("areas").title(), "PROPN") if head.tag == "PROPN" else self.body()
            head.behind(of.before(self._case(self.random.choice(("of", "of", "for")))).as_("nmod"))
            if self._chance(0.6):
                head.behind(self._punct(","), self.name().as_("appos"), self._punct(","))
            return head
        head = self.name()
        if self._chance(0.3) and depth < 2:  # X, the US secretary of state,
            office = Node(self._one("offices"), "NOUN", "appos").before(
                Node("the", "DET", "det"), Node(self.random.choice(self.demonyms), "ADJ", "amod") if self._chance(0.5) else None
            )
            if self._chance(0.4):
                office.behind(self.country().before(self._case("of")).as_("nmod"))
            head.behind(self._punct(","), office, self._punct(","))
        return head

    def body(self) -> Node:
        style = self.random.random()
        if style < 0.45:
            node = self._compound(self._one("bodies"))
            if node.word.islower():
                node.tag = "NOUN"
                for kid in node.left:
                    kid.tag = "ADJ" if kid.relation == "amod" else "NOUN"
            node.before(
                Node("the", "DET", "det")
                if self._chance(0.7)
                else self.possessor(self.country())
                if self._chance(0.5)
                else Node(self.random.choice(self.demonyms), "ADJ", "amod")
            )
        elif style < 0.65:
            node = self._compound(self._one("org_names")).before(Node("the", "DET", "det") if self._chance(0.6) else None)
        else:
            return self.country()
        if self._chance(0.15):
            short = "".join(word[0] for word in (node.word + " " + self._name_part()).split()).upper() + "A"
            node.behind(self._punct("("), Node(short, "PROPN", "appos"), self._punct(")"))
        return node

    def thing(self, depth: int = 0) -> Node:
        """Return a noun phrase about a thing, with what it may carry."""
        head = Node(self._one("things"), "NOUN")
        if self._chance(0.3):
            head.before(Node(self._one("areas").split()[-1], "NOUN", "compound"))
        if self._chance(0.45):
            head.before(Node(self._one("adjectives"), "ADJ", "amod"))
        if self._chance(0.15):
            head.before(Node(self.random.choice(self.demonyms), "ADJ", "amod"))
        style = self.random.random()
        if style < 0.5:
            head.before(Node(self.random.choice(("the", "a", "the", "an", "their", "its", "several", "any", "both", "this")), "DET", "det"))
            if head.left[0].word in ("their", "its"):
                head.left[0].tag, head.left[0].relation = "PRON", "nmod:poss"
            elif head.left[0].word == "several":
                head.left[0].tag, head.left[0].relation = "ADJ", "amod"
        elif style < 0.6:
            head.before(self.possessor(self.country()))
        elif style < 0.7:
            head.before(self.number())
        if depth < 2:
            style = self.random.random()
            if style < 0.18:
                head.behind(self._areas().before(self._case(self.random.choice(("on", "on", "in", "of")))).as_("nmod"))
            elif style < 0.3:
                head.behind(self.thing(depth + 1).before(self._case("of")).as_("nmod"))
            elif style < 0.4:
                pair = self.party().behind(self.party().before(Node("and", "CCONJ", "cc")).as_("conj"))
                head.behind(pair.before(self._case("between")).as_("nmod"))
            elif style < 0.5:
                head.behind(self.party().before(self._case(self.random.choice(("with", "to", "from", "against", "by")))).as_("nmod"))
            elif style < 0.56:
                head.behind(
                    Node("worth", "ADJ", "amod").behind(self.amount().as_("obj"))
                    if False
                    else self.amount().before(self._case(self.random.choice(("of", "worth")))).as_("nmod")
                )
            elif style < 0.62:
                head.behind(self._participle(depth + 1))
            elif style < 0.68:
                head.behind(*self._relative(False, depth + 1))
            elif style < 0.73:
                lemma = self._one("transitive")
                head.behind(Node(lemma, "VERB", "acl").before(Node("to", "PART", "mark")).behind(self.thing(depth + 2).as_("obj")))
            elif style < 0.77:
                head.behind(
                    self._punct(","),
                    Node("including", "VERB", "case") and self.thing(depth + 2).before(Node("including", "VERB", "case")).as_("nmod"),
                )
        return head

    def _areas(self) -> Node:
        names = self.random.sample(self.words["areas"], self.random.choice((1, 2, 2, 3, 4)))
        head = self._compound(names[0], "NOUN")
        for place, name in enumerate(names[1:], 2):
            node = self._compound(name, "NOUN").as_("conj")
            if place == len(names):
                node.before(*([self._punct(",")] if len(names) > 2 and self._chance(0.4) else []), Node("and", "CCONJ", "cc"))
            else:
                node.before(self._punct(","))
            head.behind(node)
        return head

    def party(self) -> Node:
        style = self.random.random()
        if style < 0.35:
            return self.country()
        if style < 0.65:
            return self.person(1)
        if style < 0.85:
            return self.body()
        return Node(
            self.random.choice(("sides", "countries", "leaders", "ministers", "presidents", "neighbours", "nations", "delegations", "two")),
            "NOUN",
        ).before(Node(self.random.choice(("the", "both")), "DET", "det"), Node("two", "NUM", "nummod") if self._chance(0.5) else None)

    def subject(self, depth: int = 0) -> Node:
        """Return a noun phrase that acts."""
        style = self.random.random()
        if style < 0.14:
            return Node(self.random.choice(("He", "She", "They", "It", "he", "she", "they", "it")), "PRON")
        if style < 0.26:
            node = self.party() if self._chance(0.6) else self.person(1)
            while any(kid.relation == "appos" for kid in node.right):
                node = self.party()
            other = self.person(1).before(Node("and", "CCONJ", "cc")).as_("conj")
            return node.behind(other)
        if style < 0.66:
            node = self.person(depth)
        elif style < 0.82:
            node = self.body()
        else:
            node = self.thing(depth + 1)
        if depth < 2 and self._chance(0.1) and not any(kid.relation == "appos" for kid in node.right):
            node.behind(*self._relative(True, depth + 1))
        return node

    def _participle(self, depth: int) -> Node:
        """Return "signed in Lima by X" or "covering trade"."""
        lemma = self._one("transitive")
        if self._chance(0.6):
            verb = Node(self._form(lemma, "participle"), "VERB", "acl")
            verb.behind(
                self.party().before(self._case("by")).as_("obl") if self._chance(0.5) else None,
                self.place() if self._chance(0.5) else None,
                self.date() if self._chance(0.4) else None,
            )
            return verb
        return Node(self._form(lemma, "gerund"), "VERB", "acl").behind(self.thing(depth + 1).as_("obj"))

    def _relative(self, is_person: bool, depth: int) -> list[Node]:
        verb = self.predicate(depth + 1, subject_pronoun=True)
        verb.before(Node("who" if is_person else self.random.choice(("which", "that")), "PRON", "nsubj")).as_("acl:relcl")
        if self._chance(0.75):
            return [self._punct(","), verb, self._punct(",")]
        return [verb]

    def place(self) -> Node:
        return self.city().before(self._case(self.random.choice(("in", "in", "in", "at", "to", "near")))).as_("obl")

    # ------------------------------------------------------------------------------------------ clauses

    def _group(self, lemma: str, passive: bool) -> Node:
        """Return a finite verb with auxiliaries."""
        style = self.random.random()
        parts: list[Node] = []
        aux = lambda word, relation="aux": parts.append(Node(word, "AUX", relation))  # noqa: E731
        column = "participle" if passive else ""
        if style < 0.5:
            if passive:
                aux(self.random.choice(("was", "were", "is", "are")), "aux:pass")
            else:
                column = "past" if self._chance(0.75) else "third_person"
        elif style < 0.64:
            aux(self.random.choice(("will", "would", "could", "may", "should", "will")))
            if passive:
                aux("be", "aux:pass")
            else:
                column = "lemma"
        elif style < 0.84:
            aux(self.random.choice(("has", "have", "had")))
            if passive:
                aux("been", "aux:pass")
            column = "participle"
        elif style < 0.93 and not passive:
            aux(self.random.choice(("is", "are", "was", "were")))
            column = "gerund"
        else:
            if passive:
                aux(self.random.choice(("was", "were", "are")), "aux:pass")
                parts.append(Node("not", "PART", "advmod"))
            else:
                aux(self.random.choice(("did", "does", "will", "has")))
                parts.append(Node("not", "PART", "advmod"))
                column = "participle" if parts[0].word == "has" else "lemma"
        if self._chance(0.1):
            parts.insert(self.random.randint(0, len(parts)), Node(self._one("adverbs"), "ADV", "advmod"))
        verb = Node(self._form(lemma, column) if column != "lemma" else lemma, "VERB")
        return verb.before(*parts)

    def _adjuncts(self, verb: Node, depth: int) -> None:
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3)) if depth < 2 else self.random.choice((0, 0, 1))):
            style = self.random.random()
            if style < 0.35:
                verb.behind(self.date())
            elif style < 0.6:
                verb.behind(self.place())
            elif style < 0.85:
                preposition = self._one("prepositions")
                inner = (
                    self.party() if preposition in ("with", "by", "from", "against", "to") and self._chance(0.6) else self.thing(depth + 1)
                )
                verb.behind(inner.before(self._case(preposition)).as_("obl"))
            else:
                verb.behind(
                    self.thing(2)
                    .before(
                        self._case(
                            self.random.choice(
                                ("ahead of", "as part of", "in front of", "because of", "along with", "such as", "instead of")
                            )
                            if self._chance(0.0)
                            else self.random.choice(("ahead of", "because of", "instead of"))
                        )
                    )
                    .as_("obl")
                )

    def predicate(self, depth: int, subject_pronoun: bool = False) -> Node:
        """Return a finite verb phrase without its subject."""
        style = self.random.random()
        if style < 0.36:
            lemma = self._one("transitive")
            verb = self._group(lemma, False)
            verb.behind((self.person(1) if lemma in self.words["with_person"] and self._chance(0.7) else self.thing(depth)).as_("obj"))
        elif style < 0.5:
            verb = self._group(self._one("transitive"), True)
            if self._chance(0.35):
                verb.behind(self.party().before(self._case("by")).as_("obl"))
        elif style < 0.66:
            lemma, preposition = self.random.choice(self.words["intransitive"])
            verb = self._group(lemma, False)
            inner = (
                self.city()
                if preposition in ("in", "at") and lemma in ("arrive", "begin", "end", "open")
                else self.amount()
                if lemma in ("rise", "fall", "grow", "climb", "amount", "stand", "drop", "jump", "surge", "increase", "account")
                else self.party()
                if preposition in ("with", "to", "for")
                else self.thing(depth + 1)
            )
            verb.behind(inner.before(self._case(preposition)).as_("obl"))
            if lemma in ("rise", "fall", "grow", "surge", "drop", "jump") and self._chance(0.5):
                verb.behind(self.amount().before(self._case("from")).as_("obl"), self.date() if self._chance(0.5) else None)
        elif style < 0.76:
            verb = self._group(self._one("to_complement"), False).behind(self._infinitive(depth).as_("xcomp"))
        elif style < 0.81:
            verb = self._group(self._one("object_to"), False).behind(self.party().as_("obj"), self._infinitive(depth).as_("xcomp"))
        elif style < 0.89:
            word = self._one("expected")
            is_adjective = word in ("due", "likely", "ready", "poised")
            be = self.random.choice(("is", "are", "was", "were"))
            verb = Node(word, "ADJ" if is_adjective else "VERB").before(
                Node(be, "AUX", "cop" if is_adjective else "aux:pass"),
                Node(self._one("adverbs"), "ADV", "advmod") if self._chance(0.1) else None,
            )
            verb.behind(self._infinitive(depth).as_("xcomp"))
        elif style < 0.96:
            verb = (
                self.thing(depth + 1)
                if self._chance(0.7)
                else Node(self.random.choice(("important", "ready", "close", "strong", "false", "free")), "ADJ")
            )
            verb.before(Node(self.random.choice(("is", "was", "are", "were", "remains", "is")), "AUX", "cop"))
            if verb.left[0].word == "remains":
                verb.left[0].word = "is"
        elif depth < 2:
            lemma = self._one("speech")
            verb = self._group(lemma, False)
            if lemma == "tell":
                verb.behind(self.party().as_("obj"))
            verb.behind(self._content(depth + 1))
            return verb
        else:
            verb = self._group("speak", False)
        if depth < 3:
            self._adjuncts(verb, depth)
        return verb

    def _infinitive(self, depth: int) -> Node:
        style = self.random.random()
        if style < 0.6:
            lemma = self._one("transitive")
            verb = Node(lemma, "VERB").behind((self.person(1) if lemma in self.words["with_person"] else self.thing(depth + 1)).as_("obj"))
        elif style < 0.75:
            verb = Node(self._form(self._one("transitive"), "participle"), "VERB").before(Node("be", "AUX", "aux:pass"))
        else:
            lemma, preposition = self.random.choice(self.words["intransitive"])
            verb = Node(lemma, "VERB").behind(self.party().before(self._case(preposition)).as_("obl"))
        verb.before(Node("to", "PART", "mark"))
        if depth < 2:
            self._adjuncts(verb, depth + 1)
        if self._chance(0.15) and depth < 2:
            verb.behind(Node(self._one("transitive"), "VERB", "conj").before(Node("and", "CCONJ", "cc")).behind(self.thing(2).as_("obj")))
        return verb

    def _content(self, depth: int) -> Node:
        clause = self.clause(depth)
        if self._chance(0.6):
            clause.before(Node("that", "SCONJ", "mark"))
        return clause.as_("ccomp")

    def _subordinate(self, depth: int) -> Node:
        if self._chance(0.5):
            return self.clause(depth + 1).before(Node(self._one("subordinators"), "SCONJ", "mark")).as_("advcl")
        lemma = self._one("transitive")
        verb = Node(self._form(lemma, "gerund"), "VERB").behind(self.thing(depth + 1).as_("obj")).as_("advcl")
        if self._chance(0.6):
            verb.before(Node(self._one("gerund_markers"), "SCONJ", "mark"))
        return verb

    def clause(self, depth: int = 0) -> Node:
        """Return a finite clause with its subject."""
        verb = self.predicate(depth)
        subject = self.subject(depth)
        passive = any(kid.relation == "aux:pass" for kid in verb.left)
        if verb.relation == "cop" or any(kid.relation == "cop" for kid in verb.left):
            passive = False
        verb.before(subject.as_("nsubj:pass" if passive else "nsubj"))
        if self._chance(0.07):  # "… , on Monday in Lima signed": adjuncts between subject and verb
            place = verb.left.index(subject) + 1
            verb.left[place:place] = [self.date(), self.place()][: self.random.choice((1, 2))]
        return verb

    def _attribution(self, said: Node) -> Node:
        """Return the sentence "…, X said" or "…, according to X" about ``said``."""
        if self._chance(0.3):
            source = self.body() if self._chance(0.6) else self.person(1)
            if self._chance(0.3):
                said.before(
                    source.before(Node("According", "VERB", "case").behind(Node("to", "ADP", "fixed"))).as_("obl"), self._punct(",")
                )
            else:
                said.behind(
                    self._punct(","), source.before(Node("according", "VERB", "case").behind(Node("to", "ADP", "fixed"))).as_("obl")
                )
            return said
        lemma = self._one("speech")
        verb = Node(self._form(lemma, "past" if self._chance(0.85) else "third_person"), "VERB")
        speaker = self.subject(1).as_("nsubj")
        quoted = self._chance(0.5)
        comma = self._punct(",")
        if quoted:
            opening, closing = self.random.choice((("“", "”"), ('"', '"')))
            verb.before(self._punct(opening), said.as_("ccomp"), comma, self._punct(closing))
        else:
            verb.before(said.as_("ccomp"), comma)
        if self._chance(0.3 if quoted else 0.1) and lemma != "tell":
            verb.behind(speaker)
        else:
            verb.left.append(speaker)
            if lemma == "tell":
                verb.behind(Node("reporters", "NOUN", "obj"))
        if self._chance(0.5):
            verb.behind(self.date())
        if self._chance(0.3):
            verb.behind(self._compound("statement", "NOUN").before(self._case("in"), Node("a", "DET", "det")).as_("obl"))
        return verb

    def sentence(self) -> Sentence:
        """Return one sentence of running text."""
        root = self.clause(0)
        style = self.random.random()
        if style < 0.25:
            root = self._attribution(root)
        elif style < 0.4:
            first = self._subordinate(1) if self._chance(0.45) else self.date() if self._chance(0.6) else self.place()
            if self._chance(0.2):
                first = Node(self._one("openers"), "ADV", "advmod")
            root.before(first, self._punct(",") if self._chance(0.8) else None)
        elif style < 0.55:
            root.behind(self._punct(",") if self._chance(0.5) else None, self._subordinate(1))
        elif style < 0.7:
            other = (self.predicate(1) if self._chance(0.6) else self.clause(1)).as_("conj")
            other.before(Node(self.random.choice(("and", "and", "and", "but", "while")), "CCONJ", "cc"))
            if other.left[0].word == "while":
                other.relation, other.left[0].relation, other.left[0].tag = "advcl", "mark", "SCONJ"
            root.behind(*([self._punct(",")] if self._chance(0.4) else []), other)
        root.behind(self._punct("."))
        words, tags, parents, relations = _spread(root)
        return self._tidied(
            [word[:1].upper() + word[1:] if not index else word for index, word in enumerate(words)], tags, parents, relations
        )

    @staticmethod
    def _tidied(words: list[str], tags: list[str], parents: list[int], relations: list[str]) -> Sentence:
        """Drop the second of two marks that meet (",," and ",.")."""
        keep = [
            not (
                tags[i] == "PUNCT"
                and words[i] == ","
                and i + 1 < len(words)
                and (words[i + 1] in ",.)" or (words[i + 1] == "’s" or words[i + 1] == "'s"))
            )
            for i in range(len(words))
        ]
        new = {}
        for i, kept in enumerate(keep):
            if kept:
                new[i] = len(new)
        return (
            [word for word, kept in zip(words, keep, strict=True) if kept],
            [tag for tag, kept in zip(tags, keep, strict=True) if kept],
            [new[parent] if parent >= 0 else -1 for parent, kept in zip(parents, keep, strict=True) if kept],
            [relation for relation, kept in zip(relations, keep, strict=True) if kept],
        )

    def headline(self) -> Sentence:
        """Return a headline: present tense, no articles, "to" for the future, commas for "and"."""
        style = self.random.random()
        names = [
            self.country() if self._chance(0.6) else self._compound(self._name_part()) for _ in range(self.random.choice((1, 1, 2, 2)))
        ]
        subject = names[0]
        if self._chance(0.15):
            subject = self.body()
        if len(names) > 1:
            subject.behind(names[1].before(self._punct(",") if self._chance(0.5) else Node("and", "CCONJ", "cc")).as_("conj"))
        if style < 0.5:
            verb = Node(
                self._form(self._one("transitive"), "lemma" if len(names) > 1 else "third_person")
                if len(names) == 1
                else self._one("transitive"),
                "VERB",
            ).behind(self.thing(1).as_("obj"))
        elif style < 0.65:
            verb = Node(self._one("transitive"), "VERB").before(Node("to", "PART", "mark")).behind(self.thing(1).as_("obj"))
        elif style < 0.75:
            verb = Node(self.random.choice(("due", "set", "ready", "likely")), "ADJ").behind(
                self.place() if self._chance(0.6) else self._infinitive(2).as_("xcomp")
            )
        elif style < 0.85:
            verb = Node(self._form(self._one("transitive"), "participle"), "VERB")
            subject = self.thing(1)
        else:
            lemma, preposition = self.random.choice(self.words["intransitive"])
            verb = Node(self._form(lemma, "third_person") if len(names) == 1 else lemma, "VERB").behind(
                self.party().before(self._case(preposition)).as_("obl")
            )
        self._adjuncts(verb, 2)
        verb.before(subject.as_("nsubj:pass" if style >= 0.75 and style < 0.85 else "nsubj"))
        if self._chance(0.12):
            verb.behind(self._punct(self.random.choice((",", ":", ";", "–", "—"))), self.clause(2).as_("parataxis"))
        return self._without_articles(*_spread(verb))

    def _without_articles(self, words: list[str], tags: list[str], parents: list[int], relations: list[str]) -> Sentence:
        drop = {i for i, word in enumerate(words) if word in ("the", "a", "an") and self._chance(0.85)}
        new = {}
        for i in range(len(words)):
            if i not in drop:
                new[i] = len(new)
        kept = list(new)
        words = [words[i] for i in kept]
        if self._chance(0.35):
            words = [word[:1].upper() + word[1:] if len(word) > 3 or not i else word for i, word in enumerate(words)]
        words[0] = words[0][:1].upper() + words[0][1:]
        return self._tidied(
            words, [tags[i] for i in kept], [new[parents[i]] if parents[i] >= 0 else -1 for i in kept], [relations[i] for i in kept]
        )


def invented(count: int, seed: int) -> list[Sentence]:
    """Return ``count`` sentences, one in six a headline, none longer than 60 words."""
    grammar = NewsGrammar(seed)
    sentences: list[Sentence] = []
    while len(sentences) < count:
        sentence = grammar.headline() if len(sentences) % 6 == 5 else grammar.sentence()
        if len(sentence[0]) <= 60:
            sentences.append(sentence)
    return sentences
