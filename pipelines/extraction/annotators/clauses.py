"""Clauses: verb groups with subject, objects and prepositional phrases, and how clauses hang together.

Belongs here: reading clauses from the governing words the parser found. Does not belong here: which word governs which (parser), noun
phrases (phrases), auxiliaries (verb_groups), who an actor is (actors), what an event means (frames). Frames may rely on this:

* Every prepositional phrase of the clause is an oblique, whether it hangs on the verb or on a noun ("held a meeting with X in Y": obliques
  "with X", "in Y"), in reading order; so are bare times ("last week"). A phrase with a preposition begins at the preposition.
* In the passive the subject is the sufferer; the doer is the oblique with "by".
* "X is Y": the verb is "be", Y the first object. A headline without verb ("Dar due in Dhaka") has the predicate as its verb. A sentence
  with no clause at all has one with an empty verb lemma, whose object is its noun phrase.
* Infinitives, participles and gerunds borrow their subject from the clause that governs them, relative clauses from their antecedent.
* A coordinated finite clause hangs on the first with link "and" (or "but", "or"); a coordinated infinitive or participle hangs where the
  first one hangs. Words of speech govern what is said ("quote" within quotation marks, else "that"), wherever they stand.
* An infinitive under "is due to", "plans to", "hopes to" … carries that modality; its tense is future, or past if the plan is past.
"""

from collections.abc import Sequence

from pipelines.extraction.annotators.lemmas import BASE, GERUND, PARTICIPLE, verb_reading
from pipelines.extraction.annotators.mending import with_whole_actors
from pipelines.extraction.annotators.phrases import Actors, Phrases, Tree, is_date_part
from pipelines.extraction.annotators.verb_groups import NEGATIONS, Group, governor_modality, read_group, subject_control
from pipelines.extraction.model import Actor, Clause, Layout, Phrase, Token, VerbGroup

_READ_KINDS = frozenset(("headline", "body", "caption"))
_NEVER_CLAUSES = frozenset(
    (
        "amod",
        "compound",
        "case",
        "aux",
        "aux:pass",
        "cop",
        "flat",
        "mark",
        "cc",
        "det",
        "advmod",
        "punct",
        "nummod",
        "compound:prt",
        "nmod:poss",
    )
)
_SUBJECTS = frozenset(("nsubj", "nsubj:pass"))
_OBLIQUES = frozenset(("obl", "obl:unmarked", "nmod", "nmod:unmarked"))
_RELATIVES = frozenset(("who", "which", "that", "whom", "whose", "where", "when"))
_RELATIVE_PRONOUNS = frozenset(("who", "which", "that", "whom"))
_ADVERBIAL_LINKS = frozenset(("when", "where", "while", "how", "why"))
_FINITE_MARKS = frozenset(
    ("if", "when", "because", "as", "since", "although", "though", "while", "that", "whether", "unless", "once", "where", "until")
)
_NON_FINITE = frozenset(("acl", "advcl", "xcomp", "obl", "nmod", "obj", "csubj"))
_INVERTED = frozenset(("had", "were", "should"))
_NAME_PARTS = frozenset(("flat", "compound", "appos", "nummod"))
_QUOTATION = frozenset(('"', "“", "”", "''", "``", "«", "»"))
_FINITE_TENSES = frozenset(("past", "present", "future"))
_NEVER_VERBS = frozenset(("according", "including", "regarding", "concerning", "excluding"))  # prepositions that look like participles
_DEEPEST = 12


class _Draft:
    """What hangs directly on the head of one clause."""

    __slots__ = ("auxiliaries", "cop", "has_aux", "is_negated", "joined", "joint", "marks", "objects", "particle", "subject", "when")

    def __init__(self) -> None:
        self.auxiliaries: list[int] = []
        self.marks: list[str] = []
        self.objects: list[int] = []
        self.subject = self.joined = self.particle = self.cop = -1  # joined: a second noun before the verb, "X and Y met"
        self.is_negated = self.has_aux = False
        self.joint = self.when = ""


class _Reader:
    """Reads the clauses of one sentence."""

    def __init__(self, text: str, tokens: Sequence[Token], actors: Actors, number: int, is_headline: bool) -> None:
        self.tokens = tokens
        self.number = number
        self.is_headline = is_headline
        self.tree = Tree(tokens)
        self.phrases = Phrases(text, self.tree, actors)
        self.drafts = {place: self._draft(place) for place in self._heads()}
        self.owner = self._owners()
        self.raised = self._raised_speech()
        self.verbs: dict[int, Group] = {}
        self.subjects: dict[int, Phrase | None] = {}

    def _heads(self) -> list[int]:
        """Return the places of the words that head a clause: verbs, predicates with a copula, a headline's bare predicate."""
        tree = self.tree
        heads = set()
        for place, (tag, relation, parent) in enumerate(zip(tree.tags, tree.relations, tree.parents, strict=True)):
            if tag == "VERB" or tag == "AUX":
                if relation not in _NEVER_CLAUSES and tree.lowers[place] not in _NEVER_VERBS:
                    heads.add(place)
                elif relation == "cop" and tree.relations[parent] not in _NEVER_CLAUSES:
                    heads.add(parent)
            elif (relation == "nsubj" or relation == "nsubj:pass") and tree.parents[parent] < 0 and tree.tags[parent] != "PUNCT":
                heads.add(parent)
        return sorted(heads)

    def _draft(self, place: int) -> _Draft:
        """Sort what hangs on the head of a clause."""
        lowers, relations = self.tree.lowers, self.tree.relations
        draft = _Draft()
        for kid in self.tree.kids[place]:
            relation = relations[kid]
            if relation == "punct":
                continue
            if relation in _SUBJECTS:
                if draft.subject >= 0 and kid < place and "and" in lowers[draft.subject : kid]:
                    draft.joined = kid
                elif draft.subject < 0 or lowers[kid] not in _RELATIVE_PRONOUNS:
                    draft.subject = self._bare_noun(kid)
            elif relation == "obj" or relation == "iobj":
                draft.objects.append(kid)
            elif relation == "aux" or relation == "aux:pass":
                draft.auxiliaries.append(kid)
                draft.has_aux = True
            elif relation == "cop":
                draft.auxiliaries.append(kid)
                draft.cop = kid
            elif relation == "mark" or (relation == "case" and kid < place):
                draft.marks.append(lowers[kid])
            elif relation == "advmod":
                lower = lowers[kid]
                if lower in NEGATIONS or (lower == "longer" and kid and lowers[kid - 1] == "no"):
                    draft.is_negated = True
                elif lower in _ADVERBIAL_LINKS and not draft.when:
                    draft.when = lower
            elif relation == "cc":
                draft.joint = draft.joint or lowers[kid]
                draft.is_negated = draft.is_negated or lowers[kid] in NEGATIONS
            elif relation == "compound:prt":
                draft.particle = kid
            elif relation not in _OBLIQUES and self.tree.lemmas[kid] == "not":
                draft.is_negated = True
        if "without" in draft.marks:
            draft.is_negated = True
        return draft

    def _bare_noun(self, place: int) -> int:
        """Return the subject at ``place``; one with a preposition ("Kenya on Monday said") gives way to the noun before it."""
        case = self.tree.cases.get(place, -1)
        if case < 1 or self.tree.tags[case - 1] not in ("NOUN", "PROPN", "PRON"):
            return place
        noun = self._noun_of(case - 1)
        return noun

    def _noun_of(self, place: int) -> int:
        """Return the head of the name or compound that the word at ``place`` is part of."""
        tree = self.tree
        for _ in range(_DEEPEST):
            parent = tree.parents[place]
            if parent < 0 or tree.relations[place] not in _NAME_PARTS or tree.tags[parent] == "VERB":
                break
            place = parent
        return place

    def _owners(self) -> list[int]:
        """Return for each word the head of the clause it stands in, -1 for none."""
        parents = self.tree.parents
        owner = [-2] * len(parents)
        for head in self.drafts:
            owner[head] = head
        for place, known in enumerate(owner):
            if known == -2:
                current = parents[place]
                while current >= 0 and owner[current] == -2:
                    current = parents[current]
                owner[place] = owner[current] if current >= 0 else -1
        return owner

    def _above(self, head: int) -> int:
        """Return the head of the clause in which the governing word of ``head`` stands, -1 for none."""
        parent = self.tokens[head].parent
        return self.owner[parent] if parent >= 0 else -1

    def _raised_speech(self) -> dict[int, int]:
        """Return clause → clause of speech for "…, X said", where the words of speech hang on what was said."""
        raised: dict[int, int] = {}
        for head, draft in self.drafts.items():
            token = self.tokens[head]
            if token.relation == "parataxis" and token.tag == "VERB" and draft.subject >= 0 and not draft.objects:
                said = self._above(head)
                has_content = any(self.tokens[kid].relation == "ccomp" for kid in self.tree.kids[head])
                if said >= 0 and said != head and said not in raised and not has_content:
                    raised[said] = head
        return raised

    def _shares_form(self, head: int, first: int) -> bool:
        """Whether a coordinated verb is an infinitive or participle together with the ``first`` one."""
        draft = self.drafts[head]
        return (
            self.tokens[first].relation in ("xcomp", "acl", "advcl")
            and draft.subject < 0
            and not draft.has_aux
            and self.verb(first).tense not in ("past", "present")
        )

    def governor(self, head: int, depth: int = 0) -> int:
        """Return the head of the clause that governs the clause of ``head``, -1 for none."""
        if head in self.raised:
            return self.raised[head]
        above = self._above(head)
        if above < 0 or above == head or self.raised.get(above) == head or depth > _DEEPEST:
            return -1
        if self.tokens[head].relation == "conj" and self.tokens[head].parent == above and self._shares_form(head, above):
            return self.governor(above, depth + 1)
        return above

    def link(self, head: int, depth: int = 0) -> str | None:
        """Return the word or kind of the tie between the clause of ``head`` and its governor."""
        draft = self.drafts[head]
        token = self.tokens[head]
        if head in self.raised:
            return "quote" if any(word.lower in _QUOTATION for word in self.tokens) else "that"
        if token.relation == "conj":
            above = self._above(head)
            if above >= 0 and token.parent == above and self._shares_form(head, above) and depth < _DEEPEST:
                return self.link(above, depth + 1)
            return draft.joint or "and"
        if token.relation == "acl:relcl":
            return self._relative(head)
        if draft.marks:
            return draft.marks[0]
        if self._is_inverted_condition(draft):
            return "if"
        if draft.when:
            return draft.when
        if token.relation == "ccomp":
            return self._content_link(head)
        if token.relation == "xcomp":
            return "ing" if token.lower.endswith("ing") else "participle"
        if token.relation in ("acl", "advcl"):
            return "participle"
        if token.relation in ("obj", "obl", "nmod", "csubj"):
            return "ing"
        return "parataxis"

    def _is_inverted_condition(self, draft: _Draft) -> bool:
        """Whether an auxiliary before the subject makes a condition: "Had the rains come, …", "Were Peru to sign, …"."""
        if draft.subject < 0 or not draft.auxiliaries or self.tree.lowers[-1] == "?":
            return False
        first = draft.auxiliaries[0]
        return first < draft.subject and self.tree.lowers[first] in _INVERTED

    def _content_link(self, head: int) -> str:
        """Return "quote" where marks stand between what was said and the words of speech."""
        token = self.tokens[head]
        if token.lower.endswith("ing") and self.drafts[head].subject < 0 and not self.drafts[head].has_aux:
            return "ing"
        low, high = sorted((head, token.parent))
        return "quote" if any(word.lower in _QUOTATION for word in self.tokens[low:high]) else "that"

    def _relative(self, head: int) -> str:
        low, high = sorted((self.tokens[head].parent, head))
        for word in self.tokens[max(low, 0) : high]:
            if word.lower in _RELATIVES:
                return word.lower
        return "that"

    def verb(self, head: int) -> Group:
        """Return the verb group of a clause, with the modality that its governor lends it."""
        known = self.verbs.get(head)
        if known is not None:
            return known
        draft = self.drafts[head]
        tag = self.tree.tags[head]
        has_to = "to" in draft.marks
        group = read_group(self.tokens, head, draft.auxiliaries, self._is_finite_place(head), has_to, draft.is_negated, draft.particle)
        self.verbs[head] = group  # before looking up: a circle ends here
        if draft.cop >= 0 and tag != "VERB":
            group.head, group.end = self.tree.starts[draft.cop], self.tree.ends[draft.cop]
            group.lemma, group.particle = "be", None
            group.is_passive = group.is_progressive = False
        elif group.tense in (None, "past") and not draft.auxiliaries and self._is_bare_passive(head, group):
            group.is_passive = True
        if self.is_headline and group.tense == "past" and not draft.auxiliaries and self._forms(head) & BASE:
            group.tense = "present"  # "Unions set terms": headlines tell in the present
        if self._is_inverted_condition(draft):
            group.modality = "conditional"
        if group.tense is None and group.modality is None and (tag == "VERB" or draft.cop >= 0):
            self._lend(head, group, has_to)
        return group

    def _forms(self, head: int) -> int:
        """Return which forms of a verb the word at ``head`` can be."""
        reading = verb_reading(self.tree.lowers[head])
        return reading[1] if reading else 0

    def _is_finite_place(self, head: int) -> bool:
        """Whether a bare verb form can be finite here."""
        draft = self.drafts[head]
        if draft.subject >= 0 or self.tokens[head].relation not in _NON_FINITE:
            return True
        if self.tokens[head].relation in ("acl", "xcomp"):
            return False
        return bool(draft.marks) and draft.marks[0] in _FINITE_MARKS

    def _is_bare_passive(self, head: int, group: Group) -> bool:
        """Whether a participle without auxiliary is a passive: "documents signed in Lima", "Accompanied by X, …", a headline's "X held"."""
        token = self.tokens[head]
        forms = self._forms(head)
        if not forms & PARTICIPLE or forms & GERUND or self.drafts[head].objects:
            return False
        if group.tense is None:
            return token.relation in ("acl", "advcl", "root", "conj", "xcomp")
        return self.is_headline and token.relation == "root" and not forms & BASE

    def _lend(self, head: int, group: Group, has_to: bool) -> None:
        """Give ``group`` the modality of "due to", "plans to", or of the verb it is coordinated with."""
        token = self.tokens[head]
        parent = token.parent
        if parent < 0:
            if has_to:
                group.modality, group.tense = "expected", "future"
            return
        if token.relation == "conj" and parent in self.drafts:
            first = self.verb(parent)
            if first.modality and self.drafts[head].subject < 0:
                group.modality, group.tense = first.modality, first.tense
            return
        above = self.tokens[parent]
        over = self.verb(parent) if parent in self.drafts else None
        if not has_to or (token.relation not in ("xcomp", "ccomp") and above.tag != "ADJ" and not (over and over.is_passive)):
            return
        known = governor_modality()
        modality = known.get(above.lower) or known.get(above.lemma)
        if over and over.modality and over.modality != "will":
            modality = over.modality
        if modality:
            group.modality = modality
            group.tense = "past" if over and over.tense == "past" and not over.is_perfect else "future"

    def _antecedent(self, pronoun: int) -> int:
        """Return the noun a relative pronoun stands for: the head of the noun phrase that ends before it, -1 for none."""
        place = pronoun - 1
        while place >= 0 and place >= pronoun - 3 and self.tokens[place].tag in ("PUNCT", "ADP"):
            place -= 1
        if place < 0 or self.tokens[place].tag not in ("NOUN", "PROPN", "PRON", "NUM"):
            return -1
        return self._noun_of(place)

    def _meant(self, head: int, place: int) -> Phrase:
        """Return the phrase of an argument; a relative pronoun gives way to its antecedent."""
        tree = self.tree
        if tree.lowers[place] in _RELATIVE_PRONOUNS and tree.tags[place] == "PRON" and place < head:
            parent = tree.parents[head]
            noun = parent if tree.relations[head] == "acl:relcl" and 0 <= parent < place else self._antecedent(place)
            if noun >= 0 and noun not in self.drafts:
                return self.phrases.noun_phrase(noun)
        return self.phrases.noun_phrase(place)

    def subject(self, head: int, depth: int = 0) -> Phrase | None:
        """Return the subject of a clause, its own or the one it borrows."""
        if head in self.subjects:
            return self.subjects[head]
        self.subjects[head] = None  # while we look: a circle ends here
        draft = self.drafts[head]
        found: Phrase | None
        if draft.subject >= 0:
            found = own = self._meant(head, draft.subject)
            if draft.joined >= 0:
                found = self.phrases.joined(own, self.phrases.noun_phrase(draft.joined))
        else:
            found = self._borrowed(head, depth) if depth < _DEEPEST else None
            if found is None and self.verb(head).tense in _FINITE_TENSES:
                found = self._noun_before(head)
        self.subjects[head] = found
        return found

    def _borrowed(self, head: int, depth: int) -> Phrase | None:
        token = self.tokens[head]
        above = self._above(head)
        relation = token.relation
        if token.parent < 0 or relation in ("parataxis", "acl:relcl"):
            return None
        if relation == "acl" and token.parent not in self.drafts and "to" not in self.drafts[head].marks:
            return self.phrases.noun_phrase(token.parent)
        if above < 0 or above == head:
            return None
        if relation == "xcomp" and self.tokens[above].lemma not in subject_control():
            for kid in self.drafts[above].objects:
                if kid < head and self.tree.lowers[kid] not in _RELATIVE_PRONOUNS:
                    return self.phrases.noun_phrase(kid)
        return self.subject(above, depth + 1)

    def _noun_before(self, head: int) -> Phrase | None:
        """Return the noun phrase that ends where a finite verb begins, for a verb to which the parse gives no subject."""
        tree = self.tree
        place = min([head, *self.drafts[head].auxiliaries]) - 1
        while place >= 0 and tree.tags[place] == "ADV":
            place -= 1
        if place < 0 or tree.tags[place] not in ("NOUN", "PROPN", "PRON"):
            return None
        for _ in range(_DEEPEST):
            parent = tree.parents[place]
            if not 0 <= parent < head or parent in self.drafts or tree.lowers[parent + 1 : place].count(","):
                break
            place = parent
        return self.phrases.noun_phrase(place) if tree.tags[place] in ("NOUN", "PROPN", "PRON") else None

    def _objects(self, head: int) -> tuple[Phrase, ...]:
        """Return the objects of a clause, a nominal predicate first; "signed and exchanged notes" gives both verbs theirs."""
        draft = self.drafts[head]
        places = [kid for kid in draft.objects if kid not in self.drafts]
        if draft.cop >= 0 and self.tokens[head].tag not in ("VERB", "AUX"):
            places.insert(0, head)
        elif not places and not draft.cop >= 0:
            for kid in self.tree.kids[head]:
                if kid in self.drafts and self.tokens[kid].relation == "conj" and head < kid <= head + 3 and self.drafts[kid].subject < 0:
                    places = [place for place in self.drafts[kid].objects if place not in self.drafts and place > kid]
        phrases: list[Phrase] = []
        for place in places:
            phrase = self._meant(head, place)
            if place == head and draft.cop < head:
                phrase = self.phrases.behind(phrase, draft.cop)
            if not phrases or phrase.start >= phrases[-1].end or phrase.end <= phrases[-1].start:
                phrases.append(phrase)
        return tuple(phrases)

    def _spans_and_obliques(self) -> tuple[dict[int, tuple[int, int]], dict[int, list[int]]]:
        """Return the stretch of each clause, from its first to its last own word, and its obliques in reading order."""
        tree, cases = self.tree, self.tree.cases
        spans: dict[int, tuple[int, int]] = {}
        obliques: dict[int, list[int]] = {}
        for place, (owner, relation) in enumerate(zip(self.owner, tree.relations, strict=True)):
            if owner < 0 or relation == "punct":
                continue
            spans[owner] = (spans[owner][0] if owner in spans else tree.starts[place], tree.ends[place])
            if relation in _OBLIQUES:
                if (relation == "nmod" and place not in cases) or (relation == "nmod:unmarked" and is_date_part(tree, place)):
                    continue
            elif relation != "conj" or place not in cases:
                continue
            if place != owner and not self.phrases.opens_inside_actor(place):
                obliques.setdefault(owner, []).append(place)
        return spans, obliques

    def clauses(self, base: int) -> list[Clause]:
        """Return the clauses in reading order; ``base`` is the index of the first of them in the article."""
        index = {head: base + count for count, head in enumerate(self.drafts)}
        spans, obliques = self._spans_and_obliques()
        phrase = self.phrases.phrase
        made = []
        for head in self.drafts:
            governor = self.governor(head)
            verb = self.verb(head)
            start, end = spans.get(head, (verb.start, verb.end))
            made.append(
                Clause(
                    min(start, verb.start),
                    max(end, verb.end),
                    self.number,
                    verb.frozen(),
                    self.subject(head),
                    self._objects(head),
                    tuple([phrase(place) for place in obliques.get(head, ())]),
                    index[governor] if governor >= 0 else None,
                    self.link(head) if governor >= 0 else None,
                )
            )
        return made

    def verbless(self) -> list[Clause]:
        """Return the one clause of a sentence without any: its first noun phrase as the object of an empty verb."""
        tokens, tree = self.tokens, self.tree
        head = next((place for place, token in enumerate(tokens) if token.parent < 0 and token.tag in ("NOUN", "PROPN")), -1)
        if head < 0:
            return []
        start = tokens[head].start
        phrases = self.phrases
        obliques = [
            phrases.phrase(place)
            for place, token in enumerate(tokens)
            if place != head and token.relation in _OBLIQUES and place in tree.cases and not phrases.opens_inside_actor(place)
        ]
        verb = VerbGroup(start, start, start, "", None, "none", None, False, False, False, False)
        return [Clause(tokens[0].start, tokens[-1].end, self.number, verb, None, (phrases.phrase(head),), tuple(obliques), None, None)]


def find_clauses(text: str, layout: Layout, tokens: tuple[tuple[Token, ...], ...], actors: tuple[Actor, ...]) -> tuple[Clause, ...]:
    """Return every clause of the headlines, body sentences and captions of ``layout``, in reading order."""
    known_actors = Actors(actors)
    clauses: list[Clause] = []
    for number, (sentence, words) in enumerate(zip(layout.sentences, tokens, strict=True)):
        if words and sentence.kind in _READ_KINDS:
            whole = with_whole_actors(words, known_actors.within(sentence.start, sentence.end))
            reader = _Reader(text, whole, known_actors, number, sentence.kind == "headline")
            clauses += reader.clauses(len(clauses)) if reader.drafts else reader.verbless()
    return tuple(clauses)
