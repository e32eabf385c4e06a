"""Noun phrases of a sentence whose words know what governs them.

Belongs here: where a noun phrase begins and ends, and its preposition. Does not belong here: which phrase is whose argument (clauses).

A phrase spans determiners, modifiers, possessors, "of" phrases, appositions and coordinated nouns. Other prepositional phrases and
relative clauses stay outside at its edges. It never cuts an actor.
"""

from bisect import bisect_right
from collections.abc import Sequence

from pipelines.extraction.model import Actor, Phrase, Token

_MODIFIERS = frozenset(("det", "amod", "compound", "flat", "nummod", "nmod:poss", "advmod"))
_FOLLOWERS = frozenset(("appos", "conj"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_DEEPEST = 12  # levels of nouns on nouns; what lies deeper is no longer one phrase


class Actors:
    """The actors of an article by position, so that no phrase cuts one."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, actors: Sequence[Actor]) -> None:
        spans = sorted((actor.start, actor.end) for actor in actors)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def around(self, position: int) -> tuple[int, int] | None:
        """Return the span of the actor that ``position`` stands inside, its own start not counted."""
        place = bisect_right(self._starts, position) - 1
        if place >= 0 and self._starts[place] < position < self._ends[place]:
            return self._starts[place], self._ends[place]
        return None


class Phrases:
    """The noun phrases of one sentence, made on demand."""

    __slots__ = ("_actors", "_made", "_text", "_tokens", "cases", "kids")

    def __init__(self, text: str, tokens: Sequence[Token], actors: Actors) -> None:
        self._text = text
        self._tokens = tokens
        self._actors = actors
        self._made: dict[int, Phrase] = {}
        self.kids: list[list[int]] = [[] for _ in tokens]
        self.cases: dict[int, int] = {}  # noun → its preposition
        for place, token in enumerate(tokens):
            parent = token.parent
            if parent >= 0:
                self.kids[parent].append(place)
                if token.relation == "case" and place < parent and parent not in self.cases:
                    self.cases[parent] = place

    def preposition(self, head: int) -> str | None:
        """Return the preposition before a noun ("ahead of" is one)."""
        place = self.cases.get(head)
        if place is None:
            return None
        words = [self._tokens[place].lower]
        words += [self._tokens[kid].lower for kid in self.kids[place] if kid > place and self._tokens[kid].relation == "flat"]
        return " ".join(words)

    def _edges(self, head: int, depth: int) -> tuple[int, int]:
        """Return the first and last word of the noun phrase of ``head``, without its own preposition."""
        first = last = head
        if depth > _DEEPEST:
            return first, last
        tokens = self._tokens
        for kid in self.kids[head]:
            relation = tokens[kid].relation
            if relation in _MODIFIERS:
                if self.kids[kid]:
                    begin, stop = self._edges(kid, depth + 1)
                else:
                    begin = stop = kid
                if begin < first:
                    first = begin
                if stop > last:
                    last = stop
            elif relation in _FOLLOWERS:
                if kid > head and tokens[kid].tag != "VERB" and kid not in self.cases:
                    last = max(last, self._edges(kid, depth + 1)[1])
            elif relation == "nmod":
                case = self.cases.get(kid)
                if case is not None and kid > head and tokens[case].lower == "of":
                    last = max(last, self._edges(kid, depth + 1)[1])
            elif relation == "case" and kid > head and tokens[kid].lower in _POSSESSIVE:
                last = max(last, kid)
        return first, last

    def phrase(self, head: int) -> Phrase:
        """Return the noun phrase of ``head``, beginning at its preposition if it has one."""
        made = self._made.get(head)
        if made is None:
            tokens = self._tokens
            first, last = self._edges(head, 0)
            case = self.cases.get(head)
            if case is not None and case < first:
                first = case
            start, end = tokens[first].start, tokens[last].end
            inside = self._actors.around(start)
            if inside:
                start = inside[0]
            inside = self._actors.around(end)
            if inside:
                end = inside[1]
            word = tokens[head]
            made = Phrase(start, end, self._text[start:end], word.lemma, word.start, None if case is None else self.preposition(head))
            self._made[head] = made
        return made

    def opens_inside_actor(self, head: int) -> bool:
        """Whether the phrase of ``head`` begins inside an actor ("the president" + "of Chile") and so is no phrase of its own."""
        return self._actors.around(self._tokens[self.cases.get(head, head)].start) is not None
