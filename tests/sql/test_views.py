"""Every view gives the rows that its cases expect, and nothing on an empty warehouse."""

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from pipelines.warehouse.aggregates import write_aggregates
from pipelines.warehouse.ddl import statements
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.views import make_view, view_paths, views
from tests.sql.cases import Case, insert, read_cases, rows_of_view, sorted_rows

HERE = Path(__file__).parent
CASES = [case for path in sorted(HERE.glob("*/*.md")) for case in read_cases(path)]


@pytest.fixture(scope="module")
def empty() -> Iterator[duckdb.DuckDBPyConnection]:
    """Return a warehouse with every table and view, reference tables filled, no documents."""
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        for name in REFERENCE_TABLES:
            write_reference(con, name)
        for view in views():
            make_view(con, view)
        yield con


@pytest.mark.parametrize("case", CASES, ids=[f"{case.view}: {case.title}" for case in CASES])
def test_view_gives_what_its_case_expects(empty: duckdb.DuckDBPyConnection, case: Case) -> None:
    empty.execute("begin")
    try:
        for table, rows in case.given.items():
            insert(empty, table, rows)
        write_aggregates(empty)
        columns = list(case.expected[0]) if case.expected else [empty.execute(f"describe {case.view}").fetchall()[0][0]]
        assert rows_of_view(empty, case.view, columns) == sorted_rows(case.expected)
    finally:
        empty.execute("rollback")


@pytest.mark.parametrize("view", views(), ids=lambda view: view.address)
def test_view_of_an_empty_warehouse_is_empty(empty: duckdb.DuckDBPyConnection, view) -> None:
    assert empty.execute(f"from {view.address}").fetchall() == []


@pytest.mark.parametrize("path", view_paths(), ids=lambda path: f"{path.parent.name}.{path.stem}")
def test_view_has_a_case(path: Path) -> None:
    assert (HERE / path.parent.name / f"{path.stem}.md").exists(), f"write tests/sql/{path.parent.name}/{path.stem}.md"


def test_case_has_a_view() -> None:
    assert {case.view for case in CASES} <= {view.address for view in views()}
