"""Who is told to have signed, stood by or met: the witnesses of a signing, an aide named by whose he is."""

from datetime import date

import pytest

from pipelines.extraction import extract

WEDNESDAY = date(2025, 9, 10)


def people(text: str) -> list[tuple[str, list[str]]]:
    found = extract(text, WEDNESDAY)
    return [(one.engagement_type, sorted(one.people)) for one in found.engagements]


NAMED = [
    (
        "Kenya and Peru signed an extradition treaty in Nairobi on Wednesday in the presence of President Amos Kiptoo.",
        [("signing", ["Amos Kiptoo"])],
    ),
    (
        "Kenyan President Amos Kiptoo met Peruvian President Luis Vargas in Nairobi on Wednesday. "
        "His army chief, General Peter Otieno, held separate talks on Wednesday with Peruvian Defence Minister Jorge Salas.",
        [("meeting", ["Amos Kiptoo", "Luis Vargas"]), ("meeting", ["Jorge Salas", "Peter Otieno"])],
    ),
    ("The leaders of Kenya and Peru held summit talks in Nairobi on Wednesday.", [("meeting", [])]),
    (
        "Delegations led by Kenyan minister Amos Kiptoo and Peruvian minister Luis Vargas held talks in Nairobi on Tuesday.",
        [("talks", ["Amos Kiptoo", "Luis Vargas"])],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED)
def test_those_named_are_told(text: str, expected: list[tuple[str, list[str]]]) -> None:
    assert people(text) == expected


def test_a_gathering_at_whose_edge_two_meet_is_no_party() -> None:
    text = "Kenyan minister Amos Kiptoo held a meeting with Peruvian minister Luis Vargas on the sidelines of the UN General Assembly."
    met = extract(text.replace("of the UN", "of the 80th session of the UN"), WEDNESDAY).engagements
    assert [sorted(side.party_code for side in one.parties) for one in met] == [["KEN", "PER"]]


def test_several_who_are_listed_are_met_one_by_one() -> None:
    listed = "including Peruvian minister Luis Vargas and Chilean minister Ana Rojas"
    text = f"Kenyan minister Amos Kiptoo met several envoys on the sidelines of the forum, {listed}."
    assert people(text) == [("meeting", ["Amos Kiptoo", "Luis Vargas"]), ("meeting", ["Amos Kiptoo", "Ana Rojas"])]
