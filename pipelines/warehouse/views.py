"""The views of ``sql/``: how they become views of the warehouse. What their files say is read by ``view_files.py``."""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

import duckdb

from pipelines.settings import PROJECT
from pipelines.warehouse.ddl import statements, text_literal
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint

FOLDER = PROJECT / "sql"
SCHEMAS = ("trade", "engagement")
_CACHE = PROJECT / "var" / "views.json"


class ViewError(ValueError):
    """A view's file breaks a rule of ``sql/README.md``; the message names the file, the rule and what to do."""


@dataclass(frozen=True, slots=True)
class ViewColumn:
    """An output column: its type, its comment, and the (table, column) pairs it is made from."""

    sql_type: str
    description: str
    sources: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class View:
    """A view as its file gives it. ``dependencies`` are the qualified names of what it reads."""

    schema: str
    name: str
    query: str
    description: str
    columns: Mapping[str, ViewColumn]
    dependencies: tuple[str, ...]

    @property
    def address(self) -> str:
        """Return the qualified name that SQL uses."""
        return f"{self.schema}.{self.name}"

    @property
    def fingerprint(self) -> str:
        """Return a hash of everything the view is made from."""
        return hashlib.blake2b(self.query.encode(), digest_size=16).hexdigest()


def view_paths(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Return the file of every view, by schema and name."""
    return tuple(path for schema in SCHEMAS for path in sorted((folder / schema).glob("*.sql")))


@cache
def views(folder: Path = FOLDER) -> tuple[View, ...]:
    """Return every view of ``folder``, those that others read first; raises ViewError for a file that breaks a rule.

    Parsing and typing them takes most of a second, so what came of it is kept in ``var/`` until a file changes.
    """
    queries = {path: path.read_text("utf-8") for path in view_paths(folder)}
    made_from = json.dumps([statements(), duckdb.__version__, [(path.parent.name, path.stem, text) for path, text in queries.items()]])
    key = hashlib.blake2b(made_from.encode(), digest_size=16).hexdigest()
    if found := _from_cache(key):
        return found
    from pipelines.warehouse.view_files import read_views

    made = read_views(queries)
    _to_cache(key, made)
    return made


def _from_cache(key: str) -> tuple[View, ...] | None:
    try:
        kept = json.loads(_CACHE.read_text("utf-8"))
        if kept["key"] != key:
            return None
        return tuple(_from_json(view) for view in kept["views"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _from_json(view: dict) -> View:
    columns = {
        name: ViewColumn(column["sql_type"], column["description"], tuple((table, source) for table, source in column["sources"]))
        for name, column in view["columns"].items()
    }
    return View(**(view | {"columns": columns, "dependencies": tuple(view["dependencies"])}))


def _to_cache(key: str, made: tuple[View, ...]) -> None:
    with suppress(OSError):  # a project folder that cannot be written only costs time
        _CACHE.parent.mkdir(parents=True, exist_ok=True)
        beside = _CACHE.with_suffix(f".{os.getpid()}")
        beside.write_text(json.dumps({"key": key, "views": [asdict(view) for view in made]}), "utf-8")
        beside.replace(_CACHE)


def make_view(con: duckdb.DuckDBPyConnection, view: View) -> bool:
    """Create or replace ``view`` with its comments, unless it stands as it is; return whether it changed.

    Raises ViewError when DuckDB refuses the query.
    """
    if fingerprint_of(con, view.address) == view.fingerprint:
        return False
    try:
        con.execute(f"create or replace view {view.address} as {view.query}")
    except duckdb.Error as error:
        raise ViewError(f"sql/{view.schema}/{view.name}.sql: {error}") from error
    con.execute(f"comment on view {view.address} is {text_literal(view.description)}")
    for column, shape in view.columns.items():
        con.execute(f'comment on column {view.address}."{column}" is {text_literal(shape.description)}')
    keep_fingerprint(con, view.address, view.fingerprint)
    return True


def drop_unknown_views(con: duckdb.DuckDBPyConnection, known: tuple[View, ...]) -> None:
    """Drop views whose file is gone."""
    names = {view.address for view in known}
    for schema, name in con.execute("select schema_name, view_name from duckdb_views() where not internal").fetchall():
        if schema in SCHEMAS and f"{schema}.{name}" not in names:
            con.execute(f'drop view {schema}."{name}"')
            con.execute("delete from staging.fingerprints where table_name = ?", [f"{schema}.{name}"])
