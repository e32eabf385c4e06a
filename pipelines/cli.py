"""The command line `chancery`: what to type, and what the exit code says. What is behind a command is elsewhere.

Exit codes: 0 done, 1 it failed (the message says why and what to do), 2 wrong usage. Everything heavy is imported inside its command, so
that help and mistakes cost nothing.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    import duckdb
    from rich.console import Console

    from pipelines.settings import Settings
    from pipelines.terminal.published import Row
    from pipelines.terminal.state import State

app = typer.Typer(
    name="chancery",
    help="Turn diplomatic and trade news in seeds/ into a DuckDB register of dated, attributed facts, and ask it.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How rows are shown."""

    table = "table"
    csv = "csv"
    json = "json"
    parquet = "parquet"


class Export(StrEnum):
    """What can be written for other tools."""

    gdelt = "gdelt"
    polecat = "polecat"
    facts = "facts"
    jsonld = "jsonld"
    calendar = "calendar"


Seeds = Annotated[Path | None, typer.Option(help="Folder of documents. Default: CHANCERY_SEEDS, else seeds/.", show_default=False)]
Warehouse = Annotated[
    Path | None, typer.Option(help="The DuckDB file. Default: CHANCERY_WAREHOUSE, else var/chancery.duckdb.", show_default=False)
]


@app.command(epilog="Examples:\n\n    chancery refresh\n\n    chancery refresh --seeds ~/clippings --warehouse ~/clippings.duckdb")
def refresh(
    seeds: Seeds = None,
    warehouse: Warehouse = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes that read. Default: CHANCERY_WORKERS, else all cores.")] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Also forget documents whose files are gone from seeds/.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", help="Show Dagster's log.")] = False,
) -> None:
    """Read what is new in seeds/, as a Dagster run, and publish the warehouse. Exits with 1 if the run failed."""
    from pipelines.refresh import refresh as run

    settings = _settings(warehouse, seeds)
    _console(stderr=True).print(f"Reading {settings.seeds} into {settings.warehouse} …", style="dim", markup=False, highlight=False)
    with _errors():
        outcome = run(seeds=seeds, warehouse=warehouse, prune=prune, workers=workers, quiet=not verbose)
    if not outcome.succeeded:
        problems = "\n".join(outcome.problems) or "no step says why"
        _fail(f"The refresh failed; the published warehouse is as it was.\n{problems}\nrun {outcome.run_id}: `chancery ui` shows it whole.")
    with _errors():
        _print_outcome(_console(), settings, outcome.run_id)
    for warning in outcome.warnings:
        _console(stderr=True).print(f"warning: {warning}", style="yellow", markup=False, highlight=False)


@app.command(epilog="Example:\n\n    chancery status")
def status(warehouse: Warehouse = None, seeds: Seeds = None) -> None:
    """Show what the register holds, the last refresh, what was refused and what waits."""
    from pipelines.terminal.published import published
    from pipelines.terminal.state import state_of

    settings = _settings(warehouse, seeds)
    with _errors(), published(settings) as con:
        _print_state(_console(), settings, state_of(con, settings))


@app.command(epilog="Examples:\n\n    chancery tables\n\n    chancery tables trade.targets")
def tables(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A table or view to show the columns of.", show_default=False)] = None,
    warehouse: Warehouse = None,
) -> None:
    """List what can be asked: every table and view with what it answers, or the columns of one."""
    from pipelines.terminal.catalogue import columns_of, relations
    from pipelines.terminal.published import published
    from pipelines.terminal.tables import print_rows

    with _errors(), published(_settings(warehouse)) as con:
        rows = columns_of(con, name) if name else relations(con)
        print_rows(_console(), list(rows[0]), [list(row.values()) for row in rows])


@app.command(
    epilog='Examples:\n\n    chancery query "from engagement.calendar"\n\n'
    '    chancery query "from trade.claims" --format csv --output claims.csv\n\n'
    '    chancery query "summarize main.fct_trade_claims"'
)
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL", help="A query of DuckDB; - reads it from standard input.")],
    kind: Annotated[Format, typer.Option("--format", "-f", help="How to show the rows.")] = Format.table,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")] = None,
    limit: Annotated[int, typer.Option(min=0, help="Rows of a table to show; 0 shows all.")] = 100,
    warehouse: Warehouse = None,
) -> None:
    """Ask the published warehouse in SQL. It is opened read-only: no query can change it, and none blocks a refresh."""
    from pipelines.terminal.published import published
    from pipelines.terminal.tables import print_rows, write_rows

    if kind is Format.parquet and output is None and sys.stdout.isatty():
        _fail("Parquet is no text for a terminal: add `--output FILE.parquet`.", code=2)
    if output and not output.absolute().parent.is_dir():
        _fail(f"The folder {output.absolute().parent} does not exist; make it first.", code=2)
    with _errors(), published(_settings(warehouse)) as con:
        relation: duckdb.DuckDBPyRelation | None = con.sql(sys.stdin.read() if sql == "-" else sql)
        if relation is None:
            return
        if kind is not Format.table:
            write_rows(relation, con, kind.value, output)
            return
        rows = (relation.limit(limit + 1) if limit else relation).fetchall()
        shown = rows[:limit] if limit else rows
        with _console_to(output) as console:
            print_rows(console, relation.columns, shown)
            more = "; more there are: --limit 0 shows all, --format csv --output FILE keeps them" if len(rows) > len(shown) else ""
            console.print(f"{len(shown):,} row{'' if len(shown) == 1 else 's'}{more}", style="dim", highlight=False)


@app.command(
    epilog="Examples:\n\n    chancery explain seeds/000_5ad9f082630478ce.txt\n\n    chancery explain 3f9a01 --html explained.html\n\n"
    "    chancery explain person Tokayev"
)
def explain(
    subject: Annotated[
        str, typer.Argument(metavar="DOCUMENT", help="Start of a document_id, a path in seeds/, or a file's name; or the word person.")
    ],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="After person: a name, or part of one.")] = None,
    html: Annotated[Path | None, typer.Option("--html", help="Write one self-contained HTML page to this file.")] = None,
    warehouse: Warehouse = None,
) -> None:
    """Show an article with the evidence of each fact marked, its codes and its rule; or who a person is, and why."""
    from pipelines.terminal.explained import html_page, print_explanation
    from pipelines.terminal.explanation import explain_document
    from pipelines.terminal.person import explain_person, print_person
    from pipelines.terminal.published import published

    if name is not None and subject != "person":
        _fail(f"Expected one DOCUMENT, or `chancery explain person NAME`. Put a path with spaces in quotes: '{subject} {name}'.", code=2)
    if name is not None and html:
        _fail("--html is for documents.", code=2)
    with _errors(), published(_settings(warehouse)) as con:
        if name is not None:
            print_person(_console(), explain_person(con, name))
            return
        explanation = explain_document(con, subject)
        if html:
            html.write_text(html_page(explanation), "utf-8")
            _console().print(f"{len(explanation.facts)} facts explained in {html}", markup=False, highlight=False)
        else:
            print_explanation(_console(), explanation)


@app.command(epilog="Examples:\n\n    chancery export\n\n    chancery export gdelt calendar --folder ~/events")
def export(
    formats: Annotated[list[Export] | None, typer.Argument(help="What to write. Default: all.", show_default=False)] = None,
    folder: Annotated[Path | None, typer.Option(help="Where to write. Default: exports/ beside the warehouse.", show_default=False)] = None,
    warehouse: Warehouse = None,
) -> None:
    """Write events as GDELT 2.0 and POLECAT have them, facts as Parquet and JSON-LD, the calendar as iCalendar."""
    from pipelines.exports import write_exports
    from pipelines.terminal.published import published

    settings = _settings(warehouse)
    target = folder.expanduser().absolute() if folder else settings.exports
    with _errors(), published(settings) as con:
        for name, count in write_exports(con, target, [chosen.value for chosen in formats or []]).items():
            _console().print(f"{count:>9,}  {target / name}", markup=False, highlight=False, soft_wrap=True)


@app.command(epilog="Examples:\n\n    chancery briefing\n\n    chancery briefing --party KAZ --party PAK --output monday.html")
def briefing(
    party: Annotated[
        list[str] | None, typer.Option(help="Only what concerns this party, by code; may be given again.", show_default=False)
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write. Default: beside the warehouse.", show_default=False)
    ] = None,
    warehouse: Warehouse = None,
) -> None:
    """Write the briefing, one page that needs no network: what is new, ahead, late, claimed and contradicted."""
    from pipelines.briefing import write_briefing
    from pipelines.terminal.published import published

    settings = _settings(warehouse)
    with _errors(), published(settings) as con:
        if party and not output:
            _fail("Name a file for a briefing on some parties: `--output FILE.html`. The usual one is of all.", code=2)
        path = output or settings.briefing
        try:
            write_briefing(con, path, party or [])
        except KeyError as error:
            _fail(f'{error} is no party\'s code: chancery query "from dim_parties" shows them all.', code=2)
        _console().print(str(path), markup=False, highlight=False, soft_wrap=True)


@app.command(epilog="Example:\n\n    chancery ui --port 3333")
def ui(
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port of the web server.")] = 3000,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    seeds: Seeds = None,
    warehouse: Warehouse = None,
) -> None:
    """Open Dagster's web interface, with the seeds sensor and the nightly schedule running. Ends with Ctrl+C."""
    import subprocess

    from pipelines.refresh import prepare_home
    from pipelines.settings import PROJECT

    settings = _settings(warehouse, seeds)
    with _errors():
        prepare_home(settings.home)
        environment = os.environ | settings.environment()
        dagster = [sys.executable, "-m", "dagster"]
        # A web server and a daemon that both find an empty home can spoil it for good.
        subprocess.run([*dagster, "instance", "migrate"], env=environment, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        _console().print(f"http://{host}:{port} in a few seconds. Ctrl+C ends it.", highlight=False)
        arguments = ["dev", "--workspace", str(PROJECT / "workspace.yaml"), "--host", host, "--port", str(port)]
        os.chdir(PROJECT)
        # Dagster takes this process's place, so that whoever ends it ends Dagster.
        os.execve(sys.executable, [*dagster, *arguments], environment)


def _settings(warehouse: Path | None, seeds: Path | None = None) -> Settings:
    from pipelines.settings import current_settings

    options = {"CHANCERY_WAREHOUSE": warehouse, "CHANCERY_SEEDS": seeds}
    try:
        return current_settings(os.environ | {name: str(value) for name, value in options.items() if value is not None})
    except ValueError as error:
        _fail(str(error), code=2)


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    return Console(stderr=stderr, width=_width())


def _width() -> int | None:
    # Without a terminal rich assumes 80 columns; a pipe or a file has room for more.
    return None if sys.stdout.isatty() or "COLUMNS" in os.environ else 140


@contextmanager
def _console_to(output: Path | None) -> Iterator[Console]:
    from rich.console import Console

    if output is None:
        yield _console()
        return
    with output.open("w", encoding="utf-8") as file:
        yield Console(file=file, width=_width() or 140)


@contextmanager
def _errors() -> Iterator[None]:
    """Turn what a user can mend into a message and exit code 1; anything else is a defect and keeps its traceback."""
    import subprocess

    import duckdb

    from pipelines.terminal.catalogue import UnknownRelationError
    from pipelines.terminal.explanation import UnknownDocumentError
    from pipelines.terminal.person import UnknownPersonError
    from pipelines.terminal.published import NoWarehouseError
    from pipelines.warehouse.connection import WarehouseBusyError

    try:
        yield
    except (
        NoWarehouseError,
        UnknownDocumentError,
        UnknownPersonError,
        UnknownRelationError,
        WarehouseBusyError,
        OSError,
        subprocess.CalledProcessError,
    ) as error:
        _fail(str(error))
    except duckdb.Error as error:
        hint = "\nThe warehouse is opened read-only: to keep rows, use --output." if "read-only" in str(error) else ""
        _fail(f"{error}{hint}")


def _fail(message: str, code: int = 1) -> NoReturn:
    _console(stderr=True).print(message, style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)


def _print_outcome(console: Console, settings: Settings, run_id: str) -> None:
    from pipelines.terminal.published import published, rows_of
    from pipelines.terminal.state import FIRST_LOOKS, first_look
    from pipelines.terminal.tables import print_rows

    with published(settings) as con:
        (run,) = rows_of(con, "from ops.refreshes where run_id = ?", [run_id])
        is_idle = not run["documents_read"] + run["documents_rejected"] + run["rows_written"]
        told = (
            f"Read {run['documents_read']:,} documents, {run['documents_new']:,} of them new; wrote {run['rows_written']:,} rows; "
            f"refused {run['documents_rejected']:,} documents and {run['rows_rejected']:,} rows."
        )
        console.print("Nothing new." if is_idle else told, highlight=False)
        for name, query_text in () if is_idle else FIRST_LOOKS.items():
            columns, rows = first_look(con, query_text)
            if rows:
                console.print(f"\n{name}", style="bold")
                print_rows(console, columns, rows)
    console.print(
        f'Ask: chancery query "from engagement.calendar" · file: {settings.warehouse}', style="dim", markup=False, highlight=False
    )


def _print_state(console: Console, settings: Settings, state: State) -> None:
    from rich.table import Table
    from rich.text import Text

    documents, last = state.documents, state.last_refresh
    dates = f", published {documents['first_published_on']} to {documents['last_published_on']}" if documents["current"] else ""
    lines = [
        ("warehouse", f"{settings.warehouse} ({state.byte_count / 1e6:,.1f} MB, published {state.written_at:%Y-%m-%d %H:%M:%S})"),
        ("seeds", f"{settings.seeds} ({state.waiting_files:,} files wait for the next refresh, {state.gone_files:,} read ones are gone)"),
        (
            "documents",
            f"{documents['current']:,} current{dates}; {documents['copies']:,} of them copies, "
            f"{documents['not_in_english']:,} not in English; {documents['versions'] - documents['current']:,} superseded",
        ),
        ("last refresh", _refresh_line(last) if last else "none"),
        ("refused documents", ", ".join(f"{count:,} {reason}" for reason, count in state.rejected_documents) or "none"),
        ("refused rows", ", ".join(f"{count:,} of {table}" for table, count in state.rejected_rows) or "none"),
        ("pending", ", ".join(f"{count:,} to {step}" for step, count in state.pending) or "nothing"),
        *((address.removeprefix("main."), f"{count:,}") for address, count in state.facts),
    ]
    grid = Table.grid(padding=(0, 2))
    for label, value in lines:
        grid.add_row(Text(label, style="bold"), Text(value))
    console.print(grid)


def _refresh_line(run: Row) -> str:
    ended = f"{run['finished_at']:%Y-%m-%d %H:%M:%S} UTC" if run["finished_at"] else "not finished"
    return (
        f"{ended}; read {run['documents_read']:,}, new {run['documents_new']:,}, refused {run['documents_rejected']:,} documents; "
        f"wrote {run['rows_written']:,}, refused {run['rows_rejected']:,} rows; run {run['run_id']}"
    )


if __name__ == "__main__":
    app()
