"""Assets of the ingest group: files become documents. How, is said in ``pipelines/readers`` and ``pipelines/warehouse/documents.py``."""

from collections.abc import Iterator

import dagster as dg
from pydantic import Field

from pipelines.assets.specs import POOL, table_outcome, table_spec
from pipelines.progress import shown_progress
from pipelines.warehouse import Warehouse
from pipelines.warehouse.documents import read_documents
from pipelines.warehouse.duplicates import find_duplicates
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.refreshes import count_towards

READ = ("dim_documents", "source_files", "file_documents", "document_addresses", "rejected_documents")


class ReadingConfig(dg.Config):
    """How the seeds folder is read."""

    prune: bool = Field(default=False, description="Also take out documents whose files are gone from the seeds folder.")


@dg.multi_asset(name="documents", specs=[table_spec(name, "ingest", ["python"]) for name in READ], pool=POOL)
def documents(
    context: dg.AssetExecutionContext, config: ReadingConfig, warehouse: dg.ResourceParam[Warehouse]
) -> Iterator[dg.MaterializeResult]:
    """Read what is new or changed in the seeds folder; every document in every version, and what could not be read."""
    with shown_progress("Reading", "files", context.log.info) as progress:
        report = read_documents(warehouse, context.run.run_id, config.prune, progress)
    count_towards(warehouse, context.run.run_id, read=report.documents_read, new=report.documents_new, refused=report.rejected)
    context.log.info(f"{report.documents_new} new documents in {report.files_changed} files, {report.rejected} refused")
    told = {
        "files_changed": report.files_changed,
        "files_unchanged": report.files_unchanged,
        "files_gone": report.files_gone,
        "documents_read": report.documents_read,
        "documents_new": report.documents_new,
        "documents_superseded": report.documents_superseded,
        "documents_pruned": report.documents_pruned,
        "rejected": report.rejected,
    }
    for name in READ:
        yield table_outcome(warehouse.con, name, told if name == "dim_documents" else {})


@dg.multi_asset(name="duplicates", specs=[table_spec("document_bands", "ingest", ["python"], ["dim_documents"])], pool=POOL)
def duplicates(context: dg.AssetExecutionContext, warehouse: dg.ResourceParam[Warehouse]) -> dg.MaterializeResult:
    """Find near copies among new documents, and note in dim_documents of which original they are."""
    counts = find_duplicates(warehouse)
    return table_outcome(warehouse.con, "document_bands", counts)


@dg.multi_asset(name="reference", specs=[table_spec(name, "ingest", ["csv"]) for name in REFERENCE_TABLES], pool=POOL)
def reference(warehouse: dg.ResourceParam[Warehouse]) -> Iterator[dg.MaterializeResult]:
    """Bring parties and kinds of happening to what the lexicon says."""
    for name in REFERENCE_TABLES:
        with warehouse.transaction() as con:
            write_reference(con, name)
        yield table_outcome(warehouse.con, name)
