"""Documents that wait for extraction into the ``staging`` tables of mentions, validated on the way. What a text says is no concern here.

Work goes batch by batch, each one transaction: its documents' old mentions leave, the new ones that are valid enter, the others go to
``ops.rejected_rows``, and the documents move on in the queue. So a crash costs the batches under way and nothing else.
"""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from pipelines.extraction.batch import SCHEMAS, extract_batch
from pipelines.extraction.version import engine_version
from pipelines.pool import run_batches
from pipelines.schemas import TABLES
from pipelines.warehouse.connection import Warehouse, single
from pipelines.warehouse.files import now
from pipelines.warehouse.rejects import note_rejected
from pipelines.warehouse.scratch import scratch_folder
from pipelines.warehouse.validation import Failure, failures_of

DOCUMENTS_PER_BATCH = 500
# The steps that follow extraction, each of which takes its documents off the queue.
NEXT_STEPS = ("people", "engagements", "agreements", "claims", "topics", "checks")
# Parents first: a row whose parent is set aside is set aside with it.
MENTION_TABLES = tuple(name for name in SCHEMAS if name != "failures")
_PARENTS = {
    "engagement_mention_parties": "engagement_mentions",
    "engagement_mention_people": "engagement_mentions",
    "agreement_mention_parties": "agreement_mentions",
}


@dataclass(slots=True)
class ExtractionReport:
    """What extraction came to. ``kept`` and ``rejected`` count rows by table; ``failures`` rejected checks by table and check."""

    engine: str
    documents: int = 0
    documents_failed: int = 0
    kept: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MENTION_TABLES, 0))
    rejected: dict[str, int] = field(default_factory=lambda: dict.fromkeys(MENTION_TABLES, 0))
    failures: dict[tuple[str, str], int] = field(default_factory=dict)


def extract_pending(warehouse: Warehouse, run_id: str, progress: Callable[[int, int], None] | None = None) -> ExtractionReport:
    """Extract every document that waits for it, and every one that an older engine read.

    ``progress`` hears how many documents of how many are done. Raises WorkerDiedError when a batch kills its worker, ShapeError when the
    engine gives other columns than the schemas know, AssertionError when rows do not add up.
    """
    report = ExtractionReport(engine_version())
    with warehouse.transaction() as con:
        con.execute(
            """
            insert into staging.pending_documents
            select document_id, 'extract' from main.dim_documents where is_current and extractor_version is distinct from ?
            except
            from staging.pending_documents
            """,
            [report.engine],
        )
        con.execute(
            """
            create or replace temp table extract_queue as
            select document_id, (row_number() over (order by rowid) - 1) // ? as batch
            from main.dim_documents
            semi join (from staging.pending_documents where step = 'extract') using (document_id)
            """,
            [DOCUMENTS_PER_BATCH],
        )
    total = single(warehouse.con, "select count(*) from extract_queue")
    if not total:
        return report
    with scratch_folder(warehouse.settings.scratch) as scratch:
        for job, folder in run_batches(extract_batch, _jobs(warehouse.con, scratch), warehouse.settings.workers):
            texts, found = Path(job[0][0]), Path(folder)
            report.documents += _store_batch(warehouse, texts, found, run_id, report)
            texts.unlink()
            shutil.rmtree(found)
            if progress:
                progress(report.documents, total)
    return report


def _jobs(con: duckdb.DuckDBPyConnection, scratch: Path) -> Iterator[tuple[list[str], str]]:
    """Write the texts of each batch to a file, and yield its path with the folder for what is found in it."""
    for number in range(single(con, "select max(batch) + 1 from extract_queue")):
        texts = scratch / f"texts-{number:06}.parquet"
        con.execute(
            f"""
            copy (
              select
                document_id,
                -- Only current English texts are read; the others leave the facts.
                if(is_current and coalesce(language, 'en') = 'en', body, '') as body,
                published_on
              from main.dim_documents
              semi join (from extract_queue where batch = {number}) using (document_id)
            ) to '{str(texts).replace("'", "''")}' (format parquet)
            """
        )
        yield [str(texts)], str(scratch / f"mentions-{number:06}")


def _store_batch(warehouse: Warehouse, texts: Path, folder: Path, run_id: str, report: ExtractionReport) -> int:
    with warehouse.transaction() as con:
        con.execute("create or replace temp table batch_documents as select document_id from read_parquet(?)", [str(texts)])
        _delete_mentions(con)
        for name in MENTION_TABLES:
            _insert_mentions(con, name, folder / f"{name}.parquet", run_id, report)
        report.documents_failed += _note_failures(con, folder / "failures.parquet", run_id)
        con.execute(
            """
            update main.dim_documents set extractor_version = ?
            where extractor_version is distinct from ? and document_id in (from batch_documents)
            """,
            [report.engine, report.engine],
        )
        con.execute("delete from staging.pending_documents where step = 'extract' and document_id in (from batch_documents)")
        con.execute(
            """
            insert into staging.pending_documents
            select document_id, step from batch_documents, unnest(?) as steps (step)
            except
            from staging.pending_documents
            """,
            [list(NEXT_STEPS)],
        )
        return single(con, "select count(*) from batch_documents")


def _delete_mentions(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("delete from ops.rejected_rows where document_id in (from batch_documents)")
    for child, parent in _PARENTS.items():
        con.execute(
            f"""
            delete from staging.{child}
            where mention_id in (select mention_id from staging.{parent} semi join batch_documents using (document_id))
            """
        )
    for name in MENTION_TABLES:
        if name not in _PARENTS:
            con.execute(f"delete from staging.{name} where document_id in (from batch_documents)")


def _insert_mentions(con: duckdb.DuckDBPyConnection, name: str, path: Path, run_id: str, report: ExtractionReport) -> None:
    """Insert the rows of ``path`` into the staging table ``name``, but for those that fail validation."""
    rows = pq.read_table(path)
    if rows.num_rows == 0:
        return
    con.execute(
        "create or replace temp table batch_rows as select *, file_row_number as position from read_parquet(?, file_row_number = true)",
        [str(path)],
    )
    failures = failures_of(name, rows) + _without_parent(con, name) + _without_evidence(con, rows.column_names)
    rejected = note_rejected(con, name, "batch_rows", failures, run_id)
    con.execute("create or replace temp table batch_refused as select unnest(?::bigint[]) as position", [[x.position for x in failures]])
    columns = ", ".join(TABLES[name].columns)
    kept = single(
        con,
        f"insert into staging.{name} ({columns}) "
        f"select {columns} from batch_rows anti join batch_refused using (position) order by position",
    )
    assert rows.num_rows == kept + rejected, f"{name}: {rows.num_rows} rows came in, {kept} were kept and {rejected} rejected"
    report.kept[name] += kept
    report.rejected[name] += rejected
    for failure in failures:
        key = (name, failure.check)
        report.failures[key] = report.failures.get(key, 0) + 1


def _without_parent(con: duckdb.DuckDBPyConnection, name: str) -> list[Failure]:
    parent = _PARENTS.get(name)
    if parent is None:
        return []
    found = con.execute(f"select position, mention_id from batch_rows anti join staging.{parent} using (mention_id)").fetchall()
    return [Failure(position, "mention_id", "parent_was_rejected", key) for position, key in found]


def _without_evidence(con: duckdb.DuckDBPyConnection, columns: list[str]) -> list[Failure]:
    """Return the rows whose evidence does not stand in the body where they say."""
    if "evidence_text" not in columns:
        return []
    found = con.execute(
        """
        select rows.position, rows.evidence_start || '..' || rows.evidence_end
        from batch_rows as rows
        join main.dim_documents as documents using (document_id)
        where rows.evidence_text is distinct from substr(documents.body, rows.evidence_start + 1, rows.evidence_end - rows.evidence_start)
        """
    ).fetchall()
    return [Failure(position, None, "evidence_stands_in_body", value) for position, value in found]


def _note_failures(con: duckdb.DuckDBPyConnection, path: Path, run_id: str) -> int:
    """Keep ``ops.rejected_documents`` true to what the engine failed on in this batch; return how many documents that is."""
    con.execute(
        """
        delete from ops.rejected_documents as refused
        where reason_code = 'extraction_failed'
          and not exists (
            select 1
            from staging.file_documents as files
            where files.source_path = refused.source_path
              and files.member is not distinct from refused.member
              and files.document_id not in (from batch_documents)
          )
        """
    )
    return single(
        con,
        """
        insert into ops.rejected_documents by name
        select
          files.source_path,
          files.member,
          'extraction_failed' as reason_code,
          files.source_path || coalesce(', ' || files.member, '') || ': could not be extracted (' || failures.reason
            || '); please report it with the file' as reason,
          ?::timestamp as rejected_at,
          ? as run_id
        from read_parquet(?) as failures
        join staging.file_documents as files using (document_id)
        """,
        [now(), run_id, str(path)],
    )
