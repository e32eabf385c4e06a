"""When a happening was, is, will or was to be: the day it takes among those of its sentence, and the status that goes with it."""

from datetime import date

import pytest

from pipelines.extraction import extract

WEDNESDAY = date(2025, 9, 10)


def told(text: str) -> list[str]:
    """Return "type status start end" of each engagement."""
    return [f"{one.engagement_type} {one.status} {one.start_date} {one.end_date}" for one in extract(text, WEDNESDAY).engagements]


CALLED_OFF = [
    ("The visit of Peruvian President Luis Vargas to Kenya has been postponed.", ["visit cancelled None None"]),
    (
        "Peruvian President Luis Vargas's visit to Kenya, planned for next week, has been called off.",
        ["visit cancelled 2025-09-15 2025-09-21"],
    ),
    (
        "Peru's president, Luis Vargas, on Monday cancelled a visit to Kenya that was due to begin on Friday.",
        ["visit cancelled 2025-09-12 2025-09-12"],
    ),
    (
        "A visit by Kenyan President Amos Kiptoo to Peru that had been planned for this week was cancelled on Tuesday.",
        ["visit cancelled 2025-09-08 2025-09-14"],
    ),
    (
        "Kenya's foreign ministry announced the cancellation of President Amos Kiptoo's visit to Peru, scheduled for 14 to 16 September.",
        ["visit cancelled 2025-09-14 2025-09-16"],
    ),
    (
        "The visit of Kenyan minister Amos Kiptoo to Peru and Chile has been postponed.",
        ["visit cancelled None None", "visit cancelled None None"],
    ),
    (
        "The second meeting of Kenyan minister Amos Kiptoo and Peruvian minister Luis Vargas will be in Lima on Friday.",
        ["meeting planned 2025-09-12 2025-09-12"],
    ),
    (
        "Kenyan minister Amos Kiptoo will meet Peruvian minister Luis Vargas on Friday. It will be their second meeting this month.",
        ["meeting planned 2025-09-12 2025-09-12"],
    ),
    ("Kenya called off talks with Peru on Monday.", ["talks cancelled None None"]),
    (
        "Peruvian minister Luis Vargas arrived in Nairobi today on a four-day visit. He is expected to meet Kenyan minister Amos Kiptoo "
        "tomorrow and several officials during his visit, which comes a day after the Chilean minister left.",
        ["visit ongoing 2025-09-10 2025-09-13", "meeting planned 2025-09-11 2025-09-11"],
    ),
    ("Talks between the armies of Kenya and Peru are scheduled to take place tomorrow.", ["talks planned 2025-09-11 2025-09-11"]),
    (
        "Kenya's Prime Minister Amos Kiptoo will embark on an official visit to Peru tomorrow to further boost ties with the country.",
        ["visit planned 2025-09-11 2025-09-11"],
    ),
    (
        "A meeting between the Kenyan and Peruvian ministers was due on Friday but has been called off.",
        ["meeting cancelled 2025-09-12 2025-09-12"],
    ),
    ("Talks between Kenya and Peru were due to resume on Monday but have been postponed.", ["talks cancelled 2025-09-15 2025-09-15"]),
    ("Talks between Kenya and Peru began on Monday but were suspended.", ["talks occurred 2025-09-08 2025-09-08"]),
    ("Kenya has called off Monday's talks with Peru.", ["talks cancelled 2025-09-15 2025-09-15"]),
    ("The talks between Kenya and Peru planned for Monday were called off.", ["talks cancelled 2025-09-15 2025-09-15"]),
    ("Peru has put off the joint commission with Kenya to a later date.", ["talks cancelled None None"]),
    ("Kenyan President Amos Kiptoo has cancelled plans to visit Peru on Friday.", ["visit cancelled 2025-09-12 2025-09-12"]),
    ("Kenyan President Amos Kiptoo was to have visited Peru in August.", ["visit cancelled 2025-08-01 2025-08-31"]),
    ("Kenyan President Amos Kiptoo will no longer visit Peru next week.", ["visit cancelled 2025-09-15 2025-09-21"]),
    (
        "Kenyan President Amos Kiptoo, who will not travel to Peru on Friday, is unwell.",
        ["visit cancelled 2025-09-12 2025-09-12"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CALLED_OFF)
def test_what_is_called_off_has_the_day_it_was_to_have(text: str, expected: list[str]) -> None:
    assert told(text) == expected


NEW_DAYS = [
    (
        "Peru's president, Luis Vargas, has put off his visit to Kenya until March.",
        ["visit cancelled None None", "visit planned 2026-03-01 2026-03-31"],
    ),
    (
        "Kenya said the trip to Lima by its foreign minister, Amos Kiptoo, had been moved to 5 October.",
        ["visit cancelled None None", "visit planned 2025-10-05 2025-10-05"],
    ),
    (
        "The joint commission of Kenya and Peru, due on Friday, has been rescheduled for 2 October.",
        ["talks cancelled 2025-09-12 2025-09-12", "talks planned 2025-10-02 2025-10-02"],
    ),
    (
        "The visit of Peruvian President Luis Vargas to Kenya on 16 September has been postponed, Lima said. He will now come in March.",
        ["visit cancelled 2025-09-16 2025-09-16", "visit planned 2026-03-01 2026-03-31"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NEW_DAYS)
def test_a_new_day_is_a_plan_of_its_own(text: str, expected: list[str]) -> None:
    assert told(text) == expected


AHEAD = [
    ("Kenyan Foreign Minister Amos Kiptoo said on Monday he would travel to Japan next week.", ["visit planned 2025-09-15 2025-09-21"]),
    ("Kenyan Foreign Minister Amos Kiptoo said on Wednesday that he would visit Japan.", ["visit planned None None"]),
    ("Kenyan President Amos Kiptoo's visit to Peru is due to begin on Friday.", ["visit planned 2025-09-12 2025-09-12"]),
    ("Kenyan President Amos Kiptoo's visit to Peru is set for Friday.", ["visit planned 2025-09-12 2025-09-12"]),
    ("Peruvian Foreign Minister Luis Vargas will pay a three-day visit to Kenya from Friday.", ["visit planned 2025-09-12 2025-09-14"]),
]


@pytest.mark.parametrize(("text", "expected"), AHEAD)
def test_what_is_to_come_takes_no_day_of_speech(text: str, expected: list[str]) -> None:
    assert told(text) == expected


OF_OTHERS = [
    ("The leaders of Kenya and Peru welcomed last month's accord between India and China.", ["support occurred 2025-09-10 2025-09-10"]),
    (
        "Kenyan Foreign Minister Amos Kiptoo met Peruvian Foreign Minister Luis Vargas ahead of Friday's talks in Geneva.",
        ["meeting occurred 2025-09-10 2025-09-10", "talks planned 2025-09-12 2025-09-12"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), OF_OTHERS)
def test_a_day_inside_the_phrase_of_another_happening_is_not_its_own(text: str, expected: list[str]) -> None:
    assert told(text)[: len(expected)] == expected


STAYS = [
    ("Peruvian Foreign Minister Luis Vargas arrived in Nairobi on Tuesday on a two-day visit.", ["visit ongoing 2025-09-09 2025-09-10"]),
    ("Peruvian Foreign Minister Luis Vargas ended a two-day visit to Kenya on Wednesday.", ["visit occurred 2025-09-09 2025-09-10"]),
    ("Peruvian Foreign Minister Luis Vargas is in Kenya on a two-day visit.", ["visit ongoing 2025-09-10 2025-09-10"]),
    (
        "Peruvian Foreign Minister Luis Vargas is making a three-day working visit to Kenya from today.",
        ["visit ongoing 2025-09-10 2025-09-12"],
    ),
    (
        "Peruvian President Luis Vargas concluded a three-day visit to Kenya on Tuesday and left for India.",
        ["visit occurred 2025-09-07 2025-09-09", "visit occurred 2025-09-09 2025-09-09"],
    ),
    (
        "Peruvian minister Luis Vargas, who flew in to Kenya yesterday and leaves tomorrow, praised the harbour.",
        ["visit ongoing 2025-09-09 2025-09-11"],
    ),
    (
        "The Peruvian minister, Luis Vargas, came to Kenya on Monday for a celebration and flew out on Wednesday.",
        ["visit occurred 2025-09-08 2025-09-10"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), STAYS)
def test_a_stay_is_under_way_until_its_end_is_told(text: str, expected: list[str]) -> None:
    assert [row for row in told(text) if row.startswith("visit")] == expected


def test_what_a_guest_is_still_to_do_falls_into_the_stay() -> None:
    text = "Peruvian President Luis Vargas will visit Kenya on 20 and 21 September. He will meet President Amos Kiptoo."
    assert told(text) == ["visit planned 2025-09-20 2025-09-21", "meeting planned 2025-09-20 2025-09-21"]


def test_what_a_guest_was_to_do_is_off_with_the_stay() -> None:
    text = (
        "Peruvian President Luis Vargas's visit to Kenya, scheduled for 20 September, has been called off."
        " He was also scheduled to hold talks with President Amos Kiptoo."
    )
    assert told(text) == ["visit cancelled 2025-09-20 2025-09-20", "meeting cancelled 2025-09-20 2025-09-20"]


def test_a_stay_to_come_named_in_passing_has_not_been() -> None:
    text = "During his visit to Kenya, Peruvian President Luis Vargas is expected to meet Deputy President Amos Kiptoo."
    assert told(text) == ["visit planned None None", "meeting planned None None"]


CALLS = [
    "Peruvian Foreign Minister Luis Vargas and his Kenyan counterpart Amos Kiptoo discussed trade in a phone call on Monday.",
    "Peruvian Foreign Minister Luis Vargas discussed trade by phone with his Kenyan counterpart Amos Kiptoo on Monday.",
    "On Monday a telephone conversation was held between Peruvian minister Luis Vargas and Kenyan minister Amos Kiptoo.",
]


@pytest.mark.parametrize("text", CALLS)
def test_what_is_said_by_telephone_is_one_call(text: str) -> None:
    assert told(text) == ["call occurred 2025-09-08 2025-09-08"]


APART = [
    (
        "Peruvian President Luis Vargas will meet Kenyan President Amos Kiptoo in Nairobi on Friday"
        " and Indian Prime Minister Ravi Nair in Delhi on Sunday.",
        ["meeting planned 2025-09-12 2025-09-12", "meeting planned 2025-09-14 2025-09-14"],
    ),
    (
        "Peruvian Foreign Minister Luis Vargas will visit Kenya on Monday and India on Tuesday.",
        ["visit planned 2025-09-15 2025-09-15", "visit planned 2025-09-16 2025-09-16"],
    ),
    (
        "Peruvian Foreign Minister Luis Vargas held separate bilateral meetings with his counterparts from Mexico, Kenya, India and Chile.",
        ["meeting occurred 2025-09-10 2025-09-10"] * 4,
    ),
    (
        "Peruvian Foreign Minister Luis Vargas met several ministers, including Kenyan Foreign Minister Amos Kiptoo"
        " and Indian Foreign Minister Ravi Nair.",
        ["meeting occurred 2025-09-10 2025-09-10"] * 2,
    ),
]


@pytest.mark.parametrize(("text", "expected"), APART)
def test_each_of_those_met_or_visited_in_turn_is_a_row(text: str, expected: list[str]) -> None:
    assert sorted(told(text)) == expected


def test_a_gathering_at_the_edge_of_a_plan_has_not_been() -> None:
    assert told("Peru and Kenya will sign four pacts on the sidelines of the joint commission.") == ["signing planned None None"]


def test_what_a_trip_called_off_was_to_bring_is_no_row() -> None:
    text = "Japan's foreign ministry announced the cancellation of Prime Minister Kenji Mori's trip to the NATO summit in The Hague."
    assert told(text) == ["visit cancelled None None"]


def test_who_sets_out_on_a_stay_is_only_beginning_it() -> None:
    text = "Peruvian President Luis Vargas, who left Lima on Tuesday on a three-day visit to Kenya, landed in Nairobi."
    assert told(text) == ["visit ongoing 2025-09-09 2025-09-11"]


def test_the_length_of_a_stay_may_be_told_later() -> None:
    text = "Peruvian President Luis Vargas arrived in Kenya today. Vargas has arrived on a two-day state visit to Kenya."
    assert told(text) == ["visit ongoing 2025-09-10 2025-09-11"]


DECIDED = [
    ("Kenya will expel three Peruvian diplomats, the foreign ministry said on Monday.", ["sanction occurred 2025-09-08 2025-09-08"]),
    ("Kenya said on Monday that it would oust two Peruvian diplomats.", ["sanction occurred 2025-09-08 2025-09-08"]),
    ("Kenya said it would impose tariffs of 20 percent on Peruvian steel from 1 October.", ["sanction planned 2025-10-01 2025-10-01"]),
    ("A Peruvian aircraft briefly breached Kenyan airspace on Monday.", ["coercion occurred 2025-09-08 2025-09-08"]),
    ("Peruvian drones violated Kenyan airspace on Monday.", ["assault occurred 2025-09-08 2025-09-08"]),
]


@pytest.mark.parametrize(("text", "expected"), DECIDED)
def test_an_expulsion_is_of_the_day_it_was_decided_and_craft_press(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_the_headline_takes_its_mood_and_its_sides_from_the_text() -> None:
    text = (
        "Kenya, Peru hold third round of trade talks this week\n\n"
        "The third round of trade talks between Kenya and Peru will be held in Lima on Friday."
    )
    assert told(text) == ["talks planned 2025-09-12 2025-09-12"]


OF_THE_CLAUSE = [
    (
        "Kenyan Foreign Minister Amos Kiptoo (pictured) is making a three-day working visit to Peru from today,"
        " his first trip to the country since taking the post last year.",
        ["visit ongoing 2025-09-10 2025-09-12"],
    ),
    ("Peruvian President Luis Vargas is in Kenya on a four-day official visit from Monday.", ["visit ongoing 2025-09-08 2025-09-11"]),
    (
        "The understanding is reflected in the postponement of the visit by Peruvian President Luis Vargas to Kenya on 20 September.",
        ["visit cancelled 2025-09-20 2025-09-20"],
    ),
    ("Kenya and Peru agreed on having a more detailed dialogue in the coming days.", ["talks planned None None"]),
    (
        "Kenyan and Peruvian sailors began a ten-day naval exercise off Mombasa on Tuesday.",
        ["cooperation ongoing 2025-09-09 2025-09-18"],
    ),
    ("No word came since 1 September, when Kenya summoned the Peruvian ambassador.", ["protest occurred 2025-09-01 2025-09-01"]),
]


@pytest.mark.parametrize(("text", "expected"), OF_THE_CLAUSE)
def test_the_day_is_that_of_the_clause_which_tells_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


INVITED = [
    ("Kenyan President Amos Kiptoo has accepted Peruvian President Luis Vargas's invitation to visit Peru.", ["visit planned None None"]),
    (
        "Peruvian President Luis Vargas on Monday extended an invitation to his Kenyan counterpart Amos Kiptoo"
        " to pay a state visit to Peru in 2026.",
        ["request occurred 2025-09-08 2025-09-08", "visit proposed 2026-01-01 2026-12-31"],
    ),
    (
        "Kenyan President Amos Kiptoo invited Peruvian President Luis Vargas to visit Nairobi in May.",
        ["request occurred 2025-09-10 2025-09-10", "visit proposed 2026-05-01 2026-05-31"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), INVITED)
def test_the_day_of_an_invitation_is_not_that_of_the_visit(text: str, expected: list[str]) -> None:
    assert sorted(told(text)) == expected


def test_a_meeting_taken_up_by_its_article_is_the_one_just_told() -> None:
    text = (
        "Kenya held consultations with Peru on Tuesday."
        " The closed-door meeting was presided over by Kenyan minister Amos Kiptoo and Peruvian minister Luis Vargas."
    )
    assert told(text) == ["talks occurred 2025-09-09 2025-09-09"]


def test_a_summit_of_strangers_is_none_of_two() -> None:
    assert told("Peruvian President Luis Vargas will attend the Andes-Nile Summit in Nairobi on Friday.") == []


RELATIVES = [
    (
        "Kenya and Peru signed a treaty this Monday, during the state visit of President Luis Vargas of Peru,"
        " who arrived late on Sunday and is due to leave on Thursday.",
        "visit ongoing 2025-09-07 2025-09-11",
    ),
    (
        "Peruvian President Luis Vargas, whose two-day state visit to Kenya ends today, thanked President Amos Kiptoo.",
        "visit ongoing 2025-09-09 2025-09-10",
    ),
]


@pytest.mark.parametrize(("text", "expected"), RELATIVES)
def test_a_relative_clause_dates_the_stay_it_is_about(text: str, expected: str) -> None:
    assert [row for row in told(text) if row.startswith("visit")] == [expected]


IN_PASSING = [
    (
        "Peruvian minister Luis Vargas will fly to Nairobi on Friday before travelling to the Philippines and Indonesia.",
        ["visit planned KEN", "visit planned IDN", "visit planned PHL"],
    ),
    ("Kenyan minister Amos Kiptoo and Peruvian minister Luis Vargas will discuss a possible visit by Vargas to Kenya.", []),
    (
        "Peruvian Foreign Minister Luis Vargas's visit to Kenya came ahead of Indian minister Ravi Nair's visit to Chile.",
        ["visit occurred KEN"],
    ),
    ("Admiral Luis Vargas of Peru, who is in Armenia on a working visit, praised the base.", ["visit ongoing ARM"]),
]


@pytest.mark.parametrize(("text", "expected"), IN_PASSING)
def test_a_stay_is_read_with_its_own_host_and_mood(text: str, expected: list[str]) -> None:
    rows = [
        f"visit {one.status} {next(side.party_code for side in one.parties if side.role == 'host')}"
        for one in extract(text, WEDNESDAY).engagements
        if one.engagement_type == "visit"
    ]
    assert sorted(row for row in rows if row.split()[2] not in ("CHL",)) == sorted(expected)


def test_who_leads_a_delegation_received_is_met() -> None:
    text = "Kenyan Defence Minister Amos Kiptoo on Monday received a delegation led by Peruvian Admiral Luis Vargas."
    (one,) = extract(text, WEDNESDAY).engagements
    assert (one.engagement_type, set(one.people)) == ("meeting", {"Amos Kiptoo", "Luis Vargas"})


def test_everything_of_a_trip_called_off_is_off_but_the_talks_that_called_it_off() -> None:
    text = (
        "Kenyan Foreign Minister Amos Kiptoo on Sunday postponed his visit to Peru."
        " Kiptoo was scheduled to visit Peru from September 14-17 to conduct a meeting with his counterpart Luis Vargas."
        " Kiptoo was also scheduled to meet Peruvian President Jorge Diaz."
    )
    assert told(text) == [
        "visit cancelled 2025-09-14 2025-09-17",
        "meeting cancelled 2025-09-14 2025-09-17",
        "meeting cancelled 2025-09-14 2025-09-17",
    ]


def test_a_hospital_seen_during_a_stay_is_no_stay_of_its_own() -> None:
    text = (
        "Kenyan Foreign Minister Amos Kiptoo will visit Peru on Friday."
        " Kiptoo is also scheduled to visit a Kenyan field hospital in Arequipa in southern Peru."
    )
    assert told(text) == ["visit planned 2025-09-12 2025-09-12"]


@pytest.mark.parametrize(
    "text",
    [
        "Peru has signed trade pacts with Kenya in recent years.",
        "Kenya and Peru have held several rounds of talks in recent months.",
        "In the past, Kenya rejected Uganda's offers.",
        "Kenya has previously accused Uganda of arming rebels.",
    ],
)
def test_what_was_at_some_time_has_no_day(text: str) -> None:
    (one,) = extract(text, WEDNESDAY).engagements
    assert (one.start_date, one.date_precision) == (None, "unknown")


FURTHER = [
    (
        "Peruvian President Luis Vargas will visit Kenya next week after his trip to India this week.",
        ["visit planned 2025-09-15 2025-09-21"],
    ),
    (
        "Kenyan minister Amos Kiptoo will lead a delegation to a joint commission meeting between Kenya and Peru."
        " The meeting will take place in Lima on Friday.",
        ["talks planned 2025-09-12 2025-09-12"],
    ),
    (
        "Peruvian President Luis Vargas on Wednesday ended a four-day visit to Kenya. Vargas arrived in Nairobi on Sunday.",
        ["visit occurred 2025-09-07 2025-09-10"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), FURTHER)
def test_further_tellings_add_their_days(text: str, expected: list[str]) -> None:
    assert told(text) == expected


BAN = "sanction occurred {} {}"
APART_IN_TIME = [
    ("Kenya expelled two Peruvian diplomats on Monday, four days after Peru expelled a Kenyan envoy.", "2025-09-04", "2025-09-04"),
    ("The figures came out a day after Peru expelled a Kenyan envoy.", "2025-09-09", "2025-09-09"),
    ("The ruling came the day after Peru expelled a Kenyan envoy.", "2025-09-09", "2025-09-09"),
    ("The ruling came just hours after Peru expelled a Kenyan envoy.", "2025-09-10", "2025-09-10"),
    ("The ruling came three weeks after Peru expelled a Kenyan envoy.", "2025-08-18", "2025-08-24"),
    ("The ruling came exactly two weeks after Peru expelled a Kenyan envoy.", "2025-08-27", "2025-08-27"),
    ("The ruling came two months after Peru expelled a Kenyan envoy.", "2025-07-01", "2025-07-31"),
    ("The ruling came less than a month after Peru expelled a Kenyan envoy.", "None", "None"),
    ("The ruling came days after Peru expelled a Kenyan envoy.", "None", "None"),
    ("The ruling came on Monday, after Peru expelled a Kenyan envoy.", "None", "None"),
    ("The ruling came on Monday, after Peru expelled a Kenyan envoy on Sunday.", "2025-09-07", "2025-09-07"),
    ("The vote is to take place exactly a week after Peru expelled a Kenyan envoy.", "None", "None"),
]


@pytest.mark.parametrize(("text", "start", "end"), APART_IN_TIME)
def test_what_came_before_another_takes_its_day_from_the_interval_alone(text: str, start: str, end: str) -> None:
    assert BAN.format(start, end) in told(text)


def test_those_who_met_before_another_deed_met_on_its_day_unless_told() -> None:
    text = "Kenyan minister Amos Kiptoo vowed on Monday to help Peru{}after he met with Peruvian minister Luis Vargas."
    ties = (" ", ", a day ", ", a few days ", " hours ")
    days = [[row for row in told(text.format(tie)) if row.startswith("meeting")] for tie in ties]
    assert days == [
        ["meeting occurred 2025-09-08 2025-09-08"],
        ["meeting occurred 2025-09-07 2025-09-07"],
        ["meeting occurred None None"],
        ["meeting occurred 2025-09-08 2025-09-08"],
    ]


def test_what_two_discussed_is_of_the_meeting_just_told() -> None:
    text = (
        "The figures came out a day after Kenyan minister Amos Kiptoo received Peruvian minister Luis Vargas in Nairobi."
        " On his website, the minister wrote that the two had discussed energy and transport."
    )
    assert told(text) == ["meeting occurred 2025-09-09 2025-09-09"]


def test_a_headline_without_a_day_is_of_the_day_that_its_story_tells() -> None:
    text = (
        "Kenyan minister praises ties in meeting with Peruvian minister\n\n"
        "Kenyan minister Amos Kiptoo values ties with Peru, an aide said Tuesday."
        " On Monday, Kiptoo met Peruvian minister Luis Vargas in Nairobi."
    )
    assert [row for row in told(text) if row.startswith("meeting")] == ["meeting occurred 2025-09-08 2025-09-08"]


IN_A_ROW = [
    (
        "Peruvian minister Luis Vargas arrived in Nairobi on Saturday and met Kenyan minister Amos Kiptoo on Sunday.",
        ["visit occurred 2025-09-06 2025-09-06", "meeting occurred 2025-09-07 2025-09-07"],
    ),
    (
        "Peruvian minister Luis Vargas came to Nairobi on Saturday but met Kenyan minister Amos Kiptoo only on Monday.",
        ["visit occurred 2025-09-06 2025-09-06", "meeting occurred 2025-09-08 2025-09-08"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), IN_A_ROW)
def test_each_verb_of_a_row_takes_the_day_told_with_it(text: str, expected: list[str]) -> None:
    assert told(text) == expected


NAMED_IN_PASSING = [
    (
        "Peruvian President Luis Vargas received a gift during his state visit to Kenya, sources said on Monday.",
        ["visit occurred None None"],
    ),
    ("Peruvian President Luis Vargas's visit to Kenya was a success, the foreign ministry said on Monday.", ["visit occurred None None"]),
    (
        "Peruvian minister Luis Vargas on Monday blamed Kenyan minister Amos Kiptoo for remarks during a recent visit to Lima.",
        ["visit occurred None None"],
    ),
    (
        "Peruvian minister Luis Vargas on Monday blamed Kenyan minister Amos Kiptoo for remarks during a visit to Lima in June.",
        ["visit occurred 2025-06-01 2025-06-30"],
    ),
    (
        "President Luis Vargas of Peru, who is on a four-day official visit to Kenya, met Kenyan President Amos Kiptoo today.",
        ["visit ongoing 2025-09-10 2025-09-10"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NAMED_IN_PASSING)
def test_the_day_on_which_something_is_said_or_done_during_a_stay_does_not_begin_it(text: str, expected: list[str]) -> None:
    assert [row for row in told(text) if row.startswith("visit")] == expected


FORMER = [
    "Peru and Kenya on Monday resumed talks after the deadlocked talks in July.",
    "Peru and Kenya resumed talks on Monday following the stalled negotiations of last month.",
]


@pytest.mark.parametrize("text", FORMER)
def test_a_month_told_after_former_talks_is_of_those(text: str) -> None:
    assert "talks occurred 2025-09-08 2025-09-08" in told(text)


STILL_TO_COME = [
    (
        "Peruvian President Luis Vargas arrived in Nairobi on Tuesday for talks with Kenyan President Amos Kiptoo on Monday.",
        ["visit occurred 2025-09-09 2025-09-09", "meeting planned 2025-09-15 2025-09-15"],
    ),
    (
        "Peruvian President Luis Vargas arrived in Nairobi on Sunday for talks with Kenyan President Amos Kiptoo on Monday.",
        ["visit occurred 2025-09-07 2025-09-07", "meeting occurred 2025-09-08 2025-09-08"],
    ),
    (
        "Peruvian President Luis Vargas came to Nairobi on Tuesday for talks with Kenyan President Amos Kiptoo on 12 September.",
        ["visit occurred 2025-09-09 2025-09-09", "meeting planned 2025-09-12 2025-09-12"],
    ),
    (
        "Peruvian President Luis Vargas praised Kenyan President Amos Kiptoo on Sunday"
        " and said he looked forward to meeting President Amos Kiptoo.",
        ["support occurred 2025-09-07 2025-09-07", "meeting planned None None"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), STILL_TO_COME)
def test_what_a_guest_comes_for_is_not_before_he_comes(text: str, expected: list[str]) -> None:
    assert told(text) == expected


def test_how_long_after_something_is_no_length_of_a_stay() -> None:
    text = "Peruvian President Luis Vargas visited Kenya five weeks after the election."
    assert told(text) == ["visit occurred 2025-09-10 2025-09-10"]


def test_what_two_had_done_was_on_a_day_before_those_told() -> None:
    text = (
        "Peru accused Kenya of arming rebels on Monday.\n\nOfficials were at work.\n\nThe river was low.\n\n"
        "Kenya and Peru had signed a pact to end the war."
    )
    assert told(text) == ["criticism occurred 2025-09-08 2025-09-08", "signing occurred None None"]


def test_talks_held_by_a_team_that_somebody_led_are_of_the_day_told_of_them() -> None:
    text = "A Peruvian delegation led by Foreign Minister Luis Vargas held a new round of talks with Kenya on Monday, state media reported."
    assert told(text) == ["talks occurred 2025-09-08 2025-09-08"]


def test_what_is_praised_now_has_its_own_day_long_past() -> None:
    (one,) = extract("Kenya highly appreciates the support of Peru at the summit in 2011, Kenya's envoy noted.", WEDNESDAY).engagements
    assert (one.engagement_type, one.start_date) == ("support", WEDNESDAY)


def test_the_day_of_an_aside_is_not_that_of_the_sentence() -> None:
    text = "Peruvian President Luis Vargas, who met Kenyan President Amos Kiptoo on Saturday, welcomed Kenya's offer."
    assert told(text) == ["meeting occurred 2025-09-06 2025-09-06", "support occurred 2025-09-10 2025-09-10"]


def test_whom_somebody_last_met_he_met_before_the_story() -> None:
    text = "Peruvian President Luis Vargas last met Kenyan President Amos Kiptoo in Nairobi."
    assert told(text) == ["meeting occurred None None"]


SINCE_AND_BESIDE = [
    (
        "Peruvian President Luis Vargas, on a four-day trip to Kenya that began on Monday, said ties were strong.",
        ["visit ongoing 2025-09-08 2025-09-11"],
    ),
    ("Kenya and Peru have been in talks since June.", ["talks ongoing 2025-06-01 2025-09-10"]),
    ("Talks between Kenya and Peru, under way since June, will resume in Lima next month.", ["talks planned 2025-10-01 2025-10-31"]),
    (
        "Kenyan Prime Minister Amos Kiptoo flew to Peru for a week-long visit last month and signed a pact with President Luis Vargas.",
        ["visit occurred 2025-08-01 2025-08-31", "signing occurred 2025-08-01 2025-08-31"],
    ),
    (
        "Peruvian President Luis Vargas has accepted an invitation to be the guest of honour at a fair in Nairobi this December.",
        ["visit planned 2025-12-01 2025-12-31"],
    ),
    (
        "Kenya and Peru signed a trade pact on Monday.\n\nGrowers cheered.\n\nPeru has undertaken to remove its tariffs on Kenyan tea.",
        ["signing occurred 2025-09-08 2025-09-08", "commitment occurred 2025-09-08 2025-09-08"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SINCE_AND_BESIDE)
def test_a_day_told_beside_or_since_is_taken(text: str, expected: list[str]) -> None:
    assert told(text) == expected
