"""Figures in US dollars at the rate of their own time, or not at all."""

from datetime import date

import pytest

from pipelines.resolution.money import usd_rate


@pytest.mark.parametrize(
    ("currency", "published", "period", "units", "method"),
    [
        ("USD", date(2025, 5, 6), None, 1.0, "identity"),
        ("AED", date(2025, 5, 6), None, 3.6725, "peg"),
        ("EUR", date(2025, 5, 6), None, 1 / 1.1325, "ecb_day"),
        ("EUR", date(2025, 5, 4), None, 1 / 1.1343, "ecb_day"),
        ("XOF", date(2025, 5, 6), None, 655.957 / 1.1325, "peg"),
        ("EUR", date(2025, 3, 1), (date(2024, 1, 1), date(2024, 12, 31)), 1 / 1.0824, "ecb_period_average"),
    ],
)
def test_rates_are_those_of_the_time(currency: str, published: date, period: tuple | None, units: float, method: str) -> None:
    rate = usd_rate(currency, published, *(period or (None, None)))
    assert rate is not None
    assert rate.units_per_usd == pytest.approx(units, rel=0.002)
    assert rate.method == method


@pytest.mark.parametrize(
    ("currency", "published", "period"),
    [
        pytest.param("KZT", date(2025, 5, 6), None, id="no source of this currency"),
        pytest.param("EUR", date(1990, 5, 6), None, id="before the rates begin"),
        pytest.param("EUR", date(2100, 5, 6), None, id="after the rates end"),
        pytest.param("EUR", date(2000, 5, 6), (date(1990, 1, 1), date(1999, 12, 31)), id="a period the rates do not cover"),
        pytest.param("TMT", date(2010, 5, 6), None, id="before the peg"),
    ],
)
def test_without_a_rate_of_its_time_a_figure_has_no_dollars(currency: str, published: date, period: tuple | None) -> None:
    assert usd_rate(currency, published, *(period or (None, None))) is None
