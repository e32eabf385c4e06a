"""A small register made by hand, with something for every part of the briefing and of the exports."""

from datetime import datetime

import duckdb

from pipelines.warehouse.aggregates import write_aggregates
from pipelines.warehouse.ddl import statements
from pipelines.warehouse.reference import REFERENCE_TABLES, write_reference
from pipelines.warehouse.views import make_view, views
from tests.sql.cases import insert

BODIES = {
    "d0": "Talks planned\n\nOSLO: Norway and Kenya will hold talks in Oslo on August 1, the ministry said.\n\nNo more was said.",
    "d1": "Otieno to sail north\n\nNAIROBI: It rained. Foreign Minister Amina Otieno will visit Norway on October 3, the ministry said. "
    "She likes boats.",
    "d2": "Ministers meet\n\nOSLO: Amina Otieno met Lars Berg in Oslo on Tuesday.\n\nKenya and Norway signed a fisheries pact. "
    "Trade reached $120 million in 2024, Berg said.\n\nNorway gave grain to Kenya in August.",
    "d3": "Figures\n\nTrade between Kenya and Norway was $150 million in 2024. They want $300 million by 2030.",
}


def warehouse_with_views() -> duckdb.DuckDBPyConnection:
    """Return a warehouse in memory with every table and view, reference tables filled, no documents."""
    con = duckdb.connect()
    for statement in statements():
        con.execute(statement)
    for name in REFERENCE_TABLES:
        write_reference(con, name)
    for view in views():
        make_view(con, view)
    return con


def fill(con: duckdb.DuckDBPyConnection) -> None:
    """Fill the warehouse: one document of an earlier refresh, three of the latest."""
    for run, started, finished, new in (("r1", "09:00", "09:01", "1"), ("r2", "10:00", None, "3"), ("r3", "11:00", "11:01", "0")):
        row = {"run_id": run, "started_at": f"2025-09-06 {started}", "documents_new": new, "extractor_version": "1.0"}
        _insert_refresh(con, row | {"finished_at": f"2025-09-06 {finished}" if finished else None})
    _documents(con)
    _happenings(con)
    _agreement_and_claims(con)
    write_aggregates(con)


def _insert_refresh(con: duckdb.DuckDBPyConnection, row: dict[str, str | None]) -> None:
    full = dict.fromkeys(("documents_read", "documents_rejected", "rows_written", "rows_rejected"), "0") | row
    con.execute(f"insert into ops.refreshes ({', '.join(full)}) values ({', '.join('?' * len(full))})", list(full.values()))


def _documents(con: duckdb.DuckDBPyConnection) -> None:
    told = {
        "d0": ("2025-07-01", "Fjord Times", None, datetime(2025, 9, 6, 8, 59)),
        "d1": ("2025-09-01", "Harbour Post", "https://harbour.example/sail", datetime(2025, 9, 6, 9, 59)),
        "d2": ("2025-09-02", "Fjord Times", "https://fjord.example/meet", datetime(2025, 9, 6, 9, 59)),
        "d3": ("2025-09-05", "Harbour Post", "javascript:alert(1)", datetime(2025, 9, 6, 9, 59)),
    }
    rows = [
        {
            "document_id": name,
            "title": BODIES[name].partition("\n")[0],
            "body": BODIES[name],
            "published_on": day,
            "publisher": publisher,
            "url": url,
            "ingested_at": str(ingested),
            "source_path": f"{name}.txt",
            "source_paths": f"[{name}.txt]",
            "extractor_version": "1.0",
            "language": "en",
        }
        for name, (day, publisher, url, ingested) in told.items()
    ]
    insert(con, "main.dim_documents", rows)


def evidence(document: str, words: str) -> dict[str, str]:
    """Return the columns that say where ``words`` stand in ``document``."""
    start = BODIES[document].index(words)
    return {"document_id": document, "evidence_text": words, "evidence_start": str(start), "evidence_end": str(start + len(words))}


_HAPPENINGS = (
    # id, type, status, first and last day, precision, document, words, parties, place, people
    ("e0", "talks", "planned", "2025-08-01", "2025-08-01", "day", "d0", "Norway and Kenya will hold talks in Oslo on August 1",
     {"KEN": "participant", "NOR": "participant"}, ("Oslo", "NOR"), ()),
    ("e1", "visit", "planned", "2025-10-03", "2025-10-03", "day", "d1", "Foreign Minister Amina Otieno will visit Norway on October 3",
     {"KEN": "visitor", "NOR": "host"}, (None, "NOR"), ("p1",)),
    ("e2", "meeting", "occurred", "2025-09-02", "2025-09-02", "day", "d2", "Amina Otieno met Lars Berg in Oslo on Tuesday",
     {"KEN": "participant", "NOR": "participant"}, ("Oslo", "NOR"), ("p1", "p2")),
    ("e3", "aid", "occurred", "2025-08-01", "2025-08-31", "month", "d2", "Norway gave grain to Kenya in August",
     {"KEN": "recipient", "NOR": "donor"}, (None, None), ()),
)  # fmt: skip


def _happenings(con: duckdb.DuckDBPyConnection) -> None:
    days = {"d0": "2025-07-01", "d1": "2025-09-01", "d2": "2025-09-02", "d3": "2025-09-05"}
    people = (("p1", "Amina Otieno", "KEN", "foreign_minister", "Foreign Minister"), ("p2", "Lars Berg", "NOR", "foreign_minister", None))
    for key, name, party, office, title in people:
        row = {"person_id": key, "name": name, "aliases": f"[{name}]", "party_code": party, "office": office, "title_text": title}
        insert(con, "main.dim_people", [row])
    for key, kind, status, first, last, precision, document, words, parties, (place, country), members in _HAPPENINGS:
        dated = {"start_date": first, "end_date": last, "date_precision": precision, "status": status}
        placed = {"place_name": place, "place_country": country}
        mention = {"engagement_id": key, "engagement_type": kind, "mention_id": f"m{key}"} | dated
        point = {"latitude": "59.91", "longitude": "10.75"} if place else {}
        insert(con, "main.fct_engagement_mentions", [mention | placed | point | evidence(document, words)])
        told = {"first_reported_on": days[document], "last_reported_on": days[document], "document_count": "1", "publisher_count": "1"}
        level = "foreign_minister" if members else None
        insert(con, "main.fct_engagements", [{"engagement_id": key, "engagement_type": kind, "level": level} | dated | placed | told])
        state = {"engagement_id": key, "observed_on": days[document], "document_id": document, "mention_id": f"m{key}"}
        insert(con, "main.fct_engagement_status", [state | dated])
        insert(
            con, "main.fct_engagement_parties", [{"engagement_id": key, "party_code": code, "role": role} for code, role in parties.items()]
        )
        insert(con, "main.fct_engagement_people", [{"engagement_id": key, "person_id": member} for member in members])


def _agreement_and_claims(con: duckdb.DuckDBPyConnection) -> None:
    signed = {"agreement_id": "a1", "agreement_type": "agreement", "status": "signed", "title": "fisheries pact"}
    dated = {"start_date": "2025-09-02", "end_date": "2025-09-02", "date_precision": "day"}
    insert(con, "main.fct_agreement_mentions", [signed | dated | {"mention_id": "ma1"} | evidence("d2", "signed a fisheries pact")])
    told = {"first_reported_on": "2025-09-02", "last_reported_on": "2025-09-02"}
    insert(con, "main.fct_agreements", [signed | dated | told])
    insert(con, "main.fct_agreement_parties", [{"agreement_id": "a1", "party_code": code} for code in ("KEN", "NOR")])
    year = {"period_start": "2024-01-01", "period_end": "2024-12-31", "period_precision": "year", "period_text": "in 2024"}
    due = {"period_start": "2030-01-01", "period_end": "2030-12-31", "period_precision": "year", "period_text": "by 2030"}
    for key, amount, kind, period, document, words, speaker in (
        ("c1", "120000000", "actual", year, "d2", "Trade reached $120 million in 2024", "Lars Berg"),
        ("c2", "150000000", "actual", year, "d3", "Trade between Kenya and Norway was $150 million in 2024", None),
        ("c3", "300000000", "target", due, "d3", "They want $300 million by 2030", None),
    ):
        claim = {"claim_id": key, "claim_group_id": f"g{key}", "flow": "total", "claim_type": kind, "speaker_name": speaker}
        parties = {"reporter_code": "KEN", "partner_code": "NOR"}
        money = {"amount": amount, "amount_usd": amount, "currency": "USD", "usd_rate": "1", "usd_rate_method": "identity"}
        insert(con, "main.fct_trade_claims", [claim | parties | money | period | evidence(document, words)])
