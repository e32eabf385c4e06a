"""A look at the first rows of a view comes back on a register of some size: DuckDB can wait for ever where a kept CTE meets itself."""

import threading

import duckdb

from benchmarks.views import make_register
from pipelines.warehouse.ddl import statements
from pipelines.warehouse.views import make_view, views

_ROWS = 100_000
_PATIENCE_SECONDS = 60


def test_the_first_rows_of_every_view_come_back() -> None:
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        make_register(con, _ROWS)
        for view in views():
            make_view(con, view)
        counts = {view.address: _count_of_first_rows(con, view.address) for view in views()}
    assert counts == counts | {view.address: 50 for view in views() if view.name not in ("as_of", "calendar")}
    assert counts["engagement.as_of"] == 1
    assert 0 < (counts["engagement.calendar"] or 0) <= 50


def _count_of_first_rows(con: duckdb.DuckDBPyConnection, address: str) -> int | None:
    """Return how many rows of fifty asked for came, None if they did not come in time."""
    timer = threading.Timer(_PATIENCE_SECONDS, con.interrupt)
    timer.start()
    try:
        return len(con.execute(f"from {address} limit 50").fetchall())
    except duckdb.InterruptException:
        return None
    finally:
        timer.cancel()
