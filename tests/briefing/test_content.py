"""The briefing says what the warehouse holds, in the right words, and nothing else."""

from datetime import date, datetime

import duckdb
import pytest

from pipelines.briefing.content import briefing_of, months_before, web_address
from pipelines.briefing.quotes import Quote
from pipelines.briefing.records import Briefing
from tests.made_register import BODIES


@pytest.fixture(scope="module")
def briefing(con: duckdb.DuckDBPyConnection) -> Briefing:
    return briefing_of(con)


def test_new_is_what_the_latest_refresh_that_brought_any_read(briefing: Briefing) -> None:
    # r3 came later and found nothing; r2 never ended; r1 read d0.
    assert briefing.since == datetime(2025, 9, 6, 9, 1)
    assert briefing.edition["new_document_count"] == 3
    assert {story.source.document_id for story in briefing.news} == {"d1", "d2", "d3"}


def test_the_masthead_counts(briefing: Briefing) -> None:
    told = {
        name: briefing.edition[name] for name in ("document_count", "publisher_count", "happening_count", "agreement_count", "claim_count")
    }
    assert told == {"document_count": 4, "publisher_count": 2, "happening_count": 4, "agreement_count": 1, "claim_count": 3}
    assert briefing.as_of == date(2025, 9, 5)


def test_news_has_a_headline_of_codes_and_a_quote_of_the_text(briefing: Briefing) -> None:
    assert [(story.kicker, story.headline, story.when) for story in briefing.news] == [
        ("trade", "Kenya–Norway trade: USD 150 million", "2024"),
        ("trade", "Kenya–Norway trade, target: USD 300 million", "2030"),
        ("meeting", "Kenya and Norway meet", "2 September 2025"),
        ("agreement", "Kenya and Norway sign fisheries pact", "2 September 2025"),
        ("trade", "Kenya–Norway trade: USD 120 million", "2024"),
        ("aid", "Norway gives aid to Kenya", "August 2025"),
        ("visit", "Kenya to visit Norway", "3 October 2025"),
    ]
    visit = briefing.news[-1]
    assert visit.quote == Quote("", "Foreign Minister Amina Otieno will visit Norway on October 3", ", the ministry said.")
    assert (visit.source.publishers, visit.source.published_on) == (("Harbour Post",), date(2025, 9, 1))
    assert visit.source.url == "https://harbour.example/sail"


def test_quotes_stand_in_their_documents(briefing: Briefing) -> None:
    told = [*briefing.news, *(item.story for item in (*briefing.ahead, *briefing.promises, *briefing.moves, *briefing.targets))]
    assert len(told) == 12
    for story in told:
        assert story.quote.before + story.quote.words + story.quote.after in BODIES[story.source.document_id]


def test_what_is_ahead(briefing: Briefing) -> None:
    (visit,) = briefing.ahead
    assert (visit.start, visit.end, visit.is_exact, visit.days_ahead, visit.status) == (
        date(2025, 10, 3), date(2025, 10, 3), True, 28, "planned",
    )  # fmt: skip


def test_promises_and_what_became_of_them(briefing: Briefing) -> None:
    assert {promise.state: promise.story.headline for promise in briefing.promises} == {
        "open": "Kenya to visit Norway",
        "overdue": "Kenya and Norway to hold talks",
    }
    assert {state: count for state, count in briefing.states.items() if count} == {"open": 1, "overdue": 1}
    (late,) = [promise for promise in briefing.promises if promise.state == "overdue"]
    assert (late.days_since_due, late.outcome_quote) == (35, None)


def test_trade_with_its_conflicts_and_targets(briefing: Briefing) -> None:
    (move,) = briefing.moves
    assert (move.figure, move.other_figures, move.story.details) == ("USD 120 million", 1, ("said by Lars Berg",))
    (conflict,) = briefing.conflicts
    assert (conflict.headline, conflict.spread_pct) == ("Kenya–Norway trade", 25.0)
    assert [(figure.figure, figure.share) for figure in conflict.figures] == [("USD 150 million", 1.0), ("USD 120 million", 0.8)]
    (target,) = briefing.targets
    assert (target.due_on, target.reached_pct, target.state) == (date(2030, 12, 31), 40.0, "open")
    (panel,) = briefing.panels
    assert [(point.kind, point.amount, point.is_best) for point in panel.points] == [
        ("actual", 120e6, True), ("actual", 150e6, False), ("target", 300e6, False),
    ]  # fmt: skip


def test_months_count_only_what_took_place(briefing: Briefing) -> None:
    assert (briefing.months[0], briefing.months[-1], len(briefing.months)) == (date(2024, 10, 1), date(2025, 9, 1), 12)
    assert {row.label: row.counts[-2:] for row in briefing.series if any(row.counts)} == {
        "Meetings and talks": (0, 1),
        "Aid and cooperation": (1, 0),
    }


def test_pairs(briefing: Briefing) -> None:
    (pair,) = briefing.pairs
    assert (pair.names, pair.contacts, pair.by_month[-1], pair.trade_usd, pair.open_promises) == ("Kenya–Norway", 1, 1, 120e6, 2)


def test_an_addition_to_an_old_story_says_what_it_was(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("begin")
    try:
        con.execute("insert into main.fct_engagement_status values ('e2', '2025-07-01', 'd0', 'planned', null, null, 'unknown', 'm0')")
        (meeting,) = [story for story in briefing_of(con).news if story.kicker == "meeting"]
        assert "was planned" in meeting.notes
    finally:
        con.execute("rollback")


def test_an_empty_warehouse_has_an_empty_briefing(empty_con: duckdb.DuckDBPyConnection) -> None:
    briefing = briefing_of(empty_con)
    assert (briefing.as_of, briefing.news, briefing.months, briefing.edition["document_count"]) == (None, (), (), 0)
    assert set(briefing.totals.values()) == {0}


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/b?c=d", "https://a.example/b?c=d"),
        (" http://a.example ", "http://a.example"),
        ("javascript:alert(1)", None),
        ("JAVASCRIPT://a.example/%0aalert(1)", None),
        ("data:text/html,x", None),
        ("//a.example", None),
        ("http://[bad", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_linked(url: str | None, kept: str | None) -> None:
    assert web_address(url) == kept


@pytest.mark.parametrize(
    ("first", "count", "begin"),
    [(date(2025, 9, 1), 12, date(2024, 10, 1)), (date(2024, 3, 9), 19, date(2024, 3, 1)), (date(1999, 1, 1), 24, date(2023, 10, 1))],
)
def test_charts_show_a_year_at_least_and_two_at_most(first: date, count: int, begin: date) -> None:
    months = months_before(date(2025, 9, 30), first)
    assert (len(months), months[0], months[-1]) == (count, begin, date(2025, 9, 1))


def test_a_briefing_on_some_parties_tells_of_no_others(con: duckdb.DuckDBPyConnection, briefing: Briefing) -> None:
    norway = briefing_of(con, ["NOR"])
    assert (norway.news, norway.pairs, norway.series, norway.panels) == (briefing.news, briefing.pairs, briefing.series, briefing.panels)
    chad = briefing_of(con, ["TCD"])
    for told in (chad.news, chad.ahead, chad.promises, chad.moves, chad.targets, chad.conflicts, chad.panels, chad.pairs):
        assert told == ()
    assert not any(any(row.counts) for row in chad.series)
    assert (chad.only, set(chad.totals.values())) == (("Chad",), {0})
    with pytest.raises(KeyError, match="kenya"):
        briefing_of(con, ["kenya"])
