"""The SQL that makes the tables, written from ``pipelines/schemas``: DDL and comments. Nothing about views or rows belongs here."""

import hashlib
from collections.abc import Iterator

import duckdb

from pipelines.schemas import COLUMNS, TABLES, Column, Table

SCHEMAS = ("main", "trade", "engagement", "staging", "ops")
# Everything else can be made again from these.
_KEPT = ("dim_documents", "source_files", "file_documents", "rejected_documents", "refreshes")
# For checks that cost the length of every body: within a refresh the documents it touched, at any other time all of them.
_DOCUMENTS_TO_CHECK = """
create or replace view staging.documents_to_check as
select document_id from staging.pending_documents where step = 'checks'
union all
select document_id from main.dim_documents where not exists (from staging.pending_documents where step = 'checks')
"""


def text_literal(text: str) -> str:
    """Return ``text`` as a SQL string literal."""
    return "'" + text.replace("'", "''") + "'"


def described(column: Column) -> str:
    """Return the column's meaning with its unit and closed list, as users read it."""
    unit = f" Unit: {column.unit}." if column.unit else ""
    values = f" One of: {', '.join(column.values)}." if column.values else ""
    return column.description + unit + values


def create_table(table: Table) -> str:
    """Return the statement that creates ``table``."""
    columns = ", ".join(f"{name} {COLUMNS[name].sql_type}{' not null' if name in table.required else ''}" for name in table.columns)
    return f"create table if not exists {table.address} ({columns})"


def comments(table: Table) -> Iterator[str]:
    """Yield the statements that comment ``table`` and its columns."""
    yield f"comment on table {table.address} is {text_literal(table.description)}"
    for name in table.columns:
        yield f"comment on column {table.address}.{name} is {text_literal(described(COLUMNS[name]))}"


def statements() -> list[str]:
    """Return every statement that makes an empty warehouse, in order."""
    schemas = [f"create schema if not exists {schema}" for schema in SCHEMAS]
    tables = [statement for table in TABLES.values() for statement in (create_table(table), *comments(table))]
    return [*schemas, *tables, _DOCUMENTS_TO_CHECK]


def ensure_tables(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the tables of an open warehouse to the shape the schemas give, in one transaction; nothing happens when they have it."""
    wanted = hashlib.sha256("\n".join(statements()).encode()).hexdigest()
    if _fingerprint(con) == wanted:
        return
    con.execute("begin")
    try:
        outdated = _outdated(con)
        _set_views_aside(con, outdated)
        for table in outdated:
            con.execute(f"alter table {table.address} rename to {table.name}_outdated")
        for statement in statements():
            con.execute(statement)
        for table in outdated:
            if table.name in _KEPT:
                con.execute(f"insert into {table.address} by name select {_shared(con, table)} from {table.schema}.{table.name}_outdated")
            con.execute(f"drop table {table.schema}.{table.name}_outdated")
        if outdated:
            con.execute("update main.dim_documents set extractor_version = null")
        con.execute("delete from staging.fingerprints where table_name = 'tables'")
        con.execute("insert into staging.fingerprints values ('tables', ?)", [wanted])
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise


def _fingerprint(con: duckdb.DuckDBPyConnection) -> str | None:
    try:
        rows = con.execute("select fingerprint from staging.fingerprints where table_name = 'tables'").fetchall()
    except duckdb.CatalogException:  # an empty file
        return None
    return rows[0][0] if rows else None


def _columns(con: duckdb.DuckDBPyConnection, schema: str, name: str) -> list[tuple[str, str, bool]]:
    return con.execute(
        "select column_name, data_type, is_nullable from duckdb_columns() where database_name = current_database() "
        "and schema_name = ? and table_name = ? order by column_index",
        [schema, name],
    ).fetchall()


def _outdated(con: duckdb.DuckDBPyConnection) -> list[Table]:
    """Return the tables whose columns differ from the schemas'. A table that is new is none of them."""
    outdated = []
    for table in TABLES.values():
        found = _columns(con, table.schema, table.name)
        wanted = [(name, COLUMNS[name].sql_type, name not in table.required) for name in table.columns]
        if found and found != wanted:
            outdated.append(table)
    return outdated


def _set_views_aside(con: duckdb.DuckDBPyConnection, outdated: list[Table]) -> None:
    # Views are made again at every change of theirs; forgetting the fingerprints makes that happen.
    if outdated:
        con.execute("delete from staging.fingerprints")
        views = con.execute("select schema_name, view_name from duckdb_views() where not internal").fetchall()
        for schema, name in views:
            con.execute(f"drop view if exists {schema}.{name}")


def _shared(con: duckdb.DuckDBPyConnection, table: Table) -> str:
    before = {name for name, _, _ in _columns(con, table.schema, f"{table.name}_outdated")}
    return ", ".join(name for name in table.columns if name in before)
