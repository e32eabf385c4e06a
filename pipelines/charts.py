"""Charts as SVG: columns by month, trade of a pair over time, spans on a calendar, shares of a bar. For the briefing and for Dagster.

Marks are placed in per cent across and in pixels down, so that a chart fills whatever width it is given while its words keep their size.
Colours are classes: the page gives them their values, ``picture`` brings its own. All text is escaped here. What is charted, and how it
is explained beside the chart, is decided by who calls.
"""

import base64
import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape

from pipelines.figures import dollars

_PICTURE_WIDTH = 760
_PICTURE_LABELS = 190
_PICTURE_MARGIN = 16
_PICTURE_STYLE = (
    "text{font:12px Helvetica,Arial,sans-serif;fill:#55534d}.strong{font-weight:700;fill:#1c1b19}.axis{font-size:11px;fill:#6b6962}"
    ".grid{stroke:#dcd8cf}.base{stroke:#8d8a82}.fill-accent{fill:#1d5a73}.fill-warn{fill:#a8391f}.fill-soft{fill:#b9b4a8}"
    ".stroke-accent{stroke:#1d5a73}.stroke-warn{stroke:#a8391f}.stroke-soft{stroke:#b9b4a8}.hollow{fill:#fff}"
)
_LABEL_GAP = 15.0  # per cent of a panel's width that a figure beside a point takes


@dataclass(frozen=True, slots=True)
class Claim:
    """A figure in a trade panel. ``kind``: actual, target or forecast; ``is_best``: the line runs through it."""

    dated_on: date
    amount: float
    amount_high: float | None
    kind: str
    is_best: bool
    label: str
    description: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a picture: its label, the marks, their height, and a figure at its end."""

    label: str
    marks: str
    height: int
    figure: str = ""


def svg(marks: str, description: str, height: int, css_class: str = "chart") -> str:
    """Return ``marks`` as an image as wide as its place, which reads ``description`` to those who cannot see it."""
    label = escape(description, quote=True)
    return f'<svg class="{css_class}" role="img" aria-label="{label}" width="100%" height="{height}">{marks}</svg>'


def picture(title: str, rows: Sequence[Row], axis: str = "") -> str:
    """Return rows under each other as an SVG file of its own, on white whatever surrounds it."""
    inner = _PICTURE_WIDTH - _PICTURE_LABELS - 2 * _PICTURE_MARGIN - 40
    left = _PICTURE_MARGIN + _PICTURE_LABELS
    parts, y = [], 34
    for row in rows:
        foot = y + row.height - 6
        parts.append(
            f'<text x="{_PICTURE_MARGIN}" y="{foot}">{escape(fitting(row.label, _PICTURE_LABELS - 10))}</text>'
            f'<svg x="{left}" y="{y}" width="{inner}" height="{row.height}">{row.marks}</svg>'
            f'<text class="strong" x="{_PICTURE_WIDTH - _PICTURE_MARGIN}" y="{foot}" text-anchor="end">{escape(row.figure)}</text>'
        )
        y += row.height + 8
    if axis:
        parts.append(f'<svg x="{left}" y="{y - 4}" width="{inner}" height="34">{axis}</svg>')
        y += 30
    return _standalone(title, "".join(parts), y + 6)


def panels_picture(title: str, panels: Sequence[tuple[str, str, int]]) -> str:
    """Return panels (heading, marks, height) two beside each other as an SVG file of its own."""
    width = (_PICTURE_WIDTH - 3 * _PICTURE_MARGIN) // 2
    parts, y, bottom = [], 34, 34
    for place, (heading, marks, height) in enumerate(panels):
        x = _PICTURE_MARGIN + (place % 2) * (width + _PICTURE_MARGIN)
        if place and place % 2 == 0:
            y = bottom
        parts.append(
            f'<text class="strong" x="{x}" y="{y + 14}">{escape(fitting(heading, width))}</text>'
            f'<svg x="{x}" y="{y + 20}" width="{width}" height="{height}">{marks}</svg>'
        )
        bottom = max(bottom, y + height + 40)
    return _standalone(title, "".join(parts), bottom)


def _standalone(title: str, parts: str, height: int) -> str:
    size = f'width="{_PICTURE_WIDTH}" height="{height}" viewBox="0 0 {_PICTURE_WIDTH} {height}"'
    heading = f'<text class="strong" x="{_PICTURE_MARGIN}" y="22">{escape(title)}</text>'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" {size}><title>{escape(title)}</title><style>{_PICTURE_STYLE}</style>'
        f'<rect width="100%" height="100%" fill="#fff"/>{heading}{parts}</svg>'
    )


def data_uri(picture_svg: str) -> str:
    """Return an SVG file as the address of an image, for Markdown."""
    return "data:image/svg+xml;base64," + base64.b64encode(picture_svg.encode()).decode()


def fitting(text: str, width: float, size: float = 12) -> str:
    """Return ``text``, cut where it would be wider than ``width`` pixels in type of ``size`` pixels."""
    room = max(int(width / (size * 0.52)), 1)
    return text if len(text) <= room else text[: room - 1].rstrip() + "…"


# ------------------------------------------------------------------------------------------------ columns by month


def columns(values: Sequence[int], hints: Sequence[str], highest: int, height: int, tone: str = "accent", with_peak: bool = True) -> str:
    """Return a column for each value, on a scale up to ``highest``; the tallest carries its figure, ``hints`` say each in words."""
    room = height - (14 if with_peak else 1)
    slot = 100 / max(len(values), 1)
    peak = max(range(len(values)), key=lambda place: values[place]) if any(values) and with_peak else None
    parts = [f'<line class="base" x1="0" x2="100%" y1="{height - 0.5}" y2="{height - 0.5}"/>']
    for place, value in enumerate(values):
        if not value:
            continue
        tall = max(room * value / max(highest, 1), 2)
        parts.append(
            f'<rect class="fill-{tone}" x="{_n(place * slot + slot * 0.14)}%" width="{_n(slot * 0.72)}%" y="{_n(height - tall)}" '
            f'height="{_n(tall)}"><title>{escape(hints[place])}</title></rect>'
        )
        if place == peak:
            parts.append(
                f'<text class="axis" text-anchor="middle" x="{_n((place + 0.5) * slot)}%" y="{_n(height - tall - 3)}">{value}</text>'
            )
    return "".join(parts)


def month_axis(months: Sequence[date]) -> str:
    """Return the names of every third month, and the year below the first and every January."""
    slot = 100 / max(len(months), 1)
    parts = []
    for place, month in enumerate(months):
        x = _n((place + 0.5) * slot)
        if month.month % 3 == 1:
            parts.append(f'<text class="axis" text-anchor="middle" x="{x}%" y="11">{month:%b}</text>')
        if month.month == 1 or (place == 0 and month.month < 11):
            parts.append(f'<text class="axis strong" text-anchor="middle" x="{x}%" y="26">{month.year}</text>')
    return "".join(parts)


# ------------------------------------------------------------------------------------------------ a pair's trade over time


def trade_marks(claims: Sequence[Claim], height: int) -> str:
    """Return every claim as a point or range, a line through the best actual figures, and a broken one on to the targets."""
    top, bottom, left, right = 30, height - 22, 4.0, 95.0
    highest, step = _scale(max(max(claim.amount, claim.amount_high or 0) for claim in claims))
    first = min(claim.dated_on.year for claim in claims)
    years = max(claim.dated_on.year for claim in claims) - first + 1

    def across(day: date) -> float:
        return left + (right - left) * (day.year - first + (day.timetuple().tm_yday - 1) / 366) / years

    def down(amount: float) -> float:
        return bottom - (bottom - top) * amount / highest

    parts = _grid(highest, step, down) + _years(first, years, lambda year: left + (right - left) * (year - first + 0.5) / years, height)
    best = [claim for claim in claims if claim.is_best and claim.kind == "actual"]
    parts += [_line(across(a.dated_on), down(a.amount), across(b.dated_on), down(b.amount), "accent") for a, b in itertools.pairwise(best)]
    ahead = [claim for claim in claims if claim.kind != "actual"]
    if best:
        start = best[-1]
        parts += [
            _line(across(start.dated_on), down(start.amount), across(claim.dated_on), down(claim.amount), "soft", is_broken=True)
            for claim in ahead
            if claim.dated_on > start.dated_on
        ]
    parts += [_extent(across(claim.dated_on), down(claim.amount), down(claim.amount_high)) for claim in claims if claim.amount_high]
    for day in sorted({claim.dated_on for claim in claims}):
        amounts = [claim.amount for claim in claims if claim.dated_on == day and claim.kind == "actual"]
        if len(amounts) > 1:
            parts.append(_extent(across(day), down(min(amounts)), down(max(amounts))))
    parts += [_point(claim, across(claim.dated_on), down(claim.amount)) for claim in sorted(claims, key=lambda claim: claim.is_best)]
    return "".join(parts + _figures(claims, best, ahead, across, down))


def _figures(
    claims: Sequence[Claim], best: Sequence[Claim], ahead: Sequence[Claim], across: Callable[[date], float], down: Callable[[float], float]
) -> list[str]:
    """Return the figures written beside points: the latest first, then the targets, then others that find room."""
    taken: list[float] = []
    parts = []
    for claim in [*reversed(ahead[-1:]), *reversed(best), *reversed(ahead[:-1])]:
        x = across(claim.dated_on)
        if any(abs(x - other) < _LABEL_GAP for other in taken):
            continue
        taken.append(x)
        y = min(down(max(other.amount, other.amount_high or 0)) for other in claims if abs(across(other.dated_on) - x) < _LABEL_GAP / 2) - 9
        anchor = "end" if x > 84 else "start" if x < 12 else "middle"
        kind = "" if claim.kind == "actual" else f"{claim.kind} "
        css_class = "strong" if claim.kind == "actual" else "axis"
        shift = {"end": 5, "start": -5, "middle": 0}[anchor]
        parts.append(
            f'<text class="{css_class}" text-anchor="{anchor}" x="{_n(x)}%" dx="{shift}" y="{_n(y)}">{escape(kind + claim.label)}</text>'
        )
    return parts


def _scale(highest: float) -> tuple[float, float]:
    """Return a round top for a scale that holds ``highest``, and the step of its two to four grid lines."""
    if highest < 1:
        return 1.0, 1.0
    magnitude = 10 ** math.floor(math.log10(highest))
    step = next(magnitude * factor for factor in (0.25, 0.5, 1, 2.5, 5) if highest / (magnitude * factor) <= 4.0001)
    return math.ceil(highest / step - 1e-9) * step, step


def _grid(highest: float, step: float, down: Callable[[float], float]) -> list[str]:
    parts = []
    for line in range(round(highest / step) + 1):
        y = round(down(line * step)) + 0.5
        parts.append(f'<line class="{"grid" if line else "base"}" x1="0" x2="100%" y1="{y}" y2="{y}"/>')
        if line:
            parts.append(f'<text class="axis" x="0" y="{y - 4}">{escape(dollars(line * step))}</text>')
    return parts


def _years(first: int, years: int, middle: Callable[[int], float], height: int) -> list[str]:
    every = max(math.ceil(years / 7), 1)
    return [
        f'<text class="axis" text-anchor="middle" x="{_n(middle(year))}%" y="{height - 6}">{year}</text>'
        for year in range(first, first + years, every)
    ]


def _line(x1: float, y1: float, x2: float, y2: float, tone: str, is_broken: bool = False) -> str:
    dashes = ' stroke-dasharray="2 4"' if is_broken else ""
    return (
        f'<line class="stroke-{tone}" stroke-width="{1.5 if is_broken else 2}" stroke-linecap="round"{dashes} '
        f'x1="{_n(x1)}%" y1="{_n(y1)}" x2="{_n(x2)}%" y2="{_n(y2)}"/>'
    )


def _extent(x: float, y1: float, y2: float) -> str:
    return f'<line class="stroke-soft" stroke-width="5" stroke-linecap="round" x1="{_n(x)}%" x2="{_n(x)}%" y1="{_n(y1)}" y2="{_n(y2)}"/>'


def _point(claim: Claim, x: float, y: float) -> str:
    title, place = f"<title>{escape(claim.description)}</title>", f'cx="{_n(x)}%" cy="{_n(y)}"'
    if claim.kind == "target":
        diamond = f'<path class="hollow stroke-warn" stroke-width="1.75" d="M0-5 5 0 0 5-5 0Z">{title}</path>'
        return f'<svg x="{_n(x)}%" y="{_n(y)}" overflow="visible">{diamond}</svg>'
    if claim.kind == "forecast":
        return f'<circle class="hollow stroke-soft" stroke-width="1.75" r="4" {place}>{title}</circle>'
    if claim.is_best:
        return f'<circle class="fill-accent" r="4" {place}>{title}</circle>'
    return f'<circle class="hollow stroke-accent" stroke-width="1.75" r="3.5" {place}>{title}</circle>'


# ------------------------------------------------------------------------------------------------ a calendar


@dataclass(frozen=True, slots=True)
class Window:
    """The days a calendar shows, whole months from the first day of one to the last of another."""

    first: date
    last: date

    def across(self, day: date) -> float:
        """Return where ``day`` stands, per cent of the width; days outside stand at the edge."""
        return 100 * min(max((day - self.first).days / max((self.last - self.first).days + 1, 1), 0), 1)


def window_of(as_of: date, last: date, most_months: int = 24, least_months: int = 3) -> Window:
    """Return the whole months from ``as_of`` to ``last``, within bounds."""
    months = min(max((last.year - as_of.year) * 12 + last.month - as_of.month + 1, least_months), most_months)
    first = as_of.replace(day=1)
    return Window(first, month_after(first, months) - timedelta(days=1))


def month_after(month: date, count: int) -> date:
    """Return the first day of the month that comes ``count`` months after that of ``month``."""
    number = month.year * 12 + month.month - 1 + count
    return date(number // 12, number % 12 + 1, 1)


def calendar_axis(window: Window, as_of: date, most_labels: int = 6) -> str:
    """Return the names of the months above their beginning, every second or third where they would not fit, and the year once."""
    months = _months_of(window)
    every = next(step for step in (1, 2, 3, 6, 12) if len(months) / step <= most_labels or step == 12)
    parts = []
    for place, month in enumerate(months[::every]):
        name = f"{month:%b} {month.year}" if place == 0 or month.month <= every else f"{month:%b}"
        parts.append(f'<text class="axis" x="{_n(window.across(month))}%" dx="3" y="11">{name}</text>')
    now = _n(window.across(as_of))
    return "".join(parts) + calendar_grid(window, None, 18) + f'<line class="base" x1="{now}%" x2="{now}%" y1="14" y2="24"/>'


def calendar_grid(window: Window, as_of: date | None, height: int) -> str:
    """Return a hairline at the beginning of every month, and a stronger one on the day the register looks from."""
    lines = [(_n(window.across(month)), "grid") for month in _months_of(window)]
    lines += [(_n(window.across(as_of)), "base")] if as_of else []
    return "".join(f'<line class="{css_class}" x1="{x}%" x2="{x}%" y1="0" y2="{height}"/>' for x, css_class in lines)


def _months_of(window: Window) -> list[date]:
    count = (window.last.year - window.first.year) * 12 + window.last.month - window.first.month + 1
    return [month_after(window.first, place) for place in range(count)]


def calendar_span(window: Window, start: date, end: date, is_exact: bool, height: int, hint: str, tone: str = "accent") -> str:
    """Return a span of days; one that only says "some day in this month" is pale and thin."""
    x1, x2 = window.across(start), window.across(end if end > start else start)
    if end > start:
        x2 = window.across(end + timedelta(days=1))
    y = height / 2
    width, opacity = (9, "") if is_exact else (5, ' stroke-opacity=".5"')
    return (
        f'<line class="stroke-{tone}" stroke-width="{width}" stroke-linecap="round"{opacity} x1="{_n(x1)}%" x2="{_n(max(x2, x1))}%" '
        f'y1="{_n(y)}" y2="{_n(y)}"><title>{escape(hint)}</title></line>'
    )


# ------------------------------------------------------------------------------------------------ shares


def share_bar(share: float, height: int = 8, tone: str = "accent") -> str:
    """Return a bar filled to ``share`` (0 to 1) of its width."""
    filled = _n(100 * min(max(share, 0), 1))
    return f'<rect class="track" width="100%" height="{height}"/><rect class="fill-{tone}" width="{filled}%" height="{height}"/>'


def _n(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
