"""The one writer of the warehouse: lock, working file, transactions, publishing. No table is known here by name, except through the DDL.

DuckDB lets one process write a file and then lets nobody else read it. So refreshes write a private working file, and publish by putting
a whole copy in the place of the published one in one step: readers are never blocked, and never see half a refresh.
"""

import json
import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
from filelock import FileLock, Timeout

from pipelines.settings import Settings
from pipelines.warehouse.ddl import ensure_tables
from pipelines.warehouse.looking import Allowance

# The oldest format that costs neither size nor speed, so that clients of the last years can open the published file.
STORAGE_VERSION = "v1.2.0"
_PATIENCE_SECONDS = 1800.0
_LOOKS_SECONDS = 1.5


class WarehouseBusyError(RuntimeError):
    """Another process writes to the warehouse and did not finish in time."""


@dataclass(frozen=True, slots=True)
class Warehouse:
    """The working file, open for writing; one at a time on a machine. ``looks`` is the time a run may spend on showing what views hold."""

    con: duckdb.DuckDBPyConnection
    settings: Settings
    looks: Allowance = field(default_factory=lambda: Allowance(_LOOKS_SECONDS))

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """Run the block in one transaction: all of it is kept, or nothing."""
        self.con.execute("begin")
        try:
            yield self.con
        except BaseException:
            with suppress(duckdb.Error):  # the connection may be unusable; the file rolls back by itself
                self.con.execute("rollback")
            raise
        self.con.execute("commit")

    def publish(self) -> int:
        """Put a whole copy of the working file in place of the published one; return its size in bytes."""
        self.con.execute("checkpoint")
        return replace_with_copy(self.settings.working, self.settings.warehouse)


def single(con: duckdb.DuckDBPyConnection, query: str, values: Sequence[object] = ()) -> Any:
    """Return the one value that ``query`` gives."""
    ((value,),) = con.execute(query, list(values)).fetchall()
    return value


def replace_with_copy(source: Path, target: Path) -> int:
    """Replace ``target`` by a copy of ``source`` in one step that outlives a power cut; return the size in bytes."""
    beside = target.with_name(f"{target.name}.new")
    shutil.copyfile(source, beside)
    with beside.open("rb+") as copy:
        os.fsync(copy.fileno())
    size = beside.stat().st_size
    # A client that had the old file open for writing may have left its log, which must not be replayed into the new one.
    target.with_name(f"{target.name}.wal").unlink(missing_ok=True)
    os.replace(beside, target)
    return size


@contextmanager
def open_warehouse(
    settings: Settings,
    writer: str = "",
    patience_seconds: float = _PATIENCE_SECONDS,
    say: Callable[[str], None] = print,
    on_crashed_writer: Callable[[str], None] = lambda _: None,
) -> Iterator[Warehouse]:
    """Open the working file as the only writer, waiting for another one at most ``patience_seconds``.

    ``writer`` is the name others are told meanwhile (a run id). ``on_crashed_writer`` gets the name of a writer that ended without
    closing. Raises WarehouseBusyError when the wait is over, and OSError when the folder cannot be written.
    """
    settings.warehouse.parent.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.lock)
    holder = settings.lock.with_suffix(".writer")
    _acquire(lock, holder, patience_seconds, say)
    try:
        crashed = _read_holder(holder)
        if crashed:
            on_crashed_writer(crashed["writer"])
        holder.write_text(json.dumps({"writer": writer, "process": os.getpid()}), "utf-8")
        con = _open_working_file(settings)
        try:
            ensure_tables(con)
            yield Warehouse(con, settings)
        finally:
            con.close()
    finally:
        holder.unlink(missing_ok=True)
        lock.release()


def _acquire(lock: FileLock, holder: Path, patience_seconds: float, say: Callable[[str], None]) -> None:
    with suppress(Timeout):
        lock.acquire(timeout=0)
        return
    other = _read_holder(holder)
    name = f"run {other['writer'] or 'of another program'}, process {other['process']}" if other else "another process"
    say(f"Waiting: {name} is writing to the warehouse.")
    began = time.monotonic()
    try:
        lock.acquire(timeout=patience_seconds, poll_interval=0.1)
    except Timeout:
        waited = round(time.monotonic() - began)
        raise WarehouseBusyError(
            f"The warehouse is still being written by {name}, after a wait of {waited} s (lock {lock.lock_file}). "
            f"Wait for that run to end, or end that process, and refresh again."
        ) from None


def _read_holder(holder: Path) -> dict | None:
    try:
        return json.loads(holder.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        return None


def _open_working_file(settings: Settings) -> duckdb.DuckDBPyConnection:
    if not settings.working.exists() and settings.warehouse.exists():
        replace_with_copy(settings.warehouse, settings.working)
    try:
        return duckdb.connect(str(settings.working), config={"storage_compatibility_version": STORAGE_VERSION})
    except duckdb.IOException as error:
        raise WarehouseBusyError(
            f"The working file {settings.working} is open in another program, or is no DuckDB file ({error}). Close that program; "
            f"query the published file {settings.warehouse} instead. If the file is damaged, delete it: the next refresh starts from "
            "the published one."
        ) from error
