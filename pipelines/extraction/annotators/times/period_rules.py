"""Rules for weeks, months and relative units ("later this month"), and for stretches of months.

Years and their parts stand in ``year_rules``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipelines.extraction.annotators.times import fiscal as f
from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.day_rules import year_of_words
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.rule import Groups, Resolver, Rule
from pipelines.extraction.annotators.times.tense import FUTURE, PAST
from pipelines.extraction.annotators.times.validity import is_month_word


def _month_meaning(number: int, groups: Groups, reader: Reader) -> Meaning | None:
    relative = w.squeezed(groups.get("relative") or "")
    if groups.get("year"):
        return m.month(int(groups["year"] or 0), number, "explicit")
    if groups.get("short_year"):
        return m.month(w.full_year(int(groups["short_year"] or 0)), number, "explicit")
    if groups.get("relative_year"):
        found = year_of_words(groups["relative_year"] or "", reader)
        return m.month(found, number) if found else m.unresolved(f"XXXX-{number:02d}")
    if reader.published is None:
        return m.unresolved(f"XXXX-{number:02d}")
    now = reader.published
    if relative in ("last", "past"):
        return m.month(now.year - (number >= now.month), number)
    if relative in ("next", "this coming", "the coming"):
        return m.month(now.year + (number <= now.month), number)
    if relative == "this":
        is_ahead = number >= now.month  # "this December"
        return m.month(now.year if is_ahead else reader.year_of_unit(number, 12, 0) or now.year, number)
    if "following" in relative and reader.last_period and reader.last_period.end:
        anchor = reader.last_period.end
        return m.month(anchor.year + (number <= anchor.month), number)
    return m.month(reader.year_of_unit(number, 12) or now.year, number)


def _month(groups: Groups, reader: Reader) -> Meaning | None:
    is_dated = any(groups.get(name) for name in ("year", "short_year", "relative_year", "relative", "mod"))
    return (
        _month_meaning(w.month_number(groups["month"] or ""), groups, reader)
        if is_dated or is_month_word(groups["month"] or "", reader)
        else None
    )


def _bounds_a_stretch(groups: Groups, reader: Reader) -> bool:
    """Say whether two months bound a stretch: "between March and May" does, "in March and May" names two months."""
    words = w.squeezed(reader.words())
    return " and " not in words or words.startswith("between")


def _month_range(groups: Groups, reader: Reader) -> Meaning | None:
    """ "January–October", "from January to July 2025", "July–March FY24"."""
    if not _bounds_a_stretch(groups, reader):
        return None
    first, last = w.month_number(groups["month"] or ""), w.month_number(groups["month_after"] or "")
    count = (last - first) % 12 + 1
    if f.has_year(groups):
        year = f.year_of(groups, reader)
        if year is None or year.start is None or year.end is None:
            return m.unresolved(f"XXXX-{first:02d}/XXXX-{last:02d}")
        if year.value.startswith("FY") or groups.get("pair"):
            return f.part_of(year, (first - year.start.month) % 12 + 1, count, precision="month")
        # A stretch over New Year is dated by the year it ends in, or by its own first year where one is written there.
        ends = m.month(year.start.year, last, year.method)
        begins = m.month(int(groups.get("first_year") or year.start.year - (first > last)), first, year.method)
        return _stretch(begins, ends)
    if reader.published is None:
        return m.unresolved(f"XXXX-{first:02d}/XXXX-{last:02d}")
    direction = reader.direction()
    if direction == FUTURE:
        begins_in = reader.year_of_unit(first, 12, FUTURE)
        begins = m.month(begins_in, first) if begins_in else None
        ends = m.month(begins.start.year + (first > last), last) if begins and begins.start else None
    else:
        ends_in = reader.year_of_unit(last, 12, direction or (PAST if count > 3 else 0))
        ends = m.month(ends_in, last) if ends_in else None
        begins = m.month(ends.start.year - (first > last), first) if ends and ends.start else None
    return _stretch(begins, ends)


def _stretch(begins: Meaning | None, ends: Meaning | None) -> Meaning | None:
    if begins is None or ends is None or begins.start is None or ends.end is None or begins.start > ends.end:
        return None
    return Meaning(m.interval_value(begins.start, ends.end), begins.start, ends.end, "month", "DATE", ends.method)


def _season(groups: Groups, reader: Reader) -> Meaning | None:
    code = w.SEASONS[(groups["season"] or "").lower()]
    relative = w.squeezed(groups.get("relative") or "")
    if groups.get("year"):
        return m.season(int(groups["year"] or 0), code, "explicit")
    if groups.get("relative_year"):
        in_year = year_of_words(groups["relative_year"] or "", reader)
        return m.season(in_year, code) if in_year else m.unresolved(f"XXXX-{code}")
    if reader.published is None:
        return m.unresolved(f"XXXX-{code}")
    if not relative and not groups.get("mod") and not _season_is_time(reader, groups["season"] or ""):
        return None
    now = reader.published
    this = [found for step in (-2, -1, 0, 1) if (found := m.season(now.year + step, code)) and found.start and found.end]
    past, ahead = [x for x in this if x.end < now], [x for x in this if x.start > now]  # type: ignore[operator]
    running = next((x for x in this if x.start <= now <= x.end), None)  # type: ignore[operator]
    if relative in ("last", "past"):
        return past[-1]
    if relative in ("next", "this coming", "the coming"):
        return ahead[0] if ahead else None
    if running:
        return running
    direction = reader.direction()
    if direction == PAST or (not direction and (now - past[-1].end).days < 150):  # type: ignore[operator]
        return past[-1]
    return ahead[0] if ahead else past[-1]


def _season_is_time(reader: Reader, word: str) -> bool:
    return (
        reader.before()
        .lower()
        .rstrip()
        .endswith(
            (" in the", " of", " by", " since", " during", " until", " during the", " by the", " this", " until the", " for the", " in")
        )
        and word.lower() != "fall"
    )


def _unit(groups: Groups, reader: Reader) -> Meaning | None:
    """ "last week", "later this month", "the following year", "the end of the year"."""
    unit = w.squeezed(groups["unit"] or "")
    relative = w.squeezed(groups.get("relative") or "the")
    mod = w.squeezed(groups.get("mod") or "")
    has_article = relative.startswith(("the ", "that"))
    word = relative.removeprefix("the ").removeprefix("that ").removeprefix("this ")
    anchored = word in ("following", "preceding", "prior", "same", "that", "very same") or (has_article and word in ("next", "previous"))
    step = (
        -1
        if word in ("last", "previous", "preceding", "prior", "past")
        else 1
        if word in ("next", "coming", "following", "upcoming")
        else 0
    )
    if relative == "the" and not mod and unit != "weekend":
        return _bare_unit(unit, reader)
    if word == "past" or (
        word in ("last", "next", "coming")
        and relative.startswith("the ")
        and unit in ("decade", "century", "year", "month", "week", "quarter")
    ):
        return stretch_from_publication(1, unit, PAST if step < 0 else FUTURE, reader)
    return shifted_unit(unit, step, anchored, reader)


def _bare_unit(unit: str, reader: Reader) -> Meaning | None:
    """ "the quarter", "the year": the one spoken of."""
    before = reader.before().lower()
    period = reader.last_period
    if unit == "quarter":
        if period and period.precision == "quarter":
            return replace(period, method="anchored")
        past = reader.published and m.add_months(reader.published, -3)
        if not before.endswith(("in ", "for ", "during ")):
            return None
        return m.quarter(past.year, (past.month + 2) // 3) if past else m.unresolved("XXXX-QX")
    if unit == "month" and period and period.precision == "month" and before.endswith(("in ", "for ", "during ", "over ")):
        return replace(period, method="anchored")
    if unit in ("year", "month") and before.endswith(("for ", "during ", "in ", "within ", "over ", "throughout ")):
        return reader.current(unit) or m.unresolved("XXXX" if unit == "year" else "XXXX-XX")
    return None


def shifted_unit(unit: str, step: int, anchored: bool, reader: Reader) -> Meaning | None:
    """Return the calendar unit ``step`` units from publication, or from what was spoken of last."""
    blank = {
        "week": "XXXX-WXX",
        "weekend": "XXXX-WXX-WE",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "half": "XXXX-HX",
        "year": "XXXX",
        "decade": "XXX",
        "century": "XX",
    }[unit]
    base = reader.published
    if anchored:
        if unit in ("quarter", "half") and reader.last_period and reader.last_period.start:
            base = reader.last_period.start
        elif unit == "year" and (reader.last_year or reader.last_period):
            found = reader.last_anchor()
            base = found.start if found and found.start else base
        else:
            found = reader.last_anchor()
            base = found.start if found and found.start else base
    if base is None:
        return m.unresolved(blank)
    method = "anchored" if anchored else "relative"
    if unit in ("week", "weekend"):
        moved = m.add_days(base, 7 * step)
        if unit == "week":
            return m.week(moved, method) if moved else None
        if (
            step == 0
            and not anchored
            and base.weekday() < 5
            and reader.direction() == PAST
            and not reader.words().lower().startswith("this")
        ) or (step < 0 and base.weekday() >= 5):
            moved = m.add_days(base, -7)
        return m.weekend(moved, method) if moved else None
    if unit == "month":
        moved = m.add_months(base, step)
        return m.month(moved.year, moved.month, method) if moved else None
    if unit == "quarter":
        moved = m.add_months(base, 3 * step)
        return m.quarter(moved.year, (moved.month + 2) // 3, method) if moved else None
    if unit == "half":
        moved = m.add_months(base, 6 * step)
        return m.half_year(moved.year, (moved.month + 5) // 6, method) if moved else None
    if unit == "year":
        return m.year(base.year + step, method)
    if unit == "decade":
        return m.decade((base.year // 10 + step) * 10, method)
    return m.century(base.year // 100 + 1 + step, method)


_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_UNIT_VALUE = {"week": "P{}W", "month": "P{}M", "quarter": "P{}Q", "half": "P{}H", "year": "P{}Y", "day": "P{}D"}


def stretch_from_publication(count: int, unit: str, direction: int, reader: Reader) -> Meaning | None:
    """Return ``count`` units up to publication or from it on, as a duration with its ends."""
    value = {
        "decade": f"P{count * 10}Y",
        "century": f"P{count * 100}Y",
        "quarter": f"P{count * 3}M" if count > 1 else "P1Q",
        "weekend": f"P{count * 2}D",
    }.get(unit) or _UNIT_VALUE[unit].format(count)
    now = reader.published
    if now is None:
        return m.unresolved(value, "DURATION")
    if unit in ("day", "week", "weekend"):
        other = m.add_days(now, direction * count * (7 if unit == "week" else 1))
    else:
        other = m.add_months(now, direction * count * _UNIT_MONTHS[unit])
    if other is None:
        return m.unresolved(value, "DURATION")
    start, end = (other, now) if direction == PAST else (now, other)
    precision = unit if unit in ("day", "week", "month", "quarter", "year", "decade") else "unknown"
    return Meaning(value, start, end, precision, "DURATION", "relative")


def _first_days(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the first ten days of October", "the last week of the month"."""
    count = w.number_of(groups.get("count") or "one")
    days = int(count or 0) * (7 if w.singular_unit(groups["unit"] or "") == "week" else 1)
    if groups.get("month"):
        whole = _month_meaning(w.month_number(groups["month"] or ""), groups, reader)
    else:
        step = (
            -1
            if "last" in (groups.get("month_relative") or "").lower()
            else 1
            if "next" in (groups.get("month_relative") or "").lower()
            else 0
        )
        whole = shifted_unit("month", step, False, reader)
    value = f"P{int(count or 0)}{'W' if w.singular_unit(groups['unit'] or '') == 'week' else 'D'}"
    if whole is None or whole.start is None or whole.end is None or not 0 < days <= 28:
        return m.unresolved(value, "DURATION")
    which = w.squeezed(groups["which"] or "")
    if which in ("second", "third", "fourth"):
        if groups.get("count") or days != 7:
            return None
        start = whole.start + timedelta(days=7 * (w.ORDINALS[which] - 1))
        return Meaning(m.interval_value(start, start + timedelta(days=6)), start, start + timedelta(days=6), "week", "DATE", whole.method)
    if which in ("first", "opening", "initial"):
        return Meaning(value, whole.start, whole.start + timedelta(days=days - 1), "day", "DURATION", whole.method)
    return Meaning(value, whole.end - timedelta(days=days - 1), whole.end, "day", "DURATION", whole.method)


def _week_of(groups: Groups, reader: Reader) -> Meaning | None:
    found = reader.day_of_year(w.month_number(groups["month"] or ""), w.day_number(groups["day"] or ""))
    if groups.get("year"):
        found = m.safe_date(int(groups["year"] or 0), w.month_number(groups["month"] or ""), w.day_number(groups["day"] or ""))
    return m.week(found) if found else m.unresolved("XXXX-WXX")


# Where in a month, a season, a decade: "early in", "the end of", "mid-", "the first half of".
_WHERE = """
    (?:(?P<mod>(?:(?:the )?(?:very )?(?:beginning|start|end|middle|close|turn|rest|remainder|course)(?: of|{DASH})
    |(?:early|late|mid|later|earlier|sometime|somewhat later)(?: in)?{HALF}|year-end|end|start|beginning))(?: |{DASH}))?
"""
WHERE = w.pattern(_WHERE, HALF=w.pattern("|(?:(?:the|its) )?(?:first|second|latter|early|later) (?:half|part) of"))
# Not before a year: "the second half of 2026" is a half.
WHERE_IN_YEAR = w.pattern(_WHERE, HALF=w.pattern("|(?:the )?(?:early|later) part of"))
OF_WHICH_YEAR = w.pattern(
    """
    (?:,?(?: of)? ?(?P<year>{RECENT_YEAR})| ?['’](?P<short_year>[0-9]{2})
    |,? (?P<relative_year>(?:of )?(?:last|this|next|that|the (?:same|previous|following|current)) year))?
    """
)
_PARTS = {
    "WHERE": WHERE,
    "OF_YEAR": f.OF_YEAR,
    "OF_WHICH_YEAR": OF_WHICH_YEAR,
    "EARLY": w.pattern("(?:(?:early|late|mid|end)~)?"),
    "UNIT": "(?P<unit>week|weekend|month|quarter|half|year|decade|century)",
    "RELATIVE": w.pattern(
        """
        (?P<relative>last|past|this past|next|this|this coming|the coming|coming|that|that same|the
        |(?:the )?(?:current|previous|preceding|prior|following|next|same|past|last|upcoming|very same))
        """
    ),
}


def _rule(rule_id: str, shorthand: str, resolve: Resolver) -> Rule:
    return Rule(rule_id, w.pattern(shorthand, **_PARTS), resolve)


RULES = (
    # April; last August; August last year; mid-October; the end of March 2025
    _rule(
        "time.month",
        """
        {WHERE}(?:(?P<relative>last|next|this|this coming|the (?:coming|previous|following|same)|same|past) )?
        (?P<month>{MONTH}){OF_WHICH_YEAR}
        """,
        _month,
    ),
    # January-October; from January to July 2025; between April 2024 and March 2025; July-March FY24
    _rule(
        "time.month.range",
        """
        (?:from |between )?{EARLY}(?P<month>{MONTH})(?: (?P<first_year>{RECENT_YEAR}))?
        (?:{TO}|{AND}){EARLY}(?P<month_after>{MONTH})(?:(?: period)?{OF_YEAR})?
        """,
        _month_range,
    ),
    # this summer; the winter of 2024
    _rule(
        "time.season",
        "{WHERE}(?:(?P<relative>last|past|next|this|this coming|the coming) )?(?:the )?{EARLY}(?P<season>{SEASON}){OF_WHICH_YEAR}",
        _season,
    ),
    # last week; later this month; the following year; before the end of the year
    _rule("time.unit", "{WHERE}{RELATIVE} (?:(?:calendar|full|whole|entire) )?{UNIT}", _unit),
    # earlier in the year
    _rule("time.unit.mod_only", "(?P<mod>(?:later|earlier|early|late) in) (?P<relative>the) {UNIT}", _unit),
    # the first ten days of October; the last week of the month
    _rule(
        "time.days_of_month",
        """
        (?:the )?(?P<which>first|second|third|fourth|opening|initial|last|final) (?:(?P<count>{COUNT})~)?
        (?P<unit>days|weeks?) (?:of|in)(?: )
        (?:(?P<month>{MONTH}){OF_WHICH_YEAR}|(?P<month_relative>the|this|last|next) month)
        """,
        _first_days,
    ),
    # the week of March 6
    _rule("time.week_of", "(?:the )?week of (?P<month>{MONTH}) (?P<day>{DAY_NUMBER})(?:,? (?P<year>{RECENT_YEAR}))?", _week_of),
)
