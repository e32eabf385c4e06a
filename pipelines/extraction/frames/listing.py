"""Lists of instruments: "ten documents, including …", lines after a colon, "an agreement and a memorandum".

Belongs here: which mention is one of those counted or named before it. Does not belong here: how instruments stand (standing).
"""

from typing import NamedTuple

from pipelines.extraction.frames.dating import When
from pipelines.extraction.frames.instruments import Mention, is_weak
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words

LISTED = "instrument.listed"
_SHORTEST = 5  # characters that a sentence has at least
_LISTING_REACH = 120  # characters between "the documents signed by …" and the first of "are an agreement …"
_JOINTS = frozenset({",", "and", "as", "plus"})
_BETWEEN = _JOINTS | {"well", "also", "a", "an", "the", "one", "another", "second", "new"}
_LONGEST_JOINT = 5


class Telling(NamedTuple):
    """A mention with what its clause says of it; ``list_of`` is where the count that it is one of stands."""

    mention: Mention
    status: str
    clause: int | None
    when: When
    parties: tuple[str, ...]
    ceremony: int | None
    rule_id: str
    list_of: int | None = None


def _names_them(view: ArticleView, telling: Telling, mention: Mention) -> bool:
    """Say whether words between a count of instruments and the mention list them ("ten documents, including …", "those signed were …")."""
    between = view.article.text[telling.mention.end : mention.start].lower()
    return any(word in between for word in instrument_words("listing")) or (
        telling.status == "signed"
        and len(between) < _LISTING_REACH
        and any(f" {verb} " in between for verb in ("are", "were", "was", "is"))
    )


def _is_item(view: ArticleView, telling: Telling, mention: Mention) -> bool:
    """Say whether the mention opens a line of the list that a sentence with a colon, or the line before it, belongs to."""
    bounds = view.sentence(mention.sentence)
    lead = view.article.text[bounds.start : mention.start].strip(' -–—•*·\t0123456789.)("“').lower()
    header = view.sentence(telling.mention.sentence)
    goes_on = telling.rule_id == LISTED or view.article.text[header.start : header.end].rstrip().endswith(":")
    told = any(view.clause(index).verb.lemma for index in view.clauses_of_sentence.get(mention.sentence, ()))
    return goes_on and lead in ("", "a", "an", "the") and not told


def _tells_the_rest(view: ArticleView, mention: Mention) -> bool:
    """Say whether the sentence goes on with those not yet named ("the spokesman listed the others as memoranda on …")."""
    before = view.article.text[view.sentence(mention.sentence).start : mention.start].lower()
    return any(phrase in before for phrase in instrument_words("the_rest"))


def _sentence_before(view: ArticleView, sentence: int) -> int:
    """Return the sentence before this one, the bare number of a line of a list not counted."""
    before = sentence - 1
    while before > 0 and view.sentence(before).end - view.sentence(before).start < _SHORTEST:
        before -= 1
    return before


def listed(view: ArticleView, mention: Mention, earlier: list[Telling]) -> Telling | None:
    """Return the counted instruments that the mention is one of ("ten documents, including …")."""
    begin = view.sentence(mention.sentence).start
    opening = view.article.text[begin : begin + 40].lower()
    before = _sentence_before(view, mention.sentence)
    for telling in reversed(earlier):
        other = telling.mention
        if other.sentence < before:
            break
        if other.head == mention.head:
            return telling
        if other.sentence == before and telling.status == "signed" and _is_item(view, telling, mention):
            return telling
        if (
            other.sentence == before
            and opening.startswith(tuple(instrument_words("listing_openers")))
            and telling.status == "signed"
            and (other.is_counted or is_weak(other))
        ):
            return telling
        if other.sentence == before and telling.status == "signed" and other.is_plural and _tells_the_rest(view, mention):
            return telling
        if other.sentence == mention.sentence and (other.is_counted or is_weak(other)) and _names_them(view, telling, mention):
            return telling
    return None


# ------------------------------------------------------------------------------------------------ parties, dates, ceremonies


def joined_to(view: ArticleView, mention: Mention, told: list[Telling]) -> Telling | None:
    """Return the instrument to which a comma or "and" joins the mention ("the signing of an agreement and a memorandum")."""
    earlier = told[-1] if told else None
    if earlier is None or earlier.mention.sentence != mention.sentence or earlier.mention.end >= mention.start:
        return None
    between = [token for token in view.tokens_in(mention.sentence, earlier.mention.end, mention.start) if token.end <= mention.start]
    joins = bool(between) and between[0].lower in _JOINTS and len(between) <= _LONGEST_JOINT
    allowed = _BETWEEN | instrument_words("untitled")
    return earlier if joins and all(token.lower in allowed or (token.tag == "NUM" and mention.is_counted) for token in between) else None
