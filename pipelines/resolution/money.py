"""Figures in US dollars, at the rate of their own time or not at all.

Rates are the European Central Bank's daily reference rates (shipped with CurrencyConverter) and official pegs (``pegs.csv``). A figure
about a period takes the average of the period's daily rates, any other the rate of its day of publication.
"""

import csv
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from currency_converter import CurrencyConverter

# The reference rates skip weekends and holidays; beyond this the last rate is no rate of the day.
_LONGEST_GAP = timedelta(days=7)


class Rate(NamedTuple):
    """Units of a currency for one US dollar, the (last) day of the rate, and where it comes from."""

    units_per_usd: float
    on: date
    method: str


@cache
def _reference_rates() -> dict[str, dict[date, float | None]]:
    """Return units for one euro by currency and day."""
    return CurrencyConverter(fallback_on_missing_rate=False)._rates


@cache
def _pegs() -> dict[str, tuple[str, float, date]]:
    with Path(__file__).with_name("pegs.csv").open(encoding="utf-8") as lines:
        rows = csv.DictReader(line for line in lines if not line.startswith("#"))
        return {row["currency"]: (row["anchor"], float(row["rate"]), date.fromisoformat(row["since"])) for row in rows}


def _per_euro(currency: str, day: date) -> float | None:
    return 1.0 if currency == "EUR" else _reference_rates().get(currency, {}).get(day)


def _on_day(currency: str, day: date) -> Rate | None:
    for back in range(_LONGEST_GAP.days + 1):
        when = day - timedelta(days=back)
        units, dollars = _per_euro(currency, when), _per_euro("USD", when)
        if units and dollars:
            return Rate(units / dollars, when, "ecb_day")
    return None


def _over_period(currency: str, start: date, end: date) -> Rate | None:
    days = [start + timedelta(days=number) for number in range((end - start).days + 1)]
    rates = [(units / dollars, day) for day in days if (units := _per_euro(currency, day)) and (dollars := _per_euro("USD", day))]
    # A period that the rates do not reach the end of has no average yet.
    if not rates or end - rates[-1][1] > _LONGEST_GAP or rates[0][1] - start > _LONGEST_GAP:
        return None
    return Rate(sum(rate for rate, _ in rates) / len(rates), rates[-1][1], "ecb_period_average")


@lru_cache(maxsize=65_536)
def usd_rate(currency: str, published_on: date, period_start: date | None = None, period_end: date | None = None) -> Rate | None:
    """Return the rate at which a figure becomes US dollars, None where no rate of its time is known."""
    if currency == "USD":
        return Rate(1.0, period_end or published_on, "identity")
    dated = period_start is not None and period_end is not None and period_end <= published_on
    if currency in _pegs():
        anchor, units, since = _pegs()[currency]
        if (period_start if dated and period_start else published_on) < since:
            return None
        base = usd_rate(anchor, published_on, period_start, period_end)
        return Rate(units * base.units_per_usd, base.on, "peg") if base else None
    if dated and period_start and period_end:
        return _over_period(currency, period_start, period_end)
    return _on_day(currency, published_on)
