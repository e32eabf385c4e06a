"""`chancery export` and `chancery briefing`."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from pipelines.cli import app
from pipelines.settings import Settings, current_settings
from pipelines.warehouse import Warehouse
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.views import make_view, views
from tests.made_register import fill

runner = CliRunner()


@pytest.fixture
def published(warehouse: Warehouse) -> Settings:
    for name in REFERENCE_TABLES:
        write_reference(warehouse.con, name)
    for view in views():
        make_view(warehouse.con, view)
    fill(warehouse.con)
    warehouse.publish()
    return warehouse.settings


def run(*arguments: str) -> str:
    result = runner.invoke(app, list(arguments))
    assert result.exit_code == 0, result.output
    return result.output


def test_export_writes_everything_beside_the_warehouse(published: Settings) -> None:
    printed = run("export", "--warehouse", str(published.warehouse))
    assert {path.name for path in published.exports.iterdir()} == {
        "gdelt_events.parquet", "gdelt_events.csv", "polecat_events.parquet", "polecat_events.csv", "facts.parquet", "facts.jsonld",
        "calendar.ics",
    }  # fmt: skip
    assert f"        2  {published.exports / 'gdelt_events.csv'}" in printed.splitlines()


def test_export_writes_what_is_asked_for_where_it_is_asked_for(published: Settings, tmp_path: Path) -> None:
    run("export", "calendar", "facts", "--folder", str(tmp_path / "out"), "--warehouse", str(published.warehouse))
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"calendar.ics", "facts.parquet"}


def test_export_of_an_unknown_format_is_wrong_usage() -> None:
    result = runner.invoke(app, ["export", "xml"])
    assert result.exit_code == 2
    assert "'xml' is not one of" in " ".join(result.output.split())


def test_briefing_writes_the_page(published: Settings, tmp_path: Path) -> None:
    assert run("briefing", "--warehouse", str(published.warehouse)).strip() == str(published.briefing)
    assert "Kenya to visit Norway" in published.briefing.read_text("utf-8")
    run("briefing", "--output", str(tmp_path / "monday.html"), "--warehouse", str(published.warehouse))
    assert (tmp_path / "monday.html").read_bytes() == published.briefing.read_bytes()


def test_briefing_on_some_parties(published: Settings, tmp_path: Path) -> None:
    page = tmp_path / "chad.html"
    run("briefing", "--party", "TCD", "--output", str(page), "--warehouse", str(published.warehouse))
    assert "on Chad" in page.read_text("utf-8")
    assert "Kenya to visit Norway" not in page.read_text("utf-8")
    run("briefing", "--party", "TCD", "--party", "KEN", "--output", str(page), "--warehouse", str(published.warehouse))
    assert "Kenya to visit Norway" in page.read_text("utf-8")
    for arguments, told in (
        (["--party", "KEN"], "--output FILE.html"),
        (["--party", "kenya", "--output", str(page)], "'kenya' is no party's code"),
    ):
        result = runner.invoke(app, ["briefing", *arguments, "--warehouse", str(published.warehouse)])
        assert result.exit_code == 2
        assert told in " ".join(result.output.split())


@pytest.mark.parametrize("command", ["export", "briefing"])
def test_without_a_warehouse_it_says_what_to_do(command: str, tmp_path: Path) -> None:
    result = runner.invoke(app, [command, "--warehouse", str(tmp_path / "none.duckdb")])
    assert result.exit_code == 1
    assert "Run `chancery refresh` first." in result.output


@pytest.mark.parametrize(
    ("warehouse", "page", "folder"),
    [("/a/chancery.duckdb", "/a/briefing.html", "/a/exports"), ("/a/b.duckdb", "/a/b.briefing.html", "/a/b.exports")],
)
def test_two_warehouses_in_a_folder_keep_apart(warehouse: str, page: str, folder: str) -> None:
    settings = current_settings({"CHANCERY_WAREHOUSE": warehouse})
    assert (settings.briefing, settings.exports) == (Path(page), Path(folder))
