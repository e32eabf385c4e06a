"""Time expressions: what news writes, and the value, interval and precision it means."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.times import find_times
from pipelines.extraction.model import Actor, Layout, Sentence, TimeExpression, Token

TUESDAY = date(2025, 9, 9)
NOWHERE = Layout((), ())


def read(text: str, published: date | None = TUESDAY, codes: tuple[str, ...] = ()) -> list[TimeExpression]:
    actors = tuple(Actor(0, 1, text[:1], "name", (code,)) for code in codes)
    return list(find_times(text, NOWHERE, (), actors, published))


def only(text: str, **keywords) -> TimeExpression:
    found = read(text, **keywords)
    assert len(found) == 1, [x.text for x in found]
    return found[0]


def interval(found: TimeExpression) -> tuple[str, str]:
    assert found.start_date, found
    assert found.end_date, found
    return found.start_date.isoformat(), found.end_date.isoformat()


# ------------------------------------------------------------------------------------------------ days


@pytest.mark.parametrize(
    ("sentence", "words", "day"),
    [
        ("The envoys met on Monday in Lima.", "Monday", "2025-09-08"),
        ("The envoys met on Wednesday in Lima.", "Wednesday", "2025-09-03"),
        ("The envoys will meet on Wednesday in Lima.", "Wednesday", "2025-09-10"),
        ("The envoys are to meet on Monday in Lima.", "Monday", "2025-09-15"),
        ("The envoys on Tuesday signed a pact.", "Tuesday", "2025-09-09"),
        ("The envoy, who arrived on Sunday and is due to leave on Thursday, said little.", "Sunday", "2025-09-07"),
        ("The envoy, who arrived on Sunday and is due to leave on Thursday, said little.", "Thursday", "2025-09-11"),
        ("The port will reopen on Friday, the ministry said on Monday.", "Friday", "2025-09-12"),
        ("The port will reopen on Friday, the ministry said on Monday.", "Monday", "2025-09-08"),
        ("The premier arrives on Saturday.", "Saturday", "2025-09-13"),
        ("The minister on Monday vowed to help.", "Monday", "2025-09-08"),
        ("The minister vowed on Monday to help.", "Monday", "2025-09-08"),
        ("The minister proposed talks on Monday.", "Monday", "2025-09-15"),
        ("The minister will be asked on Monday.", "Monday", "2025-09-15"),
        ("The minister had been asked on Monday.", "Monday", "2025-09-08"),
        ("Lawyers sought ways to get around Friday's ruling.", "Friday", "2025-09-05"),
        ("She spoke ahead of Friday's summit.", "Friday", "2025-09-12"),
        ("They have until Thursday to answer.", "Thursday", "2025-09-11"),
        ("The vote was held last Friday.", "last Friday", "2025-09-05"),
        ("The vote was held last Tuesday.", "last Tuesday", "2025-09-02"),
        ("The vote will be held next Monday.", "next Monday", "2025-09-15"),
        ("He left on Friday last week.", "Friday last week", "2025-09-05"),
        ("The pact was signed this Monday (25).", "this Monday (25)", "2025-08-25"),
        ("Earlier today they spoke.", "Earlier today", "2025-09-09"),
        ("They spoke yesterday.", "yesterday", "2025-09-08"),
        ("They leave tomorrow.", "tomorrow", "2025-09-10"),
        ("They met the day before yesterday.", "the day before yesterday", "2025-09-07"),
        ("He returned home on Aug. 28 after talks.", "Aug. 28", "2025-08-28"),
        ("He returned home on Nov. 16 after talks.", "Nov. 16", "2025-11-16"),
        ("He was elected on 3 December.", "3 December", "2024-12-03"),
        ("It enters into force on January 15.", "January 15", "2026-01-15"),
        ("It was dated 18th September 2024.", "18th September 2024", "2024-09-18"),
        ("It was dated September 18, 2024.", "September 18, 2024", "2024-09-18"),
        ("It was dated the 27th of August.", "the 27th of August", "2025-08-27"),
        ("It was filed on 2025-03-04.", "2025-03-04", "2025-03-04"),
        ("It was filed on 15/03/2025.", "15/03/2025", "2025-03-15"),
        ("It was filed on 03/15/2025.", "03/15/2025", "2025-03-15"),
        ("It was filed on 4.3.2025.", "4.3.2025", "2025-03-04"),
        ("He was shot last Oct. 23 at home.", "last Oct. 23", "2024-10-23"),
        ("Shops closed on Christmas Eve.", "Christmas Eve", "2024-12-24"),
        ("Shops will close on Christmas Day.", "Christmas Day", "2025-12-25"),
        ("They met ten days ago.", "ten days ago", "2025-08-30"),
    ],
)
def test_a_day(sentence, words, day):
    found = {x.text: x for x in read(sentence)}
    assert words in found, found
    assert interval(found[words]) == (day, day)
    assert found[words].timex_value == day
    assert found[words].precision == "day"


@pytest.mark.parametrize(
    ("sentence", "value", "day"),
    [
        ("They dined yesterday evening.", "2025-09-08TEV", "2025-09-08"),
        ("They signed this morning.", "2025-09-09TMO", "2025-09-09"),
        ("Planes struck last night.", "2025-09-08TNI", "2025-09-08"),
        ("Planes struck in the early hours of Monday.", "2025-09-08TMO", "2025-09-08"),
        ("They left on Sunday night.", "2025-09-07TNI", "2025-09-07"),
        ("It opened at 10 a.m. on Monday.", "2025-09-08T10:00", "2025-09-08"),
        ("It opened at 2:05 p.m. on Monday.", "2025-09-08T14:05", "2025-09-08"),
        ("The gates shut at midnight on Sept 6.", "2025-09-06T24:00", "2025-09-06"),
        ("Posted: 19 SEP 2025 5:24PM by the press office", "2025-09-19T17:24", "2025-09-19"),
        ("Doors opened at noon Saturday.", "2025-09-06T12:00", "2025-09-06"),
    ],
)
def test_a_time_of_day(sentence, value, day):
    found = only(sentence)
    assert (found.timex_type, found.timex_value) == ("TIME", value)
    assert interval(found) == (day, day)


@pytest.mark.parametrize(
    ("sentence", "words", "first", "last"),
    [
        ("The visit lasts from 14 to 16 November.", "from 14 to 16 November", "2025-11-14", "2025-11-16"),
        ("He will stay on November 27 and 28.", "November 27 and 28", "2025-11-27", "2025-11-28"),
        ("He stayed on the 27th and 28th of August.", "the 27th and 28th of August", "2025-08-27", "2025-08-28"),
        ("Drones flew on the night of September 3–4.", "the night of September 3–4", "2025-09-03", "2025-09-04"),
        ("They met between 3 and 7 March 2025.", "between 3 and 7 March 2025", "2025-03-03", "2025-03-07"),
        ("The fair ran from August 30 to September 2.", "from August 30 to September 2", "2025-08-30", "2025-09-02"),
        (
            "The fair ran from December 30, 2024 to January 2, 2025.",
            "from December 30, 2024 to January 2, 2025",
            "2024-12-30",
            "2025-01-02",
        ),
        ("They sat from Monday to Wednesday.", "from Monday to Wednesday", "2025-09-08", "2025-09-10"),
    ],
)
def test_a_range_of_days(sentence, words, first, last):
    found = only(sentence)
    assert found.text == words
    assert interval(found) == (first, last)
    assert found.timex_value == f"{first}/{last}"
    assert found.precision == "day"


def test_what_is_left_of_a_pair_is_read_on():
    found = read("They met on May 5 and 6-7 June.")
    assert [(x.text, x.timex_value) for x in found] == [("May 5", "2025-05-05"), ("6-7 June", "2025-06-06/2025-06-07")]


def test_two_days_apart_are_two_expressions():
    found = read("They met on April 3 and 28, on Monday and Friday.")
    assert [x.text for x in found] == ["April 3", "Monday", "Friday"]


# ------------------------------------------------------------------------------------------------ months, weeks, years


@pytest.mark.parametrize(
    ("sentence", "value", "first", "last", "precision"),
    [
        ("The May summit failed.", "2025-05", "2025-05-01", "2025-05-31", "month"),
        ("In April they agreed.", "2025-04", "2025-04-01", "2025-04-30", "month"),
        ("In November they agreed.", "2024-11", "2024-11-01", "2024-11-30", "month"),
        ("In November they will agree.", "2025-11", "2025-11-01", "2025-11-30", "month"),
        ("Flights are expected to begin in June.", "2026-06", "2026-06-01", "2026-06-30", "month"),
        ("He came last August.", "2025-08", "2025-08-01", "2025-08-31", "month"),
        ("He came in August last year.", "2024-08", "2024-08-01", "2024-08-31", "month"),
        ("The summit is next November.", "2025-11", "2025-11-01", "2025-11-30", "month"),
        ("The visit in November this year is certain.", "2025-11", "2025-11-01", "2025-11-30", "month"),
        ("It begins in mid-October.", "2025-10", "2025-10-01", "2025-10-31", "month"),
        ("It began in late March 2024.", "2024-03", "2024-03-01", "2024-03-31", "month"),
        ("She may come later this month.", "2025-09", "2025-09-01", "2025-09-30", "month"),
        ("They met last month.", "2025-08", "2025-08-01", "2025-08-31", "month"),
        ("They met three months ago.", "2025-06", "2025-06-01", "2025-06-30", "month"),
        ("They met last week.", "2025-W36", "2025-09-01", "2025-09-07", "week"),
        ("They will meet early next week.", "2025-W38", "2025-09-15", "2025-09-21", "week"),
        ("He will not travel this weekend.", "2025-W37-WE", "2025-09-13", "2025-09-14", "day"),
        ("They talked over the weekend.", "2025-W36-WE", "2025-09-06", "2025-09-07", "day"),
        ("Trade fell in 2014.", "2014", "2014-01-01", "2014-12-31", "year"),
        ("The goal is $9 billion by 2030.", "2030", "2030-01-01", "2030-12-31", "year"),
        ("It fell last year.", "2024", "2024-01-01", "2024-12-31", "year"),
        ("It is due by the end of the year.", "2025", "2025-01-01", "2025-12-31", "year"),
        ("It will open before the end of the year.", "2025", "2025-09-09", "2025-12-31", "year"),
        ("It was agreed five years ago.", "2020", "2020-01-01", "2020-12-31", "year"),
        ("A plan for 2026–2030 was adopted.", "2026/2030", "2026-01-01", "2030-12-31", "year"),
        ("It rose in the 1990s.", "199", "1990-01-01", "1999-12-31", "decade"),
        ("It rose in the early '80s.", "198", "1980-01-01", "1989-12-31", "decade"),
        ("It has grown since April 2000.", "2000-04", "2000-04-01", "2025-09-09", "month"),
        ("It has grown 15% since the beginning of the year.", "2025", "2025-01-01", "2025-09-09", "year"),
        ("It has grown 15% so far this year.", "2025", "2025-01-01", "2025-09-09", "year"),
        ("They will meet in the second week of October.", "2025-10-08/2025-10-14", "2025-10-08", "2025-10-14", "week"),
        ("It ended in the summer of 2024.", "2024-SU", "2024-06-01", "2024-08-31", "quarter"),
    ],
)
def test_a_period(sentence, value, first, last, precision):
    found = only(sentence)
    assert (found.timex_type, found.timex_value, found.precision) == ("DATE", value, precision)
    assert interval(found) == (first, last)


@pytest.mark.parametrize(
    ("sentence", "value", "first", "last", "precision"),
    [
        ("Exports rose in the third quarter.", "2025-Q3", "2025-07-01", "2025-09-30", "quarter"),
        ("Exports rose in the fourth quarter.", "2024-Q4", "2024-10-01", "2024-12-31", "quarter"),
        ("They will meet in the first quarter of 2026.", "2026-Q1", "2026-01-01", "2026-03-31", "quarter"),
        ("Exports rose in Q3 2024.", "2024-Q3", "2024-07-01", "2024-09-30", "quarter"),
        ("Exports rose in last year's second quarter.", "2024-Q2", "2024-04-01", "2024-06-30", "quarter"),
        ("Exports rose in H1 2024.", "2024-H1", "2024-01-01", "2024-06-30", "half_year"),
        ("Work begins in the second half of 2026.", "2026-H2", "2026-07-01", "2026-12-31", "half_year"),
        ("Exports rose in 1H25.", "2025-H1", "2025-01-01", "2025-06-30", "half_year"),
        ("Exports rose in January–July.", "2025-01/2025-07", "2025-01-01", "2025-07-31", "month"),
        ("Exports rose from January to October 2024.", "2024-01/2024-10", "2024-01-01", "2024-10-31", "month"),
        ("Exports rose between April 2024 and March 2025.", "2024-04/2025-03", "2024-04-01", "2025-03-31", "month"),
        ("Exports rose in July–March.", "2024-07/2025-03", "2024-07-01", "2025-03-31", "month"),
        ("Exports rose in the first seven months of this year.", "P7M", "2025-01-01", "2025-07-31", "month"),
        ("Exports rose in the first eleven months.", "P11M", "2024-01-01", "2024-11-30", "month"),
        ("Exports rose in the last three months of 2024.", "P3M", "2024-10-01", "2024-12-31", "month"),
        ("Trade was $5 billion in the year to March 2025.", "P1Y", "2024-04-01", "2025-03-31", "year"),
        ("Trade was $5 billion in the 12 months ended June 30.", "P12M", "2024-07-01", "2025-06-30", "year"),
        ("Exports rose in the first ten days of September.", "P10D", "2025-09-01", "2025-09-10", "day"),
        ("They have fought over the past three years.", "P3Y", "2022-09-09", "2025-09-09", "year"),
        ("Troops are to leave within 90 days.", "P90D", "2025-09-09", "2025-12-08", "day"),
    ],
)
def test_a_stretch(sentence, value, first, last, precision):
    found = only(sentence)
    assert (found.timex_value, found.precision) == (value, precision)
    assert interval(found) == (first, last)


# ------------------------------------------------------------------------------------------------ fiscal years


@pytest.mark.parametrize(
    ("codes", "words", "first", "last"),
    [
        (("PAK",), "FY25", "2024-07-01", "2025-06-30"),
        (("BGD", "CHN", "CHN"), "FY2022-23", "2022-07-01", "2023-06-30"),
        (("IND",), "FY2024-25", "2024-04-01", "2025-03-31"),
        (("IND", "USA", "USA"), "2024-25", "2024-04-01", "2025-03-31"),
        (("GBR",), "the 2023/24 financial year", "2023-04-01", "2024-03-31"),
        (("USA",), "fiscal 2025", "2024-10-01", "2025-09-30"),
        (("JPN",), "fiscal 2024", "2024-04-01", "2025-03-31"),
        (("AUS",), "the current financial year", "2025-07-01", "2026-06-30"),
        (("PAK",), "the last fiscal year", "2024-07-01", "2025-06-30"),
        (("PAK",), "9MFY25", "2024-07-01", "2025-03-31"),
        (("PAK",), "the first nine months of FY25", "2024-07-01", "2025-03-31"),
        (("IND",), "Q1FY26", "2025-04-01", "2025-06-30"),
        (("PAK",), "July–March FY24", "2023-07-01", "2024-03-31"),
        (("IND",), "April-August this fiscal", "2025-04-01", "2025-08-31"),
        (("IND",), "the previous fiscal", "2024-04-01", "2025-03-31"),
        (("IND",), "the fiscal year (FY) 2024-25", "2024-04-01", "2025-03-31"),
        (("VNM",), "FY2024", "2024-01-01", "2024-12-31"),
        (("KEN", "AU"), "FY2024-25", "2024-07-01", "2025-06-30"),  # a body beside a country has no fiscal year of its own
    ],
)
def test_a_fiscal_year_is_its_countrys(codes, words, first, last):
    found = only(f"Exports stood at $9bn in {words}.", codes=codes)
    assert interval(found) == (first, last)


def test_the_following_fiscal_year_follows_the_one_spoken_of():
    found = read("Trade was $628 million in FY2021-22 and $710 million in the following fiscal year.", codes=("BGD",))
    assert interval(found[1]) == ("2022-07-01", "2023-06-30")


def test_a_fiscal_year_by_two_years_of_no_country_stays_open():
    found = only("Exports stood at $9bn in FY2022-23.")
    assert (found.timex_value, found.start_date, found.method) == ("FY2023", None, "unresolved")


# ------------------------------------------------------------------------------------------------ anchors


@pytest.mark.parametrize(
    ("text", "words", "first", "last"),
    [
        ("They signed on May 5. A day later they left.", "A day later", "2025-05-06", "2025-05-06"),
        ("They signed on May 5. The previous day they ate.", "The previous day", "2025-05-04", "2025-05-04"),
        ("They signed on May 5, and that day they left.", "that day", "2025-05-05", "2025-05-05"),
        (
            "The border shut on Sept 2, for a drill that ends today. Two nights earlier a drone fell.",
            "Two nights earlier",
            "2025-08-31",
            "2025-08-31",
        ),
        ("They signed on May 5. A week earlier they spoke.", "A week earlier", "2025-04-28", "2025-05-04"),
        ("It began in 2019. The following year it ended.", "The following year", "2020-01-01", "2020-12-31"),
        ("Exports rose in January to July. They were $6m in the seven months.", "the seven months", "2025-01-01", "2025-07-31"),
        ("Exports rose in July–March from the same period last year.", "the same period last year", "2023-07-01", "2024-03-31"),
        ("Exports rose in July–March from $1m in the same months a year ago.", "the same months a year ago", "2023-07-01", "2024-03-31"),
        ("Exports rose in the first half of 2025 from $1m a year earlier.", "a year earlier", "2024-01-01", "2024-06-30"),
        ("Exports rose in August from a year earlier.", "a year earlier", "2024-08-01", "2024-08-31"),
        ("Exports rose in the third quarter. They had been $1m in the year-ago period.", "the year-ago period", "2024-07-01", "2024-09-30"),
        (
            "Trade grew in the year to March 2025, up on the previous twelve months.",
            "the previous twelve months",
            "2023-04-01",
            "2024-03-31",
        ),
        ("Exports rose in the second quarter from $1m a year ago. In the period imports fell.", "the period", "2025-04-01", "2025-06-30"),
    ],
)
def test_what_leans_on_an_earlier_expression(text, words, first, last):
    found = {x.text: x for x in read(text)}
    assert words in found, found
    assert interval(found[words]) == (first, last)


def test_since_a_day_when_something_happened_is_that_day():
    assert interval(read("There was no contact since Aug. 9, when talks failed.")[0]) == ("2025-08-09", "2025-08-09")
    assert interval(read("There was no contact since Aug. 9.")[0]) == ("2025-08-09", "2025-09-09")


# ------------------------------------------------------------------------------------------------ durations, sets, vague times


@pytest.mark.parametrize(
    ("sentence", "timex_type", "value"),
    [
        ("He came for a two-day visit.", "DURATION", "P2D"),
        ("It took twenty-four months.", "DURATION", "P24M"),
        ("It took 2 1/2 years.", "DURATION", "P2Y6M"),
        ("It took half an hour.", "DURATION", "PT30M"),
        ("It took several weeks.", "DURATION", "PXW"),
        ("It took three decades.", "DURATION", "P30Y"),
        ("They will act in the coming weeks.", "DURATION", "PXW"),
        ("They meet every Thursday.", "SET", "XXXX-WXX-4"),
        ("They meet each year.", "SET", "P1Y"),
        ("Prices are set daily.", "SET", "P1D"),
        ("It is closed now.", "DATE", "PRESENT_REF"),
        ("It closed recently.", "DATE", "PAST_REF"),
        ("They spoke of the future.", "DATE", "FUTURE_REF"),
        ("They fasted during Ramadan.", "DATE", "XXXX-XX-XX"),
    ],
)
def test_what_no_calendar_holds(sentence, timex_type, value):
    found = only(sentence)
    assert (found.timex_type, found.timex_value) == (timex_type, value)
    assert found.start_date is found.end_date is None
    assert found.precision == "unknown"


# ------------------------------------------------------------------------------------------------ what is no time


@pytest.mark.parametrize(
    "sentence",
    [
        "Talks may resume.",
        "TALKS MAY RESUME",
        "Troops march on the capital.",
        "Theresa May spoke.",
        "The March on Rome is a film.",
        "The sun shone for a second time.",
        "It hired 2014 workers and sold 2000 tonnes for $2015.",
        "Resolution 1701 and Agenda 2030 were cited.",
        "The plate read KX-2019 and the code 12.2015.",
        "The envoy sat beside Jan Kubis.",
        "A 45-year-old man was 12 years old.",
        "At the same time, it rained.",
        "The first half of the match was dull.",
    ],
)
def test_what_is_no_time(sentence):
    assert [x.text for x in read(sentence)] == []


def test_a_persons_name_is_no_month():
    text = "April Ramadan Shah spoke in April."
    person = Actor(0, 18, text[:18], "person", ("PAK",))
    assert [x.start for x in find_times(text, NOWHERE, (), (person,), TUESDAY)] == [text.index("April", 5)]


def test_may_at_the_head_of_a_sentence_is_the_month_where_it_is_a_noun():
    text = "May exports rose."
    layout = Layout((Sentence(0, len(text), text, 0, "body"),), ())
    as_month = (Token(0, 3, "May", "may", "may", "PROPN"), Token(4, 11, "exports", "exports", "export", "NOUN"))
    as_modal = (Token(0, 3, "May", "may", "may", "AUX"), Token(4, 11, "exports", "exports", "export", "NOUN"))
    assert [x.timex_value for x in find_times(text, layout, (as_month,), (), TUESDAY)] == ["2025-05"]
    assert find_times(text, layout, (as_modal,), (), TUESDAY) == ()


def test_what_stands_outside_every_sentence_is_not_read():
    text = " date 2025-09-09 They met on Monday."
    layout = Layout((Sentence(17, len(text), text[17:], 0, "body"),), ())
    assert [x.text for x in find_times(text, layout, (), (), TUESDAY)] == ["Monday"]


# ------------------------------------------------------------------------------------------------ without a date, and any text


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("on Monday", "XXXX-WXX-1"),
        ("in April", "XXXX-04"),
        ("on April 27", "XXXX-04-27"),
        ("yesterday", "XXXX-XX-XX"),
        ("last year", "XXXX"),
        ("last week", "XXXX-WXX"),
        ("in the third quarter", "XXXX-Q3"),
        ("from January to July", "XXXX-01/XXXX-07"),
    ],
)
def test_without_publication_relative_words_keep_what_they_say(words, value):
    found = only(f"They met {words}.", published=None)
    assert (found.timex_value, found.start_date, found.end_date) == (value, None, None)


def test_without_publication_dates_with_a_year_are_resolved():
    assert interval(only("They met on 3 May 2024.", published=None)) == ("2024-05-03", "2024-05-03")


PIECES = (
    "this summer", "last winter", "the weekend", "next week", "FY2023-24", "July to March", "ended June 30", "the period", "Thanksgiving",
    "on Monday", "May", "may", "March 5", "14 to 16", "between", "and", "2025", "2024-25", "FY25", "the", "first",
    "nine months", "of", "last", "year", "Q3", "a year earlier", "since", "before the end of the year", "29 February",
    "31 April", "1999", "9999", "0001-01-01", "31/12/9998", "next century", "20000 years ago", "99 centuries later",
    "the 1990s", "'80s", "10:30", "25 p.m.", "–", "\n\n", "—", "\u00a0", "İ", "९", "second",
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=14).map(" ".join),
    st.one_of(st.none(), st.dates()),
)
def test_any_text_is_legal_and_every_span_points_at_its_words(text, published):
    found = find_times(text, NOWHERE, (), (), published)
    assert all(text[x.start : x.end] == x.text and x.text for x in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all((x.start_date is None) == (x.end_date is None) for x in found)
    assert all(x.start_date <= x.end_date for x in found if x.start_date and x.end_date)
    assert all(x.timex_type in ("DATE", "TIME", "DURATION", "SET") and x.timex_value for x in found)


@settings(max_examples=60, deadline=None)
@given(st.dates(date(1950, 1, 1), date(2090, 12, 31)))
def test_weekdays_stay_within_a_week_of_publication_on_the_side_the_tense_says(published):
    past, future = read("They met on Thursday. They will meet on Thursday.", published=published)
    assert past.start_date
    assert future.start_date
    assert past.start_date.weekday() == future.start_date.weekday() == 3
    assert timedelta(0) <= published - past.start_date < timedelta(7)
    assert timedelta(0) <= future.start_date - published < timedelta(7)


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("President Sorel visits Lima on Sunday.", "2025-09-14"),
        ("Her envoy meets the Peruvian minister on Thursday.", "2025-09-11"),
        ("The two premiers meet Friday.", "2025-09-12"),
        ("The delegation flies home on Saturday.", "2025-09-13"),
        ("The ministers did not meet on Sunday.", "2025-09-07"),
        ("The envoy could not be reached on Sunday.", "2025-09-07"),
        ("Neither the envoy nor his aide could be found on Sunday.", "2025-09-07"),
        ("A crowd stood next to the embassy on Sunday.", "2025-09-07"),
        ("The summit will be held on Sunday.", "2025-09-14"),
    ],
)
def test_a_weekday_looks_where_the_verb_beside_it_looks(sentence, value):
    assert only(sentence).timex_value == value
