"""Mends a parse with what is known of actors: a name is one noun, whatever its words look like.

Belongs here: the words of an actor that the parser took for verbs or hung on several words ("Said" and "Juma" in "Minister Said met
President Juma"). Does not belong here: finding actors, or any other fault of a parse.
"""

from bisect import bisect_left
from collections.abc import Sequence

from pipelines.extraction.model import Token

_NOMINAL = frozenset(
    ("nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "nmod:poss", "conj", "appos", "obl:unmarked", "compound", "flat")
)
_ARGUMENTS = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl", "nmod", "conj"))
_OWNING = frozenset(("'s", "’s", "'", "’"))
_BEFORE_A_NOUN = frozenset(("ADJ", "ADV", "NUM", "NOUN", "DET", "VERB"))
_REACH_OF_OWNER = 5


def _faulty(tokens: Sequence[Token], first: int, stop: int) -> bool:
    """Whether the words ``first`` to ``stop`` hold a capitalised verb, or hang on more than one word outside."""
    outside = 0
    for place in range(first, stop):
        token = tokens[place]
        if token.tag == "VERB" and token.text[0].isupper() and token.relation != "amod":
            return True
        if not first <= token.parent < stop and token.relation not in ("punct", "case"):
            outside += 1
    return outside > 1


def _mend(tokens: list[Token], first: int, stop: int) -> None:
    """Make the words ``first`` to ``stop`` one noun that hangs on one word."""
    outside = [
        place
        for place in range(first, stop)
        if not first <= tokens[place].parent < stop and tokens[place].relation not in ("punct", "case")
    ]
    if not outside:
        return
    head = next((place for place in outside if tokens[place].relation in _ARGUMENTS), outside[0])
    parent, relation = tokens[head].parent, tokens[head].relation
    hanging = [place for place, token in enumerate(tokens) if first <= token.parent < stop and not first <= place < stop]
    if parent < 0:  # a name was taken for the main verb: the first true verb that hangs on it is the main one
        verb = next((place for place in hanging if tokens[place].tag in ("VERB", "AUX")), -1)
        if verb < 0:
            return
        tokens[verb] = tokens[verb]._replace(parent=-1, relation="root")
        parent, relation = verb, ""
    elif parent in hanging:  # the verb hangs on a part of its own argument: it takes that part's place
        above = parent
        for _ in range(first, stop + 1):
            above = tokens[above].parent
            if above in outside or above < 0:
                break
        if above < 0 or not first <= above < stop or above == head:
            return
        tokens[parent] = tokens[parent]._replace(parent=tokens[above].parent, relation=tokens[above].relation)
    if relation not in _NOMINAL:
        if tokens[parent].tag not in ("VERB", "AUX"):
            relation = "appos"
        elif head < parent:
            relation = "nsubj"
        else:
            has_object = any(token.parent == parent and token.relation == "obj" and place != head for place, token in enumerate(tokens))
            relation = "obl:unmarked" if has_object else "obj"
    was_verb = {place for place in range(first, stop) if tokens[place].tag in ("VERB", "AUX")}
    for place in hanging:
        if (
            place != parent
            and tokens[place].parent in was_verb
            and tokens[place].relation
            not in (
                "punct",
                "case",
                "det",
                "amod",
                "appos",
                "nmod",
                "cc",
                "conj",
            )
        ):
            tokens[place] = tokens[place]._replace(parent=parent)
    for place in range(first, stop):
        token = tokens[place]
        if place == head:
            tokens[place] = token._replace(parent=parent, relation=relation, tag="PROPN" if place in was_verb else token.tag)
        elif place in outside or place in was_verb or token.relation in _ARGUMENTS:
            tokens[place] = token._replace(parent=head, relation="flat", tag="PROPN" if place in was_verb else token.tag)


def _owned(tokens: Sequence[Token], first: int, stop: int) -> tuple[int, int] | None:
    """Return (head of the actor, noun) where the actor owns the noun and the parser hung both on one verb ("welcomed Berg's offer")."""
    if stop >= len(tokens) or tokens[stop].lower not in _OWNING:
        return None
    head = next((place for place in range(first, stop) if not first <= tokens[place].parent < stop), None)
    if head is None or tokens[head].relation not in _ARGUMENTS or tokens[head].parent < 0:
        return None
    for place in range(stop + 1, min(stop + _REACH_OF_OWNER, len(tokens))):
        token = tokens[place]
        if token.tag not in _BEFORE_A_NOUN:
            return None
        if token.tag == "NOUN" and token.parent == tokens[head].parent and token.relation in _ARGUMENTS:
            return head, place
    return None


def with_whole_actors(tokens: Sequence[Token], spans: Sequence[tuple[int, int]]) -> Sequence[Token]:
    """Return the tokens of a sentence with every actor one noun; ``spans`` are the actors in it, in order."""
    if not spans:
        return tokens
    mended: list[Token] | None = None
    starts = [token.start for token in tokens]
    for start, end in spans:
        first, stop = bisect_left(starts, start), bisect_left(starts, end)
        can_fail = stop - first > 1 or (stop > first and tokens[first].tag == "VERB")
        if can_fail and _faulty(mended or tokens, first, stop):
            mended = mended or list(tokens)
            _mend(mended, first, stop)
        owned = _owned(mended or tokens, first, stop)
        if owned:
            mended = mended or list(tokens)
            head, noun = owned
            mended[head] = mended[head]._replace(parent=noun, relation="nmod:poss")
    return tokens if mended is None or _has_circle(mended) else mended


def _has_circle(tokens: Sequence[Token]) -> bool:
    seen = [0] * len(tokens)
    for walk in range(len(tokens)):
        place = walk
        while place >= 0 and not seen[place]:
            seen[place] = walk + 1
            place = tokens[place].parent
        if place >= 0 and seen[place] == walk + 1:
            return True
    return False
