"""Actors: which words stand for states, organisations and people, and what pronouns, roles and groups point at."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.actors import find_actors
from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.lexicon import settings as word_lists
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Actor, Layout, Sentence

LEAD = "Ministers gathered on Monday to talk about trade and ports\n\n"


def actors_of(text: str) -> list[Actor]:
    layout = find_layout(LEAD + text)
    return list(find_actors(LEAD + text, layout, find_tokens(layout))[0])


def actor(text: str, words: str) -> Actor | None:
    return next((one for one in actors_of(text) if one.text == words), None)


def parties(text: str) -> list[str]:
    return [code for one in actors_of(text) for code in one.party_codes]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The U.S. and the UK agreed.", ["USA", "GBR"]),
        ("Türkiye, Turkey's neighbours and PNG agreed.", ["TUR", "TUR", "PNG"]),
        ("DR Congo and the Republic of Congo agreed.", ["COD", "COG"]),
        ("Nigerian and Nigerien officials met; Niger and Nigeria agreed.", ["NGA", "NER", "NER", "NGA"]),
        ("The Kyrgyz, Emirati, Nepali and Congolese sides agreed.", ["KGZ", "ARE", "NPL", "COD"]),
        ("Guinea-Bissau, Equatorial Guinea and Papua New Guinea agreed.", ["GNB", "GNQ", "PNG"]),
        ("North Korea and Korean traders agreed.", ["PRK", "KOR"]),
        ("Chinese Taipei and Kosovo agreed.", ["TWN", "XKX"]),
        ("The Dominican Republic and Dominica agreed.", ["DOM", "DMA"]),
        ("ASEAN and the African Union agreed.", ["ASEAN", "AU"]),
        ("The Kremlin and Downing Street agreed.", ["RUS", "GBR"]),
        ("Kigali denied it had ever refused.", ["RWA"]),
    ],
)
def test_names_of_states_and_organisations(sentence, expected):
    found = [code for one in actors_of(sentence) if one.form != "pronoun" for code in one.party_codes]
    assert found == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Ships crossed the Gulf of Mexico and the South China Sea.",
        "Bank of China shares and Air India fares fell.",
        "South American and Latin American growers sold Swiss francs.",
        "Hamas, Boko Haram and the M23 stayed silent.",
        "They had met in Kigali, near Doha and at Geneva.",
        "The jordan almond and the turkey were cooked by us.",
    ],
)
def test_what_is_no_party(sentence):
    assert [one for one in actors_of(sentence) if one.form != "pronoun"] == []


@pytest.mark.parametrize(
    ("sentence", "words", "form", "codes"),
    [
        ("Dhaka again sought talks.", "Dhaka", "capital", ("BGD",)),
        ("Exports to Beijing fell.", "Beijing", "capital", ("CHN",)),
        ("The Chinese side thanked Oman.", "Chinese side", "metonym", ("CHN",)),
        ("Pakistan's foreign ministry thanked Oman.", "Pakistan's foreign ministry", "metonym", ("PAK",)),
        ("Kenya Revenue Authority data showed it.", "Kenya Revenue Authority", "metonym", ("KEN",)),
        ("The foreign ministers of Chad, Niger and Mali met.", "foreign ministers of Chad, Niger and Mali", "group", ("TCD", "NER", "MLI")),
    ],
)
def test_forms(sentence, words, form, codes):
    found = actor(sentence, words)
    assert found is not None, [one.text for one in actors_of(sentence)]
    assert (found.form, found.party_codes) == (form, codes)


def test_brackets_and_titles_are_one_actor():
    sentence = "Serbian President Dušan Perić met Marta Kowalczyk, the Polish prime minister."
    assert [(one.text, one.form) for one in actors_of(sentence)] == [
        ("Serbian President Dušan Perić", "person"),
        ("Marta Kowalczyk, the Polish prime minister", "person"),
    ]


TALKS = "Kenya's Foreign Minister Amina Otieno met Norwegian Foreign Minister Lars Berg in Nairobi. "


@pytest.mark.parametrize(
    ("sentence", "words", "people"),
    [
        ("She thanked Norway.", "She", ("Amina Otieno",)),
        ("Otieno thanked him.", "him", ("Lars Berg",)),
        ("They agreed to meet again.", "They", ("Amina Otieno", "Lars Berg")),
        ("Both ministers left.", "Both ministers", ("Amina Otieno", "Lars Berg")),
        ("The pair left.", "The pair", ("Amina Otieno", "Lars Berg")),
        ("Berg left.", "Berg", ("Lars Berg",)),
        ("The Norwegian minister left.", "Norwegian minister", ("Lars Berg",)),
        ("Kenya's FM left.", "Kenya's FM", ("Amina Otieno",)),
    ],
)
def test_what_points_back_at_people(sentence, words, people):
    found = actor(TALKS + sentence, words)
    assert found is not None, [one.text for one in actors_of(TALKS + sentence)]
    assert found.people == people


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("The two sides agreed.", "The two sides"),
        ("Trade between the two countries grew.", "the two countries"),
        ("The delegations talked.", "The delegations"),
        ("The neighbours signed.", "The neighbours"),
    ],
)
def test_groups_are_the_pair_spoken_of(sentence, words):
    assert actor(TALKS + sentence, words).party_codes == ("KEN", "NOR")


def test_a_group_takes_the_parties_of_its_own_sentence():
    text = "Peru and Chile trade a lot. Peru and Chile are friends. Later Togo and Benin met, and the two countries signed."
    assert actor(text, "the two countries").party_codes == ("BEN", "TGO")


def test_sides_may_be_organisations():
    assert actor("The EU and India resumed talks. Both sides agreed.", "Both sides").party_codes == ("EU", "IND")


def test_brussels_is_the_eu_where_the_eu_is_spoken_of():
    assert actor("The EU and India talked. Brussels wants a deal.", "Brussels").party_codes == ("EU",)
    assert actor("Belgium and India talked. Brussels wants a deal.", "Brussels").party_codes == ("BEL",)


def test_the_government_is_the_dateline_s():
    text = "BOGOTA - The Foreign Office was asked. Colombia said nothing, the government told Peru."
    assert actor(text, "the government").party_codes == ("COL",)


def test_its_points_at_the_subject():
    assert actor("Peru raised its exports to China.", "its").party_codes == ("PER",)


def test_a_visitor_is_not_the_host_s_minister():
    text = "LUSAKA - Zambia welcomed Foreign Minister Jan Novak of Czechia. The visiting minister toured a mine."
    assert actor(text, "visiting minister").people == ("Jan Novak",)


def test_every_country_is_found_by_every_name_and_demonym():
    for row in table("country_aliases"):
        if row["form"] not in ("name", "demonym", "abbreviation") or row["term"] in ambiguous_alone():
            continue
        sentence = f"They asked {row['term']} for help."
        layout = Layout((Sentence(0, len(sentence), sentence, 0, "body"),), ())
        found = {code for one in find_actors(sentence, layout, ())[0] if one.form != "pronoun" for code in one.party_codes}
        assert found == {row["party_code"]}, row


def ambiguous_alone() -> set[str]:
    """Return the abbreviations that need a word of context in the text."""
    return set(word_lists("names")["needs_context"])


def test_tables_agree():
    countries = {row["party_code"] for row in table("countries")}
    codes = word_lists("codes")
    assert {row["party_code"] for row in table("country_aliases")} == countries
    assert {row["party_code"] for row in table("cities")} <= countries
    assert {row["party_code"] for row in table("governments")} <= countries
    assert {row["office"] for row in table("offices")} <= set(codes["offices"])
    assert {row["office"] for row in table("portfolios")} <= set(codes["offices"])
    assert {row["party_code"] for row in table("organisations") if row["party_type"] == "organisation"} == set(codes["organisations"])
    parties = countries | set(codes["organisations"])
    assert {row["party_code"] for row in table("leaders")} <= parties
    assert {row["country_code"] for row in table("provinces")} <= countries
    assert {code for community in word_lists("name_origins").values() for code in community["countries"]} <= countries
    assert {row["office"] for row in table("leaders")} <= {*codes["offices"], ""}


@pytest.mark.parametrize(
    "name",
    [
        "countries",
        "country_aliases",
        "organisations",
        "portfolios",
        "references",
        "cities",
        "given_names",
        "leaders",
        "governments",
        "provinces",
    ],
)
def test_no_row_stands_twice(name):
    rows = table(name)
    key = next(iter(rows[0]))
    assert len({row[key] for row in rows}) == len(rows)


@pytest.mark.parametrize("community", word_lists("name_origins"))
def test_names_of_a_community_are_folded_words_and_stand_once(community):
    for words in (word_lists("name_origins")[community]["names"], word_lists("name_origins")[community].get("endings", [])):
        assert len(set(words)) == len(words)
        assert [fold(word).strip() for word in words] == words
        assert not any(" " in word for word in words)


@given(st.text(max_size=200))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_and_offsets_hold(noise):
    text = f"President Ana Lima met {noise} Minister José Paz and the two sides. {noise}"
    layout = Layout((Sentence(0, len(text), text, 0, "body"),), ())
    found, people = find_actors(text, layout, ())
    reached = 0
    for one in found:
        assert text[one.start : one.end] == one.text
        assert one.start >= reached
        assert set(one.people) <= set(people)
        reached = one.end
    assert all(text[person.start : person.end] == person.text for person in people.values())


@given(st.text(max_size=300))
def test_folding_keeps_every_position(text):
    assert len(fold(text)) == len(text)
    fold(text).encode("utf-8")


@pytest.mark.parametrize(
    "unit", ["Foreign Minister ", "Mr Mohammed Ali and ", "Pakistan and Kazakhstan, ", "his counterpart Ali Khan met ", "the two sides "]
)
def test_time_stays_in_proportion(unit):
    """A line of a hundred thousand characters takes no more than a few times ten of ten thousand."""
    from time import process_time

    def seconds(length: int) -> float:
        text = (unit * (length // len(unit)))[:length]
        layout = Layout((Sentence(0, len(text), text, 0, "body"),), ())
        # The best of several: other work on the machine only ever adds.
        runs = []
        for _ in range(4):
            begun = process_time()
            find_actors(text, layout, ())
            runs.append(process_time() - begun)
        return min(runs)

    seconds(1_000)
    assert seconds(80_000) < 40 * max(seconds(8_000), 0.003)


@pytest.mark.parametrize(("year", "office"), [(2025, "head_of_state"), (2012, "other"), (2031, "other")])
def test_a_well_known_leader_keeps_the_office_only_in_a_text_of_its_time(year: int, office: str) -> None:
    text = "Emmanuel Macron met Kenyan officials in Nairobi."
    people = find_actors(text, find_layout(text), (), date(year, 6, 3))[1]
    assert [(one.name, one.party_code, one.office) for one in people.values()] == [("Emmanuel Macron", "FRA", office)]


@pytest.mark.parametrize(
    ("text", "name", "party", "office"),
    [
        ("Argentine Minister of Foreign Affairs, International Trade and Worship Ana Rojas left.", "Ana Rojas", "ARG", "foreign_minister"),
        ("Minister of Foreign Affairs, Regional Integration and Tourism Ida Kamau of Kenya left.", "Ida Kamau", "KEN", "foreign_minister"),
        ("World Bank Vice President for Europe and Central Asia Karl Muster signed the loan.", "Karl Muster", "WB", "senior_official"),
        ("World Bank Country Manager for Uzbekistan Hiro Tanaka signed the loan.", "Hiro Tanaka", "WB", "senior_official"),
        ("US Assistant Secretary of State for South and Central Asian Affairs Donna Li met envoys.", "Donna Li", "USA", "senior_official"),
        ("Senator the Hon. Mary Okello, Minister for Foreign Affairs of Uganda, met envoys.", "Mary Okello", "UGA", "foreign_minister"),
        ("Chinese Vice Foreign Minister Sun Haoran met envoys.", "Sun Haoran", "CHN", "deputy_foreign_minister"),
        ("Polish Foreign Minister Jan Wolski met envoys.", "Jan Wolski", "POL", "foreign_minister"),
        ("Zambian Farmers Union President Jervis Banda met envoys.", "Jervis Banda", "ZMB", "other"),
        ("Mexican Business Council Vice President Agustin Reyes met envoys.", "Agustin Reyes", "MEX", "other"),
    ],
)  # fmt: skip
def test_long_titles_and_titles_of_bodies(text: str, name: str, party: str, office: str) -> None:
    people = find_actors(text, find_layout(text), find_tokens(find_layout(text)))[1]
    assert [(one.name, one.party_code, one.office) for one in people.values()] == [(name, party, office)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Qwentin Zarbo, the ambassador of Peru to Kenya, praised Kenya.", ["Qwentin Zarbo"]),
        ("Addis Ababa, Ethiopia's prime minister said, was ready.", []),
        ("On Monday Mount Kenya, the tourism minister of Kenya said, was closed.", []),
    ],
)
def test_an_office_of_a_state_right_after_makes_a_name_a_person(text: str, found: list[str]) -> None:
    assert [one.name for one in find_actors(text, find_layout(text), find_tokens(find_layout(text)))[1].values()] == found


@pytest.mark.parametrize(
    ("text", "name", "party"),
    [
        ("Umbrella Motor Corporation President Koji Sato praised Thailand. Thailand is pleased.", "Koji Sato", None),
        (
            "The PM leads the Togo delegation. Prime Minister Keith Adu met envoys in Lima, Peru. He spoke in Cusco, Peru.",
            "Keith Adu",
            "TGO",
        ),
    ],
)
def test_where_one_is_or_whom_one_praises_says_not_whose_one_is(text: str, name: str, party: str | None) -> None:
    people = find_actors(text, find_layout(text), find_tokens(find_layout(text)))[1]
    assert {one.name: one.party_code for one in people.values()} == {name: party}
