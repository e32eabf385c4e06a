"""Files into ``dim_documents``: versions, copies in several paths, refusals, and what is to be done next with each document.

A document is current when a file holds it and it is the newest of its address. Every change of that puts the document on the queue
``staging.pending_documents``; the steps that follow read nothing else. What a text says is no concern here.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import duckdb

from pipelines.pool import run_batches
from pipelines.readers.batch import read_batch
from pipelines.warehouse.connection import Warehouse, single
from pipelines.warehouse.files import SeedFile, compare_with_ledger, files_in, microseconds, now, trusted_time
from pipelines.warehouse.scratch import scratch_folder

# A batch is one transaction: what a crash can cost. Large files stand alone.
_FILES_PER_BATCH = 500
_BYTES_PER_BATCH = 16_000_000

# Taken off an address: the anchor, tracking, a slash at the end.
_ADDRESS_NOISE = r"#.*$|[?&](utm_[a-z]+|fbclid|gclid)=[^&#]*|/+$"
# A bare host names many articles, so an address has a path or a query.
_ADDRESS = r"^https?://(?:www\.)?([^/?]+[/?].+)$"


@dataclass(slots=True)
class ReadingReport:
    """What reading the seeds came to. ``unchanged`` files were not opened."""

    files_changed: int = 0
    files_unchanged: int = 0
    files_gone: int = 0
    documents_read: int = 0
    documents_new: int = 0
    documents_superseded: int = 0
    documents_pruned: int = 0
    rejected: int = 0
    rejected_by_reason: dict[str, int] = field(default_factory=dict)


def read_documents(
    warehouse: Warehouse, run_id: str, prune: bool = False, progress: Callable[[int, int], None] | None = None
) -> ReadingReport:
    """Read new and changed files of the seeds folder into the warehouse, batch by batch, each in one transaction.

    ``prune`` also takes out documents whose files are gone. ``progress`` hears how many of the changed files are done. Raises
    FileNotFoundError without a seeds folder, WorkerDiedError when a batch kills its worker, AssertionError when a count does not add up.
    """
    settings = warehouse.settings
    files = files_in(settings.seeds)
    difference = compare_with_ledger(warehouse.con, files)
    report = ReadingReport(files_changed=len(difference.changed), files_unchanged=difference.unchanged_count)
    report.files_gone = len(difference.gone)
    with scratch_folder(settings.scratch) as scratch:
        jobs = _jobs(difference.changed, settings.seeds, scratch)
        by_folder = {}

        def drawn() -> Iterator[tuple]:
            for batch, job in jobs:
                by_folder[job[2]] = batch
                yield job

        done = 0
        for job, _ in run_batches(read_batch, drawn(), settings.workers):
            batch = by_folder.pop(job[2])
            _store_batch(warehouse, Path(job[2]), batch, run_id, report)
            shutil.rmtree(job[2])
            done += len(batch)
            if progress:
                progress(done, report.files_changed)
    if difference.gone:
        _forget_gone_files(warehouse, difference.gone, prune, report)
    return report


def _jobs(files: tuple[SeedFile, ...], root: Path, scratch: Path) -> Iterator[tuple[list[SeedFile], tuple]]:
    for number, batch in enumerate(_batches(files)):
        names = [(str(file.path), file.source_path, file.known_hash) for file in batch]
        yield batch, (names, str(root), str(scratch / f"read-{number:06}"))


def _batches(files: tuple[SeedFile, ...]) -> Iterator[list[SeedFile]]:
    batch: list[SeedFile] = []
    size = 0
    for file in files:
        if batch and (len(batch) == _FILES_PER_BATCH or size + file.byte_count > _BYTES_PER_BATCH):
            yield batch
            batch, size = [], 0
        batch.append(file)
        size += file.byte_count
    if batch:
        yield batch


def _store_batch(warehouse: Warehouse, folder: Path, batch: list[SeedFile], run_id: str, report: ReadingReport) -> None:
    read_at = now()
    with warehouse.transaction() as con:
        for name in ("documents", "rejections", "files"):
            con.execute(f"create or replace temp table batch_{name} as from read_parquet(?)", [str(folder / f"{name}.parquet")])
        con.execute("create or replace temp table batch_reread as select source_path from batch_files where not is_same")
        held_before = _held_by(con, "batch_reread")
        con.execute("delete from staging.file_documents where source_path in (from batch_reread)")
        # What the engine failed on is the extraction's to take back.
        con.execute("delete from ops.rejected_documents where source_path in (from batch_reread) and reason_code <> 'extraction_failed'")
        con.execute(
            """
            insert into ops.rejected_documents by name
            select source_path, member, reason_code, reason, ? as rejected_at, ? as run_id from batch_rejections
            """,
            [read_at, run_id],
        )
        con.execute("insert into staging.file_documents by name select source_path, member, document_id from batch_documents")
        new = _insert_new_documents(con, read_at)
        _settle(con, held_before)
        _enter_in_ledger(con, batch, read_at)
        read = single(con, "select count(*) from batch_documents")
        known = single(con, "select count(*) from batch_documents semi join main.dim_documents using (document_id)")
        refused = single(con, "select count(*) from batch_rejections")
        assert read == known, f"{read} documents were read, but {known} of them are in main.dim_documents"
        for code, count in con.execute("select reason_code, count(*) from batch_rejections group by all").fetchall():
            report.rejected_by_reason[code] = report.rejected_by_reason.get(code, 0) + count
    report.documents_read += read
    report.documents_new += new
    report.rejected += refused
    report.documents_superseded += _superseded(con)


def _held_by(con: duckdb.DuckDBPyConnection, paths: str) -> list[tuple[str]]:
    """Return the documents that the files of table ``paths`` hold."""
    return con.execute(f"select distinct document_id from staging.file_documents where source_path in (from {paths})").fetchall()


def _insert_new_documents(con: duckdb.DuckDBPyConnection, read_at: datetime) -> int:
    new = single(
        con,
        """
        insert into main.dim_documents by name
        select
          * exclude (member, place),
          [source_path] as source_paths,
          ? as ingested_at,
          false as is_current
        from (
          select *, row_number() over (partition by document_id order by source_path, member) as place
          from batch_documents
          anti join main.dim_documents using (document_id)
        )
        where place = 1
        """,
        [read_at],
    )
    con.execute(
        """
        insert into staging.document_addresses
        select distinct document_id, regexp_extract(lower(regexp_replace(url, ?, '', 'g')), ?, 1) as address
        from main.dim_documents
        semi join batch_documents using (document_id)
        anti join staging.document_addresses using (document_id)
        where url is not null and address <> ''
        """,
        [_ADDRESS_NOISE, _ADDRESS],
    )
    return new


def _settle(con: duckdb.DuckDBPyConnection, held_before: list[tuple[str]]) -> None:
    """Bring paths and ``is_current`` up to date for the documents of the batch, those its files held before, and all of their addresses."""
    con.execute("create or replace temp table touched (document_id varchar)")
    if held_before:
        con.execute("insert into touched select unnest(?)", [[document_id for (document_id,) in held_before]])
    con.execute("insert into touched select document_id from batch_documents anti join touched using (document_id)")
    settle_documents(con)


def settle_documents(con: duckdb.DuckDBPyConnection) -> None:
    """Bring the documents of temp table ``touched`` up to date with the files that hold them; queue those that change."""
    con.execute(
        """
        create or replace temp table state as
        with
        concerned as (
          from touched
          union
          select document_id
          from staging.document_addresses
          where address in (select address from staging.document_addresses semi join touched using (document_id))
        ),
        holdings as (
          select document_id, list(distinct source_path || coalesce(': ' || member, '')) as source_paths
          from staging.file_documents
          semi join concerned using (document_id)
          group by document_id
        )
        select
          document_id,
          list_sort(holdings.source_paths) as source_paths,
          documents.is_current as was_current,
          holdings.document_id is not null
            and row_number() over (
              partition by coalesce(case when holdings.document_id is not null then addresses.address end, document_id)
              order by documents.published_on desc, documents.ingested_at desc, document_id
            ) = 1 as is_current
        from main.dim_documents as documents
        semi join concerned using (document_id)
        left join holdings using (document_id)
        left join staging.document_addresses as addresses using (document_id)
        """
    )
    con.execute(
        """
        update main.dim_documents as documents
        set
          source_paths = coalesce(state.source_paths, documents.source_paths),
          source_path = coalesce(state.source_paths[1], documents.source_path),
          is_current = state.is_current
        from state
        where state.document_id = documents.document_id
          and (
            state.is_current <> documents.is_current
            or coalesce(state.source_paths, documents.source_paths) <> documents.source_paths
            or coalesce(state.source_paths[1], documents.source_path) <> documents.source_path
          )
        """
    )
    con.execute(
        """
        insert into staging.pending_documents
        select document_id, step
        from state, unnest(['extract', 'duplicates']) as steps (step)
        where is_current <> was_current
        except
        from staging.pending_documents
        """
    )


def _superseded(con: duckdb.DuckDBPyConnection) -> int:
    return single(con, "select count(*) from state where was_current and not is_current")


def _enter_in_ledger(con: duckdb.DuckDBPyConnection, batch: list[SeedFile], read_at: datetime) -> None:
    con.execute(
        """
        create or replace temp table batch_ledger as
        select
          unnest(?::varchar[]) as source_path,
          unnest(?::bigint[]) as byte_count,
          make_timestamp(unnest(?::bigint[])) as modified_at
        """,
        [
            [file.source_path for file in batch],
            [file.byte_count for file in batch],
            [microseconds(trusted_time(file.modified_at, read_at)) for file in batch],
        ],
    )
    con.execute("delete from staging.source_files where source_path in (select source_path from batch_ledger)")
    con.execute(
        """
        insert into staging.source_files by name
        select ledger.source_path, ledger.byte_count, ledger.modified_at, files.content_hash
        from batch_ledger as ledger
        join batch_files as files using (source_path)
        where files.is_settled
        """
    )


def _forget_gone_files(warehouse: Warehouse, gone: tuple[str, ...], prune: bool, report: ReadingReport) -> None:
    """Forget refusals of files that are gone; with ``prune`` also what else they held, so that its documents are no longer current."""
    with warehouse.transaction() as con:
        con.execute("create or replace temp table gone as select unnest(?) as source_path", [list(gone)])
        con.execute("delete from ops.rejected_documents where source_path in (from gone)")
        if not prune:
            con.execute("delete from gone where source_path in (select source_path from staging.file_documents)")
        con.execute("create or replace temp table touched (document_id varchar)")
        con.execute("insert into touched select distinct document_id from staging.file_documents where source_path in (from gone)")
        con.execute("delete from staging.file_documents where source_path in (from gone)")
        con.execute("delete from staging.source_files where source_path in (from gone)")
        settle_documents(con)
        report.documents_pruned = _superseded(con)
