"""Reads the cases of views: Markdown files that mirror ``sql/``, with tables of input rows and of the rows expected.

``## title`` begins a case. A line that is only a name in backticks says what the table below it holds: a table of ``main``, or ``expect``.
An empty cell is NULL; a column that a case leaves out takes a plain default, so that a case shows what matters and nothing else.
"""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from pipelines.schemas import COLUMNS, TABLES

Table = list[dict[str, str | None]]

_BY_TYPE = {
    "VARCHAR": "x",
    "DATE": "2025-01-01",
    "TIMESTAMP": "2025-01-01 00:00:00",
    "BIGINT": "1",
    "DOUBLE": "1",
    "BOOLEAN": "false",
    "VARCHAR[]": "[]",
}
_BY_NAME = {
    "published_on_method": "header",
    "language": "en",
    "is_current": "true",
    "evidence_text": "words",
    "evidence_start": "0",
    "evidence_end": "5",
    "qualifier": "exact",
    "claim_type": "actual",
    "role": "participant",
    "office": "other",
}


@dataclass(frozen=True, slots=True)
class Case:
    """A case of view ``view``: rows to insert by table, and the rows that the view then has."""

    view: str
    title: str
    given: dict[str, Table]
    expected: Table


def read_cases(path: Path) -> list[Case]:
    """Return the cases of a file; its folder and stem name the view."""
    view = f"{path.parent.name}.{path.stem}"
    cases = []
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, _, text = part.partition("\n")
        tables = _tables(text)
        assert "expect" in tables, f"{path}: the case {title!r} expects nothing; add a table under `expect`"
        cases.append(Case(view, title.strip(), {name: rows for name, rows in tables.items() if name != "expect"}, tables["expect"]))
    assert cases, f"{path}: no case; begin one with `## what it shows`"
    return cases


def _tables(text: str) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    name, names = None, None
    for line in text.splitlines():
        if line.startswith("`") and line.endswith("`") and line.count("`") == 2:
            name, names = line.strip("`"), None
            tables[name] = []
        elif line.startswith("|") and name:
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if names is None:
                names = cells
            elif not all(cell and set(cell) <= {"-", ":"} for cell in cells):
                tables[name].append({column: cell or None for column, cell in zip(names, cells, strict=True)})
    return tables


def insert(con: duckdb.DuckDBPyConnection, address: str, rows: Table) -> None:
    """Insert ``rows`` into a table, with a default for each required column that a row leaves out."""
    table = TABLES[address.removeprefix("main.")]
    for row in rows:
        unknown = set(row) - set(table.columns)
        assert not unknown, f"{address} has no column {', '.join(sorted(unknown))}"
        full = {name: _default(name, row) for name in table.required} | row
        casts = ", ".join(f"?::{COLUMNS[name].sql_type}" for name in full)
        con.execute(f"insert into {address} ({', '.join(full)}) values ({casts})", list(full.values()))


def _default(column: str, row: dict[str, str | None]) -> str:
    if column == "date_precision":
        return "day" if row.get("start_date") else "unknown"
    if column == "source_path":
        return f"{row.get('document_id')}.txt"
    return _BY_NAME.get(column, _BY_TYPE[COLUMNS[column].sql_type])


def rows_of_view(con: duckdb.DuckDBPyConnection, view: str, columns: list[str]) -> list[tuple[str | None, ...]]:
    """Return ``columns`` of every row of ``view`` as text, sorted."""
    selected = ", ".join(f"{column}::varchar" for column in columns)
    return sorted(con.execute(f"select {selected} from {view}").fetchall(), key=_with_nulls)


def sorted_rows(rows: Table) -> list[tuple[str | None, ...]]:
    """Return ``rows`` as ``rows_of_view`` would."""
    return sorted((tuple(row.values()) for row in rows), key=_with_nulls)


def _with_nulls(row: tuple[str | None, ...]) -> tuple[str, ...]:
    return tuple(value or "" for value in row)
