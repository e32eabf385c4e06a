"""Read-only access to the published warehouse, with errors that say what to do. Writing is done elsewhere, by the pipeline alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from pipelines.settings import Settings

Row = dict[str, Any]


class NoWarehouseError(RuntimeError):
    """There is no published warehouse to read, or it cannot be read; the message says what to do."""


@contextmanager
def published(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the published file for reading; raises NoWarehouseError where there is none or it is no warehouse."""
    path: Path = settings.warehouse
    if not path.exists():
        raise NoWarehouseError(f"No warehouse at {path} yet. Run `chancery refresh` first.")
    try:
        con = duckdb.connect(str(path), read_only=True)
        con.execute("set enable_progress_bar = false")  # it would stand among the rows
    except duckdb.Error as error:
        raise NoWarehouseError(f"{path} cannot be read as a DuckDB file: {error}. Move it away and run `chancery refresh`.") from error
    try:
        yield con
    finally:
        con.close()


def rows_of(con: duckdb.DuckDBPyConnection, query: str, values: list | None = None) -> list[Row]:
    """Return the rows of ``query`` as dictionaries."""
    result = con.execute(query, values or [])
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
