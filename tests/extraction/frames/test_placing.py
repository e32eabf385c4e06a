"""Where a happening took place: the place of its clause, of the stay it falls into, of the ministry an envoy is called to."""

from datetime import date

import pytest

from pipelines.extraction import extract

WEDNESDAY = date(2025, 9, 10)


def places(text: str) -> list[tuple[str, str | None]]:
    return [(one.engagement_type, one.place_name) for one in extract(text, WEDNESDAY).engagements]


PLACED = [
    ("Lima will host the next round of talks between Kenya and Peru in October.", [("talks", "Lima")]),
    (
        "Peruvian President Luis Vargas flies to Nairobi on Friday for a two-day visit. Vargas will meet Kenyan President Amos Kiptoo.",
        [("visit", "Nairobi"), ("meeting", "Nairobi")],
    ),
    ("Kenya summoned the Peruvian ambassador on Monday. Nairobi said it would not accept the ruling.", [("protest", "Nairobi")]),
    ("Kenya summoned the Peruvian ambassador on Monday.", [("protest", None)]),
    (
        "Peruvian minister Luis Vargas spoke by phone to Kenyan minister Amos Kiptoo, who is in Nairobi, on Monday.",
        [("call", None)],
    ),
    ("Peruvian minister Luis Vargas flew to the Kenyan capital on Monday.", [("visit", "Nairobi")]),
    ("Peruvian President Luis Vargas met Kenyan President Amos Kiptoo in the Chilean capital on Monday.", [("meeting", "Santiago")]),
    (
        "Peruvian minister Luis Vargas flew to Quito, where he was received by Ecuador's president, Xavier Paz, on Monday.",
        [("visit", "Quito"), ("meeting", "Quito")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), PLACED)
def test_a_happening_is_where_its_words_put_it(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [one for one in places(text) if one[0] in dict(expected)] == expected


def test_who_is_summoned_is_there_too() -> None:
    (one,) = extract("Kenyan minister Amos Kiptoo summoned Peruvian ambassador Luis Vargas on Monday.", WEDNESDAY).engagements
    assert sorted(one.people) == ["Amos Kiptoo", "Luis Vargas"]
