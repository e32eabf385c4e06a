"""When a happening was, is or will be.

Belongs here: choosing the time expression that dates a happening, stretching a stay by its length, falling back on the passage's date.
Does not belong here: resolving words to dates (annotators/times).
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from pipelines.extraction.frames.status import OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import TimeExpression

_DAYS_OF_DURATION = re.compile(r"P(\d+)([DW])$")
_ARRIVING = frozenset(
    ["arrive", "land", "reach", "begin", "start", "fly", "come", "travel", "rush", "kick", "visit", "pay", "embark", "head", "open"]
)
_LEAVING = frozenset(["return", "leave", "depart", "end", "conclude", "wrap", "finish", "complete", "fly"])
# Words before a time that make it the limit or the subject of what is said, not its date.
_LIMITING = frozenset({"by", "until", "till", "since", "beyond", "than", "for", "before"})
_FINE = frozenset({"day", "week"})


@dataclass(frozen=True, slots=True)
class When:
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
    return When(
        when.start, when.end, when.precision, when.text, when.method if when.method == "publication" else "inherited", min(1, when.rank)
    )


def days_in(expression: TimeExpression) -> int | None:
    """Return the length in days of a duration ("two-day" → 2), or None."""
    found = _DAYS_OF_DURATION.match(expression.timex_value or "")
    if expression.timex_type != "DURATION" or not found:
        return None
    return int(found[1]) * (7 if found[2] == "W" else 1)


def _as_when(expression: TimeExpression, rank: int) -> When:
    return When(
        expression.start_date, expression.end_date or expression.start_date, expression.precision, expression.text, expression.method, rank
    )


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


def word_before(view: ArticleView, position: int) -> str:
    """Return the last word before ``position``, lower case."""
    text = view.article.text
    end = position
    while end > 0 and not text[end - 1].isalnum():
        if text[end - 1] == "\n":
            return ""
        end -= 1
    start = end
    while start > 0 and text[start - 1].isalnum():
        start -= 1
    return text[start:end].lower()


def is_limit(view: ArticleView, expression: TimeExpression) -> bool:
    """Say whether the words before ``expression`` make it a limit ("by 2030") rather than a date."""
    first = expression.text.split(" ", 1)[0].lower()
    return first in _LIMITING or word_before(view, expression.start) in _LIMITING


def choose(view: ArticleView, start: int, end: int, focus: int, status: str, rank: int, keep_limits: bool = False) -> When | None:
    """Return the fitting date in [start, end) nearest to ``focus``."""
    best: tuple[int, TimeExpression] | None = None
    for expression in view.times_in(start, end):
        if not fits(expression, status, view.article.published_on):
            continue
        if expression.timex_type == "DURATION" and expression.start_date is None:
            continue
        if not keep_limits and is_limit(view, expression):
            continue
        distance = abs(expression.start - focus) + (0 if expression.precision in _FINE else 60)
        if best is None or distance < best[0]:
            best = (distance, expression)
    return _as_when(best[1], rank) if best else None


def stretched(view: ArticleView, start: int, end: int, when: When, verb: str | None) -> When:
    """Return the dates of a stay: its length in [start, end) counted from its arrival, or back from its end."""
    if when.start is None or when.precision != "day" or when.start != when.end:
        return when
    for expression in view.times_in(start, end):
        days = days_in(expression)
        if days is None or days > 40:
            continue
        if verb in _LEAVING and verb not in _ARRIVING:
            return When(when.start - timedelta(days=days - 1), when.start, "day", when.text, "anchored", when.rank)
        return When(when.start, when.start + timedelta(days=days - 1), "day", when.text, "anchored", when.rank)
    return when


def status_by_date(status: str, when: When, published_on: date | None) -> str:
    """Return the status that the dates of a stay show: under way at publication, or over."""
    if published_on is None or when.start is None or when.end is None or status not in (OCCURRED, ONGOING):
        return status
    if when.start <= published_on < when.end and when.precision == "day":
        return ONGOING
    return status
