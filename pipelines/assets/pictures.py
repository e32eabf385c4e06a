"""Charts and tables that Dagster shows with an asset, as Markdown. What is drawn comes from the briefing's records."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

import dagster as dg
import duckdb

from pipelines.assets.markdown import plain, table
from pipelines.briefing.content import ahead_from, months_before, names_of, panels_from, rows, series_from
from pipelines.briefing.page import PANEL_HEIGHT, calendar_row_marks, calendar_window, month_marks, panel_marks
from pipelines.briefing.records import Ahead, Briefing, Lookup, Pair, Panel, Reject, Series
from pipelines.charts import Row, calendar_axis, calendar_grid, data_uri, month_axis, panels_picture, picture
from pipelines.figures import dollars, short_date

_ROWS, _PANELS = 24, 6


def image(description: str, drawn: str) -> dg.MarkdownMetadataValue:
    """Return a picture in Markdown."""
    return dg.MetadataValue.md(f"![{plain(description)}]({data_uri(drawn)})")


def months_picture(months: Sequence[date], series: Sequence[Series]) -> dg.MarkdownMetadataValue:
    """Return happenings per month by kind."""
    drawn = [Row(row.label, marks, height, f"{sum(row.counts):,}") for row, marks, height in month_marks(months, series)]
    return image("Happenings per month, by kind", picture("Happenings per month, by kind", drawn, month_axis(months)))


def calendar_picture(ahead: Sequence[Ahead], as_of: date) -> dg.MarkdownMetadataValue:
    """Return what is ahead on a calendar."""
    window = calendar_window(as_of, ahead)
    drawn = [
        Row(f"{item.story.headline}", calendar_grid(window, as_of, 22) + calendar_row_marks(window, item, 22), 22, _days(item.days_ahead))
        for item in ahead
    ]
    return image("The calendar ahead", picture(f"Ahead, seen from {short_date(as_of)}", drawn, calendar_axis(window, as_of)))


def _days(days: int) -> str:
    return f"{days} d" if days else "now"


def trade_picture(panels: Sequence[Panel]) -> dg.MarkdownMetadataValue:
    """Return trade by pair over time, every claim a point or a range."""
    drawn = [(panel.headline, panel_marks(panel), PANEL_HEIGHT) for panel in panels]
    title = "Trade by pair: filled points are the best figures, hollow ones other claims, diamonds targets"
    return image("Trade by pair over time", panels_picture(title, drawn))


def pairs_table(pairs: Sequence[Pair]) -> dg.MarkdownMetadataValue:
    """Return the pairs with most contacts."""
    headings = ("Pair", "Contacts, 365 days", "Year before", "Last contact", "Trade", "Open promises")
    lines = [
        (
            pair.names,
            pair.contacts,
            pair.contacts_before,
            f"{short_date(pair.last_on)}, {pair.last_type}",
            f"{dollars(pair.trade_usd)} ({pair.trade_year})" if pair.trade_usd is not None else "",
            pair.open_promises,
        )
        for pair in pairs
    ]
    return dg.MetadataValue.md(table(headings, lines))


def rejects_table(rejects: Sequence[Reject]) -> dg.MarkdownMetadataValue:
    """Return what was set aside, by reason."""
    lines = [(reject.what, reject.table or "", reject.reason, reject.count) for reject in rejects]
    return dg.MetadataValue.md(table(("What", "Table", "Reason", "Count"), lines))


def briefing_pictures(told: Briefing) -> dict[str, dg.MarkdownMetadataValue]:
    """Return the charts and tables of the briefing; those with nothing to show stay away."""
    drawn: dict[str, dg.MarkdownMetadataValue] = {}
    if any(any(row.counts) for row in told.series):
        drawn["engagements_per_month"] = months_picture(told.months, told.series)
    if told.ahead and told.as_of:
        drawn["calendar_ahead"] = calendar_picture(told.ahead, told.as_of)
    if told.panels:
        drawn["trade_by_pair"] = trade_picture(told.panels)
    if told.pairs:
        drawn["top_pairs"] = pairs_table(told.pairs)
    if told.rejects:
        drawn["rejected_by_reason"] = rejects_table(told.rejects)
    return drawn


def _months(con: duckdb.DuckDBPyConnection) -> dg.MarkdownMetadataValue:
    found = rows(con, "months", parties=None)
    months = months_before(max(row["month"] for row in found), min(row["month"] for row in found))
    return months_picture(months, series_from(found, months))


def _calendar(con: duckdb.DuckDBPyConnection) -> dg.MarkdownMetadataValue:
    found = rows(con, "ahead", rows=_ROWS, parties=None)
    return calendar_picture(ahead_from(found, Lookup(names_of(con), {})), found[0]["as_of"])


def _trade(con: duckdb.DuckDBPyConnection) -> dg.MarkdownMetadataValue:
    return trade_picture(panels_from(rows(con, "trade_points", panels=_PANELS, parties=None), Lookup(names_of(con), {})))


# Drawn when the view is made: each reads nothing but what the view itself reads.
_OF_VIEWS: Mapping[str, tuple[str, Callable[[duckdb.DuckDBPyConnection], dg.MarkdownMetadataValue]]] = {
    "engagement.by_pair_month": ("engagements_per_month", _months),
    "engagement.calendar": ("calendar_ahead", _calendar),
    "trade.trade_by_pair_year": ("trade_by_pair", _trade),
}


def view_pictures(con: duckdb.DuckDBPyConnection, address: str, row_count: int) -> dict[str, dg.MarkdownMetadataValue]:
    """Return the chart that goes with a view, if one does and there is something to draw."""
    if not row_count or address not in _OF_VIEWS:
        return {}
    name, draw = _OF_VIEWS[address]
    return {name: draw(con)}
