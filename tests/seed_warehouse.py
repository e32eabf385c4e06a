"""The warehouse of the seed article, made once for all tests and all their processes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from filelock import FileLock

from pipelines.settings import PROJECT


def seed_warehouse_file(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Return the published file of a refresh of ``seeds/`` from the command line, and what that printed."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    folder = shared / "seed-warehouse"
    printed = folder / "printed.json"
    with FileLock(shared / "seed-warehouse.lock"):
        if not printed.exists():
            folder.mkdir(exist_ok=True)
            command = [sys.executable, "-m", "pipelines.cli", "refresh", "--warehouse", str(folder / "seed.duckdb")]
            environment = {name: value for name, value in os.environ.items() if not name.startswith(("CHANCERY_", "DAGSTER_"))}
            done = subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)
            assert done.returncode == 0, done.stderr
            printed.write_text(json.dumps(done.stdout), "utf-8")
    return folder / "seed.duckdb", json.loads(printed.read_text("utf-8"))
