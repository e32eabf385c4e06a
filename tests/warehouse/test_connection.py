import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, WarehouseBusyError, open_warehouse


def held_open(settings: Settings) -> subprocess.Popen[str]:
    """Start a process that holds the warehouse as its writer until it is killed."""
    code = (
        "import sys, time\nfrom pipelines.settings import current_settings\nfrom pipelines.warehouse import open_warehouse\n"
        "with open_warehouse(current_settings(), writer='run-of-another'):\n    print('open', flush=True)\n    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code], env=os.environ | settings.environment(), stdout=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "open\n"
    return process


def kill(process: subprocess.Popen[str]) -> None:
    process.kill()
    process.communicate()


def test_a_transaction_is_kept_or_undone_as_a_whole(warehouse: Warehouse) -> None:
    with warehouse.transaction() as con:
        con.execute("insert into staging.fingerprints values ('a', '1')")
    with pytest.raises(ZeroDivisionError), warehouse.transaction() as con:
        con.execute("insert into staging.fingerprints values ('b', '2')")
        _ = 1 / 0
    assert warehouse.con.execute("select table_name from staging.fingerprints where table_name in ('a', 'b')").fetchall() == [("a",)]


def test_publishing_replaces_the_published_file_whole(warehouse: Warehouse) -> None:
    published = warehouse.settings.warehouse
    size = warehouse.publish()
    assert published.stat().st_size == size
    with duckdb.connect(str(published), read_only=True) as reader:
        warehouse.con.execute("insert into staging.fingerprints values ('later', 'x')")
        warehouse.publish()
        # Who had it open keeps what was.
        assert reader.execute("select count(*) from staging.fingerprints where table_name = 'later'").fetchall() == [(0,)]
    with duckdb.connect(str(published), read_only=True) as reader:
        assert reader.execute("select count(*) from staging.fingerprints where table_name = 'later'").fetchall() == [(1,)]
    assert not list(published.parent.glob("*.new"))


def test_the_log_of_a_careless_client_is_not_replayed(warehouse: Warehouse) -> None:
    published = warehouse.settings.warehouse
    warehouse.publish()
    client = duckdb.connect(str(published))
    client.execute("create table mine as select 1 as x")
    assert published.with_name("test.duckdb.wal").exists()
    warehouse.publish()
    code = f"import duckdb; print(duckdb.connect({str(published)!r}, read_only=True).execute('show tables').fetchall())"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert "mine" not in shown
    assert "dim_documents" in shown
    client.close()


def test_a_lost_working_file_starts_from_the_published_one(settings: Settings) -> None:
    with open_warehouse(settings) as warehouse:
        warehouse.con.execute("insert into staging.fingerprints values ('kept', 'x')")
        warehouse.publish()
    settings.working.unlink()
    with open_warehouse(settings) as warehouse:
        assert warehouse.con.execute("select fingerprint from staging.fingerprints where table_name = 'kept'").fetchall() == [("x",)]


def test_a_second_writer_waits_and_then_says_for_whom(settings: Settings) -> None:
    said: list[str] = []
    process = held_open(settings)
    try:
        with (
            pytest.raises(WarehouseBusyError, match="run run-of-another, process .* and refresh again"),
            open_warehouse(settings, patience_seconds=0.3, say=said.append),
        ):
            pass
    finally:
        kill(process)
    assert said == [f"Waiting: run run-of-another, process {process.pid} is writing to the warehouse."]


def test_a_second_writer_goes_on_when_the_first_ends(settings: Settings) -> None:
    process = held_open(settings)
    os.kill(process.pid, signal.SIGSTOP)
    crashed: list[str] = []
    timer = multiprocessing.get_context("spawn").Process(target=_kill_later, args=(process.pid,))
    timer.start()
    with open_warehouse(settings, patience_seconds=30, say=lambda _: None, on_crashed_writer=crashed.append) as warehouse:
        assert warehouse.con.execute("select 1").fetchall() == [(1,)]
    timer.join()
    process.communicate()
    assert crashed == ["run-of-another"]


def _kill_later(pid: int) -> None:
    time.sleep(0.5)
    os.kill(pid, signal.SIGKILL)


def test_a_writer_that_ended_well_is_not_taken_for_crashed(settings: Settings) -> None:
    crashed: list[str] = []
    for name in ("first", "second"):
        with open_warehouse(settings, writer=name, on_crashed_writer=crashed.append):
            assert json.loads(settings.lock.with_suffix(".writer").read_text())["writer"] == name
    assert crashed == []


def test_a_failure_inside_releases_the_lock(settings: Settings) -> None:
    with pytest.raises(ZeroDivisionError), open_warehouse(settings):
        _ = 1 / 0
    with open_warehouse(settings, patience_seconds=0):
        pass


def test_a_working_file_that_is_none_is_told(settings: Settings) -> None:
    settings.working.parent.mkdir(parents=True)
    settings.working.write_text("no database at all, but long enough to be looked at")
    with pytest.raises(WarehouseBusyError, match="delete it: the next refresh starts from the published one"), open_warehouse(settings):
        pass


def test_the_published_file_opens_in_older_clients(warehouse: Warehouse) -> None:
    ((tags,),) = warehouse.con.execute("select tags from duckdb_databases() where database_name = current_database()").fetchall()
    assert tags["storage_version"].startswith("v1.2.0")


def test_names_with_dots_and_spaces(settings: Settings, tmp_path: Path) -> None:
    odd = replace(settings, warehouse=tmp_path / "my news.v2.duckdb")
    assert odd.working.name == "my news.v2.work.duckdb"
    with open_warehouse(odd) as warehouse:
        warehouse.publish()
    assert odd.warehouse.exists()
