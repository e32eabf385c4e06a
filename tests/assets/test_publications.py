"""The briefing as a step of a refresh, the exports as one on demand, and the charts that Dagster shows."""

import re
from collections.abc import Iterator
from datetime import date

import dagster as dg
import duckdb
import pytest

from pipelines.assets.briefing import briefing
from pipelines.assets.exports import exports
from pipelines.assets.markdown import plain, table
from pipelines.assets.pictures import briefing_pictures, rejects_table, view_pictures
from pipelines.briefing.content import briefing_of
from pipelines.briefing.records import Reject
from pipelines.warehouse import Warehouse
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.views import make_view, views
from tests.made_register import fill, warehouse_with_views

IMAGE = re.compile(r"!\[[^\]]+\]\(data:image/svg\+xml;base64,[\w+/=]+\)")


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse_with_views() as filled:
        fill(filled)
        yield filled


@pytest.fixture
def register(warehouse: Warehouse) -> Warehouse:
    """Return a warehouse on disk with the register made by hand."""
    for name in REFERENCE_TABLES:
        write_reference(warehouse.con, name)
    for view in views():
        make_view(warehouse.con, view)
    fill(warehouse.con)
    return warehouse


def materialised(asset: dg.AssetsDefinition, warehouse: Warehouse, instance: dg.DagsterInstance) -> dict[str, dg.MetadataValue]:
    result = dg.materialize([asset], resources={"warehouse": warehouse}, instance=instance)
    assert result.success
    (event,) = result.asset_materializations_for_node(asset.op.name)
    return dict(event.metadata)


def test_the_briefing_is_written_once_and_again_when_something_changed(register: Warehouse) -> None:
    with dg.DagsterInstance.ephemeral() as instance:
        shown = materialised(briefing, register, instance)
        path = register.settings.briefing
        assert path.name == "test.briefing.html"
        assert shown["file"].value == str(path)
        assert set(shown) >= {"engagements_per_month", "calendar_ahead", "trade_by_pair", "top_pairs"}
        first = path.stat().st_mtime_ns
        assert materialised(briefing, register, instance) == shown
        assert path.stat().st_mtime_ns == first
        register.con.execute("update main.fct_agreements set title = 'herring pact'")
        materialised(briefing, register, instance)
        assert "herring pact" in path.read_text("utf-8")
        path.unlink()
        materialised(briefing, register, instance)
        assert path.exists()


def test_exports_are_an_asset_but_no_part_of_a_refresh(register: Warehouse) -> None:
    from pipelines.definitions import defs

    refreshed = {key.to_user_string() for key in defs.resolve_job_def("refresh").asset_layer.executable_asset_keys}
    assert "briefing" in refreshed
    assert "exports" not in refreshed
    with dg.DagsterInstance.ephemeral() as instance:
        shown = materialised(exports, register, instance)
    assert shown["rows gdelt_events.csv"].value == 2
    assert {path.name for path in register.settings.exports.iterdir()} >= {"gdelt_events.parquet", "facts.jsonld", "calendar.ics"}


def test_charts_are_images_and_tables_of_markdown(con: duckdb.DuckDBPyConnection) -> None:
    drawn = {name: value.value for name, value in briefing_pictures(briefing_of(con)).items()}
    assert set(drawn) == {"engagements_per_month", "calendar_ahead", "trade_by_pair", "top_pairs"}
    for name in ("engagements_per_month", "calendar_ahead", "trade_by_pair"):
        assert IMAGE.fullmatch(drawn[name] or "")
    assert (drawn["top_pairs"] or "").splitlines()[2] == "| Kenya–Norway | 1 | 0 | 2 Sep 2025, meeting | $120 m \\(2024\\) | 2 |"


def test_rejects_are_told_by_reason() -> None:
    rejects = [Reject("rows", "status|x", "fct_trade_claims", 3), Reject("documents", "no_text", None, 1)]
    assert rejects_table(rejects).value.splitlines()[2:] == [
        "| rows | fct\\_trade\\_claims | status\\|x | 3 |",
        "| documents |  | no\\_text | 1 |",
    ]


@pytest.mark.parametrize("address", ["engagement.by_pair_month", "engagement.calendar", "trade.trade_by_pair_year"])
def test_a_view_shows_its_chart(con: duckdb.DuckDBPyConnection, address: str) -> None:
    (shown,) = view_pictures(con, address, 1).values()
    assert IMAGE.fullmatch(shown.value or "")
    assert view_pictures(con, address, 0) == {}


def test_other_views_show_none(con: duckdb.DuckDBPyConnection) -> None:
    assert view_pictures(con, "trade.claims", 5) == {}


@pytest.mark.parametrize(
    "text",
    ["<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![a](http://x)", "a | b", "`code`", "# h", "**b**", "a\nb", "&lt;"],
)
def test_text_is_no_markup(text: str) -> None:
    escaped = plain(text)
    assert "\n" not in escaped
    assert not re.search(r"(?<!\\)[<>\[\]()!|`#*&]", escaped)
    assert escaped.replace("\\", "") == " ".join(text.split())
    assert table(["h"], [[text]]).count("\n") == 2


def test_months_are_drawn_up_to_the_last_that_has_any(con: duckdb.DuckDBPyConnection) -> None:
    assert briefing_of(con).months[-1] == date(2025, 9, 1)
