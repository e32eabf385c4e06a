"""Rules for the stretches that figures are about, and are compared with: "the year to March 2025", "FY25", "the same period last year".

Belongs here: what leans on the stretch last spoken of. Plain quarters, months and years stand in ``year_rules`` and ``period_rules``.
"""

from __future__ import annotations

import re
from dataclasses import replace

from pipelines.extraction.annotators.times import fiscal as f
from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning, duration_value
from pipelines.extraction.annotators.times.rule import Groups, Resolver, Rule
from pipelines.extraction.annotators.times.tense import FUTURE, PAST

# Over so many characters figures of "a year earlier" still belong to the stretch, or the month, named before them.
PERIOD_REACH, MONTH_REACH = 1500, 600
_NOTHING_OR_FUNCTION_WORD = re.compile(
    r"[.,;:)'’\"”]|\s*$|\s+(?:and|as|at|but|by|compared|due|for|from|has|have|in|is|of|on|or|over|so|than|that|the|to|up|was|were|when|which|while|will|with)\b"
)


def year_before(reader: Reader, is_anchored: bool) -> Meaning | None:
    """ "a year earlier", "a year ago": of the stretch figures were just given for, else of the year."""
    period, place = reader.last_period, reader.last_period_at
    if period is not reader.last_figures and place < reader.sentence()[0] and reader.last_figures:
        period, place = reader.last_figures, reader.last_figures_at  # a month of another sentence is no period of figures
    if (
        period is not None
        and period.start is not None
        and reader.start - place < (PERIOD_REACH if period is reader.last_figures else MONTH_REACH)
    ):
        return m.named_by_year(m.moved_by_months(period, -12))
    last = reader.last_anchor() if is_anchored else None
    if last and last.start:
        return m.year(last.start.year - 1, "anchored")
    return m.year(reader.published.year - 1) if reader.published else m.unresolved("XXXX")


def _same_period(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the same period last year", "the same months a year ago", "the corresponding quarter of 2024"."""
    period = reader.last_period
    words = w.squeezed(reader.words())
    if words.endswith((" time", " stretch", " term", " window", " timeframe")):
        return None  # "at the same time"
    when = w.squeezed(groups.get("when") or "")
    is_year_ago = bool(groups.get("year_ago"))
    if period is None or period.start is None or period.end is None:
        return year_before(reader, False) if is_year_ago or when else m.unresolved("XXXX-QX" if "quarter" in when else "XXXX")
    if f.has_year(groups):
        year = f.year_of(groups, reader)
        if year is None or year.start is None:
            return m.named_by_year(m.moved_by_months(period, -12))
        base = f.fiscal_year_holding(period.start, reader) if year.value.startswith("FY") else m.year(period.end.year)
        if base is None or base.start is None:
            return m.moved_by_months(period, -12)
        count = round((year.start - base.start).days / 365.25) * 12
        if groups.get("relative_year") and (groups["relative_year"] or "").lower() in ("last", "previous", "past", "preceding", "prior"):
            count = -12
        return m.moved_by_months(period, count)
    if is_year_ago or when:
        return m.named_by_year(m.moved_by_months(period, -12))
    return replace(period, method="anchored")


def _latest_period(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the period", "the latest quarter", "the same period": the stretch last spoken of."""
    words = w.squeezed(reader.words())
    period = reader.last_figures if "quarter" in words else reader.last_period
    if period is not None and period.start is not None and ("quarter" not in words or period.precision == "quarter"):
        return replace(period, method="anchored")
    if "quarter" in reader.words().lower():
        return _last_quarter(reader)
    return None


def _last_quarter(reader: Reader) -> Meaning | None:
    """Return the quarter before publication's: the one a report is about when none is named."""
    past = reader.published and m.add_months(reader.published, -3)
    return m.quarter(past.year, (past.month + 2) // 3) if past else m.unresolved("XXXX-QX")


def _stretch_to(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the year to March 2025", "the 12 months ended June 30", "the quarter ending September"."""
    unit = w.singular_unit(groups["unit"] or "")
    count = int(w.number_of(groups["count"] or "") or 0) if groups.get("count") else 1
    size = {"month": 1, "quarter": 3, "half": 6, "year": 12}.get(unit, 0) * count
    month = w.month_number(groups.get("month") or groups.get("month_after") or "")
    day_words = groups.get("day") or groups.get("day_before")
    value = {"half": "P6M"}.get(unit) or (duration_value(count, unit) if unit != "week" else f"P{count}W")
    if groups.get("year"):
        year, method = int(groups["year"] or 0), "explicit"
    else:
        found = reader.year_of_unit(month, 12, FUTURE if "ending" in (groups["tie"] or "") and reader.direction() == FUTURE else PAST)
        if found is None:
            return m.unresolved(value, "DURATION")
        year, method = found, "relative"
    end = m.safe_date(year, month, w.day_number(day_words)) if day_words else (whole.end if (whole := m.month(year, month)) else None)
    if end is None:
        return None
    if unit == "week":
        start = m.add_days(end, -7 * count + 1)
    else:
        next_day = m.add_days(end, 1)
        near = m.month_end(end) if end.day > 20 else m.add_days(end.replace(day=1), -1)
        if unit == "quarter" and next_day and near and abs((near - end).days) <= 5:
            end, next_day = near, m.add_days(near, 1)  # books that close on the last Friday
        start = next_day and m.add_months(next_day, -size)
    if start is None:
        return None
    precision = {3: "quarter", 6: "half_year", 12: "year"}.get(size, "month" if size else "week")
    if unit == "quarter" and m.interval_value(start, end)[4:6] == "-Q":
        return Meaning(m.interval_value(start, end), start, end, "quarter", "DATE", method)
    return Meaning(value, start, end, precision, "DURATION", method)


def _relative_fiscal_year(groups: Groups, reader: Reader) -> Meaning | None:
    short = groups.get("short_fiscal_relative")
    if short and not _NOTHING_OR_FUNCTION_WORD.match(reader.after(16)):
        return None  # "the current fiscal deficit"
    return f.relative_fiscal_year(groups.get("fiscal_relative") or short or "current", reader)


def _the_year_before(groups: Groups, reader: Reader) -> Meaning | None:
    return year_before(reader, is_anchored=True) if reader.ends_clause() else None  # not "the year before the war"


_PARTS = {
    "FISCAL_NAME": f.FISCAL_NAME,
    "FISCAL_RELATIVE": f.FISCAL_RELATIVE,
    "OF_YEAR": f.OF_YEAR,
    "PERIOD": w.pattern("(?:period|quarter|half|months?|time|stretch|term|timeframe|window)(?: period)?"),
    "WHEN": w.pattern("(?:(?:of |in )?(?:an?|one) year (?:ago|earlier|before)|(?:of |in )?the year (?:before|earlier))"),
}


def _rule(rule_id: str, shorthand: str, resolve: Resolver) -> Rule:
    return Rule(rule_id, w.pattern(shorthand, **_PARTS), resolve)


RULES = (
    # the same period last year; the corresponding quarter of 2024; the same nine months
    _rule(
        "time.same_period",
        """
        (?:the )?(?:same|corresponding|comparable|equivalent|similar|like|matching) (?:{COUNT}~)?(?:[a-z]+~)?{PERIOD}
        (?:,? (?P<when>{WHEN})|(?:{OF_YEAR}))?
        """,
        _same_period,
    ),
    # the quarter a year ago
    _rule(
        "time.period_year_ago", "(?:the|a) (?:quarter|period|month|half)(?P<year_ago> (?:a|one) year (?:ago|earlier|before))", _same_period
    ),
    # the year before
    _rule("time.year_before", "the year (?:before|earlier)", _the_year_before),
    # the year-ago quarter; year-earlier
    _rule(
        "time.year_ago_period",
        "(?:the |a )?(?P<year_ago>(?:prior-year|year~(?:ago|earlier)|previous-year))(?: (?:[a-z]+~)?(?:period|quarter|month|half))?",
        _same_period,
    ),
    # the period; that period; the quarter under review
    _rule(
        "time.period",
        """
        (?:the (?:(?:latest|same|whole|entire|current|reporting) )?|that |this )
        (?:period|reporting period|latest quarter|latest month|quarter under review|period under review)
        """,
        _latest_period,
    ),
    # the latest quarter
    _rule("time.latest_quarter", "(?:the )?latest (?:[a-z]+ )?(?:quarter|month|half|nine months|six months)", _latest_period),
    # the year to March 2025; the three months ended June 30; the quarter ending September
    _rule(
        "time.stretch_to",
        """
        (?:the )?(?:(?P<count>{COUNT})~)?(?:{FISCAL}~)?(?P<unit>months?|quarters?|half|year|weeks?)(?:~(?:year|period))?
        ,? (?:(?:that|which) )?
        (?P<tie>to|ended|ending|through|up to)(?: (?:on|in|end|the end of|last))?~
        (?:(?P<month>{MONTH})(?: (?P<day>{DAY_NUMBER}))?|(?P<day_before>{DAY_NUMBER}) (?P<month_after>{MONTH}))
        (?:,? (?P<year>{RECENT_YEAR}))?
        """,
        _stretch_to,
    ),
    # FY25; fiscal 2025; the 2023-24 financial year
    _rule("time.fiscal_year", "(?:(?:the|its|their|this) )?(?:{FISCAL_NAME})", f.named_fiscal_year),
    # the current fiscal year; the following financial year
    _rule("time.fiscal_year.relative", "(?:(?:the|its|their|this) )?{FISCAL_RELATIVE}", _relative_fiscal_year),
)
