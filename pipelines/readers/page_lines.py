"""The lines of one PDF page in reading order, with where they stand.

Belongs here: geometry. Does not belong here: paragraphs, headlines, or anything about more than one page (``pdf``).
"""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

_MARGIN = 0.11
_MOST_PIECES = 4000


@dataclass(frozen=True, slots=True)
class Line:
    """A line as the page sets it, in points from the lower left corner.

    ``bottom`` is where the line ends; ``top_line`` the bottom of its first row where a divided word made two rows one line (``rows``).
    """

    text: str
    left: float
    right: float
    bottom: float
    top_line: float
    height: float
    page: int
    is_marginal: bool
    rows: int = 1


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


def lines_of_page(page: Any) -> list[Line]:
    """Return the lines of a page: as the file orders them, or by columns where it writes across columns."""
    text_page = page.get_textpage()
    try:
        height = page.get_height() or 1.0
        number = page.get_index() if hasattr(page, "get_index") else 0
        count = text_page.count_rects()
        if 3 < count <= _MOST_PIECES and (boxes := _boxes(text_page, count)) and _writes_across(boxes):
            pieces = [_piece(text_page, box) for box in boxes]
            gutter = _gutter(pieces, page.get_width() or 1.0)
            if gutter is not None:
                return [_line_of_row(row, height, number) for row in _rows_by_column([p for p in pieces if p.text.strip()], gutter)]
        return _lines_as_written(text_page, height, number)
    finally:
        text_page.close()


# ------------------------------------------------------------------------------------------------ as the file orders them


def _lines_as_written(text_page: Any, page_height: float, number: int) -> list[Line]:
    from pypdfium2 import raw

    lines = []
    position = 0
    text = text_page.get_text_range()
    for words in text.split("\n"):
        start, position = position, position + len(words) + 1
        shown = words.strip()
        if not shown:
            continue
        first = _box(raw, text_page, start + len(words) - len(words.lstrip()))
        last = _box(raw, text_page, start + len(words.rstrip()) - 1)
        if first is None or last is None:
            lines.append(Line(shown, 0, 0, 0, 0, 0, number, False))
            continue
        rows = 1 + shown.count("\ufffe")
        # The last letter gives the height: the first may be a bullet or an initial set large.
        lines.append(_line(shown, first[0], last[2], last[1], first[1], last[3] - last[1], page_height, number, rows))
    return lines


def _line(
    text: str, left: float, right: float, bottom: float, top_line: float, height: float, page_height: float, number: int, rows: int
) -> Line:
    is_marginal = bottom < _MARGIN * page_height or top_line > (1 - _MARGIN) * page_height
    return Line(text, left, right, bottom, top_line, height, number, is_marginal, rows)


def _box(raw: Any, text_page: Any, index: int) -> tuple[float, float, float, float] | None:
    character = raw.FPDFText_GetCharIndexFromTextIndex(text_page, index)
    box = raw.FS_RECTF()
    if character < 0 or not raw.FPDFText_GetLooseCharBox(text_page, character, ctypes.byref(box)):
        return None
    return box.left, box.bottom, box.right, box.top


# ------------------------------------------------------------------------------------------------ by columns


def _boxes(text_page: Any, count: int) -> list[tuple[float, float, float, float]]:
    return [text_page.get_rect(number) for number in range(count)]


def _piece(text_page: Any, box: tuple[float, float, float, float]) -> _Piece:
    """Return the words of one box, with the height of its font in place of that of its letters."""
    from pypdfium2 import raw

    left, bottom, right, top = box
    height = top - bottom
    words = text_page.get_text_bounded(left + 0.1, bottom + 0.05 * height, right - 0.1, top - 0.05 * height).replace("\r\n", " ")
    loose = raw.FS_RECTF()
    character = raw.FPDFText_GetCharIndexAtPos(text_page, left + 0.5, (bottom + top) / 2, 2.0, height)
    if character >= 0 and raw.FPDFText_GetLooseCharBox(text_page, character, ctypes.byref(loose)):
        bottom, top = loose.bottom, loose.top
    return _Piece(words, left, bottom, right, top)


def _writes_across(boxes: list[tuple[float, float, float, float]]) -> bool:
    """Say whether the file often goes on writing on the same line after a wide gap, or jumps back and forth between columns."""
    across = 0
    for before, after in pairwise(boxes):
        size = max(before[3] - before[1], 1.0)
        if abs(before[1] - after[1]) < 0.5 * size and after[0] - before[2] > 0.8 * size:
            across += 1
    return across >= 4 and across > 0.2 * len(boxes)


def _gutter(pieces: list[_Piece], width: float) -> tuple[float, float] | None:
    """Return the left and right edge of the empty strip between two columns, None where the page has one column."""
    best = None
    crossing_allowed = 0.15 * len(pieces)
    for step in range(30, 71):
        x = width * step / 100
        crossing = sum(piece.left < x - 2 and piece.right > x + 2 for piece in pieces)
        left = sum(piece.right <= x + 2 for piece in pieces)
        right = sum(piece.left >= x - 2 for piece in pieces)
        if crossing <= crossing_allowed and min(left, right) >= 0.25 * len(pieces) and (best is None or crossing < best[0]):
            best = (crossing, x)
    return None if best is None else (best[1] - 2, best[1] + 2)


def _rows_by_column(pieces: list[_Piece], gutter: tuple[float, float]) -> list[list[_Piece]]:
    """Return rows of pieces: down the left column, then the right; what spans both columns parts what is above from what is below."""
    spanning = sorted((p for p in pieces if p.left < gutter[0] and p.right > gutter[1]), key=lambda p: -p.middle)
    rest = [p for p in pieces if not (p.left < gutter[0] and p.right > gutter[1])]
    rows: list[list[_Piece]] = []
    for bar in [*spanning, None]:
        band = [p for p in rest if bar is None or p.middle > bar.middle]
        rest = [p for p in rest if bar is not None and p.middle <= bar.middle]
        for column in ([p for p in band if p.left < gutter[0]], [p for p in band if p.left >= gutter[0]]):
            rows.extend(_rows(column))
        if bar is not None:
            rows.append([bar])
    return rows


def _rows(pieces: list[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda p: (-p.middle, p.left)):
        if rows and abs(rows[-1][0].middle - piece.middle) < 0.4 * max(piece.top - piece.bottom, 1.0):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda p: p.left) for row in rows]


def _line_of_row(row: list[_Piece], page_height: float, number: int) -> Line:
    bottom, top = min(p.bottom for p in row), max(p.top for p in row)
    words = " ".join(p.text.strip() for p in row)
    return _line(words, row[0].left, row[-1].right, bottom, bottom, top - bottom, page_height, number, 1)
