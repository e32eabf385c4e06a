"""Rules for years and what is cut from them: quarters, halves, "the first nine months of", decades, centuries."""

from __future__ import annotations

from pipelines.extraction.annotators.times import fiscal as f
from pipelines.extraction.annotators.times import meaning as m
from pipelines.extraction.annotators.times import words as w
from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning
from pipelines.extraction.annotators.times.period_rules import WHERE, WHERE_IN_YEAR
from pipelines.extraction.annotators.times.rule import Groups, Resolver, Rule
from pipelines.extraction.annotators.times.tense import FUTURE
from pipelines.extraction.annotators.times.validity import is_year_number


def _year(groups: Groups, reader: Reader) -> Meaning | None:
    number = int(groups["year"] or 0)
    if not groups.get("mod") and not is_year_number(number, reader):
        return None
    return m.year(number, "explicit")


def _year_words(groups: Groups, reader: Reader) -> Meaning | None:
    tail = w.number_of(groups["tail"] or "")
    if tail is None:
        return None
    return m.year((1900 if (groups["head"] or "").lower() == "nineteen" else 2000) + int(tail), "explicit") if tail >= 10 else None


def _year_thousand(groups: Groups, reader: Reader) -> Meaning | None:
    tail = w.number_of(groups["tail"] or "") if groups.get("tail") else 0
    is_named = "year" in reader.words().lower()
    if tail is None or not 0 <= tail < 100 or (not is_named and not reader.before(4).lower().endswith("in ")):
        return None
    return m.year(2000 + int(tail), "explicit")


def _year_range(groups: Groups, reader: Reader) -> Meaning | None:
    if not groups.get("opening") and " and " in w.squeezed(reader.words()):
        return None  # "2014 and 2024" are two years
    first, written = int(groups["first"] or 0), groups["second"] or ""
    last = int(written) if len(written) == 4 else first - first % 100 + int(written)
    if len(written) == 2 and last == first + 1:
        # "2024-25" without more is the fiscal year of a country that counts so.
        named = f.fiscal_year(first, last, reader)
        if named and named.start:
            return named
    begins, ends = m.year(first, "explicit"), m.year(last, "explicit")
    if begins is None or ends is None or last <= first or last - first > 600 or not is_year_number(first, reader):
        return None
    return m.between(begins, ends, "explicit")


def _decade(groups: Groups, reader: Reader) -> Meaning | None:
    if groups.get("short") and reader.words()[0].isdigit() and not reader.before(8).lower().endswith("the "):
        return None  # "in his 80s"
    if groups.get("name"):
        return m.decade(1900 + 10 * w.DECADES[(groups["name"] or "").lower()], "explicit")
    if groups.get("short"):
        return m.decade(
            1900 + int(groups["short"] or 0) if int(groups["short"] or 0) >= 30 else 2000 + int(groups["short"] or 0), "explicit"
        )
    return m.decade(int(groups["years"] or 0), "explicit")


def _century(groups: Groups, reader: Reader) -> Meaning | None:
    words = (groups["number"] or "").lower()
    number = (
        int(words.rstrip("stndrh"))
        if words[:1].isdigit()
        else 21
        if "one" in words or ("first" in words and "twenty" in words)
        else w.ORDINALS.get(words, 0)
    )
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
    if not f.has_year(groups) and not groups.get("letter_first") and "-" not in reader.words() and reader.last_period is None:
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
    written = groups.get("bare_year")
    year = m.year(w.full_year(int(written)), "explicit") if written else f.year_of(groups, reader)
    if year is None or number == 0:
        return None
    if "M" in part:
        return (
            f.part_of(year, 1, number, f"P{number}M", "DURATION", "month")
            if 1 <= number <= 12 and year.start
            else m.unresolved(f"P{number}M", "DURATION")
        )
    size = 3 if "Q" in part else 6
    if number > 12 // size:
        return None
    return f.part_of(year, (number - 1) * size + 1, size) if year.start else m.unresolved(f"XXXX-{'Q' if size == 3 else 'H'}{number}")


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
    is_first = w.squeezed(groups.get("which") or "first") in ("first", "opening", "initial")
    value = f"P{months}M"
    if not 1 <= months <= 12:
        return None
    if not f.has_year(groups):
        if not is_first:
            return None
        now = reader.published
        if now is None:
            return m.unresolved(value, "DURATION")
        year = m.year(
            now.year if now.month > months or (now.month == months and now.day > 27) or reader.direction() == FUTURE else now.year - 1
        )
    else:
        year = f.year_of(groups, reader)
    if year is None or year.start is None:
        return m.unresolved(value, "DURATION")
    if unit == "quarter" and months == 6:
        return f.part_of(year, 1 if is_first else 7, 6)
    return f.part_of(year, 1 if is_first else 13 - months, months, value, "DURATION", "month")


_PARTS = {
    "WHERE": WHERE,
    "WHERE_IN_YEAR": WHERE_IN_YEAR,
    "OF_YEAR": f.OF_YEAR,
    "EARLY": w.pattern("(?:(?:early|late|mid)~)?"),
    "DECADE_NAME": w.either(w.DECADES),
    "QUARTER_ORDINAL": "(?P<ordinal>first|second|third|fourth|1st|2nd|3rd|4th|final|opening|closing)",
}


def _rule(rule_id: str, shorthand: str, resolve: Resolver) -> Rule:
    return Rule(rule_id, w.pattern(shorthand, **_PARTS), resolve)


RULES = (
    # 2025; the year 2000; late 2024; end-2026
    _rule("time.year", "{WHERE_IN_YEAR}(?:(?:the )?(?:calendar )?year )?(?P<year>{RECENT_YEAR})(?: and beyond)?", _year),
    # the year two thousand (and one)
    _rule("time.year.words", "(?:(?:the )?year )?two thousand(?: and)?(?: (?P<tail>{COUNT}))?", _year_thousand),
    # nineteen ninety-six
    _rule("time.year.spoken", "(?P<head>nineteen|twenty)~(?P<tail>{COUNT})", _year_words),
    # 2026-2030; from 2014 to 2024; 2024-25
    _rule(
        "time.year.range",
        "(?:(?P<opening>from|between) )?(?P<first>{RECENT_YEAR})(?:{TO}|{AND})(?P<second>{RECENT_YEAR}|[0-9]{2})",
        _year_range,
    ),
    # the 1990s; the early '80s; the nineties
    _rule(
        "time.decade",
        "{WHERE}(?:the )?{EARLY}(?:(?P<years>(?:1[0-9]|20)[0-9]0)['’]?s|['’‘`]?(?P<short>[3-9]0)['’]?s|(?P<name>{DECADE_NAME}))",
        _decade,
    ),
    # the 20th century
    _rule("time.century", "{WHERE}(?:the )?{EARLY}(?P<number>[0-9]{1,2}(?:st|nd|rd|th)|{ORDINAL}|twenty-? ?first)~century", _century),
    # the third quarter; the fiscal first quarter; the first quarter of FY26
    _rule(
        "time.quarter",
        r"""
        {WHERE}(?:(?:the|its|their|a) )?(?:[a-z]+ )?(?P<is_fiscal>{FISCAL}~)?{QUARTER_ORDINAL}~(?:{FISCAL}~)?quarter
        (?: \(Q[1-4]\))?(?:{OF_YEAR})?
        """,
        _quarter,
    ),
    # Q3; Q3 2025; Q1 FY26
    _rule("time.quarter.letter", "(?-i:(?P<letter_first>Q[1-4]))(?:{OF_YEAR})?", _quarter),
    # the second half of 2026
    _rule(
        "time.half",
        "{WHERE}(?:(?:the|its|their) )?(?P<is_fiscal>{FISCAL}~)?(?P<ordinal>first|second|last)~half(?: year)?(?:{OF_YEAR})?",
        _half,
    ),
    # H1 2024
    _rule("time.half.letter", "(?-i:(?P<letter_first>H[12]))(?:{OF_YEAR})", _half),
    # 9MFY25; 1H25; 4QFY24
    _rule("time.compact", "(?-i:(?P<part>[1-4]Q|[QH][1-4]|[12]H|1?[0-9]M))(?:(?P<bare_year>[0-9]{2})|(?:{OF_YEAR}))", _compact),
    # this year's third quarter; the 1988 period
    _rule(
        "time.part_of_named_year",
        """
        (?:the )?(?:(?P<year>{RECENT_YEAR})|(?P<relative_year>last|this|next) year(?:['’]s)?)
        (?: (?P<ordinal>first|second|third|fourth|final))?~(?P<unit>quarter|half|period)
        """,
        _named_part,
    ),
    # year-end 2025
    _rule("time.year_end", "(?:the )?year(?:['’]s)?~end(?: (?P<year>{RECENT_YEAR}))?", _year_end),
    # the first nine months of FY25; the last two quarters of 2025
    _rule(
        "time.months_of_year",
        "(?:the )?(?P<which>first|opening|initial|last|final) (?P<count>{COUNT})~(?P<unit>months?|quarters?)(?: period)?(?:{OF_YEAR})?",
        _first_months,
    ),
    # nine months of this year
    _rule(
        "time.months_counted_of_year",
        "(?:(?:over|for|during) (?:the )?)?(?P<count>{COUNT}) (?P<unit>months) of "
        "(?:(?P<year>{RECENT_YEAR})|(?P<relative_year>this|last) year)",
        _first_months,
    ),
)
