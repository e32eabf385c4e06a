"""The warehouse as Dagster's resource: one writer a run, open from its first step to its last."""

from collections.abc import Iterator

import dagster as dg

from pipelines.settings import current_settings
from pipelines.warehouse.connection import Warehouse, open_warehouse

# The asset whose step publishes; a run of chosen assets without it publishes at its end.
PUBLISHER = dg.AssetKey(["ops", "refreshes"])


@dg.resource(
    config_schema={
        "patience_seconds": dg.Field(
            float, default_value=1800.0, description="How long to wait for another run that is writing, in seconds."
        )
    },
    description="The working file of the warehouse, open for writing; the environment (CHANCERY_WAREHOUSE) says where it lies.",
)
def warehouse_resource(context: dg.InitResourceContext) -> Iterator[Warehouse]:
    """Give the open warehouse to the run's steps, and publish what a run of chosen assets did."""
    run = context.run
    with open_warehouse(
        current_settings(),
        writer=run.run_id if run else "",
        patience_seconds=context.resource_config["patience_seconds"],
        say=context.log.info if context.log else print,
        on_crashed_writer=lambda run_id: close_crashed_run(context.instance, run_id),
    ) as warehouse:
        yield warehouse
        if run and run.asset_selection and PUBLISHER not in run.asset_selection and is_whole(warehouse):
            warehouse.publish()


def is_whole(warehouse: Warehouse) -> bool:
    """Return whether nothing waits for a step, so that every table tells of the same documents."""
    waiting = warehouse.con.execute(
        "select 1 from staging.pending_documents where step <> 'checks' union all select 1 from staging.stale_aggregates limit 1"
    ).fetchall()
    return not waiting


def close_crashed_run(instance: dg.DagsterInstance | None, run_id: str) -> None:
    """Tell Dagster of a run whose process ended without a word, and free the pool it held."""
    if instance is None or not run_id:
        return
    run = instance.get_run_by_id(run_id)
    if run and not run.is_finished:
        instance.report_run_failed(run, "The process that ran this ended without finishing. Its next refresh carried on where it stopped.")
    if instance.event_log_storage.supports_global_concurrency_limits:
        instance.event_log_storage.free_concurrency_slots_for_run(run_id)
