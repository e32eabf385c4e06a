"""Tables that the lexicon gives: parties and kinds of happening. Which rows they have is the lexicon's business."""

import hashlib
import json
from typing import Any

import duckdb
import pyarrow as pa

from pipelines.extraction import lexicon
from pipelines.schemas import COLUMNS, TABLES
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint

REFERENCE_TABLES = ("dim_parties", "dim_engagement_types")


def write_reference(con: duckdb.DuckDBPyConnection, name: str) -> int:
    """Replace reference table ``name`` by the lexicon's rows if they changed; return its number of rows."""
    rows = _parties() if name == "dim_parties" else [dict(row) for row in lexicon.table("engagement_types")]
    table = TABLES[name]
    fingerprint = hashlib.blake2b(json.dumps(rows, sort_keys=True).encode(), digest_size=16).hexdigest()
    if fingerprint_of(con, table.address) != fingerprint:
        values = {column: [row.get(column) or None for row in rows] for column in table.columns}
        con.register("reference_rows", pa.table({column: pa.array(cells, pa.string()) for column, cells in values.items()}))
        columns = ", ".join(f"{column}::{COLUMNS[column].sql_type} as {column}" for column in table.columns)
        con.execute(f"delete from {table.address}")
        con.execute(f"insert into {table.address} by name select {columns} from reference_rows order by {', '.join(table.key)}")
        con.unregister("reference_rows")
        keep_fingerprint(con, table.address, fingerprint)
    return len(rows)


def _parties() -> list[dict[str, Any]]:
    countries = [{"party_type": "country"} | row for row in lexicon.table("countries")]
    organisations = [row for row in lexicon.table("organisations") if row["party_type"] == "organisation"]
    return countries + organisations
