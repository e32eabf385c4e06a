"""Asset checks: what pandera said of the rows of a run, and the queries of ``sql/checks``. What a good row is stands in the schemas."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dagster as dg

from pipelines.assets.specs import key_of
from pipelines.schemas import TABLES
from pipelines.warehouse.validation import ShapeError


def valid_rows_spec(name: str) -> dg.AssetCheckSpec:
    """Return the spec of the check that pandera makes of the rows written to table ``name``."""
    return dg.AssetCheckSpec(
        "valid_rows",
        asset=key_of(TABLES[name].address),
        description="Every row written keeps to the table's schema. Rows that do not are in ops.rejected_rows.",
    )


def valid_rows(key: dg.AssetKey, checked: int, rejected: int, failures: Mapping[str, int]) -> dg.AssetCheckResult:
    """Return what validation found among the rows of a run: a warning when some were set aside."""
    return dg.AssetCheckResult(
        asset_key=key,
        check_name="valid_rows",
        passed=rejected == 0,
        severity=dg.AssetCheckSeverity.WARN,
        metadata={"rows_checked": checked, "rows_rejected": rejected} | {f"failed {check}": count for check, count in failures.items()},
    )


@contextmanager
def shape_guard() -> Iterator[None]:
    """Turn a frame of the wrong shape into a failure of the step, which writes nothing and is not worth another try."""
    try:
        yield
    except ShapeError as error:
        raise dg.Failure(f"The engine and the schemas do not agree: {error}", allow_retries=False) from error
