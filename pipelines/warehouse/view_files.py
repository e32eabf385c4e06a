"""What a view's file says: its header, its columns with comments, types and lineage, and what it reads. Making views is no concern here.

Only a changed file is read, so the heavy libraries stay in here.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import duckdb
import sqlglot
from sqlglot import exp
from sqlglot.optimizer.qualify import qualify
from sqlglot.optimizer.scope import Scope, build_scope

from pipelines.schemas import COLUMNS, TABLES
from pipelines.warehouse.ddl import statements
from pipelines.warehouse.views import View, ViewColumn, ViewError, make_view

Source = tuple[str, str]


def read_views(queries: Mapping[Path, str]) -> tuple[View, ...]:
    """Return the view of each file, those that others read first; raises ViewError for a file that breaks a rule."""
    shapes = {table.address: {name: COLUMNS[name].sql_type for name in table.columns} for table in TABLES.values()}
    made = []
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        for draft in _ordered([_draft(path, query) for path, query in queries.items()]):
            make_view(con, draft)
            types = {name: kind for name, kind, *_ in con.execute(f"describe {draft.address}").fetchall()}
            sources = _lineage(draft, shapes)
            columns = {
                name: ViewColumn(types[name], column.description, tuple(sorted(sources[name]))) for name, column in draft.columns.items()
            }
            shapes[draft.address] = types
            made.append(View(draft.schema, draft.name, draft.query, draft.description, columns, draft.dependencies))
    return tuple(made)


def _draft(path: Path, query: str) -> View:
    """Return the view without types and lineage, which need the views it reads."""
    place = f"sql/{path.parent.name}/{path.name}"
    try:
        tree = sqlglot.parse_one(query, dialect="duckdb")
    except sqlglot.errors.ParseError as error:
        raise ViewError(f"{place}: {error}") from error
    if not isinstance(tree, exp.Query):
        raise ViewError(f"{place}: expected one select, found {type(tree).__name__.lower()}")
    columns = {column.alias_or_name: " ".join(comment.strip() for comment in column.comments or ()) for column in tree.selects}
    for column, comment in columns.items():
        if not comment:
            raise ViewError(f"{place}: column {column} has no comment; write what it holds behind it: `{column}, -- …`")
    return View(
        schema=path.parent.name,
        name=path.stem,
        query=query.strip().rstrip(";"),
        description=_header(place, query),
        columns={column: ViewColumn("", comment, ()) for column, comment in columns.items()},
        dependencies=tuple(sorted({f"{table.db}.{table.name}" for table in tree.find_all(exp.Table) if table.db})),
    )


def _header(place: str, query: str) -> str:
    lines = []
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    header = " ".join(lines)
    if "One row per" not in header:
        raise ViewError(f"{place}: begins without a header; write `-- What it answers. One row per …` above the query")
    return header


def _ordered(drafts: list[View]) -> list[View]:
    known = {view.address: view for view in drafts}
    tables = {table.address for table in TABLES.values()}
    done: dict[str, View] = {}

    def place(view: View, path: tuple[str, ...]) -> None:
        if view.address in path:
            raise ViewError(f"{view.address} reads itself, by way of {' → '.join(path)}")
        for name in view.dependencies:
            if name in known:
                place(known[name], (*path, view.address))
            elif name not in tables:
                raise ViewError(f"sql/{view.schema}/{view.name}.sql reads {name}, which is neither a table nor a view")
        done.setdefault(view.address, view)

    for view in drafts:
        place(view, ())
    return list(done.values())


def _lineage(view: View, shapes: Mapping[str, Mapping[str, str]]) -> dict[str, set[Source]]:
    """Return for each column of ``view`` the columns of other tables and views that it is made from."""
    schema: dict[str, Any] = {}
    for address in view.dependencies:
        namespace, name = address.split(".")
        schema.setdefault(namespace, {})[name] = dict(shapes[address])
    tree = qualify(
        sqlglot.parse_one(view.query, dialect="duckdb"),
        schema=schema,
        dialect="duckdb",
        validate_qualify_columns=False,
        quote_identifiers=False,
        identify=False,
    )
    root = build_scope(tree)
    found: dict[tuple[int, str], set[Source]] = {}
    return {column: _sources(root, column, found) for column in view.columns} if root else {}


def _sources(scope: Scope, column: str, found: dict[tuple[int, str], set[Source]]) -> set[Source]:
    key = (id(scope), column)
    if key not in found:
        found[key] = set()  # a recursive query meets itself
        expression = scope.expression
        if isinstance(expression, exp.SetOperation):
            position = _names(expression).index(column)
            branches = [(branch, _names(branch.expression)[position]) for branch in scope.set_operation_scopes]
            found[key] = set().union(*(_sources(branch, name, found) for branch, name in branches))
        elif isinstance(expression, exp.Query):
            made_by = [select for select in expression.selects if select.alias_or_name == column]
            found[key] = set().union(*(_sources_of(scope, select, found) for select in made_by))
        else:  # unnest and its like
            found[key] = _sources_of(scope, expression, found)
    return found[key]


def _names(query: Any) -> list[str]:
    return list(query.named_selects)


def _sources_of(scope: Scope, expression: Any, found: dict[tuple[int, str], set[Source]]) -> set[Source]:
    sources: set[Source] = set()
    for column in expression.find_all(exp.Column):
        origin = scope.sources.get(column.table)
        if isinstance(origin, Scope):
            sources |= _sources(origin, column.name, found)
        elif isinstance(origin, exp.Table) and origin.db:
            sources.add((f"{origin.db}.{origin.name}", column.name))
    return sources
