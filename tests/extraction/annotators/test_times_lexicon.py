"""The words of time as data: complete, without duplicates, and each entry readable by the code that uses it."""

from __future__ import annotations

from datetime import date

import pytest

from pipelines.extraction.annotators.times.grammar import RULES, find_spans
from pipelines.extraction.annotators.times.meaning import safe_date
from pipelines.extraction.annotators.times.words import HOLIDAYS, holiday_in, number_of, pattern
from pipelines.extraction.lexicon import settings, table


def test_every_country_has_a_fiscal_year():
    rows = table("fiscal_years")
    codes = [row["party_code"] for row in rows]
    assert len(codes) == len(set(codes))
    assert {row["party_code"] for row in table("countries")} <= set(codes)
    assert all(safe_date(2025, int(row["start_month"]), int(row["start_day"])) for row in rows)
    assert {row["named_by"] for row in rows} == {"start", "end"}


@pytest.mark.parametrize(
    ("code", "month"),
    [
        ("PAK", "7"),
        ("BGD", "7"),
        ("AUS", "7"),
        ("EGY", "7"),
        ("IND", "4"),
        ("JPN", "4"),
        ("GBR", "4"),
        ("USA", "10"),
        ("THA", "10"),
        ("CHN", "1"),
    ],
)
def test_fiscal_years_begin_where_they_are_known_to(code, month):
    assert next(row["start_month"] for row in table("fiscal_years") if row["party_code"] == code) == month


@pytest.mark.parametrize(
    ("name", "year", "day"),
    [
        ("Thanksgiving", 2025, date(2025, 11, 27)),
        ("Memorial Day", 2025, date(2025, 5, 26)),
        ("Good Friday", 2025, date(2025, 4, 18)),
        ("Easter Monday", 2024, date(2024, 4, 1)),
        ("Christmas Day", 2023, date(2023, 12, 25)),
        ("Ramadan", 2025, None),
    ],
)
def test_holidays_fall_on_their_day(name, year, day):
    assert holiday_in(name, year) == day


@pytest.mark.parametrize("name", sorted(HOLIDAYS))
def test_every_holiday_rule_can_be_read(name):
    found = holiday_in(name, 2026)
    assert found is None if not HOLIDAYS[name] else found and found.year == 2026


def test_no_word_has_two_meanings():
    words = settings("time")
    vague = [word for group in words["vague"].values() for word in group] + list(words["sets"])
    assert len(vague) == len(set(vague))
    assert not set(words["tense"]["past"]) & (set(words["tense"]["future"]) | set(words["tense"]["acts_ahead"]))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("two", 2),
        ("twenty-four", 24),
        ("a hundred", 100),
        ("two thousand", 2000),
        ("2 1/2", 2.5),
        ("half an", 0.5),
        ("a couple of", 2),
        ("1,500", 1500),
        ("umpteen", None),
    ],
)
def test_counts_in_words(words, number):
    assert number_of(words) == number


def test_rules_have_ids_of_their_own():
    ids = [rule.rule_id for rule in RULES]
    assert len(ids) == len(set(ids))
    assert all(rule_id.startswith("time.") for rule_id in ids)


def test_shorthand_spaces_stand_for_any_gap_and_tildes_for_a_dash_too():
    assert pattern("a b") != pattern("a~b")
    assert list(find_spans("last\u00a0year")) == [(0, 9)]
    assert list(find_spans("the nine\nmonths")) == [(0, 15)]
    assert list(find_spans("a two–day trip")) == [(0, 9)]
