"""Rules for durations, distances ("two weeks ago", "a day later"), sets and times that no calendar holds.

Distances from the stretch that figures are about ("a year earlier") lean on ``comparison_rules``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.comparison_rules import PERIOD_REACH, year_before
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning, duration_value
from pipelines.extraction.annotators.times.rule import Groups, Resolver, Rule
from pipelines.extraction.lexicon import settings

_VAGUE: dict[str, str] = {word: value for value, words in settings("time")["vague"].items() for word in words}
_SETS: dict[str, str] = settings("time")["sets"]
_SHORT_UNITS = ("second", "minute", "hour")
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def _moved(day: date, count: float, unit: str) -> date | None:
    """Return ``day`` moved by so many units; None for a unit shorter than a day or a count that does not fit."""
    if abs(count) > 20000:
        return None
    if unit in _UNIT_DAYS:
        return m.add_days(day, round(count * _UNIT_DAYS[unit]))
    if unit in _UNIT_MONTHS:
        return m.add_months(day, round(count * _UNIT_MONTHS[unit]))
    return None


def _precision(unit: str) -> str:
    return {"night": "day", "fortnight": "week", "century": "unknown"}.get(unit, unit if unit not in _SHORT_UNITS else "unknown")


def _duration(groups: Groups, reader: Reader) -> Meaning | None:
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    words = w.squeezed(reader.words())
    if words.endswith("long") and words.split(" ")[0].split("-")[0] in w.UNITS:
        count = 1  # "day-long"
    if not _is_duration(words, unit, reader):
        return None
    value = duration_value(count, unit)
    relative = w.squeezed(groups.get("relative") or "").removeprefix("the ")
    if relative in (
        "last",
        "past",
        "previous",
        "preceding",
        "latest",
        "recent",
        "most recent",
        "first",
        "these past",
        "these last",
    ) or relative.startswith("this past"):
        return _back(relative, count, unit, value, reader)
    if (relative in ("next", "coming", "following") or words.startswith(("within", "inside"))) and not words.endswith(("long", "term")):
        start = reader.published
        end = start and count is not None and _moved(start, count, unit)
        if start and end and words.startswith("within"):
            return Meaning(value, start, end, "day" if unit in _UNIT_DAYS else _precision(unit), "DURATION", "relative")
        return Meaning(value, start, end, _precision(unit), "DURATION", "relative") if start and end else m.unresolved(value, "DURATION")
    if (
        count is not None
        and unit == "month"
        and words.startswith("the ")
        and reader.last_period
        and m.whole_month_count(reader.last_period) == count
    ):
        # "the seven months": the stretch the figures were just given for.
        return replace(reader.last_period, value=value, timex_type="DURATION", method="anchored")
    figures = reader.last_figures
    if (
        count is not None
        and unit == "month"
        and 3 <= count <= 12
        and words.startswith("the ")
        and figures
        and figures.end
        and reader.start - reader.last_figures_at < PERIOD_REACH
    ):
        # "the nine months", after a third quarter: up to the same day.
        after = m.add_days(figures.end, 1)
        start = after and m.add_months(after, -int(count))
        if start and start.day == 1:
            return Meaning(value, start, figures.end, "month", "DURATION", "anchored")
    return m.unresolved(value, "DURATION")


def _is_duration(words: str, unit: str, reader: Reader) -> bool:
    after = reader.after(12).lower()
    if after.startswith(("-old", " old", "-olds")):
        return False
    if unit == "quarter" and (after.startswith(" of") or "-" in words):
        return False  # "three-quarters of its food"
    written = reader.words()
    if written[0].isdigit() and written.split()[-1][0].isupper() and not written.isupper():
        return False  # the programme "60 Minutes"
    return not (unit == "second" and (words.endswith("second") or words.startswith(("a ", "an "))))


def _back(relative: str, count: float | None, unit: str, value: str, reader: Reader) -> Meaning:
    period = reader.last_period
    if relative in ("previous", "preceding") and count and unit in ("month", "quarter", "year") and period and period.start:
        # "up 8 % on the previous twelve months": the stretch before the one the figures are about.
        start = _moved(period.start, -count, unit)
        end = m.add_days(period.start, -1)
        if start and end:
            return Meaning(value, start, end, _precision(unit), "DURATION", "anchored")
    if relative == "first" or count is None or reader.published is None:
        return m.unresolved(value, "DURATION")
    start = _moved(reader.published, -count, unit)
    return Meaning(value, start, reader.published, _precision(unit), "DURATION", "relative") if start else m.unresolved(value, "DURATION")


def _plural(groups: Groups, reader: Reader) -> Meaning | None:
    """ "for weeks", "in recent years", "decades of war"."""
    unit = w.singular_unit(groups["unit"] or "")
    words = w.squeezed(reader.words())
    if unit in ("second", "minute", "quarter", "night") and not groups.get("relative"):
        return None
    if ("nights" in words and "recent" not in words) or reader.before(4).lower().endswith("on "):
        return None
    return m.unresolved(duration_value(None, unit), "DURATION")


def _unit_range(groups: Groups, reader: Reader) -> Meaning | None:
    """ "two to three weeks", "weeks or months", "a year or two"."""
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    return m.unresolved(duration_value(count, unit), "DURATION")


def _distance(groups: Groups, reader: Reader) -> Meaning | None:
    """ "two weeks ago", "a year earlier", "three months later", "a few days before"."""
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    way = w.squeezed(groups["way"] or "")
    step = 1 if way in ("later", "after", "from now", "afterwards", "on", "hence") else -1
    is_anchored = way not in ("ago", "from now", "hence")
    if way in ("before", "after", "on") and not reader.ends_clause():
        return m.unresolved(duration_value(count, unit), "DURATION")
    if unit in _SHORT_UNITS or count is None:
        if way in ("ago", "earlier", "before"):
            return m.unresolved("PAST_REF" if count is None else duration_value(count, unit), "DATE" if count is None else "DURATION")
        return m.unresolved(duration_value(count, unit), "DURATION")
    if unit == "year" and count == 1 and step < 0:
        return year_before(reader, is_anchored)
    anchor = reader.published
    if is_anchored:
        last = reader.last_day if unit in _UNIT_DAYS else reader.last_anchor()
        anchor = (last.start if last and last.start else None) or reader.published
    if anchor is None:
        return m.unresolved(duration_value(count, unit), "DURATION")
    moved = _moved(anchor, step * count, unit)
    method = "anchored" if is_anchored else "relative"
    if moved is None:
        return m.unresolved(duration_value(count, unit), "DURATION")
    return _unit_holding(moved, unit, method)


def _unit_holding(day: date, unit: str, method: str) -> Meaning | None:
    """Return the calendar unit that ``day`` falls into: two months ago is a month, ten days ago a day."""
    if unit in ("day", "night"):
        return m.day(day, method)
    if unit in ("week", "fortnight"):
        return m.week(day, method)
    if unit == "month":
        return m.month(day.year, day.month, method)
    if unit == "quarter":
        return m.quarter(day.year, (day.month + 2) // 3, method)
    if unit == "year":
        return m.year(day.year, method)
    return m.year(day.year, method) if unit == "decade" else m.century(day.year // 100 + 1, method)


def _day_beside(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the previous day", "the same day", "that day", "the day before", "the following day"."""
    words = w.squeezed(groups["which"] or "")
    after = w.squeezed(groups.get("after") or "")
    step = (
        -1
        if "previous" in words or "preceding" in words or after in ("before", "earlier")
        else 1
        if any(x in words for x in ("next", "following")) or after in ("after", "later")
        else 0
    )
    if after and not reader.ends_clause():
        return None
    anchor = (reader.last_day.start if reader.last_day else None) or reader.published
    moved = anchor and m.add_days(anchor, step)
    return m.day(moved, "anchored") if moved else m.unresolved("XXXX-XX-XX")


def _set(groups: Groups, reader: Reader) -> Meaning | None:
    # "Communist Party daily Granma" is a newspaper.
    is_paper = reader.after(2).strip()[:1].isupper() or reader.before(3).endswith("'")
    return None if is_paper else m.unresolved(_SETS[w.squeezed(groups["word"] or "")], "SET")


def _every(groups: Groups, reader: Reader) -> Meaning | None:
    unit = w.squeezed(groups["unit"] or "")
    unit = unit.removesuffix("s") if unit in w.WEEKDAYS_BY_PLURAL else unit
    if unit in w.WEEKDAYS:
        return m.unresolved(f"XXXX-WXX-{w.WEEKDAYS[unit]}", "SET")
    if unit in w.MONTHS:
        return m.unresolved(f"XXXX-{w.MONTHS[unit]:02d}", "SET") if (groups["unit"] or "")[:1].isupper() else None
    if unit in w.SEASONS:
        return m.unresolved(f"XXXX-{w.SEASONS[unit]}", "SET")
    if unit in w.DAY_PARTS:
        return m.unresolved(f"XXXX-XX-XXT{w.DAY_PARTS[unit]}", "SET")
    count = (w.number_of(groups["count"] or "") or 1) if groups.get("count") else 1
    return m.unresolved(duration_value(count, w.singular_unit(unit)), "SET")


def _vague(groups: Groups, reader: Reader) -> Meaning | None:
    if reader.after(4).lower() == " as ":
        return None  # "as soon as"
    return m.unresolved(_VAGUE[w.squeezed(groups["word"] or "")])


_PARTS = {
    "RELATIVE": w.pattern(
        "(?:the )?(?:last|past|next|coming|following|previous|preceding|latest|first|recent|most recent)|these (?:past|last)|this past|the"
    ),
    "EXTRA": w.pattern(
        "(?: (?:more|consecutive|straight|full|whole|long|additional|trading|working|business|calendar|further|successive|solid))?"
    ),
    "SETS": w.either(_SETS),
    "VAGUE": w.either(_VAGUE),
}


def _or_two(groups: Groups, reader: Reader) -> Meaning:
    """ "a year or two", "a month and a half"."""
    return m.unresolved(duration_value(1.5 if "half" in (groups["tail"] or "") else 1, w.singular_unit(groups["unit"] or "")), "DURATION")


def _rule(rule_id: str, shorthand: str, resolve: Resolver) -> Rule:
    return Rule(rule_id, w.pattern(shorthand, **_PARTS), resolve)


RULES = (
    # two days; a two-day visit; the past three years; within 90 days; several weeks
    _rule(
        "time.duration",
        """
        (?:within |inside )?(?:(?P<relative>{RELATIVE}) )?{APPROXIMATELY}(?:(?P<count>{COUNT})|{VAGUE_COUNT}){EXTRA}~
        (?P<unit>{ANY_UNIT})(?:~(?:long|term))?
        """,
        _duration,
    ),
    # weeks; the coming months; recent years
    _rule(
        "time.duration.plural",
        """
        (?:within )?(?:(?P<relative>(?:the )?(?:coming|recent|past|last|next|following|most recent)|the) )?
        (?P<unit>{UNITS_PLURAL})(?:-long)?
        """,
        _plural,
    ),
    # day-long
    _rule("time.duration.unit", "(?P<unit>day|week|month|year|decade|century|hour|night)~long", _duration),
    # two to three weeks
    _rule(
        "time.duration.range",
        "(?:(?P<relative>{RELATIVE}) )?(?P<count>{COUNT})(?: (?:to|or) |{DASH})(?P<count_high>{COUNT})~(?P<unit>{ANY_UNIT})",
        _unit_range,
    ),
    # a year or two
    _rule("time.duration.or_two", "an? (?P<unit>{UNIT}) (?P<tail>or (?:two|so)|and a half)", _or_two),
    # two weeks ago; a year earlier; three months later
    _rule(
        "time.distance",
        """
        {APPROXIMATELY}(?:(?P<count>{COUNT})|{VAGUE_COUNT})(?: (?:short|long|full|whole))?~(?P<unit>{ANY_UNIT})(?: or (?:so|two|more))?~
        (?P<way>ago|earlier|before|previously|later|after|afterwards|from now|hence)
        """,
        _distance,
    ),
    # years ago
    _rule("time.distance.plural", "(?P<unit>{UNITS_PLURAL}) (?P<way>ago|earlier|later)", _distance),
    # the previous day; that same day
    _rule("time.day_beside", "(?P<which>(?:the )?(?:very )?(?:previous|preceding|following|next|same)|that(?: same)?) day", _day_beside),
    # the day before
    _rule("time.day_beside.after", "(?P<which>the (?:day|night)) (?P<after>before|after|earlier)", _day_beside),
    # daily
    _rule("time.set", "(?P<word>{SETS})", _set),
    # every Monday; each year; every two weeks
    _rule("time.set.every", "(?:each|every)(?: (?P<count>{COUNT}))? (?P<unit>{ANY_UNIT}|{DAY_PART}|{SEASON}|{WEEKDAY}|{MONTH})", _every),
    # Mondays
    _rule("time.set.weekdays", "(?P<unit>{WEEKDAYS_PLURAL})", _every),
    # now; recently; the future
    _rule("time.vague", "(?P<word>{VAGUE})", _vague),
)
