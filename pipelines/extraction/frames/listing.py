"""Lists of instruments: "ten documents, including …", lines after a colon, "an agreement and a memorandum".

Belongs here: which mention is one of those counted or named before it. Does not belong here: how instruments stand (standing).
"""

from typing import NamedTuple

from pipelines.extraction.frames.dating import When
from pipelines.extraction.frames.drafts import MANY
from pipelines.extraction.frames.instruments import Mention, is_weak, names_instrument
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words

LISTED = "instrument.listed"
_SHORTEST = 5  # characters that a sentence has at least
_LISTING_REACH = 120  # characters between "the documents signed by …" and the first of "are an agreement …"
_HEADER = 12  # characters that a line above a list has at least
_LONGEST_LIST = 40
_LEADS = frozenset({"", "a", "an", "the", "first", "second", "third", "fourth", "fifth", "sixth"})
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
    if is_weak(mention) and not _is_named_one(view, mention):
        return False
    between = view.article.text[telling.mention.end : mention.start].lower()
    return any(word in between for word in instrument_words("listing")) or (
        telling.status == "signed"
        and len(between) < _LISTING_REACH
        and any(f" {verb} " in between for verb in ("are", "were", "was", "is"))
    )


def _is_named_one(view: ArticleView, mention: Mention) -> bool:
    """Say whether a loose name is told as one of several: with "a", or written with a capital ("the Plan of Practical Measures")."""
    place = mention.tokens[0]
    tokens = view.tokens(mention.sentence)
    return view.article.text[mention.head].isupper() or (place > 0 and tokens[place - 1].lower in ("a", "an"))


def _goes_on_listing(view: ArticleView, telling: Telling, mention: Mention) -> bool:
    """Say whether the mention is the next of a list under way in its sentence (", a memorandum on ports, and an action plan")."""
    place = mention.tokens[0] - 1
    tokens = view.tokens(mention.sentence)
    if place < 1 or tokens[place].lower not in ("a", "an", "another") or telling.list_of is None:
        return False
    return tokens[place - 1].lower in (",", ";", "and", "as", "plus")


def _lead(view: ArticleView, mention: Mention) -> str:
    """Return the words before the mention in its sentence, without the marks and numbers of a list."""
    bounds = view.sentence(mention.sentence)
    return view.article.text[bounds.start : mention.start].strip(' -–—•*·:\t0123456789.)("“').lower()


def _is_line(view: ArticleView, sentence: int) -> bool:
    """Say whether the sentence may be a line of a list: a bare number, or words that no finite verb governs."""
    bounds = view.sentence(sentence)
    if bounds.end - bounds.start < _SHORTEST or bounds.text.rstrip().endswith(";"):
        return True
    verbs = (view.clause(index).verb for index in view.clauses_of_sentence.get(sentence, ()))
    return not any(verb.lemma and verb.tense in ("past", "present", "future") for verb in verbs)


def _header_of(view: ArticleView, sentence: int) -> int | None:
    """Return the sentence with a colon, or one that ends with "include", that the line of a list belongs to."""
    for before in range(sentence - 1, max(-1, sentence - _LONGEST_LIST), -1):
        bounds = view.sentence(before)
        if bounds.text.rstrip(" “").endswith((":", "include", "includes", "included", "namely")) and bounds.end - bounds.start > _HEADER:
            return before
        if bounds.kind != "body" or not _is_line(view, before):
            return None
    return None


def _is_told_of_all(view: ArticleView, mention: Mention) -> bool:
    """Say whether the verb before the mention tells what those named before are ("the memoranda include …", "the signings included")."""
    for index in view.clauses_of_sentence.get(mention.sentence, ()):
        clause = view.clause(index)
        if clause.verb.lemma in instrument_words("listing_verbs") and clause.verb.end <= mention.start and clause.subject is not None:
            tokens = view.tokens_in(mention.sentence, clause.subject.start, clause.subject.end)
            if names_instrument(tokens) or any(token.lower in instrument_words("listed_nouns") for token in tokens):
                return True
    return False


def _tells_the_rest(view: ArticleView, mention: Mention) -> bool:
    """Say whether the sentence goes on with those not yet named ("the spokesman listed the others as memoranda on …")."""
    before = view.article.text[view.sentence(mention.sentence).start : mention.start].lower()
    return any(phrase in before for phrase in instrument_words("the_rest"))


def listed(view: ArticleView, mention: Mention, earlier: list[Telling]) -> Telling | None:
    """Return the instruments, counted or told as several, that the mention is one of ("ten documents, including …")."""
    if not earlier:
        return None
    bounds = view.sentence(mention.sentence)
    opening = view.article.text[bounds.start : bounds.start + 40].lower()
    header = _header_of(view, mention.sentence) if _lead(view, mention) in _LEADS else None
    of_all: bool | None = None
    for telling in reversed(earlier[-MANY:]):
        other = telling.mention
        if other.sentence == mention.sentence:
            if other.head == mention.head or _goes_on_listing(view, telling, mention):
                return telling
            if (other.is_counted or other.is_plural or is_weak(other)) and _names_them(view, telling, mention):
                return telling
            continue
        if header is not None and other.sentence == header and telling.status in ("signed", "agreed", "planned"):
            return telling
        if telling.status != "signed" or not (other.is_plural or is_weak(other)):
            continue
        if other.sentence == mention.sentence - 1 and (
            opening.startswith(tuple(instrument_words("listing_openers"))) or _tells_the_rest(view, mention)
        ):
            return telling
        if of_all is None:
            of_all = not mention.is_definite and _is_told_of_all(view, mention)
        if of_all:
            return telling
    return None


def joined_to(view: ArticleView, mention: Mention, told: list[Telling]) -> Telling | None:
    """Return the instrument to which a comma or "and" joins the mention ("the signing of an agreement and a memorandum")."""
    earlier = told[-1] if told else None
    if earlier is None or earlier.mention.sentence != mention.sentence or earlier.mention.end >= mention.start:
        return None
    between = [token for token in view.tokens_in(mention.sentence, earlier.mention.end, mention.start) if token.end <= mention.start]
    joins = bool(between) and between[0].lower in _JOINTS and len(between) <= _LONGEST_JOINT
    allowed = _BETWEEN | instrument_words("untitled")
    return earlier if joins and all(token.lower in allowed or (token.tag == "NUM" and mention.is_counted) for token in between) else None
