"""Dates of publication: from a field, from the header, from a "Published" line, from an address.

A date is taken as it is written, in the zone it is written in: it never slips a day. Dates of events inside the text do not belong here.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from pipelines.readers.source import shown

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b[.,]?\s+)"

_WRITTEN = rf"""
    (?P<iso_y>\d{{4,6}}) [-/.] (?P<iso_m>\d{{1,2}}) [-/.] (?P<iso_d>\d{{1,2}}) (?!\d)
  | (?P<basic_y>\d{{4}}) (?P<basic_m>\d\d) (?P<basic_d>\d\d) (?!\d)
  | (?P<dm_d>\d{{1,2}}) (?:st|nd|rd|th)? [\s\-./,]* (?:of\s+)? (?P<dm_m>{MONTH}) [\s\-./,]* (?P<dm_y>\d{{4,6}}|\d\d) (?!\d|:)
  | (?P<md_m>{MONTH}) [\s\-.]* (?P<md_d>\d{{1,2}}) (?:st|nd|rd|th)? [\s\-.,]+ (?P<md_y>\d{{4,6}}) (?!\d)
  | (?P<n_a>\d{{1,2}}) [/.-] (?P<n_b>\d{{1,2}}) [/.-] (?P<n_y>\d{{4,6}}|\d\d) (?!\d)
"""
_WRITTEN_DATE = re.compile(_WRITTEN, re.VERBOSE | re.IGNORECASE)
_FIELD = re.compile(rf"\W*(?:{WEEKDAY})?(?:{_WRITTEN})", re.VERBOSE | re.IGNORECASE)
_LATER_IN_FIELD = re.compile(rf"(?<![\d/.-])(?:{_WRITTEN})", re.VERBOSE | re.IGNORECASE)
# asctime and Unix's date: "Tue Sep  9 10:15:00 2025", "Tue Sep 9 10:15:00 UTC 2025"
_CLOCK_BEFORE_YEAR = re.compile(
    rf"\W*{WEEKDAY}(?P<m>{MONTH})\s+(?P<d>\d{{1,2}})\s+\d\d?:\d\d(?::\d\d)?\s+(?:[A-Z+\-\d:]+\s+)?(?P<y>\d{{4}})\b", re.I
)

_HEADER = re.compile(r"[\ufeff\s]*date[ \t]+(\d[\d\-/.]*\d)(?=\s|$)[ \t]*\r?\n?")
_PUBLISHED = re.compile(
    rf"""\W*(?:(?P<first>(?:first\s+)?(?:published|posted|created|released|issued|publication\s+date|release\s+date|date\s+of\s+(?:publication|issue)
        |press\s+release\s+date|date)) | (?P<later>(?:last\s+)?(?:updated|modified|last\s+update)))
        (?:\s+(?:on|at)\b)? (?:\s+by\s[^:|\d]{{1,40}}?(?:\s+on\b|,|\|))? \s*[:,|–—-]?\s*
        (?:{WEEKDAY})? (?P<date>{_WRITTEN}) (?P<rest>.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_DATE_ALONE = re.compile(
    rf"\W*(?:{WEEKDAY})?(?P<date>{_WRITTEN})(?:[\s,|–—@-]*(?:at\s+)?\d{{1,2}}[:.]\d\d(?:[:.]\d\d)?(?:\s*[ap]\.?m\.?)?)?(?:\s+\(?[A-Z]{{2,4}}\)?)?\W*",
    re.VERBOSE | re.IGNORECASE,
)
_IN_ADDRESS = re.compile(
    rf"""[/=_-] (?P<y>(?:19|20)\d\d) [/-]?
        (?P<m>0[1-9]|1[0-2]|(?<=/)(?:{MONTH}|[1-9])(?=[/-])) [/-]?
        (?P<d>[0-2]\d|3[01]|(?<=[/-])[1-9](?=[/-]|$)) (?=[/\-_.?&\#]|$)""",
    re.VERBOSE | re.IGNORECASE,
)
_OLDEST = date(1700, 1, 1)


@dataclass(frozen=True, slots=True)
class BadDate:
    """A date that cannot be taken. ``is_explicit``: it is a date, but none that anything was published on."""

    problem: str
    is_explicit: bool


def read_date(value: object, today: date, order: str | None = None) -> date | BadDate | None:
    """Return the day that a field names, as written; None for an empty field.

    ``order`` ("dmy" or "mdy") decides 03/04/2025; without it such a date is bad. Numbers are seconds, milliseconds, micro- or nanoseconds
    since 1970, or YYYYMMDD.
    """
    if value is None or value is False or value is True:
        return None
    if isinstance(value, datetime):
        return plausible(value.year, value.month, value.day, today)
    if isinstance(value, date):
        return plausible(value.year, value.month, value.day, today)
    if isinstance(value, (int, float)):
        return _from_number(value, today)
    text = str(value)[:200].strip()
    if not text or text.lower() in ("null", "none", "nan", "nat", "n/a", "na", "-", "unknown"):
        return None
    if found := _CLOCK_BEFORE_YEAR.match(text):
        return plausible(int(found["y"]), month_number(found["m"]), int(found["d"]), today)
    found = _FIELD.match(text) or _LATER_IN_FIELD.search(text)
    if found and not (found.lastgroup and text[found.end() :][:1].isdigit()):
        return _resolved(found, today, order)
    if re.fullmatch(r"-?\d{9,19}(?:\.\d*)?", text):
        return _from_number(float(text), today)
    return BadDate(f"has the date {shown(text)}, which names no day; write it as YYYY-MM-DD", is_explicit=False)


def plausible(year: int, month: int, day: int, today: date) -> date | BadDate:
    """Return the day if something can have been published on it, as of ``today``."""
    written = f"{year:04}-{month:02}-{day:02}"
    if year > 9999:
        return BadDate(f"has a date in the year {year} ({written}); correct it", is_explicit=True)
    try:
        day_meant = date(year, month, day)
    except ValueError:
        return BadDate(f"has the date {written}, a day that no calendar has; correct it", is_explicit=True)
    if day_meant > today + timedelta(days=1):
        return BadDate(f"has the date {written}, which is still to come; correct it, or the clock of this machine", is_explicit=True)
    if day_meant < _OLDEST:
        return BadDate(f"has the date {written}, before there were newspapers; correct it", is_explicit=True)
    return day_meant


def _from_number(value: float, today: date) -> date | BadDate | None:
    if value != value or value in (float("inf"), float("-inf"), 0):
        return None
    if 17_000_101 <= value <= 99_991_231 and value == int(value):
        number = int(value)
        return plausible(number // 10_000, number // 100 % 100, number % 100, today)
    for unit in (1, 1_000, 1_000_000, 1_000_000_000):
        if abs(value) / unit < 100_000_000_000:
            break
    seconds = value / unit
    if not 1_000_000 <= abs(seconds) <= 250_000_000_000:
        return BadDate(f"has the date {shown(value)}, which names no day; write it as YYYY-MM-DD", is_explicit=False)
    meant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
    return plausible(meant.year, meant.month, meant.day, today)


def month_number(name: str) -> int:
    """Return the number of a month by its English name or abbreviation."""
    return _MONTHS.index(name[:3].lower()) + 1


def _resolved(found: re.Match[str], today: date, order: str | None) -> date | BadDate:
    part = found.groupdict()
    if part["iso_y"]:
        return plausible(int(part["iso_y"]), int(part["iso_m"]), int(part["iso_d"]), today)
    if part["basic_y"]:
        return plausible(int(part["basic_y"]), int(part["basic_m"]), int(part["basic_d"]), today)
    if part["dm_m"]:
        return plausible(_full_year(part["dm_y"], today), month_number(part["dm_m"]), int(part["dm_d"]), today)
    if part["md_m"]:
        return plausible(int(part["md_y"]), month_number(part["md_m"]), int(part["md_d"]), today)
    first, second = int(part["n_a"]), int(part["n_b"])
    year = _full_year(part["n_y"], today)
    if first > 12 or first == second:
        return plausible(year, second, first, today)
    if second > 12:
        return plausible(year, first, second, today)
    if order is None:
        problem = f'has the date {shown(found[0].strip())}, day or month first?; say order = "dmy" or "mdy" in columns.toml beside the file'
        return BadDate(problem, is_explicit=False)
    return plausible(year, *((second, first) if order == "dmy" else (first, second)), today)


def _full_year(digits: str, today: date) -> int:
    if len(digits) > 2:
        return int(digits)
    year = 2000 + int(digits)
    return year if year <= today.year + 1 else year - 100


def order_of(value: object) -> str | None:
    """Return "dmy" or "mdy" where a numeric date shows it by a day above 12."""
    found = re.match(r"\W*(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}\b", value) if isinstance(value, str) else None
    if not found:
        return None
    first, second = int(found[1]), int(found[2])
    if 12 < first <= 31 and second <= 12:
        return "dmy"
    return "mdy" if 12 < second <= 31 and first <= 12 else None


# ------------------------------------------------------------------------------------------------ in the text


def split_header(text: str, today: date) -> tuple[date | BadDate | None, str]:
    """Return the date of the `` date YYYY-MM-DD `` header, and the text without it."""
    found = _HEADER.match(text)
    if not found:
        return None, text
    parts = re.fullmatch(r"(\d{4,6})-(\d{1,2})-(\d{1,2})", found[1])
    if parts:
        return plausible(int(parts[1]), int(parts[2]), int(parts[3]), today), text[found.end() :]
    problem = f"has the header date {shown(found[1])}, which names no day; write it as YYYY-MM-DD"
    return BadDate(problem, is_explicit=True), text[found.end() :]


def published_line(text: str, today: date) -> date | BadDate | None:
    """Return the date of a "Published …", "Posted On: …" or "Date: …" line, or of a line that is a date, near the text's top or end."""
    lines = [line.strip() for line in text[:3000].split("\n") if line.strip()][:14]
    if len(text) > 3000:
        lines += [line.strip() for line in text[-600:].split("\n")[1:] if line.strip()][-4:]
    updated = alone = None
    for number, line in enumerate(lines):
        if len(line) > 140 or not any(character.isdigit() for character in line):
            continue
        stated = [found for part in line.split("|") if (found := _PUBLISHED.match(part)) and len(found["rest"]) <= 70]
        if first := next((found for found in stated if found["first"]), None):
            return _day_of(first["date"], today)
        if stated:
            updated = updated or _day_of(stated[0]["date"], today)
        elif alone is None and number < 8 and (found := _DATE_ALONE.fullmatch(line)):
            alone = _day_of(found["date"], today)
    return alone or updated


def _day_of(words: str, today: date) -> date | BadDate | None:
    found = _WRITTEN_DATE.match(words)
    # A line's day and month are read in the order of most of the world; a field's would have to say.
    return _resolved(found, today, "dmy") if found else None


def date_in_address(url: str | None, today: date) -> date | None:
    """Return the day that an address carries ("/2025/09/09/", "-20250909"), None if it carries none."""
    for found in _IN_ADDRESS.finditer(url[:2000]) if url else ():
        month = found["m"]
        day = plausible(int(found["y"]), int(month) if month.isdigit() else month_number(month), int(found["d"]), today)
        if isinstance(day, date):
            return day
    return None


def nearest_year(month: int, day: int, near: date) -> date | None:
    """Return the day of that month and day closest to ``near`` but hardly after it: a file is as old as its story, or younger."""
    candidates = []
    for year in (near.year - 1, near.year, near.year + 1):
        try:
            candidates.append(date(year, month, day))
        except ValueError:
            continue
    earlier = [candidate for candidate in candidates if candidate <= near + timedelta(days=7)]
    return min(earlier, key=lambda candidate: abs((candidate - near).days), default=None)
