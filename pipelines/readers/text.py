"""Plain text and Markdown with front matter.

Belongs here: the header lines that give title, date or source of a text, and Markdown's marks. Other formats have their own modules.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from pipelines.readers.decode import decoded
from pipelines.readers.finish import Draft
from pipelines.readers.model import Rejection
from pipelines.readers.source import Refused, Source, read_whole
from pipelines.readers.words import columns

_FRONT_MATTER = re.compile(r"[\ufeff\s]*(?P<fence>---|\+\+\+)[ \t]*\r?\n(?P<fields>.*?)\r?\n(?P=fence)[ \t]*(?:\r?\n|$)", re.DOTALL)
_FIELD = re.compile(r"""(?P<key>[A-Za-z][\w -]{1,25})[ \t]*[:=][ \t]*(?P<value>.*)""")
_ADDRESS_LINE = re.compile(
    r"^[ \t]*(?:(?:source|link|url|read more at|original|via)[ \t]*:[ \t]*)?<?(?P<url>https?://[^\s<>]{4,2000})>?[ \t]*$", re.I | re.M
)
_HEADING = re.compile(r"^[ \t]{0,3}#[ \t]+(.+)$", re.MULTILINE)
_CREDIT_LINE = re.compile(
    r"^[ \t]*(?:source|from|issued by|publisher|via)[ \t]*:[ \t]*(?P<name>[^\W\d_][^@:/<>\n]{1,78}[\w)])[ \t]*$",
    re.IGNORECASE | re.MULTILINE,
)
_LONGEST_FRONT = 20_000

# What may repeat is bounded and excludes what opens it, so that no text takes more than time in proportion.
_ADDRESS_PART = r"\([^)\s\[]{0,2000}(?:[ \t]+\"[^\"\n\[]{0,300}\")?\)"
_MARKDOWN = (
    (re.compile(r"^[ \t]{0,20}(?:```|~~~).*$", re.MULTILINE), ""),
    (re.compile(rf"!\[[^\[\]\n]{{0,500}}\]{_ADDRESS_PART}"), ""),
    (re.compile(rf"(?<!!)\[([^\[\]\n]{{1,1000}})\]{_ADDRESS_PART}"), r"\1"),
    (re.compile(r"<(https?://[^\s<>]{1,2000})>"), r"\1"),
    (re.compile(r"^[ \t]{0,3}#{1,6}[ \t]+(.*)$", re.MULTILINE), r"\n\1\n"),
    (re.compile(r"^[ \t]{0,3}>[ \t]?", re.MULTILINE), ""),
    (re.compile(r"^[ \t]{0,3}(?:[*_-][ \t]{0,3}){3,}$", re.MULTILINE), ""),
    (re.compile(r"(?<![\w*])\*\*(?=\S)([^*\n]{1,2000})(?<=\S)\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,2000})(?<=\S)\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=\S)([^_\n]{1,2000})(?<=\S)__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=\S)([^_\n]{1,2000})(?<=\S)_(?![\w_])"), r"\1"),
    (re.compile(r"\\([\\`*_{}\[\]()#+\-.!$>])"), r"\1"),
)


def read_text(source: Source) -> Iterator[Draft | Rejection]:
    """Give the one document of a text file."""
    yield _plain(_text_of(source))


def read_markdown(source: Source) -> Iterator[Draft | Rejection]:
    """Give the one document of a Markdown file: front matter read, marks taken off, links reduced to their words."""
    text = _text_of(source)
    draft = _plain(text)
    heading = _HEADING.search(draft.text[:5000])
    title = draft.title or (unmarked(heading[1]).strip(" #") if heading else None)
    yield replace(draft, text=unmarked(draft.text), title=title)


def unmarked(text: str) -> str:
    """Return Markdown without its marks."""
    text = _without_comments(text)
    for pattern, words in _MARKDOWN:
        text = pattern.sub(words, text)
    # A single line break means nothing in Markdown.
    blocks = re.split(r"\n[ \t]*\n", text)
    return "\n\n".join(re.sub(r"\n(?![ \t]*(?:[-*+]|\d{1,3}[.)])[ \t])", " ", block.strip("\n")) for block in blocks)


def _without_comments(text: str) -> str:
    pieces = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        pieces.append(text[position:start])
        position = end + 3
    return "".join([*pieces, text[position:]])


def _text_of(source: Source) -> str:
    content = read_whole(source, min(source.limits.page, source.limits.text * 4), "text")
    if not content.strip(b"\0 \t\r\n"):
        raise Refused("empty", "is empty; remove it, or put the article into it")
    return decoded(content)


def _plain(text: str) -> Draft:
    fields, rest = front_matter(text)
    address = fields.get("url") or _address_in(rest)
    method = "front_matter"
    return Draft(
        text=rest,
        title=fields.get("title"),
        publisher=fields.get("publisher") or _credited_in(rest),
        author=fields.get("author"),
        url=address,
        dates=((method, fields["published"]),) if "published" in fields else (),
        modified=fields.get("modified"),
        language=fields.get("language"),
        is_plain=True,
    )


def _address_in(text: str) -> str | None:
    for part in (text[:2000], text[-1000:]):
        if found := _ADDRESS_LINE.search(part):
            return found["url"]
    return None


def _credited_in(text: str) -> str | None:
    """Return the outlet or office that a "Source: …", "From: …" or "Issued by: …" line near the top or end names."""
    for part in (text[:600], text[-300:]):
        if found := _CREDIT_LINE.search(part):
            return found["name"].strip()
    return None


def front_matter(text: str) -> tuple[dict[str, str], str]:
    """Return the fields that stand before a text (between ``---`` lines, or as "Title: …" lines), and the text after them."""
    if found := _FRONT_MATTER.match(text[:_LONGEST_FRONT]):
        return _fields(found["fields"].splitlines()), text[found.end() :]
    lines: list[str] = []
    position = 0
    for line in text[:_LONGEST_FRONT].splitlines(keepends=True):
        if not line.strip() and not lines:
            position += len(line)
            continue
        found = _FIELD.match(line)
        if not found or _field_name(found["key"]) is None or len(line) > 2000:
            break
        lines.append(line)
        position += len(line)
    fields = _fields(lines)
    return (fields, text[position:]) if len(fields) >= 2 else ({}, text)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        found = _FIELD.match(line.strip())
        name = _field_name(found["key"]) if found else None
        if found and name and (value := found["value"].strip().strip("\"'").strip()):
            fields.setdefault(name, value)
    return fields


def _field_name(key: str) -> str | None:
    plain = re.sub(r"[\s_-]", "", key).lower()
    for field in ("title", "published", "modified", "url", "publisher", "author", "language"):
        if any(plain == name.replace("_", "") for name in columns()[field]):
            return field
    return None
