"""What is told of one party, or of the day and person of another sentence, is not made up into more."""

from datetime import date

import pytest

from pipelines.extraction import extract

DAY = date(2025, 6, 2)
HARBOUR = "Fijian Harbour Agency (FHA) has signed a memorandum of understanding with"


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        pytest.param(
            f"SUVA – {HARBOUR} the Ministry of Fisheries on cold stores. U.S. buyers want fresher fish.", 0, id="its own ministry"
        ),
        pytest.param(f"SUVA – {HARBOUR} Pelagic Ltd on cold stores. U.S. buyers want fresher fish.", 0, id="a firm"),
        pytest.param(f"SUVA – {HARBOUR} Japan on cold stores. U.S. buyers want fresher fish.", 0, id="an agency of no known state"),
        pytest.param("Fiji has signed a memorandum of understanding with Japan. U.S. buyers want fresher fish.", 1, id="two states"),
    ],
)
def test_a_partner_that_is_no_party_is_not_replaced_by_a_state_named_nearby(text: str, instruments: int) -> None:
    reading = extract(text, DAY)
    assert len(reading.agreements) == instruments
    assert [x.engagement_type for x in reading.engagements] == ["signing"] * instruments
    assert all(set(x.parties) == {"FJI", "JPN"} for x in reading.agreements)


def test_a_counterpart_holds_the_office_named_beside_it() -> None:
    text = (
        "LA PAZ – Peruvian Foreign Minister Rosa Quispe said that Peruvian President Luis Torres was well. At a meeting between the "
        "Peruvian foreign minister and her Chinese counterpart Liu Fang on Tuesday, the two discussed copper."
    )
    assert {person.name: person.office for person in extract(text, DAY).people}["Liu Fang"] == "foreign_minister"


def test_a_minister_is_not_of_the_country_of_an_unnamed_counterpart() -> None:
    text = "Foreign Minister Anwar Karim will hold talks with his Argentine counterpart in Dhaka on Monday. Argentina buys jute."
    assert [person.party_code for person in extract(text, DAY).people] == ["BGD"]


@pytest.mark.parametrize(
    ("text", "visitor"),
    [
        (
            "Laos’s Foreign Minister Kham Vong met his Omani counterpart, Salim Harthi, on May 17 during the latter’s visit to Laos.",
            "Salim Harthi",
        ),
        (
            "Peruvian Foreign Minister Rosa Quispe spoke in Lima, ahead of Peruvian President Luis Torres’ trip to China on June 19.",
            "Luis Torres",
        ),
        ("During Peruvian Foreign Minister Rosa Quispe's visit to China last week, a treaty was signed.", "Rosa Quispe"),
    ],
)
def test_a_visit_is_of_the_person_whose_it_is(text: str, visitor: str) -> None:
    assert [x.people for x in extract(text, DAY).engagements if x.engagement_type == "visit"] == [(visitor,)]


@pytest.mark.parametrize(
    "text",
    [
        "Fiji and Peru would sign an accord during Peruvian President Luis Torres’ visit to Suva, Fiji said.",
        "Fiji's prime minister Ana Vula will give a dinner for Peruvian President Luis Torres after the bilateral talks.",
    ],
)
def test_what_stands_beside_the_future_has_not_occurred(text: str) -> None:
    assert [x for x in extract(text, DAY).engagements if x.status in ("occurred", "ongoing")] == []


def test_a_meeting_likely_to_begin_is_planned() -> None:
    text = "The meeting between Fijian Prime Minister Ana Vula and Peruvian President Luis Torres is likely to begin at noon on Friday."
    assert [(x.engagement_type, x.status) for x in extract(text, DAY).engagements] == [("meeting", "planned")]
