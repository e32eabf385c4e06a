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
        ("Kenya's trade deficit fell by 4 percent in the first half of 2025 from a year earlier to $5 billion.", "2025-01-01", "2025-06-30"),
        ("Peru's exports rose 3 percent from the last month to $6 billion.", None, None),
        ("Ghana's gold exports reached $1.2 billion, the highest since March.", None, None),
        ("Oman's exports to India hit $700 million, the most since 2014.", None, None),
        ("Chile's trade in the first quarter came to $40 billion, after the country posted record June exports.", "2025-01-01", "2025-03-31"),
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
