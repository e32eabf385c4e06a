"""Where things are and how many cores to use, from the environment.

Read when asked, never at import, so that a test or an option of the command line can change them. No logic of the pipeline belongs here.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
WAREHOUSE = "var/chancery.duckdb"


@dataclass(frozen=True, slots=True)
class Settings:
    """Absolute paths of everything a refresh touches, and the number of worker processes.

    ``warehouse`` is the published file, which the pipeline only ever replaces whole; ``home`` is the folder of the Dagster instance.
    """

    seeds: Path
    warehouse: Path
    home: Path
    lexicon: Path | None
    corrections: Path
    workers: int

    @property
    def working(self) -> Path:
        """Return the private file that refreshes write to, beside the published one."""
        return self.warehouse.with_name(f"{self.warehouse.stem}.work{self.warehouse.suffix}")

    @property
    def lock(self) -> Path:
        """Return the file whose lock makes a process the only writer."""
        return self.warehouse.with_name(f"{self.warehouse.stem}.lock")

    @property
    def scratch(self) -> Path:
        """Return the folder for batches on their way between processes; safe to delete when nothing runs."""
        return self.warehouse.with_name(f"{self.warehouse.stem}.batches")

    @property
    def briefing(self) -> Path:
        """Return the page that every refresh writes beside the warehouse."""
        return self._beside("briefing.html")

    @property
    def exports(self) -> Path:
        """Return the folder of files for other tools, beside the warehouse."""
        return self._beside("exports")

    def _beside(self, name: str) -> Path:
        # Two warehouses in one folder must not write over each other's.
        stem = self.warehouse.stem
        return self.warehouse.with_name(name if stem == Path(WAREHOUSE).stem else f"{stem}.{name}")

    def environment(self) -> dict[str, str]:
        """Return the settings as environment variables, for other processes."""
        values = {
            "CHANCERY_SEEDS": str(self.seeds),
            "CHANCERY_WAREHOUSE": str(self.warehouse),
            "CHANCERY_CORRECTIONS": str(self.corrections),
            "CHANCERY_WORKERS": str(self.workers),
            "DAGSTER_HOME": str(self.home),
        }
        return values | ({"CHANCERY_LEXICON": str(self.lexicon)} if self.lexicon else {})


def in_project(path: str | Path) -> Path:
    """Return ``path`` as an absolute path; a relative one is relative to the project."""
    return (PROJECT / Path(path).expanduser()).resolve()


def current_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of ``environment`` (default: this process's), raising ValueError for a number of workers that is none."""
    values = os.environ if environment is None else environment
    warehouse = in_project(values.get("CHANCERY_WAREHOUSE") or WAREHOUSE)
    home = values.get("DAGSTER_HOME")
    lexicon = values.get("CHANCERY_LEXICON")
    return Settings(
        seeds=in_project(values.get("CHANCERY_SEEDS") or "seeds"),
        warehouse=warehouse,
        home=in_project(home) if home else _home_beside(warehouse),
        lexicon=in_project(lexicon) if lexicon else None,
        corrections=in_project(values.get("CHANCERY_CORRECTIONS") or "corrections.toml"),
        workers=_workers(values.get("CHANCERY_WORKERS")),
    )


def _home_beside(warehouse: Path) -> Path:
    is_usual = warehouse == in_project(WAREHOUSE)
    return warehouse.with_name("dagster" if is_usual else f"{warehouse.stem}.dagster")


def _workers(value: str | None) -> int:
    if not value:
        return _cores()
    if not value.isdecimal() or int(value) < 1:
        raise ValueError(f"CHANCERY_WORKERS is {value!r}; expected a number of processes, 1 or more")
    return int(value)


def _cores() -> int:
    # A container or taskset may allow fewer cores than the machine has.
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
