"""What single sentences tell, type by type: voices, tenses, light verbs, denials, and what tells nothing (event_sentences.txt)."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.extraction import extract
from pipelines.extraction.model import Engagement

DAY = date(2026, 3, 12)
FIRST_ROLES = {"source", "donor", "visitor", "mediator"}
LINES = [
    tuple(line.split(" | ", 1))
    for line in Path(__file__).with_name("event_sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]


def told(one: Engagement) -> str:
    """Return type, status and sides as the file writes them."""
    first = ",".join(sorted(role.party_code for role in one.parties if role.role in FIRST_ROLES))
    second = ",".join(sorted(role.party_code for role in one.parties if role.role not in FIRST_ROLES))
    if not first:
        sides = second.replace(",", "+")
    elif second:
        sides = f"{first}>{second}"
    else:
        sides = f"{first}>{first}" if one.engagement_type in ("criticism", "assault") and "," in first else first.replace(",", "+")
    return f"{one.engagement_type} {one.status} {sides}"


def expected(cell: str) -> list[str]:
    rows = []
    for row in cell.split("; ") if cell != "-" else []:
        kind, status, sides = row.split()
        rows.append(f"{kind} {status} {'+'.join(sorted(sides.split('+')))}")
    return sorted(rows)


@pytest.mark.parametrize(("cell", "sentence"), LINES)
def test_a_sentence_tells(cell: str, sentence: str) -> None:
    assert sorted(told(one) for one in extract(sentence, DAY).engagements) == expected(cell)
