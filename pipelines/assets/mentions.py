"""Assets of the mentions group: documents become mentions. What the words mean is said in ``pipelines/extraction``."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.specs import POOL, key_of, table_outcome, table_spec
from pipelines.checks import corrections_apply, corrections_spec, shape_guard, valid_rows, valid_rows_spec
from pipelines.progress import shown_progress
from pipelines.schemas import TABLES
from pipelines.warehouse import Warehouse
from pipelines.warehouse.corrections import correct
from pipelines.warehouse.mentions import MENTION_TABLES, extract_pending
from pipelines.warehouse.refreshes import count_towards


@dg.multi_asset(
    name="mentions",
    specs=[
        *(table_spec(name, "mentions", ["python", "pandera"], ["dim_documents"]) for name in MENTION_TABLES),
        table_spec("rejected_rows", "mentions", ["python", "pandera"], ["dim_documents"]),
    ],
    check_specs=[*(valid_rows_spec(name) for name in MENTION_TABLES), corrections_spec()],
    pool=POOL,
)
def mentions(
    context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult | dg.AssetCheckResult]:
    """Extract every document that waits for it, on all cores; set aside the rows that fail validation."""
    with shape_guard(), shown_progress("Extracting", "documents", context.log.info) as progress:
        report = extract_pending(warehouse, context.run.run_id, progress)
    kept, rejected = sum(report.kept.values()), sum(report.rejected.values())
    count_towards(warehouse, context.run.run_id, refused=report.documents_failed, written=kept, rejected=rejected)
    context.log.info(f"{report.documents} documents gave {kept} rows, {rejected} more were set aside (engine {report.engine})")
    for name in MENTION_TABLES:
        checked = report.kept[name] + report.rejected[name]
        failures = {check: count for (table, check), count in report.failures.items() if table == name}
        told = {"documents": report.documents, "rows_written": report.kept[name], "rows_rejected": report.rejected[name]}
        yield table_outcome(warehouse.con, name, told, [valid_rows(key_of(TABLES[name].address), checked, report.rejected[name], failures)])
    unfit = correct(warehouse, context.run.run_id)
    yield table_outcome(warehouse.con, "rejected_rows", {"rows_rejected": rejected}, [corrections_apply(unfit)])
