"""The period of a figure, the level before and the change between them, under the turns of phrase of news agencies."""

import pytest

from tests.extraction.frames.trading import told


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        (
            "Kenya's trade deficit fell by 4 percent in the first half of 2025 from a year earlier to $5 billion.",
            "2025-01-01",
            "2025-06-30",
        ),
        ("Peru's exports rose 3 percent from the last month to $6 billion.", None, None),
        ("Ghana's gold exports reached $1.2 billion, the highest since March.", None, None),
        ("Oman's exports to India hit $700 million, the most since 2014.", None, None),
        (
            "Chile's trade in the first quarter came to $40 billion, after the country posted record June exports.",
            "2025-01-01",
            "2025-03-31",
        ),
    ],
)
def test_dates_of_comparison_are_no_period(text, start, end):
    assert told(text, "period_start", "period_end") == [(start, end)]


def test_a_change_told_again_with_its_level_is_one_claim():
    text = (
        "Trade between Kenya and Peru more than doubled in the first half of this year, the envoy said. "
        "Trade with Peru more than doubled in the first half of this year, having reached $191.2 million, Kenya's envoy said."
    )
    assert told(text, "amount", "change_pct") == [(191.2e6, 100.0)]


def test_a_clause_that_goes_on_dates_its_own_figure():
    text = (
        "From 1992 to 2014, the yearly trade between Kenya and Peru averaged $1.2 million, and over the past three years this figure has "
        "increased to $9.6 million."
    )
    assert told(text, "amount", "period_start") == [(1.2e6, "1992-01-01"), (9.6e6, "2022-09-15")]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Japan's exports rose 4 percent while imports grew 9 percent, leaving a trade deficit of 300 billion yen.",
            [("exports", 4.0, None), ("imports", 9.0, None), ("balance", None, -3e11)],
        ),
        (
            "Japan's exports rose 4 percent, resulting in a trade surplus of 300 billion yen, which narrowed by 12 percent.",
            [("exports", 4.0, None), ("balance", -12.0, 3e11)],
        ),
        ("Japan's imports fell 3 percent to 300 billion yen on lower purchases of coal.", [("imports", -3.0, 3e11)]),
        ("Japan's trade gap was revised down to 300 billion yen, originally reported as 310 billion yen.", [("balance", None, -3e11)]),
    ],
)
def test_each_change_stays_with_its_flow(text, claims):
    assert told(text, "flow", "change_pct", "amount") == claims


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("Bolivia's exports rose up to $9 billion.", "exact"),
        ("Bolivia's exports were up to $9 billion from $8 billion.", "exact"),
        ("Bolivia's exports may be worth up to $9 billion.", "up_to"),
    ],
)
def test_a_rise_up_to_a_level_bounds_nothing(text, qualifier):
    assert told(text, "qualifier")[0] == (qualifier,)


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Togo's exports to Ghana were $9 million during July-June (2020-21) against $8 million during July-June (2019-20).",
            [(9e6, "2020-07-01", "2021-06-30"), (8e6, "2019-07-01", "2020-06-30")],
        ),
        (
            "Togo's exports to Ghana rose by 31 percent during June 2025 as compared to the exports of $6 million in May 2025.",
            [(None, "2025-06-01", "2025-06-30"), (6e6, "2025-05-01", "2025-05-31")],
        ),
        (
            "Togo's exports to Ghana during June 2025 rose by 31 percent, from $2 million last year to $3 million.",
            [(2e6, "2024-06-01", "2024-06-30"), (3e6, "2025-06-01", "2025-06-30")],
        ),
        (
            "Togo's exports to Ghana crashed from $9 million in 2014 to $2 million last year.",
            [(9e6, "2014-01-01", "2014-12-31"), (2e6, "2024-01-01", "2024-12-31")],
        ),
    ],
)
def test_periods_of_levels_compared(text, claims):
    assert told(text, "amount", "period_start", "period_end") == claims


def test_change_of_volume_is_not_that_of_value():
    text = "US pork exports to Mexico reached 95,345 tonnes in July, up 3% from a year ago, valued at $214 million, up 10%."
    assert told(text, "amount", "change_pct") == [(None, 3.0), (2.14e8, 10.0)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "Thailand's first quarter imports grew 19 pct to 70 billion baht, compared with a nine pct decline to 59 billion a year ago.",
            [(7e10, "2025-01-01")],
        ),
        (
            "Thailand's exports in February rose 2 pct to 24 billion baht from January's 23 billion baht.",
            [(2.4e10, "2025-02-01"), (2.3e10, "2025-01-01")],
        ),
        (
            "Thailand's exports hit 24 billion baht in May, 42 pct over the 16 billion baht recorded in May 2024.",
            [(2.4e10, "2025-05-01"), (1.6e10, "2024-05-01")],
        ),
        (
            "Thai exports to Laos fell to 9 billion baht in May while imports were down 12 percent.",
            [(9e9, "2025-05-01"), (None, "2025-05-01")],
        ),
    ],
)
def test_level_keeps_its_own_period(text, claims):
    found = told(text, "amount", "period_start")
    assert [claim for claim in found if claim in claims] == claims


def test_the_level_that_a_rise_is_told_from():
    text = "Togo's exports to Ghana rose by 21% in May compared to the same month last year, which amounted to $3 million."
    assert told(text, "amount", "change_pct", "period_start") == [(None, 21.0, "2025-05-01"), (3e6, None, "2024-05-01")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Chad's exports to Peru were down $20 million (15 percent) from May 2023, to $120 million.", (1.2e8, -15.0, "down", None)),
        ("Chad's exports to Peru grew by $30 million or about 22% to $166 million.", (1.66e8, 22.0, "up", None)),
        ("Chad's exports to Peru grew the most, by $30 million, or 22%.", (None, 22.0, "up", None)),
    ],
)
def test_a_change_told_in_money_and_in_percent(text, claim):
    """The money is the difference, no level, and the month it is measured from is not the figure's."""
    assert told(text, "amount", "change_pct", "trend", "period_start") == [claim]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Oman's exports to India hit $700 million, the highest figure since at least 2014.", None),
        ("Peru’s exports to sub-Saharan Africa rose 4% in 2024 to $12 million.\n\nSales to Mali doubled to $1 million.", "2024"),
    ],
)
def test_period_of_a_flow_with_many_states_stays(text, period):
    assert told(text, "period_text") == [(period,)]


@pytest.mark.parametrize(
    "text",
    [
        "Peru’s imports, which had hit a record high in February, fell to $157 million.",
        "Peru’s trade deficit fell to $49 million, a 15 per cent drop from February.",
    ],
)
def test_dates_told_aside_are_no_period(text):
    assert told(text, "period_start") == [(None,)]


def test_level_compared_in_brackets_is_an_earlier_one():
    text = "Chad’s exports in May 2025 amounted to $33 million, compared to the same month of 2024 ($23 million)."
    assert told(text, "amount", "period_start") == [(3.3e7, "2025-05-01"), (2.3e7, "2024-05-01")]


def test_current_level_told_after_the_one_to_come():
    text = "Trade between Chad and Mali is expected to reach $40 million from the current $14 million."
    assert told(text, "claim_type", "amount") == [("forecast", 4e7), ("actual", 1.4e7)]


def test_months_counted_from_the_first_are_the_period():
    text = "Trade between Chad and Malta amounted to $8 million over 11 months of 2024."
    assert told(text, "period_start", "period_end") == [("2024-01-01", "2024-11-30")]


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        ("Chad's exports hit $9 million in July. Exports to Malta fell 5 percent.", ["2025-07-01", "2025-07-01"]),
        (
            "Chad's exports hit $9 million in July. Malta was again Chad's largest trading partner in the period.",
            ["2025-07-01", "2025-07-01"],
        ),
        ("Chad's exports hit $9 million in July. Malta is Chad's largest trading partner.", ["2025-07-01", None]),
        ("Spain promised in January to invest $9 million in Chad.", [None]),
    ],
)
def test_periods_in_force_for_changes_and_ranks(text, starts):
    assert [start for (start,) in told(text, "period_start")] == starts
