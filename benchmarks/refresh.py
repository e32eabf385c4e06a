"""What a refresh costs: beside a bare Dagster run, with one new document on warehouses of growing size, and from scratch.

python -m benchmarks.refresh                      # warehouses of 0, 10,000 and 100,000 documents: a quarter of an hour on two cores
python -m benchmarks.refresh --sizes 0 1000       # a minute

Every figure is a whole process, from its start to its end; of several, the best. Belongs here: the flow from files to the published
warehouse. Does not belong here: the engine alone (engine.py), the readers alone (readers.py), the views (views.py).
"""

import argparse
import os
import shutil
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.news import write_bulk
from pipelines.settings import PROJECT, current_settings

BARE = """
import dagster as dg

@dg.asset
def one() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 1})

with dg.DagsterInstance.get() as instance:
    assert dg.materialize([one], instance=instance).success
"""
_PER_FILE = 1000


@dataclass(frozen=True, slots=True)
class Cost:
    """What a process cost: seconds of the clock, seconds of all cores, and megabytes at its peak, its workers' own not counted."""

    seconds: float
    cpu_seconds: float
    megabytes: float


def cost_of(*arguments: str, **environment: str) -> Cost:
    """Run Python with ``arguments`` to its end and return what that cost; raises RuntimeError when it fails."""
    began = time.perf_counter()
    silence = [(os.POSIX_SPAWN_OPEN, number, os.devnull, os.O_WRONLY, 0) for number in (1, 2)]
    kept = {name: value for name, value in os.environ.items() if not name.startswith("CHANCERY_") and name != "DAGSTER_HOME"}
    child = os.posix_spawn(sys.executable, [sys.executable, *arguments], kept | environment, file_actions=silence)
    _, status, used = os.wait4(child, 0)
    if status:
        raise RuntimeError(f"python {' '.join(arguments)[:200]} ended with {os.waitstatus_to_exitcode(status)}")
    scale = 1e6 if sys.platform == "darwin" else 1e3  # bytes there, kilobytes elsewhere
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / scale)


def refresh(seeds: Path, warehouse: Path) -> Cost:
    """Return what a refresh of ``warehouse`` costs."""
    return cost_of("-m", "pipelines.cli", "refresh", "--seeds", str(seeds), "--warehouse", str(warehouse))


def measure_start(folder: Path) -> None:
    """Print what the first refresh of the seed takes beside a bare Dagster run of one asset, each on an instance already made."""
    bare_home, warehouse = folder / "bare", folder / "seed.duckdb"
    bare_home.mkdir()
    cost_of("-c", BARE, DAGSTER_HOME=str(bare_home))
    bare = min((cost_of("-c", BARE, DAGSTER_HOME=str(bare_home)) for _ in range(5)), key=lambda cost: cost.seconds)
    first = refresh(PROJECT / "seeds", warehouse)
    again = []
    for _ in range(5):
        for file in folder.glob("seed.*duckdb"):
            file.unlink()
        again.append(refresh(PROJECT / "seeds", warehouse))
    seed = min(again, key=lambda cost: cost.seconds)
    idle = min((refresh(PROJECT / "seeds", warehouse) for _ in range(5)), key=lambda cost: cost.seconds)
    print(f"bare Dagster run of one asset        {bare.seconds:6.1f} s  {bare.megabytes:6.0f} MB")
    for name, cost in (("first refresh, all made from nothing", first), ("refresh of the one-article seed", seed), ("nothing new", idle)):
        print(f"{name:36} {cost.seconds:6.1f} s  {cost.megabytes:6.0f} MB  {cost.seconds / bare.seconds:.1f} × bare", flush=True)


def measure_growth(folder: Path, sizes: list[int]) -> None:
    """Print what one new document costs on warehouses of ``sizes`` documents, and what filling each from scratch did."""
    smallest = None
    for size in sizes:
        seeds, warehouse = folder / f"seeds{size}", folder / f"size{size}.duckdb"
        seeds.mkdir()
        for start in range(0, size, _PER_FILE):
            write_bulk(seeds / f"{start:07}.jsonl", range(start, min(start + _PER_FILE, size)))
        whole = refresh(seeds, warehouse)
        costs = []
        for more in range(3):
            write_bulk(seeds / f"new{more}.jsonl", range(size + more, size + more + 1))
            costs.append(refresh(seeds, warehouse))
        new = min(costs, key=lambda cost: cost.seconds)
        idle = refresh(seeds, warehouse)
        smallest = smallest or new
        times = new.seconds / smallest.seconds
        told = f"{times:.1f} × the smallest; with nothing new {idle.seconds:.1f} s"
        print(f"one new document on {size:>9,}        {new.seconds:6.1f} s  {new.megabytes:6.0f} MB  {told}", flush=True)
        if size:
            cores = current_settings().workers
            rate, per_core = size / whole.seconds, size / whole.cpu_seconds
            megabytes = warehouse.stat().st_size / 1e6
            told = f"{rate:,.0f} documents a second on {cores} cores, {per_core:,.0f} a second of one core; {megabytes:,.0f} MB on disk"
            print(f"these from scratch                   {whole.seconds:6.1f} s  {whole.megabytes:6.0f} MB  {told}", flush=True)
        shutil.rmtree(seeds)


def main() -> None:
    """Print the figures as they come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="*", default=[0, 10_000, 100_000], help="documents in the warehouses")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        measure_start(Path(name))
        measure_growth(Path(name), options.sizes)


if __name__ == "__main__":
    main()
