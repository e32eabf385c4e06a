"""One happening, instrument and figure across documents; the same outcome in any order of arrival."""

import itertools
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.resolution.clusters import clusters
from tests.resolution.conftest import Told, contents, resolve, retract

AKHMETOV = ("Bolat Akhmetov", "foreign_minister", "KAZ")
AKHMETOV_TOO = ("Bulat Akhmetov", "foreign_minister", "KAZ")
RAZA = ("Nadia Raza", "foreign_minister", "PAK")
MALIK = ("Omar Malik", "head_of_government", "PAK")
PAIR = ["KAZ", "PAK"]


def day(text: str) -> tuple[date, date]:
    return (date.fromisoformat(text), date.fromisoformat(text))


def meeting(*people: tuple, **more: Any) -> dict[str, Any]:
    return {"type": "meeting", "parties": PAIR, "people": [name for name, *_ in people], "dates": day("2025-05-06")} | more


def told(name: str, published: str, *people: tuple, **rows: Any) -> Told:
    return Told(name, date.fromisoformat(published), people=list(people), **rows)


@pytest.mark.parametrize(
    ("first", "second", "happenings"),
    [
        pytest.param(meeting(AKHMETOV, RAZA), meeting(AKHMETOV_TOO, RAZA), 1, id="the same two, spelled otherwise"),
        pytest.param(meeting(AKHMETOV, RAZA), meeting(AKHMETOV, MALIK), 2, id="the same day with someone else"),
        pytest.param(meeting(AKHMETOV, RAZA), meeting(), 1, id="one outlet names nobody"),
        pytest.param(meeting(AKHMETOV, RAZA), meeting(AKHMETOV, RAZA, dates=day("2025-05-20")), 2, id="the same two, two weeks on"),
        pytest.param(meeting(AKHMETOV, RAZA), meeting(AKHMETOV, RAZA, dates=day("2025-05-07")), 1, id="two outlets, two dates"),
        pytest.param(meeting(), meeting(dates=day("2025-05-07")), 2, id="nobody named, two dates"),
        pytest.param(meeting(), meeting(dates=day("2025-05-07"), method="publication"), 1, id="a date that is only the day it was printed"),
        pytest.param(meeting(country="KAZ"), meeting(country="PAK"), 2, id="two capitals"),
        pytest.param(meeting(), meeting(parties=["KAZ", "UZB"]), 2, id="another partner"),
        pytest.param(meeting(), meeting(type="call"), 2, id="a meeting is no call"),
        pytest.param(
            meeting(AKHMETOV, RAZA, dates=(date(2025, 5, 1), date(2025, 5, 31)), precision="month", status="planned"),
            meeting(AKHMETOV, RAZA),
            1,
            id="announced for the month, held on the day",
        ),
        pytest.param(
            meeting(type="commitment", words="pledged to open a grain corridor"),
            meeting(type="commitment", words="agreed to open the corridor for grain"),
            1,
            id="one promise in two wordings",
        ),
        pytest.param(
            meeting(type="commitment", words="pledged to open a grain corridor"),
            meeting(type="commitment", words="agreed to ease visas for students"),
            2,
            id="two promises of one day",
        ),
    ],
)
def test_mentions_become_happenings(warehouse, first: dict, second: dict, happenings: int) -> None:
    con = warehouse(
        told("a", "2025-05-06", AKHMETOV, RAZA, MALIK, engagements=[first]),
        told("b", "2025-05-07", AKHMETOV, AKHMETOV_TOO, RAZA, MALIK, engagements=[second]),
    )
    assert con.execute("select count(*) from fct_engagements").fetchall() == [(happenings,)]


def test_what_one_document_tells_apart_stays_apart(warehouse) -> None:
    twice = [meeting(), meeting()]
    con = warehouse(told("a", "2025-05-06", engagements=twice), told("b", "2025-05-06", engagements=twice))
    assert con.execute("select document_count from fct_engagements").fetchall() == [(2,), (2,)]


def test_a_visit_is_followed_from_announcement_to_aftermath(warehouse) -> None:
    visit = {"type": "visit", "parties": PAIR, "people": ["Bolat Akhmetov"]}
    con = warehouse(
        told("announced", "2025-05-02", AKHMETOV, engagements=[visit | {"status": "planned"}], publisher="Herald"),
        told(
            "dated",
            "2025-05-20",
            AKHMETOV,
            engagements=[visit | {"status": "planned", "dates": (date(2025, 6, 1), date(2025, 6, 30)), "precision": "month"}],
            publisher="Herald",
        ),
        told(
            "held",
            "2025-06-12",
            AKHMETOV,
            engagements=[
                visit | {"status": "ongoing", "dates": (date(2025, 6, 12), date(2025, 6, 13)), "place": "Lahore", "country": "PAK"}
            ],
            publisher="Courier",
        ),
        told("after", "2025-06-15", AKHMETOV, engagements=[visit | {"dates": (date(2025, 6, 12), date(2025, 6, 13))}], publisher="Courier"),
    )
    rows = con.execute(
        "select status, start_date, end_date, date_precision, place_name, level, document_count, publisher_count, has_conflict "
        "from fct_engagements"
    ).fetchall()
    assert rows == [("occurred", date(2025, 6, 12), date(2025, 6, 13), "day", "Lahore", "foreign_minister", 4, 2, False)]
    history = con.execute("select observed_on, status from fct_engagement_status order by observed_on").fetchall()
    assert [status for _, status in history] == ["planned", "planned", "ongoing", "occurred"]


def test_outlets_that_differ_on_the_day_are_both_kept_and_marked(warehouse) -> None:
    con = warehouse(
        told("a", "2025-05-06", AKHMETOV, RAZA, engagements=[meeting(AKHMETOV, RAZA)]),
        told("b", "2025-05-07", AKHMETOV, RAZA, engagements=[meeting(AKHMETOV, RAZA, dates=day("2025-05-07"))]),
    )
    assert con.execute("select has_conflict from fct_engagements").fetchall() == [(True,)]
    assert con.execute("select count(distinct start_date) from fct_engagement_mentions").fetchall() == [(2,)]


def test_a_copy_counts_as_one_document_but_two_publishers(warehouse) -> None:
    con = warehouse(
        Told("a", date(2025, 5, 6), engagements=[meeting()], publisher="Herald"),
        Told("b", date(2025, 5, 6), engagements=[meeting()], publisher="Courier", duplicate_of="a"),
    )
    assert con.execute("select document_count, publisher_count from fct_engagements").fetchall() == [(1, 2)]


@pytest.mark.parametrize(
    ("first", "second", "instruments"),
    [
        pytest.param(
            ("agreement", "agreed", "transit trade accord"), ("agreement", "signed", "Transit Trade Agreement"), 1, id="same title"
        ),
        pytest.param(
            ("agreement", "agreed", "transit trade accord"), ("agreement", "signed", "extradition agreement"), 2, id="other title"
        ),
        pytest.param(("memorandum", "signed", "memorandum"), ("memorandum", "signed", "memorandum of understanding"), 2, id="kind only"),
        pytest.param(("agreement", "signed", "visa waiver pact"), ("agreement", "signed", "visa waiver agreement"), 2, id="signed twice"),
    ],
)
def test_mentions_become_instruments(warehouse, first: tuple, second: tuple, instruments: int) -> None:
    def row(kind: str, status: str, title: str, on: str) -> dict[str, Any]:
        return {"type": kind, "status": status, "title": title, "parties": PAIR, "dates": day(on)}

    con = warehouse(
        told("a", "2025-04-10", agreements=[row(*first, "2025-04-10")]), told("b", "2025-11-13", agreements=[row(*second, "2025-11-13")])
    )
    assert con.execute("select count(*) from fct_agreements").fetchall() == [(instruments,)]


def test_an_instrument_takes_its_latest_state_and_ceremony(warehouse) -> None:
    agreed = {"type": "agreement", "status": "agreed", "title": "transit trade accord", "parties": PAIR, "dates": day("2025-04-10")}
    signing = {"type": "signing", "parties": PAIR, "dates": day("2025-11-13")}
    signed = {"type": "agreement", "title": "Transit Trade Agreement", "parties": PAIR, "dates": day("2025-11-13"), "ceremony": 0}
    con = warehouse(told("a", "2025-04-10", agreements=[agreed]), told("b", "2025-11-13", engagements=[signing], agreements=[signed]))
    rows = con.execute(
        "select a.status, a.start_date, a.title, e.engagement_type from fct_agreements a join fct_engagements e using (engagement_id)"
    ).fetchall()
    assert rows == [("signed", date(2025, 11, 13), "Transit Trade Agreement", "signing")]


@pytest.mark.parametrize(
    ("first", "second", "figures"),
    [
        pytest.param({"amount": 239e6, "currency": "USD"}, {"amount": 240e6, "currency": "USD", "qualifier": "about"}, 1, id="rounded"),
        pytest.param({"amount": 239e6, "currency": "USD"}, {"amount": 0.2e9, "currency": "USD"}, 1, id="rounded to one digit"),
        pytest.param({"amount": 239e6, "currency": "USD"}, {"amount": 310e6, "currency": "USD"}, 2, id="another figure"),
        pytest.param({"amount": 100e6, "currency": "USD"}, {"amount": 367e6, "currency": "AED"}, 1, id="converted"),
        pytest.param(
            {"amount": 239e6, "currency": "USD", "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)},
            {"amount": 239e6, "currency": "USD", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)},
            2,
            id="another year",
        ),
        pytest.param({"rank": 1, "rank_scope": "Africa"}, {"rank": 1, "rank_scope": "Africa"}, 1, id="a rank repeated"),
        pytest.param({"rank": 1, "rank_scope": "Africa"}, {"rank": 3, "rank_scope": "Africa"}, 2, id="another rank"),
    ],
)
def test_claims_become_figures(warehouse, first: dict, second: dict, figures: int) -> None:
    con = warehouse(told("a", "2025-05-06", claims=[first]), told("b", "2025-05-09", claims=[second]))
    assert con.execute("select count(distinct claim_group_id) from fct_trade_claims").fetchall() == [(figures,)]


STORY = [
    told(
        "a",
        "2025-05-06",
        AKHMETOV,
        RAZA,
        engagements=[meeting(AKHMETOV, RAZA), {"type": "visit", "status": "planned", "parties": PAIR, "people": ["Bolat Akhmetov"]}],
        agreements=[{"type": "agreement", "status": "agreed", "title": "transit accord", "parties": PAIR, "dates": day("2025-05-06")}],
        claims=[{"amount": 239e6, "currency": "USD"}],
    ),
    told("b", "2025-05-07", AKHMETOV_TOO, RAZA, engagements=[meeting(AKHMETOV_TOO, RAZA)], claims=[{"amount": 0.2e9, "currency": "USD"}]),
    told(
        "c",
        "2025-06-13",
        ("Akhmetov", "foreign_minister", "KAZ"),
        engagements=[{"type": "visit", "parties": PAIR, "people": ["Akhmetov"], "dates": day("2025-06-12")}],
        agreements=[{"type": "agreement", "title": "Transit Agreement", "parties": PAIR, "dates": day("2025-06-12")}],
    ),
    told(
        "d",
        "2025-06-20",
        MALIK,
        engagements=[meeting(MALIK, dates=(date(2025, 5, 1), date(2025, 5, 31)), precision="month")],
        claims=[{"amount": 240e6, "currency": "USD", "qualifier": "about"}],
    ),
]


SURE = {"amount": 1e9, "currency": "USD", "speaker_name": RAZA[0], "speaker_name_text": RAZA[0]}


@pytest.mark.parametrize(("office_later", "is_official"), [("trade_minister", True), ("other", False)])
def test_a_figure_weighs_by_the_office_its_speaker_was_last_named_with(warehouse, office_later: str, is_official: bool) -> None:
    said = told("said", "2025-01-10", RAZA, claims=[SURE])
    later = told("later", "2025-06-10", (RAZA[0], office_later, RAZA[2]))
    for order in ((said, later), (later, said)):
        con = warehouse(*order, batches=True)
        assert con.execute("select is_official from main.agg_best_figures").fetchall() == [(is_official,)]
        assert contents(con) == contents(warehouse(said, later))


def test_the_order_of_arrival_makes_no_difference(warehouse) -> None:
    expected = contents(warehouse(*STORY))
    for order in itertools.islice(itertools.permutations(STORY), 0, None, 5):
        assert contents(warehouse(*order, batches=True)) == expected


def test_a_document_taken_back_leaves_what_never_was(warehouse) -> None:
    expected = contents(warehouse(*STORY[:2], STORY[3]))
    con = warehouse(*STORY)
    retract(con, "c")
    resolve(con)
    assert contents(con) == expected


@settings(max_examples=200)
@given(st.data())
def test_clusters_depend_on_the_set_alone(data: st.DataObject) -> None:
    nodes = data.draw(st.lists(st.integers(0, 12), unique=True, min_size=1))
    pair = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).map(lambda x: (min(x), max(x)))
    links = data.draw(st.dictionaries(pair, st.integers(1, 3)))
    listed = [(float(strength), *pair) for pair, strength in links.items()]
    groups = clusters(nodes, listed)
    assert groups == clusters(reversed(nodes), reversed(listed))
    assert sorted(node for group in groups for node in group) == sorted(nodes)
    assert all(any({a, b} <= set(group) for group in groups) for a, b in links)
