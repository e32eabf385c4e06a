"""Invents the names, titles, bodies, amounts and dates of news sentences, as pieces of trees.

Belongs here: words and noun phrases that hold no clause, in the conventions of the English UD treebanks. Does not belong here: clauses
(news_sentences).
"""

import random
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

from pipelines.extraction.lexicon import table

_ADJECTIVES = frozenset(
    ("Foreign", "Prime", "National", "European", "Central", "Deputy", "Special", "foreign", "prime", "central", "local", "renewable")
)


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


class Names:
    """A random source of words and names; the same ``seed`` gives the same ones."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = tomllib.loads((Path(__file__).parent / "news_words.toml").read_text("utf-8"))
        self.forms = {row["lemma"]: row for row in table("verb_forms")}
        self.countries = [row["name"] for row in table("countries")]
        self.capitals = [row["capital"] for row in table("countries") if row["capital"]]
        self.demonyms = sorted({row["term"] for row in table("country_aliases") if row["form"] == "demonym" and " " not in row["term"]})

    def chance(self, share: float) -> bool:
        """Return true in this ``share`` of cases."""
        return self.random.random() < share

    def one(self, name: str) -> str:
        """Return one of the words called ``name``."""
        return self.random.choice(self.words[name])

    def form(self, lemma: str, column: str) -> str:
        """Return the form of a verb that stands in this ``column`` of the verb table."""
        row = self.forms[lemma]
        value = row[column] or row["past"]
        return value.split("/")[0]

    def punct(self, mark: str) -> Node:
        """Return a mark."""
        return Node(mark, "PUNCT", "punct")

    def case(self, word: str) -> Node:
        """Return a preposition, of one word or more."""
        parts = word.split()
        node = Node(parts[0], "ADP", "case")
        for more in parts[1:]:
            node.behind(Node(more, "ADP", "fixed"))
        return node

    def compound(self, text: str, tag: str = "PROPN") -> Node:
        """Return a name of several words, its last word the head; "of" phrases hang on the word before."""
        words = text.split()
        if "of" in words[1:-1]:
            cut = words.index("of")
            head = self.compound(" ".join(words[:cut]), tag)
            return head.behind(self.compound(" ".join(words[cut + 1 :]), tag).before(self.case("of")).as_("nmod"))
        if "and" in words[1:-1]:
            cut = words.index("and")
            head = self.compound(" ".join(words[:cut]), tag)
            return head.behind(self.compound(" ".join(words[cut + 1 :]), tag).before(Node("and", "CCONJ", "cc")).as_("conj"))
        head = Node(words[-1], tag)
        return head.before(
            *[
                Node(
                    word,
                    "ADJ" if word in _ADJECTIVES else tag,
                    "amod" if word in _ADJECTIVES else "compound",
                )
                for word in words[:-1]
            ]
        )

    def name_part(self) -> str:
        """Return an invented name."""
        return "".join(
            self.one("onsets") + self.one("vowels") + (self.one("codas") if last else "")
            for last in ([True] if self.chance(0.3) else [False, True])
        ).capitalize()

    def name(self) -> Node:
        """Return a person's name: first word the head, the rest flat."""
        first = self.name_part()
        if self.chance(0.12):
            first += "-" + self.name_part()
        head = Node(first, "PROPN")
        count = self.random.choice((0, 1, 1, 1, 1, 2))
        for _ in range(count):
            if self.chance(0.08):
                head.behind(Node(self.one("particles"), "PROPN", "flat"))
            part = self.name_part()
            if self.chance(0.08):
                part += "-" + self.name_part()
            head.behind(Node(part, "PROPN", "flat"))
        return head

    def country(self) -> Node:
        """Return a country or a capital that stands for one."""
        return self.compound(self.random.choice(self.countries) if self.chance(0.75) else self.random.choice(self.capitals))

    def city(self) -> Node:
        """Return a city, sometimes an invented one."""
        return self.compound(self.random.choice(self.capitals) if self.chance(0.7) else self.name_part())

    def possessor(self, node: Node) -> Node:
        """Return ``node`` with "'s" behind it."""
        return node.behind(Node(self.random.choice(("'s", "’s")), "PART", "case")).as_("nmod:poss")

    def number(self) -> Node:
        """Return a number."""
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
            head = Node(self.one("currencies"), "SYM")
            number = self.number()
            if self.chance(0.8):
                head.behind(Node(self.one("multiples"), "NUM", "nummod").before(number.as_("compound")))
            else:
                number.word += self.random.choice(("bn", "m", "mn"))
                head.behind(number)
        elif style < 0.6:
            head = Node(self.one("currency_words"), "SYM").behind(
                Node(self.one("multiples"), "NUM", "nummod").before(self.number().as_("compound"))
            )
        elif style < 0.8:
            head = Node(self.random.choice(("percent", "per cent", "%", "pc", "percent")), "SYM").before(self.number())
            if head.word == "per cent":
                head = Node("cent", "NOUN").before(self.number(), Node("per", "ADP", "compound"))
            elif head.word != "%":
                head.tag = "NOUN"
        else:
            head = Node(self.random.choice(("dollars", "euros", "tonnes", "tons", "barrels", "francs", "pesos")), "NOUN").before(
                Node(self.one("multiples"), "NUM", "nummod").before(self.number().as_("compound"))
            )
        if self.chance(0.25):
            about = self.random.choice(("about", "nearly", "around", "over", "some", "almost"))
            inner = head.right[0] if head.right else head.left[0]
            inner.before(Node(about, "ADV", "advmod"))
        elif self.chance(0.15):
            inner = head.right[0] if head.right else head.left[0]
            inner.before(Node("more", "ADJ", "advmod").behind(Node("than", "ADP", "fixed")))
        return head

    def date(self) -> Node:
        """Return an adverbial of time, its relation set to that of an oblique."""
        style = self.random.random()
        if style < 0.3:
            node = Node(self.one("weekdays"), "PROPN").before(self.case("on")).as_("obl")
            if self.chance(0.15):
                node.behind(Node(self.random.choice(("morning", "evening", "afternoon", "night")), "NOUN", "dep"))
                last = node.right.pop()
                last.before(*node.left, Node(node.word, "PROPN", "compound"))
                return last.as_("obl")
            return node
        if style < 0.38:
            return Node(self.one("weekdays"), "PROPN", "obl:unmarked")
        if style < 0.6:
            day = Node(str(self.random.randint(1, 31)), "NUM")
            month = Node(self.one("months"), "PROPN", "nmod:unmarked")
            if self.chance(0.6):
                day.before(month)
            else:
                day.word += self.random.choice(("", "", "th"))
                day.behind(month)
            if self.chance(0.4):
                if self.chance(0.6):
                    day.behind(self.punct(","))
                day.behind(Node(str(self.random.randint(1990, 2030)), "NUM", "nmod:unmarked"))
            return day.before(self.case("on") if self.chance(0.85) else None).as_("obl")
        if style < 0.72:
            return (
                Node(self.random.choice((str(self.random.randint(1990, 2035)), self.one("months"))), "NUM")
                .before(self.case(self.random.choice(("in", "in", "by", "since"))))
                .as_("obl")
            )
        if style < 0.9:
            return Node(self.one("units"), "NOUN", "obl:unmarked").before(
                Node(self.random.choice(("last", "next", "this", "last", "this")), "ADJ", "amod")
            )
        if style < 0.95:
            return (
                Node(self.one("units"), "NOUN")
                .before(
                    self.case(self.random.choice(("in", "within", "after", "over"))),
                    self.number() if self.chance(0.5) else Node("the", "DET", "det"),
                )
                .as_("obl")
            )
        return Node(self.random.choice(("today", "yesterday", "tomorrow")), "NOUN", "obl:unmarked")

    def person(self, depth: int = 0) -> Node:
        """Return a titled, described or bare person."""
        style = self.random.random()
        if style < 0.4:  # Kazakh Foreign Minister Murat Nurtleu
            head = self.name()
            title = self.compound(self.one("titles")).as_("nmod:desc")
            if self.chance(0.2):
                title.behind(self.compound(self.one("titles")).before(Node("and", "CCONJ", "cc")).as_("conj"))
            head.before(title)
            if self.chance(0.25):
                title.before(Node(self.random.choice(self.demonyms), "ADJ", "amod"))
            elif self.chance(0.3):
                title.before(self.possessor(self.country()))
            return head
        if style < 0.6:  # his Brazilian counterpart, Luiz …,
            head = Node(self.one("offices"), "NOUN")
            if self.chance(0.4):
                head.before(Node(self.one("portfolios"), "ADJ", "amod"))
            if self.chance(0.5):
                head.before(Node(self.random.choice(self.demonyms), "ADJ", "amod"))
            head.before(
                Node(self.random.choice(("the", "his", "her", "its", "a", "visiting")), "DET", "det") if self.chance(0.85) else None
            )
            if head.left and head.left[0].word in ("his", "her", "its"):
                head.left[0].tag, head.left[0].relation = "PRON", "nmod:poss"
            elif head.left and head.left[0].word == "visiting":
                head.left[0].tag, head.left[0].relation = "VERB", "amod"
            if self.chance(0.35):
                name = self.name().as_("appos")
                if self.chance(0.6):
                    head.behind(self.punct(","), name, self.punct(","))
                else:
                    head.behind(name)
            return head
        if style < 0.75:  # the Minister of Aviation, Festus Keyamo,
            head = Node(
                self.random.choice(("Minister", "Secretary", "minister", "Ministers", "chairman", "head", "president", "governor")), "PROPN"
            )
            if head.word[0].islower():
                head.tag = "NOUN"
            head.before(Node("the", "DET", "det") if self.chance(0.7) else None)
            of = self.compound(self.one("areas").title(), "PROPN") if head.tag == "PROPN" else self.body()
            head.behind(of.before(self.case(self.random.choice(("of", "of", "for")))).as_("nmod"))
            if self.chance(0.6):
                head.behind(self.punct(","), self.name().as_("appos"), self.punct(","))
            return head
        head = self.name()
        if self.chance(0.3) and depth < 2:  # X, the US secretary of state,
            office = Node(self.one("offices"), "NOUN", "appos").before(
                Node("the", "DET", "det"), Node(self.random.choice(self.demonyms), "ADJ", "amod") if self.chance(0.5) else None
            )
            if self.chance(0.4):
                office.behind(self.country().before(self.case("of")).as_("nmod"))
            head.behind(self.punct(","), office, self.punct(","))
        return head

    def body(self) -> Node:
        """Return an institution, organisation or country."""
        style = self.random.random()
        if style < 0.45:
            node = self.compound(self.one("bodies"))
            if node.word.islower():
                node.tag = "NOUN"
                for kid in node.left:
                    kid.tag = "ADJ" if kid.relation == "amod" else "NOUN"
            node.before(
                Node("the", "DET", "det")
                if self.chance(0.7)
                else self.possessor(self.country())
                if self.chance(0.5)
                else Node(self.random.choice(self.demonyms), "ADJ", "amod")
            )
        elif style < 0.65:
            node = self.compound(self.one("org_names")).before(Node("the", "DET", "det") if self.chance(0.6) else None)
        else:
            return self.country()
        if self.chance(0.15):
            short = "".join(word[0] for word in (node.word + " " + self.name_part()).split()).upper() + "A"
            node.behind(self.punct("("), Node(short, "PROPN", "appos"), self.punct(")"))
        return node

    def areas(self) -> Node:
        """Return one to four areas, joined."""
        names = self.random.sample(self.words["areas"], self.random.choice((1, 2, 2, 3, 4)))
        head = self.compound(names[0], "NOUN")
        for place, name in enumerate(names[1:], 2):
            node = self.compound(name, "NOUN").as_("conj")
            if place == len(names):
                node.before(*([self.punct(",")] if len(names) > 2 and self.chance(0.4) else []), Node("and", "CCONJ", "cc"))
            else:
                node.before(self.punct(","))
            head.behind(node)
        return head

    def party(self) -> Node:
        """Return who can act in an event."""
        style = self.random.random()
        if style < 0.35:
            return self.country()
        if style < 0.65:
            return self.person(1)
        if style < 0.85:
            return self.body()
        if style < 0.88:
            return Node("two", "NUM").before(Node("the", "DET", "det"))
        sides = ("sides", "countries", "leaders", "ministers", "presidents", "neighbours", "nations", "delegations")
        both = Node(self.random.choice(("the", "both")), "DET", "det")
        return Node(self.random.choice(sides), "NOUN").before(both, Node("two", "NUM", "nummod") if self.chance(0.5) else None)

    def minister(self) -> Node:
        """Return a titled person with the country: "Chile's Foreign Minister Ana Ruiz"."""
        titles = ("Foreign Minister", "Trade Minister", "Foreign Affairs Minister", "Foreign Secretary", "President", "Prime Minister")
        title = self.compound(self.random.choice(titles))
        title.before(self.possessor(self.country()) if self.chance(0.7) else Node(self.random.choice(self.demonyms), "ADJ", "amod"))
        return self.name().before(title.as_("nmod:desc"))

    def place(self) -> Node:
        """Return where something happens."""
        return self.city().before(self.case(self.random.choice(("in", "in", "in", "at", "to", "near")))).as_("obl")
