"""Every query of sql/checks finds the fault it is for, and nothing in a sound warehouse."""

from pathlib import Path

import pytest

from pipelines.schemas import COLUMNS, TABLES
from pipelines.warehouse import Warehouse
from pipelines.warehouse.check_files import CheckFile, CheckFileError, check_files

CHECKS = {check.name: check for check in check_files()}

# What stands in a required column where a case says nothing of it.
_FILLERS = {"VARCHAR": "'x'", "DATE": "date '2024-03-05'", "TIMESTAMP": "timestamp '2024-03-05'", "BIGINT": "1", "DOUBLE": "0.5"} | {
    "BOOLEAN": "true",
    "VARCHAR[]": "['x']",
}


def put(warehouse: Warehouse, name: str, **values: object) -> None:
    """Insert a row into table ``name``, its required columns filled up."""
    table = TABLES[name]
    row = {column: _FILLERS[COLUMNS[column].sql_type] for column in table.required}
    row |= {column: "null" if value is None else repr(value) for column, value in values.items()}
    warehouse.con.execute(f"insert into {table.address} ({', '.join(row)}) values ({', '.join(row.values())})")


def put_sound_facts(warehouse: Warehouse) -> None:
    document = {"document_id": "d1", "body": "Kenya met Norway", "extractor_version": "1", "language": "en", "url": None}
    put(warehouse, "dim_documents", **document)
    put(warehouse, "source_files", source_path="a.txt")
    put(warehouse, "file_documents", source_path="a.txt", document_id="d1")
    put(warehouse, "source_files", source_path="b.jpg")
    put(warehouse, "rejected_documents", source_path="b.jpg")
    for code in ("KEN", "NOR"):
        put(warehouse, "dim_parties", party_code=code)
    put(warehouse, "dim_people", person_id="p1", party_code="KEN")
    put(warehouse, "dim_engagement_types", engagement_type="meeting")
    evidence = {"evidence_text": "Kenya met", "evidence_start": 0, "evidence_end": 9}
    put(warehouse, "fct_person_mentions", document_id="d1", person_id="p1", **evidence)
    dated = {"start_date": "2024-03-05", "end_date": "2024-03-05", "status": "occurred"}
    put(warehouse, "engagement_mentions", mention_id="m1", document_id="d1", **dated, **evidence)
    put(warehouse, "fct_engagement_mentions", mention_id="m1", engagement_id="e1", document_id="d1", **dated, **evidence)
    put(warehouse, "fct_engagements", engagement_id="e1", engagement_type="meeting", **dated)
    put(warehouse, "fct_engagement_status", engagement_id="e1", document_id="d1", mention_id="m1", **dated)
    put(warehouse, "fct_engagement_parties", engagement_id="e1", party_code="KEN")
    put(warehouse, "fct_engagement_people", engagement_id="e1", person_id="p1")
    put(warehouse, "agreement_mentions", mention_id="m2", document_id="d1", **evidence)
    put(warehouse, "fct_agreement_mentions", mention_id="m2", agreement_id="a1", document_id="d1", **evidence)
    put(warehouse, "fct_agreements", agreement_id="a1", engagement_id="e1")
    put(warehouse, "fct_agreement_parties", agreement_id="a1", party_code="NOR")
    put(warehouse, "trade_claims", claim_id="c1", document_id="d1", **evidence)
    figure = {"claim_type": "actual", "flow": "total", "amount": 5.0, "amount_usd": 5.0}
    claim = {"claim_id": "c1", "document_id": "d1", "reporter_code": "KEN", "partner_code": "WLD", **figure}
    put(warehouse, "fct_trade_claims", **claim, **evidence)
    put(warehouse, "fct_cooperation_topics", document_id="d1", party_a="KEN", party_b="NOR", engagement_id="e1", **evidence)
    put(warehouse, "agg_engagements", engagement_id="e1", mention_id="m1")
    put(warehouse, "agg_agreements", agreement_id="a1", mention_id="m2")
    put(warehouse, "agg_promises", subject_id="a1", promise_kind="instrument")
    gathered = {"claim_id": "c1", "series": "KEN|WLD|total"}
    for name in ("agg_best_figures", "agg_conflicting_figures", "agg_targets"):
        put(warehouse, name, **gathered)


@pytest.fixture
def sound(warehouse: Warehouse) -> Warehouse:
    put_sound_facts(warehouse)
    return warehouse


FAULTS = [
    ("evidence_stands_in_body", "update main.fct_trade_claims set evidence_start = 1"),
    ("evidence_stands_in_body", "update main.fct_person_mentions set evidence_text = 'Kenya mat'"),
    ("evidence_stands_in_body", "update main.fct_engagement_mentions set evidence_end = 90"),
    ("evidence_stands_in_body", "update main.fct_agreement_mentions set evidence_text = 'kenya met'"),
    ("evidence_stands_in_body", "update main.fct_cooperation_topics set evidence_end = 8"),
    *(
        ("references_exist", f"delete from main.{name}")
        for name in ("dim_people", "dim_parties", "dim_engagement_types", "fct_engagements")
    ),
    ("references_exist", "delete from main.fct_agreements"),
    ("references_exist", "update main.fct_trade_claims set document_id = 'd9'"),
    ("references_exist", "update main.fct_cooperation_topics set document_id = 'd9'"),
    ("references_exist", "update main.fct_engagement_people set person_id = 'p9'"),
    ("references_exist", "update main.fct_engagement_status set engagement_id = 'e9'"),
    ("references_exist", "update main.fct_engagement_mentions set engagement_id = 'e9'"),
    ("references_are_known", "update main.fct_trade_claims set partner_code = 'ZZZ'"),
    ("references_are_known", "update main.fct_trade_claims set reporter_code = 'ZZZ'"),
    ("references_are_known", "update main.fct_trade_claims set speaker_person_id = 'p9'"),
    ("references_are_known", "update main.fct_agreements set engagement_id = 'e9'"),
    ("references_are_known", "update main.dim_people set party_code = 'ZZZ'"),
    ("references_are_known", "update main.fct_cooperation_topics set engagement_id = 'e9'"),
    *(
        ("keys_are_unique", f"insert into {table.address} from {table.address}")
        for table in TABLES.values()
        if table.schema == "main" and table.key
    ),
    ("nothing_dropped", "delete from staging.file_documents"),
    ("nothing_dropped", "delete from ops.rejected_documents"),
    ("nothing_dropped", "update staging.file_documents set document_id = 'd9'"),
    ("nothing_dropped", "update main.dim_documents set extractor_version = null"),
    ("nothing_dropped", "insert into staging.pending_documents values ('d1', 'people')"),
    ("nothing_dropped", "delete from main.fct_engagement_mentions"),
    ("nothing_dropped", "delete from main.fct_agreement_mentions"),
    ("nothing_dropped", "delete from main.fct_trade_claims"),
    ("facts_of_current_documents", "update main.dim_documents set is_current = false"),
    ("copies_have_an_original", "update main.dim_documents set duplicate_of = 'd9'"),
    ("copies_have_an_original", "update main.dim_documents set duplicate_of = 'd1'"),
    ("occurred_before_told", "update main.fct_engagement_mentions set start_date = '2024-03-07'"),
    ("dates_are_plausible", "update main.fct_engagement_mentions set start_date = '1024-03-05'"),
    ("dates_are_plausible", "update main.fct_trade_claims set period_end = '2924-03-05'"),
    ("amounts_are_plausible", "update main.fct_trade_claims set amount_usd = 9e14"),
    ("amounts_are_plausible", "update main.fct_trade_claims set amount = -1, flow = 'exports'"),
    ("amounts_are_plausible", "update main.fct_trade_claims set change_pct = -150"),
    ("aggregates_are_whole", "delete from main.agg_engagements"),
    ("aggregates_are_whole", "delete from main.agg_agreements"),
    ("aggregates_are_whole", "update main.agg_engagements set engagement_id = 'e9'"),
    ("aggregates_are_whole", "update main.agg_agreements set agreement_id = 'a9'"),
    ("aggregates_are_whole", "update main.agg_promises set subject_id = 'a9'"),
    ("aggregates_are_whole", "update main.fct_engagements set status = 'planned'"),
    ("aggregates_are_whole", "delete from main.agg_best_figures"),
    ("aggregates_are_whole", "update main.agg_best_figures set claim_id = 'c9'"),
    ("aggregates_are_whole", "update main.agg_conflicting_figures set claim_id = 'c9'"),
    ("aggregates_are_whole", "update main.fct_trade_claims set claim_type = 'target', flow = 'exports'"),
    ("aggregates_are_whole", "update main.fct_trade_claims set amount = null"),
    ("happenings_have_parties", "delete from main.fct_engagement_parties"),
    (
        "documents_give_facts",
        "insert into main.dim_documents by name select * exclude (n) replace ('d' || n as document_id, 300 as word_count) "
        "from main.dim_documents, range(100, 130) as numbers (n)",
    ),
]


def findings(warehouse: Warehouse, check: CheckFile) -> list[tuple]:
    return warehouse.con.execute(check.query).fetchall()


@pytest.mark.parametrize("name", CHECKS)
def test_a_sound_warehouse_passes(sound: Warehouse, name: str) -> None:
    assert findings(sound, CHECKS[name]) == []


@pytest.mark.parametrize("name", CHECKS)
def test_an_empty_warehouse_passes(warehouse: Warehouse, name: str) -> None:
    assert findings(warehouse, CHECKS[name]) == []


@pytest.mark.parametrize(("name", "fault"), FAULTS)
def test_a_fault_is_found(sound: Warehouse, name: str, fault: str) -> None:
    sound.con.execute(fault)
    assert findings(sound, CHECKS[name]) != []


def test_every_check_has_a_fault_to_find() -> None:
    assert {name for name, _ in FAULTS} == set(CHECKS)


def test_a_row_set_aside_is_not_dropped(sound: Warehouse) -> None:
    sound.con.execute("delete from main.fct_trade_claims")
    put(sound, "rejected_rows", table_name="main.fct_trade_claims", row_json='{"claim_id": "c1"}')
    assert findings(sound, CHECKS["nothing_dropped"]) == []


def test_within_a_refresh_only_its_documents_are_compared_with_their_evidence(sound: Warehouse) -> None:
    sound.con.execute("update main.fct_trade_claims set evidence_start = 1")
    put(sound, "pending_documents", document_id="d2", step="checks")
    assert findings(sound, CHECKS["evidence_stands_in_body"]) == []
    put(sound, "pending_documents", document_id="d1", step="checks")
    assert len(findings(sound, CHECKS["evidence_stands_in_body"])) == 1


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("select 1", "begins without a header"),
        ("-- What.\n-- severity: error\nselect 1", "write `-- asset: TABLE` into the header, with a table's name; found None"),
        ("-- What.\n-- asset: planets\n-- severity: error\nselect 1", "found 'planets'"),
        ("-- What.\n-- asset: dim_people\n-- severity: loud\nselect 1", "write `-- severity: error` or `-- severity: warn`; found 'loud'"),
    ],
)
def test_a_broken_rule_is_told_with_the_file(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "mine.sql").write_text(text)
    with pytest.raises(CheckFileError, match=message) as error:
        check_files(tmp_path)
    assert "mine.sql" in str(error.value)
