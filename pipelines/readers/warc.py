"""WARC archives of web crawls: each fetched page a document, streamed.

Belongs here: records and their headers. The page itself is read by ``html``. Pictures, scripts, redirects and failed fetches are no
documents and are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from pipelines.readers.finish import Draft, finished
from pipelines.readers.html import page_draft
from pipelines.readers.model import Document, Rejection
from pipelines.readers.source import Refused, Source

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(source: Source) -> Iterator[Document | Rejection]:
    """Give the pages of a WARC file, one by one."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    number = 0
    with source.open_stream() as stream:
        try:
            for record in ArchiveIterator(stream):
                number += 1
                if record.rec_type in ("response", "resource") and _is_page(record):
                    yield _read_page(record, number, source)
        except (ArchiveLoadFailed, EOFError, ValueError, TypeError, AttributeError, LookupError, OSError) as error:
            problem = f"breaks off after record {number}; download it again"
            raise Refused("truncated" if number else "damaged", problem) from error


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if headers is not None:
        kind = headers.get_header("Content-Type") or ""
        return (headers.get_statuscode() or "200").startswith("2") and kind.lower().startswith(_PAGES)
    return (record.rec_headers.get_header("Content-Type") or "").lower().startswith(_PAGES)


def _read_page(record: Any, number: int, source: Source) -> Document | Rejection:
    part = f"record {number}"
    url = record.rec_headers.get_header("WARC-Target-URI")
    content = record.content_stream().read(source.limits.page + 1)
    if len(content) > source.limits.page:
        return source.refuse("too_large", f"is a page larger than {source.limits.page // 1_000_000} MB; save its text as a file", part)
    page = source.inside(part, "page.html", _fetched(record), len(content), source.open_stream)
    kind = (record.http_headers.get_header("Content-Type") or "") if record.http_headers else ""
    charset = kind.lower().partition("charset=")[2].split(";")[0].strip("\"' ") or None
    try:
        draft: Draft = page_draft(content, page, url, charset)
    except Refused as refusal:
        return page.refuse(refusal.reason_code, refusal.problem)
    return finished(draft, page)


def _fetched(record: Any) -> datetime | None:
    """Return when the page was fetched: the time that stands in for the file's own where a page gives no date."""
    try:
        return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    except ValueError:
        return None
