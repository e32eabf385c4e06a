"""Trade figures under the turns of phrase of news agencies, one sentence or short article each, with the fields the turn decides."""

from datetime import date

import pytest

from pipelines.extraction import annotate
from pipelines.extraction.frames.trade_claims import read_trade_claims

PUBLISHED = date(2025, 9, 15)


def told(text: str, *fields: str, published: date = PUBLISHED) -> list[tuple]:
    """Return ``fields`` of each claim of ``text``; dates as ISO text."""
    claims = read_trade_claims(annotate(text, published))
    return [tuple(str(value) if isinstance(value := getattr(claim, field), date) else value for field in fields) for claim in claims]


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


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Trade between Nepal and Qatar has been growing and would likely touch $1 billion.", "forecast"),
        ("Trade between Nepal and Qatar is on pace to exceed $1 billion in 2025.", "forecast"),
        ("Trade between Nepal and Qatar rose in May to $1 billion.", "actual"),
        ("“We have set an objective to raise trade with Nepal from $2 billion at present to $4 billion,” Qatar’s minister said.", "target"),
    ],
)
def test_mood_of_a_figure(text, claim):
    assert told(text, "claim_type")[-1] == (claim,)


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


def test_partners_of_one_country_are_no_pair_of_each_other():
    text = "Brazil's trade grew. Trade with Chile stood at $9 billion, and trade with Peru was up by 4 percent."
    assert told(text, "reporter_code", "partner_code") == [("BRA", "CHL"), ("BRA", "PER")]


def test_the_next_in_a_list_is_told_with_its_own_partner():
    text = "Spain is the largest investor in Morocco, with $9 billion of direct investment. It is followed by Qatar, with $4 billion."
    assert told(text, "reporter_code", "partner_code", "amount") == [("MAR", "ESP", 9e9), ("MAR", "QAT", 4e9)]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("The World Bank has approved $40 million to help Togo.", [("TGO", "WB", 4e7, "actual")]),
        ("To lift rural yields, the World Bank has approved $40 million to help Togo.", [("TGO", "WB", 4e7, "actual")]),
        ("The World Bank approved $40 million to support roads and clinics in Togo.", [("TGO", "WB", 4e7, "actual")]),
        (
            "The African Development Bank approved a $30 million grant for Togo. The World Bank has pledged up to $40 million.",
            [("TGO", "AFDB", 3e7, "actual"), ("TGO", "WB", 4e7, "target")],
        ),
        (
            "The African Development Bank approved a $30 million grant for Togo. It comes on top of a $9 million loan from the bank.",
            [("TGO", "AFDB", 3e7, "actual"), ("TGO", "AFDB", 9e6, "actual")],
        ),
        (
            "Togo's economy shrank. An IMF team will visit Togo in May to review the $175 million credit facility in place since March.",
            [("TGO", "IMF", 1.75e8, "actual")],
        ),
        ("The World Bank approved $40 billion for developing countries.", []),
        ("Togo's debts to Chinese firms total $300 million.", [("TGO", "CHN", 3e8, "actual")]),
        (
            "Finance Minister of Togo Sani Yaya and World Bank Vice President Ana Ruiz signed two loan agreements totalling $300 million.",
            [("TGO", "WB", 3e8, "actual")],
        ),
    ],
)
def test_financing_told_aside(text, claims):
    assert told(text, "reporter_code", "partner_code", "amount", "claim_type") == claims
