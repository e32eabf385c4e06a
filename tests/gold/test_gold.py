"""The annotated articles are well formed, and the engine reads them no worse than before."""

import json
from pathlib import Path

import pytest

from pipelines.extraction.lexicon import settings
from tests.quality.gold import OWN, SHARED, below_floor, figures_of, sets

ARTICLES = sorted(OWN.glob("*.gold.json"))
CODES = settings("codes")


@pytest.mark.parametrize("path", ARTICLES, ids=lambda path: path.name.removesuffix(".gold.json"))
def test_an_annotation_says_only_what_its_article_says(path: Path) -> None:
    gold = json.loads(path.read_text("utf-8"))
    text = path.with_name(f"{gold['id']}.txt").read_text("utf-8")
    rows = gold["engagements"] + gold["agreements"] + gold["trade_claims"]
    assert [row["evidence"] for row in rows if row["evidence"] not in text] == []
    assert {row["type"] for row in gold["engagements"]} <= set(CODES["engagement_types"])
    assert {row["status"] for row in gold["engagements"]} <= set(CODES["engagement_statuses"])
    assert {row["type"] for row in gold["agreements"]} <= set(CODES["agreement_types"])
    assert {row["status"] for row in gold["agreements"]} <= set(CODES["agreement_statuses"])
    assert {row["flow"] for row in gold["trade_claims"]} <= set(CODES["flows"])
    assert {person["office"] for person in gold["people"]} <= set(CODES["offices"])
    assert set(gold["topics"]) <= set(CODES["topics"])
    named = {person["name"] for person in gold["people"]}
    assert {person for row in gold["engagements"] for person in row["people"]} <= named
    assert all((row["start"] is None) == (row["precision"] == "unknown") for row in gold["engagements"] + gold["agreements"])


def test_there_are_enough_articles_of_our_own() -> None:
    assert len(ARTICLES) >= 40


@pytest.fixture(scope="module")
def measured() -> dict[str, dict[str, float]]:
    return {name: figures_of(rows) for name, rows in sets().items()}


@pytest.mark.parametrize("name", ["own", "dev"])
def test_no_figure_falls_below_its_floor(measured: dict[str, dict[str, float]], name: str) -> None:
    if name not in measured:
        pytest.skip(f"NOT MEASURED: the folder {SHARED} is not at hand; set CHANCERY_GOLD to the folder of annotated articles")
    assert below_floor(name, measured[name]) == []
