"""Rules for weeks, months, quarters, halves, seasons, years, decades, and stretches of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from pipelines.extraction.annotators.times import fiscal as f
from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.day_rules import year_of_words
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.rule import Groups, Rule
from pipelines.extraction.annotators.times.tense import FUTURE, PAST
from pipelines.extraction.annotators.times.validity import is_month_word, is_year_number

_MONTH_RELATIVES = f"last|next|this|this{w.GAP}coming|the{w.GAP}(?:coming|previous|following|same)|same|past"


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
        return m.month(reader.year_of_unit(number, 12, 0) or now.year, number)
    if "following" in relative and reader.last_period and reader.last_period.end:
        anchor = reader.last_period.end
        return m.month(anchor.year + (number <= anchor.month), number)
    return m.month(reader.year_of_unit(number, 12) or now.year, number)


def _month(groups: Groups, reader: Reader) -> Meaning | None:
    is_dated = any(groups.get(name) for name in ("year", "short_year", "relative_year", "relative", "mod"))
    return _month_meaning(w.month_number(groups["month"] or ""), groups, reader) if is_dated or is_month_word(groups["month"] or "", reader) else None


def _month_range(groups: Groups, reader: Reader) -> Meaning | None:
    """ "January–October", "from January to July 2025", "July–March FY24"."""
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
        begins = m.month(int(groups["first_year"]) if groups.get("first_year") else year.start.year - (first > last), first, year.method)
        return _stretch(begins, ends)
    if reader.published is None:
        return m.unresolved(f"XXXX-{first:02d}/XXXX-{last:02d}")
    direction = reader.direction()
    if direction == FUTURE:
        begins_in = reader.year_of_unit(first, 12, FUTURE)
        begins = m.month(begins_in, first) if begins_in else None
        ends = begins and begins.start and m.month(begins.start.year + (first > last), last)
    else:
        ends_in = reader.year_of_unit(last, 12, direction or (PAST if count > 3 else 0))
        ends = m.month(ends_in, last) if ends_in else None
        begins = ends and ends.start and m.month(ends.start.year - (first > last), first)
    return _stretch(begins or None, ends or None)


def _stretch(begins: Meaning | None, ends: Meaning | None) -> Meaning | None:
    if begins is None or ends is None or begins.start is None or ends.end is None or begins.start > ends.end:
        return None
    return Meaning(m.interval_value(begins.start, ends.end), begins.start, ends.end, "month", "DATE", ends.method)


def _year(groups: Groups, reader: Reader) -> Meaning | None:
    number = int(groups["year"] or 0)
    if not groups.get("mod") and not is_year_number(number, reader):
        return None
    return m.year(number, "explicit")


def _year_words(groups: Groups, reader: Reader) -> Meaning | None:
    tail = w.number_of(groups["tail"] or "")
    if tail is None:
        return None
    if groups.get("thousands"):
        return m.year(2000 + int(tail or 0), "explicit")
    return m.year((1900 if (groups["head"] or "").lower() == "nineteen" else 2000) + int(tail), "explicit") if tail >= 10 else None


def _year_range(groups: Groups, reader: Reader) -> Meaning | None:
    first, written = int(groups["first"] or 0), groups["second"] or ""
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if len(written) == 2 and last == first + 1 and not groups.get("opening"):
        # "2024-25" without more is the fiscal year of a country that counts so.
        named = f.fiscal_year(first, last, reader)
        if named and named.start:
            return named
    begins, ends = m.year(first, "explicit"), m.year(last, "explicit")
    if begins is None or ends is None or last <= first or last - first > 600 or not is_year_number(first, reader):
        return None
    return m.between(begins, ends, "explicit")


def _decade(groups: Groups, reader: Reader) -> Meaning | None:
    if groups.get("name"):
        return m.decade(1900 + 10 * w.DECADES[(groups["name"] or "").lower()], "explicit")
    if groups.get("short"):
        return m.decade(1900 + int(groups["short"] or 0) if int(groups["short"] or 0) >= 30 else 2000 + int(groups["short"] or 0), "explicit")
    return m.decade(int(groups["years"] or 0), "explicit")


def _century(groups: Groups, reader: Reader) -> Meaning | None:
    words = (groups["number"] or "").lower()
    number = int(words.rstrip("stndrh")) if words[:1].isdigit() else 21 if "one" in words or "first" in words and "twenty" in words else w.ORDINALS.get(words, 0)
    return m.century(number) if 1 <= number <= 30 else None


def _quarter_number(groups: Groups) -> int:
    written = (groups.get("ordinal") or groups.get("ordinal_first") or "").lower()
    return w.ORDINALS[written] if written else int((groups.get("letter_first") or groups.get("digit_first") or "0").strip("QqHhMm"))


def _quarter(groups: Groups, reader: Reader) -> Meaning | None:
    number = _quarter_number(groups)
    number = 4 if number == -1 else number
    return _part(number, 4, groups, reader)


def _half(groups: Groups, reader: Reader) -> Meaning | None:
    number = _quarter_number(groups)
    number = 2 if number == -1 else number
    if not f.has_year(groups) and not groups.get("letter_first") and "-" not in reader.text[reader.start : reader.end] and reader.last_period is None:
        return None  # "the first half" of a match
    return _part(number, 2, groups, reader)


def _part(number: int, per_year: int, groups: Groups, reader: Reader) -> Meaning | None:
    """Return the ``number``-th quarter or half of the year the words give, or of the one the tense asks for."""
    if not 1 <= number <= per_year:
        return None
    size = 12 // per_year
    name = "Q" if per_year == 4 else "H"
    is_fiscal = bool(groups.get("is_fiscal"))
    if f.has_year(groups) or is_fiscal:
        year = f.year_of(groups, reader, is_fiscal_bare=is_fiscal and not f.has_year(groups))
        if year is None or year.start is None:
            return m.unresolved(f"XXXX-{name}{number}")
        return f.part_of(year, (number - 1) * size + 1, size)
    year_number = reader.year_of_unit(number, per_year)
    if year_number is None:
        return m.unresolved(f"XXXX-{name}{number}")
    return m.quarter(year_number, number) if per_year == 4 else m.half_year(year_number, number)


def _compact(groups: Groups, reader: Reader) -> Meaning | None:
    """ "9MFY25", "Q1FY26", "1H25"."""
    part = (groups["part"] or "").upper()
    number = int(part.strip("QHM"))
    if groups.get("bare_year"):
        year = m.year(w.full_year(int(groups["bare_year"] or 0)), "explicit")
    else:
        year = f.year_of(groups, reader)
    if year is None or number == 0:
        return None
    if "M" in part:
        return f.part_of(year, 1, number, f"P{number}M", "DURATION", "month") if 1 <= number <= 12 and year.start else m.unresolved(f"P{number}M", "DURATION")
    size = 3 if "Q" in part else 6
    if number > 12 // size:
        return None
    return f.part_of(year, (number - 1) * size + 1, size) if year.start else m.unresolved(f"XXXX-{'Q' if size == 3 else 'H'}{number}")


def _season(groups: Groups, reader: Reader) -> Meaning | None:
    code = w.SEASONS[(groups["season"] or "").lower()]
    relative = w.squeezed(groups.get("relative") or "")
    if groups.get("year"):
        return m.season(int(groups["year"] or 0), code, "explicit")
    if groups.get("relative_year"):
        found = year_of_words(groups["relative_year"] or "", reader)
        return m.season(found, code) if found else m.unresolved(f"XXXX-{code}")
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
    return reader.before().lower().rstrip().endswith((" in the", " of", " by", " since", " during", " until", " during the", " by the", " this", " until the", " for the", " in")) and word.lower() != "fall"


_ENDS = f"(?:the{w.GAP})?(?:very{w.GAP})?(?:beginning|start|end|middle|close|turn|rest|remainder|course)(?:{w.GAP}of|{w.DASH})"
_PERIOD_MOD = (
    f"(?:(?P<mod>(?:{_ENDS}|(?:early|late|mid|later|earlier|sometime|somewhat{w.GAP}later)(?:{w.GAP}in)?|(?:(?:the|its){w.GAP})?(?:first|second|latter|early|later){w.GAP}(?:half|part){w.GAP}of|"
    f"year-end|end|start|beginning))(?:{w.GAP}|{w.DASH}))?"
)
_OF_YEAR_AFTER = (
    f"(?:,?(?:{w.GAP}of)?{w.OPTIONAL_GAP}(?P<year>{w.RECENT_YEAR})|{w.OPTIONAL_GAP}['’](?P<short_year>[0-9]{{2}})"
    f"|,?{w.GAP}(?P<relative_year>(?:of{w.GAP})?(?:last|this|next|that|the{w.GAP}(?:same|previous|following|current)){w.GAP}year))?"
)
_RELATIVE = f"(?P<relative>last|past|this{w.GAP}past|next|this|this{w.GAP}coming|the{w.GAP}coming|coming|(?:the{w.GAP})?(?:current|previous|preceding|prior|following|next|same|past|last|upcoming|very{w.GAP}same)|that|that{w.GAP}same|the)"
_RELATIVE_UNIT = "(?P<unit>week|weekend|month|quarter|half|year|decade|century)"


def _unit(groups: Groups, reader: Reader) -> Meaning | None:
    """ "last week", "later this month", "the following year", "the end of the year"."""
    unit = w.squeezed(groups["unit"] or "")
    relative = w.squeezed(groups.get("relative") or "the")
    mod = w.squeezed(groups.get("mod") or "")
    has_article = relative.startswith(("the ", "that"))
    word = relative.removeprefix("the ").removeprefix("that ").removeprefix("this ")
    anchored = word in ("following", "preceding", "prior", "same", "that", "very same") or (has_article and word in ("next", "previous"))
    step = -1 if word in ("last", "previous", "preceding", "prior", "past") else 1 if word in ("next", "coming", "following", "upcoming") else 0
    if relative == "the" and not mod and unit != "weekend":
        return _bare_unit(unit, reader)
    if word == "past" or (word in ("last", "next", "coming") and relative.startswith("the ") and unit in ("decade", "century", "year", "month", "week", "quarter")):
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
    blank = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX", "year": "XXXX", "decade": "XXX", "century": "XX"}[unit]
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
            return moved and m.week(moved, method)
        if step == 0 and not anchored and base.weekday() < 5 and reader.direction() == PAST and not reader.text[reader.start : reader.end].lower().startswith("this"):
            moved = m.add_days(base, -7)
        elif step < 0 and base.weekday() >= 5:
            moved = m.add_days(base, -7)
        return moved and m.weekend(moved, method)
    if unit == "month":
        moved = m.add_months(base, step)
        return moved and m.month(moved.year, moved.month, method)
    if unit == "quarter":
        moved = m.add_months(base, 3 * step)
        return moved and m.quarter(moved.year, (moved.month + 2) // 3, method)
    if unit == "half":
        moved = m.add_months(base, 6 * step)
        return moved and m.half_year(moved.year, (moved.month + 5) // 6, method)
    if unit == "year":
        return m.year(base.year + step, method)
    if unit == "decade":
        return m.decade((base.year // 10 + step) * 10, method)
    return m.century(base.year // 100 + 1 + step, method)


_UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
_UNIT_VALUE = {"week": "P{}W", "month": "P{}M", "quarter": "P{}Q", "half": "P{}H", "year": "P{}Y", "day": "P{}D"}


def stretch_from_publication(count: int, unit: str, direction: int, reader: Reader) -> Meaning | None:
    """Return ``count`` units up to publication or from it on, as a duration with its ends."""
    value = {"decade": f"P{count * 10}Y", "century": f"P{count * 100}Y", "quarter": f"P{count * 3}M" if count > 1 else "P1Q", "weekend": f"P{count * 2}D"}.get(unit) or _UNIT_VALUE[unit].format(count)
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


def _year_end(groups: Groups, reader: Reader) -> Meaning | None:
    if groups.get("year"):
        return m.year(int(groups["year"] or 0), "explicit")
    return m.year(reader.published.year) if reader.published else m.unresolved("XXXX")


def _first_months(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the first nine months of FY25", "the last two quarters of 2025"."""
    written = w.number_of(groups["count"] or "")
    if written is None or written != int(written):
        return None
    unit = w.singular_unit(groups["unit"] or "")
    count = int(written)
    months = count * (3 if unit == "quarter" else 1)
    is_first = w.squeezed(groups["which"] or "") in ("first", "opening", "initial")
    value = f"P{months}M"
    if not 1 <= months <= 12:
        return None
    if not f.has_year(groups):
        if not is_first:
            return None
        now = reader.published
        if now is None:
            return m.unresolved(value, "DURATION")
        year = m.year(now.year if now.month > months or (now.month == months and now.day > 27) or reader.direction() == FUTURE else now.year - 1)
    else:
        year = f.year_of(groups, reader)
    if year is None or year.start is None:
        return m.unresolved(value, "DURATION")
    if unit == "quarter" and months == 6:
        return f.part_of(year, 1 if is_first else 7, 6)
    return f.part_of(year, 1 if is_first else 13 - months, months, value, "DURATION", "month")


def _first_days(groups: Groups, reader: Reader) -> Meaning | None:
    """ "the first ten days of October", "the last week of the month"."""
    count = w.number_of(groups.get("count") or "one")
    days = int(count or 0) * (7 if w.singular_unit(groups["unit"] or "") == "week" else 1)
    if groups.get("month"):
        whole = _month_meaning(w.month_number(groups["month"] or ""), groups, reader)
    else:
        step = -1 if "last" in (groups.get("month_relative") or "").lower() else 1 if "next" in (groups.get("month_relative") or "").lower() else 0
        whole = shifted_unit("month", step, False, reader)
    value = f"P{int(count or 0)}{'W' if w.singular_unit(groups['unit'] or '') == 'week' else 'D'}"
    if whole is None or whole.start is None or whole.end is None or not 0 < days <= 28:
        return m.unresolved(value, "DURATION")
    is_first = w.squeezed(groups["which"] or "") in ("first", "opening", "initial")
    if is_first:
        return Meaning(value, whole.start, whole.start + timedelta(days=days - 1), "day", "DURATION", whole.method)
    return Meaning(value, whole.end - timedelta(days=days - 1), whole.end, "day", "DURATION", whole.method)


def _week_of(groups: Groups, reader: Reader) -> Meaning | None:
    found = reader.day_of_year(w.month_number(groups["month"] or ""), w.day_number(groups["day"] or ""))
    if groups.get("year"):
        found = m.safe_date(int(groups["year"] or 0), w.month_number(groups["month"] or ""), w.day_number(groups["day"] or ""))
    return m.week(found) if found else m.unresolved("XXXX-WXX")


RULES = (
    Rule("time.month", f"{_PERIOD_MOD}(?:(?P<relative>{_MONTH_RELATIVES}){w.GAP})?(?P<month>{w.MONTH}){_OF_YEAR_AFTER}", _month),
    Rule(
        "time.month.range",
        f"(?:from{w.GAP}|between{w.GAP})?(?:(?:early|late|mid|end){w.JOIN})?(?P<month>{w.MONTH})(?:{w.GAP}(?P<first_year>{w.RECENT_YEAR}))?(?:{w.TO}|{w.AND})(?:(?:early|late|mid|end){w.JOIN})?(?P<month_after>{w.MONTH})(?:{f.OF_YEAR})?",
        lambda g, r: _month_range(g, r) if _bounds_a_stretch(g, r) else None,
    ),
    Rule("time.year", f"{_PERIOD_MOD}(?:(?:the{w.GAP})?(?:calendar{w.GAP})?year{w.GAP})?(?P<year>{w.RECENT_YEAR})(?:{w.GAP}and{w.GAP}beyond)?", _year),
    Rule("time.year.words", f"(?:(?:the{w.GAP})?year{w.GAP})?(?:(?P<thousands>two{w.GAP}thousand)(?:{w.GAP}and)?(?:{w.GAP}(?P<tail>{w.COUNT}))?)", lambda g, r: _year_thousand(g, r)),
    Rule("time.year.spoken", f"(?P<head>nineteen|twenty){w.JOIN}(?P<tail>{w.COUNT})", _year_words),
    Rule(
        "time.year.range",
        f"(?:(?P<opening>from|between){w.GAP})?(?P<first>{w.RECENT_YEAR})(?:{w.TO}|{w.AND})(?P<second>{w.RECENT_YEAR}|[0-9]{{2}})",
        lambda g, r: _year_range(g, r) if g.get("opening") or " and " not in w.squeezed(r.text[r.start : r.end]) else None,
    ),
    Rule(
        "time.decade",
        f"{_PERIOD_MOD}(?:the{w.GAP})?(?:(?:early|late|mid){w.JOIN})?(?:(?P<years>(?:1[0-9]|20)[0-9]0)(?:['’]?s)|['’‘`]?(?P<short>[3-9]0)['’]?s|(?P<name>{w._either(w.DECADES)}))",
        lambda g, r: None if g.get("short") and r.text[r.start : r.end].lstrip("'’‘`")[:1].isdigit() and r.text[r.start] not in "'’‘`" and not r.before(8).lower().endswith("the ") else _decade(g, r),
    ),
    Rule("time.century", f"{_PERIOD_MOD}(?:the{w.GAP})?(?:(?:early|late|mid){w.JOIN})?(?P<number>[0-9]{{1,2}}(?:st|nd|rd|th)|{w.ORDINAL}|twenty-?{w.OPTIONAL_GAP}first){w.JOIN}century", _century),
    Rule(
        "time.quarter",
        f"{_PERIOD_MOD}(?:(?:the|its|their|a){w.GAP})?(?:[a-z]+{w.GAP})?(?P<is_fiscal>{w.FISCAL}{w.JOIN})?(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|final|opening|closing){w.JOIN}(?:{w.FISCAL}{w.JOIN})?quarter(?:{f.OF_YEAR})?",
        _quarter,
    ),
    Rule("time.quarter.letter", f"(?-i:(?P<letter_first>Q[1-4]))(?:{f.OF_YEAR})?", _quarter),
    Rule("time.half", f"{_PERIOD_MOD}(?:(?:the|its|their){w.GAP})?(?P<is_fiscal>{w.FISCAL}{w.JOIN})?(?P<ordinal>first|second|last){w.JOIN}half(?:{w.GAP}year)?(?:{f.OF_YEAR})?", _half),
    Rule("time.half.letter", f"(?-i:(?P<letter_first>H[12]))(?:{f.OF_YEAR})", _half),
    Rule("time.compact", f"(?-i:(?P<part>[1-4]Q|[QH][1-4]|[12]H|1?[0-9]M))(?:(?P<bare_year>[0-9]{{2}})|(?:{f.OF_YEAR}))", _compact),
    Rule(
        "time.part_of_named_year",
        f"(?:the{w.GAP})?(?:(?P<year>{w.RECENT_YEAR})|(?:(?P<relative_year>last|this|next){w.GAP}year(?:'s|’s)?)){w.GAP}(?:(?P<ordinal>first|second|third|fourth|final){w.JOIN})?(?P<unit>quarter|half|period)",
        lambda g, r: _named_part(g, r),
    ),
    Rule("time.season", f"{_PERIOD_MOD}(?:(?P<relative>last|past|next|this|this{w.GAP}coming|the{w.GAP}coming){w.GAP})?(?:the{w.GAP})?(?:(?:early|late|mid){w.JOIN})?(?P<season>{w.SEASON}){_OF_YEAR_AFTER}", _season),
    Rule("time.unit", f"{_PERIOD_MOD}{_RELATIVE}{w.GAP}(?:(?:calendar|full|whole|entire){w.GAP})?{_RELATIVE_UNIT}", _unit),
    Rule("time.unit.mod_only", f"(?P<mod>(?:later|earlier|early|late){w.GAP}in){w.GAP}(?P<relative>the){w.GAP}{_RELATIVE_UNIT}", _unit),
    Rule("time.year_end", f"(?:the{w.GAP})?year(?:'s|’s)?{w.JOIN}end(?:{w.GAP}(?P<year>{w.RECENT_YEAR}))?", _year_end),
    Rule("time.months_of_year", f"(?:the{w.GAP})?(?P<which>first|opening|initial|last|final){w.GAP}(?P<count>{w.COUNT}){w.JOIN}(?P<unit>months?|quarters?)(?:{w.GAP}period)?(?:{f.OF_YEAR})?", _first_months),
    Rule(
        "time.days_of_month",
        f"(?:the{w.GAP})?(?P<which>first|opening|initial|last|final){w.GAP}(?:(?P<count>{w.COUNT}){w.JOIN})?(?P<unit>days|weeks?){w.GAP}(?:of|in){w.GAP}(?:(?P<month>{w.MONTH}){_OF_YEAR_AFTER}|(?P<month_relative>the|this|last|next){w.GAP}month)",
        _first_days,
    ),
    Rule("time.week_of", f"(?:the{w.GAP})?week{w.GAP}of{w.GAP}(?P<month>{w.MONTH}){w.GAP}(?P<day>{w.DAY_NUMBER})(?:,?{w.GAP}(?P<year>{w.RECENT_YEAR}))?", _week_of),
)


def _year_thousand(groups: Groups, reader: Reader) -> Meaning | None:
    tail = w.number_of(groups["tail"]) if groups.get("tail") else 0
    is_named = "year" in reader.text[reader.start : reader.end].lower()
    if tail is None or not 0 <= tail < 100 or (not is_named and not reader.before(4).lower().endswith("in ")):
        return None
    return m.year(2000 + int(tail), "explicit")


def _named_part(groups: Groups, reader: Reader) -> Meaning | None:
    """ "this year's third quarter", "the 1988 period" (of the figures just given)."""
    year = f.year_of(groups, reader)
    unit = (groups["unit"] or "").lower()
    if year is None or year.start is None:
        return m.unresolved("XXXX")
    ordinal = groups.get("ordinal")
    if ordinal and unit != "period":
        number = w.ORDINALS[ordinal.lower()]
        number = number if number > 0 else (4 if unit == "quarter" else 2)
        return f.part_of(year, (number - 1) * (3 if unit == "quarter" else 6) + 1, 3 if unit == "quarter" else 6)
    period = reader.last_period
    if period is None or period.start is None:
        return year if unit == "period" else None
    return m.named_by_year(m.moved_by_months(period, 12 * (year.start.year - (period.end or period.start).year)))



def _bounds_a_stretch(groups: Groups, reader: Reader) -> bool:
    """Say whether two months bound a stretch: "between March and May" does, "in March and May" names two months."""
    words = w.squeezed(reader.text[reader.start : reader.end])
    return " and " not in words or words.startswith("between")
