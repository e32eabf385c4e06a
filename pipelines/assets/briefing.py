"""The asset of the briefing: a page beside the published warehouse, written at the end of every refresh."""

import dagster as dg

from pipelines.assets.pictures import briefing_pictures
from pipelines.assets.specs import OWNERS, POOL, key_of
from pipelines.briefing import write_briefing
from pipelines.warehouse import Warehouse


@dg.asset(
    deps=[key_of("ops.refreshes")],
    group_name="publications",
    kinds={"html", "duckdb"},
    owners=OWNERS,
    pool=POOL,
    description="The page to open every morning: what is new, ahead, late, claimed, contradicted; each line with sentence and source.",
)
def briefing(warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """Write the briefing."""
    path = warehouse.settings.briefing
    told = write_briefing(warehouse.con, path)
    return dg.MaterializeResult(
        metadata={"file": dg.MetadataValue.path(str(path)), "bytes": path.stat().st_size, **briefing_pictures(told)}
    )
