"""Rows of a query as a table for the eye, or as CSV, JSON and Parquet for other tools. What is asked is no concern here."""

import shutil
import sys
import tempfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

FORMATS = {"csv": "(format csv, header)", "json": "(format json, array)", "parquet": "(format parquet)"}
# A column narrower than its name or than this is a ladder of letters: then each row becomes a block of its own, one line a column.
_READABLE_WIDTH = 14


def shown(value: Any) -> str:
    """Return ``value`` as a reader would write it: nothing for NULL, lists with commas, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}".rstrip("0").rstrip(".")
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return ", ".join(shown(item) for item in value)
    if isinstance(value, dict):
        return " ".join(shown(item) for item in value.values() if item is not None)
    return str(value)


def print_rows(console: Console, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print ``rows`` as a table, or as a block for each row where the columns do not fit the terminal."""
    if sum(_least_width(name, [row[place] for row in rows]) + 3 for place, name in enumerate(names)) > console.width and len(names) > 1:
        _print_blocks(console, names, rows)
    else:
        _print_table(console, names, rows)


def _least_width(name: str, values: Sequence[Any]) -> int:
    return max(len(name), min(max((len(shown(value)) for value in values), default=0), _READABLE_WIDTH))


def _print_table(console: Console, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, header_style="bold")
    for position, name in enumerate(names):
        is_number = any(isinstance(row[position], (int, float)) and not isinstance(row[position], bool) for row in rows)
        table.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(value)) for value in row))
    console.print(table)


def _print_blocks(console: Console, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    width = max(len(name) for name in names)
    for number, row in enumerate(rows, 1):
        console.print(Text(f"── {number} ", style="dim") + Text("─" * max(console.width - 6 - len(str(number)), 0), style="dim"))
        block = Table.grid(padding=(0, 2))
        block.add_column(width=width)
        block.add_column(overflow="fold")
        for name, value in zip(names, row, strict=True):
            if value is not None:
                block.add_row(Text(name, style="bold"), Text(shown(value)))
        console.print(block)


def write_rows(relation: duckdb.DuckDBPyRelation, con: duckdb.DuckDBPyConnection, kind: str, output: Path | None) -> None:
    """Write the rows of ``relation`` as ``kind`` (a key of FORMATS) to ``output``, whole or not at all; without it to standard output."""
    with tempfile.TemporaryDirectory(dir=output.parent if output else None, prefix=".chancery-") as folder:
        beside = Path(folder) / f"rows.{kind}"
        name = str(beside).replace("'", "''")
        con.execute(f"copy (from relation) to '{name}' {FORMATS[kind]}")
        if output:
            beside.replace(output)
        else:
            with beside.open("rb") as lines:
                shutil.copyfileobj(lines, sys.stdout.buffer)
            sys.stdout.buffer.flush()
