"""Which files there are and how they come into the exports folder: each whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb

from pipelines.exports.calendar import calendar_file
from pipelines.exports.linked import write_linked
from pipelines.settings import PROJECT

QUERIES = PROJECT / "sql" / "exports"


def write_exports(con: duckdb.DuckDBPyConnection, folder: Path, formats: Sequence[str] = ()) -> dict[str, int]:
    """Write the files of ``formats`` (default: every one of FORMATS) to ``folder``; return the number of rows of each file by its name.

    The warehouse is only read. A file that is there already is replaced in one step.
    """
    folder.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    with tempfile.TemporaryDirectory(dir=folder, prefix=".new-") as beside, _prepared(con):
        for name in formats or FORMATS:
            counts |= FORMATS[name](con, Path(beside))
        for file in counts:
            (Path(beside) / file).replace(folder / file)
    return counts


@contextmanager
def _prepared(con: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Hold what the event queries share: the codes of other data sets, and happenings cut into pairs, made when first asked for."""
    codes = str(QUERIES / "codes.csv").replace("'", "''")
    con.execute(f"create or replace temp table export_codes as from read_csv('{codes}', comment = '#', header = true, all_varchar = true)")
    try:
        yield
    finally:
        for table in ("export_codes", "export_dyads"):
            con.execute(f"drop table if exists temp.{table}")


def _events(name: str) -> Callable[[duckdb.DuckDBPyConnection, Path], Mapping[str, int]]:
    def write(con: duckdb.DuckDBPyConnection, folder: Path) -> Mapping[str, int]:
        con.execute(f"create temp table if not exists export_dyads as {query('dyads')}")
        return _copy(con, query(name), folder, name, ("parquet", "csv"))

    return write


def _facts(con: duckdb.DuckDBPyConnection, folder: Path) -> Mapping[str, int]:
    return _copy(con, query("facts"), folder, "facts", ("parquet",))


def _linked(con: duckdb.DuckDBPyConnection, folder: Path) -> Mapping[str, int]:
    return {"facts.jsonld": write_linked(con, query("facts"), folder / "facts.jsonld")}


def _calendar(con: duckdb.DuckDBPyConnection, folder: Path) -> Mapping[str, int]:
    text, count = calendar_file(con)
    (folder / "calendar.ics").write_bytes(text.encode())
    return {"calendar.ics": count}


FORMATS: Mapping[str, Callable[[duckdb.DuckDBPyConnection, Path], Mapping[str, int]]] = {
    "gdelt": _events("gdelt_events"),
    "polecat": _events("polecat_events"),
    "facts": _facts,
    "jsonld": _linked,
    "calendar": _calendar,
}


def query(name: str) -> str:
    """Return the query of ``sql/exports/<name>.sql``."""
    return (QUERIES / f"{name}.sql").read_text("utf-8").strip().rstrip(";")


def _copy(con: duckdb.DuckDBPyConnection, select: str, folder: Path, name: str, kinds: Sequence[str]) -> Mapping[str, int]:
    options = {"parquet": "format parquet, compression zstd", "csv": "format csv, header"}
    con.execute(f"create or replace temp table exported as {select}")
    try:
        ((count,),) = con.execute("select count(*) from exported").fetchall()
        for kind in kinds:
            target = str(folder / f"{name}.{kind}").replace("'", "''")
            con.execute(f"copy exported to '{target}' ({options[kind]})")
    finally:
        con.execute("drop table temp.exported")
    return {f"{name}.{kind}": count for kind in kinds}


def remove_leftovers(folder: Path) -> None:
    """Remove what a process that was killed left unfinished in ``folder``."""
    for left in folder.glob(".new-*"):
        shutil.rmtree(left, ignore_errors=True)
