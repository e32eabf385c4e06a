"""What is ahead as an iCalendar file (RFC 5545), for calendar programs: one all-day event for each happening."""

from datetime import date, timedelta

import duckdb

from pipelines.briefing.content import ahead_from, names_of, rows
from pipelines.briefing.records import Ahead, Lookup
from pipelines.figures import short_date

# An octet less than the standard's 75, for the space that opens a folded line.
_LINE = 74
_EVERYTHING = 1_000_000
_ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_file(con: duckdb.DuckDBPyConnection) -> tuple[str, int]:
    """Return the calendar's text and the number of its events."""
    found = rows(con, "ahead", rows=_EVERYTHING, parties=None)
    items = ahead_from(found, Lookup(names_of(con), {}))
    events = [_event(item, row["engagement_id"], row["place_name"], row["place_country"]) for item, row in zip(items, found, strict=True)]
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Chancery//Calendar of engagements//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        "X-WR-CALNAME:Chancery: engagements ahead",
        *(line for event in events for line in event),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines), len(events)


def _event(item: Ahead, engagement_id: str, place: str | None, country: str | None) -> list[str]:
    story, source = item.story, item.story.source
    told = f"{', '.join(source.publishers)}, {short_date(source.published_on)}".removeprefix(", ")
    description = [
        f"“{story.quote.words}”",
        told,
        *([] if item.is_exact else [f"The text says no more than: {story.when}."]),
    ]
    where = ", ".join(part for part in (place, country) if part)
    return [
        "BEGIN:VEVENT",
        f"UID:{engagement_id}@chancery",
        f"DTSTAMP:{_day(source.published_on)}T000000Z",
        f"DTSTART;VALUE=DATE:{_day(item.start)}",
        # The end is the first day that is free again.
        f"DTEND;VALUE=DATE:{_day(item.end + timedelta(days=1))}",
        f"SUMMARY:{_text(story.headline)}",
        f"DESCRIPTION:{_text(chr(10).join(description))}",
        f"CATEGORIES:{_text(story.kicker.upper())}",
        # Confirmed is what a text announces for certain days; a month without a day, or an invitation, is not.
        f"STATUS:{'CONFIRMED' if item.is_exact and item.status != 'proposed' else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        *([f"LOCATION:{_text(where)}"] if where else []),
        *([f"URL:{source.url}"] if source.url else []),
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day:%Y%m%d}".zfill(8)


def _text(text: str) -> str:
    return "".join(mark for mark in text if mark == "\n" or mark.isprintable()).translate(_ESCAPES)


def folded(line: str) -> str:
    """Return ``line`` broken as the standard wants it: no more than 75 octets, never inside a character."""
    parts, part, size = [], "", 0
    for mark in line:
        width = len(mark.encode())
        if size + width > _LINE:
            parts.append(part)
            part, size = "", 0
        part, size = part + mark, size + width
    return "\r\n ".join([*parts, part])
