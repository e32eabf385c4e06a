"""What Dagster is told of Chancery. After a change meant to be: ``UPDATE_SNAPSHOTS=1 make test`` writes the snapshot anew."""

import json
import os
import subprocess
import sys
import warnings
from pathlib import Path

import dagster as dg
import pytest

from pipelines.schemas import TABLES
from pipelines.settings import PROJECT
from pipelines.warehouse.aggregates import AGGREGATES
from pipelines.warehouse.check_files import check_files
from pipelines.warehouse.views import views

SNAPSHOT = Path(__file__).parent / "snapshots" / "assets.json"
GROUPS = {"ingest", "mentions", "facts", "trade", "engagement", "ops"}
# Files for readers and for other tools, which are no tables: tests/assets/test_publications.py.
PUBLICATIONS = {"briefing", "exports"}
# Bookkeeping of single steps, which nobody materialises by itself.
NO_ASSET = {
    "staging.pending_documents",
    "staging.fingerprints",
    "staging.person_forms",
    "staging.name_corrections",
    "staging.mention_buckets",
    "staging.stale_aggregates",
}


@pytest.fixture(scope="module")
def defs() -> dg.Definitions:
    from pipelines.definitions import defs

    return defs


@pytest.fixture(scope="module")
def specs(defs: dg.Definitions) -> dict[str, dg.AssetSpec]:
    found = {spec.key.to_user_string(): spec for spec in defs.resolve_all_asset_specs()}
    return {name: spec for name, spec in found.items() if name not in PUBLICATIONS}


def described(spec: dg.AssetSpec, checks: list[str]) -> dict:
    columns = spec.metadata["dagster/column_schema"]
    assert isinstance(columns, dg.TableSchema)
    return {
        "group": spec.group_name,
        "description": spec.description,
        "kinds": sorted(spec.kinds),
        "owners": list(spec.owners),
        "deps": sorted(dep.asset_key.to_user_string() for dep in spec.deps),
        "table": spec.metadata["dagster/table_name"],
        "columns": {column.name: column.type for column in columns.columns},
        "checks": sorted(checks),
    }


def test_every_asset_is_as_it_was(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    checks: dict[str, list[str]] = {}
    for key in defs.resolve_asset_graph().asset_check_keys:
        checks.setdefault(key.asset_key.to_user_string(), []).append(key.name)
    found = {name: described(spec, checks.get(name, [])) for name, spec in sorted(specs.items())}
    if os.environ.get("UPDATE_SNAPSHOTS"):
        SNAPSHOT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", "utf-8")
    assert found == json.loads(SNAPSHOT.read_text("utf-8")), "meant? then run UPDATE_SNAPSHOTS=1 make test"


def test_every_table_and_view_is_an_asset(specs: dict[str, dg.AssetSpec]) -> None:
    tables = {table.address for table in TABLES.values()} - NO_ASSET
    assert {spec.metadata["dagster/table_name"] for spec in specs.values()} == tables | {view.address for view in views()}


def test_an_asset_is_described_owned_and_grouped(specs: dict[str, dg.AssetSpec]) -> None:
    for name, spec in specs.items():
        assert spec.group_name in GROUPS, name
        assert "One row per " in (spec.description or "").rstrip(".").rsplit(". ", 1)[-1], name
        assert spec.owners == ["team:chancery"], name
        assert "duckdb" in spec.kinds, name
        assert spec.freshness_policy is not None, name


def test_columns_are_described_before_the_first_run(specs: dict[str, dg.AssetSpec]) -> None:
    for name, spec in specs.items():
        for column in spec.metadata["dagster/column_schema"].columns:
            assert column.description, f"{name}.{column.name}"
            assert column.type != "string", f"{name}.{column.name} has no type of its own"


def test_dependencies_are_assets(specs: dict[str, dg.AssetSpec]) -> None:
    for name, spec in specs.items():
        assert {dep.asset_key.to_user_string() for dep in spec.deps} <= set(specs), name


def test_every_step_is_in_the_pool_of_the_one_writer(defs: dg.Definitions) -> None:
    for node in defs.resolve_job_def("refresh").nodes_in_topological_order:
        assert node.definition.pool == "warehouse", node.name


def test_every_check_file_is_a_check(defs: dg.Definitions) -> None:
    names = {key.name for key in defs.resolve_asset_graph().asset_check_keys}
    assert names == {check.name for check in check_files()} | {"valid_rows", "corrections_apply", "fit_to_publish"}


def test_every_table_of_mentions_and_facts_is_validated(defs: dg.Definitions, specs: dict[str, dg.AssetSpec]) -> None:
    # SQL gathers the aggregates from rows already validated; sql/checks looks after them.
    validated = {key.asset_key.to_user_string() for key in defs.resolve_asset_graph().asset_check_keys if key.name == "valid_rows"}
    assert validated == {name for name, spec in specs.items() if spec.group_name in ("mentions", "facts")} - {
        "ops/rejected_rows",
        *AGGREGATES,
    }


def test_automation_is_on_by_default(defs: dg.Definitions) -> None:
    sensor, schedule = defs.resolve_sensor_def("new_seeds"), defs.resolve_schedule_def("nightly")
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert schedule.default_status == dg.DefaultScheduleStatus.RUNNING
    assert sensor.minimum_interval_seconds == 5
    assert {sensor.job_name, schedule.job_name} == {"refresh"}


def test_definitions_load_without_a_lifecycle_warning() -> None:
    code = "import warnings; warnings.simplefilter('error'); from pipelines.definitions import defs; defs.resolve_job_def('refresh')"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, cwd=PROJECT)


@pytest.mark.parametrize(
    "command", [["dg", "check", "defs"], ["dagster", "definitions", "validate", "-w", "workspace.yaml"]], ids=lambda command: command[0]
)
def test_dagster_accepts_them(command: list[str], tmp_path: Path) -> None:
    program = Path(sys.executable).with_name(command[0])
    environment = {key: value for key, value in os.environ.items() if key != "DAGSTER_HOME"}
    environment["CHANCERY_WAREHOUSE"] = str(tmp_path / "w.duckdb")
    result = subprocess.run([program, *command[1:]], cwd=PROJECT, env=environment, capture_output=True, text=True)
    assert result.returncode == 0, result.stdout + result.stderr


def test_imports_stay_light() -> None:
    """A second of import is a second of every refresh, sensor tick and command."""
    code = "import sys, pipelines.definitions; print([m for m in ('pandas', 'pandera', 'sqlglot', 'nupunkt', 'rich') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], check=True, cwd=PROJECT, capture_output=True, text=True).stdout
    assert shown.strip() == "[]"


def test_warnings_are_errors_here() -> None:
    with pytest.raises(UserWarning):
        warnings.warn("told", UserWarning, stacklevel=1)
