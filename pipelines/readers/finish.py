"""From what a format gives to a finished document: date, headline, dateline, language, or a refusal.

Belongs here: everything that is the same for all formats. Does not belong here: parsing of any one of them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from pipelines.readers.datelines import Dateline, find_dateline
from pipelines.readers.dates import BadDate, date_in_address, published_line, read_date, split_header
from pipelines.readers.languages import language_of
from pipelines.readers.model import Document, Rejection, normalised
from pipelines.readers.source import MEGABYTE, Source
from pipelines.readers.tidy import clean, paragraphs_apart, without_entities, words_of
from pipelines.readers.words import host_of, known_publisher, words

_SENTENCE_END = re.compile(r"[.!?:;,…][\"'”’»)\]]*$")
_BYLINE = re.compile(r"(?:By|BY)\s+(?P<name>[A-ZÀ-Ž][\w.'’-]+(?:[ ][\w.'’-]+){1,5}|(?:Our|Staff)\s[\w ]{3,40})$")


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as its format gives it.

    ``dates`` are pairs of method and value, the most trusted first; ``late_dates`` count only where the text and the address give none,
    and before the file's own time. ``part`` is the line or entry it came from. ``order`` says whether
    numeric dates have the day or the month first. ``is_plain``: nothing but text is known, so the headline is looked for in it.
    ``must_be_dated``: the file's own time says nothing about this document.
    """

    text: str
    title: str | None = None
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    dates: tuple[tuple[str, object], ...] = ()
    late_dates: tuple[tuple[str, object], ...] = ()
    modified: object = None
    language: str | None = None
    part: str | None = None
    order: str | None = None
    is_plain: bool = False
    must_be_dated: bool = False


def finished(draft: Draft, source: Source) -> Document | Rejection:
    """Return the document that ``draft`` amounts to, or why it is none."""
    if len(draft.text) > source.limits.text:
        problem = f"holds {len(draft.text):,} characters, more than the {source.limits.text // MEGABYTE} MB of one article; split it"
        return source.refuse("too_large", problem, draft.part)
    header, text = split_header(draft.text, source.today)
    text = paragraphs_apart(clean(text))
    title = one_line(draft.title)
    if draft.is_plain and title is None:
        title = _headline_of(text)
    if not any(character.isalnum() for character in text[:1000]) and not any(character.isalnum() for character in text):
        if not title:
            return source.refuse("empty", "holds no text; remove it, or put the article into it", draft.part)
        text = ""
    dateline = find_dateline(text, source.modified.date(), source.today)
    dated = _date_of(draft, header, text, dateline, source)
    if isinstance(dated, BadDate):
        return source.refuse("bad_date" if dated.is_explicit else "unreadable_date", dated.problem, draft.part)
    if dated is None:
        problem = 'has no date of publication; add one (a published field, or a first line "date YYYY-MM-DD")'
        return source.refuse("no_date", problem, draft.part)
    body = _with_headline(title, text)
    published_on, method = dated
    agency = dateline.agency if dateline else None
    return Document(
        source_path=source.source_path,
        member=source.within(draft.part) if draft.part else source.member,
        title=title,
        publisher=_publisher_of(draft, agency),
        author=one_line(draft.author) or _author_of(text),
        url=_address(draft.url),
        published_on=published_on,
        published_on_method=method,
        modified_at=_moment(draft.modified),
        language=language_of(text, draft.language),
        word_count=words_of(body),
        dateline_place=dateline.place if dateline else None,
        dateline_agency=agency,
        body=body,
    )


def one_line(text: object, longest: int = 500) -> str | None:
    """Return a field as one clean line, None where it is empty."""
    if not isinstance(text, str):
        return None
    line = " ".join(clean(without_entities(text[: longest * 4])).split())
    return line[:longest].rstrip() or None


# ------------------------------------------------------------------------------------------------ the date


def _date_of(
    draft: Draft, header: date | BadDate | None, text: str, dateline: Dateline | None, source: Source
) -> tuple[date, str] | BadDate | None:
    """Return the day of publication and what gave it, the header before all; a date that is plainly wrong is not passed over."""
    if header is not None:
        return (header, "header") if isinstance(header, date) else header
    unreadable: BadDate | None = None
    for method, value in draft.dates:
        day = read_date(value, source.today, draft.order)
        if isinstance(day, date):
            return day, method
        if day is not None and (unreadable is None or (day.is_explicit and not unreadable.is_explicit)):
            unreadable = day
    if unreadable is not None and unreadable.is_explicit:
        return unreadable
    day = published_line(text, source.today)
    if isinstance(day, date):
        return day, "published_line"
    if isinstance(day, BadDate) and day.is_explicit:
        return day
    if day := date_in_address(draft.url, source.today):
        return day, "url"
    filed = dateline.day if dateline else None
    if isinstance(filed, BadDate):
        return filed
    if filed and dateline and (dateline.has_year or not draft.must_be_dated):
        return filed, "dateline"
    for method, value in draft.late_dates:
        if isinstance(day := read_date(value, source.today, draft.order), date):
            return day, method
    if unreadable is not None or draft.must_be_dated:
        return unreadable
    day = read_date(source.modified.date(), source.today)
    return (day, "file_modified") if isinstance(day, date) else day


def _moment(value: object) -> datetime | None:
    if isinstance(value, datetime):
        return value
    if not isinstance(value, str) or not value:
        return None
    try:
        return datetime.fromisoformat(value.strip().replace(" UTC", "+00:00"))
    except ValueError:
        return None


# ------------------------------------------------------------------------------------------------ headline, names


def _headline_of(text: str) -> str | None:
    """Return the headline of a plain text: its first paragraph, or its second where the first only names an office or a part of a page."""
    first, _, rest = text.partition("\n")
    if not rest or not _reads_as_headline(first):
        return None
    second = rest.lstrip("\n").partition("\n")[0]
    size = len(first.split())
    is_masthead = size <= 2 or (size <= 6 and not words("masthead").isdisjoint(first.lower().split()))
    return second if is_masthead and len(second.split()) > 3 and _reads_as_headline(second) else first


def _reads_as_headline(line: str) -> bool:
    """Say whether a line is short, no sentence, no byline, no mark-up."""
    if not 8 <= len(line) <= 200 or len(line.split()) < 2 or _SENTENCE_END.search(line) or _BYLINE.match(line):
        return False
    return not any(character in line for character in "<>{}|") and not line.startswith(("http", "-"))


def _with_headline(title: str | None, text: str) -> str:
    if not title:
        return text
    if not text:
        return title
    start = text[: len(title) * 2 + 400]
    same = normalised(title).casefold()
    for paragraph in start.split("\n")[:7]:
        if normalised(paragraph).casefold().startswith(same):
            return text
    return f"{title}\n\n{text}"


def _author_of(text: str) -> str | None:
    for line in text[:600].split("\n")[:7]:
        if found := _BYLINE.match(line):
            return found["name"]
    return None


def _publisher_of(draft: Draft, agency: str | None) -> str | None:
    stated = one_line(draft.publisher, 200)
    if stated and not ("." in stated and " " not in stated):
        return stated
    if name := known_publisher(stated) or known_publisher(draft.url):
        return name
    if stated or (host := host_of(draft.url)) is None:
        return stated or (agency if agency and _is_agency(agency) else None)
    return host


def _is_agency(name: str) -> bool:
    return name.upper() in words("agencies") and not name.upper().endswith(("REPORTER", "DESK", "AGENCIES", "SERVICES", "WIRES"))


def _address(url: object) -> str | None:
    """Return an address fit for a link: http or https only, on one line."""
    line = one_line(url, 2000)
    if not line or " " in line or any(mark in line for mark in "<>\"'`\\"):
        return None
    return line if line.lower().startswith(("http://", "https://")) else None
