"""DOCX: paragraphs and tables of a Word document, and its stated title and author.

Belongs here: WordprocessingML. The ZIP around it is opened here too; archives of documents are the work of ``containers``.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from pipelines.readers.finish import Draft
from pipelines.readers.model import Rejection
from pipelines.readers.source import MEGABYTE, Refused, Source, read_whole

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_MOST_XML = 64 * MEGABYTE
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}
_TITLES = ("title", "heading1", "titre", "titel", "overskrift1")


def read_docx(source: Source) -> Iterator[Draft | Rejection]:
    """Give the one document of a DOCX file."""
    try:
        with zipfile.ZipFile(io.BytesIO(read_whole(source, source.limits.paper, "Word document"))) as archive:
            names = set(archive.namelist())
            if "EncryptedPackage" in names:
                raise Refused("encrypted", "is protected by a password; save it without one")
            if "word/document.xml" not in names:
                raise Refused("damaged", "is no Word document inside; open it in Word and save it as .docx")
            body = _parsed(_part(archive, "word/document.xml"))
            about = _parsed(_part(archive, "docProps/core.xml")) if "docProps/core.xml" in names else None
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, KeyError, RuntimeError, ValueError) as error:
        raise Refused("damaged", "is damaged and cannot be unpacked; copy it again") from error
    title, paragraphs = _paragraphs(body)
    yield Draft(
        text="\n\n".join(paragraphs),
        title=title or _stated(about, f"{_DC}title"),
        author=_stated(about, f"{_DC}creator"),
        language=_stated(about, f"{_DC}language"),
        modified=_stated(about, f"{_TERMS}modified"),
        is_plain=True,
    )


def _part(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as stream:
        content = stream.read(_MOST_XML + 1)
    if len(content) > _MOST_XML:
        raise Refused("bomb", f"unfolds to more than {_MOST_XML // MEGABYTE} MB of text; split it")
    return content


def refuse_entities(content: bytes) -> None:
    """Refuse XML that defines entities of its own: no document needs them, and bombs are made of them."""
    if b"<!ENTITY" in content or b"<\0!\0E\0N\0T" in content or b"\0<\0!\0E\0N\0T" in content:
        raise Refused("xml_entities", "defines XML entities, as entity bombs do; remove the DOCTYPE from it")


def _parsed(content: bytes) -> Any:
    from lxml import etree

    refuse_entities(content)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, recover=False)
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Refused("damaged", "holds broken XML inside; open it in Word and save it again") from error


def _paragraphs(body: Any) -> tuple[str | None, list[str]]:
    """Return the paragraph set as title, if any, and all paragraphs in reading order; the cells of a table row make one paragraph."""
    title = None
    paragraphs: list[str] = []
    rows: list[list[str]] = []
    from lxml import etree

    for event, element in etree.iterwalk(body, events=("start", "end"), tag=(f"{_W}p", f"{_W}tr")):
        if element.tag == f"{_W}tr":
            if event == "start":
                rows.append([])
            elif cells := [cell for cell in rows.pop() if cell]:
                (rows[-1] if rows else paragraphs).append(" | ".join(cells))
            continue
        if event == "end" and (words := _words(element)):
            (rows[-1] if rows else paragraphs).append(words)
            style = element.find(f"{_W}pPr/{_W}pStyle")
            if title is None and not rows and style is not None and style.get(f"{_W}val", "").lower().replace(" ", "") in _TITLES:
                title = words
    return title, paragraphs


def _words(paragraph: Any) -> str:
    """Return the words of a paragraph: without those struck by tracked changes, and without those of text boxes inside it."""
    pieces: list[str] = []
    for element in paragraph.iter():
        if element.tag == f"{_W}t":
            if next(element.iterancestors(f"{_W}p"), None) is paragraph:
                pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            pieces.append(_BREAKS[element.tag])
    return "".join(pieces).strip()


def _stated(about: Any, tag: str) -> str | None:
    element = about.find(tag) if about is not None else None
    return (element.text or "").strip() or None if element is not None else None
