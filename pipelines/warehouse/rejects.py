"""``ops.rejected_rows``: rows set aside, with the check they failed and their evidence. Which rows those are is decided elsewhere."""

from collections.abc import Sequence

import duckdb
import pyarrow as pa

from pipelines.schemas import TABLES
from pipelines.warehouse.files import now
from pipelines.warehouse.validation import Failure

_FAILURES = pa.schema([("position", pa.int64()), ("column_name", pa.string()), ("check_name", pa.string()), ("failed_value", pa.string())])


def note_rejected(con: duckdb.DuckDBPyConnection, name: str, rows: str, failures: Sequence[Failure], run_id: str) -> int:
    """Enter the failures of relation ``rows`` (which has a column ``position``) into ``ops.rejected_rows``; return the rows they are of."""
    if not failures:
        return 0
    columns = {column for column, *_ in con.execute(f"describe {rows}").fetchall()}
    con.register("batch_failures", pa.Table.from_pylist([_as_row(failure) for failure in failures], _FAILURES))
    try:
        con.execute(
            f"""
            insert into ops.rejected_rows by name
            select
              ? as table_name,
              {"rows.document_id" if "document_id" in columns else "null"} as document_id,
              failures.column_name,
              failures.check_name,
              failures.failed_value,
              {"rows.evidence_text" if "evidence_text" in columns else "null"} as evidence_text,
              to_json(rows)::varchar as row_json,
              ? as rejected_at,
              ? as run_id
            from batch_failures as failures
            join {rows} as rows on rows.position = failures.position
            """,
            [TABLES[name].address, now(), run_id],
        )
    finally:
        con.unregister("batch_failures")
    return len({failure.position for failure in failures})


def _as_row(failure: Failure) -> dict[str, object]:
    return {
        "position": failure.position,
        "column_name": failure.column,
        "check_name": failure.check,
        "failed_value": failure.value,
    }
