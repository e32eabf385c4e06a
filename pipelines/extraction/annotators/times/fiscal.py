"""Fiscal years: what "FY2023-24", "fiscal 2025" and "the current fiscal year" mean for the country they belong to.

Belongs here: fiscal arithmetic, and the pattern of the year that a quarter, a half or some months are of. Whose year it is, is the
reader's choice (``Reader.fiscal_start``); which country begins when, is data (``fiscal_years.csv``).
"""

from __future__ import annotations

from datetime import date

from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import CALENDAR_YEAR, Reader
from pipelines.extraction.annotators.times.day_rules import year_of_words
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.rule import Groups

_NAMES = {
    "RELATIVE": (
        "(?:current|present|ongoing|running|new|last|past|previous|preceding|prior|outgoing|next|coming|upcoming|following|same|this|that)"
    ),
    "SECOND": "[0-9]{4}|[0-9]{2}",
    "SLASH": f"(?:{w.DASH}|/)",
}
# A fiscal year by its name: "FY25", "FY2023-24", "fiscal 2025", "the 2023/24 financial year".
FISCAL_NAME = w.pattern(
    """
    (?:FY ?[-'’]?(?P<fy>[0-9]{4}|[0-9]{2})(?:{SLASH}(?P<fy_second>{SECOND}))?
    |{FISCAL}(?:~years?)?(?: \\(FY\\))? ['’]?(?P<fiscal>{RECENT_YEAR}|[0-9]{2})(?:{SLASH}(?P<fiscal_second>{SECOND}))?
    |(?P<named>{RECENT_YEAR})(?:{SLASH}(?P<named_second>{SECOND}))? {FISCAL}~year)
    """,
    **_NAMES,
)
# "the current fiscal" is Indian for the year.
FISCAL_RELATIVE = w.pattern("(?:(?:(?P<fiscal_relative>{RELATIVE}) )?{FISCAL}~year|(?P<short_fiscal_relative>{RELATIVE}) fiscal)", **_NAMES)
# The year that a quarter, a half or some months are part of.
OF_YEAR = w.pattern(
    """
    (?:,?(?: ?| (?:of|in|for|during) (?:(?:the|its|their) )?)
    (?:{FISCAL_NAME}|{FISCAL_RELATIVE}
    |(?P<pair>{RECENT_YEAR}){SLASH}(?P<pair_second>[0-9]{2})
    |['’]?(?P<year>{RECENT_YEAR})|['’](?P<short_year>[0-9]{2})
    |(?P<relative_year>{RELATIVE}) (?:calendar )?year
    |(?P<the_year>year)))
    """,
    FISCAL_NAME=FISCAL_NAME,
    FISCAL_RELATIVE=FISCAL_RELATIVE,
    **_NAMES,
)


def fiscal_year_from(first: date | None, number: int) -> Meaning | None:
    """Return the fiscal year that begins on ``first`` and is called ``number``."""
    if first is None:
        return None
    if first.month == first.day == 1:
        return m.year(first.year, "fiscal")
    after = m.add_months(first, 12)
    end = after and m.add_days(after, -1)
    return Meaning(f"FY{number:04d}", first, end, "year", "DATE", "fiscal") if end else None


def fiscal_year(number: int, second: int | None, reader: Reader) -> Meaning | None:
    """Return the fiscal year called ``number``, or by two years, ``number`` and ``second``."""
    start = reader.fiscal_start(is_two_year_name=second is not None)
    if start is None and second is not None:
        return m.unresolved(f"FY{second:04d}")
    month, day, named_by = start or CALENDAR_YEAR
    if second is not None:
        first = m.safe_date(number, month, day)
    else:
        first = m.safe_date(number - (named_by == "end" and (month, day) != (1, 1)), month, day)
    if first is None:
        return None
    return fiscal_year_from(first, first.year + (named_by == "end"))


def fiscal_year_holding(day: date, reader: Reader) -> Meaning | None:
    """Return the fiscal year, of the country meant here, that ``day`` falls into."""
    month, first_day, named_by = reader.fiscal_start() or CALENDAR_YEAR
    first = m.safe_date(day.year, month, first_day)
    if first and first > day:
        first = m.safe_date(day.year - 1, month, first_day)
    return fiscal_year_from(first, first.year + (named_by == "end")) if first else None


def relative_fiscal_year(words: str, reader: Reader) -> Meaning | None:
    """Return "the current fiscal year" and its kind, from publication or from the fiscal year last spoken of."""
    if reader.published is None:
        return m.unresolved("FYXXXX")
    now = fiscal_year_holding(reader.published, reader)
    anchor = reader.last_fiscal or now
    text = w.squeezed(words)
    if text in ("last", "past", "previous", "outgoing"):
        return now and shifted(now, -1)
    if text in ("next", "coming", "upcoming", "new"):
        return now and (shifted(now, 1) if text != "new" else now)
    if text == "following":
        return anchor and shifted(anchor, 1)
    if text in ("preceding", "prior"):
        return anchor and shifted(anchor, -1)
    return anchor if text in ("same", "that") else now


def shifted(year: Meaning, count: int) -> Meaning | None:
    """Return the fiscal year ``count`` years from ``year``."""
    moved = m.moved_by_months(year, 12 * count, "fiscal")
    return moved


def _second_year(first: int, written: str | None) -> int | None:
    """Return the second year of "2023-24" or "2023-2024"; 0 where it does not follow the first."""
    if not written:
        return None
    second = int(written) if len(written) == 4 else first - first % 100 + int(written) + (100 if int(written) < first % 100 else 0)
    return second if second == first + 1 else 0


def named_fiscal_year(groups: Groups, reader: Reader) -> Meaning | None:
    """Return the fiscal year that ``FISCAL_NAME`` or a pair of years found, None if its two years do not follow each other."""
    for name in ("fy", "fiscal", "named", "pair"):
        written = groups.get(name)
        if written:
            number = int(written) if len(written) == 4 else w.full_year(int(written))
            second = _second_year(number, groups.get(f"{name}_second"))
            return None if second == 0 else fiscal_year(number, second, reader)
    return None


def has_year(groups: Groups) -> bool:
    """Say whether ``OF_YEAR`` found anything."""
    names = ("fy", "fiscal", "named", "pair", "year", "short_year", "relative_year", "the_year", "fiscal_relative", "short_fiscal_relative")
    return any(groups.get(name) for name in names)


def year_of(groups: Groups, reader: Reader, is_fiscal_bare: bool = False) -> Meaning | None:
    """Return the year that ``OF_YEAR`` found, calendar or fiscal."""
    if any(groups.get(name) for name in ("fy", "fiscal", "named", "pair")):
        return named_fiscal_year(groups, reader)
    if groups.get("fiscal_relative") or groups.get("short_fiscal_relative") or is_fiscal_bare:
        return relative_fiscal_year(groups.get("fiscal_relative") or groups.get("short_fiscal_relative") or "current", reader)
    if groups.get("year"):
        return m.year(int(groups["year"] or 0), "explicit")
    if groups.get("short_year"):
        return m.year(w.full_year(int(groups["short_year"] or 0)), "explicit")
    if groups.get("relative_year"):
        number = year_of_words(groups["relative_year"] or "", reader)
        return m.year(number) if number is not None else None
    if groups.get("the_year") and reader.published:
        return m.year(reader.published.year)
    return None


def part_of(
    year: Meaning, first_month: int, count: int, value: str | None = None, timex_type: str = "DATE", precision: str | None = None
) -> Meaning | None:
    """Return ``count`` months of a year, from its ``first_month``-th (1 = its first, wherever in the calendar it begins)."""
    if year.start is None:
        return None
    start = m.add_months(year.start, first_month - 1)
    after = start and m.add_months(start, count)
    end = after and m.add_days(after, -1)
    if start is None or end is None:
        return None
    unit = precision or {3: "quarter", 6: "half_year", 12: "year"}.get(count, "month")
    return Meaning(value or m.interval_value(start, end), start, end, unit, timex_type, year.method)
