"""What starts a refresh by itself: the job, the sensor on the seeds folder, the nightly schedule."""

import dagster as dg

refresh = dg.define_asset_job(
    "refresh", selection=dg.AssetSelection.all(), description="Read what is new in seeds/, and bring every table and view up to date."
)


@dg.sensor(job=refresh, minimum_interval_seconds=5, default_status=dg.DefaultSensorStatus.RUNNING)
def new_seeds(context: dg.SensorEvaluationContext) -> dg.SkipReason:
    """Start a refresh when documents land in the seeds folder or change there."""
    return dg.SkipReason("not yet")


nightly = dg.ScheduleDefinition(
    name="nightly",
    job=refresh,
    cron_schedule="30 2 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="A refresh every night at half past two, should the sensor have missed something.",
)
