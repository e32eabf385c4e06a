"""A small warehouse in memory, and a way to put into it what documents say without writing articles."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import duckdb
import pytest

from pipelines.resolution.claims import resolve_claims
from pipelines.resolution.people import resolve_people
from pipelines.resolution.register import resolve_agreements, resolve_engagements, resolve_topics
from pipelines.warehouse.aggregates import write_aggregates
from pipelines.warehouse.ddl import statements

STEPS = ("people", "engagements", "agreements", "claims", "topics")


@dataclass
class Told:
    """What one document says; dates as (start, end), people by name."""

    name: str
    published_on: date
    people: list[tuple[str, str, str | None]] = field(default_factory=list)
    engagements: list[dict[str, Any]] = field(default_factory=list)
    agreements: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)
    publisher: str | None = None
    duplicate_of: str | None = None


def insert(con: duckdb.DuckDBPyConnection, table: str, **values: Any) -> None:
    con.execute(f"insert into {table} ({', '.join(values)}) values ({', '.join('?' * len(values))})", list(values.values()))


def tell(con: duckdb.DuckDBPyConnection, told: Told) -> None:
    """Put a document and what it says into staging, with every step still to do."""
    insert(
        con,
        "main.dim_documents",
        document_id=told.name,
        source_path=told.name,
        source_paths=[told.name],
        publisher=told.publisher,
        published_on=told.published_on,
        published_on_method="header",
        word_count=1,
        body="text",
        ingested_at=datetime(2025, 1, 1),
        is_current=True,
        duplicate_of=told.duplicate_of,
    )
    words = {"evidence_text": "text", "evidence_start": 0, "evidence_end": 4}
    read = {"confidence": 1.0, "rule_id": "test"}
    for name, office, party in told.people:
        insert(
            con, "staging.person_mentions", document_id=told.name, name_text=name, office=office, party_code=party, is_former=False, **words
        )
    for number, row in enumerate(told.engagements):
        mention = f"{told.name}-e{number}"
        dates = _dates(row)
        insert(
            con,
            "staging.engagement_mentions",
            mention_id=mention,
            document_id=told.name,
            engagement_type=row["type"],
            status=row.get("status", "occurred"),
            place_name=row.get("place"),
            place_country=row.get("country"),
            **dates,
            **read,
            **(words | {"evidence_text": row.get("words", "text")}),
        )
        for party in row["parties"]:
            insert(con, "staging.engagement_mention_parties", mention_id=mention, party_code=party, role="participant")
        for person in row.get("people", ()):
            insert(con, "staging.engagement_mention_people", mention_id=mention, name_text=person)
    for number, row in enumerate(told.agreements):
        mention = f"{told.name}-a{number}"
        insert(
            con,
            "staging.agreement_mentions",
            mention_id=mention,
            document_id=told.name,
            agreement_type=row["type"],
            status=row.get("status", "signed"),
            title=row.get("title"),
            instrument_count=row.get("count", 1),
            ceremony_mention_id=f"{told.name}-e{row['ceremony']}" if "ceremony" in row else None,
            **_dates(row),
            **read,
            **words,
        )
        for party in row["parties"]:
            insert(con, "staging.agreement_mention_parties", mention_id=mention, party_code=party)
    for number, row in enumerate(told.claims):
        claim = {"flow": "total", "claim_type": "actual", "reporter_code": "KAZ", "partner_code": "PAK", "qualifier": "exact"} | row
        insert(con, "staging.trade_claims", claim_id=f"{told.name}-c{number}", document_id=told.name, **claim, **read, **words)
    for step in STEPS:
        insert(con, "staging.pending_documents", document_id=told.name, step=step)


def _dates(row: dict[str, Any]) -> dict[str, Any]:
    start, end = row.get("dates", (None, None))
    precision = row.get("precision", "day" if start else "unknown")
    return {"start_date": start, "end_date": end, "date_precision": precision, "date_method": row.get("method", "explicit")}


def retract(con: duckdb.DuckDBPyConnection, name: str) -> None:
    """Take a document back, as a newer version or a prune does: its rows leave staging, every step is to look again."""
    con.execute("update main.dim_documents set is_current = false where document_id = ?", [name])
    for noun in ("engagement", "agreement"):
        for table in ("parties", "people") if noun == "engagement" else ("parties",):
            con.execute(
                f"delete from staging.{noun}_mention_{table} where mention_id in "
                f"(select mention_id from staging.{noun}_mentions where document_id = ?)",
                [name],
            )
        con.execute(f"delete from staging.{noun}_mentions where document_id = ?", [name])
    for table in ("person_mentions", "trade_claims", "cooperation_topics"):
        con.execute(f"delete from staging.{table} where document_id = ?", [name])
    for step in STEPS:
        insert(con, "staging.pending_documents", document_id=name, step=step)


def resolve(con: duckdb.DuckDBPyConnection) -> None:
    """Run every step until nothing is pending."""
    while con.execute("select count(*) from staging.pending_documents").fetchall()[0][0]:
        resolve_people(con)
        resolve_engagements(con)
        resolve_agreements(con)
        resolve_claims(con)
        resolve_topics(con)
    write_aggregates(con)


def contents(con: duckdb.DuckDBPyConnection) -> dict[str, list[str]]:
    """Return every fact and dimension as sorted text, for comparing warehouses."""
    tables = con.execute(
        "select table_name from duckdb_tables() where not temporary and schema_name = 'main' and table_name <> 'dim_documents'"
    ).fetchall()
    found = {name: sorted(map(str, con.execute(f"from main.{name}").fetchall())) for (name,) in tables}
    forms = con.execute("select name_text, party_code, office, person_id from staging.person_forms").fetchall()
    return found | {"person_forms": sorted(map(str, forms))}


@pytest.fixture
def warehouse() -> Callable[..., duckdb.DuckDBPyConnection]:
    """Return a maker of warehouses that hold what the given documents say, resolved."""

    def make(*documents: Told, batches: bool = False) -> duckdb.DuckDBPyConnection:
        con = duckdb.connect()
        for statement in statements():
            con.execute(statement)
        for document in documents:
            tell(con, document)
            if batches:
                resolve(con)
        resolve(con)
        return con

    return make
