"""Instruments read from invented sentences: kind, status, count, title, parties, ceremony."""

from datetime import date

import pytest

from pipelines.extraction import extract

THURSDAY = date(2026, 3, 12)


def agreed(text: str) -> list[tuple[str, str, int, str | None, str]]:
    return [(x.agreement_type, x.status, x.instrument_count, x.title, " ".join(x.parties)) for x in extract(text, THURSDAY).agreements]


CASES = [
    (
        "Signing by Fiji and Samoa of a fisheries treaty followed months of talks.",
        ("treaty", "signed", 1, "fisheries treaty", "FJI WSM"),
    ),
    ("Kuwait is in negotiations with Iraq over a maritime treaty.", ("treaty", "negotiating", 1, "maritime treaty", "IRQ KWT")),
    ("Nepal and Malaysia concluded negotiations for a labour accord.", ("agreement", "agreed", 1, "labour accord", "MYS NPL")),
    ("Ghana and Togo agreed on the signing of a power accord.", ("agreement", "agreed", 1, "power accord", "GHA TGO")),
    (
        "The suspension of the water treaty between Peru and Chile drew criticism.",
        ("treaty", "ended", 1, "water treaty between Peru and Chile", "CHL PER"),
    ),
    ("Egypt and Kenya signed a dozen agreements on Monday.", ("agreement", "signed", 12, "agreements", "EGY KEN")),
    (
        "Kenya and Rwanda signed a memorandum of understanding on agriculture.",
        ("memorandum", "signed", 1, "memorandum of understanding on agriculture", "KEN RWA"),
    ),
    (
        "A visa waiver agreement between Serbia and Qatar came into force on March 1.",
        ("agreement", "in_force", 1, "visa waiver agreement between Serbia and Qatar", "QAT SRB"),
    ),
    (
        "Georgia and Armenia will sign a protocol on phytosanitary checks next month.",
        ("protocol", "planned", 1, "protocol on phytosanitary checks", "ARM GEO"),
    ),
    ("Peru and Chile agreed to sign a transit accord.", ("agreement", "agreed", 1, "transit accord", "CHL PER")),
    ("The Gambia and Senegal are negotiating a fisheries agreement.", ("agreement", "negotiating", 1, "fisheries agreement", "GMB SEN")),
    (
        "Turkey and Libya exchanged letters of intent on offshore drilling.",
        ("letter_of_intent", "signed", 1, "letters of intent on offshore drilling", "LBY TUR"),
    ),
    (
        "The presidents of Kenya and Uganda witnessed the signing of eight memoranda of understanding in Nairobi.",
        ("memorandum", "signed", 8, "memoranda of understanding", "KEN UGA"),
    ),
    (
        "Seventeen memorandums of understanding are in force between Fiji and India.",
        ("memorandum", "in_force", 17, "memorandums of understanding", "FJI IND"),
    ),
    (
        "Norway signed a contract with Poland for 24 patrol boats.",
        ("contract", "signed", 1, "contract with Poland for 24 patrol boats", "NOR POL"),
    ),
    (
        "The World Bank and Nepal signed a $100 million loan agreement for rural roads on Wednesday.",
        ("agreement", "signed", 1, "loan agreement for rural roads", "NPL WB"),
    ),
    ("Algeria and Mali extended their security pact by two years on Sunday.", ("agreement", "signed", 1, "security pact", "DZA MLI")),
    ("Cuba and Russia have 24 agreements in force.", ("agreement", "in_force", 24, "agreements", "CUB RUS")),
    (
        "Mauritius and Britain are close to a deal on the Chagos Islands.",
        ("agreement", "negotiating", 1, "deal on the Chagos Islands", "GBR MUS"),
    ),
    (
        "The signing of a mining accord between Zambia and China, planned for Friday, was called off.",
        ("agreement", "planned", 1, "mining accord between Zambia and China", "CHN ZMB"),
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_an_instrument_is_read_with_kind_status_count_title_and_parties(text: str, expected: tuple[str, str, int, str, str]) -> None:
    assert agreed(text) == [expected]


def test_a_count_and_the_named_ones_are_a_row_each() -> None:
    found = agreed("Oman and Malta signed twelve documents on Monday, among them a roadmap on ports and a protocol on customs.")
    assert {(kind, count) for kind, _, count, _, _ in found} == {("other", 12), ("roadmap", 1), ("protocol", 1)}


def test_the_sentence_after_may_name_them() -> None:
    text = (
        "A package of documents was signed by Oman and Malta on Monday. These include an agreement on ports and a memorandum on fisheries."
    )
    assert {(kind, title) for kind, _, _, title, _ in agreed(text)} >= {
        ("agreement", "agreement on ports"),
        ("memorandum", "memorandum on fisheries"),
    }


def test_one_plural_may_stand_for_several() -> None:
    found = agreed("Oman and Kenya signed memoranda of understanding on fisheries, on vocational training and on ports on Monday.")
    assert len(found) == 3


def test_each_signed_instrument_points_at_its_ceremony() -> None:
    reading = extract("Kenya and Rwanda signed a treaty on water in Kigali on Friday.", THURSDAY)
    assert [reading.engagements[x.ceremony].engagement_type for x in reading.agreements if x.ceremony is not None] == ["signing"]


def test_a_plural_before_its_verb_stands_for_several_too() -> None:
    found = agreed("Memoranda of understanding on energy, water and sport were exchanged between Indonesia and Oman.")
    assert [title for _, _, _, title, _ in found] == ["Memoranda of understanding on energy", "water", "sport"]


def test_a_count_whose_instruments_are_all_named_is_no_row() -> None:
    found = agreed("The two agreements signed by India and Oman are a convention on double taxation and a treaty on extradition.")
    assert {(count, title) for _, _, count, title, _ in found} == {(1, "convention on double taxation"), (1, "treaty on extradition")}


def test_what_was_signed_may_stand_after_the_verb() -> None:
    found = agreed("Among the documents signed by Vietnam and Laos were an agreement on power trading and a protocol on customs.")
    assert {(kind, status) for kind, status, _, _, _ in found} == {("agreement", "signed"), ("protocol", "signed")}


def test_each_line_of_a_list_is_an_instrument() -> None:
    lines = "1. Memorandum of understanding on seafood\n2. Agreement on satellites\n3. Protocol on customs\n"
    found = agreed("Peru's president Ana Soto met her Korean counterpart Kim Min-su on Monday. Three documents were signed:\n" + lines)
    assert {(kind, count, title) for kind, _, count, title, _ in found} == {
        ("memorandum", 1, "Memorandum of understanding on seafood"),
        ("agreement", 1, "Agreement on satellites"),
        ("protocol", 1, "Protocol on customs"),
    }


def test_some_of_a_count_may_be_told_by_subject_alone() -> None:
    found = agreed("Peru and Korea exchanged six agreements on Monday, including one on seafood and another on satellites.")
    assert {(count, title) for _, _, count, title, _ in found} == {(6, "agreements"), (1, "one on seafood"), (1, "another on satellites")}


def test_what_a_signing_joins_is_signed_with_it() -> None:
    found = agreed("The visit saw the signing of three memoranda of understanding and a joint statement between Peru and Korea.")
    assert {(kind, status, count) for kind, status, count, _, _ in found} == {("memorandum", "signed", 3), ("declaration", "signed", 1)}


def test_talks_to_come_are_no_ceremony() -> None:
    reading = extract("Talks on a free trade pact between Peru and Qatar will start in June.", THURSDAY)
    assert [x.engagement_type for x in reading.engagements] == ["talks"]


NONE = [
    "Kenya hailed the accord with Rwanda.",
    "No agreement was signed by Kenya and Rwanda.",
    "The striker signed a three-year contract with a club in Qatar.",
]


@pytest.mark.parametrize("text", NONE)
def test_an_instrument_of_which_nothing_is_said_is_no_row(text: str) -> None:
    assert agreed(text) == []


@pytest.mark.parametrize(
    ("sentence", "titles"),
    [
        (
            "Nigeria's cabinet approved the Memorandum of Understanding and Initial Air Services Agreement between Nigeria and Benin.",
            ["Memorandum of Understanding", "Initial Air Services Agreement between Nigeria and Benin"],
        ),
        ("The two protocols were inked by Togo and the World Bank in the framework of the spring meetings.", ["protocols"]),
    ],
)
def test_names_joined_by_and_are_two_and_a_framework_is_no_instrument(sentence: str, titles: list[str]) -> None:
    assert [one.title for one in extract(sentence, date(2026, 3, 12)).agreements] == titles


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru signed trade agreements with Kenya and Togo on Monday.", ["KEN PER", "PER TGO"]),
        ("U.S. President Ada Doe announced trade deals with El Salvador, Argentina and Ecuador.", ["SLV USA", "ARG USA", "ECU USA"]),
        ("Kenya signed a trilateral pact with Uganda and Rwanda.", ["KEN RWA UGA"]),
        ("Kenya signed two memoranda with Oman.", ["KEN OMN"]),
    ],
)
def test_several_instruments_are_one_with_each_and_one_is_of_all(text: str, expected: list[str]) -> None:
    assert [parties for *_, parties in agreed(text)] == expected


def test_one_that_others_are_measured_by_is_not_told() -> None:
    text = "Kenya and Peru have agreed a trade deal. It is the biggest agreement Kenya had signed since leaving the African Union in 2020."
    assert agreed(text) == [("agreement", "agreed", 1, "trade deal", "KEN PER")]
    assert not [x for x in extract(text, THURSDAY).engagements if x.engagement_type == "rejection"]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Kenya welcomed the adoption of a declaration by the parliament of Peru.", 0),
        ("Kenya welcomed the adoption of a joint declaration with Peru.", 1),
        ("The trade agreement between Kenya and Peru was ratified by the Senate of Peru on Monday.", 1),
    ],
)
def test_what_a_legislature_adopts_of_its_own_is_no_instrument(text: str, count: int) -> None:
    assert len(agreed(text)) == count
