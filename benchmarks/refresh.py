"""What a refresh costs: the one-article seed beside a bare Dagster run, and one new document on warehouses of growing size.

python benchmarks/refresh.py                     # warehouses of 0, 1,000 and 10,000 documents
python benchmarks/refresh.py --sizes 0 100000    # as large as you have time for

Every figure is a whole process, started and ended. Belongs here: the flow from files to the published warehouse. Does not belong here:
the engine alone (engine.py), the readers alone (readers.py).
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]

BARE = """
import tempfile, dagster as dg
@dg.asset
def one() -> None: ...
with dg.DagsterInstance.local_temp(tempfile.mkdtemp()) as instance:
    assert dg.materialize([one], instance=instance).success
"""
WORDS = ("grain", "gas", "rail", "visas", "fisheries", "solar power", "tourism", "steel", "water", "vaccines", "ports", "students")
PAIRS = (("Kenya", "Norway"), ("Peru", "Japan"), ("Ghana", "India"), ("Chile", "Turkey"), ("Nepal", "Qatar"), ("Malawi", "Canada"))


def article(number: int) -> dict[str, str]:
    """Return an invented article that differs from every other in parties, subject, day and figure."""
    a, b = PAIRS[number % len(PAIRS)]
    subject = WORDS[number // len(PAIRS) % len(WORDS)]
    day = f"20{10 + number % 15:02}-{1 + number % 12:02}-{1 + number % 28:02}"
    text = (
        f"{a} and {b} signed agreement number {number} on {subject} on Tuesday. The foreign ministers of {a} and {b} "
        f"met before the ceremony and pledged to open {number % 97 + 2} new offices. Bilateral trade reached "
        f"${number + 100} million last year, up {number % 40 + 1} per cent."
    )
    return {"title": f"{a} and {b} on {subject}, {number}", "text": text, "published": day, "url": f"https://news.example/{number}"}


def seconds(*command: str) -> float:
    """Run ``command`` to its end and return how long that took; raises CalledProcessError when it fails."""
    started = time.perf_counter()
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def refresh_seconds(seeds: Path, warehouse: Path) -> float:
    """Return what a refresh of ``warehouse`` takes."""
    return seconds(sys.executable, "-m", "pipelines.cli", "refresh", "--seeds", str(seeds), "--warehouse", str(warehouse))


def main() -> None:
    """Print the figures as they come."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[0, 1_000, 10_000])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        bare = min(seconds(sys.executable, "-c", BARE) for _ in range(3))
        seed = min(refresh_seconds(ROOT / "seeds", folder / f"seed{number}.duckdb") for number in range(3))
        print(f"refresh of the seed {seed:.1f} s, a bare one-asset Dagster run {bare:.1f} s: {seed / bare:.1f} times")
        first = None
        for size in options.sizes:
            seeds = folder / f"seeds{size}"
            seeds.mkdir()
            if size:
                (seeds / "bulk.jsonl").write_text("".join(json.dumps(article(number)) + "\n" for number in range(size)), "utf-8")
            warehouse = folder / f"warehouse{size}.duckdb"
            whole = refresh_seconds(seeds, warehouse)
            (seeds / "new.jsonl").write_text(json.dumps(article(size + 1)) + "\n", "utf-8")
            more = refresh_seconds(seeds, warehouse)
            first = first or more
            rate = f", {size / whole:.0f} documents a second from scratch" if size else ""
            print(f"one new document on {size:>7,}: {more:.1f} s, {more / first:.1f} times the first{rate}", flush=True)


if __name__ == "__main__":
    main()
