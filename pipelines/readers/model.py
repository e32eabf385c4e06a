"""What a reader hands on: a document, or the reason why something could not be read.

Only these two records and the document's identity belong here. Nothing that opens a file does.
"""

from __future__ import annotations

import hashlib
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Document:
    """One article as its source gives it.

    ``source_path`` is the file relative to the seeds folder, with "/" between folders and unprintable characters escaped; ``member`` is
    the line, entry or record inside it ("line 12", "2025/may.jsonl: line 12"), None when the file is the document. ``published_on`` is
    the date local to the outlet, and ``published_on_method`` says what gave it: header, front_matter, json_field, meta, feed,
    mail_header, dateline, published_line, url, file_modified. ``language`` is ISO 639-1, None where the text is too short to tell.
    ``body`` is what the engine reads: the headline as first paragraph where there is one, paragraphs apart by one blank line.
    """

    source_path: str
    member: str | None
    title: str | None
    publisher: str | None
    author: str | None
    url: str | None
    published_on: date
    published_on_method: str
    modified_at: datetime | None
    language: str | None
    word_count: int
    dateline_place: str | None
    dateline_agency: str | None
    body: str


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or a member of one, that could not be read.

    ``reason_code`` is one short word for each kind of refusal; ``reason`` is a sentence that names the file, where in it, what is wrong
    and what to do. ``bytes`` is the size of what was refused where it is known.
    """

    source_path: str
    member: str | None
    reason_code: str
    reason: str
    bytes: int | None = None


# Marks that printers and programs exchange freely: they do not make another document.
_SAME_MARK = str.maketrans(
    {
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u0060\u00b4", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-"),
    }
)


def normalised(text: str) -> str:
    """Return ``text`` with white space, quotes, dashes and compatibility forms made equal, for comparing documents."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_SAME_MARK).split())


def document_id(document: Document) -> str:
    """Return the identity of a document: 32 hexadecimal digits, the same on every machine.

    Two documents are one when text (title included), date and publisher agree but for white space, quotes and dashes. The publisher
    counts because a syndicated story is a document of each outlet that ran it. A date that only the file's clock gave does not count:
    it changes when a file is copied.
    """
    dated = document.published_on.isoformat() if document.published_on_method != "file_modified" else ""
    identity = "\n".join((dated, normalised(document.publisher or ""), normalised(document.body)))
    return hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:32]
