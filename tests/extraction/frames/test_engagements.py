"""Happenings read from invented sentences: type, status, dates, parties, people."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import extract
from pipelines.extraction.lexicon import settings as lexicon_settings

THURSDAY = date(2026, 3, 12)


def told(text: str, published_on: date | None = THURSDAY) -> list[tuple[str, str, str | None, str | None, str]]:
    """Return (type, status, start, end, parties) of every engagement of ``text``."""
    return [
        (
            x.engagement_type,
            x.status,
            x.start_date.isoformat() if x.start_date else None,
            x.end_date.isoformat() if x.end_date else None,
            " ".join(role.party_code for role in x.parties),
        )
        for x in extract(text, published_on).engagements
    ]


OCCURRED = [
    (
        "Slovenia's foreign minister Tanja Novak met her Croatian counterpart Ivan Horvat in Zagreb on Tuesday.",
        "meeting",
        "2026-03-10",
        "HRV SVN",
    ),
    ("The Kuwaiti emir received the Japanese ambassador on Sunday.", "meeting", "2026-03-08", "JPN KWT"),
    (
        "Egypt's foreign minister Badr Selim held a phone call with his Iranian counterpart Abbas Karimi on Monday.",
        "call",
        "2026-03-09",
        "EGY IRN",
    ),
    ("Kenya and Rwanda signed seven bilateral agreements in Kigali on Friday.", "signing", "2026-03-06", "KEN RWA"),
    ("Laos and Thailand agreed on Monday to open a second bridge at Nakhon Phanom.", "commitment", "2026-03-09", "LAO THA"),
    ("Germany on Tuesday pledged 50 million euros in humanitarian aid to Sudan.", "commitment", "2026-03-10", "DEU SDN"),
    ("Sweden handed over 40 armoured vehicles to Ukraine on Friday.", "aid", "2026-03-06", "SWE UKR"),
    ("The IMF approved a $1.2 billion tranche for Egypt on Wednesday.", "aid", "2026-03-11", "EGY IMF"),
    ("Saudi Arabia and Iran resumed direct flights on Monday.", "cooperation", "2026-03-09", "IRN SAU"),
    ("Turkey and Egypt held joint naval exercises in the eastern Mediterranean last week.", "cooperation", "2026-03-02", "EGY TUR"),
    ("Mexico extradited 26 alleged drug traffickers to the United States on Tuesday.", "cooperation", "2026-03-10", "MEX USA"),
    ("Rwanda released four Burundian soldiers on Tuesday.", "concession", "2026-03-10", "BDI RWA"),
    ("British forces withdrew from the base in Chad on Friday.", "withdrawal", "2026-03-06", "GBR TCD"),
    ("Malaysia urged Myanmar's junta on Monday to extend the ceasefire.", "request", "2026-03-09", "MMR MYS"),
    ("China condemned the US decision to sell arms to Taiwan.", "criticism", "2026-03-12", "CHN USA"),
    ("Ethiopia accused Eritrea of preparing for war.", "criticism", "2026-03-12", "ERI ETH"),
    ("Iran rejected a US proposal to hold direct talks.", "rejection", "2026-03-12", "IRN USA"),
    ("North Korea warned South Korea of grave consequences if the drills go ahead.", "threat", "2026-03-12", "KOR PRK"),
    ("Azerbaijan summoned the French ambassador on Monday.", "protest", "2026-03-09", "AZE FRA"),
    ("Canada imposed sanctions on 12 Russian officials on Friday.", "sanction", "2026-03-06", "CAN RUS"),
    ("Poland expelled three Russian diplomats last week.", "sanction", "2026-03-02", "POL RUS"),
    ("The Turkish ambassador in Athens, Cem Aksoy, was called in by Greece on Wednesday.", "protest", "2026-03-11", "GRC TUR"),
    ("Chad on Tuesday denied that it had moved tanks towards the Sudanese border.", "rejection", "2026-03-10", "SDN TCD"),
    ("Latvia, Lithuania and Estonia on Monday barred Belarusian lorries.", "sanction", "2026-03-09", "BLR EST LTU LVA"),
    ("Colombia suspended intelligence sharing with the United States on Tuesday.", "sanction", "2026-03-10", "COL USA"),
    ("A Polish lorry driver was detained by Belarusian border guards on Saturday.", "coercion", "2026-03-07", "BLR POL"),
    ("Israel struck targets in southern Lebanon on Wednesday, killing four people.", "assault", "2026-03-11", "ISR LBN"),
    ("Mongolia thanked Japan for its help after the floods.", "support", "2026-03-12", "JPN MNG"),
    ("Uzbekistan's foreign ministry expressed condolences to Turkey over the earthquake.", "support", "2026-03-12", "TUR UZB"),
    ("Bulgaria called the new North Macedonian textbook rule a provocation.", "criticism", "2026-03-12", "BGR MKD"),
]


@pytest.mark.parametrize(("text", "kind", "start", "parties"), OCCURRED)
def test_a_told_happening_is_read_with_its_type_date_and_parties(text: str, kind: str, start: str, parties: str) -> None:
    found = told(text)
    assert [(x[0], x[1], x[2], x[4]) for x in found] == [(kind, "occurred", start, parties)]


OTHER_STATUSES = [
    (
        "The next round of talks between Armenia and Turkey will be held in Yerevan next month.",
        ("talks", "planned", "2026-04-01", "2026-04-30"),
    ),
    ("The President of Serbia, Aleksandar Petrović, will travel to Beijing next week.", ("visit", "planned", "2026-03-16", "2026-03-22")),
    (
        "The United States will impose a 25% tariff on Indian goods from April 1, President Ann Carter said.",
        ("sanction", "planned", "2026-04-01", "2026-04-01"),
    ),
    ("Italy and Libya are holding talks on migration in Tripoli.", ("talks", "ongoing", "2026-03-12", "2026-03-12")),
    (
        "Foreign Minister Ivan Horvat of Croatia will not be travelling to Serbia on March 20 after all.",
        ("visit", "cancelled", "2026-03-20", "2026-03-20"),
    ),
    ("Chile's president called off his trip to Argentina.", ("visit", "cancelled", None, None)),
    ("Peru and Chile will hold a joint naval exercise off Iquique in May.", ("cooperation", "planned", "2026-05-01", "2026-05-31")),
]


@pytest.mark.parametrize(("text", "expected"), OTHER_STATUSES)
def test_tense_and_modality_give_the_status(text: str, expected: tuple[str, str, str | None, str | None]) -> None:
    assert [x[:4] for x in told(text)] == [expected]


NOTHING = [
    "Bulgaria did not sign the agreement with North Macedonia.",
    "If Greece bought the jets, Turkey would protest.",
    "No document was signed by Norway and Finland.",
    "The government cut income tax on Tuesday, the finance minister said.",
    "Spain's parliament approved a new budget on Thursday.",
    "In 1962 Algeria and France signed an accord.",
    "Heavy rain is expected in Georgia and Armenia on Friday, forecasters said.",
    "Kenya beat Uganda 3-1 in a friendly before a full stadium; the striker scored two goals and the goalkeeper saved a penalty.",
]


@pytest.mark.parametrize("text", NOTHING)
def test_what_did_not_happen_between_parties_is_no_row(text: str) -> None:
    assert told(text) == []


def test_an_invitation_is_a_request_and_a_proposed_visit() -> None:
    found = told("Prime Minister Edi Hoxha of Albania invited Kosovo's Prime Minister Albin Gashi to visit Tirana in June.")
    assert sorted(x[:4] for x in found) == [
        ("request", "occurred", "2026-03-12", "2026-03-12"),
        ("visit", "proposed", "2026-06-01", "2026-06-30"),
    ]


def test_an_accepted_invitation_is_the_visit_alone() -> None:
    assert [x[:2] for x in told("Qatar's emir has accepted an invitation to visit Islamabad.")] == [("visit", "planned")]


def test_calls_paid_on_two_people_are_two_meetings() -> None:
    text = "Kenyan Foreign Minister Jane Otieno called on Peru's President Rosa Quispe and Prime Minister Luis Vega in Lima on Monday."
    people = sorted(x.people[-1] for x in extract(text, THURSDAY).engagements if x.engagement_type == "meeting")
    assert people == ["Luis Vega", "Rosa Quispe"]


def test_a_stay_is_stretched_by_its_length() -> None:
    text = "Finnish President Aino Laine arrived in Tallinn, Estonia, on Wednesday for a three-day visit."
    visits = [x for x in told(text) if x[0] == "visit"]
    assert visits == [("visit", "ongoing", "2026-03-11", "2026-03-13", "EST FIN")]


def test_a_stay_is_counted_back_from_its_end() -> None:
    text = "Finnish President Aino Laine wrapped up a three-day visit to Estonia on Wednesday."
    assert [x[:4] for x in told(text)] == [("visit", "occurred", "2026-03-09", "2026-03-11")]


def test_a_happening_told_in_headline_lead_and_later_is_one_row() -> None:
    text = (
        "Nepal, Bhutan sign power deal\n\nKATHMANDU, March 12 - Nepal and Bhutan signed a power trade agreement on Wednesday.\n\n"
        "The agreement was signed by Energy Minister Kul Thapa and his Bhutanese counterpart Karma Dorji."
    )
    signings = [x for x in extract(text, THURSDAY).engagements if x.engagement_type == "signing"]
    assert [(x.start_date, x.people) for x in signings] == [(date(2026, 3, 11), ("Kul Thapa", "Karma Dorji"))]


def test_later_sentences_take_the_day_of_the_passage() -> None:
    text = "Oman's foreign minister Said Al-Harthy met Tanzania's President Asha Juma on Monday. He thanked Tanzania for its hospitality."
    assert {(x[0], x[2]) for x in told(text)} == {("meeting", "2026-03-09"), ("support", "2026-03-09")}


def test_roles_tell_visitor_and_host_donor_and_recipient() -> None:
    roles = {
        r.party_code: r.role
        for r in extract("Ghana's foreign minister Ama Mensah visited Togo on Monday.", THURSDAY).engagements[0].parties
    }
    assert roles == {"GHA": "visitor", "TGO": "host"}
    roles = {r.party_code: r.role for r in extract("India donated 500 ambulances to Nepal on Monday.", THURSDAY).engagements[0].parties}
    assert roles == {"IND": "donor", "NPL": "recipient"}


def test_without_a_publication_date_the_happening_is_read_undated() -> None:
    assert told("Kenya and Rwanda signed seven agreements on Friday.", None) == [("signing", "occurred", None, None, "KEN RWA")]


def test_evidence_is_verbatim_and_types_are_of_the_closed_lists() -> None:
    codes = lexicon_settings("codes")
    for text, *_ in OCCURRED:
        for x in extract(text, THURSDAY).engagements:
            assert text[x.evidence_start : x.evidence_end] == x.evidence_text
            assert x.engagement_type in codes["engagement_types"]
            assert x.status in codes["engagement_statuses"]
            assert x.date_precision in codes["precisions"]
            assert {role.role for role in x.parties} <= set(codes["party_roles"])
            assert x.rule_id


_WORDS = st.sampled_from(
    [
        *("Iran", "Kenya", "signed", "will", "met", "the", "a", "talks", "with", "and", ",", "it.", "“", "”", "(", ")", "on", "Friday"),
        *("agreed", "to", "visit", "President", "of", "by", "was", "not", "if", "that", "who", "which", "\n\n", "$5bn", "tariff"),
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=60))
def test_no_order_of_words_breaks_the_reading(words: list[str]) -> None:
    text = " ".join(words)
    reading = extract(text, THURSDAY)
    for x in (*reading.engagements, *reading.agreements, *reading.topics):
        assert text[x.evidence_start : x.evidence_end] == x.evidence_text
    for x in reading.engagements:
        assert (x.start_date is None) == (x.end_date is None)
        assert x.start_date is None or x.start_date <= x.end_date  # type: ignore[operator]


def test_who_travels_may_follow_the_noun() -> None:
    text = "A working visit to Dushanbe by Uzbek Deputy Foreign Minister Bobur Saidov ended on Tuesday."
    reading = extract(text, THURSDAY)
    assert [(x.engagement_type, x.people, x.place_country) for x in reading.engagements] == [("visit", ("Bobur Saidov",), "TJK")]


def test_a_pact_named_in_passing_dates_no_promise() -> None:
    found = told("Under a memorandum signed in February, Qatar will train 40 Peruvian engineers.")
    assert [(kind, status, start) for kind, status, start, _, _ in found if kind != "signing"] == [("cooperation", "planned", None)]
    assert [(kind, status, start) for kind, status, start, _, _ in found if kind == "signing"] == [("signing", "occurred", "2026-02-01")]


def test_what_is_to_be_signed_is_planned() -> None:
    found = told("Qatar and Peru concluded a fisheries deal which is to be signed in Lima on 24 October.")
    assert ("signing", "planned") in [(kind, status) for kind, status, _, _, _ in found]


def test_one_of_two_allies_acts_against_whom_they_face() -> None:
    text = "Norway and Iceland lodged a joint protest with Russia. Norway also expelled two members of the embassy's staff."
    assert [(kind, parties) for kind, _, _, _, parties in told(text)] == [("protest", "ISL NOR RUS"), ("sanction", "NOR RUS")]


def test_a_vow_to_retaliate_is_a_threat() -> None:
    text = "Norway lodged a protest with Russia. Moscow vowed to retaliate."
    assert [kind for kind, _, _, _, _ in told(text)] == ["protest", "threat"]


def test_those_who_met_may_agree_unnamed() -> None:
    text = "Chile's minister Ana Rojas met Peru's Juan Soto on Monday. The ministers agreed to create a working group on water."
    assert ("commitment", "occurred", "2026-03-09", "2026-03-09", "CHL PER") in told(text)


def test_what_is_announced_is_planned_or_promised() -> None:
    planned = told("Chilean minister Ana Rojas announced on Monday that Chile would open a consulate in Arequipa.")
    assert [(kind, status) for kind, status, _, _, _ in planned] == [("cooperation", "planned")]
    promised = told("Italian minister Livia Conti said on Monday that Italy would repaint two schools in Tunisia for Tunisia's government.")
    assert [(kind, status, parties) for kind, status, _, _, parties in promised] == [("commitment", "occurred", "ITA TUN")]


def test_a_called_off_signing_is_cancelled_at_its_day() -> None:
    found = told("The signing of a water treaty between Chile and Peru, set for Monday, was put off.")
    assert [(kind, status, start) for kind, status, start, _, _ in found] == [("signing", "cancelled", "2026-03-09")]


def test_what_follows_a_meeting_to_come_is_to_come() -> None:
    text = "Chilean president Ana Rojas will meet Peru's premier on 20 March, followed by a session of the Chile-Peru joint commission."
    assert [(kind, status, start) for kind, status, start, _, _ in told(text)] == [
        ("meeting", "planned", "2026-03-20"),
        ("talks", "planned", "2026-03-20"),
    ]


def test_a_bare_verb_after_and_shares_what_may_come() -> None:
    found = told("Chile said it would send a minister to Lima and sign the water treaty with Peru in May.")
    assert [(kind, status) for kind, status, _, _, _ in found if kind == "signing"] == [("signing", "planned")]


def test_being_in_a_foreign_capital_is_a_visit() -> None:
    assert told("Chilean President Ana Rojas was in Lima on Monday.") == [("visit", "occurred", "2026-03-09", "2026-03-09", "CHL PER")]


def test_who_tells_a_promise_of_the_own_side_takes_part() -> None:
    reading = extract(
        "Canada will lend Ukraine a further C$400 million this winter, Finance Minister Mireille Gagnon said on Monday.", THURSDAY
    )
    assert [(x.engagement_type, x.people) for x in reading.engagements] == [("commitment", ("Mireille Gagnon",))]


def test_a_city_may_follow_its_venue() -> None:
    text = "Kenya's President William Ruto met French President Emmanuel Macron at State House, Nairobi on Monday."
    assert [(x.place_name, x.place_country) for x in extract(text, THURSDAY).engagements] == [("Nairobi", "KEN")]


def test_a_meeting_during_a_stay_is_in_its_city() -> None:
    text = "Kenyan minister Juma Otieno met his Ghanaian counterpart Yaw Mensah on Monday. Otieno arrived in Accra on Sunday."
    places = {x.engagement_type: x.place_name for x in extract(text, THURSDAY).engagements}
    assert places == {"meeting": "Accra", "visit": "Accra"}
