"""How the briefing looks: records into one HTML page that needs nothing else, no network and no script to be read.

Every text of a document passes through the template's escaping, or through that of ``pipelines/charts.py``. The page forbids itself, in its
content security policy, everything but its own style and script.
"""

import base64
import hashlib
import os
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import duckdb
import jinja2
from markupsafe import Markup

from pipelines.briefing.content import briefing_of
from pipelines.briefing.phrases import joined, spoken
from pipelines.briefing.records import Ahead, Briefing, Panel, Promise, Series, Story
from pipelines.charts import (
    Claim,
    Window,
    calendar_axis,
    calendar_grid,
    calendar_span,
    columns,
    month_axis,
    share_bar,
    svg,
    trade_marks,
    window_of,
)
from pipelines.figures import counted, dollars, long_date, per_cent, short_date

FOLDER = Path(__file__).parent
PANEL_HEIGHT = 210
_LEAD_DAYS = timedelta(days=14)
_STATE_NAMES = {"done": "done", "under_way": "under way", "called_off": "called off"}
# What deserves a look comes first.
_STATE_ORDER = ("slipped", "overdue", "called_off", "silent", "under_way", "open", "done")


def write_briefing(con: duckdb.DuckDBPyConnection, path: Path, parties: Collection[str] = ()) -> Briefing:
    """Write the briefing of the warehouse (on ``parties``, by code) to ``path``, whole or not at all, and return what it says.

    Raises KeyError for a code that is no party's.
    """
    briefing = briefing_of(con, parties)
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    beside.write_text(page_of(briefing), "utf-8")
    beside.replace(path)
    return briefing


def page_of(briefing: Briefing) -> str:
    """Return the page."""
    lead = lead_of(briefing.news)
    style, script = (FOLDER / "page.css").read_text("utf-8"), (FOLDER / "page.js").read_text("utf-8")
    return _template().render(
        briefing=briefing,
        lead=lead,
        rest=[story for story in briefing.news if story is not lead],
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; base-uri 'none'; form-action 'none'",
        countries=_countries(briefing),
        charts=_Charts(briefing),
        promise_groups=_promise_groups(briefing),
    )


@cache
def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    environment.filters |= {
        "long_date": long_date,
        "short_date": short_date,
        "weekday": lambda day: f"{day:%A}",
        "dollars": dollars,
        "per_cent": per_cent,
        "counted": counted,
        "spoken": spoken,
        "listed": joined,
        "capital": lambda text: text[:1].upper() + text[1:],
    }
    return environment.get_template("page.html")


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def lead_of(news: Sequence[Story]) -> Story | None:
    """Return the story that opens the page: of the newest days, the one most outlets tell; a figure only where nothing else is."""
    told = [story for story in news if story.kind != "claim"] or list(news)
    newest = max((story.source.published_on for story in told), default=None)
    recent = [story for story in told if newest and story.source.published_on >= newest - _LEAD_DAYS]
    return max(recent, key=lambda story: len(story.source.publishers), default=None)


def _countries(briefing: Briefing) -> list[tuple[str, str]]:
    """Return the parties that stand anywhere on the page, by name, for the filter."""
    shown: list[Sequence[str]] = [story.parties for story in briefing.news]
    for told in (briefing.ahead, briefing.promises, briefing.moves, briefing.targets):
        shown += [item.story.parties for item in told]
    for dealt in (briefing.conflicts, briefing.panels, briefing.pairs):
        shown += [item.parties for item in dealt]
    codes = {code for parties in shown for code in parties} - {"WLD"}
    return sorted(((code, briefing.names.get(code, code)) for code in codes), key=lambda pair: pair[1])


def _promise_groups(briefing: Briefing) -> list[tuple[str, str, list[Promise]]]:
    """Return (state, name, promises) for every state that has any."""
    groups = []
    for state in (*_STATE_ORDER, *sorted(set(briefing.states) - set(_STATE_ORDER))):
        found = [promise for promise in briefing.promises if promise.state == state]
        if found:
            groups.append((state, _STATE_NAMES.get(state, spoken(state)), found))
    return groups


class _Charts:
    """The page's charts, as the template asks for them."""

    def __init__(self, briefing: Briefing) -> None:
        self._briefing = briefing
        self._window = calendar_window(briefing.as_of or date.min, briefing.ahead)

    def month_rows(self) -> list[Mapping]:
        """Return the rows of the chart of months: all together, then each group."""
        return [
            {
                "label": series.label,
                "total": sum(series.counts),
                "image": Markup(svg(marks, _in_words(series, self._briefing.months), height)),
            }
            for series, marks, height in month_marks(self._briefing.months, self._briefing.series)
        ]

    def month_axis(self) -> Markup:
        return Markup(f'<svg class="chart" aria-hidden="true" width="100%" height="30">{month_axis(self._briefing.months)}</svg>')

    def calendar_axis(self) -> Markup:
        assert self._briefing.as_of
        return Markup(
            f'<svg class="chart" aria-hidden="true" width="100%" height="20">{calendar_axis(self._window, self._briefing.as_of)}</svg>'
        )

    def calendar_row(self, item: Ahead) -> Markup:
        assert self._briefing.as_of
        marks = calendar_grid(self._window, self._briefing.as_of, 26) + calendar_row_marks(self._window, item, 26)
        return Markup(f'<svg class="chart" aria-hidden="true" width="100%" height="26">{marks}</svg>')

    def trade(self, panel: Panel) -> Markup:
        return Markup(svg(panel_marks(panel), f"{panel.headline}: {counted(len(panel.points), 'claim')}, listed below.", PANEL_HEIGHT))

    def share(self, share: float, tone: str = "accent") -> Markup:
        return Markup(f'<svg class="chart share" aria-hidden="true" width="100%" height="8">{share_bar(share, 8, tone)}</svg>')

    def spark(self, counts: Sequence[int]) -> Markup:
        highest = max(max(pair.by_month) for pair in self._briefing.pairs)
        marks = columns(counts, [""] * len(counts), highest, 22, with_peak=False).replace("<title></title>", "")
        return Markup(f'<svg class="chart spark" aria-hidden="true" width="100%" height="22">{marks}</svg>')


def calendar_window(as_of: date, ahead: Sequence[Ahead]) -> Window:
    """Return the months that the calendar shows."""
    return window_of(as_of, max((item.end for item in ahead), default=as_of))


def calendar_row_marks(window: Window, item: Ahead, height: int) -> str:
    """Return the span of something ahead; what is only proposed is grey."""
    tone = "soft" if item.status == "proposed" else "accent"
    return calendar_span(window, item.start, item.end, item.is_exact, height, f"{item.story.when}: {item.story.headline}", tone)


def month_marks(months: Sequence[date], series: Sequence[Series]) -> list[tuple[Series, str, int]]:
    """Return (series, marks, height) of all happenings together and of each group that has any, on one scale."""
    total = Series("All", tuple(sum(row.counts[place] for row in series) for place in range(len(months))))
    highest = max(total.counts, default=0)
    drawn = []
    for row in (total, *(row for row in series if any(row.counts))):
        hints = [f"{month:%B} {month.year}: {count}" for month, count in zip(months, row.counts, strict=True)]
        height = 76 if row is total else 16 + round(60 * max(row.counts, default=0) / max(highest, 1))
        tone = "warn" if row.label == "Friction" else "soft" if row is total else "accent"
        scale = highest if row is total else max(row.counts)
        drawn.append((row, columns(row.counts, hints, scale, height, tone), height))
    return drawn


def _in_words(series: Series, months: Sequence[date]) -> str:
    if not any(series.counts):
        return f"{series.label}: none"
    peak = max(range(len(months)), key=lambda place: series.counts[place])
    when = f"{months[peak]:%B} {months[peak].year}"
    return f"{series.label}: {sum(series.counts)} in {len(months)} months, most in {when} ({series.counts[peak]})"


def panel_marks(panel: Panel) -> str:
    """Return the marks of a pair's trade over time."""
    claims = [
        Claim(
            dated_on=point.dated_on,
            amount=point.amount,
            amount_high=point.amount_high,
            kind=point.kind,
            is_best=point.is_best,
            label=dollars(point.amount),
            description=f"{point.period or 'no period given'}: {point.figure} ({joined(point.publishers) or 'unnamed source'})",
        )
        for point in panel.points
    ]
    return trade_marks(claims, PANEL_HEIGHT)
