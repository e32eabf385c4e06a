"""Noun phrases of a sentence whose words know what governs them.

Belongs here: where a noun phrase begins and ends, and its preposition. Does not belong here: which phrase is whose argument (clauses).

A phrase spans determiners, modifiers, possessors, "of" phrases, appositions and coordinated nouns. Other prepositional phrases and
relative clauses stay outside at its edges. It never cuts an actor.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from pipelines.extraction.model import Actor, Phrase, Token

_MODIFIERS = frozenset(("det", "amod", "compound", "flat", "nummod", "nmod:poss", "advmod"))
_NAME_PARTS = frozenset(("compound", "flat"))
_FOLLOWERS = frozenset(("appos", "conj"))
_POSSESSIVE = frozenset(("'s", "’s", "'", "’"))
_CLOSING = frozenset((")", "]"))
_DEEPEST = 12  # levels of nouns on nouns; what lies deeper is no longer one phrase


class Actors:
    """The actors of an article by position, so that no phrase cuts one."""

    __slots__ = ("_ends", "_starts")

    def __init__(self, actors: Sequence[Actor]) -> None:
        spans = sorted((actor.start, actor.end) for actor in actors)
        self._starts = [start for start, _ in spans]
        self._ends = [end for _, end in spans]

    def within(self, start: int, end: int) -> list[tuple[int, int]]:
        """Return the spans of the actors between ``start`` and ``end``."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return list(zip(self._starts[low:high], self._ends[low:high], strict=True))

    def around(self, position: int) -> tuple[int, int] | None:
        """Return the span of the actor that ``position`` stands inside, its own start not counted."""
        place = bisect_right(self._starts, position) - 1
        if place >= 0 and self._starts[place] < position < self._ends[place]:
            return self._starts[place], self._ends[place]
        return None


class Tree:
    """The words of one sentence column by column, and what hangs on each."""

    __slots__ = ("cases", "ends", "kids", "lemmas", "lowers", "parents", "relations", "starts", "tags", "tokens")

    def __init__(self, tokens: Sequence[Token]) -> None:
        self.tokens = tokens
        self.starts, self.ends, _, self.lowers, self.lemmas, self.tags, self.parents, self.relations = zip(*tokens, strict=True)
        self.kids: list[list[int]] = [[] for _ in tokens]
        self.cases: dict[int, int] = {}  # noun → its preposition
        kids, cases = self.kids, self.cases
        for place, (parent, relation) in enumerate(zip(self.parents, self.relations, strict=True)):
            if parent >= 0:
                kids[parent].append(place)
                if relation == "case" and place < parent:
                    cases.setdefault(self._noun(parent), place)

    def _noun(self, place: int) -> int:
        """Return the noun that a word before it is part of: "with" in "with his counterpart Omar Said" governs the whole name."""
        for _ in range(_DEEPEST):
            if self.relations[place] not in _NAME_PARTS or self.parents[place] < place:
                break
            place = self.parents[place]
        return place


class Phrases:
    """The noun phrases of one sentence, made on demand."""

    __slots__ = ("_actors", "_bare", "_made", "_text", "_tree")

    def __init__(self, text: str, tree: Tree, actors: Actors) -> None:
        self._text = text
        self._tree = tree
        self._actors = actors
        self._made: dict[int, Phrase] = {}
        self._bare: dict[int, Phrase] = {}

    def preposition(self, head: int) -> str | None:
        """Return the preposition before a noun ("ahead of" is one)."""
        tree = self._tree
        place = tree.cases.get(head)
        if place is None:
            return None
        words = [tree.lowers[place]]
        words += [tree.lowers[kid] for kid in tree.kids[place] if kid > place and tree.relations[kid] == "flat"]
        return " ".join(words)

    def _edges(self, head: int, depth: int) -> tuple[int, int]:
        """Return the first and last word of the noun phrase of ``head``, without its own preposition."""
        first = last = head
        if depth > _DEEPEST:
            return first, last
        tree = self._tree
        relations, kids = tree.relations, tree.kids
        for kid in kids[head]:
            relation = relations[kid]
            if relation in _MODIFIERS or (relation == "nmod:unmarked" and is_date_part(tree, kid)):
                if kids[kid]:
                    begin, stop = self._edges(kid, depth + 1)
                    if begin < first:
                        first = begin
                    if stop > last:
                        last = stop
                elif kid < first:
                    first = kid
                elif kid > last:
                    last = kid
            elif kid < head:
                continue
            elif relation in _FOLLOWERS:
                if tree.tags[kid] != "VERB" and kid not in tree.cases:
                    last = max(last, self._edges(kid, depth + 1)[1])
                    if last + 1 < len(relations) and tree.lowers[last + 1] in _CLOSING:
                        last += 1
            elif relation == "nmod":
                case = tree.cases.get(kid)
                if case is not None and tree.lowers[case] == "of":
                    last = max(last, self._edges(kid, depth + 1)[1])
            elif relation == "case" and tree.lowers[kid] in _POSSESSIVE:
                last = max(last, kid)
        return first, last

    def phrase(self, head: int) -> Phrase:
        """Return the noun phrase of ``head``, beginning at its preposition if it has one."""
        made = self._made.get(head)
        if made is None:
            tree = self._tree
            first, last = self._edges(head, 0)
            case = tree.cases.get(head)
            if case is not None and case < first:
                first = case
            start, end = tree.starts[first], tree.ends[last]
            inside = self._actors.around(start)
            if inside:
                start = inside[0]
            inside = self._actors.around(end)
            if inside:
                end = inside[1]
            preposition = None
            if case is not None:
                preposition = self.preposition(head) if tree.kids[case] else tree.lowers[case]
            made = Phrase(start, end, self._text[start:end], tree.lemmas[head], tree.starts[head], preposition)
            self._made[head] = made
        return made

    def noun_phrase(self, head: int) -> Phrase:
        """Return the noun phrase of ``head`` without its preposition, as a subject or object."""
        if head not in self._tree.cases:
            return self.phrase(head)
        bare = self._bare.get(head)
        if bare is None:
            whole = self.phrase(head)
            first = self._edges(head, 0)[0]
            start = max(whole.start, self._tree.starts[first])
            inside = self._actors.around(start)
            start = inside[0] if inside else start
            bare = Phrase(start, whole.end, self._text[start : whole.end], whole.head, whole.head_start)
            self._bare[head] = bare
        return bare

    def behind(self, phrase: Phrase, word: int) -> Phrase:
        """Return what of ``phrase`` stands behind the word at ``word`` (a copula)."""
        start = self._tree.starts[word + 1]
        return (
            phrase if phrase.start >= start else Phrase(start, phrase.end, self._text[start : phrase.end], phrase.head, phrase.head_start)
        )

    def joined(self, first: Phrase, last: Phrase) -> Phrase:
        """Return the phrase from ``first`` to ``last``, headed by the first."""
        if last.end <= first.end:
            return first
        return Phrase(first.start, last.end, self._text[first.start : last.end], first.head, first.head_start, first.preposition)

    def opens_inside_actor(self, head: int) -> bool:
        """Whether the phrase of ``head`` begins inside an actor ("the president" + "of Chile") and so is no phrase of its own."""
        return self._actors.around(self._tree.starts[self._tree.cases.get(head, head)]) is not None


def is_date_part(tree: Tree, place: int) -> bool:
    """Whether a bare noun on a noun is the month or year of a date ("April" of "27", "2025")."""
    return tree.tags[place] == "NUM" or tree.tags[tree.parents[place]] == "NUM"
