"""A refresh killed at any moment leaves the published file whole, and the next refresh completes it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import dagster as dg
import duckdb
import psutil
import pytest

from pipelines.refresh import environment, refresh
from tests.conftest import write_article
from tests.test_refresh import contents

# Each makes the process that refreshes kill itself: as the third, first … call of something begins or ends.
POINTS = {
    "while_reading_is_committed": ("pipelines.warehouse.documents", "_settle", 1, "before"),
    "while_mentions_are_stored": ("pipelines.warehouse.mentions", "_insert_mentions", 3, "after"),
    "after_a_batch_was_extracted": ("pipelines.warehouse.mentions", "_store_batch", 1, "after"),
    "between_two_steps_of_facts": ("pipelines.assets.facts", "resolve", 2, "after"),
    "while_a_view_is_made": ("pipelines.assets.views", "make_view", 3, "after"),
    "between_copy_and_replacement": ("os", "replace", -1, "before"),
    "after_publishing": ("pipelines.warehouse.connection", "replace_with_copy", 1, "after"),
}

SCRIPT = """
import importlib, os, signal, sys
from pathlib import Path
import pipelines.definitions, pipelines.warehouse.documents, pipelines.warehouse.mentions
pipelines.warehouse.documents._FILES_PER_BATCH = pipelines.warehouse.mentions.DOCUMENTS_PER_BATCH = 2
from pipelines.refresh import refresh

module, name, at, when = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4]
target, calls = importlib.import_module(module), 0
original = getattr(target, name)

def deadly(*arguments, **options):
    global calls
    if at == -1 and not str(arguments[0]).endswith("w.duckdb.new"):  # the one replacement that publishes
        return original(*arguments, **options)
    calls += 1
    fatal = calls == at or at == -1
    if fatal and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    result = original(*arguments, **options)
    if fatal:
        os.kill(os.getpid(), signal.SIGKILL)
    return result

setattr(target, name, deadly)
refresh(sys.argv[5], sys.argv[6], workers=1)
"""


def write_news(folder: Path, numbers: range) -> None:
    for number in numbers:
        words = f"Kenya and Norway signed fisheries agreement number {number} in Nairobi on Tuesday."
        write_article(folder, f"{number}.txt", f"{words} Trade reached ${number + 1} million in 2023.")


def facts(path: Path) -> dict[str, list[tuple]]:
    """Return what must not depend on when the documents were read, or in how many goes."""
    found = contents(path)
    for name in ("main.dim_documents", "staging.source_files", "staging.fingerprints"):
        del found[name]
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    write_news(folder / "seeds", range(6))
    assert refresh(folder / "seeds", folder / "w.duckdb", workers=1).succeeded
    return facts(folder / "w.duckdb")


@pytest.fixture(scope="module")
def half_published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("half")
    write_news(folder / "seeds", range(3))
    assert refresh(folder / "seeds", folder / "w.duckdb", workers=1).succeeded
    return folder


@pytest.fixture
def seeds(half_published: Path, tmp_path: Path) -> Path:
    """Return a folder of seeds, half of them published already."""
    shutil.copytree(half_published, tmp_path, dirs_exist_ok=True)
    write_news(tmp_path / "seeds", range(6))
    return tmp_path / "seeds"


def assert_whole(path: Path, documents: set[int]) -> None:
    with duckdb.connect(str(path), read_only=True) as con:
        ((count,),) = con.execute("select count(*) from main.dim_documents where is_current").fetchall()
        ((mentioned,),) = con.execute("select count(distinct document_id) from main.fct_engagement_mentions").fetchall()
        assert con.execute("from staging.pending_documents").fetchall() == []
    assert count in documents
    assert mentioned == count, "documents were published without their facts"


@pytest.mark.parametrize("point", POINTS)
def test_a_killed_refresh_is_completed_by_the_next(point: str, seeds: Path, undisturbed: dict[str, list[tuple]]) -> None:
    published = seeds.parent / "w.duckdb"
    module, name, at, when = POINTS[point]
    killed = subprocess.run([sys.executable, "-c", SCRIPT, module, name, str(at), when, str(seeds), str(published)], capture_output=True)
    assert killed.returncode == -signal.SIGKILL, killed.stderr.decode()
    assert_whole(published, {6} if point == "after_publishing" else {3})
    outcome = refresh(seeds, published, workers=1)
    assert outcome.succeeded, outcome.problems
    assert facts(published) == undisturbed
    assert_whole(published, {6})


@pytest.mark.parametrize("wait", [0.3, 1.5])
def test_killed_at_any_time_with_its_workers(wait: float, seeds: Path, undisturbed: dict[str, list[tuple]], until: Callable) -> None:
    published = seeds.parent / "w.duckdb"
    code = (
        "import sys, pipelines.warehouse.documents as d, pipelines.warehouse.mentions as m\n"
        "d._FILES_PER_BATCH = m.DOCUMENTS_PER_BATCH = 1\n"
        "from pipelines.refresh import refresh\nrefresh(sys.argv[1], sys.argv[2], workers=2)"
    )
    process = psutil.Popen([sys.executable, "-c", code, str(seeds), str(published)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    until(lambda: process.children(recursive=True))
    time.sleep(wait)
    workers = process.children(recursive=True)
    process.kill()
    process.wait()
    assert_whole(published, {3, 6})
    until(lambda: not any(worker.is_running() and worker.status() != psutil.STATUS_ZOMBIE for worker in workers))
    outcome = refresh(seeds, published, workers=1)
    assert outcome.succeeded, outcome.problems
    assert facts(published) == undisturbed


@pytest.fixture
def until() -> Callable[[Callable[[], object]], None]:
    """Give a function that waits until a condition holds, for half a minute at most."""

    def wait(condition: Callable[[], object]) -> None:
        end = time.monotonic() + 30
        while not condition():
            assert time.monotonic() < end, "waited too long"
            time.sleep(0.02)

    return wait


def test_dagster_learns_that_a_run_died(seeds: Path) -> None:
    published = seeds.parent / "w.duckdb"
    module, name, at, when = POINTS["while_mentions_are_stored"]
    subprocess.run([sys.executable, "-c", SCRIPT, module, name, str(at), when, str(seeds), str(published)], capture_output=True)

    def statuses() -> list[dg.DagsterRunStatus]:
        with environment({"CHANCERY_WAREHOUSE": str(published)}), dg.DagsterInstance.get() as instance:
            return [run.status for run in instance.get_runs()]

    success, started, failure = dg.DagsterRunStatus.SUCCESS, dg.DagsterRunStatus.STARTED, dg.DagsterRunStatus.FAILURE
    assert statuses() == [started, success]
    assert refresh(seeds, published, workers=1).succeeded
    assert statuses() == [success, failure, success]


def test_a_worker_that_dies_is_told_and_costs_nothing_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.warehouse.mentions.DOCUMENTS_PER_BATCH", 1)
    monkeypatch.setattr("pipelines.warehouse.mentions.extract_batch", die_on_the_third)
    write_news(tmp_path / "seeds", range(5))
    outcome = refresh(tmp_path / "seeds", tmp_path / "w.duckdb", workers=2)
    assert not outcome.succeeded
    assert "mentions: " in outcome.problems[0]
    assert "A worker process died in 1 batch(es), each also when run alone" in outcome.problems[0]
    assert not (tmp_path / "w.duckdb").exists()
    with duckdb.connect(str(tmp_path / "w.work.duckdb")) as con:
        assert con.execute("select count(distinct document_id) from staging.engagement_mentions").fetchall() == [(4,)]
    monkeypatch.undo()
    assert refresh(tmp_path / "seeds", tmp_path / "w.duckdb", workers=1).succeeded
    assert_whole(tmp_path / "w.duckdb", {5})


def die_on_the_third(paths: list[str], output: str) -> str:
    from pipelines.extraction.batch import extract_batch

    if paths[0].endswith("000002.parquet"):
        os.kill(os.getpid(), signal.SIGKILL)
    return extract_batch(paths, output)
