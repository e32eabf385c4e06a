"""What a step of resolution wrote is validated part by part, and what fails is moved out of the facts."""

import pytest

from pipelines.warehouse import Warehouse, facts
from pipelines.warehouse.facts import Step, resolve
from tests.warehouse.test_checks import put

TOPICS = Step("topics", "register.resolve_topics", reads=(), writes=("fct_cooperation_topics",))


@pytest.mark.parametrize("rows_at_once", [1, 2, 50_000])
def test_a_repeated_key_is_set_aside_wherever_the_rows_are_parted(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, rows_at_once: int
) -> None:
    monkeypatch.setattr(facts, "_ROWS_AT_ONCE", rows_at_once)
    for topic in ("trade", "energy", "trade"):
        row = {"document_id": "d1", "party_a": "KEN", "party_b": "PER", "topic": topic}
        put(warehouse, "cooperation_topics", **row, evidence_text="trade", evidence_start=0, evidence_end=5, mention_id=None)
    put(warehouse, "pending_documents", document_id="d1", step="topics")
    report = resolve(warehouse, TOPICS, "run")
    kept = warehouse.con.execute("select topic from main.fct_cooperation_topics order by all").fetchall()
    assert kept == [("energy",), ("trade",)]
    assert (report.checked, report.rejected) == ({"fct_cooperation_topics": 3}, {"fct_cooperation_topics": 1})
    rejected = warehouse.con.execute("select check_name, failed_value from ops.rejected_rows").fetchall()
    assert rejected == [("unique_key", "d1, KEN, PER, trade")]
