"""Rules for durations, distances ("two weeks ago", "a day later"), comparisons ("the same period last year"), sets and vague times."""

from __future__ import annotations

from dataclasses import replace

from pipelines.extraction.annotators.times import fiscal as f
from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.rule import Groups, Rule
from pipelines.extraction.annotators.times.tense import FUTURE, PAST
from pipelines.extraction.lexicon import settings

_VAGUE: dict[str, str] = {word: value for value, words in settings("time")["vague"].items() for word in words}
_SETS: dict[str, str] = settings("time")["sets"]
_SHORT_UNITS = ("second", "minute", "hour")
_UNIT_DAYS = {"day": 1, "night": 1, "week": 7, "fortnight": 14}
_UNIT_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def duration_value(count: float | None, unit: str) -> str:
    """Return the TIMEX3 value of so many units, "X" for a count that is not told: P2W, PT30M, P2Y6M, PXD."""
    if count is None:
        code = {"decade": "PXY", "century": "PXE", "fortnight": "PXW", "night": "PXD"}.get(unit)
        return code or f"P{'T' if unit in _SHORT_UNITS else ''}X{unit[0].upper()}"
    if unit in ("decade", "century"):
        return f"P{int(count * (10 if unit == 'decade' else 100))}Y"
    if unit == "fortnight":
        return f"P{int(count * 2)}W"
    if unit == "quarter":
        return f"P{int(count * 3)}M" if count != 1 else "P1Q"
    letter = "D" if unit == "night" else unit[0].upper()
    prefix = "PT" if unit in _SHORT_UNITS else "P"
    whole, half = int(count), count - int(count) == 0.5
    smaller = {"year": "6M", "hour": "30M", "minute": "30S"}.get(unit)
    if half and smaller:
        return f"{prefix}{f'{whole}{letter}' if whole else ''}{smaller}"
    return f"{prefix}{whole if count == whole else f'{count:g}'}{letter}"


def _moved(day, count: float, unit: str):
    """Return ``day`` moved by so many units; None for a unit shorter than a day or a count that does not fit."""
    if abs(count) > 20000:
        return None
    if unit in _UNIT_DAYS:
        return m.add_days(day, round(count * _UNIT_DAYS[unit]))
    if unit in _UNIT_MONTHS:
        return m.add_months(day, round(count * _UNIT_MONTHS[unit]))
    return None


def _counted(groups: Groups) -> float | None:
    """Return the count of a duration; the larger of "two to three"; None when it is vague."""
    written = groups.get("count_high") or groups.get("count")
    return w.number_of(written) if written else None


def _precision(unit: str) -> str:
    return {"night": "day", "fortnight": "week", "century": "unknown"}.get(unit, unit if unit not in _SHORT_UNITS else "unknown")


# ------------------------------------------------------------------------------------------------ durations


def _duration(groups: Groups, reader: Reader) -> Meaning | None:
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    words = w.squeezed(reader.text[reader.start : reader.end])
    if words.endswith("long") and words.split(" ")[0].split("-")[0] in w.UNITS:
        count = 1  # "day-long"
    if not _is_duration(words, unit, reader):
        return None
    value = duration_value(count, unit)
    relative = w.squeezed(groups.get("relative") or "").removeprefix("the ")
    if relative in ("last", "past", "previous", "preceding", "latest", "recent", "most recent", "first", "these past", "these last") or relative.startswith("this past"):
        return _back(relative, count, unit, value, reader)
    if (relative in ("next", "coming", "following") or words.startswith(("within", "inside"))) and not words.endswith(("long", "term")):
        start = reader.published
        end = start and count is not None and _moved(start, count, unit)
        if start and end and words.startswith("within"):
            return Meaning(value, start, end, "day", "DURATION", "relative")
        return Meaning(value, start, end, _precision(unit), "DURATION", "relative") if start and end else m.unresolved(value, "DURATION")
    if count is not None and unit == "month" and words.startswith("the ") and reader.last_period and m.whole_month_count(reader.last_period) == count:
        # "the seven months": the stretch the figures were just given for.
        return replace(reader.last_period, value=value, timex_type="DURATION", method="anchored")
    figures = reader.last_figures
    if count is not None and unit == "month" and 3 <= count <= 12 and words.startswith("the ") and figures and figures.end and reader.start - reader.last_figures_at < PERIOD_REACH:
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
    written = reader.text[reader.start : reader.end]
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


def _unit_range(groups: Groups, reader: Reader) -> Meaning | None:
    """ "two to three weeks", "weeks or months", "a year or two"."""
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    return m.unresolved(duration_value(count, unit), "DURATION")


# ------------------------------------------------------------------------------------------------ distances


def _distance(groups: Groups, reader: Reader) -> Meaning | None:
    """ "two weeks ago", "a year earlier", "three months later", "a few days before"."""
    unit = w.singular_unit(groups["unit"] or "")
    count = w.number_of(groups["count"] or "") if groups.get("count") else None
    way = w.squeezed(groups["way"] or "")
    step = 1 if way in ("later", "after", "from now", "afterwards", "on", "hence") else -1
    is_anchored = way not in ("ago", "from now", "hence")
    if way in ("before", "after", "on") and not _ends_clause(reader):
        return m.unresolved(duration_value(count, unit), "DURATION")
    if unit in _SHORT_UNITS or count is None:
        if way in ("ago", "earlier", "before"):
            return m.unresolved("PAST_REF" if count is None else duration_value(count, unit), "DATE" if count is None else "DURATION")
        return m.unresolved(duration_value(count, unit), "DURATION")
    if unit == "year" and count == 1 and step < 0:
        return _year_before(reader, is_anchored)
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
    return unit_holding(moved, unit, method)


def unit_holding(day, unit: str, method: str) -> Meaning | None:
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


def _ends_clause(reader: Reader) -> bool:
    after = reader.after(3)
    return not after.strip() or after[:1] in ",.;:)”\"" or "\n\n" in after


def _year_before(reader: Reader, is_anchored: bool) -> Meaning | None:
    """ "a year earlier", "a year ago": of the stretch figures were just given for, else of the year."""
    period, place = reader.last_period, reader.last_period_at
    if period is not reader.last_figures and place < reader.sentence()[0] and reader.last_figures:
        period, place = reader.last_figures, reader.last_figures_at  # a month of another sentence is no period of figures
    if period is not None and period.start is not None and reader.start - place < (PERIOD_REACH if period is reader.last_figures else MONTH_REACH):
        return m.named_by_year(m.moved_by_months(period, -12))
    last = reader.last_anchor() if is_anchored else None
    if last and last.start:
        return m.year(last.start.year - 1, "anchored")
    return m.year(reader.published.year - 1) if reader.published else m.unresolved("XXXX")


# Over so many characters figures of "a year earlier" still belong to the stretch, or the month, named before them.
PERIOD_REACH, MONTH_REACH = 1500, 600


def _day_beside(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the previous day", "the same day", "that day", "the day before", "the following day"."""
    words = w.squeezed(groups["which"] or "")
    after = w.squeezed(groups.get("after") or "")
    step = -1 if "previous" in words or "preceding" in words or after in ("before", "earlier") else 1 if any(x in words for x in ("next", "following")) or after in ("after", "later") else 0
    if after and not _ends_clause(reader):
        return None
    anchor = (reader.last_day.start if reader.last_day else None) or reader.published
    moved = anchor and m.add_days(anchor, step)
    return m.day(moved, "anchored") if moved else m.unresolved("XXXX-XX-XX")


# ------------------------------------------------------------------------------------------------ comparisons


def _same_period(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the same period last year", "the same months a year ago", "the corresponding quarter of 2024"."""
    period = reader.last_period
    words = w.squeezed(reader.text[reader.start : reader.end])
    if words.endswith((" time", " stretch", " term", " window", " timeframe")):
        return None  # "at the same time"
    when = w.squeezed(groups.get("when") or "")
    is_year_ago = bool(groups.get("year_ago"))
    if period is None or period.start is None or period.end is None:
        return _year_before(reader, False) if is_year_ago or when else m.unresolved("XXXX-QX" if "quarter" in when else "XXXX")
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
    words = w.squeezed(reader.text[reader.start : reader.end])
    period = reader.last_figures if "quarter" in words else reader.last_period
    if period is not None and period.start is not None and ("quarter" not in words or period.precision == "quarter"):
        return replace(period, method="anchored")
    if "quarter" in reader.text[reader.start : reader.end].lower():
        return last_quarter(reader)
    return None


def last_quarter(reader: Reader) -> Meaning | None:
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


# ------------------------------------------------------------------------------------------------ sets and vague times


def _set(groups: Groups, reader: Reader) -> Meaning | None:
    words = w.squeezed(groups["word"] or "")
    return m.unresolved(_SETS[words], "SET")


def _every(groups: Groups, reader: Reader) -> Meaning | None:
    unit = w.squeezed(groups["unit"] or "")
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
    words = w.squeezed(groups["word"] or "")
    return m.unresolved(_VAGUE[words])


_APPROXIMATELY = f"(?:(?:nearly|almost|about|around|some|roughly|approximately|just|over|under|only|exactly|(?:more|less|fewer|no{w.GAP}more){w.GAP}than|at{w.GAP}least|at{w.GAP}most|up{w.GAP}to|as{w.GAP}many{w.GAP}as|well{w.GAP}over|another|an{w.GAP}additional){w.GAP})?"
_DURATION_RELATIVE = (
    f"(?:the{w.GAP})?(?:last|past|next|coming|following|previous|preceding|latest|first|recent|most{w.GAP}recent)|these{w.GAP}(?:past|last)|this{w.GAP}past|the"
)
_EXTRA = f"(?:{w.GAP}(?:more|consecutive|straight|full|whole|long|additional|trading|working|business|calendar|further|successive|solid))?"
_WEEKDAYS_PLURAL = w._either(list(w.WEEKDAYS)[:7])

RULES = (
    Rule(
        "time.duration",
        f"(?:within{w.GAP}|inside{w.GAP})?(?:(?P<relative>{_DURATION_RELATIVE}){w.GAP})?{_APPROXIMATELY}(?:(?P<count>{w.COUNT})|{w.VAGUE_COUNT}){_EXTRA}{w.JOIN}(?P<unit>{w.ANY_UNIT})(?:{w.JOIN}(?:long|term)|['’](?:s\\b)?)?",
        _duration,
    ),
    Rule("time.duration.plural", f"(?:(?:within|for|over|in|of){w.GAP})?(?:(?P<relative>(?:the{w.GAP})?(?:coming|recent|past|last|next|following|most{w.GAP}recent)|the){w.GAP})?(?P<unit>{w.UNITS_PLURAL})(?:-long)?", lambda g, r: _plural(g, r)),
    Rule("time.duration.unit", f"(?P<unit>day|week|month|year|decade|century|hour|night){w.JOIN}long", _duration),
    Rule("time.duration.range", f"(?:(?P<relative>{_DURATION_RELATIVE}){w.GAP})?(?P<count>{w.COUNT})(?:{w.GAP}(?:to|or){w.GAP}|{w.DASH})(?P<count_high>{w.COUNT}){w.JOIN}(?P<unit>{w.ANY_UNIT})", _unit_range),
    Rule("time.duration.or_two", f"an?{w.GAP}(?P<unit>{w.UNIT}){w.GAP}(?P<tail>or{w.GAP}(?:two|so)|and{w.GAP}a{w.GAP}half)", lambda g, r: m.unresolved(duration_value(1.5 if "half" in (g["tail"] or "") else 1, w.singular_unit(g["unit"] or "")), "DURATION")),
    Rule(
        "time.distance",
        f"{_APPROXIMATELY}(?:(?P<count>{w.COUNT})|{w.VAGUE_COUNT})(?:{w.GAP}(?:short|long|full|whole))?{w.JOIN}(?P<unit>{w.ANY_UNIT})(?:{w.GAP}or{w.GAP}(?:so|two|more))?{w.JOIN}(?P<way>ago|earlier|before|previously|later|after|afterwards|from{w.GAP}now|hence)",
        _distance,
    ),
    Rule("time.distance.plural", f"(?P<unit>{w.UNITS_PLURAL}){w.GAP}(?P<way>ago|earlier|later)", _distance),
    Rule("time.day_beside", f"(?P<which>(?:the{w.GAP})?(?:very{w.GAP})?(?:previous|preceding|following|next|same)|that(?:{w.GAP}same)?){w.GAP}day", _day_beside),
    Rule("time.day_beside.after", f"(?P<which>the{w.GAP}(?:day|night)){w.GAP}(?P<after>before|after|earlier)", _day_beside),
    Rule(
        "time.same_period",
        f"(?:(?:in|over|for|during|from|on|with|against){w.GAP})?(?:the{w.GAP})?(?:same|corresponding|comparable|equivalent|similar|like|matching){w.GAP}(?:{w.COUNT}{w.JOIN})?(?:[a-z]+{w.JOIN})?(?:period|quarter|half|months?|time|stretch|term|timeframe|window|year-ago{w.GAP}period)(?:{w.GAP}period)?"
        f"(?:,?{w.GAP}(?P<when>(?:of{w.GAP}|in{w.GAP})?(?:an?|one){w.GAP}year{w.GAP}(?:ago|earlier|before)|(?:of{w.GAP}|in{w.GAP})?the{w.GAP}year{w.GAP}(?:before|earlier))|(?:{f.OF_YEAR}))?",
        _same_period,
    ),
    Rule("time.period_year_ago", f"(?:the|a){w.GAP}(?:quarter|period|month|half)(?P<year_ago>{w.GAP}(?:a|one){w.GAP}year{w.GAP}(?:ago|earlier|before))", _same_period),
    Rule("time.year_ago_period", f"(?:the{w.GAP}|a{w.GAP})?(?P<year_ago>(?:prior-year|year{w.JOIN}(?:ago|earlier)|previous-year))(?:{w.GAP}(?:[a-z]+{w.JOIN})?(?:period|quarter|month|half))?", _same_period),
    Rule("time.period", f"(?:the{w.GAP}(?:(?:latest|same|whole|entire|current|reporting){w.GAP})?|that{w.GAP}|this{w.GAP})(?:period|reporting{w.GAP}period|latest{w.GAP}quarter|latest{w.GAP}month|quarter{w.GAP}under{w.GAP}review|period{w.GAP}under{w.GAP}review)", _latest_period),
    Rule("time.latest_quarter", f"(?:the{w.GAP})?latest{w.GAP}(?:[a-z]+{w.GAP})?(?:quarter|month|half|nine{w.GAP}months|six{w.GAP}months)", _latest_period),
    Rule(
        "time.stretch_to",
        f"(?:the{w.GAP})?(?:(?P<count>{w.COUNT}){w.JOIN})?(?:{w.FISCAL}{w.JOIN})?(?P<unit>months?|quarters?|half|year|weeks?)(?:{w.JOIN}(?:year|period))?,?{w.GAP}(?:(?:that|which){w.GAP})?(?P<tie>to|ended|ending|through|up{w.GAP}to)(?:{w.GAP}(?:on|in|end|the{w.GAP}end{w.GAP}of|last))?{w.JOIN}"
        f"(?:(?P<month>{w.MONTH})(?:{w.GAP}(?P<day>{w.DAY_NUMBER}))?|(?P<day_before>{w.DAY_NUMBER}){w.GAP}(?P<month_after>{w.MONTH}))(?:,?{w.GAP}(?P<year>{w.RECENT_YEAR}))?",
        _stretch_to,
    ),
    Rule("time.fiscal_year", f"(?:(?:the|its|their|this){w.GAP})?(?:{f.FISCAL_NAME})", lambda g, r: f.named_fiscal_year(g, r)),
    Rule("time.fiscal_year.relative", f"{{mod}}(?:(?:the|its|their|this){w.GAP})?{f.FISCAL_RELATIVE}".replace("{mod}", ""), lambda g, r: f.relative_fiscal_year(g.get("fiscal_relative") or "current", r)),
    Rule("time.set", f"(?P<word>{w._either(_SETS)})", _set),
    Rule("time.set.every", f"(?:each|every)(?:{w.GAP}(?P<count>{w.COUNT}))?{w.GAP}(?P<unit>{w.ANY_UNIT}|{w.DAY_PART}|{w.SEASON}|{_WEEKDAYS_PLURAL}|{w.MONTH})", _every),
    Rule("time.set.weekdays", f"(?P<unit>{_WEEKDAYS_PLURAL})s", lambda g, r: _every(g, r)),
    Rule("time.vague", f"(?P<word>{w._either(_VAGUE)})", lambda g, r: None if r.after(4).lower() == " as " else _vague(g, r)),
)


def _plural(groups: Groups, reader: Reader) -> Meaning | None:
    """ "for weeks", "in recent years", "decades of war"."""
    unit = w.singular_unit(groups["unit"] or "")
    words = w.squeezed(reader.text[reader.start : reader.end])
    if unit in ("second", "minute", "quarter", "night") and not groups.get("relative"):
        return None
    if ("nights" in words and "recent" not in words) or reader.before(4).lower().endswith("on "):
        return None
    return m.unresolved(duration_value(None, unit), "DURATION")
