"""What starts a refresh by itself: the job, the sensor on the seeds folder, the nightly schedule. What a refresh does is in ``assets/``."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import dagster as dg

from pipelines.settings import current_settings
from pipelines.warehouse.files import SeedFile, changed_since_published, now

# A file is taken for whole when it has not changed for this long.
_REST = timedelta(seconds=2)
# Sizes kept from one look to the next; in a greater drop the times of change must do.
_SIZES_KEPT = 2000

refresh = dg.define_asset_job(
    "refresh",
    # The exports hold every fact and are written anew each time: on demand only.
    selection=dg.AssetSelection.all() - dg.AssetSelection.assets("exports"),
    description="Read what is new in seeds/, and bring every table and view up to date.",
)


@dg.sensor(job=refresh, minimum_interval_seconds=5, default_status=dg.DefaultSensorStatus.RUNNING)
def new_seeds(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
    """Start a refresh when documents land in the seeds folder or change there, once they are whole; many at once are one run."""
    settings = current_settings()
    if not settings.seeds.is_dir():
        return dg.SkipReason(f"The seeds folder {settings.seeds} does not exist.")
    changed = changed_since_published(settings)
    look = look_at(changed, _sizes_in(context.cursor), now())
    if not look.changed:
        return dg.SkipReason("Nothing new.")
    cursor = json.dumps(look.sizes)
    if look.is_at_rest:
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=look.fingerprint)], cursor=cursor)
    return dg.SensorResult(skip_reason=f"{look.changed} new or changed files, some still being written.", cursor=cursor)


@dataclass(frozen=True, slots=True)
class Look:
    """What the sensor sees at one look: how many files changed, whether all are whole, a hash of them, the sizes to compare next."""

    changed: int
    is_at_rest: bool
    fingerprint: str
    sizes: Mapping[str, int]


def look_at(changed: Sequence[SeedFile], sizes_before: Mapping[str, int], at: datetime) -> Look:
    """Judge the ``changed`` files: whole are those that kept their size since the look before and have not changed for two seconds."""
    is_at_rest = all(
        # A time in the future is a clock that differs, not a file being written.
        not timedelta() <= at - file.modified_at < _REST and sizes_before.get(file.source_path, file.byte_count) == file.byte_count
        for file in changed
    )
    state = [(file.source_path, file.byte_count, file.modified_at.isoformat()) for file in changed]
    fingerprint = hashlib.blake2b(json.dumps(state).encode(), digest_size=12).hexdigest()
    return Look(len(changed), is_at_rest, fingerprint, {file.source_path: file.byte_count for file in changed[:_SIZES_KEPT]})


def _sizes_in(cursor: str | None) -> dict[str, int]:
    try:
        return json.loads(cursor or "{}")
    except ValueError:  # of an older version
        return {}


nightly = dg.ScheduleDefinition(
    name="nightly",
    job=refresh,
    cron_schedule="30 2 * * *",
    default_status=dg.DefaultScheduleStatus.RUNNING,
    description="A refresh at half past two every night: for new words and rules, and should the sensor have missed something.",
)
