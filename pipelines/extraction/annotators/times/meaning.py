"""What a time expression means: its TIMEX3 value and its calendar interval, and the arithmetic of both.

Belongs here: building meanings from calendar units and shifting them. Does not belong here: words, sentences, or what is relative to what.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

FIRST_YEAR, LAST_YEAR = 1, 9998  # what ``date`` can hold, with a year to spare for intervals that run over
SHORT_UNITS = ("second", "minute", "hour")
SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


@dataclass(frozen=True, slots=True)
class Meaning:
    """A TIMEX3 type and value with the interval it stands for; ``start`` and ``end`` are both dates or both None."""

    value: str
    start: date | None = None
    end: date | None = None
    precision: str = "unknown"
    timex_type: str = "DATE"
    method: str = "relative"


def unresolved(value: str, timex_type: str = "DATE") -> Meaning:
    """Return a meaning without an interval."""
    return Meaning(value, timex_type=timex_type, method="unresolved")


def safe_date(year: int, month: int, day_number: int) -> date | None:
    """Return the date, or None where the calendar has no such day."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if not 1 <= month <= 12 or not 1 <= day_number <= monthrange(year, month)[1]:
        return None
    return date(year, month, day_number)


def add_days(day_: date, days: int) -> date | None:
    """Return ``day_`` moved by ``days``, or None beyond the calendar."""
    try:
        moved = day_ + timedelta(days=days)
    except OverflowError:
        return None
    return moved if FIRST_YEAR <= moved.year <= LAST_YEAR else None


def add_months(day_: date, months: int) -> date | None:
    """Return ``day_`` moved by ``months``, its day cut to the month's length, or None beyond the calendar."""
    index = day_.year * 12 + day_.month - 1 + months
    year, month = divmod(index, 12)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    return date(year, month + 1, min(day_.day, monthrange(year, month + 1)[1]))


def month_end(day_: date) -> date:
    return day_.replace(day=monthrange(day_.year, day_.month)[1])


def day(day_: date, method: str = "relative") -> Meaning:
    return Meaning(day_.isoformat(), day_, day_, "day", "DATE", method)


def week(day_: date, method: str = "relative") -> Meaning | None:
    """Return the week, Monday to Sunday, that holds ``day_``."""
    monday = add_days(day_, -day_.weekday())
    sunday = monday and add_days(monday, 6)
    if not monday or not sunday:
        return None
    year, number, _ = monday.isocalendar()
    return Meaning(f"{year:04d}-W{number:02d}", monday, sunday, "week", "DATE", method)


def weekend(day_: date, method: str = "relative") -> Meaning | None:
    """Return Saturday and Sunday of the week that holds ``day_``."""
    whole = week(day_, method)
    if whole is None or whole.end is None:
        return None
    return Meaning(f"{whole.value}-WE", whole.end - timedelta(days=1), whole.end, "day", "DATE", method)


def month(year: int, number: int, method: str = "relative") -> Meaning | None:
    first = safe_date(year, number, 1)
    return Meaning(f"{year:04d}-{number:02d}", first, month_end(first), "month", "DATE", method) if first else None


def months(first: date, count: int, value: str, precision: str, method: str) -> Meaning | None:
    """Return ``count`` whole months from the first of a month."""
    after = add_months(first, count)
    return Meaning(value, first, after - timedelta(days=1), precision, "DATE", method) if after else None


def quarter(year: int, number: int, method: str = "relative") -> Meaning | None:
    first = safe_date(year, number * 3 - 2, 1)
    return months(first, 3, f"{year:04d}-Q{number}", "quarter", method) if first else None


def half_year(year: int, number: int, method: str = "relative") -> Meaning | None:
    first = safe_date(year, number * 6 - 5, 1)
    return months(first, 6, f"{year:04d}-H{number}", "half_year", method) if first else None


def season(year: int, code: str, method: str = "relative") -> Meaning | None:
    """Return the three months of a northern season; a winter begins in December of its year."""
    first = safe_date(year, SEASON_MONTHS[code], 1)
    return months(first, 3, f"{year:04d}-{code}", "quarter", method) if first else None


def year(number: int, method: str = "relative") -> Meaning | None:
    first = safe_date(number, 1, 1)
    return Meaning(f"{number:04d}", first, date(number, 12, 31), "year", "DATE", method) if first else None


def decade(first_year: int, method: str = "relative") -> Meaning | None:
    first = safe_date(first_year, 1, 1)
    return Meaning(f"{first_year // 10:03d}", first, date(first_year + 9, 12, 31), "decade", "DATE", method) if first else None


def century(number: int, method: str = "explicit") -> Meaning | None:
    """Return the hundred years that news calls the ``number``-th century (1900 to 1999 is the 20th)."""
    first = safe_date((number - 1) * 100, 1, 1)
    return Meaning(f"{number - 1:02d}", first, date((number - 1) * 100 + 99, 12, 31), "unknown", "DATE", method) if first else None


def between(first: Meaning, last: Meaning, method: str | None = None) -> Meaning | None:
    """Return the interval from the start of ``first`` to the end of ``last``; None if it would run backwards."""
    if first.start is None or last.end is None:
        return unresolved(f"{first.value}/{last.value}")
    if first.start > last.end:
        return None
    precision = first.precision if first.precision == last.precision else "day" if "day" in (first.precision, last.precision) else "month"
    return Meaning(f"{first.value}/{last.value}", first.start, last.end, precision, "DATE", method or first.method)


def _is_first_of_month(day_: date) -> bool:
    return day_.day == 1


def whole_month_count(meaning: Meaning) -> int | None:
    """Return how many whole calendar months the interval is, or None if it is not made of whole months."""
    if meaning.start is None or meaning.end is None or not _is_first_of_month(meaning.start):
        return None
    after = add_days(meaning.end, 1)
    if after is None or not _is_first_of_month(after):
        return None
    return (after.year - meaning.start.year) * 12 + after.month - meaning.start.month


def interval_value(start: date, end: date) -> str:
    """Return the shortest TIMEX3 value for an interval: a unit of the calendar where it is one, else ``start/end``."""
    whole = whole_month_count(Meaning("", start, end))
    if whole == 12 and start.month == 1:
        return f"{start.year:04d}"
    if whole == 6 and start.month in (1, 7):
        return f"{start.year:04d}-H{start.month // 6 + 1}"
    if whole == 3 and start.month % 3 == 1:
        return f"{start.year:04d}-Q{start.month // 3 + 1}"
    if whole == 1:
        return f"{start.year:04d}-{start.month:02d}"
    if whole:
        return f"{start.year:04d}-{start.month:02d}/{end.year:04d}-{end.month:02d}"
    if start == end:
        return start.isoformat()
    return f"{start.isoformat()}/{end.isoformat()}"


def moved_by_months(meaning: Meaning, count: int, method: str = "anchored") -> Meaning | None:
    """Return the same stretch ``count`` months away: the third quarter stays a quarter, nine months stay nine months."""
    if meaning.start is None or meaning.end is None:
        return None
    start = add_months(meaning.start, count)
    whole = whole_month_count(meaning)
    if whole:
        after = start and add_months(start, whole)
        end = after and add_days(after, -1)
    else:
        end = add_months(meaning.end, count)
    if start is None or end is None or start > end:
        return None
    value = interval_value(start, end)
    if meaning.value.startswith("FY"):
        value = f"FY{int(meaning.value[2:6]) + count // 12:04d}{meaning.value[6:]}" if count % 12 == 0 else value
    elif meaning.precision == "week":
        near = week(start, method)
        return near
    return Meaning(value, start, end, meaning.precision, "DATE", method)


def named_by_year(meaning: Meaning | None) -> Meaning | None:
    """Name an odd stretch inside one year by that year, as TIMEX3 does of "a year earlier"; its interval stays."""
    if meaning and meaning.start and meaning.end and "/" in meaning.value and meaning.start.year == meaning.end.year:
        return replace(meaning, value=f"{meaning.start.year:04d}")
    return meaning


def until(meaning: Meaning, last: date) -> Meaning:
    """Return ``meaning`` opened to ``last``: since April means from April to that day."""
    if meaning.start is None or last < meaning.start:
        return meaning
    return replace(meaning, end=last)


def duration_value(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of so many units, "X" for a count that is not told: P2W, PT30M, P2Y6M, PXD."""
    if count is None:
        code = {"decade": "PXY", "century": "PXE", "fortnight": "PXW", "night": "PXD"}.get(unit)
        return code or f"P{'T' if unit in SHORT_UNITS else ''}X{unit[0].upper()}"
    if unit in ("decade", "century"):
        return f"P{int(count * (10 if unit == 'decade' else 100))}Y"
    if unit == "fortnight":
        return f"P{int(count * 2)}W"
    if unit == "quarter":
        return f"P{int(count * 3)}M" if count != 1 else "P1Q"
    letter = "D" if unit == "night" else unit[0].upper()
    prefix = "PT" if unit in SHORT_UNITS else "P"
    whole, half = int(count), count - int(count) == 0.5
    smaller = {"year": "6M", "hour": "30M", "minute": "30S"}.get(unit)
    if half and smaller:
        return f"{prefix}{f'{whole}{letter}' if whole else ''}{smaller}"
    return f"{prefix}{whole if count == whole else f'{count:g}'}{letter}"
