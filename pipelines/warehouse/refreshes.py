"""``ops.refreshes``: what each run read, wrote and refused, counted up as its steps go."""

from datetime import datetime

import duckdb

from pipelines.extraction.version import engine_version
from pipelines.warehouse.connection import Warehouse, single
from pipelines.warehouse.files import now


def count_towards(
    warehouse: Warehouse, run_id: str, read: int = 0, new: int = 0, refused: int = 0, written: int = 0, rejected: int = 0
) -> None:
    """Add to the counts of run ``run_id``, which begins with its first call."""
    with warehouse.transaction() as con:
        _begin(con, run_id)
        con.execute(
            """
            update ops.refreshes set
              documents_read = documents_read + ?,
              documents_new = documents_new + ?,
              documents_rejected = documents_rejected + ?,
              rows_written = rows_written + ?,
              rows_rejected = rows_rejected + ?
            where run_id = ?
            """,
            [read, new, refused, written, rejected, run_id],
        )


def has_changed(con: duckdb.DuckDBPyConnection, run_id: str) -> bool:
    """Return whether the facts of any document have changed since the warehouse was last published, or run ``run_id`` read any."""
    return bool(
        con.execute(
            """
            select 1 from staging.pending_documents where step = 'checks'
            union all
            select 1 from ops.refreshes where run_id = ? and documents_read + documents_rejected + rows_written + rows_rejected > 0
            limit 1
            """,
            [run_id],
        ).fetchall()
    )


def finish(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    """Close the row of run ``run_id``: its documents need no more checks. Part of the caller's transaction."""
    _begin(con, run_id)
    con.execute("update ops.refreshes set finished_at = ? where run_id = ?", [now(), run_id])
    con.execute("delete from staging.pending_documents where step = 'checks'")


def _begin(con: duckdb.DuckDBPyConnection, run_id: str) -> None:
    began: datetime = now()
    if not single(con, "select count(*) from ops.refreshes where run_id = ?", [run_id]):
        con.execute("insert into ops.refreshes values (?, ?, null, 0, 0, 0, 0, 0, ?)", [run_id, began, engine_version()])
