"""The worked example of docs/engine.md holds."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.extraction.lexicon import table

DOCS = Path(__file__).parents[3] / "docs" / "engine.md"


def test_the_example_row_of_the_docs_reads_the_example_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from pipelines.extraction import annotate
    from pipelines.extraction.frames import rules
    from pipelines.extraction.frames.engagements import read_engagements

    row = next(line for line in DOCS.read_text("utf-8").splitlines() if "tow.ship,tow" in line).split("`")[1]
    header = ",".join(table("event_verbs")[0])
    (tmp_path / "event_verbs.csv").write_text(f"{header}\n{row}\n", "utf-8")
    monkeypatch.setenv("CHANCERY_LEXICON", str(tmp_path))
    caches = (table, rules.verb_rules, rules.happening_rules, rules.reporting_verbs)
    for cached in caches:
        cached.cache_clear()
    try:
        article = annotate("The Kenyan navy towed two Somali trawlers into Mombasa on Monday.", date(2026, 3, 12))
        found = read_engagements(article)
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()
    assert [(x.engagement_type, x.rule_id, sorted(r.party_code for r in x.parties)) for x in found] == [
        ("coercion", "tow.ship", ["KEN", "SOM"])
    ]
