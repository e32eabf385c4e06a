from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse import Warehouse
from pipelines.warehouse.view_files import read_views
from pipelines.warehouse.views import View, ViewError, drop_unknown_views, make_view, view_paths, views

EVERY_VIEW = pytest.mark.parametrize("view", views(), ids=lambda view: view.address)

GOOD = """-- Parties with a capital. One row per party.
with
parties as (
  select *
  from main.dim_parties
)

select
  parties.party_code, -- Its code.
  upper(parties.name) || parties.capital as label -- Its name and capital.
from parties
"""


def read(*files: tuple[str, str]) -> tuple[View, ...]:
    return read_views({Path("sql", schema_and_name.replace(".", "/") + ".sql"): query for schema_and_name, query in files})


def test_a_file_says_what_its_view_is() -> None:
    (view,) = read(("trade.capitals", GOOD))
    assert view.address == "trade.capitals"
    assert view.description == "Parties with a capital. One row per party."
    assert view.dependencies == ("main.dim_parties",)
    assert {name: (column.sql_type, column.description) for name, column in view.columns.items()} == {
        "party_code": ("VARCHAR", "Its code."),
        "label": ("VARCHAR", "Its name and capital."),
    }
    assert view.columns["label"].sources == (("main.dim_parties", "capital"), ("main.dim_parties", "name"))


def test_lineage_goes_through_steps_unions_and_lists() -> None:
    query = """-- Names. One row per name.
with
named as (
  select name, aliases from main.dim_people
  union all
  select title, [publisher] from main.dim_documents
),

spelled as (
  select named.name, alias
  from named, unnest(named.aliases) as spellings (alias)
)

select
  spelled.name, -- Name.
  spelled.alias, -- Spelling.
  (select max(published_on) from main.dim_documents) as latest -- Day.
from spelled
"""
    (view,) = read(("engagement.names", query))
    assert view.columns["name"].sources == (("main.dim_documents", "title"), ("main.dim_people", "name"))
    assert ("main.dim_people", "aliases") in view.columns["alias"].sources


def test_a_view_comes_after_those_it_reads() -> None:
    reader = "-- Labels. One row per label.\nselect\n  capitals.label -- Label.\nfrom trade.capitals as capitals\n"
    assert [view.address for view in read(("engagement.labels", reader), ("trade.capitals", GOOD))] == [
        "trade.capitals",
        "engagement.labels",
    ]


@pytest.mark.parametrize(
    ("query", "message"),
    [
        (GOOD.replace("-- Its code.", ""), r"sql/trade/capitals.sql: column party_code has no comment; write what it holds behind it"),
        (GOOD.split("\n", 1)[1], "begins without a header"),
        (GOOD.replace(" One row per party.", ""), "begins without a header"),
        (GOOD.replace("main.dim_parties", "main.dim_planets"), "reads main.dim_planets, which is neither a table nor a view"),
        (GOOD.replace("main.dim_parties", "trade.capitals"), "trade.capitals reads itself"),
        (GOOD.replace("parties.capital", "parties.moon"), "sql/trade/capitals.sql: .*moon"),
        (GOOD.replace("select\n  parties", "selekt\n  parties"), "sql/trade/capitals.sql: "),
        ("-- One row per party.\ndelete from main.dim_parties", "expected one select, found delete"),
    ],
)
def test_a_broken_rule_is_told_with_the_file(query: str, message: str) -> None:
    with pytest.raises(ViewError, match=message):
        read(("trade.capitals", query))


@pytest.fixture(scope="module")
def with_views(empty_working_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        con.execute(f"attach '{empty_working_file}' as empty (read_only)")
        con.execute("copy from database empty to memory")
        for view in views():
            make_view(con, view)
        yield con


@EVERY_VIEW
def test_a_view_of_the_project_keeps_its_comments_and_types(with_views: duckdb.DuckDBPyConnection, view: View) -> None:
    ((comment,),) = with_views.execute(
        "select comment from duckdb_views() where database_name = 'memory' and schema_name = ? and view_name = ?", [view.schema, view.name]
    ).fetchall()
    assert comment == view.description
    found = with_views.execute(
        "select column_name, data_type, comment from duckdb_columns() "
        "where database_name = 'memory' and schema_name = ? and table_name = ?",
        [view.schema, view.name],
    ).fetchall()
    assert found == [(name, column.sql_type, column.description) for name, column in view.columns.items()]
    assert with_views.execute(f"from {view.address}").fetchall() == []


def test_every_file_is_a_view() -> None:
    assert {view.address for view in views()} == {f"{path.parent.name}.{path.stem}" for path in view_paths()}


def test_an_unchanged_view_is_left_alone_and_a_changed_one_made_again(warehouse: Warehouse) -> None:
    (view,) = read(("trade.capitals", GOOD))
    assert make_view(warehouse.con, view)
    assert not make_view(warehouse.con, view)
    (changed,) = read(("trade.capitals", GOOD.replace("upper", "lower")))
    assert make_view(warehouse.con, changed)
    ((comment,),) = warehouse.con.execute(
        "select comment from duckdb_columns() where table_name = 'capitals' and column_name = 'label'"
    ).fetchall()
    assert comment == "Its name and capital."


def test_a_view_whose_file_is_gone_goes(warehouse: Warehouse) -> None:
    (view,) = read(("trade.capitals", GOOD))
    make_view(warehouse.con, view)
    drop_unknown_views(warehouse.con, ())
    with pytest.raises(duckdb.CatalogException):
        warehouse.con.execute("from trade.capitals")
    assert make_view(warehouse.con, view), "it can come back"


def test_what_was_read_is_kept_until_a_file_changes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.warehouse.views._CACHE", tmp_path / "views.json")
    (tmp_path / "sql" / "trade").mkdir(parents=True)
    path = tmp_path / "sql" / "trade" / "capitals.sql"
    path.write_text(GOOD)
    read_first = views.__wrapped__(tmp_path / "sql")
    with monkeypatch.context() as patch:
        patch.setattr("pipelines.warehouse.view_files.read_views", lambda _: pytest.fail("a file was parsed again"))
        assert views.__wrapped__(tmp_path / "sql") == read_first
    path.write_text(GOOD.replace("Its code", "The code"))
    assert views.__wrapped__(tmp_path / "sql")[0].columns["party_code"].description == "The code."
    (tmp_path / "views.json").write_text("{damaged")
    assert len(views.__wrapped__(tmp_path / "sql")) == 1
