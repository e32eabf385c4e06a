"""What can be asked: the tables and views of the published warehouse and their columns, with their comments.

Belongs here: reading names and comments from the warehouse. Does not belong here: writing them (schemas, sql).
"""

import duckdb

from pipelines.terminal.published import Row, rows_of

_RELATIONS = """
    select schema_name || '.' || name as name, comment
    from (
        select schema_name, table_name as name, comment from duckdb_tables() where not internal
        union all
        select schema_name, view_name, comment from duckdb_views() where not internal
    )
    where schema_name <> 'staging'
    order by schema_name = 'ops', schema_name <> 'engagement', schema_name <> 'trade', name
"""
_COLUMNS = """
    select column_name as name, lower(data_type) as type, comment as "what it tells"
    from duckdb_columns()
    where schema_name || '.' || table_name = ?
    order by column_index
"""


class UnknownRelationError(LookupError):
    """The warehouse has no table or view of that name; the message says how to see those it has."""


def relations(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Return name and first sentence of the comment of every table and view: views of engagement, of trade, tables, bookkeeping."""
    return [
        {"name": row["name"], "what it tells": str(row["comment"] or "").split(". ")[0].split(": ")[0].rstrip(".")}
        for row in rows_of(con, _RELATIONS)
    ]


def columns_of(con: duckdb.DuckDBPyConnection, name: str) -> list[Row]:
    """Return name, type and comment of the columns of a table or view ("trade.targets"; a bare name is one of ``main``)."""
    found = rows_of(con, _COLUMNS, [name if "." in name else f"main.{name}"])
    if not found:
        raise UnknownRelationError(f"No table or view {name}. `chancery tables` lists them.")
    return found
