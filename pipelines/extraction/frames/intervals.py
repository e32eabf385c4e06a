"""How long before or after another a happening was ("expelled two envoys on Monday, four days after Peru banned its tea").

Belongs here: the interval between two happenings and the day it gives the one told second; a day still to come beside a deed that is done.
Does not belong here: choosing among the dates of a sentence (dating), the date of a happening whose sentence gives none (drafting).
"""

import re
from datetime import date, timedelta

from pipelines.extraction.frames.dating import NO_DATE, When, is_ahead, month_end, next_weekday, time_in_sentence, when_of_expression
from pipelines.extraction.frames.rules import CONSULT_TYPES
from pipelines.extraction.frames.status import OCCURRED
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import TimeExpression

_REACH = 30
_TIE = re.compile(r"\b(after|before|following) (?:the |a |an |his |her |its |their )?$")
_THE_DAY = re.compile(r"\b(?:the|a) day $")
_LENGTH = re.compile(r"P(?:T?(\d+|X)([DWMYH])|X+)$")
_ROUGH = ("more", "less", "over", "about", "around", "nearly", "almost", "some", "at", "well", "roughly", "up", "within", "fewer")
_NOUN_REACH = 110
_APART_WORDS = frozenset({"before", "after", "following", "until", "ahead", "since", "by"})
_OF_TOPICS = frozenset({"on", "about", "over", "for", "of", "regarding", "concerning", "as", "than"})
_EXACT = ("exactly", "precisely")


def is_after_all(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether a deed is told only as what came before another ("after Peru banned its tea"): the day of the other is not its own."""
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if clause is None or clause.link not in ("after", "before") or clause.verb.tense not in ("past", "none") or clause.parent is None:
        return False
    if trigger.engagement_type in CONSULT_TYPES and clause.link == "after":
        return False  # "left after he met the minister": mostly on the same day
    if clause.verb.is_perfect and clause.verb.tense == "none":
        return True  # "after having agreed"
    told = view.article.text[clause.start : clause.verb.start].lower().split()
    return clause.link in told[:-1]  # "after Peru banned", not "after being banned"


def time_apart(view: ArticleView, trigger: Trigger, status: str, passage: When) -> When | None:
    """Return the day that an interval before or after another happening gives, or None where the text tells no interval.

    ``passage``: the day of the other happening where its own clause names none.
    """
    if is_ahead(status):
        return None
    start = _told_from(view, trigger)
    floor = view.sentence(trigger.sentence).start
    before = view.article.text[max(floor, start - _REACH) : start].lower()
    tie = _TIE.search(before)
    if tie is None:
        return None
    length = _length(view, floor, start - len(before) + tie.start(), before[: tie.start()])
    if length is None:
        return None
    number, unit, is_exact = length
    anchor = _day_of_other(view, trigger, passage)
    if number is None or anchor is None:
        return NO_DATE
    return _moved(anchor, -number if tie[1] != "before" else number, unit, is_exact, view.article.published_on)


def time_to_come(view: ArticleView, trigger: Trigger) -> When | None:
    """Return the day still to come that stands with a noun named in passing ("arrived on Monday for talks on Friday")."""
    today = view.article.published_on
    if today is None or trigger.noun is None or trigger.effect not in (None, "refers"):
        return None
    bounds = view.sentence(trigger.sentence)
    for expression in view.times_in(trigger.end, min(bounds.end, trigger.end + _NOUN_REACH)):
        if expression.timex_type not in ("DATE", "TIME"):
            continue
        if expression.start_date is None or not _stands_with(view, trigger, expression):
            return None
        when = when_of_expression(expression, 3)
        if trigger.slot == "for" and any(
            time.precision == "day" and time.start_date is not None and time.start_date > expression.start_date
            for time in view.times_in(bounds.start, trigger.start)
        ):
            when = next_weekday(when, today)  # nobody comes for what has been
        return when if when.start is not None and when.start > today else None
    return None


def _stands_with(view: ArticleView, trigger: Trigger, expression: TimeExpression) -> bool:
    """Say whether only the sides and the place of a noun stand between it and a date, and the date is of nothing after it."""
    between = [token for token in view.tokens_in(trigger.sentence, trigger.end, expression.start) if token.start < expression.start]
    if view.article.text.startswith(("'s", "’s"), expression.end) or any(token.tag == "VERB" for token in between):
        return False
    if any(token.lower in _APART_WORDS or token.lower == "," for token in between):
        return False
    return not any(token.lower in _OF_TOPICS for token in between[:-1])


def _told_from(view: ArticleView, trigger: Trigger) -> int:
    """Return where the words of the happening begin: at its subject, or at its noun."""
    if trigger.slot != "verb" or trigger.clause is None:
        return trigger.phrase_start or trigger.start
    clause = view.clause(trigger.clause)
    subject = clause.subject
    return subject.start if subject is not None and clause.start <= subject.start < clause.verb.start else clause.verb.start


def _length(view: ArticleView, floor: int, tie: int, before: str) -> tuple[int | None, str, bool] | None:
    """Return number, unit and exactness of the duration before ``tie``; no number where it is left open ("days after")."""
    for expression in view.times_in(floor, tie):
        if expression.timex_type != "DURATION" or not tie - 2 <= expression.end <= tie + len("following"):
            continue
        return _read(expression)
    return (1, "D", True) if _THE_DAY.search(before) else None


def _read(expression: TimeExpression) -> tuple[int | None, str, bool] | None:
    found = _LENGTH.match(expression.timex_value or "")
    if found is None:
        return None
    opening = expression.text.split(" ", 1)[0].lower()
    number = int(found[1][:4]) if found[1] and found[1].isdigit() and opening not in _ROUGH else None
    if (expression.timex_value or "").startswith("PT"):
        return (number or 0) // 24, "D", True  # "hours after": on the same day
    return number, found[2] or "D", opening in _EXACT


def _day_of_other(view: ArticleView, trigger: Trigger, passage: When) -> date | None:
    """Return the day of the happening that the interval counts from: that of the clause above, else that of the passage."""
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    other = clause.parent if clause is not None and trigger.slot == "verb" else trigger.clause
    if other is not None:
        verb = view.clause(other).verb
        when = time_in_sentence(view, trigger.sentence, other, verb.start, OCCURRED, limits=False)
        if when is not None:
            return when.start if when.precision == "day" else None
        told = [verb, *(each.verb for each in map(view.clause, view.children.get(other, ())) if each.verb.start < trigger.start)]
        if any(each.tense == "future" or each.modality for each in told):
            return None  # "is to be held a week after": on a day that nobody names
    return passage.start if passage.precision == "day" else None


def _moved(anchor: date, number: int, unit: str, is_exact: bool, today: date | None) -> When:
    """Return the day, or the week, month or year, ``number`` units after ``anchor``."""
    if unit == "D" or (unit == "W" and is_exact):
        start = end = anchor + timedelta(days=number * (7 if unit == "W" else 1))
        precision = "day"
    elif unit == "W":
        day = anchor + timedelta(weeks=number)
        start = day - timedelta(days=day.weekday())
        end = start + timedelta(days=6)
        precision = "week"
    else:
        months = anchor.year * 12 + anchor.month - 1 + number * (12 if unit == "Y" else 1)
        start = date(months // 12, months % 12 + 1, 1)
        end = month_end(start)
        precision = "month"
        if unit == "Y":
            start, end, precision = date(start.year, 1, 1), date(start.year, 12, 31), "year"
    return NO_DATE if today is not None and start > today else When(start, end, precision, None, "anchored", 3)
