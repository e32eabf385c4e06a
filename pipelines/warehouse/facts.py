"""From mentions to facts: runs the steps of ``pipelines/resolution`` and validates what they wrote. Who is who is not decided here."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import duckdb

from pipelines.schemas import TABLES, Table
from pipelines.warehouse.connection import Warehouse, single
from pipelines.warehouse.rejects import note_rejected
from pipelines.warehouse.validation import Failure, failures_of


@dataclass(frozen=True, slots=True)
class Step:
    """A step of resolution: its name in the queue, the function that does it, the tables it reads and those it writes."""

    name: str
    function: str
    reads: tuple[str, ...]
    writes: tuple[str, ...]

    @property
    def resolve(self) -> Callable[[duckdb.DuckDBPyConnection], dict[str, int]]:
        """Return the function, loaded when first needed."""
        module, name = self.function.rsplit(".", 1)
        return getattr(import_module(f"pipelines.resolution.{module}"), name)


STEPS = (
    Step(
        "people",
        "people.resolve_people",
        reads=("dim_documents", "person_mentions"),
        writes=("dim_people", "fct_person_mentions"),
    ),
    Step(
        "engagements",
        "register.resolve_engagements",
        reads=("dim_documents", "engagement_mentions", "engagement_mention_parties", "engagement_mention_people", "dim_people"),
        writes=(
            "fct_engagement_mentions",
            "fct_engagements",
            "fct_engagement_status",
            "fct_engagement_parties",
            "fct_engagement_people",
        ),
    ),
    Step(
        "agreements",
        "register.resolve_agreements",
        reads=("dim_documents", "agreement_mentions", "agreement_mention_parties", "fct_engagement_mentions"),
        writes=("fct_agreement_mentions", "fct_agreements", "fct_agreement_parties"),
    ),
    Step("claims", "claims.resolve_claims", reads=("dim_documents", "trade_claims", "dim_people"), writes=("fct_trade_claims",)),
    Step(
        "topics",
        "register.resolve_topics",
        reads=("dim_documents", "cooperation_topics", "fct_engagement_mentions"),
        writes=("fct_cooperation_topics",),
    ),
)

# A frame of strings takes ten times the room of the table it comes from.
_ROWS_AT_ONCE = 50_000
# How the rows that belong to the documents of a step are found, by the first of these columns that a table has.
_MENTIONED = "(select {0} from main.fct_{1}_mentions semi join step_documents using (document_id))"
_ROWS_OF = {
    "document_id": "document_id in (from step_documents)",
    "agreement_id": "agreement_id in " + _MENTIONED.format("agreement_id", "agreement"),
    "engagement_id": "engagement_id in " + _MENTIONED.format("engagement_id", "engagement"),
    "person_id": "person_id in " + _MENTIONED.format("person_id", "person"),
}


@dataclass(frozen=True, slots=True)
class StepReport:
    """What a step came to. ``counts`` is what it says itself; ``checked``, ``rejected`` and ``failures`` are by table."""

    documents: int
    counts: dict[str, int]
    checked: dict[str, int]
    rejected: dict[str, int]
    failures: dict[str, dict[str, int]]


def resolve(warehouse: Warehouse, step: Step, run_id: str) -> StepReport:
    """Do ``step`` for the documents that wait for it, in one transaction with the validation of what it wrote.

    Raises ShapeError when a table does not have its columns, AssertionError when documents are left waiting.
    """
    nothing = dict.fromkeys(step.writes, 0)
    waiting = single(warehouse.con, "select count(*) from staging.pending_documents where step = ?", [step.name])
    if not waiting:
        return StepReport(0, {}, nothing, dict(nothing), {})
    with warehouse.transaction() as con:
        con.execute(
            "create or replace temp table step_documents as select document_id from staging.pending_documents where step = ?", [step.name]
        )
        counts = step.resolve(con)
        left = single(con, "select count(*) from staging.pending_documents where step = ?", [step.name])
        assert left == 0, f"{left} documents still wait for the step {step.name} that has just been done"
        con.execute(
            "insert into staging.pending_documents select document_id, 'checks' from step_documents except from staging.pending_documents"
        )
        checked, rejected, failures = dict(nothing), dict(nothing), {}
        for name in step.writes:
            checked[name], rejected[name], failures[name] = _validate(con, name, run_id)
    return StepReport(waiting, counts, checked, rejected, failures)


def _repeated_keys(con: duckdb.DuckDBPyConnection, table: Table) -> list[Failure]:
    """Return the rows of ``step_rows`` whose key stands in one before, which those who look at a part of the rows may miss."""
    found = con.execute(
        f"""
        select position, concat_ws(', ', {", ".join(table.key)})
        from step_rows
        qualify row_number() over (partition by {", ".join(table.key)} order by position) > 1
        """
    ).fetchall()
    column = table.key[0] if len(table.key) == 1 else None
    return [Failure(position, column, "unique_key", value) for position, value in found]


def _validate(con: duckdb.DuckDBPyConnection, name: str, run_id: str) -> tuple[int, int, dict[str, int]]:
    """Check the rows of table ``name`` that belong to the step's documents; move those that fail to ``ops.rejected_rows``."""
    table = TABLES[name]
    condition = next(rule for column, rule in _ROWS_OF.items() if column in table.columns)
    con.execute(
        f"""
        create or replace temp table step_rows as
        select *, rowid as place, row_number() over () - 1 as position from {table.address} where {condition}
        """
    )
    count = single(con, "select count(*) from step_rows")
    failures = _repeated_keys(con, table)
    for start in range(0, count, _ROWS_AT_ONCE):
        part = f"from step_rows where position >= {start} and position < {start + _ROWS_AT_ONCE} order by position"
        rows = con.sql(f"select * exclude (place) {part}").to_arrow_table()
        failures += [replace(failure, position=failure.position + start) for failure in failures_of(name, rows)]
    failures = sorted(set(failures), key=lambda failure: (failure.position, failure.column or "", failure.check))
    rejected = note_rejected(con, name, "step_rows", failures, run_id)
    if failures:
        positions = sorted({failure.position for failure in failures})
        con.execute(
            f"delete from {table.address} where rowid in (select place from step_rows where position in (select unnest(?)))", [positions]
        )
    by_check: dict[str, Any] = {}
    for failure in failures:
        by_check[failure.check] = by_check.get(failure.check, 0) + 1
    return count, rejected, by_check
