"""RSS and Atom feeds: each entry a document, its date in the feed's own zone.

Belongs here: entries and what the feed says of itself. A feed is small; tables of articles are the work of ``records`` and ``tables``.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

from pipelines.readers.docx import refuse_entities
from pipelines.readers.finish import Draft, one_line
from pipelines.readers.markup import plain_field
from pipelines.readers.model import Rejection
from pipelines.readers.source import Refused, Source, read_whole
from pipelines.readers.words import known_publisher


def read_feed(source: Source) -> Iterator[Draft | Rejection]:
    """Give the entries of a feed; a feed in which nothing is dated is refused whole."""
    import feedparser

    content = read_whole(source, source.limits.page, "feed")
    refuse_entities(content)
    try:
        feed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
    except (ValueError, TypeError, AttributeError, LookupError, AssertionError) as error:  # its fallback parser trips over some damage
        raise Refused("damaged", "is no feed that can be read (broken XML); download it again") from error
    entries = feed.entries
    if not entries:
        if feed.get("bozo") and not feed.get("version"):
            raise Refused("damaged", "is no feed that can be read (broken XML); download it again")
        raise Refused("empty", "is a feed without entries; download it again once it has some")
    drafts = [_draft(entry, number, feed.feed) for number, entry in enumerate(entries, start=1)]
    if not any(draft.dates for draft in drafts):
        count = f"{len(drafts)} {'entry' if len(drafts) == 1 else 'entries'}"
        raise Refused("no_date", f"dates none of its {count}; save the articles themselves, or add a pubDate to each entry")
    if feed.get("bozo") and not _is_harmless(feed.get("bozo_exception")):
        yield source.refuse("damaged", f"breaks off after entry {len(drafts)} (broken XML); download it again", f"entry {len(drafts)}")
    yield from drafts


def _is_harmless(error: object) -> bool:
    """Say whether what feedparser remarks on leaves every entry readable: an encoding or type told wrongly."""
    return type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType") or "not well-formed" in str(error)


def _draft(entry: Any, number: int, feed: Any) -> Draft:
    texts = [part.get("value", "") for part in entry.get("content", ())] + [entry.get("summary", "")]
    body = max((plain_field(text) for text in texts if isinstance(text, str)), key=len, default="")
    link = entry.get("link") or entry.get("id")
    source_title = entry.get("source", {}).get("title") if isinstance(entry.get("source"), dict) else None
    outlet = known_publisher(link) or known_publisher(feed.get("link")) or one_line(plain_field(feed.get("title", "")))
    # The plain dictionary is asked: feedparser's own look-up warns, and gives one date in place of another.
    dates = [("feed", date) for key in ("published", "created", "updated") if (date := dict.get(entry, key))]
    return Draft(
        text=body,
        title=one_line(plain_field(entry.get("title", ""))),
        publisher=one_line(source_title) or outlet,
        author=entry.get("author"),
        url=link,
        dates=tuple(dates),
        modified=dict.get(entry, "updated"),
        language=entry.get("language") or feed.get("language"),
        part=f"entry {number}",
        must_be_dated=True,
    )
