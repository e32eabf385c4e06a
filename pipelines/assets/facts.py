"""Assets of the facts group: mentions of all documents become facts. Who is who is decided in ``pipelines/resolution``."""

from collections.abc import Iterator

import dagster as dg

from pipelines.assets.specs import POOL, key_of, table_outcome, table_spec
from pipelines.checks import shape_guard, valid_rows, valid_rows_spec
from pipelines.schemas import TABLES
from pipelines.warehouse import Warehouse
from pipelines.warehouse.aggregates import write_aggregates
from pipelines.warehouse.facts import STEPS, Step, resolve
from pipelines.warehouse.refreshes import count_towards


def fact_assets(step: Step) -> dg.AssetsDefinition:
    """Return the assets of the tables that ``step`` of resolution writes."""

    @dg.multi_asset(
        name=f"resolve_{step.name}",
        specs=[table_spec(name, "facts", ["python", "pandera"], (*step.reads, "document_bands")) for name in step.writes],
        check_specs=[valid_rows_spec(name) for name in step.writes],
        pool=POOL,
        description=f"Bring the tables of {step.name} up to date with the documents that wait for it.",
    )
    def resolved(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult]:
        with shape_guard():
            report = resolve(warehouse, step, context.run.run_id)
        checked, rejected = sum(report.checked.values()), sum(report.rejected.values())
        if report.documents:
            count_towards(warehouse, context.run.run_id, written=checked - rejected, rejected=rejected)
        for name in step.writes:
            told = {"documents": report.documents, "rows_checked": report.checked[name], "rows_rejected": report.rejected[name]}
            check = valid_rows(key_of(TABLES[name].address), report.checked[name], report.rejected[name], report.failures.get(name, {}))
            yield table_outcome(warehouse.con, name, report.counts | told, [check])

    return resolved


_OF_HAPPENINGS = (
    "fct_engagement_mentions",
    "fct_engagements",
    "fct_engagement_parties",
    "fct_engagement_people",
    "dim_people",
    "dim_parties",
)
_OF_INSTRUMENTS = ("fct_agreement_mentions", "fct_agreements", "fct_agreement_parties", "dim_parties")
_OF_FIGURES = ("fct_trade_claims", "dim_people")
_GATHERED_FROM = {
    "agg_engagements": _OF_HAPPENINGS,
    "agg_agreements": _OF_INSTRUMENTS,
    "agg_promises": ("fct_engagement_mentions", "fct_agreement_mentions"),
    "agg_best_figures": _OF_FIGURES,
    "agg_conflicting_figures": _OF_FIGURES,
    "agg_targets": _OF_FIGURES,
}


@dg.multi_asset(
    name="aggregates",
    specs=[table_spec(name, "facts", ["sql"], (*tables, "document_bands")) for name, tables in _GATHERED_FROM.items()],
    pool=POOL,
)
def aggregates(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult]:
    """Gather what views show of the happenings, instruments and figures that changed."""
    with warehouse.transaction() as con:
        written = write_aggregates(con)
    for name, count in written.items():
        yield table_outcome(warehouse.con, name, {"rows_written": count})


facts = [*(fact_assets(step) for step in STEPS), aggregates]
