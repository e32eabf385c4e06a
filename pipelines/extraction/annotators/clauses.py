"""Clauses: verb groups with subject, objects and prepositional phrases, and how clauses hang together.

Belongs here: reading clauses from the governing words the parser found. Does not belong here: which word governs which (parser), who an
actor is (actors), what an event means (frames). Conventions frames may rely on:

* A phrase is a noun phrase with its determiners, modifiers, "of" phrases, appositions and coordinated nouns; its head is the first noun's.
  Other prepositional phrases and relative clauses inside it are left out at its edges. An actor's span is never cut.
* A phrase with a preposition begins at the preposition. Every prepositional phrase of the clause is an oblique, whether it hangs on the
  verb or on a noun ("held a meeting with X in Y": obliques "with X", "in Y"), in reading order; so are bare times ("last week").
* In the passive the subject is the sufferer; the doer is the oblique with "by".
* "X is Y": the verb is "be", Y the object. A headline without verb ("Dar due in Dhaka") has the predicate as its verb; a sentence with no
  clause at all has one with an empty verb lemma, whose object is its noun phrase.
* Infinitives, participles and gerunds borrow their subject from the clause that governs them, relative clauses from their antecedent.
* A coordinated finite clause hangs on the first with link "and" (or "but", "or"); a coordinated infinitive hangs where the first hangs.
* An infinitive under "is due to", "plans to", "hopes to" … carries that modality; its tense is future, or past if the plan is past.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from pipelines.extraction.annotators.lemmas import GERUND, PARTICIPLE, verb_reading
from pipelines.extraction.annotators.verb_groups import governor_modality, verb_group
from pipelines.extraction.model import Actor, Clause, Layout, Phrase, Token, VerbGroup

_NOT_CLAUSAL = frozenset(
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
        "discourse",
        "nmod:poss",
    )
)
_INSIDE = frozenset(("det", "amod", "compound", "flat", "nummod", "nmod:poss", "advmod", "appos", "cc", "conj", "case"))
_OBLIQUE = frozenset(("obl", "obl:unmarked", "nmod", "nmod:unmarked"))
_SUBJECT = frozenset(("nsubj", "nsubj:pass", "csubj"))
_NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "SYM", "DET", "X"))
_RELATIVES = frozenset(("who", "which", "that", "whom", "whose", "where", "when"))
_SPEECH_END = frozenset(("parataxis",))


class _Sentence:
    """One sentence while its clauses are read."""

    __slots__ = ("actor_starts", "actors", "heads", "kids", "number", "text", "tokens")

    def __init__(self, text: str, number: int, tokens: Sequence[Token], actors: Sequence[Actor], actor_starts: Sequence[int]) -> None:
        self.text = text
        self.number = number
        self.tokens = tokens
        self.actors = actors
        self.actor_starts = actor_starts
        kids: list[list[int]] = [[] for _ in tokens]
        for place, token in enumerate(tokens):
            if token.parent >= 0:
                kids[token.parent].append(place)
        self.kids = kids
        self.heads = [place for place in range(len(tokens)) if self._is_clause_head(place)]

    def _is_clause_head(self, place: int) -> bool:
        token = self.tokens[place]
        if token.tag == "VERB":
            return token.relation not in _NOT_CLAUSAL
        if token.tag == "PUNCT" or token.relation in _NOT_CLAUSAL:
            return False
        if any(self.tokens[kid].relation == "cop" for kid in self.kids[place]):
            return True
        if token.tag == "AUX":
            return True
        return token.parent < 0 and any(self.tokens[kid].relation in ("nsubj", "nsubj:pass") for kid in self.kids[place])

    def around_actors(self, start: int, end: int) -> tuple[int, int]:
        """Widen a span so that it cuts no actor."""
        place = bisect_right(self.actor_starts, start) - 1
        if place >= 0:
            actor = self.actors[place]
            if actor.start < start < actor.end:
                start = actor.start
        place = bisect_right(self.actor_starts, end - 1) - 1
        if place >= 0:
            actor = self.actors[place]
            if actor.start < end < actor.end:
                end = actor.end
        return start, end

    def _edges(self, head: int, depth: int = 0) -> tuple[int, int]:
        """Return first and last token of the noun phrase of ``head``, without its own preposition."""
        first = last = head
        if depth > 12:
            return first, last
        for kid in self.kids[head]:
            token = self.tokens[kid]
            relation = token.relation
            if relation in _INSIDE:
                if relation == "case":
                    # a possessive "'s" closes its noun; a preposition opens the phrase and is no part of it
                    if kid == head + 1 or (kid > head and token.lower in ("'s", "’s", "'", "’")):
                        last = max(last, kid)
                    continue
                if relation == "conj" and self.tokens[kid].tag == "VERB":
                    continue
            elif not (relation == "nmod" and kid > head and self._preposition(kid)[0] == "of"):
                continue
            begin, stop = self._edges(kid, depth + 1)
            if relation in ("nmod", "conj", "appos") and kid > head:
                last = max(last, stop)
            else:
                first, last = min(first, begin), max(last, stop)
        return first, last

    def _preposition(self, head: int) -> tuple[str | None, int]:
        """Return the preposition of a noun and its place."""
        for kid in self.kids[head]:
            token = self.tokens[kid]
            if token.relation == "case" and kid < head:
                words = [token.lower]
                words += [self.tokens[more].lower for more in self.kids[kid] if more > kid and self.tokens[more].relation == "flat"]
                return " ".join(words), kid
        return None, head

    def phrase(self, head: int, with_preposition: bool = False) -> Phrase:
        """Return the noun phrase of ``head``."""
        first, last = self._edges(head)
        preposition = None
        if with_preposition:
            preposition, place = self._preposition(head)
            first = min(first, place)
        start, end = self.around_actors(self.tokens[first].start, self.tokens[last].end)
        word = self.tokens[head]
        return Phrase(start, end, self.text[start:end], word.lemma, word.start, preposition)

    def obliques_of(self, head: int, clause_heads: frozenset[int] | set[int], depth: int = 0) -> list[int]:
        """Return the heads of the prepositional phrases and bare times under ``head`` that belong to its clause."""
        found: list[int] = []
        if depth > 12:
            return found
        for kid in self.kids[head]:
            if kid in clause_heads:
                continue
            relation = self.tokens[kid].relation
            if relation in _OBLIQUE:
                found.append(kid)
            elif relation in ("advmod", "cc", "punct", "det", "case", "mark", "aux", "aux:pass", "cop", "compound:prt"):
                continue
            found += self.obliques_of(kid, clause_heads, depth + 1)
        return found


def _within_actor(sentence: _Sentence, position: int) -> bool:
    place = bisect_right(sentence.actor_starts, position) - 1
    return place >= 0 and sentence.actors[place].start < position < sentence.actors[place].end


def _link(sentence: _Sentence, head: int) -> str | None:
    """Return the word or kind of the tie between a clause and the one that governs it."""
    tokens = sentence.tokens
    token = tokens[head]
    relation = token.relation
    marks = [tokens[kid].lower for kid in sentence.kids[head] if tokens[kid].relation == "mark"]
    if relation == "conj":
        joined = [tokens[kid].lower for kid in sentence.kids[head] if tokens[kid].relation == "cc"]
        return joined[0] if joined else "and"
    if relation == "acl:relcl":
        for kid in sentence.kids[head]:
            if tokens[kid].lower in _RELATIVES:
                return tokens[kid].lower
        first = min([head, *sentence.kids[head]])
        for place in range(max(0, first - 1), head):
            if tokens[place].lower in _RELATIVES:
                return tokens[place].lower
        return "that"
    if marks:
        return marks[0]
    case = [tokens[kid].lower for kid in sentence.kids[head] if tokens[kid].relation == "case" and kid < head]
    if case:
        return case[0]
    when = [
        tokens[kid].lower
        for kid in sentence.kids[head]
        if tokens[kid].relation == "advmod" and tokens[kid].lower in ("when", "where", "while", "how", "why")
    ]
    if when:
        return when[0]
    if relation == "ccomp":
        return "that"
    if relation in ("acl", "advcl", "xcomp"):
        return "participle"
    if relation in ("parataxis", "list", "appos"):
        return "parataxis"
    return None


def _is_finite_place(sentence: _Sentence, head: int) -> bool:
    """Whether a bare verb form may be finite here."""
    token = sentence.tokens[head]
    relation = token.relation
    kids = sentence.kids[head]
    if any(sentence.tokens[kid].relation in ("nsubj", "nsubj:pass") for kid in kids):
        return True
    if relation in ("acl", "xcomp"):
        return False
    if relation == "advcl" or relation in ("obl", "nmod", "obj", "csubj"):
        marks = [sentence.tokens[kid].lower for kid in kids if sentence.tokens[kid].relation in ("mark", "case")]
        return bool(marks) and marks[0] in ("if", "when", "because", "as", "since", "although", "though", "while", "that")
    return True


class _Builder:
    """Reads the clauses of one sentence."""

    def __init__(self, sentence: _Sentence) -> None:
        self.sentence = sentence
        self.heads = sentence.heads
        self.is_head = set(sentence.heads)
        self.owner = self._owners()
        self.subjects: dict[int, Phrase | None] = {}
        self.verbs: dict[int, VerbGroup] = {}
        self.raised = self._raised_speech()

    def _owners(self) -> list[int]:
        """Return for each token the head of the clause it stands in, -1 for none."""
        tokens = self.sentence.tokens
        owner = [-2] * len(tokens)
        for place in range(len(tokens)):
            path = []
            current = place
            while current >= 0 and owner[current] == -2 and current not in self.is_head:
                path.append(current)
                current = tokens[current].parent
            found = -1 if current < 0 else current if current in self.is_head else owner[current]
            for passed in path:
                owner[passed] = found
            if place in self.is_head:
                owner[place] = place
        return owner

    def _raised_speech(self) -> dict[int, int]:
        """Return clause → speech clause for "…, X said", where the words of speech hang on what was said."""
        tokens = self.sentence.tokens
        raised: dict[int, int] = {}
        for head in self.heads:
            token = tokens[head]
            if token.relation == "parataxis" and token.parent >= 0 and token.tag == "VERB":
                governor = self.owner[token.parent]
                kids = [tokens[kid].relation for kid in self.sentence.kids[head]]
                if (
                    governor >= 0
                    and governor != head
                    and ("nsubj" in kids)
                    and "ccomp" not in kids
                    and "obj" not in kids
                    and governor not in raised
                ):
                    raised[governor] = head
        return raised

    def governor(self, head: int) -> int:
        """Return the head of the clause that governs the clause of ``head``, -1 for none."""
        if head in self.raised:
            return self.raised[head]
        parent = self.sentence.tokens[head].parent
        above = self.owner[parent] if parent >= 0 else -1
        if above >= 0 and self.raised.get(above) == head:
            return -1
        if above >= 0 and self.sentence.tokens[head].relation == "conj" and self._hangs_like(head, above):
            return self.governor(above)
        return above

    def _hangs_like(self, head: int, first: int) -> bool:
        """Whether a coordinated verb shares the infinitive or participle of the first one."""
        tokens = self.sentence.tokens
        kids = [tokens[kid].relation for kid in self.sentence.kids[head]]
        return (
            tokens[first].relation in ("xcomp", "acl", "advcl")
            and not self.verb(first).tense in ("past", "present")
            and not any(kid in _SUBJECT or kid in ("aux", "aux:pass") for kid in kids)
        )

    def link(self, head: int) -> str | None:
        """Return how the clause hangs on its governor."""
        if head in self.raised:
            return "quote" if any(token.lower in ('"', "“", "”", "``", "''") for token in self.sentence.tokens) else "that"
        parent = self.sentence.tokens[head].parent
        above = self.owner[parent] if parent >= 0 else -1
        if above >= 0 and self.sentence.tokens[head].relation == "conj" and self._hangs_like(head, above):
            return self.link(above)
        return _link(self.sentence, head) if self.governor(head) >= 0 else None

    def verb(self, head: int) -> VerbGroup:
        """Return the verb group of a clause, with the modality it inherits."""
        if head in self.verbs:
            return self.verbs[head]
        tokens = self.sentence.tokens
        kids = self.sentence.kids[head]
        copula = [kid for kid in kids if tokens[kid].relation == "cop"]
        group = verb_group(tokens, head, kids, _is_finite_place(self.sentence, head))
        if copula and tokens[head].tag != "VERB":
            last = tokens[copula[-1]]
            group = replace(
                group,
                end=max(last.end, group.start + 1),
                head=last.start,
                lemma="be",
                particle=None,
                is_passive=False,
                is_progressive=False,
            )
            group = replace(group, end=last.end)
        self.verbs[head] = group
        token = tokens[head]
        marks = {tokens[kid].lower for kid in kids if tokens[kid].relation == "mark"}
        if token.relation in ("acl", "advcl") and group.tense == "none" and "to" not in marks:
            reading = verb_reading(token.lower)
            if reading and reading[1] & PARTICIPLE and not reading[1] & GERUND and not group.is_perfect:
                group = replace(group, is_passive=True)
        if "without" in marks or any(tokens[kid].lower == "without" and tokens[kid].relation == "case" for kid in kids):
            group = replace(group, is_negated=True)
        if group.tense == "none" and group.modality is None and token.tag == "VERB":
            group = self._lent(head, group, marks)
        self.verbs[head] = group
        return group

    def _lent(self, head: int, group: VerbGroup, marks: set[str]) -> VerbGroup:
        """Return ``group`` with the modality of "is to", "due to", "plans to"."""
        tokens = self.sentence.tokens
        token = tokens[head]
        if token.relation == "xcomp" and token.parent >= 0:
            above = tokens[token.parent]
            modality = governor_modality().get(above.lemma) or governor_modality().get(above.lower)
            if modality and "to" in marks:
                over = self.verb(token.parent) if token.parent in self.is_head else None
                past = over is not None and over.tense == "past"
                return replace(
                    group,
                    modality=(over.modality if over and over.modality not in (None, "will") else modality),
                    tense="past" if past else "future",
                )
            if token.parent in self.is_head:
                over = self.verb(token.parent)
                if over.modality:
                    return replace(group, modality=over.modality)
        elif "to" in marks and token.parent < 0:
            return replace(group, modality="expected", tense="future")
        elif token.relation == "conj" and token.parent in self.is_head:
            first = self.verb(token.parent)
            if first.modality and first.tense != "none":
                return replace(group, modality=first.modality, tense=first.tense)
        return group

    def subject(self, head: int, depth: int = 0) -> Phrase | None:
        """Return the subject of a clause, its own or the one it borrows."""
        if head in self.subjects:
            return self.subjects[head]
        self.subjects[head] = None  # while we look: no circle
        found = self._own_subject(head)
        if found is None and depth < 10:
            found = self._borrowed_subject(head, depth)
        self.subjects[head] = found
        return found

    def _own_subject(self, head: int) -> Phrase | None:
        sentence = self.sentence
        token = sentence.tokens[head]
        for kid in sentence.kids[head]:
            relation = sentence.tokens[kid].relation
            if relation in ("nsubj", "nsubj:pass"):
                if sentence.tokens[kid].lower in _RELATIVES and token.relation == "acl:relcl" and token.parent >= 0:
                    return sentence.phrase(token.parent)
                return sentence.phrase(kid)
        return None

    def _borrowed_subject(self, head: int, depth: int) -> Phrase | None:
        sentence = self.sentence
        token = sentence.tokens[head]
        parent = token.parent
        if parent < 0:
            return None
        above = self.owner[parent]
        relation = token.relation
        if relation in ("acl", "acl:relcl") and sentence.tokens[parent].tag in _NOMINAL:
            marks = [sentence.tokens[kid].lower for kid in sentence.kids[head] if sentence.tokens[kid].relation == "mark"]
            if relation == "acl" and "to" not in marks:
                return sentence.phrase(parent)
            return self.subject(above, depth + 1) if above >= 0 and relation == "acl" else None
        if above < 0 or above == head:
            return None
        if relation == "xcomp":
            for kid in sentence.kids[above]:
                if sentence.tokens[kid].relation in ("obj", "iobj") and kid < head and sentence.tokens[above].lemma != "promise":
                    return sentence.phrase(kid)
        if relation == "parataxis":
            return None
        return self.subject(above, depth + 1)

    def objects(self, head: int) -> list[int]:
        """Return the heads of a clause's objects, or its nominal predicate."""
        sentence = self.sentence
        tokens = sentence.tokens
        found = [kid for kid in sentence.kids[head] if tokens[kid].relation in ("obj", "iobj") and kid not in self.is_head]
        if not found and tokens[head].relation == "conj" and tokens[head].parent in self.is_head and tokens[head].parent + 2 == head:
            pass
        if tokens[head].tag != "VERB" and tokens[head].tag != "AUX" and any(tokens[kid].relation == "cop" for kid in sentence.kids[head]):
            found = [head, *found]
        return found

    def spans(self) -> dict[int, tuple[int, int]]:
        """Return the stretch of each clause: from its first to its last own word."""
        spans: dict[int, tuple[int, int]] = {}
        for token, owner in zip(self.sentence.tokens, self.owner, strict=True):
            if owner >= 0 and token.tag != "PUNCT":
                known = spans.get(owner)
                spans[owner] = (known[0], token.end) if known else (token.start, token.end)
        for head in self.heads:
            if head not in spans:
                spans[head] = (self.sentence.tokens[head].start, self.sentence.tokens[head].end)
        return spans

    def build(self, base: int) -> list[Clause]:
        """Return the clauses in reading order; ``base`` is the index of the first of them in the article."""
        sentence = self.sentence
        index = {head: base + number for number, head in enumerate(self.heads)}
        spans = self.spans()
        clauses = []
        for head in self.heads:
            obliques = [
                kid
                for kid in sorted(sentence.obliques_of(head, self.is_head))
                if not _within_actor(sentence, sentence.tokens[sentence._preposition(kid)[1]].start)
            ]
            governor = self.governor(head)
            clauses.append(
                Clause(
                    *spans[head],
                    sentence.number,
                    self.verb(head),
                    self.subject(head),
                    tuple(sentence.phrase(kid) for kid in self.objects(head)),
                    tuple(sentence.phrase(kid, True) for kid in obliques),
                    index[governor] if governor >= 0 else None,
                    self.link(head),
                )
            )
        return clauses


def _verbless(sentence: _Sentence) -> list[Clause]:
    """Return the one clause of a sentence that has no verb: its noun phrase as object."""
    roots = [place for place, token in enumerate(sentence.tokens) if token.parent < 0 and token.tag in ("NOUN", "PROPN")]
    if not roots:
        return []
    head = roots[0]
    start = sentence.tokens[head].start
    verb = VerbGroup(start, start, start, "", None, "none", None, False, False, False, False)
    obliques = [
        kid
        for kid in sorted(sentence.obliques_of(head, frozenset()))
        if not _within_actor(sentence, sentence.tokens[sentence._preposition(kid)[1]].start)
    ]
    phrase = sentence.phrase(head)
    return [
        Clause(
            sentence.tokens[0].start,
            sentence.tokens[-1].end,
            sentence.number,
            verb,
            None,
            (phrase,),
            tuple(sentence.phrase(kid, True) for kid in obliques),
            None,
            None,
        )
    ]


def find_clauses(text: str, layout: Layout, tokens: tuple[tuple[Token, ...], ...], actors: tuple[Actor, ...]) -> tuple[Clause, ...]:
    """Return every clause of the headline and body sentences of ``layout``, in reading order."""
    actors = tuple(sorted(actors, key=lambda actor: actor.start))
    starts = [actor.start for actor in actors]
    clauses: list[Clause] = []
    for number, (sentence, words) in enumerate(zip(layout.sentences, tokens, strict=True)):
        if not words or sentence.kind not in ("headline", "body", "caption"):
            continue
        read = _Sentence(text, number, words, actors, starts)
        clauses += _Builder(read).build(len(clauses)) if read.heads else _verbless(read)
    return tuple(clauses)
