"""Runs the refresh job in the project's Dagster instance, for the command line and for Python. What the job does is in ``assets/``."""

from __future__ import annotations

import gc
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.settings import PROJECT, Settings, current_settings

if TYPE_CHECKING:
    import dagster as dg


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a refresh ended. ``problems`` are the messages of the steps that failed, ``warnings`` of checks that did."""

    run_id: str
    succeeded: bool
    problems: tuple[str, ...]
    warnings: tuple[str, ...]


def refresh(
    seeds: str | Path | None = None,
    warehouse: str | Path | None = None,
    prune: bool = False,
    workers: int | None = None,
    quiet: bool = True,
) -> Outcome:
    """Refresh ``warehouse`` from ``seeds`` (default: the settings) through Dagster, and return how that ended.

    A relative path is relative to the project. The run is kept in the Dagster instance of the settings, where the UI shows it. ``quiet``
    keeps Dagster's log off the terminal. A failed step is no exception: see ``Outcome.problems``.
    """
    options = {"CHANCERY_SEEDS": seeds, "CHANCERY_WAREHOUSE": warehouse, "CHANCERY_WORKERS": workers}
    with _rare_collections(), environment({name: str(value) for name, value in options.items() if value is not None}) as settings:
        import dagster as dg

        from pipelines.definitions import defs

        prepare_home(settings.home)
        config = {
            "ops": {"documents": {"config": {"prune": prune}}},
            "loggers": {"console": {"config": {"log_level": "CRITICAL" if quiet else "INFO"}}},
        }
        with dg.DagsterInstance.get() as instance:
            result = defs.resolve_job_def("refresh").execute_in_process(run_config=config, instance=instance, raise_on_error=False)
            return _outcome(result)


@contextmanager
def _rare_collections() -> Iterator[None]:
    """Collect garbage rarely for the block: the many small things that imports and definitions make all stay, and looking costs a sixth."""
    before = gc.get_threshold()
    gc.set_threshold(50_000, 50, 50)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _outcome(result: dg.ExecuteInProcessResult) -> Outcome:
    problems = []
    for event in result.all_events:
        if event.is_failure and event.is_step_event and event.step_failure_data.error:
            error = event.step_failure_data.error
            cause = error.cause or error
            problems.append(f"{event.step_key}: {cause.message.strip()}")
        elif event.is_job_event and event.is_failure and event.message and not problems:
            problems.append(event.message)
    evaluations = result.get_asset_check_evaluations()
    warnings = [f"{x.asset_key.to_user_string()}: {x.check_name} failed" for x in evaluations if not x.passed]
    return Outcome(result.run_id, result.success, tuple(problems), tuple(warnings))


@contextmanager
def environment(options: Mapping[str, str]) -> Iterator[Settings]:
    """Set ``options`` and everything that follows from them in this process's environment for the block, and give the settings."""
    before = dict(os.environ)
    settings = current_settings(os.environ | options)
    os.environ.update(settings.environment())
    try:
        yield settings
    finally:
        os.environ.clear()
        os.environ.update(before)


def prepare_home(home: Path) -> None:
    """Make ``home`` a folder that Dagster accepts as DAGSTER_HOME, with the project's ``dagster.yaml`` in it."""
    home.mkdir(parents=True, exist_ok=True)
    source, target = PROJECT / "dagster.yaml", home / "dagster.yaml"
    if source != target and (not target.exists() or target.read_bytes() != source.read_bytes()):
        shutil.copyfile(source, target)
