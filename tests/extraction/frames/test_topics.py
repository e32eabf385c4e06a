"""Areas of relations read from invented sentences."""

from datetime import date

import pytest

from pipelines.extraction import extract
from pipelines.extraction.frames.topics import topics_in
from pipelines.extraction.lexicon import settings, table

THURSDAY = date(2026, 3, 12)


def topics_of(text: str) -> set[str]:
    return {x.topic for x in extract(text, THURSDAY).topics}


def test_what_the_parties_discuss_is_a_topic() -> None:
    lead = "Kenya's foreign minister Jane Otieno met her Omani counterpart Said Al-Harthy on Monday."
    text = f"{lead} They discussed fisheries, vocational training and direct flights."
    assert topics_of(text) == {"agriculture", "education", "aviation"}


def test_words_outside_relations_are_none() -> None:
    assert topics_of("Farmers in the valley planted wheat and the hospital got a new roof.") == set()


def test_a_portfolio_in_a_title_is_none() -> None:
    text = "Kenya's trade minister Jane Otieno met her Omani counterpart Said Al-Harthy on Monday and discussed water."
    assert topics_of(text) == {"water"}


def test_what_an_instrument_is_on_is_a_topic_of_its_parties() -> None:
    lead = "Kenya's foreign minister Jane Otieno met her Omani counterpart Said Al-Harthy on Monday."
    (found,) = extract(f"{lead} The two ministers also initialled a protocol on border crossing hours.", THURSDAY).topics
    assert (found.topic, set(found.parties)) == ("border", {"KEN", "OMN"})


def test_an_area_without_a_pair_is_nobodys() -> None:
    text = "Trade between Kenya and Oman reached $25 million in 2025. Oman's trade turnover grew to $3 billion, the statistics office said."
    assert {x.parties for x in extract(text, THURSDAY).topics} == {("KEN", "OMN")}
    assert extract("Oman's trade turnover grew to $3 billion, the statistics office said.", THURSDAY).topics == ()


def test_a_figure_of_both_sides_is_of_trade_whatever_its_words() -> None:
    text = (
        "Italy is Tunisia's second-largest partner after France. Commerce between Italy and Tunisia amounted to 7.3 billion euros in 2022."
    )
    found = [(x.topic, x.parties, text[x.evidence_start : x.evidence_end] == x.evidence_text) for x in extract(text, THURSDAY).topics]
    assert ("trade", ("ITA", "TUN"), True) in found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a deal on IT and AI", ["it_digital", "it_digital"]),
        ("it said", []),
        ("free trade and small modular reactors", ["trade", "nuclear"]),
        ("re-exported", []),
    ],
)
def test_words_are_found_whole_longest_first_and_capitals_as_written(text: str, expected: list[str]) -> None:
    assert [topic for _, _, topic in topics_in(text)] == expected


def test_every_word_names_a_topic_of_the_closed_list_and_is_found() -> None:
    known = set(settings("codes")["topics"])
    for row in table("topics"):
        assert row["topic"] in known, row
        assert [topic for _, _, topic in topics_in(f"on {row['words']} .")] == [row["topic"]], row
