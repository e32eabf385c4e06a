"""When a happening was, is or will be.

Belongs here: choosing the time expression that dates a happening, stretching a stay by its length, falling back on the passage's date.
Does not belong here: resolving words to dates (annotators/times).
"""

import re
from datetime import date, timedelta
from typing import NamedTuple

from pipelines.extraction.frames.rules import noun_rules
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import TimeExpression

_DAYS_OF_DURATION = re.compile(r"P(\d+)([DW])$")
_LAST_WORD = re.compile(r"(\w+)\W*$")
_FINE = frozenset({"day", "week"})
_LONGEST_STAY = 40
_BESIDE = 25
_OPENING = 30
_NOUN_REACH = 110
_DAY_OF_STAY = re.compile(
    r"\b(first|second|third|fourth|fifth|last|final|closing|opening) day of (?:a|an|his|her|the|their|its)\b", re.IGNORECASE
)
_ORDINALS = {"first": 1, "opening": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5}


class When(NamedTuple):
    """A calendar interval, the words it was read from, and how: explicit relative anchored fiscal inherited publication none.

    ``rank``: 3 the clause's own words, 2 words of the sentence, 1 the passage, 0 no basis.
    """

    start: date | None
    end: date | None
    precision: str
    text: str | None
    method: str
    rank: int


NO_DATE = When(None, None, "unknown", None, "none", 0)


def published(day: date | None) -> When:
    """Return the day of publication as a date of its own."""
    return NO_DATE if day is None else When(day, day, "day", None, "publication", 1)


def inherited(when: When) -> When:
    """Return ``when`` as the date that a later sentence takes from the passage."""
    return when._replace(method=when.method if when.method == "publication" else "inherited", rank=min(1, when.rank))


def when_of_expression(expression: TimeExpression, rank: int) -> When:
    return When(
        expression.start_date,
        expression.end_date or expression.start_date,
        expression.precision,
        expression.text,
        expression.method,
        rank,
    )


def days_in(expression: TimeExpression) -> int | None:
    """Return the length in days of a duration ("two-day" → 2), or None."""
    found = _DAYS_OF_DURATION.match(expression.timex_value or "")
    if expression.timex_type != "DURATION" or not found:
        return None
    days = int(found[1][:6]) * (7 if found[2] == "W" else 1)
    return days if 0 < days <= _LONGEST_STAY else None


def fits(expression: TimeExpression, status: str, published_on: date | None) -> bool:
    """Say whether a happening of ``status`` can have this date."""
    if expression.start_date is None or expression.timex_type == "SET":
        return False
    if published_on is None:
        return True
    if status == OCCURRED:
        return expression.start_date <= published_on
    if status in (PLANNED, PROPOSED):
        return (expression.end_date or expression.start_date) >= published_on
    return True


def is_limit(view: ArticleView, expression: TimeExpression) -> bool:
    """Say whether the words before ``expression`` make it a limit ("by 2030") rather than a date."""
    limits = words("limiting")
    if expression.text.split(" ", 1)[0].lower() in limits:
        return True
    before = _LAST_WORD.search(view.article.text, max(0, expression.start - 12), expression.start)
    return before is not None and before[1].lower() in limits


def _owner(view: ArticleView, sentence: int, position: int) -> int | None:
    """Return the smallest clause that holds ``position``."""
    best, size = None, 1 << 30
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if clause.start <= position < clause.end and clause.end - clause.start < size:
            best, size = index, clause.end - clause.start
    return best


def _ancestors(view: ArticleView, index: int | None) -> dict[int, str]:
    """Return the clauses above ``index`` with the link that leads to each."""
    found: dict[int, str] = {}
    while index is not None and len(found) < 8:
        clause = view.clause(index)
        if clause.parent is None or clause.parent in found:
            break
        found[clause.parent] = clause.link or ""
        index = clause.parent
    return found


def time_in_sentence(
    view: ArticleView,
    sentence: int,
    clause: int | None,
    focus: int,
    status: str,
    limits: bool,
    spoken: bool = False,
    outside: tuple[int, int] = (0, 0),
) -> When | None:
    """Return the date that the sentence gives the happening told at ``focus``: the clause's own first, then those above and before it.

    ``spoken``: what is told is speech, so that dates inside what is spoken of are not its own. ``outside``: a span whose dates are none.
    """
    bounds = view.sentence(sentence)
    expressions = view.times_in(bounds.start, bounds.end)
    if not expressions:
        return None
    above = _ancestors(view, clause)
    best: tuple[int, int, TimeExpression] | None = None
    for expression in expressions:
        if not fits(expression, status, view.article.published_on):
            continue
        if (not limits and is_limit(view, expression)) or outside[0] <= expression.start < outside[1]:
            continue
        owner = _owner(view, sentence, expression.start)
        rank = _rank(view, sentence, expression, owner, clause, focus, above)
        if spoken and rank and expression.start > focus and owner not in above and _is_content(view, sentence, focus, expression):
            continue
        if not rank or (rank < 3 and status == OCCURRED and _is_unfinished(view, expression)):
            continue
        distance = abs(expression.start - focus) + (0 if expression.precision in _FINE else 40)
        if best is None or (-rank, distance) < best[:2]:
            best = (-rank, distance, expression)
    return when_of_expression(best[2], 3 if best[0] == -3 else 2) if best else None


def _is_content(view: ArticleView, sentence: int, focus: int, expression: TimeExpression) -> bool:
    """Say whether another verb or an event noun stands between the words of speech and the date: then the date is of that."""
    nouns = noun_rules()
    for token in view.tokens(sentence):
        if token.start <= focus or token.start >= expression.start:
            continue
        if token.tag == "VERB" and token.start > focus + 1 and not focus <= token.start < focus + 4:
            return True
        if token.tag == "NOUN" and (token.lower in nouns or token.lemma in nouns):
            return True
    return False


def _is_unfinished(view: ArticleView, expression: TimeExpression) -> bool:
    """Say whether a long interval reaches beyond publication ("later this year"): it dates nothing past that stands elsewhere."""
    today = view.article.published_on
    return today is not None and expression.precision not in _FINE and expression.end_date is not None and expression.end_date > today


def _rank(
    view: ArticleView, sentence: int, expression: TimeExpression, owner: int | None, clause: int | None, focus: int, above: dict[int, str]
) -> int:
    """Return how close a time stands to a clause: 3 its own, 2 its reporter's or the whole sentence's, 1 before it, 0 another's."""
    if owner == clause:
        return 3
    if owner is None:
        return 2
    if clause is not None and clause in _ancestors(view, owner):
        below = view.clause(owner)
        if focus < expression.start < below.verb.start and below.link in ("and", "but", "or"):
            return 2
        if below.link == "participle" and below.verb.is_passive and below.verb.lemma not in words("holding"):
            return 0  # "will train engineers under a pact signed in March"
        return 2 if below.link is None or below.link in ("participle", "for") else 0
    if owner in above:
        upper = view.clause(owner)
        beside = expression.start < upper.verb.start or expression.start - upper.verb.end < _BESIDE
        if beside or above[owner] in ("that", "quote", "to", "ing", "participle"):
            return 2
        # "received him on Monday and thanked him": the same day, unless the day is of something the first verb speaks of
        return 0 if _is_content(view, sentence, upper.verb.start, expression) else 1
    # another clause's time counts only where it opens the sentence ("On Monday, …")
    return 1 if expression.start < focus and expression.start - view.sentence(sentence).start < _OPENING else 0


def time_after_noun(view: ArticleView, start: int, end: int, status: str) -> When | None:
    """Return the first fitting date in [start, end), which follows an event noun named in passing ("a strike that hit on Monday")."""
    for expression in view.times_in(start, min(end, start + _NOUN_REACH)):
        if fits(expression, status, view.article.published_on) and expression.precision in _FINE and not is_limit(view, expression):
            return when_of_expression(expression, 3)
    return None


def time_in_phrase(view: ArticleView, start: int, end: int) -> When | None:
    """Return the date that stands inside a noun phrase ("his 5 to 6 May visit", "Monday's talks")."""
    for expression in view.times_in(start, end):
        if expression.start_date is not None and expression.timex_type in ("DATE", "TIME"):
            return when_of_expression(expression, 3)
    return None


def stretched(view: ArticleView, start: int, end: int, when: When, verb: str | None) -> When:
    """Return the dates of a stay: its length in [start, end) counted from its arrival, or back from its end."""
    if when.start is None or when.precision != "day" or when.start != when.end:
        return when
    for expression in view.times_in(start, end):
        days = days_in(expression)
        if days is None:
            continue
        day_of = _DAY_OF_STAY.search(view.article.text, start, expression.start + 2)
        if day_of:
            number = _ORDINALS.get(day_of[1].lower(), days)
            begin = when.start - timedelta(days=number - 1)
            return when._replace(start=begin, end=begin + timedelta(days=days - 1), method="anchored")
        if verb in words("leaving"):
            return when._replace(start=when.start - timedelta(days=days - 1), method="anchored")
        if verb in words("arriving"):
            return when._replace(end=when.start + timedelta(days=days - 1), method="anchored")
    return when


def status_by_date(status: str, when: When, published_on: date | None) -> str:
    """Return the status that the dates of a stay show: under way at publication, or over."""
    if published_on is None or when.start is None or when.end is None or status not in (OCCURRED, ONGOING) or when.precision != "day":
        return status
    return ONGOING if when.start <= published_on < when.end else status


def is_lead(view: ArticleView, sentence: int) -> bool:
    """Say whether a sentence stands in the headline or the first paragraph."""
    first = view.first_body_sentence
    return sentence <= first or view.sentence(sentence).paragraph == view.sentence(first).paragraph


def is_ahead(status: str) -> bool:
    return status in (PLANNED, PROPOSED, CANCELLED)
