"""Files to Parquet: the unit of work that a process pool reads. Paths in, a folder of Parquet out; no Dagster, pandas or DuckDB here."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.readers.model import Document, Rejection, document_id
from pipelines.readers.registry import read

_ROWS = 1000
_CHUNK = 1 << 20
# Why a file is to be read again next time though it did not change its size and date.
_UNSETTLED = "still_being_written"

DOCUMENTS = pa.schema(
    [
        ("document_id", pa.string()),
        ("source_path", pa.string()),
        ("member", pa.string()),
        ("title", pa.string()),
        ("publisher", pa.string()),
        ("author", pa.string()),
        ("url", pa.string()),
        ("published_on", pa.date32()),
        ("published_on_method", pa.string()),
        ("language", pa.string()),
        ("word_count", pa.int64()),
        ("body", pa.string()),
        ("dateline_place", pa.string()),
        ("dateline_agency", pa.string()),
    ]
)
REJECTIONS = pa.schema([("source_path", pa.string()), ("member", pa.string()), ("reason_code", pa.string()), ("reason", pa.string())])
FILES = pa.schema([("source_path", pa.string()), ("content_hash", pa.string()), ("is_settled", pa.bool_()), ("is_same", pa.bool_())])


def read_batch(files: Sequence[tuple[str, str, str | None]], root: str, output: str) -> None:
    """Read ``files`` (path, source_path, hash of the bytes when last read) into ``output``: documents, rejections and files as Parquet.

    A file whose bytes are those last read is marked ``is_same`` and not read; one that changed meanwhile is not ``is_settled``.
    """
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    outcomes: list[dict[str, Any]] = []
    with (
        pq.ParquetWriter(folder / "documents.parquet", DOCUMENTS) as documents,
        pq.ParquetWriter(folder / "rejections.parquet", REJECTIONS) as rejections,
    ):
        items = _items(files, root, outcomes)
        while chunk := list(islice(items, _ROWS)):
            _write(documents, DOCUMENTS, [_row(item) for item in chunk if isinstance(item, Document)])
            _write(rejections, REJECTIONS, [_refusal(item) for item in chunk if isinstance(item, Rejection)])
    pq.write_table(pa.Table.from_pylist(outcomes, FILES), folder / "files.parquet")


def content_hash(path: str) -> str | None:
    """Return the hash of a file's bytes, None where it cannot be read."""
    digest = hashlib.blake2b(digest_size=16)
    try:
        with open(path, "rb") as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
    except OSError:
        return None
    return digest.hexdigest()


def _items(files: Iterable[tuple[str, str, str | None]], root: str, outcomes: list[dict[str, Any]]) -> Iterator[Document | Rejection]:
    for path, source_path, known_hash in files:
        found_hash = content_hash(path) if Path(path).is_file() else None
        outcome = {"source_path": source_path, "content_hash": found_hash or "", "is_settled": True, "is_same": False}
        outcomes.append(outcome)
        if known_hash and known_hash == found_hash:
            outcome["is_same"] = True
            continue
        for item in read(path, root):
            if isinstance(item, Rejection) and item.reason_code == _UNSETTLED:
                outcome["is_settled"] = False
            yield item


def _row(document: Document) -> dict[str, Any]:
    row = {name: getattr(document, name) for name in DOCUMENTS.names if name != "document_id"}
    return {"document_id": document_id(document), **row}


def _refusal(rejection: Rejection) -> dict[str, Any]:
    return {name: getattr(rejection, name) for name in REJECTIONS.names}


def _write(writer: pq.ParquetWriter, schema: pa.Schema, rows: list[dict[str, Any]]) -> None:
    if rows:
        writer.write_table(pa.Table.from_pylist(rows, schema))
