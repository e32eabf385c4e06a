from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipelines.extraction.model import Agreement, CooperationTopic, Engagement, PartyRole, Person, Reading, TradeClaim
from pipelines.warehouse import Warehouse
from pipelines.warehouse.documents import read_documents
from pipelines.warehouse.mentions import NEXT_STEPS, extract_pending
from tests.conftest import write_article

WORDS = "Kenya and Norway signed a fisheries agreement in Nairobi"


def engagement(text: str, **changes: Any) -> Engagement:
    start = text.index(WORDS)
    fields = {
        "engagement_type": "signing",
        "status": "occurred",
        "start_date": date(2024, 3, 5),
        "end_date": date(2024, 3, 5),
        "date_precision": "day",
        "date_text": None,
        "date_method": "publication",
        "parties": (PartyRole("KEN", "signatory"), PartyRole("NOR", "signatory")),
        "people": ("Amina Otieno",),
        "place_name": "Nairobi",
        "place_country": "KEN",
        "latitude": -1.3,
        "longitude": 36.8,
        "confidence": 0.9,
        "rule_id": "test",
        "evidence_start": start,
        "evidence_end": start + len(WORDS),
        "evidence_text": WORDS,
    }
    return Engagement(**(fields | changes))


def reading(text: str, *engagements: Engagement, **more: Any) -> Reading:
    empty: dict[str, Any] = dict.fromkeys(("people", "agreements", "trade_claims", "topics", "time_expressions", "amounts"), ())
    fields = {"published_on": date(2024, 3, 5), "title": None, "dateline_place": None, "engagements": engagements}
    return Reading(**(empty | fields | more))


Engine = Callable[[Callable[[str], Reading]], None]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Replace the engine by a function of the text; an empty text says nothing, as with the real one."""

    def replace(read: Callable[[str], Reading], version: str = "test-1") -> None:
        monkeypatch.setattr("pipelines.extraction.extract", lambda text, _: read(text) if text else reading(text), raising=False)
        monkeypatch.setattr("pipelines.warehouse.mentions.engine_version", lambda: version)

    return replace


@pytest.fixture
def article(warehouse: Warehouse) -> Path:
    path = write_article(warehouse.settings.seeds, "a.txt", f"{WORDS} on Tuesday.")
    read_documents(warehouse, "run-1")
    return path


def rows(warehouse: Warehouse, query: str) -> list[tuple]:
    return warehouse.con.execute(query).fetchall()


def test_what_the_engine_finds_stands_in_staging(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    def read(text: str) -> Reading:
        at, end = text.index("Kenya"), text.index("Kenya") + 5
        evidence = {"confidence": 1.0, "rule_id": "test", "evidence_start": at, "evidence_end": end, "evidence_text": "Kenya"}
        dated = {"start_date": None, "end_date": None, "date_precision": "unknown", "date_text": None, "date_method": "none"}
        person = Person(at, end, "Kenya", "Amina Otieno", "Minister", "foreign_minister", "KEN")
        agreement = Agreement("agreement", "signed", None, 1, parties=("KEN", "NOR"), ceremony=0, **dated, **evidence)
        topic = CooperationTopic("agriculture", ("NOR", "KEN", "CHN"), 0, "test", at, end, "Kenya")
        claim = TradeClaim(
            flow="total", claim_type="actual", reporter_code="KEN", partner_code="NOR", amount=1.2e8, amount_high=None, qualifier="exact",
            currency="USD", change_pct=None, trend=None, rank=None, rank_scope=None, commodity=None, period_start=None, period_end=None,
            period_precision=None, period_text=None, speaker_name="Amina Otieno", speaker_person="Amina Otieno", **evidence,
        )  # fmt: skip
        return reading(text, engagement(text), people=(person,), agreements=(agreement,), topics=(topic,), trade_claims=(claim,))

    engine(read)
    report = extract_pending(warehouse, "run-1")
    assert report.documents == 1
    assert report.kept == {
        "person_mentions": 1,
        "engagement_mentions": 1,
        "engagement_mention_parties": 2,
        "engagement_mention_people": 1,
        "agreement_mentions": 1,
        "agreement_mention_parties": 2,
        "trade_claims": 1,
        "cooperation_topics": 3,
    }
    assert sum(report.rejected.values()) == 0
    ((mention_id,),) = rows(warehouse, "select mention_id from staging.engagement_mentions")
    assert rows(warehouse, "select ceremony_mention_id from staging.agreement_mentions") == [(mention_id,)]
    assert rows(warehouse, "select party_a, party_b, mention_id from staging.cooperation_topics order by all") == [
        ("CHN", "KEN", mention_id),
        ("CHN", "NOR", mention_id),
        ("KEN", "NOR", mention_id),
    ]
    assert rows(warehouse, "select speaker_name_text, amount from staging.trade_claims") == [("Amina Otieno", 1.2e8)]
    assert rows(warehouse, "select step from staging.pending_documents where step <> 'duplicates' order by all") == [
        (step,) for step in sorted(NEXT_STEPS)
    ]
    assert rows(warehouse, "select extractor_version from main.dim_documents") == [("test-1",)]


def test_nothing_waits_twice(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    engine(lambda text: reading(text, engagement(text)))
    extract_pending(warehouse, "run-1")
    before = rows(warehouse, "from staging.engagement_mentions")
    assert extract_pending(warehouse, "run-2").documents == 0
    assert rows(warehouse, "from staging.engagement_mentions") == before


def test_two_findings_with_the_same_evidence_have_two_keys(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    engine(lambda text: reading(text, engagement(text), engagement(text)))
    extract_pending(warehouse, "run-1")
    assert rows(warehouse, "select count(distinct mention_id) from staging.engagement_mentions") == [(2,)]


@pytest.mark.parametrize(
    ("changes", "column", "check", "value"),
    [
        ({"engagement_type": "party"}, "engagement_type", "isin", "party"),
        ({"longitude": 190.0}, "longitude", "less_than_or_equal_to", "190.0"),
        ({"end_date": date(2024, 3, 1)}, None, "interval_in_order", None),
        ({"end_date": None}, None, "interval_whole_or_absent", None),
        ({"status": None}, "status", "not_nullable", None),
        ({"status": "signed"}, None, "status_of_engagement", None),
        ({"evidence_text": "Kenya and Chad"}, None, "evidence_stands_in_body", "1..57"),
    ],
)
def test_a_bad_row_is_set_aside_with_its_reason(
    warehouse: Warehouse, article: Path, engine: Engine, changes: dict, column: str | None, check: str, value: str | None
) -> None:
    engine(lambda text: reading(text, engagement(text, **changes), engagement(text)))
    report = extract_pending(warehouse, "run-1")
    assert (report.kept["engagement_mentions"], report.rejected["engagement_mentions"]) == (1, 1)
    refused = rows(
        warehouse,
        "select table_name, column_name, check_name, evidence_text is not null, row_json like '%mention_id%', run_id "
        "from ops.rejected_rows where table_name = 'staging.engagement_mentions'",
    )
    assert ("staging.engagement_mentions", column, check, True, True, "run-1") in refused
    found = rows(warehouse, f"select failed_value from ops.rejected_rows where check_name = '{check}'")
    if check == "evidence_stands_in_body":
        assert found[0][0] is not None
    else:
        assert found == [(value,)]
    # Parties and people of a refused happening go with it.
    assert report.rejected["engagement_mention_parties"] == 2
    assert rows(
        warehouse, "select count(*) from staging.engagement_mention_parties anti join staging.engagement_mentions using (mention_id)"
    ) == [(0,)]
    assert report.failures["engagement_mention_parties", "parent_was_rejected"] == 2


def test_a_new_engine_reads_every_document_again(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    engine(lambda text: reading(text, engagement(text, longitude=190.0), engagement(text)))
    extract_pending(warehouse, "run-1")
    warehouse.con.execute("delete from staging.pending_documents")
    engine(lambda text: reading(text, engagement(text, status="planned")), version="test-2")
    report = extract_pending(warehouse, "run-2")
    assert report.documents == 1
    assert rows(warehouse, "select status from staging.engagement_mentions") == [("planned",)]
    assert rows(warehouse, "select count(*) from staging.engagement_mention_parties") == [(2,)]
    assert rows(warehouse, "from ops.rejected_rows") == [], "what was refused before is no longer there"
    assert rows(warehouse, "select extractor_version from main.dim_documents") == [("test-2",)]


def test_an_outdated_document_leaves(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    engine(lambda text: reading(text, engagement(text)))
    extract_pending(warehouse, "run-1")
    write_article(warehouse.settings.seeds, "a.txt", f"{WORDS} on Monday, officials said.")
    read_documents(warehouse, "run-2")
    assert extract_pending(warehouse, "run-2").documents == 2
    current = rows(warehouse, "select document_id from main.dim_documents where is_current")
    assert rows(warehouse, "select distinct document_id from staging.engagement_mentions") == current
    assert rows(warehouse, "select count(*) from staging.engagement_mention_parties") == [(2,)]


def test_other_languages_are_kept_but_not_extracted(warehouse: Warehouse, engine: Engine) -> None:
    text = "Le président a reçu mardi à Paris le ministre des affaires étrangères, qui lui a remis une lettre sur la pêche. "
    (warehouse.settings.seeds / "fr.txt").write_text(f" date 2024-03-05 {text * 4}", "utf-8")
    read_documents(warehouse, "run-1")
    assert rows(warehouse, "select language, is_current from main.dim_documents") == [("fr", True)]
    engine(lambda text: pytest.fail("a French text was read"))
    assert extract_pending(warehouse, "run-1").documents == 1
    assert extract_pending(warehouse, "run-1").documents == 0


def test_a_document_the_engine_fails_on_costs_itself_alone(warehouse: Warehouse, article: Path, engine: Engine) -> None:
    write_article(warehouse.settings.seeds, "bad.txt", "Chad and Niger opened a border post.")
    read_documents(warehouse, "run-1")

    def read(text: str) -> Reading:
        if "Chad" in text:
            raise RecursionError("too deep")
        return reading(text, engagement(text))

    engine(read)
    report = extract_pending(warehouse, "run-1")
    assert (report.documents, report.documents_failed, report.kept["engagement_mentions"]) == (2, 1, 1)
    ((path, code, reason),) = rows(warehouse, "select source_path, reason_code, reason from ops.rejected_documents")
    assert (path, code) == ("bad.txt", "extraction_failed")
    assert "RecursionError: too deep" in reason
    engine(lambda text: reading(text), version="test-2")
    extract_pending(warehouse, "run-2")
    assert rows(warehouse, "from ops.rejected_documents") == [], "an engine that manages takes the refusal back"


def test_a_crash_keeps_the_batches_before_it(warehouse: Warehouse, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipelines.warehouse.mentions.DOCUMENTS_PER_BATCH", 2)
    for number in range(5):
        write_article(warehouse.settings.seeds, f"{number}.txt", f"{WORDS}, for the {number}th time.")
    read_documents(warehouse, "run-1")
    engine(lambda text: reading(text, engagement(text)))
    from pipelines.warehouse import mentions

    store, stored = mentions._store_batch, []

    def fail_at_second(*arguments: Any) -> int:
        if stored:
            raise KeyboardInterrupt
        stored.append(arguments)
        return store(*arguments)

    monkeypatch.setattr(mentions, "_store_batch", fail_at_second)
    with pytest.raises(KeyboardInterrupt):
        extract_pending(warehouse, "run-1")
    assert rows(warehouse, "select count(*) from staging.engagement_mentions") == [(2,)]
    monkeypatch.setattr(mentions, "_store_batch", store)
    assert extract_pending(warehouse, "run-2").documents == 3
    assert rows(warehouse, "select count(*), count(distinct document_id) from staging.engagement_mentions") == [(5, 5)]


def test_the_counts_of_a_batch_must_add_up(warehouse: Warehouse, article: Path, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    engine(lambda text: reading(text, engagement(text)))
    monkeypatch.setattr("pipelines.warehouse.mentions.note_rejected", lambda *_: 1)
    with pytest.raises(AssertionError, match="1 rows came in, 1 were kept and 1 rejected"):
        extract_pending(warehouse, "run-1")
    assert rows(warehouse, "from staging.engagement_mentions") == []
