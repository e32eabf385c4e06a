"""A look at a table or view for people: how many rows, and the first of them, in a time that does not grow with the warehouse."""

import threading
import time
from dataclasses import dataclass

import duckdb

_SHOWN_ROWS = 5
# Up to here the rows themselves are counted, which spares a second query.
_COUNTED_BY_FETCHING = 500


@dataclass(frozen=True, slots=True)
class Look:
    """The first rows of a table or view. ``row_count`` is None where counting would have taken too long."""

    columns: tuple[str, ...]
    rows: tuple[tuple[object, ...], ...]
    row_count: int | None


@dataclass(slots=True)
class Allowance:
    """Time left for looks, in seconds. Views over a large warehouse can take long, and a refresh is not there to look at them."""

    seconds: float

    def look_at(self, con: duckdb.DuckDBPyConnection, address: str) -> Look:
        """Look at table or view ``address`` for at most the time left; outside of a transaction, which giving up would undo."""
        columns: tuple[str, ...] = ()
        rows: list[tuple[object, ...]] = []
        if self.seconds <= 0:
            return Look(columns, (), None)
        began = time.monotonic()
        timer = threading.Timer(self.seconds, con.interrupt)
        timer.start()
        try:
            cursor = con.execute(f"from {address} limit {_COUNTED_BY_FETCHING}")
            columns, rows = tuple(column[0] for column in cursor.description), cursor.fetchall()
            row_count = len(rows) if len(rows) < _COUNTED_BY_FETCHING else _counted(con, address)
        except duckdb.InterruptException:
            row_count = None
        finally:
            timer.cancel()
            timer.join()
            self.seconds -= time.monotonic() - began
        return Look(columns, tuple(rows[:_SHOWN_ROWS]), row_count)


def _counted(con: duckdb.DuckDBPyConnection, address: str) -> int:
    ((count,),) = con.execute(f"select count(*) from {address}").fetchall()
    return count
