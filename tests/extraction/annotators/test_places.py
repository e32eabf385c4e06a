"""Places: cities, ports, crossings and venues where something is, apart from governments and people of the same name."""

import pytest

from pipelines.extraction.annotators.actors import find_actors
from pipelines.extraction.annotators.places import country_of_city, find_places
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.model import Place

LEAD = "Ministers gathered on Monday to talk about trade and ports\n\n"


def places_of(text: str) -> tuple[Place, ...]:
    layout = find_layout(LEAD + text)
    tokens = find_tokens(layout)
    return find_places(LEAD + text, layout, tokens, find_actors(LEAD + text, layout, tokens)[0])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("They met in Islamabad.", [("Islamabad", "Islamabad", "PAK")]),
        (
            "Goods move through Karachi, Bin Qasim and Gwadar.",
            [("Karachi", "Karachi", "PAK"), ("Bin Qasim", "Bin Qasim", "PAK"), ("Gwadar", "Gwadar", "PAK")],
        ),
        ("He was received at the Planalto Palace.", [("Planalto Palace", "Brasília", "BRA")]),
        ("They met in the Oval Office.", [("Oval Office", "Washington", "USA")]),
        ("The crossing at Torkham reopened.", [("Torkham", "Torkham", "PAK")]),
        ("Talks opened in São Paulo and in Medellín.", [("São Paulo", "São Paulo", "BRA"), ("Medellín", "Medellín", "COL")]),
        ("They signed in Singapore.", [("Singapore", "Singapore", "SGP")]),
        ("A Karachi-Dhaka flight landed.", [("Karachi", "Karachi", "PAK"), ("Dhaka", "Dhaka", "BGD")]),
    ],
)
def test_true_places(sentence, expected):
    assert [(place.text, place.name, place.country) for place in places_of(sentence)] == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Dhaka again sought an apology.",
        "Foreign Minister Ishaq Dar met David Lima.",
        "Oxford Economics and the Boston Globe disagreed.",
        "Reading and writing are taught; Nice people came.",
        "The Kremlin denied it.",
    ],
)
def test_no_places(sentence):
    assert places_of(sentence) == ()


def test_coordinates_are_degrees():
    (place,) = places_of("They met in Nairobi.")
    assert place.latitude == pytest.approx(-1.29, abs=0.1)
    assert place.longitude == pytest.approx(36.82, abs=0.1)


@pytest.mark.parametrize(
    ("name", "country"),
    [
        ("ISLAMABAD", "PAK"),
        ("Mexico City", "MEX"),
        ("RIO DE JANEIRO", "BRA"),
        ("Kyiv/Warsaw", "UKR"),
        ("Nowhereville", None),
        ("", None),
        ("Kazakhstan", "KAZ"),
    ],
)
def test_a_dateline_tells_the_country(name, country):
    assert country_of_city(name) == country
