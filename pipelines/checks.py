"""Asset checks: what pandera said of the rows of a run, and the queries of ``sql/checks``. What a good row is stands in the schemas."""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import dagster as dg

from pipelines.assets.specs import POOL, key_of, preview
from pipelines.schemas import TABLES
from pipelines.warehouse import Warehouse
from pipelines.warehouse.aggregates import AGGREGATES
from pipelines.warehouse.check_files import CheckFile, check_files
from pipelines.warehouse.connection import single
from pipelines.warehouse.facts import STEPS
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint
from pipelines.warehouse.refreshes import has_changed
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


def corrections_spec() -> dg.AssetCheckSpec:
    """Return the spec of the check that every correction still finds what it expects."""
    return dg.AssetCheckSpec(
        "corrections_apply",
        asset=key_of("ops.rejected_rows"),
        description="Every entry of the corrections file still finds the row or the names that it expects.",
    )


def corrections_apply(unfit: list[str]) -> dg.AssetCheckResult:
    """Return what became of the corrections: an error that lists those that no longer apply."""
    return dg.AssetCheckResult(
        asset_key=key_of("ops.rejected_rows"),
        check_name="corrections_apply",
        passed=not unfit,
        severity=dg.AssetCheckSeverity.ERROR,
        metadata={f"correction {number}": sentence for number, sentence in enumerate(unfit, 1)},
    )


@contextmanager
def shape_guard() -> Iterator[None]:
    """Turn a frame of the wrong shape into a failure of the step, which writes nothing and is not worth another try."""
    try:
        yield
    except ShapeError as error:
        raise dg.Failure(f"The engine and the schemas do not agree: {error}", allow_retries=False) from error


# Checks of one table that read others cannot hold those others up; this one, on a table that only publishing waits for, sums them up.
GATE = dg.AssetCheckKey(key_of("ops.rejected_rows"), "fit_to_publish")
# Names the fingerprint of the queries that last found nothing at all.
_PASSED = "sql_checks"
# A check may read any table, so it waits for all that change.
_READ = sorted({name for step in STEPS for name in step.writes} | {*AGGREGATES, "dim_documents", "dim_parties", "dim_engagement_types"})


def _spec(check: CheckFile) -> dg.AssetCheckSpec:
    return dg.AssetCheckSpec(
        check.name,
        asset=key_of(TABLES[check.table].address),
        additional_deps=[key_of(TABLES[name].address) for name in _READ if name != check.table],
        description=check.description,
        metadata={"severity": "error" if check.is_error else "warn", "query": dg.MetadataValue.md(f"```sql\n{check.query}\n```")},
    )


def _gate_spec() -> dg.AssetCheckSpec:
    description = "No check of severity error found anything, so the warehouse may be published."
    return dg.AssetCheckSpec(GATE.name, asset=GATE.asset_key, description=description, blocking=True)


@dg.multi_asset_check(name="sql_checks", specs=[*(_spec(check) for check in check_files()), _gate_spec()], can_subset=True, pool=POOL)
def sql_checks(context: dg.AssetCheckExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.AssetCheckResult]:
    """Run the queries of sql/checks, each of which returns the rows at fault; all pass as before where nothing has changed since."""
    con, wanted = warehouse.con, context.selected_asset_check_keys
    queries = hashlib.blake2b("".join(check.query for check in check_files()).encode(), digest_size=16).hexdigest()
    is_known_good = fingerprint_of(con, _PASSED) == queries and not has_changed(con, context.run.run_id)
    found: dict[str, int] = {}
    for check in check_files():
        key = dg.AssetCheckKey(key_of(TABLES[check.table].address), check.name)
        if key not in wanted and not (check.is_error and GATE in wanted):
            continue
        count = found[check.name] = 0 if is_known_good else single(con, f"select count(*) from ({check.query})")
        if key in wanted:
            yield dg.AssetCheckResult(
                asset_key=key.asset_key,
                check_name=key.name,
                passed=count == 0,
                severity=dg.AssetCheckSeverity.ERROR if check.is_error else dg.AssetCheckSeverity.WARN,
                metadata={"rows_at_fault": count} | ({"examples": preview(con, f"({check.query})")} if count else {}),
            )
    with warehouse.transaction():
        keep_fingerprint(con, _PASSED, queries if len(found) == len(check_files()) and not any(found.values()) else "no")
    if GATE in wanted:
        errors = [f"{check.name}: {found[check.name]}" for check in check_files() if check.is_error and found[check.name]]
        yield dg.AssetCheckResult(asset_key=GATE.asset_key, check_name=GATE.name, passed=not errors, metadata={"errors": "; ".join(errors)})
