import duckdb
import pytest

from pipelines.warehouse.looking import Allowance

ENDLESS = "select count(*) as n from range(1000000) as a, range(1000000) as b where a.range * b.range % 7 = 3"


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    con = duckdb.connect()
    con.execute("create view few as select range as n from range(7)")
    con.execute("create view many as select range as n from range(12345)")
    con.execute(f"create view endless as {ENDLESS}")
    return con


@pytest.mark.parametrize(("name", "count"), [("few", 7), ("many", 12345)])
def test_rows_are_counted_and_the_first_shown(con: duckdb.DuckDBPyConnection, name: str, count: int) -> None:
    look = Allowance(30).look_at(con, name)
    assert (look.columns, look.rows, look.row_count) == (("n",), ((0,), (1,), (2,), (3,), (4,)), count)


def test_what_takes_too_long_is_given_up(con: duckdb.DuckDBPyConnection) -> None:
    allowance = Allowance(0.2)
    assert allowance.look_at(con, "endless").row_count is None
    assert allowance.seconds <= 0
    assert allowance.look_at(con, "few").row_count is None, "the time is that of all looks together"
    assert con.execute("select 1").fetchall() == [(1,)]


def test_a_broken_view_is_an_error_not_a_long_one(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.CatalogException):
        Allowance(30).look_at(con, "missing")
