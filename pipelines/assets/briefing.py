"""The asset of the briefing: a page beside the published warehouse, written at the end of every refresh that changed something."""

import dagster as dg

from pipelines.assets.specs import FRESHNESS, OWNERS, POOL, key_of, shown_before
from pipelines.warehouse import Warehouse
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint


@dg.asset(
    deps=[key_of("ops.refreshes")],
    group_name="publications",
    kinds={"html", "duckdb"},
    owners=OWNERS,
    freshness_policy=FRESHNESS,
    pool=POOL,
    description="The page to open every morning: what is new, ahead, late, claimed, contradicted; each line with sentence and source.",
)
def briefing(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """Write the briefing, unless it says already what there is to say."""
    from pipelines.assets.pictures import briefing_pictures
    from pipelines.briefing.page import write_briefing
    from pipelines.briefing.state import state_of_briefing

    path, state = warehouse.settings.briefing, state_of_briefing(warehouse.con)
    if path.exists() and fingerprint_of(warehouse.con, "briefing") == state and (shown := shown_before(context)):
        return dg.MaterializeResult(metadata=shown)
    told = write_briefing(warehouse.con, path)
    with warehouse.transaction() as con:
        keep_fingerprint(con, "briefing", state)
    return dg.MaterializeResult(
        metadata={"file": dg.MetadataValue.path(str(path)), "bytes": path.stat().st_size, **briefing_pictures(told)}
    )
