"""Invents news sentences together with their trees, for training the parser on what treebanks of letters and blogs hardly hold.

Belongs here: a small random grammar of wire and agency prose (titled names, appositions, datelines, attributions, amounts, headlines), in
the conventions of the English UD treebanks. Does not belong here: real sentences, or anything the engine reads at run time.
"""

from pipelines.extraction.training.news_names import Names, Node

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
        self.names = Names(seed)

    def thing(self, depth: int = 0) -> Node:
        """Return a noun phrase about a thing, with what it may carry."""
        head = Node(self.names.one("things"), "NOUN")
        if self.names.chance(0.3):
            head.before(Node(self.names.one("areas").split()[-1], "NOUN", "compound"))
        if self.names.chance(0.45):
            head.before(Node(self.names.one("adjectives"), "ADJ", "amod"))
        if self.names.chance(0.15):
            head.before(Node(self.names.random.choice(self.names.demonyms), "ADJ", "amod"))
        style = self.names.random.random()
        if style < 0.5:
            head.before(
                Node(self.names.random.choice(("the", "a", "the", "an", "their", "its", "several", "any", "both", "this")), "DET", "det")
            )
            if head.left[0].word in ("their", "its"):
                head.left[0].tag, head.left[0].relation = "PRON", "nmod:poss"
            elif head.left[0].word == "several":
                head.left[0].tag, head.left[0].relation = "ADJ", "amod"
        elif style < 0.6:
            head.before(self.names.possessor(self.names.country()))
        elif style < 0.7:
            head.before(self.names.number())
        if depth < 2:
            style = self.names.random.random()
            if style < 0.18:
                head.behind(self.names.areas().before(self.names.case(self.names.random.choice(("on", "on", "in", "of")))).as_("nmod"))
            elif style < 0.3:
                head.behind(self.thing(depth + 1).before(self.names.case("of")).as_("nmod"))
            elif style < 0.4:
                pair = self.names.party().behind(self.names.party().before(Node("and", "CCONJ", "cc")).as_("conj"))
                head.behind(pair.before(self.names.case("between")).as_("nmod"))
            elif style < 0.5:
                head.behind(
                    self.names.party()
                    .before(self.names.case(self.names.random.choice(("with", "to", "from", "against", "by"))))
                    .as_("nmod")
                )
            elif style < 0.56:
                head.behind(
                    Node("worth", "ADJ", "amod").behind(self.names.amount().as_("obj"))
                    if self.names.chance(0.5)
                    else self.names.amount().before(self.names.case("of")).as_("nmod")
                )
            elif style < 0.62:
                head.behind(self._participle(depth + 1))
            elif style < 0.68:
                head.behind(*self._relative(False, depth + 1))
            elif style < 0.73:
                lemma = self.names.one("transitive")
                head.behind(Node(lemma, "VERB", "acl").before(Node("to", "PART", "mark")).behind(self.thing(depth + 2).as_("obj")))
            elif style < 0.77:
                head.behind(
                    self.names.punct(","),
                    self.thing(depth + 2).before(Node("including", "VERB", "case")).as_("nmod"),
                )
        return head

    def subject(self, depth: int = 0) -> Node:
        """Return a noun phrase that acts."""
        style = self.names.random.random()
        if style < 0.14:
            return Node(self.names.random.choice(("He", "She", "They", "It", "he", "she", "they", "it")), "PRON")
        if style < 0.26:
            node = self.names.party() if self.names.chance(0.6) else self.names.person(1)
            while any(kid.relation == "appos" for kid in node.right):
                node = self.names.party()
            other = self.names.person(1).before(Node("and", "CCONJ", "cc")).as_("conj")
            return node.behind(other)
        if style < 0.31:
            return self.names.minister().behind(self.names.minister().before(Node("and", "CCONJ", "cc")).as_("conj"))
        if style < 0.66:
            node = self.names.person(depth)
        elif style < 0.82:
            node = self.names.body()
        else:
            node = self.thing(depth + 1)
        if depth < 2 and self.names.chance(0.1) and not any(kid.relation == "appos" for kid in node.right):
            node.behind(*self._relative(True, depth + 1))
        elif depth < 2 and self.names.chance(0.08) and not node.right:
            node.behind(self.names.punct(","), self._set_apart(depth + 1), self.names.punct(","))
        return node

    def _set_apart(self, depth: int) -> Node:
        """Return what may stand between commas behind a noun: "put at $3 billion last year"."""
        if self.names.chance(0.6):
            return self._participle(depth)
        word = self.names.random.choice(("put", "valued", "estimated", "worth"))
        if word == "worth":
            return Node(word, "ADJ", "amod").behind(self.names.amount().as_("obj"))
        verb = Node(word, "VERB", "acl").behind(self.names.amount().before(self.names.case("at")).as_("obl"))
        return verb.behind(self.names.date() if self.names.chance(0.5) else None)

    def _participle(self, depth: int) -> Node:
        """Return "signed in Lima by X" or "covering trade"."""
        lemma = self.names.one("transitive")
        if self.names.chance(0.6):
            verb = Node(self.names.form(lemma, "participle"), "VERB", "acl")
            verb.behind(
                self.names.party().before(self.names.case("by")).as_("obl") if self.names.chance(0.5) else None,
                self.names.place() if self.names.chance(0.5) else None,
                self.names.date() if self.names.chance(0.4) else None,
            )
            return verb
        return Node(self.names.form(lemma, "gerund"), "VERB", "acl").behind(self.thing(depth + 1).as_("obj"))

    def _relative(self, is_person: bool, depth: int) -> list[Node]:
        if depth < 2 and self.names.chance(0.12):  # "…, during which X signed Y"
            opener = Node("which", "PRON", "obl").before(self.names.case(self.names.random.choice(("during", "after", "under", "in"))))
            opener = Node("where", "ADV", "advmod") if self.names.chance(0.3) else opener
            return [self.names.punct(","), self.clause(depth + 1).before(opener).as_("acl:relcl"), self.names.punct(",")]
        verb = self.predicate(depth + 1)
        verb.before(Node("who" if is_person else self.names.random.choice(("which", "that")), "PRON", "nsubj")).as_("acl:relcl")
        if self.names.chance(0.75):
            return [self.names.punct(","), verb, self.names.punct(",")]
        return [verb]

    def _group(self, lemma: str, passive: bool) -> Node:
        """Return a finite verb with auxiliaries."""
        style = self.names.random.random()
        parts: list[Node] = []

        def aux(word: str, relation: str = "aux") -> None:
            parts.append(Node(word, "AUX", relation))

        column = "participle" if passive else ""
        if style < 0.5:
            if passive:
                aux(self.names.random.choice(("was", "were", "is", "are")), "aux:pass")
            else:
                column = "past" if self.names.chance(0.75) else "third_person"
        elif style < 0.64:
            aux(self.names.random.choice(("will", "would", "could", "may", "should", "will")))
            if passive:
                aux("be", "aux:pass")
            else:
                column = "lemma"
        elif style < 0.84:
            aux(self.names.random.choice(("has", "have", "had")))
            if passive:
                aux("been", "aux:pass")
            column = "participle"
        elif style < 0.93 and not passive:
            aux(self.names.random.choice(("is", "are", "was", "were")))
            column = "gerund"
        else:
            if passive:
                aux(self.names.random.choice(("was", "were", "are")), "aux:pass")
                parts.append(Node("not", "PART", "advmod"))
            else:
                aux(self.names.random.choice(("did", "does", "will", "has")))
                parts.append(Node("not", "PART", "advmod"))
                column = "participle" if parts[0].word == "has" else "lemma"
        if self.names.chance(0.1):
            parts.insert(self.names.random.randint(0, len(parts)), Node(self.names.one("adverbs"), "ADV", "advmod"))
        verb = Node(self.names.form(lemma, column) if column != "lemma" else lemma, "VERB")
        return verb.before(*parts)

    def _adjuncts(self, verb: Node, depth: int) -> None:
        for _ in range(self.names.random.choice((0, 0, 1, 1, 2, 3)) if depth < 2 else self.names.random.choice((0, 0, 1))):
            style = self.names.random.random()
            if style < 0.35:
                verb.behind(self.names.date())
            elif style < 0.6:
                verb.behind(self.names.place())
            elif style < 0.85:
                preposition = self.names.one("prepositions")
                inner = (
                    self.names.party()
                    if preposition in ("with", "by", "from", "against", "to") and self.names.chance(0.6)
                    else self.thing(depth + 1)
                )
                verb.behind(inner.before(self.names.case(preposition)).as_("obl"))
            else:
                verb.behind(
                    self.thing(2).before(self.names.case(self.names.random.choice(("ahead of", "because of", "instead of")))).as_("obl")
                )

    @staticmethod
    def _is_passive(verb: Node) -> bool:
        return any(kid.relation == "aux:pass" for kid in verb.left)

    def predicate(self, depth: int) -> Node:
        """Return a finite verb phrase without its subject."""
        style = self.names.random.random()
        if style < 0.05:
            lemma, particle = self.names.random.choice(self.names.words["particle_verbs"])
            verb = self._group(lemma, self.names.chance(0.3)).behind(Node(particle, "ADP", "compound:prt"))
            verb.behind(None if self._is_passive(verb) else self.thing(depth).as_("obj"))
        elif style < 0.36:
            lemma = self.names.one("transitive")
            verb = self._group(lemma, False)
            verb.behind(
                (self.names.person(1) if lemma in self.names.words["with_person"] and self.names.chance(0.7) else self.thing(depth)).as_(
                    "obj"
                )
            )
        elif style < 0.5:
            verb = self._group(self.names.one("transitive"), True)
            if self.names.chance(0.35):
                verb.behind(self.names.party().before(self.names.case("by")).as_("obl"))
        elif style < 0.66:
            lemma, preposition = self.names.random.choice(self.names.words["intransitive"])
            verb = self._group(lemma, False)
            inner = (
                self.names.city()
                if preposition in ("in", "at") and lemma in ("arrive", "begin", "end", "open")
                else self.names.amount()
                if lemma in ("rise", "fall", "grow", "climb", "amount", "stand", "drop", "jump", "surge", "increase", "account")
                else self.names.party()
                if preposition in ("with", "to", "for")
                else self.thing(depth + 1)
            )
            verb.behind(inner.before(self.names.case(preposition)).as_("obl"))
            if lemma in ("rise", "fall", "grow", "surge", "drop", "jump") and self.names.chance(0.5):
                verb.behind(
                    self.names.date() if self.names.chance(0.3) else None,
                    self.names.amount().before(self.names.case("from")).as_("obl"),
                    self.names.date() if self.names.chance(0.5) else None,
                )
        elif style < 0.76:
            verb = self._group(self.names.one("to_complement"), False).behind(self._infinitive(depth).as_("xcomp"))
        elif style < 0.81:
            verb = self._group(self.names.one("object_to"), False).behind(
                self.names.party().as_("obj"), self._infinitive(depth).as_("xcomp")
            )
        elif style < 0.89:
            word = self.names.one("expected")
            is_adjective = word in ("due", "likely", "ready", "poised")
            be = self.names.random.choice(("is", "are", "was", "were"))
            verb = Node(word, "ADJ" if is_adjective else "VERB").before(
                Node(be, "AUX", "cop" if is_adjective else "aux:pass"),
                Node(self.names.one("adverbs"), "ADV", "advmod") if self.names.chance(0.1) else None,
            )
            verb.behind(self._infinitive(depth).as_("xcomp"))
        elif style < 0.96:
            verb = (
                self.thing(depth + 1)
                if self.names.chance(0.7)
                else Node(self.names.random.choice(("important", "ready", "close", "strong", "false", "free")), "ADJ")
            )
            verb.before(Node(self.names.random.choice(("is", "was", "are", "were")), "AUX", "cop"))
        elif depth < 2:
            lemma = self.names.one("speech")
            verb = self._group(lemma, False)
            if lemma == "tell":
                verb.behind(self.names.party().as_("obj"))
            verb.behind(self._content(depth + 1))
            return verb
        else:
            verb = self._group("speak", False)
        if depth < 3:
            self._adjuncts(verb, depth)
        return verb

    def _infinitive(self, depth: int) -> Node:
        style = self.names.random.random()
        if style < 0.6:
            lemma = self.names.one("transitive")
            verb = Node(lemma, "VERB").behind(
                (self.names.person(1) if lemma in self.names.words["with_person"] else self.thing(depth + 1)).as_("obj")
            )
        elif style < 0.75:
            verb = Node(self.names.form(self.names.one("transitive"), "participle"), "VERB").before(Node("be", "AUX", "aux:pass"))
        else:
            lemma, preposition = self.names.random.choice(self.names.words["intransitive"])
            verb = Node(lemma, "VERB").behind(self.names.party().before(self.names.case(preposition)).as_("obl"))
        verb.before(Node("to", "PART", "mark"))
        if depth < 2:
            self._adjuncts(verb, depth + 1)
        if self.names.chance(0.15) and depth < 2:
            verb.behind(
                Node(self.names.one("transitive"), "VERB", "conj").before(Node("and", "CCONJ", "cc")).behind(self.thing(2).as_("obj"))
            )
        return verb

    def _content(self, depth: int) -> Node:
        clause = self.clause(depth)
        if self.names.chance(0.6):
            clause.before(Node("that", "SCONJ", "mark"))
        return clause.as_("ccomp")

    def _subordinate(self, depth: int) -> Node:
        if self.names.chance(0.5):
            return self.clause(depth + 1).before(Node(self.names.one("subordinators"), "SCONJ", "mark")).as_("advcl")
        lemma = self.names.one("transitive")
        verb = Node(self.names.form(lemma, "gerund"), "VERB").behind(self.thing(depth + 1).as_("obj")).as_("advcl")
        if self.names.chance(0.6):
            verb.before(Node(self.names.one("gerund_markers"), "SCONJ", "mark"))
        return verb

    def clause(self, depth: int = 0) -> Node:
        """Return a finite clause with its subject."""
        verb = self.predicate(depth)
        if depth == 0 and self.names.chance(0.03):  # "Diverting rivers would be …"
            subject = Node(self.names.form(self.names.one("transitive"), "gerund"), "VERB").behind(self.thing(depth + 1).as_("obj"))
            return verb.before(subject.as_("csubj"))
        subject = self.subject(depth)
        verb.before(subject.as_("nsubj:pass" if self._is_passive(verb) else "nsubj"))
        if self.names.chance(0.07):  # "… , on Monday in Lima signed": adjuncts between subject and verb
            place = verb.left.index(subject) + 1
            verb.left[place:place] = [self.names.date(), self.names.place()][: self.names.random.choice((1, 2))]
        return verb

    def _attribution(self, said: Node) -> Node:
        """Return the sentence "…, X said" or "…, according to X" about ``said``."""
        if self.names.chance(0.3):
            source = self.names.body() if self.names.chance(0.6) else self.names.person(1)
            if self.names.chance(0.3):
                said.before(
                    source.before(Node("According", "VERB", "case").behind(Node("to", "ADP", "fixed"))).as_("obl"), self.names.punct(",")
                )
            else:
                said.behind(
                    self.names.punct(","), source.before(Node("according", "VERB", "case").behind(Node("to", "ADP", "fixed"))).as_("obl")
                )
            return said
        lemma = self.names.one("speech")
        verb = Node(self.names.form(lemma, "past" if self.names.chance(0.85) else "third_person"), "VERB")
        speaker = self.subject(1).as_("nsubj")
        quoted = self.names.chance(0.5)
        comma = self.names.punct(",")
        if quoted:
            opening, closing = self.names.random.choice((("“", "”"), ('"', '"')))
            verb.before(self.names.punct(opening), said.as_("ccomp"), comma, self.names.punct(closing))
        else:
            verb.before(said.as_("ccomp"), comma)
        if self.names.chance(0.3 if quoted else 0.1) and lemma != "tell":
            verb.behind(speaker)
        else:
            verb.left.append(speaker)
            if lemma == "tell":
                verb.behind(Node("reporters", "NOUN", "obj"))
        if self.names.chance(0.5):
            verb.behind(self.names.date())
        if self.names.chance(0.3):
            verb.behind(self.names.compound("statement", "NOUN").before(self.names.case("in"), Node("a", "DET", "det")).as_("obl"))
        return verb

    def sentence(self) -> Sentence:
        """Return one sentence of running text."""
        root = self.clause(0)
        style = self.names.random.random()
        if style < 0.25:
            root = self._attribution(root)
        elif style < 0.4:
            first = self._subordinate(1) if self.names.chance(0.45) else self.names.date() if self.names.chance(0.6) else self.names.place()
            if self.names.chance(0.2):
                first = Node(self.names.one("openers"), "ADV", "advmod")
            root.before(first, self.names.punct(",") if self.names.chance(0.8) else None)
        elif style < 0.55:
            root.behind(self.names.punct(",") if self.names.chance(0.5) else None, self._subordinate(1))
        elif style < 0.7:
            other = (self.predicate(1) if self.names.chance(0.6) else self.clause(1)).as_("conj")
            other.before(Node(self.names.random.choice(("and", "and", "and", "but", "while")), "CCONJ", "cc"))
            if other.left[0].word == "while":
                other.relation, other.left[0].relation, other.left[0].tag = "advcl", "mark", "SCONJ"
            root.behind(*([self.names.punct(",")] if self.names.chance(0.4) else []), other)
        root.behind(self.names.punct("."))
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
        new: dict[int, int] = {}
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
        style = self.names.random.random()
        names = [
            self.names.country() if self.names.chance(0.6) else self.names.compound(self.names.name_part())
            for _ in range(self.names.random.choice((1, 1, 2, 2)))
        ]
        subject = names[0]
        if self.names.chance(0.15):
            subject = self.names.body()
        if len(names) > 1:
            subject.behind(names[1].before(self.names.punct(",") if self.names.chance(0.5) else Node("and", "CCONJ", "cc")).as_("conj"))
        if style < 0.5:
            verb = Node(self.names.form(self.names.one("transitive"), "third_person" if len(names) == 1 else "lemma"), "VERB").behind(
                self.thing(1).as_("obj")
            )
        elif style < 0.56:
            lemma, particle = self.names.random.choice(self.names.words["particle_verbs"])
            verb = Node(self.names.form(lemma, "third_person") if len(names) == 1 else lemma, "VERB")
            verb.behind(Node(particle, "ADP", "compound:prt"), self.thing(1).as_("obj"))
        elif style < 0.65:
            verb = Node(self.names.one("transitive"), "VERB").before(Node("to", "PART", "mark")).behind(self.thing(1).as_("obj"))
        elif style < 0.75:
            verb = Node(self.names.random.choice(("due", "set", "ready", "likely")), "ADJ").behind(
                self.names.place() if self.names.chance(0.6) else self._infinitive(2).as_("xcomp")
            )
        elif style < 0.85:
            verb = Node(self.names.form(self.names.one("transitive"), "participle"), "VERB")
            subject = self.thing(1)
        else:
            lemma, preposition = self.names.random.choice(self.names.words["intransitive"])
            verb = Node(self.names.form(lemma, "third_person") if len(names) == 1 else lemma, "VERB").behind(
                self.names.party().before(self.names.case(preposition)).as_("obl")
            )
        self._adjuncts(verb, 2)
        verb.before(subject.as_("nsubj:pass" if style >= 0.75 and style < 0.85 else "nsubj"))
        if self.names.chance(0.12):
            verb.behind(self.names.punct(self.names.random.choice((",", ":", ";", "–", "—"))), self.clause(2).as_("parataxis"))
        return self._without_articles(*_spread(verb))

    def _without_articles(self, words: list[str], tags: list[str], parents: list[int], relations: list[str]) -> Sentence:
        drop = {i for i, word in enumerate(words) if word in ("the", "a", "an") and self.names.chance(0.85)}
        new: dict[int, int] = {}
        for i in range(len(words)):
            if i not in drop:
                new[i] = len(new)
        kept = list(new)
        words = [words[i] for i in kept]
        if self.names.chance(0.35):
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
