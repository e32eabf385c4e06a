"""Which instruments an article has: titles, lists, counts, and later words for what was named before. All sentences are invented."""

from datetime import date

import pytest

from pipelines.extraction import extract

THURSDAY = date(2026, 3, 12)
Row = tuple[str, str, int, str | None]


def rows(text: str) -> set[Row]:
    return {(x.agreement_type, x.status, x.instrument_count, x.title) for x in extract(text, THURSDAY).agreements}


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        ("Peru and Oman signed an accord on trade, fisheries and culture in Lima on Monday.", "accord on trade, fisheries and culture"),
        ("Peru and Oman signed an agreement on cooperation in tourism on Monday.", "agreement on cooperation in tourism"),
        ("Peru signed a transit accord with its Omani counterpart Oman in Lima.", "transit accord"),
        ("Peru and Oman signed a transit accord on the sidelines of a forum in Lima.", "transit accord"),
        ("A memorandum of understanding (MoU) on youth and sport was signed by Peru and Oman.", None),
        (
            "Peru and Oman signed a pact on cultural and scientific exchange on Monday.",
            "pact on cultural and scientific exchange",
        ),
    ],
)
def test_a_title_has_its_subjects_and_neither_setting_nor_signatories(sentence: str, title: str | None) -> None:
    expected = title or "memorandum of understanding (MoU) on youth and sport"
    assert [x.title for x in extract(sentence, THURSDAY).agreements] == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # the headline's word is looser than the lead's
            "Fiji, Samoa sign deal on tuna\n\nFiji and Samoa signed a memorandum of understanding on tuna fishing on Monday.",
            {("memorandum", "signed", 1, "memorandum of understanding on tuna fishing")},
        ),
        (
            "Fiji, Samoa to sign rail protocol\n\nFiji and Samoa will sign a railway protocol in June.",
            {("protocol", "planned", 1, "railway protocol")},
        ),
        (
            "Fiji and Samoa signed a treaty on tuna on Monday. The treaty was signed by ministers Ana Soto and Tavita Leo.",
            {("treaty", "signed", 1, "treaty on tuna")},
        ),
        (
            "Fiji and Samoa signed a memorandum on tuna on Monday. The signing of this new memorandum will form the basis of their ties.",
            {("memorandum", "signed", 1, "memorandum on tuna")},
        ),
        (
            "Fiji and Samoa signed a memorandum on tuna on Monday. Another memorandum on schools was signed by Fiji and Samoa.",
            {("memorandum", "signed", 1, "memorandum on tuna"), ("memorandum", "signed", 1, "memorandum on schools")},
        ),
        (
            "Fiji and Samoa signed a memorandum on tuna and three other pacts on Monday.",
            {("memorandum", "signed", 1, "memorandum on tuna"), ("agreement", "signed", 3, "pacts")},
        ),
        (
            "Fiji and Samoa signed 12 memoranda and agreements on Monday.",
            {("other", "signed", 12, "memoranda and agreements")},
        ),
        (  # all that a count stands for have rows of their own
            "Fiji and Samoa signed two agreements on Monday. A memorandum of understanding on tuna was signed by the Fijian and Samoan "
            "ministers. An agreement on visas was also signed by Fiji and Samoa.",
            {("memorandum", "signed", 1, "memorandum of understanding on tuna"), ("agreement", "signed", 1, "agreement on visas")},
        ),
        (  # no count: what is named stands for it
            "Fiji and Samoa signed a series of documents on Monday, including an agreement on visas and three memoranda.",
            {("agreement", "signed", 1, "agreement on visas"), ("memorandum", "signed", 3, "memoranda")},
        ),
        (
            "Fiji and Samoa signed memoranda of understanding on training of diplomats, science and technology, and rural credit.",
            {
                ("memorandum", "signed", 1, "memoranda of understanding on training of diplomats"),
                ("memorandum", "signed", 1, "science and technology"),
                ("memorandum", "signed", 1, "rural credit"),
            },
        ),
        (
            "Fiji and Samoa concluded agreements on regional ties, promotion and protection of investments, recognition of diplomas.",
            {("agreement", "agreed", 1, "agreements on regional ties, promotion and protection of investments, recognition of diplomas")},
        ),
        (
            "The communique was signed by Fiji and Samoa on Monday. They also adopted a declaration on oceans.",
            {("declaration", "signed", 1, "communique"), ("declaration", "signed", 1, "declaration on oceans")},
        ),
    ],
)
def test_each_instrument_is_one_row(text: str, expected: set[Row]) -> None:
    assert rows(text) == expected


LINES = "\n\n".join(
    (
        "A memorandum of cooperation between the foreign ministries;",
        "An agreement on seeds between the two ministries of agriculture;",
        "A document on museums.",
    )
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # lines of a list, whatever the header's verb
            "Fiji and Samoa held talks on Monday. A ceremony was held to sign three documents between Fiji and Samoa:\n\n" + LINES,
            {
                ("memorandum", "signed", 1, "memorandum of cooperation between the foreign ministries"),
                ("agreement", "signed", 1, "agreement on seeds between the two ministries of agriculture"),
                ("other", "signed", 1, "document on museums"),
            },
        ),
        (
            "Fiji and Samoa signed 7 memoranda on Monday. The signing took place in Suva. The memoranda include a memorandum on seeds, "
            "a memorandum on women and youth, and a memorandum on ports.",
            {
                ("memorandum", "signed", 7, "memoranda"),
                ("memorandum", "signed", 1, "memorandum on seeds"),
                ("memorandum", "signed", 1, "memorandum on women and youth"),
                ("memorandum", "signed", 1, "memorandum on ports"),
            },
        ),
        (
            "Fiji and Samoa exchanged a number of agreements on Monday, which are an accord on seeds signed by the farm ministers, "
            "a memorandum on ports, and an action plan on housing.",
            {
                ("agreement", "signed", 1, "accord on seeds"),
                ("memorandum", "signed", 1, "memorandum on ports"),
                ("action_plan", "signed", 1, "action plan on housing"),
            },
        ),
        (  # an old instrument in the title of a new one is none of its own; nor is what a list only covers
            "Fiji and Samoa signed a protocol on making changes to the agreement on road transport on Monday.",
            {("protocol", "signed", 1, "protocol on making changes to the agreement on road transport")},
        ),
        (
            "Nine documents were signed by Fiji and Samoa on Monday, covering all areas of the wide Fijian-Samoan partnership.",
            {("other", "signed", 9, "documents")},
        ),
        (
            "Ministers of Fiji and Samoa are expected in Suva on Friday for the signing of a peace treaty.",
            {("treaty", "planned", 1, "peace treaty")},
        ),
        (
            "Fiji ministers to sign peace treaty with Samoa\n\nRain fell in Suva, Fiji.",
            {("treaty", "planned", 1, "peace treaty with Samoa")},
        ),
        ("Fiji and Samoa renewed the Feb. 23 accord on tuna on Monday.", {("agreement", "signed", 1, "accord on tuna")}),
        ("Fiji and Samoa met in Suva, its leader reading from a letter signed by a chief.", set()),
        ("Fiji's parliament passed a tax treaty with Samoa on Monday.", {("treaty", "signed", 1, "tax treaty with Samoa")}),
        (
            "Five memoranda, including those on seeds, ports and ties between the two chambers of trade, were exchanged by Fiji and Samoa.",
            {
                ("memorandum", "signed", 5, "memoranda"),
                ("memorandum", "signed", 1, "seeds"),
                ("memorandum", "signed", 1, "ports"),
                ("memorandum", "signed", 1, "ties"),
            },
        ),
        (
            "Fiji and Samoa signed nine pacts on Monday, including on tuna and copra.",
            {("agreement", "signed", 9, "pacts"), ("agreement", "signed", 1, "tuna"), ("agreement", "signed", 1, "copra")},
        ),
        ("Fiji and Samoa signed several pacts on Monday, one of them on tuna.", {("agreement", "signed", 1, "one of them on tuna")}),
        (
            "Fiji and Samoa are to sign three pacts in June, including on tuna.",
            {("agreement", "planned", 3, "pacts"), ("agreement", "planned", 1, "tuna")},
        ),
        ("Fiji and Samoa signed a protocol amending the tax treaty on Monday.", {("protocol", "signed", 1, "protocol")}),
        ("Fiji and Samoa signed two pacts on Monday, covering tuna and copra.", {("agreement", "signed", 2, "pacts")}),
    ],
)
def test_lists_and_their_headers(text: str, expected: set[Row]) -> None:
    assert rows(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASEAN foreign ministers adopted a joint communique in Vientiane on Monday.", {("ASEAN",)}),
        (
            "Fiji's premier Ana Soto met Samoa's premier Tavita Leo in Suva. Both attended the Pacific Islands Forum summit in Honiara, "
            "where leaders adopted an Ocean of Hope Declaration.",
            {("PIF",)},
        ),
        ("Fiji signed an agreement with Samoa on water and another with Tonga on roads.", {("FJI", "WSM"), ("FJI", "TON")}),
        (
            "Fiji has concluded an air services agreement with Samoa and a tuna agreement with Tonga.",
            {("FJI", "WSM"), ("FJI", "TON")},
        ),
        ("Fiji received a loan for roads which the World Bank and Fiji's treasury signed in January.", {("FJI", "WB")}),
        ("In May, Fiji and Samoa announced a trade deal that opens ports to Tonga.", {("FJI", "WSM")}),
        (
            "Exports of Fiji rise\n\nSUVA (AFP) - Exports of Fiji to Tonga rose by 5 percent. Fiji sold more tuna, its ministry said. "
            "A trade deal with Samoa was reached in January; those with Malta go on.",
            {("FJI", "WSM")},
        ),
        ("Fiji has tax agreements with 17 countries, including Samoa and Malta.", {("FJI", "MLT", "WSM")}),
        (
            "Exports of Fiji rise\n\nSUVA (AFP) - Exports of Fiji to Tonga rose by 5 percent. A trade deal is being negotiated with Samoa.",
            {("FJI", "WSM")},
        ),
        ("A pact on labour is to be signed during the Samoan premier's visit to Fiji next week.", {("FJI", "WSM")}),
        ("A goal was set out in a programme that the two governments of Fiji and Samoa signed in January.", {("FJI", "WSM")}),
    ],
)
def test_an_instrument_is_of_those_who_sign_it(text: str, expected: set[tuple[str, ...]]) -> None:
    assert {one.parties for one in extract(text, THURSDAY).agreements} == expected
