"""Mails and mailboxes: newsletters and press releases as they were sent.

Belongs here: headers, the readable part, and attachments handed back to the registry. The HTML inside is read by ``markup``.
"""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email.message import EmailMessage
from email.utils import getaddresses
from typing import BinaryIO

from pipelines.readers.decode import decoded
from pipelines.readers.finish import Draft, finished
from pipelines.readers.markup import plain_field
from pipelines.readers.model import Document, Rejection
from pipelines.readers.source import Refused, Source, lines_of, read_whole, shown, suffixes_of
from pipelines.readers.words import known_publisher

_REPLY = re.compile(r"^\s*(?:(?:fwd?|fw|re|tr|aw|wg)\s*:\s*)+", re.IGNORECASE)
_ATTACHED = (".pdf", ".docx", ".txt", ".html", ".htm", ".md", ".eml")
_NO_SENDER = frozenset({"gmail.com", "yahoo.com", "outlook.com", "hotmail.com", "icloud.com", "proton.me", "protonmail.com"})


def read_mail(source: Source) -> Iterator[Draft | Document | Rejection]:
    """Give the message of a mail, and the documents attached to it."""
    yield from message_items(read_whole(source, source.limits.page, "mail"), source, None)


def read_mailbox(source: Source) -> Iterator[Draft | Document | Rejection]:
    """Give the messages of a mailbox, one by one."""
    with source.open_stream() as stream:
        for number, content in enumerate(_messages(stream, source), start=1):
            part = f"message {number}"
            if content is None:
                yield source.refuse("too_large", f"is larger than {source.limits.page // 1_000_000} MB; save its text as a file", part)
                continue
            try:
                yield from message_items(content, source, part)
            except Refused as refusal:
                yield source.refuse(refusal.reason_code, refusal.problem, part)


def _messages(stream: BinaryIO, source: Source) -> Iterator[bytes | None]:
    """Give the bytes of each message, None for one that is too large to read."""
    kept: list[bytes] = []
    size = 0
    was_blank = True
    begun = False
    for _, line in lines_of(stream, source.limits.line):
        if line is not None and was_blank and line.startswith(b"From "):
            if begun:
                yield b"".join(kept) if size <= source.limits.page else None
            begun, kept, size = True, [], 0
            continue
        begun = begun or bool(line is None or line.strip())
        size += source.limits.page + 1 if line is None else len(line)
        was_blank = line is not None and not line.strip()
        if size <= source.limits.page and line is not None:
            kept.append(line[1:] if re.match(rb">+From ", line) else line)
        else:
            kept = []
    if begun:
        yield b"".join(kept) if size <= source.limits.page else None


def message_items(content: bytes, source: Source, part: str | None) -> Iterator[Draft | Document | Rejection]:
    """Give a message as a draft, and its attached documents as they are read."""
    message = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    sent = _header(message, "Date")
    dates = (("mail_header", sent),) if sent else ()
    text = _body_of(message)
    attached = list(_attachments(message))
    name, address = next(iter(getaddresses([_header(message, "From") or ""])), ("", ""))
    domain = address.rpartition("@")[2].lower()
    if text.strip() or not attached:
        if not text.strip() and not _header(message, "Subject"):
            raise Refused("empty", "holds no readable message; remove it, or save the text itself")
        yield Draft(
            text=text,
            title=_REPLY.sub("", _header(message, "Subject") or "") or None,
            publisher=known_publisher(domain) or name.strip() or (domain if "." in domain and domain not in _NO_SENDER else None),
            dates=dates,
            language=_header(message, "Content-Language"),
            part=part,
        )
    for file_name, body in attached:
        yield from _read_attached(file_name, body, source, part, dates)


def _read_attached(name: str, body: bytes, source: Source, part: str | None, dates: tuple) -> Iterator[Document | Rejection]:
    """Give the documents of an attachment, dated by the mail where they give no date of their own."""
    from pipelines.readers.registry import format_of, reader_of

    where = f"{part}: {name}" if part else name
    inner = source.inside(where, name, None, len(body), lambda: io.BytesIO(body))
    try:
        if inner.depth > source.limits.depth:
            raise Refused("too_deep", f"lies more than {source.limits.depth} containers deep; unpack it into seeds/")
        for item in reader_of(format_of(inner))(inner):
            if isinstance(item, Draft):
                yield finished(replace(item, late_dates=(*item.late_dates, *dates)), inner)
            else:
                yield item
    except Refused as refusal:
        yield inner.refuse(refusal.reason_code, refusal.problem, refusal.member)


def _header(message: EmailMessage, name: str) -> str | None:
    """Return a header as text; one too broken for the parser is taken as it stands."""
    try:
        value = message[name]
        return str(value).strip() or None if value is not None else None
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, LookupError, AssertionError):
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return str(raw).strip() or None


def _parts(message: EmailMessage) -> Iterator[EmailMessage]:
    for number, part in enumerate(message.walk()):
        if number > 500:
            raise Refused("too_deep", "holds more than 500 parts; save its text as a file")
        if not part.is_multipart():
            yield part


def _body_of(message: EmailMessage) -> str:
    """Return the readable text: the plain part where it says as much as the HTML one, else the HTML one's text."""
    plain, markup = [], []
    for part in _parts(message):
        if part.get_content_disposition() == "attachment" or part.get_content_maintype() != "text":
            continue
        if part.get_content_subtype() == "html":
            markup.append(plain_field(_decoded_part(part)))
        elif part.get_content_subtype() == "plain":
            plain.append(_decoded_part(part))
    first, second = "\n\n".join(plain), "\n\n".join(markup)
    return first if len(first.split()) >= 0.5 * len(second.split()) else second


def _decoded_part(part: EmailMessage) -> str:
    content = part.get_payload(decode=True)
    return decoded(content, part.get_content_charset()) if isinstance(content, bytes) and content else ""


def _attachments(message: EmailMessage) -> Iterator[tuple[str, bytes]]:
    for part in _parts(message):
        try:
            name = part.get_filename()
        except (ValueError, TypeError, AttributeError, IndexError, LookupError):
            name = None
        if not name or part.get_content_disposition() != "attachment":
            continue
        if (suffixes_of(name) or [""])[0] in _ATTACHED and isinstance(content := part.get_payload(decode=True), bytes) and content:
            yield shown(name)[1:-1], content
