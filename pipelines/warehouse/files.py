"""Which files of the seeds folder are new, changed or gone, by the ledger ``staging.source_files``. Nothing here opens a file."""

import os
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from pipelines.readers import seed_files
from pipelines.readers.source import source_path_of
from pipelines.settings import Settings

# A clock that counts whole seconds cannot tell two changes within one; a fine one can, but for the length of a tick.
_COARSE, _FINE = timedelta(seconds=2), timedelta(milliseconds=50)
EPOCH = datetime(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class SeedFile:
    """A file as it stands in the seeds folder: ``source_path`` is its name in the warehouse, ``modified_at`` UTC without zone.

    ``known_hash`` is the hash of its bytes when it was last read, None for one never read.
    """

    path: Path
    source_path: str
    byte_count: int
    modified_at: datetime
    known_hash: str | None = None


@dataclass(frozen=True, slots=True)
class Difference:
    """How the folder differs from the ledger."""

    changed: tuple[SeedFile, ...]
    gone: tuple[str, ...]
    unchanged_count: int


def files_in(seeds: Path) -> list[SeedFile]:
    """Return every file below ``seeds``; raises FileNotFoundError when the folder is missing."""
    if not seeds.is_dir():
        raise FileNotFoundError(f"The seeds folder {seeds} does not exist. Create it and drop documents into it, or set CHANCERY_SEEDS.")
    files = []
    for path in seed_files(seeds):
        try:
            status = os.lstat(path)
        except OSError:  # gone since the folder was listed
            continue
        modified_at = EPOCH + timedelta(microseconds=status.st_mtime_ns // 1000)
        files.append(SeedFile(path, source_path_of(path, seeds), status.st_size, modified_at))
    return files


def compare_with_ledger(con: duckdb.DuckDBPyConnection, files: list[SeedFile]) -> Difference:
    """Return which of ``files`` are new or changed since they were read, and which read ones are gone."""
    # Lists, not an Arrow table: registering one makes DuckDB import pandas, which a refresh with nothing new can do without.
    con.execute(
        """
        create or replace temp table found_files as
        select
          unnest(?::varchar[]) as source_path,
          unnest(?::bigint[]) as byte_count,
          make_timestamp(unnest(?::bigint[])) as modified_at,
          unnest(?::bigint[]) as position
        """,
        [
            [file.source_path for file in files],
            [file.byte_count for file in files],
            [microseconds(file.modified_at) for file in files],
            list(range(len(files))),
        ],
    )
    changed = con.execute(
        """
        select found.position, ledger.content_hash
        from found_files as found
        left join staging.source_files as ledger on ledger.source_path = found.source_path
        where ledger.source_path is null
          or ledger.byte_count <> found.byte_count
          or ledger.modified_at <> found.modified_at
        order by found.position
        """
    ).fetchall()
    gone = con.execute(
        "select source_path from staging.source_files anti join found_files using (source_path) order by source_path"
    ).fetchall()
    return Difference(
        changed=tuple(_with_hash(files[position], known_hash) for position, known_hash in changed),
        gone=tuple(path for (path,) in gone),
        unchanged_count=len(files) - len(changed),
    )


def changed_since_published(settings: Settings) -> tuple[SeedFile, ...]:
    """Return the files of the seeds folder that the published warehouse has not read as they are; all of them before the first refresh.

    The folder is compared with what was read, not with an earlier look at it, so nothing is missed while nobody looks.
    """
    files = files_in(settings.seeds)
    if not settings.warehouse.exists():
        return tuple(files)
    with duckdb.connect() as con:
        path = str(settings.warehouse).replace("'", "''")
        try:
            con.execute(f"attach '{path}' as published (read_only)")
            con.execute("use published")
            return compare_with_ledger(con, files).changed
        except duckdb.Error:  # of another version, or not a warehouse: the refresh will tell
            return tuple(files)


def _with_hash(file: SeedFile, known_hash: str | None) -> SeedFile:
    return SeedFile(file.path, file.source_path, file.byte_count, file.modified_at, known_hash)


def trusted_time(modified_at: datetime, read_at: datetime) -> datetime:
    """Return the time of change to enter in the ledger: the epoch, so that it is looked at again, for a file that may yet have changed."""
    granularity = _COARSE if modified_at.microsecond == 0 else _FINE
    return EPOCH if modified_at > read_at - granularity else modified_at


def microseconds(instant: datetime) -> int:
    """Return ``instant`` (UTC without zone) as microseconds since 1970."""
    return (instant - EPOCH) // timedelta(microseconds=1)


def now() -> datetime:
    """Return the time, UTC without zone, as the warehouse keeps instants."""
    return datetime.fromtimestamp(time.time(), UTC).replace(tzinfo=None)
