"""Every file of sql/ keeps the rules of sql/README.md."""

import re
from pathlib import Path

import pytest
import sqlglot
from sqlglot import exp

from pipelines.schemas import TABLES
from pipelines.warehouse.views import view_paths

PATHS = view_paths()
VIEWS = {f"{path.parent.name}.{path.stem}" for path in PATHS}
files = pytest.mark.parametrize("path", PATHS, ids=lambda path: f"{path.parent.name}.{path.stem}")


def query_of(path: Path) -> exp.Query:
    return sqlglot.parse_one(path.read_text("utf-8"), dialect="duckdb")


def final_select(path: Path) -> list[str]:
    """Return the lines between the last ``select`` at the margin and its ``from``."""
    lines = path.read_text("utf-8").splitlines()
    begin = max(number for number, line in enumerate(lines) if line == "select")
    return lines[begin + 1 : next(number for number, line in enumerate(lines) if number > begin and line.startswith("from "))]


def words_without_comments(path: Path) -> str:
    return re.sub(r"--.*|'[^']*'", "", path.read_text("utf-8"))


@files
def test_header_says_the_purpose_and_ends_with_the_grain(path: Path) -> None:
    header = []
    for line in path.read_text("utf-8").splitlines():
        if not line.startswith("-- "):
            break
        header.append(line.removeprefix("-- "))
    text = " ".join(header)
    assert re.search(r"One row per [^.]+\.$", text), f"{path}: the header ends with {text[-60:]!r}"
    assert text.index("One row per") > 40, f"{path}: say what the view is for, before its grain"


@files
def test_final_select_lists_one_commented_column_a_line(path: Path) -> None:
    for line in final_select(path):
        assert re.fullmatch(r"  \w+(\.\w+)+( as \w+)?,? -- [A-Za-z0-9].+\S", line), f"{path}: {line}"


@files
def test_columns_are_named_once(path: Path) -> None:
    names = [column.alias_or_name for column in query_of(path).selects]
    assert len(names) == len(set(names))


@files
def test_view_reads_public_tables_and_views_only(path: Path) -> None:
    query = query_of(path)
    steps = {cte.alias for cte in query.find_all(exp.CTE)}
    read = {f"{table.db}.{table.name}" if table.db else table.name for table in query.find_all(exp.Table)} - steps
    public = VIEWS | {table.address for table in TABLES.values() if table.schema == "main"}
    assert read <= public, f"{path} reads {read - public}"


@files
def test_every_step_is_read(path: Path) -> None:
    query = query_of(path)
    read = {table.name for table in query.find_all(exp.Table) if not table.db}
    assert {cte.alias for cte in query.find_all(exp.CTE)} <= read


@files
def test_today_is_not_asked_and_rows_are_not_ordered(path: Path) -> None:
    words = words_without_comments(path)
    assert not re.search(r"\b(current_date|today|now|current_timestamp|random|uuid)\b", words)
    assert query_of(path).args.get("order") is None


@files
def test_sql_is_lower_case(path: Path) -> None:
    assert not re.search(r"\b(SELECT|FROM|WHERE|JOIN|AS|AND|OR|CASE|WHEN|NULL|GROUP|ORDER|WITH)\b", words_without_comments(path))


@files
def test_lines_are_short(path: Path) -> None:
    assert max(len(line) for line in path.read_text("utf-8").splitlines()) <= 140
