"""The article that ships in seeds/ is read whole: every happening, instrument, figure and person, and nothing else."""

from pathlib import Path

import pytest

from pipelines.extraction import extract
from pipelines.extraction.model import Reading

SEED = Path(__file__).parents[2] / "seeds" / "000_5ad9f082630478ce.txt"


@pytest.fixture(scope="module")
def seed() -> Reading:
    return extract(SEED.read_text("utf-8"))


def test_people(seed: Reading) -> None:
    assert {(x.name, x.party_code, x.office) for x in seed.people} == {
        ("Ishaq Dar", "PAK", "deputy_head_of_government"),
        ("Murat Nurtleu", "KAZ", "foreign_minister"),
        ("Yerzhan Kistafin", "KAZ", "ambassador"),
        ("Kassym-Jomart Tokayev", "KAZ", "head_of_state"),
        ("Asif Ali Zardari", "PAK", "head_of_state"),
        ("Shehbaz Sharif", "PAK", "head_of_government"),
    }


def test_engagements(seed: Reading) -> None:
    assert sorted((x.engagement_type, x.status, str(x.start_date), str(x.end_date), x.date_precision) for x in seed.engagements) == [
        ("commitment", "occurred", "2025-04-01", "2025-04-30", "month"),
        ("commitment", "occurred", "2025-04-01", "2025-04-30", "month"),
        ("commitment", "occurred", "2025-09-09", "2025-09-09", "day"),
        ("meeting", "occurred", "2025-09-09", "2025-09-09", "day"),
        ("meeting", "planned", "2025-09-09", "2025-09-09", "day"),
        ("meeting", "planned", "2025-09-09", "2025-09-09", "day"),
        ("signing", "occurred", "2025-09-09", "2025-09-09", "day"),
        ("statement", "occurred", "2024-08-01", "2024-08-31", "month"),
        ("talks", "occurred", "2025-09-09", "2025-09-09", "day"),
        ("visit", "ongoing", "2025-09-09", "2025-09-09", "day"),
        ("visit", "planned", "2025-11-01", "2025-11-30", "month"),
    ]
    assert all({role.party_code for role in x.parties} == {"KAZ", "PAK"} for x in seed.engagements)
    assert [x.people for x in seed.engagements if (x.engagement_type, x.status) == ("visit", "planned")] == [("Kassym-Jomart Tokayev",)]


def test_agreements(seed: Reading) -> None:
    title = (
        "Action Plan of Cooperation between the Ministry of Foreign Affairs of Pakistan and the Ministry of Foreign Affairs of Kazakhstan"
    )
    rows = {(x.agreement_type, x.status): x.title for x in seed.agreements}
    assert rows.keys() == {("action_plan", "signed"), ("agreement", "agreed"), ("roadmap", "agreed")}
    assert rows["action_plan", "signed"] == title
    assert "transit trade accord" in (rows["agreement", "agreed"] or "")


def test_trade_claims(seed: Reading) -> None:
    rows = [(x.flow, x.reporter_code, x.partner_code, x.amount, x.currency, x.trend, x.rank, x.speaker_name) for x in seed.trade_claims]
    assert sorted(rows, key=str) == [
        ("exports", "PAK", "KAZ", None, None, None, 1, None),
        ("total", "KAZ", "PAK", 239e6, "USD", "up", None, "Yerzhan Kistafin"),
    ]


def test_topics(seed: Reading) -> None:
    assert {x.topic for x in seed.topics} >= {
        *("trade", "investment", "agriculture", "it_digital", "education", "culture", "tourism", "security", "logistics"),
        "transport_connectivity",
    }


def test_every_fact_points_at_its_words(seed: Reading) -> None:
    text = SEED.read_text("utf-8")
    for fact in (*seed.engagements, *seed.agreements, *seed.trade_claims, *seed.topics):
        assert text[fact.evidence_start : fact.evidence_end] == fact.evidence_text != ""
