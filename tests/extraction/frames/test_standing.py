"""How an instrument stands, in every voice and through the nouns that speak for it. All sentences are invented."""

from datetime import date

import pytest

from pipelines.extraction import extract

THURSDAY = date(2026, 3, 12)


@pytest.mark.parametrize(
    ("sentence", "kind", "status"),
    [
        ("A joint communique was issued by Fiji and Samoa after the talks.", "declaration", "signed"),
        ("Fiji, Samoa and Tonga released a joint statement on Monday.", "declaration", "signed"),
        ("Fiji and Samoa issued a joint statement, according to Fiji's Ministry of Trade.", "declaration", "signed"),
        ("Fiji announced the signing of a trade deal with Samoa.", "agreement", "signed"),
        ("Fiji announced the suspension of the fisheries treaty with Samoa.", "treaty", "ended"),
        ("Fiji announced its withdrawal from the fisheries treaty with Samoa.", "treaty", "ended"),
        ("Fiji has suspended its obligations under the fisheries treaty with Samoa.", "treaty", "ended"),
        ("Fiji will suspend its participation in the fisheries treaty with Samoa.", "treaty", "planned"),
        ("Fiji's cabinet approved the ratification of a tax treaty with Samoa.", "treaty", "agreed"),
        ("Fiji's cabinet gave its nod to a memorandum between Fiji and Samoa on tourism.", "memorandum", "agreed"),
        ("A trade agreement between Fiji and Samoa is being finalised.", "agreement", "negotiating"),
        ("A trade pact between Fiji and Samoa is in the final stages.", "agreement", "negotiating"),
        ("Talks are underway with Samoa to conclude a trade agreement, Fiji's trade minister said.", "agreement", "negotiating"),
        ("Fiji is in talks with Samoa to sign a trade deal.", "agreement", "negotiating"),
        ("Fiji and Samoa are holding negotiations aimed at concluding a trade deal.", "agreement", "negotiating"),
        ("Ten accords were negotiated and signed by Fiji and Samoa.", "agreement", "signed"),
        ("Fiji and Samoa negotiated and signed a fishing accord on Monday.", "agreement", "signed"),
        ("A trade agreement between Fiji and Samoa will enter into force in July.", "agreement", "planned"),
        ("Fiji and Samoa are planning to finalise 12 documents.", "other", "planned"),
        ("Ministers of Fiji and Samoa met in Suva on Monday to sign a tuna pact.", "agreement", "signed"),
        ("Fiji and Samoa held talks. The meeting concluded with the signing of an agreement on tuna.", "agreement", "signed"),
        ("Fiji and Samoa signed a memo of understanding on tuna.", "memorandum", "signed"),
        ("Fiji and Samoa signed an MoU (memorandum of understanding) on Monday.", "memorandum", "signed"),
        (
            "Fiji and Samoa signed the Suva declaration on Monday. The Suva declaration will be signed, a host said before.",
            "declaration",
            "signed",
        ),
        ("Kenya welcomed last month's peace accord between Fiji and Samoa.", "agreement", "signed"),
        ("Fiji and Samoa plan to finish negotiations on a partnership agreement by December.", "agreement", "negotiating"),
        ("The Franco-German treaty on youth exchange was renewed on Monday.", "treaty", "signed"),
        ("Fiji's cabinet approved a proposal for a memorandum with Samoa on tuna.", "memorandum", "agreed"),
        ("A proposal to sign a tax treaty with Samoa was approved by Fiji's cabinet.", "treaty", "agreed"),
        ("Fiji's cabinet gave the green light to the signing of a tax treaty with Samoa.", "treaty", "agreed"),
        ("Fiji and Samoa go on working towards the conclusion of a tuna pact.", "agreement", "planned"),
        ("Under a deal struck in January, Fiji lowered its tariffs on goods from Samoa.", "agreement", "agreed"),
        ("Fiji has an extradition treaty with Samoa.", "treaty", "in_force"),
        ("Fiji cut its levy on goods from Samoa in line with a deal struck in January.", "agreement", "agreed"),
        ("Fiji and Samoa plan to sign a grant for roads in June.", "agreement", "planned"),
        ("Under the pact, signed in Suva in January, Fiji will send nurses to Samoa.", "agreement", "signed"),
        ("A trade deal with Samoa could be concluded by the end of 2026, Fiji's minister said.", "agreement", "planned"),
        ("Fiji gave notice that it was ending its tuna agreement with Samoa.", "agreement", "ended"),
        ("Fiji and Samoa signed the text of a trade deal on Monday.", "agreement", "signed"),
        ("A communique by Fiji and Samoa, adopted on Monday, called for calm.", "declaration", "signed"),
        ("Fiji and Samoa signed a grant for roads on Monday.", "agreement", "signed"),
        ("A truce between Fiji and Samoa was reached in Suva on Monday.", "agreement", "agreed"),
        ("A tuna pact between Fiji and Samoa was initialled in May and signed on Monday.", "agreement", "signed"),
    ],
)
def test_an_instrument_stands_as_its_verb_or_noun_says(sentence: str, kind: str, status: str) -> None:
    assert [(x.agreement_type, x.status) for x in extract(sentence, THURSDAY).agreements] == [(kind, status)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Fiji and Samoa spoke about the process regarding signing a tuna pact.",
        "It was, at least, an exchange of letters between Fiji and Samoa.",
        "Fiji's leader spoke with Samoa's on carrying out projects inked by both sides.",
        "According to Fiji's Ministry of Trade, exports to Samoa rose.",
        "Fiji's ministry released a statement on ties with Samoa.",
        "Fiji submitted a proposal for a trade agreement with Samoa.",
        "Fiji will respect the truce agreed with Samoa.",
        "Fiji called for a truce with Samoa.",
        "Fiji and Samoa have no extradition treaty.",
        "Fiji and Samoa plan to finish the programme in June.",
        "A trade deal with Samoa could be signed, Fiji's minister said.",
        "Fiji's leader met Samoa's. Copra Inc has an agreement with Tuna Inc.",
        "Fiji and Samoa hope to reach a settlement.",
        "Fiji will raise it under the bloc's founding treaty, Samoa's prime minister announced.",
        "Fiji cut its tariffs in line with a deal with Samoa.",
        "The signing of agreements would further strengthen ties between Fiji and Samoa.",
        "A full trade treaty between Fiji and Samoa is not being discussed.",
    ],
)
def test_words_that_sign_nothing(sentence: str) -> None:
    assert extract(sentence, THURSDAY).agreements == ()


def test_the_first_half_of_a_compound_is_a_party_only_beside_another() -> None:
    assert extract("An Indo-Kenyan pact on tea was signed on Monday.", THURSDAY).agreements[0].parties == ("IND", "KEN")
    assert extract("Indo-Pacific states signed a pact on Monday.", THURSDAY).agreements == ()


@pytest.mark.parametrize(
    "sentence",
    [
        "Fiji sent troops to Samoa as part of a proposed trade deal.",
        "Fiji and Samoa will send troops in the event a peace deal is reached.",
        "A memorandum of understanding was signed in Suva between the top business bodies of Fiji and Samoa.",
        "A memo was signed between business bodies of Fiji and Samoa. With the agreement in place, Fiji and Samoa will trade more.",
        "The Fijian mining company Vatu signed an agreement with Samoa.",
        "Fiji's minister said in an executive memorandum that Samoa would pull out.",
        "Fiji's trade minister signed a merger agreement in Samoa.",
        "Fiji and Samoa spoke of the end of the free trade agreement upgrade negotiations.",
        "Fiji's ruling party reached an accord with opposition parties over Samoa.",
    ],
)
def test_what_is_no_instrument_of_states(sentence: str) -> None:
    assert extract(sentence, THURSDAY).agreements == ()


def test_one_with_each_of_many_partners() -> None:
    sentence = "Fiji's aviation ministry has signed a memorandum with Samoa, Tonga, Kenya, India, Oman and Peru."
    assert [(x.instrument_count, len(x.parties)) for x in extract(sentence, THURSDAY).agreements] == [(6, 7)]


def test_the_time_that_owns_an_instrument_is_its_date() -> None:
    (row,) = extract("Kenya welcomed last month's peace accord between Fiji and Samoa.", THURSDAY).agreements
    assert (row.start_date, row.end_date, row.date_precision) == (date(2026, 2, 1), date(2026, 2, 28), "month")
