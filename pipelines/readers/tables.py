"""CSV and Parquet: articles as rows, read in pieces.

Belongs here: parsing. Which column is what stands in ``articles``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipelines.readers.articles import drafts_of, has_text_column, naming_of, no_text_column
from pipelines.readers.decode import refuse_binary
from pipelines.readers.finish import Draft
from pipelines.readers.model import Rejection
from pipelines.readers.records import as_utf8, decoded_line
from pipelines.readers.source import MEGABYTE, Refused, Source, lines_of, on_disk, suffixes_of

_DELIMITERS = (",", ";", "\t", "|")
_BATCH_ROWS = 256
_MOST_COLUMNS = 2000

_Row = tuple[int, list[str]]  # the number of its first line, and its cells


def read_csv(source: Source) -> Iterator[Draft | Rejection]:
    """Give the articles of a CSV or TSV file; a row that cannot be read costs that row."""
    naming = naming_of(source)
    rows = _rows(source)
    header = next((row for row in rows if not isinstance(row, Rejection)), None)
    if header is None:
        raise Refused("empty", "has no header line; add one that names the columns")
    names = [name.strip().lstrip("\ufeff") for name in header[1]]
    if len(names) > _MOST_COLUMNS or not has_text_column(names, naming):
        raise no_text_column(names, naming)
    yield from drafts_of(_records(rows, names, source), source, naming)


def _records(
    rows: Iterator[tuple[int, list[str]] | Rejection], names: list[str], source: Source
) -> Iterator[tuple[str, object] | Rejection]:
    for row in rows:
        if isinstance(row, Rejection):
            yield row
            continue
        number, cells = row
        while len(cells) > len(names) and not cells[-1].strip():
            cells.pop()
        if len(cells) != len(names):
            problem = f"has {len(cells)} fields where the header has {len(names)}; put fields with delimiters or line breaks in quotes"
            yield source.refuse("broken_row", problem, f"line {number}")
        else:
            yield f"line {number}", dict(zip(names, cells, strict=True))


def _rows(source: Source) -> Iterator[_Row | Rejection]:
    """Give the rows with the number of their first line, and rejections of those that cannot be read."""
    csv.field_size_limit(source.limits.text)
    refused: list[Rejection] = []
    with source.open_stream() as stream:
        lines = _decoded_lines(source, as_utf8(stream), refused)
        first = next((line for line in lines if line.strip()), None)
        if first is None:
            yield from refused
            return
        delimiter = "\t" if (suffixes_of(source.name) or [""])[0] in (".tsv", ".tab") else max(_DELIMITERS, key=first.count)
        reader = csv.reader(_with_first(first, lines), delimiter=delimiter)
        begins = 1
        while True:
            try:
                cells = next(reader, None)
                if cells is None:
                    break
                if cells and any(cell.strip() for cell in cells):
                    yield begins, cells
            except csv.Error as error:
                problem = f"cannot be read as a row ({error}); close the quotes of this field, or split it"
                yield source.refuse("broken_row", problem, f"line {begins}")
            yield from refused
            refused.clear()
            begins = reader.line_num + 1
        yield from refused


def _with_first(first: str, lines: Iterator[str]) -> Iterator[str]:
    yield first
    yield from lines


def _decoded_lines(source: Source, stream: BinaryIO, refused: list[Rejection]) -> Iterator[str]:
    for number, line in lines_of(stream, source.limits.line):
        if number == 1 and line is not None:
            refuse_binary(line)
        if line is None:
            problem = f"is longer than the {source.limits.line // MEGABYTE} MB that one row may have; split or remove the line"
            refused.append(source.refuse("too_large", problem, f"line {number}"))
            yield "\n"
            continue
        try:
            yield decoded_line(line)
        except Refused as refusal:
            refused.append(source.refuse(refusal.reason_code, refusal.problem, f"line {number}", len(line)))
            yield "\n"


# ------------------------------------------------------------------------------------------------ Parquet


def read_parquet(source: Source) -> Iterator[Draft | Rejection]:
    """Give the articles of a Parquet file, a batch of rows at a time; only the columns that articles have are read."""
    import pyarrow
    import pyarrow.parquet

    naming = naming_of(source)
    with on_disk(source) as stream:
        try:
            file = pyarrow.parquet.ParquetFile(stream, pre_buffer=False, thrift_string_size_limit=100 * MEGABYTE)
            names = list(file.schema_arrow.names)
            if len(names) > _MOST_COLUMNS or not has_text_column(names, naming):
                raise no_text_column(names, naming)
            yield from drafts_of(_parquet_rows(file), source, naming)
        except (pyarrow.ArrowException, OSError, ValueError, OverflowError) as error:
            raise Refused("damaged", "is damaged and cannot be read as Parquet; write it again") from error


def _parquet_rows(file: Any) -> Iterator[tuple[str, object]]:
    number = 0
    for batch in file.iter_batches(batch_size=_BATCH_ROWS, use_threads=False):
        for record in batch.to_pylist():
            number += 1
            yield f"row {number}", record
