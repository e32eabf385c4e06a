"""Single news sentences and the engagements they tell, or do not tell."""

import datetime

import pytest

from pipelines.extraction import extract

PUBLISHED_ON = datetime.date(2025, 11, 26)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "Indian Prime Minister Narendra Modi is likely to travel to Namibia next week.",
            [("visit", "planned", {"IND", "NAM"})],
        ),
        (
            "Indian Prime Minister Narendra Modi is likely to travel to Namibia and Brazil next week.",
            [("visit", "planned", {"BRA", "IND"}), ("visit", "planned", {"IND", "NAM"})],
        ),
        ("Indian Prime Minister Narendra Modi is not likely to travel to Namibia next week.", []),
        ("Indian Prime Minister Narendra Modi is unlikely to travel to Namibia next week.", []),
        ("Norway delivered 9,000 tonnes of maize to Malawi on Tuesday.", [("aid", "occurred", {"MWI", "NOR"})]),
        ("Norway exported maize to Malawi on Tuesday.", []),
    ],
)
def test_sentence_tells(sentence: str, expected: list[tuple[str, str, set[str]]]) -> None:
    told = extract(sentence, PUBLISHED_ON).engagements
    found = [(one.engagement_type, one.status, {role.party_code for role in one.parties}) for one in told]
    assert len(found) == len(expected)
    assert all(one in found for one in expected)
