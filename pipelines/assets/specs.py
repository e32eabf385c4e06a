"""What Dagster shows of a table or view: its spec before a run, its outcome after. All of it comes from the schemas and SQL files."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import dagster as dg
import duckdb

from pipelines.assets.markdown import table
from pipelines.schemas import COLUMNS, TABLES
from pipelines.warehouse.connection import single
from pipelines.warehouse.ddl import described
from pipelines.warehouse.views import View

OWNERS = ["team:chancery"]
# A refresh comes at least every night; a whole day without one is worth a look, a day and a half is a fault.
FRESHNESS = dg.FreshnessPolicy.time_window(fail_window=timedelta(hours=36), warn_window=timedelta(hours=25))
POOL = "warehouse"
_PREVIEW_ROWS = 5
_PREVIEW_CHARACTERS = 120


def key_of(address: str) -> dg.AssetKey:
    """Return the asset key of a table or view: its name in SQL, without the default schema."""
    schema, name = address.split(".")
    return dg.AssetKey([name] if schema == "main" else [schema, name])


def table_spec(name: str, group: str, kinds: Sequence[str], deps: Iterable[str] = ()) -> dg.AssetSpec:
    """Return the spec of table ``name``; ``deps`` are the names of the tables it is made from."""
    table = TABLES[name]
    columns = [
        dg.TableColumn(
            column,
            type=COLUMNS[column].sql_type,
            description=described(COLUMNS[column]),
            constraints=dg.TableColumnConstraints(nullable=column not in table.required, unique=table.key == (column,)),
        )
        for column in table.columns
    ]
    return dg.AssetSpec(
        key=key_of(table.address),
        deps=[key_of(TABLES[dep].address) for dep in deps],
        description=table.description,
        group_name=group,
        kinds={"duckdb", *kinds},
        owners=OWNERS,
        freshness_policy=FRESHNESS,
        metadata={"dagster/table_name": table.address, "dagster/column_schema": dg.TableSchema(columns)},
    )


def view_spec(view: View) -> dg.AssetSpec:
    """Return the spec of a view, with its columns and what each is made from."""
    columns = [dg.TableColumn(name, type=column.sql_type, description=column.description) for name, column in view.columns.items()]
    return dg.AssetSpec(
        key=key_of(view.address),
        deps=[key_of(dependency) for dependency in view.dependencies],
        description=view.description,
        group_name=view.schema,
        kinds={"duckdb", "sql", "view"},
        owners=OWNERS,
        freshness_policy=FRESHNESS,
        metadata={"dagster/table_name": view.address, "dagster/column_schema": dg.TableSchema(columns)},
    )


def lineage_of(view: View) -> dg.TableColumnLineage:
    """Return the lineage of the view's columns as Dagster draws it."""
    return dg.TableColumnLineage(
        {
            name: [dg.TableColumnDep(asset_key=key_of(table), column_name=source) for table, source in column.sources]
            for name, column in view.columns.items()
        }
    )


def table_outcome(
    con: duckdb.DuckDBPyConnection,
    name: str,
    metadata: Mapping[str, Any] | None = None,
    checks: Sequence[dg.AssetCheckResult] = (),
) -> dg.MaterializeResult:
    """Return the outcome of table ``name`` as it stands: its rows, a look at them, and ``metadata``."""
    address = TABLES[name].address
    shown = {"dagster/row_count": single(con, f"select count(*) from {address}"), "preview": preview(con, address)}
    return dg.MaterializeResult(asset_key=key_of(address), metadata=shown | dict(metadata or {}), check_results=list(checks))


def preview(con: duckdb.DuckDBPyConnection, source: str) -> dg.MarkdownMetadataValue:
    """Return the first rows of ``source``, a table or a query in parentheses, as a table."""
    cursor = con.execute(f"from {source} limit {_PREVIEW_ROWS}")
    return shown_rows([column[0] for column in cursor.description], cursor.fetchall())


def shown_rows(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> dg.MarkdownMetadataValue:
    """Return rows as a table, long values cut short."""
    return dg.MetadataValue.md(table(columns, [[_short(value) for value in row] for row in rows]))


def shown_before(context: dg.AssetExecutionContext) -> Mapping[str, Any] | None:
    """Return the metadata of the asset's latest materialization, None if there was none."""
    event = context.instance.get_latest_materialization_event(context.asset_key)
    return event.asset_materialization.metadata if event and event.asset_materialization else None


def _short(value: object) -> str:
    text = "" if value is None else str(value)
    return text if len(text) <= _PREVIEW_CHARACTERS else text[: _PREVIEW_CHARACTERS - 1] + "…"
