"""Datelines: "BAKU, September 9 (Agency) – …" as place, agency and day.

Only the line that opens a news story belongs here; places and days inside the story do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from pipelines.readers.dates import MONTH, WEEKDAY, BadDate, month_number, nearest_year, plausible
from pipelines.readers.words import words

_WORD = r"(?:(?:St|Mt|Ft|ST|MT|FT)\.|[A-ZÀ-ÖØ-ÞĀ-Ž][\w'’ʻ`]*+(?:\.[A-Z]\.?)*+)"
_PLACE = rf"{_WORD}(?:[ \-](?:(?:de|da|do|del|dos|di|of|the|la|le|el|al|au|and|upon|on|am|sur)[ \-])?{_WORD}){{0,3}}"
_DAY = rf"(?:{WEEKDAY})?(?:(?i:{MONTH})\s?\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?\s(?i:{MONTH})),?(?:\s\d{{4,6}}\b)?"
_DATELINE = re.compile(
    rf"""(?P<place>{_PLACE})?
    (?P<region>(?:[,/]\s?(?!(?i:{MONTH})){_PLACE}){{0,2}})
    (?P<date>[.,:]?\s?(?:{_DAY}))?
    [.,]?\s*
    (?P<agency>\((?:[^()\n]{{2,40}}[ ]-[ ](?P<date3>{_DAY})[ ]?|[^()\n]{{2,60}})\)|/[A-Z][^/\n]{{1,30}}/|\[[A-Z][^\]\n]{{1,30}}\])?
    (?P<date2>[.,]?\s?(?:{_DAY}))?
    \s?(?P<mark>--+|[-–—_:.]|(?<=[./])|(?(date3)|(?!)))
    (?:\s+(?P<credit>[A-Z][\w.]{{2,20}}):)?
    \s+(?=\S)""",
    re.VERBOSE,
)
_DAY_PARTS = re.compile(
    rf"(?:(?P<m1>{MONTH})\s?(?P<d1>\d{{1,2}})|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{MONTH}))\D*(?P<y>\d{{4,6}})?", re.I
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """Where and when a story was filed, and by which agency, as its first line says. ``has_year``: the day is written in full."""

    place: str | None
    agency: str | None
    day: date | BadDate | None
    has_year: bool


def find_dateline(body: str, near: date, today: date) -> Dateline | None:
    """Return the dateline of a story, found at the start of one of its first paragraphs; a year left out is taken nearest to ``near``."""
    start = 0
    for _ in range(5):
        end = body.find("\n", start)
        paragraph = body[start : end if 0 <= end < start + 200 else start + 200]
        if paragraph and (found := _DATELINE.match(paragraph)) and (dateline := _understood(found, near, today)):
            return dateline
        if end < 0:
            return None
        start = end + 1
    return None


def _understood(found: re.Match[str], near: date, today: date) -> Dateline | None:
    place = found["place"]
    signed = found["agency"] or found["credit"]
    agency = _agency(signed.partition(" - ")[0] if found["date3"] else signed)
    written_day = found["date"] or found["date2"] or found["date3"]
    if place and (place.upper() in words("not_places") or place.split()[0].upper() in words("not_places")):
        return None
    if not (agency or written_day) and not (place and _stands_alone(place, found["mark"], found.string[found.end()])):
        return None
    if not place and not (agency and agency.upper() in words("agencies")):
        return None
    day, has_year = _day(written_day, near, today)
    return Dateline(_in_title_case(place), agency, day, has_year)


def _stands_alone(place: str, mark: str, first_letter: str) -> bool:
    """Say whether a place opens the story without day or agency: "GENEVA: The", "DODOMA. The", "Hanoi – The"."""
    if first_letter.islower() or len(place) < 3 or len(place.split()) > 4:
        return False
    if mark in (".", ""):
        return place.isupper() and "." not in place
    return place.isupper() or mark in ("–", "—", "--")


def _agency(text: str | None) -> str | None:
    name = (text or "").strip("()/[] :")
    return name if name and not any(character.isdigit() for character in name) else None


def _day(text: str | None, near: date, today: date) -> tuple[date | BadDate | None, bool]:
    found = _DAY_PARTS.search(text) if text else None
    if not found:
        return None, False
    month = month_number(found["m1"] or found["m2"])
    number = int(found["d1"] or found["d2"])
    if found["y"]:
        return plausible(int(found["y"]), month, number, today), True
    return nearest_year(month, number, near), False


def _in_title_case(place: str | None) -> str | None:
    if place and place.isupper() and len(place) > 3:
        return re.sub(r"[^\W\d_]+", lambda word: word[0].capitalize(), place).replace("’S", "’s").replace("'S", "'s")
    return place
