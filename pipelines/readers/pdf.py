"""PDF: columns in reading order, page furniture left out, divided words and wrapped lines joined.

Belongs here: opening the file and putting its lines together. What a line is stands in ``page_lines``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from statistics import median
from typing import Any

from pipelines.readers.finish import Draft
from pipelines.readers.model import Rejection
from pipelines.readers.page_lines import Line, lines_of_page
from pipelines.readers.source import Refused, Source, read_whole

_DIVIDED = re.compile(r"(?<!\w)(?P<head>\w+)\ufffe ?(?P<tail>\w*)")
_PAGE_NUMBER = re.compile(r"\W*(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?\W*", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.!?:…][\"'”’»)\]]*$")
_MACHINE_TITLE = re.compile(
    r"^(?:microsoft|untitled|document\d*|slide \d|print|layout|indesign)|\.(?:docx?|pdf|indd|qxd|pptx?|txt|rtf)\b|_", re.IGNORECASE
)
_MADE_ON = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_BULLET = re.compile(r"(?:[•●▪◦■►*–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def read_pdf(source: Source) -> Iterator[Draft | Rejection]:
    """Give the one document of a PDF."""
    import pypdfium2

    content = read_whole(source, source.limits.paper, "PDF")
    if b"%%EOF" not in content[-4096:]:
        raise Refused("truncated", "breaks off before its end; copy or download it again")
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise Refused("encrypted", "is protected by a password; save it without one") from error
        raise Refused("damaged", "is damaged and cannot be opened as a PDF; copy or download it again") from error
    try:
        pages = _pages(document, source.limits.text)
        about = {key: document.get_metadata_value(key) for key in ("Title", "Author", "CreationDate")}
        count = len(document)
    finally:
        document.close()
    if not any(line.text.strip() for page in pages for line in page):
        pages_said = f"{count} {'page' if count == 1 else 'pages'}"
        problem = f"holds no text on its {pages_said}, only pictures; recognise its text first (ocrmypdf IN.pdf OUT.pdf)"
        raise Refused("image_only", problem)
    yield _draft(pages, about)


def _pages(document: Any, most: int) -> list[list[Line]]:
    import pypdfium2

    pages: list[list[Line]] = []
    characters = 0
    for number in range(len(document)):
        try:
            page = document[number]
            pages.append(lines_of_page(page))
            page.close()
        except pypdfium2.PdfiumError as error:
            raise Refused("damaged", f"is damaged at page {number + 1}; copy or download it again") from error
        characters += sum(len(line.text) for line in pages[-1])
        if characters > most:
            raise Refused(
                "too_large", f"holds more than the {most // 1_000_000} MB of text of one article, up to page {number + 1}; split it"
            )
    return pages


def _draft(pages: list[list[Line]], about: dict[str, str]) -> Draft:
    lines = [line for page in without_furniture(pages) for line in page]
    title, lines = _set_title(lines)
    stated = about["Title"].strip()
    if title is None and len(stated.split()) >= 3 and not _MACHINE_TITLE.search(stated):
        title = stated
    made_on = _MADE_ON.match(about["CreationDate"])
    return Draft(
        text=rejoined("\n\n".join(paragraphs_of(lines))),
        title=title and rejoined(title),
        author=about["Author"] if 2 <= len(about["Author"].split()) <= 6 else None,
        late_dates=(("meta", "-".join(made_on.groups())),) if made_on else (),
        is_plain=True,
    )


def without_furniture(pages: list[list[Line]]) -> list[list[Line]]:
    """Return the pages without running heads, feet and page numbers: what stands in the margins of several pages, but for its numbers."""
    seen = Counter(key for page in pages for key in {_furniture_key(line) for line in page if line.is_marginal})
    often = max(2, len(pages) * 0.4)
    return [
        [line for line in page if not (line.is_marginal and (seen[_furniture_key(line)] >= often or _PAGE_NUMBER.fullmatch(line.text)))]
        for page in pages
    ]


def _furniture_key(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text).strip().lower()


def _set_title(lines: list[Line]) -> tuple[str | None, list[Line]]:
    """Return the headline, told by its size at the top of the first page, and the lines below and around it."""
    if len(lines) < 3:
        return None, lines
    usual = median(line.height for line in lines)
    first_page = [line for line in lines if line.page == lines[0].page][:12]
    largest = max(line.height for line in first_page)
    if largest < 1.2 * usual:
        return None, lines
    start = next(number for number, line in enumerate(first_page) if line.height > 0.95 * largest)
    end = start
    while end < len(first_page) and end < start + 4 and first_page[end].height > 0.95 * largest:
        end += 1
    title = " ".join(line.text for line in lines[start:end])
    if not 8 <= len(title) <= 250:
        return None, lines
    return title, [*lines[:start], *lines[end:]]


def paragraphs_of(lines: list[Line]) -> list[str]:
    """Return the paragraphs that lines in reading order make: told by the space between them, indents, sizes and short last lines."""
    if not lines:
        return []
    steps = [above.bottom - below.bottom for above, below in pairwise(lines) if 0 < above.bottom - below.bottom < 60]
    leading = median(steps) if steps else 12.0
    edges = _right_edges(lines)
    paragraphs = [[lines[0].text]]
    for above, below in pairwise(lines):
        if _begins_paragraph(above, below, leading, edges):
            paragraphs.append([])
        paragraphs[-1].append(below.text)
    return [" ".join(parts) for parts in paragraphs]


def _right_edges(lines: list[Line]) -> dict[int, float]:
    """Return for each column, told by where its lines begin, how far its lines reach."""
    edges: dict[int, float] = {}
    for line in lines:
        column = round(line.left / 40)
        edges[column] = max(edges.get(column, 0.0), line.right)
    return edges


def _begins_paragraph(above: Line, below: Line, leading: float, edges: dict[int, float]) -> bool:
    ends = _SENTENCE_END.search(above.text) is not None
    goes_on = not ends and below.text[:1].islower()
    is_other_size = abs(above.height - below.height) > 0.15 * max(above.height, below.height)
    if _BULLET.match(below.text) or (is_other_size and not goes_on):
        return True
    if below.bottom > above.bottom - 1 or below.page != above.page:  # next column or page
        return ends and not below.text[:1].islower()
    if above.bottom - below.top_line > 1.4 * leading:
        return True
    is_far = above.bottom - below.top_line > 1.9 * above.height > 0
    is_indented = 4 < below.left - above.left < 60
    reach = edges.get(round(above.left / 40), above.right)
    is_short = above.right < above.left + 0.85 * (reach - above.left)
    return ends and (is_far or is_indented or is_short)


def rejoined(text: str) -> str:
    """Return text with words divided at line ends made whole; a hyphen that belongs to the word is kept where the text shows so."""
    text = re.sub(r"(?<=\w)-[ \n](?=[a-z])", "\ufffe", text).replace("\u0002", "\ufffe")
    if "\ufffe" not in text:
        return text
    known = set(re.findall(r"[\w-]+", text.lower()))

    def whole(divided: re.Match[str]) -> str:
        head, tail = divided["head"], divided["tail"]
        joined, hyphened = (head + tail).lower(), f"{head}-{tail}".lower()
        keeps = hyphened in known or (joined not in known and (head[-1:].isdigit() or tail[:1].isupper() or tail[:1].isdigit()))
        return f"{head}-{tail}" if keeps else head + tail

    return _DIVIDED.sub(whole, text).replace("\ufffe", "-")
