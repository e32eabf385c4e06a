"""The asset of the exports: files for other tools beside the published warehouse. Not part of a refresh, for it writes every fact anew."""

import dagster as dg

from pipelines.assets.specs import OWNERS, POOL, key_of
from pipelines.warehouse import Warehouse


@dg.asset(
    deps=[key_of("ops.refreshes")],
    group_name="publications",
    kinds={"parquet", "csv", "duckdb"},
    owners=OWNERS,
    pool=POOL,
    description="Events with the columns of GDELT 2.0 and of POLECAT, every fact with its words as Parquet and JSON-LD, the calendar as "
    "iCalendar. Written on demand, here or by `chancery export`; docs/exports.md says what each column holds.",
)
def exports(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """Write the exports."""
    from pipelines.exports import write_exports

    folder = warehouse.settings.exports
    counts = write_exports(warehouse.con, folder)
    return dg.MaterializeResult(
        metadata={"folder": dg.MetadataValue.path(str(folder)), **{f"rows {file}": n for file, n in counts.items()}}
    )
