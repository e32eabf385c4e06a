"""The last asset: closes the run's row in ``ops.refreshes`` and publishes the warehouse."""

import dagster as dg

from pipelines.assets.documents import READ
from pipelines.assets.specs import POOL, key_of, table_outcome, table_spec
from pipelines.schemas import TABLES
from pipelines.warehouse import Warehouse
from pipelines.warehouse.aggregates import AGGREGATES
from pipelines.warehouse.facts import STEPS
from pipelines.warehouse.mentions import MENTION_TABLES
from pipelines.warehouse.reference import REFERENCE_TABLES
from pipelines.warehouse.refreshes import finish
from pipelines.warehouse.views import drop_unknown_views, views

_WRITTEN = (name for step in STEPS for name in step.writes)
_TABLES = (*READ, "document_bands", *REFERENCE_TABLES, *MENTION_TABLES, "rejected_rows", *_WRITTEN, *AGGREGATES)


def _everything() -> list[dg.AssetKey]:
    return [key_of(TABLES[name].address) for name in _TABLES] + [key_of(view.address) for view in views()]


@dg.multi_asset(name="publish", specs=[table_spec("refreshes", "ops", ["python"]).replace_attributes(deps=_everything())], pool=POOL)
def publish(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """Put a whole copy of the warehouse in the place of the one that users query."""
    with warehouse.transaction() as con:
        drop_unknown_views(con, views())
        finish(con, context.run.run_id)
    size = warehouse.publish()
    context.log.info(f"Published {warehouse.settings.warehouse} ({size:,} bytes)")
    return table_outcome(
        warehouse.con,
        "refreshes",
        {"published_file": dg.MetadataValue.path(str(warehouse.settings.warehouse)), "published_bytes": size},
    )
