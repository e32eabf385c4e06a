"""The words of time as pattern fragments and as look-ups, built once from the lexicon.

Belongs here: turning ``time.toml`` and ``time_holidays.csv`` into regular-expression fragments and dictionaries. Patterns that combine
the fragments belong to the rule modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cache

from pipelines.extraction.lexicon import settings, table

_WORDS = settings("time")

MONTHS: dict[str, int] = _WORDS["months"] | _WORDS["month_abbreviations"]
WEEKDAYS: dict[str, int] = _WORDS["weekdays"] | _WORDS["weekday_abbreviations"]
NUMBERS: dict[str, int] = _WORDS["numbers"]
ORDINALS: dict[str, int] = _WORDS["ordinals"]
UNITS: dict[str, str] = _WORDS["units"]
DAY_PARTS: dict[str, str] = _WORDS["day_parts"]
SEASONS: dict[str, str] = _WORDS["seasons"]
DECADES: dict[str, int] = _WORDS["decade_names"]
PLURALS: dict[str, str] = _WORDS["irregular_unit_plurals"]
COUNTED: frozenset[str] = frozenset(_WORDS["year_refusals"]["counted"])
HOLIDAYS: dict[str, str] = {row["name"]: row["date"] for row in table("time_holidays")}
LIVES_OTHERWISE = ("march", "may", "august")  # months that lower case turns into a verb or an adjective


# One space between words, or a line break in hard-wrapped text; never a blank line.
GAP = "(?:[ \t\u00a0\u2009\u202f]{1,2}|[ \t]?\r?\n[ \t]{0,4})"
OPTIONAL_GAP = f"{GAP}?"
DASH = "[\u2010-\u2015\u2212-]"
JOIN = f"(?:{GAP}|{DASH})"  # "nine months", "nine-month"
TO = f"(?:{OPTIONAL_GAP}(?:{DASH}|/){OPTIONAL_GAP}|{GAP}(?:to|until|till|til|through|thru){GAP})"
AND = f"{GAP}(?:and|&){GAP}"


def either(words: Iterable[str], ignore_case: bool = True) -> str:
    """Return the pattern of any of ``words``, the longest first."""
    body = "|".join(re.escape(word).replace(r"\ ", GAP) for word in sorted(words, key=len, reverse=True))
    return f"(?:{body})" if ignore_case else f"(?-i:{body})"


def _cased(words: Iterable[str]) -> list[str]:
    return [form for word in words for form in (word.capitalize(), word.upper())]


MONTH = (
    "(?:"
    + either(_cased(_WORDS["months"]) + [word for word in _WORDS["months"] if word not in LIVES_OTHERWISE], ignore_case=False)
    + "|"
    + either(_cased(_WORDS["month_abbreviations"]), ignore_case=False)
    + r"\b\.?)"
)
WEEKDAY = either(_WORDS["weekdays"])
WEEKDAY_OR_SHORT = f"(?:{WEEKDAY}|" + either(_cased(_WORDS["weekday_abbreviations"]), ignore_case=False) + r"\b\.?)"
DAY_NUMBER = r"(?:(?:3[01]|[12][0-9]|0?[1-9])(?:st|nd|rd|th)?)"
YEAR = r"(?:(?:1[0-9]|20|21)[0-9]{2})"
RECENT_YEAR = r"(?:(?:1[5-9]|20|21)[0-9]{2})"
ORDINAL = either(ORDINALS)
_NUMBER_WORD = either(word for word in NUMBERS if word not in ("a", "an"))
COUNT = (
    r"(?:[0-9]{1,4}(?:[.,][0-9]{1,3})?(?:" + GAP + r"1/2)?"
    r"|(?:an?" + JOIN + r")?" + _NUMBER_WORD + r"(?:" + JOIN + r"(?:and" + GAP + r")?" + _NUMBER_WORD + r"){0,3}"
    r"|an?(?:" + GAP + r"couple(?:" + GAP + r"of)?)?|half" + JOIN + r"an?)"
)
VAGUE_COUNT = r"(?:several|some|many|numerous|countless|dozens of|(?:just |only |quite )?an? few|few|multiple)"
UNIT = r"(?:second|minute|hour|day|night|week|fortnight|month|quarter|year|decade)"
UNITS_PLURAL = r"(?:seconds|minutes|hours|days|nights|weeks|fortnights|months|quarters|years|decades|centuries)"
ANY_UNIT = f"(?:{UNITS_PLURAL}|{UNIT}|century)"
DAY_PART = r"(?:morning|afternoon|evening|night|lunchtime|noon|midday|midnight|dawn|dusk)"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
HOLIDAY = either(HOLIDAYS)
CLOCK = (
    r"(?:(?:[01]?[0-9]|2[0-3])(?:[:.][0-5][0-9](?::[0-5][0-9])?)?" + OPTIONAL_GAP + r"[ap](?:\.m\.?|m)"
    r"|(?:[01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9])?(?:" + OPTIONAL_GAP + r"(?:hrs|hours|h))?"
    r"|[0-2][0-9][0-5][0-9]" + GAP + r"(?:hrs|hours|GMT|UTC)"
    r"|(?:noon|midnight|midday))"
)
ZONE = r"(?-i:(?:[A-Z]{1,4}T|GMT|UTC|ET|PT|CT|IST|PKT|WIB)\b(?:[+-][0-9]{1,2})?|local time)"
FISCAL = r"(?:fiscal|financial)"
APPROXIMATELY = (
    "(?:(?:nearly|almost|about|around|some|roughly|approximately|just|over|under|only|exactly|another"
    f"|(?:more|less|fewer|no{GAP}more){GAP}than|at{GAP}(?:least|most)|up{GAP}to|as{GAP}many{GAP}as|well{GAP}over|an{GAP}additional){GAP})?"
)
WEEKDAYS_BY_PLURAL = frozenset(f"{word}s" for word in _WORDS["weekdays"])
WEEKDAYS_PLURAL = either(WEEKDAYS_BY_PLURAL)

_PLACEHOLDER = re.compile(r"\{([A-Z_]+)\}")
_FRAGMENTS = {name: value for name, value in globals().items() if name.isupper() and isinstance(value, str)}


def pattern(shorthand: str, **own: str) -> str:
    """Return the regular expression that ``shorthand`` stands for.

    A space is a gap between words (a line break or a no-break space too), ``~`` a gap or a dash, ``{NAME}`` a fragment of this module
    or one of ``own``. Line breaks and indents of the shorthand itself mean nothing.
    """
    spaced = re.sub(r"\n[ ]*", "", shorthand).replace(" ", GAP).replace("~", JOIN)
    return _PLACEHOLDER.sub(lambda found: own.get(found.group(1)) or _FRAGMENTS[found.group(1)], spaced)


@cache
def singular_unit(word: str) -> str:
    word = word.lower()
    return PLURALS.get(word) or (word[:-1] if word.endswith("s") else word)


def month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")]


def weekday_number(word: str) -> int:
    """Return 0 for Monday to 6 for Sunday."""
    return WEEKDAYS[word.lower().rstrip(".")] - 1


def day_number(word: str) -> int:
    return int(re.match(r"\d+", word).group())  # type: ignore[union-attr]


_SPACES = re.compile(r"[\s\u00a0\u2009\u202f]+")


def squeezed(words: str) -> str:
    """Return ``words`` in lower case with single spaces."""
    return _SPACES.sub(" ", words.lower()).strip()


def number_of(words: str) -> float | None:
    """Return the value of a count in digits or words: "two", "twenty-four", "2 1/2", "a hundred", "a couple of"; None if it has none."""
    text = squeezed(words).replace("-", " ")
    if text.startswith("half a"):
        return 0.5
    if "couple" in text:
        return 2
    if text[:1].isdigit():
        first, _, rest = text.partition(" ")
        if re.fullmatch(r"\d{1,3},\d{3}", first):
            return float(first.replace(",", ""))
        try:
            return float(first.replace(",", ".")) + (0.5 if rest == "1/2" else 0)
        except ValueError:
            return None
    total, current = 0, 0
    for word in text.split():
        if word == "and" or (word in ("a", "an") and " " in text):
            continue
        value = NUMBERS.get(word)
        if value is None:
            return None
        if value == 100:
            current = max(current, 1) * 100
        elif value == 1000:
            total, current = total + max(current, 1) * 1000, 0
        else:
            current += value
    return total + current


def full_year(two_digits: int) -> int:
    """Return the year news means by "'84" or "FY25": up to 2050 this century, above it the last."""
    return two_digits + (2000 if two_digits <= 50 else 1900)


def _easter(year: int) -> date:
    # The anonymous Gregorian computus.
    a, b, c = year % 19, year // 100, year % 100
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day_ = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day_ + 1)


def holiday_in(name: str, year: int) -> date | None:
    """Return the date of a holiday in a year, None for one whose date is not computed."""
    rule = HOLIDAYS[squeezed(name)]
    if not rule or not 1600 <= year <= 9000:
        return None
    if rule.startswith("easter"):
        return _easter(year) + timedelta(days=int(rule[6:]))
    if " " in rule:
        nth, month, weekday = (int(part) for part in rule.split())
        if nth < 0:
            last = date(year, month + 1, 1) - timedelta(days=1)
            return last - timedelta(days=(last.weekday() - weekday + 1) % 7)
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - 1 - first.weekday()) % 7 + 7 * (nth - 1))
    month, day_ = (int(part) for part in rule.split("-"))
    return date(year, month, day_)
