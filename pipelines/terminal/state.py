"""What the register holds and how it stands: for `chancery status` and for the end of a refresh. How it looks is no concern here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from pipelines.schemas import TABLES
from pipelines.settings import Settings
from pipelines.terminal.published import Row, rows_of

# The aggregates repeat what the facts hold; documents are told by themselves.
_FACTS = tuple(
    table.address
    for table in TABLES.values()
    if table.schema == "main" and table.name not in ("dim_documents", "dim_parties") and not table.name.startswith("agg_")
)

# What a refresh shows at its end: the views one would open first, and enough columns to be worth reading.
FIRST_LOOKS = {
    "Latest happenings": """
        select date_label, status, engagement_type, party_a, party_b, evidence_text
        from engagement.timeline where party_b is not null order by dated_on desc, engagement_id limit 5
    """,
    "Ahead": """
        select date_label, status, engagement_type, parties, people
        from engagement.calendar order by start_date, engagement_id limit 5
    """,
    "Agreements": """
        select date_label, status, agreement_type, parties, title
        from engagement.agreements_register order by last_reported_on desc, start_date desc, agreement_id limit 5
    """,
    "Trade": """
        select party_a, party_b, flow, period_label, figure, speaker_name
        from trade.bilateral_trade order by last_claimed_on desc, claim_id limit 5
    """,
}


@dataclass(frozen=True, slots=True)
class State:
    """The register at a glance. ``pending`` maps a step to the documents that wait for it; ``waiting_files`` are not read yet."""

    documents: Row
    facts: tuple[tuple[str, int], ...]
    last_refresh: Row | None
    rejected_documents: tuple[tuple[str, int], ...]
    rejected_rows: tuple[tuple[str, int], ...]
    pending: tuple[tuple[str, int], ...]
    waiting_files: int
    gone_files: int
    byte_count: int
    written_at: datetime


def state_of(con: duckdb.DuckDBPyConnection, settings: Settings) -> State:
    """Return how the register stands, and which files in seeds/ wait for the next refresh."""
    from pipelines.warehouse.files import compare_with_ledger, files_in

    difference = compare_with_ledger(con, files_in(settings.seeds)) if settings.seeds.is_dir() else None
    file = settings.warehouse.stat()
    (documents,) = rows_of(
        con,
        """
        select
          count(*) as versions,
          count(*) filter (where is_current) as current,
          count(*) filter (where is_current and duplicate_of is not null) as copies,
          count(*) filter (where is_current and language <> 'en') as not_in_english,
          min(published_on) filter (where is_current) as first_published_on,
          max(published_on) filter (where is_current) as last_published_on
        from main.dim_documents
        """,
    )
    refreshes = rows_of(con, "from ops.refreshes order by started_at desc limit 1")
    return State(
        documents=documents,
        facts=tuple((address, _count(con, address)) for address in _FACTS),
        last_refresh=refreshes[0] if refreshes else None,
        rejected_documents=_counts(con, "select reason_code, count(*) from ops.rejected_documents group by all order by 2 desc, 1"),
        rejected_rows=_counts(con, "select table_name, count(*) from ops.rejected_rows group by all order by 2 desc, 1"),
        pending=_counts(con, "select step, count(*) from staging.pending_documents group by all order by 1"),
        waiting_files=len(difference.changed) if difference else 0,
        gone_files=len(difference.gone) if difference else 0,
        byte_count=file.st_size,
        written_at=datetime.fromtimestamp(file.st_mtime),
    )


def _count(con: duckdb.DuckDBPyConnection, address: str) -> int:
    ((count,),) = con.execute(f"select count(*) from {address}").fetchall()
    return count


def _counts(con: duckdb.DuckDBPyConnection, query: str) -> tuple[tuple[str, int], ...]:
    return tuple((name, count) for name, count in con.execute(query).fetchall())


def first_look(con: duckdb.DuckDBPyConnection, query: str) -> tuple[list[str], Sequence[Sequence[Any]]]:
    """Return the column names and rows of one of FIRST_LOOKS."""
    result = con.execute(query)
    return [column[0] for column in result.description], result.fetchall()
