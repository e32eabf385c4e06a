"""Rules for days and times of day: dates with a month, numeric dates, weekdays, "yesterday evening", clock times, holidays."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.rule import Groups, Resolver, Rule
from pipelines.extraction.annotators.times.tense import FUTURE, PAST

_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d\d))?(?::\d\d)?\s*([ap])?|(\d\d)(\d\d)", re.IGNORECASE)
_RUNS_ON = re.compile(r"[-–—]\d")
_FOUR_DIGITS = re.compile(r"([0-2]\d)([0-5]\d)\b")


def clock_value(words: str) -> str | None:
    """Return "T14:00" for "2 p.m.", "T24:00" for midnight; None for no time of day ("13 p.m.")."""
    text = words.lower()
    if text.startswith(("noon", "midday")):
        return "T12:00"
    if text.startswith("midnight"):
        return "T24:00"
    military = _FOUR_DIGITS.match(text)
    if military:
        hour, minute, half = int(military[1]), int(military[2]), None
    else:
        found = _CLOCK.match(text)
        if not found:
            return None
        hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    return f"T{hour:02d}:{minute:02d}" if hour < 24 else None


def _at_time(day: Meaning, groups: Groups) -> Meaning | None:
    """Give a day the hour or the part of the day its words name."""
    clock = groups.get("clock")
    if clock:
        time = clock_value(clock)
        return time and replace(day, value=day.value + time, timex_type="TIME")  # type: ignore[return-value]
    part = groups.get("part") or groups.get("part_before") or (groups.get("part_first") or "").lower().removeprefix("mid-")
    if part:
        word = w.squeezed(part)
        code = "MO" if "hours" in word else w.DAY_PARTS[word]
        return replace(day, value=f"{day.value}T{code}", timex_type="TIME")
    return day


def _shown_year(groups: Groups, reader: Reader) -> tuple[int | None, str]:
    """Return the year an expression itself gives, in digits or as "last year", and how."""
    written = groups.get("year")
    if written:
        digits = re.sub(r"\D", "", written)
        return (int(digits) if len(digits) == 4 else w.full_year(int(digits))), "explicit"
    relative = groups.get("relative_year")
    if relative:
        return year_of_words(relative, reader), "relative"
    return None, "relative"


def year_of_words(words: str, reader: Reader) -> int | None:
    """Return the year of "last year", "this year", "the same year", "the following year"; None where nothing tells."""
    text = w.squeezed(words)
    now = reader.published.year if reader.published else None
    anchor = reader.last_year or reader.last_period or reader.last_day
    anchored = anchor.start.year if anchor and anchor.start else now
    for word, base, step in (
        ("last", now, -1),
        ("past", now, -1),
        ("this", now, 0),
        ("current", now, 0),
        ("next", now, 1),
        ("coming", now, 1),
        ("following", anchored, 1),
        ("previous", now, -1),
        ("preceding", anchored, -1),
        ("prior", anchored, -1),
        ("same", anchored, 0),
        ("that", anchored, 0),
    ):
        if word in text:
            return None if base is None else base + step
    return None


def _calendar_day(groups: Groups, reader: Reader) -> Meaning | None:
    month = w.month_number(groups.get("month") or groups.get("month_after") or "")
    number = w.day_number(groups.get("day") or groups.get("day_before") or "")
    year, method = _shown_year(groups, reader)
    if year is not None:
        found = m.safe_date(year, month, number)
        day = found and m.day(found, method)
    elif groups.get("relative_year"):
        day = m.unresolved(f"XXXX-{month:02d}-{number:02d}")
    elif groups.get("relative"):
        found = _relative_calendar_day(w.squeezed(groups["relative"] or ""), month, number, reader)
        day = m.day(found) if found else m.unresolved(f"XXXX-{month:02d}-{number:02d}")
    else:
        found = reader.day_of_year(month, number)
        day = (
            m.day(found, "relative")
            if found
            else m.unresolved(f"XXXX-{month:02d}-{number:02d}")
            if m.safe_date(2000, month, number)
            else None
        )
    return _at_time(day, groups) if day else None


def _relative_calendar_day(relative: str, month: int, number: int, reader: Reader) -> date | None:
    """Return "last Oct. 23", "this July 4", "next March 1"."""
    if reader.published is None:
        return None
    around = [found for step in range(-2, 3) if (found := m.safe_date(reader.published.year + step, month, number))]
    if relative == "last":
        return max((found for found in around if found < reader.published), default=None)
    if relative == "next":
        return min((found for found in around if found > reader.published), default=None)
    return reader.day_of_year(month, number)


def _ordinal_day(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the 15th of this month", "on the 11th": of the month spoken of last, or of the one the tense asks for."""
    written, relative = groups["day"] or "", (groups.get("relative") or "").lower()
    if written.isdigit() or (not relative and not (reader.before(4).lower().endswith("on ") and reader.ends_clause())):
        return None  # "the 11th round"
    number = w.day_number(written)
    now = reader.published
    if now is None:
        return m.unresolved(f"XXXX-XX-{number:02d}")
    anchor = reader.last_day.start if reader.last_day and reader.last_day.start else now
    step = {"last": -1, "next": 1}.get(relative, 0)
    base = m.add_months(now.replace(day=1) if relative in ("this", "last", "next") else anchor.replace(day=1), step)
    found = m.safe_date(base.year, base.month, number) if base else None
    return m.day(found, "relative" if relative else "anchored") if found else None


def _numeric_day(groups: Groups, reader: Reader) -> Meaning | None:
    second_number = groups.get("slashed") or groups.get("dotted") or groups.get("dashed")
    first, second, year = int(groups["first"] or 0), int(second_number or 0), int(groups["year"] or 0)
    if len(groups["year"] or "") == 2:
        year = w.full_year(year)
    # Day first is the way of most of the world; month first where only that is a date, or where day first would lie far ahead.
    readings = [found for found in (m.safe_date(year, second, first), m.safe_date(year, first, second)) if found]
    if not readings:
        return None
    if len(readings) == 2 and reader.published and (readings[0] - reader.published).days > 31 >= abs((readings[1] - reader.published).days):
        readings.reverse()
    day = m.day(readings[0], "explicit")
    return _at_time(day, groups)


def _iso_day(groups: Groups, reader: Reader) -> Meaning | None:
    found = m.safe_date(int(groups["year"] or 0), int(groups["month"] or 0), int(groups["day"] or 0))
    return m.day(found, "explicit") if found else None


def _day_range(groups: Groups, reader: Reader) -> Meaning | None:
    """Two days: "14 to 16 May", "April 27 and 28", "September 30–October 2"."""
    last_month = w.month_number(groups.get("month_after") or groups.get("month") or "")
    first_month = w.month_number(groups.get("month") or groups.get("month_after") or "")
    first_number, last_number = w.day_number(groups["day"] or ""), w.day_number(groups["day_after"] or "")
    year, method = _shown_year(groups, reader)
    if year is None and groups.get("relative_year") is None:
        near = reader.day_of_year(first_month, first_number)
        year = near.year if near else None
    if year is None:
        return m.unresolved(f"XXXX-{first_month:02d}-{first_number:02d}/XXXX-{last_month:02d}-{last_number:02d}")
    last = m.safe_date(year, last_month, last_number)
    first = m.safe_date(int(groups.get("first_year") or year - (first_month > last_month)), first_month, first_number)
    if groups.get("year") is None and last and first and first.year != year:
        first, last = m.safe_date(year, first_month, first_number), m.safe_date(year + 1, last_month, last_number)
    if first is None or last is None:
        return None
    return m.between(m.day(first, method), m.day(last, method), method)


def _two_days(groups: Groups, reader: Reader) -> Meaning | None:
    # "April 27 and 28" is one stretch; "April 3 and 28" are two days with weeks between; "May 5 and 6-7 June" is a day and a stretch.
    if _RUNS_ON.match(reader.after(3)):
        return None
    return _day_range(groups, reader) if w.day_number(groups["day_after"] or "") - w.day_number(groups["day"] or "") == 1 else None


def _weekday(groups: Groups, reader: Reader) -> Meaning | None:
    number = w.weekday_number(groups.get("weekday") or "")
    if reader.published is None:
        return _at_time(m.unresolved(f"XXXX-WXX-{number + 1}"), groups)
    relative = w.squeezed(groups.get("relative") or "")
    week_words = w.squeezed(groups.get("week") or groups.get("week_before") or "")
    number_in_month = groups.get("number")
    today = reader.published
    monday = today - timedelta(days=today.weekday())
    if week_words:
        step = (
            -7
            if "last" in week_words or "previous" in week_words
            else 7
            if "next" in week_words or "coming" in week_words or "following" in week_words
            else 0
        )
        found = m.add_days(monday, step + number)
    elif number_in_month:
        found = _weekday_with_number(number, int(number_in_month), today)
    elif relative in ("last", "past"):
        found = m.add_days(today, -((today.weekday() - number - 1) % 7 + 1))
    elif relative in ("next", "the following"):
        found = m.add_days(monday, 7 + number)
    elif relative in ("this coming", "the coming", "coming"):
        found = m.add_days(today, (number - today.weekday() - 1) % 7 + 1)
    else:
        found = reader.weekday(number)
    return _at_time(m.day(found), groups) if found else None


def _weekday_with_number(weekday: int, number: int, near: date) -> date | None:
    """Return the day nearest to ``near`` that is that weekday and that day of its month: "this Monday (25)"."""
    for step in range(46):
        for found in (near - timedelta(days=step), near + timedelta(days=step)):
            if found.weekday() == weekday and found.day == number:
                return found
    return None


def _is_stretch(groups: Groups, reader: Reader) -> bool:
    """Say whether two weekdays bound a stretch; "Thursday and Friday" does only as neighbours."""
    words = reader.words().lower()
    first, last = w.weekday_number(groups["weekday"] or ""), w.weekday_number(groups["weekday_after"] or "")
    return words.startswith("between") or " and " not in words or (last - first) % 7 == 1


def _weekday_range(groups: Groups, reader: Reader) -> Meaning | None:
    if not _is_stretch(groups, reader):
        return None
    first, last = w.weekday_number(groups["weekday"] or ""), w.weekday_number(groups["weekday_after"] or "")
    found = reader.weekday(first)
    if found is None:
        return m.unresolved(f"XXXX-WXX-{first + 1}/XXXX-WXX-{last + 1}")
    return m.between(m.day(found), m.day(found + timedelta(days=(last - first) % 7)))


_STEPS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}


def _relative_day(groups: Groups, reader: Reader) -> Meaning | None:
    text = w.squeezed(groups["day_word"] or "")
    step = -2 if "before yesterday" in text else 2 if "after tomorrow" in text else next(_STEPS[word] for word in _STEPS if word in text)
    found = reader.published and m.add_days(reader.published, step)
    day = m.day(found) if found else m.unresolved("XXXX-XX-XX")
    if "tonight" in text:
        return replace(day, value=f"{day.value}TNI", timex_type="TIME")
    return _at_time(day, groups)


def _part_of_day(groups: Groups, reader: Reader) -> Meaning | None:
    """ "this morning", "last night", "the next morning", "the same evening"."""
    relative = w.squeezed(groups["relative"] or "")
    if relative.startswith(("the", "that")) and relative != "the other":
        base, step = (
            (reader.last_day.start if reader.last_day else reader.published),
            (1 if relative in ("the next", "the following") else -1 if "previous" in relative else 0),
        )
    else:
        base, step = reader.published, -1 if relative == "last" else 0
    found = base and m.add_days(base, step)
    return _at_time(m.day(found) if found else m.unresolved("XXXX-XX-XX"), groups)


def _clock_alone(groups: Groups, reader: Reader) -> Meaning | None:
    """A time of day without a day: of the sentence's last day, else of publication."""
    sentence_start = reader.sentence()[0]
    anchor = reader.last_day if reader.last_day_at >= sentence_start else None
    day = anchor or (m.day(reader.published) if reader.published else m.unresolved("XXXX-XX-XX"))
    return _at_time(day, groups)


def _holiday(groups: Groups, reader: Reader) -> Meaning | None:
    name = groups["holiday"] or ""
    if not name[:1].isupper():
        return None
    year, method = _shown_year(groups, reader)
    if year is None and reader.published is not None and not groups.get("relative_year"):
        relative = w.squeezed(groups.get("relative") or "")
        around = [found for step in (-1, 0, 1) if (found := w.holiday_in(name, reader.published.year + step))]
        direction = PAST if relative == "last" else FUTURE if relative in ("next", "this coming") else reader.direction()
        past = [found for found in around if found <= reader.published]
        future = [found for found in around if found >= reader.published]
        if direction == PAST and past:
            return m.day(past[-1])
        if direction == FUTURE and future:
            return m.day(future[0])
        if around:
            published = reader.published
            return m.day(min(around, key=lambda found: abs((found - published).days)))
    found = w.holiday_in(name, year) if year is not None else None
    return m.day(found, method) if found else m.unresolved(f"{year:04d}-XX-XX" if year else "XXXX-XX-XX")


_PARTS = {
    "CLOCK_BEFORE": w.pattern(r"(?:(?P<clock>{CLOCK})(?: \(?{ZONE}\)?)?,? (?:on )?)?"),
    "MOD": w.pattern("(?:(?:early|late|later|earlier)(?: on)? )?"),
    "PART_BEFORE": w.pattern(
        "(?:(?:the )?(?:(?P<part_before>early hours|small hours|morning|afternoon|evening|night|noon) of (?:the )?))?"
    ),
    "PART_AFTER": w.pattern("(?: (?:in the )?(?:late |early )?(?P<part>{DAY_PART}))?"),
    "YEAR_AFTER": w.pattern(
        "(?:[,/-]? ?(?P<year>{YEAR})|,? (?P<relative_year>(?:of )?(?:last|this|next|that|the (?:same|previous|following)) year))?"
    ),
    "SEP": w.pattern("(?: |[-/.]| of )"),
    "NAMED_DAY": w.pattern("(?:(?:(?:this|next|last|this coming) )?(?P<weekday>{WEEKDAY_OR_SHORT}),? (?:the )?)?"),
    "A_WEEKDAY": w.pattern("(?:{WEEKDAY_OR_SHORT},? )?"),
    "DAY_AND_MONTH": w.pattern(
        """
        (?:(?P<month>{MONTH}) ?(?:the )?(?P<day>{DAY_NUMBER})
        |(?:the )?(?P<day_before>{DAY_NUMBER})(?: |[-/.]| of )?(?P<month_after>{MONTH}))
        """
    ),
    "FIRST_YEAR": w.pattern("(?:,? (?P<first_year>{YEAR}))?"),
    "WHICH_WEEK": w.pattern("(?:of )?(?:last|next|this|the following|the previous) week"),
}


def _rule(rule_id: str, shorthand: str, resolve: Resolver) -> Rule:
    return Rule(rule_id, w.pattern(shorthand, **_PARTS), resolve)


RULES = (
    # 2025-09-09, 2025-09-09T10:30Z
    _rule(
        "time.day.iso",
        r"""
        (?P<year>{YEAR})[-/.](?P<month>[01][0-9])[-/.](?P<day>[0-3][0-9])
        (?:[T\x20][0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?
        """,
        _iso_day,
    ),
    # 15/03/2025, 15.03.2025, 15-03-2025
    _rule(
        "time.day.numeric",
        r"(?P<first>[0-3]?[0-9])(?:/(?P<slashed>[0-3]?[0-9])/|\.(?P<dotted>[0-3]?[0-9])\.|-(?P<dashed>[0-3]?[0-9])-)(?P<year>[12][0-9]{3})",
        _numeric_day,
    ),
    # 9/11/89
    _rule("time.day.numeric_short", r"(?P<first>[0-3]?[0-9])/(?P<slashed>[0-3]?[0-9])/(?P<year>[0-9]{2})", _numeric_day),
    # 18th September 2025; Friday, Nov. 16; 5 p.m. EST, Nov. 6; the night of 3 May; 27 August last year
    _rule(
        "time.day.date",
        "{CLOCK_BEFORE}{MOD}{PART_BEFORE}{NAMED_DAY}{DAY_AND_MONTH}{YEAR_AFTER}{PART_AFTER}",
        _calendar_day,
    ),
    # last Oct. 23
    _rule("time.day.relative_date", "(?P<relative>last|this|next) {DAY_AND_MONTH}", _calendar_day),
    # 19 SEP 2025 5:24PM; 5 September at 10:30 GMT
    _rule("time.day.date_then_clock", "{NAMED_DAY}{DAY_AND_MONTH}{YEAR_AFTER},? (?:at )?(?P<clock>{CLOCK})(?: {ZONE})?", _calendar_day),
    # April 27-28; September 30 to October 2, 2025
    _rule(
        "time.day.range",
        """
        (?:the weekend of )?{PART_BEFORE}(?:from )?{A_WEEKDAY}(?P<month>{MONTH}) ?(?P<day>{DAY_NUMBER}){FIRST_YEAR}
        {TO}{A_WEEKDAY}(?:(?P<month_after>{MONTH}) ?)?(?P<day_after>{DAY_NUMBER}){YEAR_AFTER}
        """,
        _day_range,
    ),
    # 14 to 16 May; 30 September-2 October
    _rule(
        "time.day.range_day_first",
        """
        (?:the weekend of )?{PART_BEFORE}(?:from )?(?:the )?(?P<day>{DAY_NUMBER})(?: ?(?P<month>{MONTH}){FIRST_YEAR})?
        {TO}(?:the )?(?P<day_after>{DAY_NUMBER}){SEP}?(?P<month_after>{MONTH}){YEAR_AFTER}
        """,
        _day_range,
    ),
    # between May 3 and 7
    _rule(
        "time.day.between",
        """
        between (?P<month>{MONTH}) (?P<day>{DAY_NUMBER}){FIRST_YEAR}
        {AND}(?:(?P<month_after>{MONTH}) )?(?P<day_after>{DAY_NUMBER}){YEAR_AFTER}
        """,
        _day_range,
    ),
    # between 3 and 7 October
    _rule(
        "time.day.between_day_first",
        """
        between (?P<day>{DAY_NUMBER})(?: (?P<month>{MONTH}){FIRST_YEAR})?
        {AND}(?P<day_after>{DAY_NUMBER}) (?P<month_after>{MONTH}){YEAR_AFTER}
        """,
        _day_range,
    ),
    # April 27 and 28
    _rule("time.day.pair", "(?P<month>{MONTH}) (?P<day>{DAY_NUMBER}){AND}(?P<day_after>{DAY_NUMBER}){YEAR_AFTER}", _two_days),
    # 27th and 28th of August
    _rule(
        "time.day.pair_day_first",
        "(?:the )?(?P<day>{DAY_NUMBER}){AND}(?:the )?(?P<day_after>{DAY_NUMBER}){SEP}(?P<month_after>{MONTH}){YEAR_AFTER}",
        _two_days,
    ),
    # the 15th of this month; on the 11th
    _rule("time.day.ordinal", "the (?P<day>{DAY_NUMBER})(?: of (?P<relative>this|last|next|the) month)?", _ordinal_day),
    # Monday; late on Sunday; last Friday; the early hours of Monday; Tuesday of next week; 10 p.m. Wednesday
    _rule(
        "time.day.weekday",
        """
        {CLOCK_BEFORE}{MOD}{PART_BEFORE}(?:(?P<week_before>(?:last|next|this) week)['’]s )?
        (?:(?P<relative>last|next|this|past|this coming|the coming|coming|the following) )?
        (?P<weekday>{WEEKDAY}){PART_AFTER}(?: (?P<week>{WHICH_WEEK}))?
        """,
        _weekday,
    ),
    # this Monday (25)
    _rule("time.day.weekday_number", r"(?:(?P<relative>this|last|next) )?(?P<weekday>{WEEKDAY}) ?\((?P<number>[0-3]?[0-9])\)", _weekday),
    # Monday to Wednesday; between Monday and Thursday
    _rule("time.day.weekday_range", "(?:from |between )?(?P<weekday>{WEEKDAY})(?:{TO}|{AND})(?P<weekday_after>{WEEKDAY})", _weekday_range),
    # earlier today; yesterday evening; the day after tomorrow
    _rule(
        "time.day.relative",
        """
        {CLOCK_BEFORE}{MOD}{PART_BEFORE}(?:(?P<part_first>(?:mid-)?(?:morning|afternoon|evening|night)) )?
        (?P<day_word>today|tonight|yesterday|tomorrow|the day before yesterday|the day after tomorrow){PART_AFTER}
        """,
        _relative_day,
    ),
    # this morning; last night; the next evening
    _rule(
        "time.day.part",
        "{MOD}(?P<relative>this|last|the (?:next|following|previous|same)|that) (?:same )?(?P<part>morning|afternoon|evening|night)",
        _part_of_day,
    ),
    # 2:00 p.m.; 0630 GMT; noon
    _rule("time.day.clock", r"(?P<clock>{CLOCK})(?: \(?{ZONE}\)?)?", _clock_alone),
    # last Christmas; New Year's Day 2026
    _rule("time.day.holiday", "(?:(?P<relative>last|next|this|this coming) )?(?P<holiday>{HOLIDAY}){YEAR_AFTER}", _holiday),
)
