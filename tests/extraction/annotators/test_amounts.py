"""Money, percentages, factors and counts: value, unit, currency and how exact they are said to be."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.amounts import find_amounts
from pipelines.extraction.model import Actor, Layout, Sentence


def amounts(text: str, *countries: str, dateline: str | None = None):
    layout = Layout((Sentence(0, len(text), text, 0, "body"),), (), dateline_place=dateline)
    return find_amounts(text, layout, (), tuple(Actor(0, 0, "", "name", (code,)) for code in countries))


def money(text: str, *countries: str, dateline: str | None = None):
    return [(a.value, a.value_high, a.currency) for a in amounts(text, *countries, dateline=dateline) if a.unit == "money"]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("worth $1.5-billion", 1.5e9, "USD"),
        ("worth US$1.2bn", 1.2e9, "USD"),
        ("worth USD 628 million", 628e6, "USD"),
        ("worth US $ 40 million", 40e6, "USD"),
        ("worth 18.4 billion U.S. dollars", 18.4e9, "USD"),
        ("worth 150 billion USD", 150e9, "USD"),
        ("worth 13.6 billion dlrs", 13.6e9, "USD"),
        ("worth 310 mln dlrs", 310e6, "USD"),
        ("worth 1.2 bln stg", 1.2e9, "GBP"),
        ("worth £4.9bn", 4.9e9, "GBP"),
        ("worth $750B", 750e9, "USD"),
        ("worth $12M", 12e6, "USD"),
        ("worth half a billion dollars", 5e8, "USD"),
        ("worth a quarter of a billion pounds", 2.5e8, "GBP"),
        ("worth three and a half billion yuan", 3.5e9, "CNY"),
        ("worth two hundred million dollars", 2e8, "USD"),
        ("worth C$2.1bn", 2.1e9, "CAD"),
        ("worth A$300mn", 3e8, "AUD"),
        ("worth NZ$3.1 billion", 3.1e9, "NZD"),
        ("worth RMB500m", 5e8, "CNY"),
        ("worth RM19.04bil", 19.04e9, "MYR"),
        ("worth RM2.5tril", 2.5e12, "MYR"),
        ("worth 10 million Hong Kong dollars", 1e7, "HKD"),
        ("worth 25 billion euros", 25e9, "EUR"),
        ("worth €45 billion", 45e9, "EUR"),
        ("worth 4,9 billion euros", 4.9e9, "EUR"),
        ("worth 1.234.567 euros", 1234567, "EUR"),
        ("worth 1 234,5 million roubles", 1234.5e6, "RUB"),
        ("worth $26,412.3 million", 26412.3e6, "USD"),
        ("worth 40 bln. soms", 40e9, "KGS"),
        ("worth 12 billion CFA francs", 12e9, "XOF"),
        ("worth 3 billion Swiss francs", 3e9, "CHF"),
        ("worth 78 billion yen", 78e9, "JPY"),
        ("a 5-billion-dollar contract", 5e9, "USD"),
        ("a $500 million loan", 5e8, "USD"),
        ("worth 5bn SDRs", 5e9, "XDR"),
        ("worth R$ 12 billion", 12e9, "BRL"),
        ("worth 2 1/2 billion dollars", 2.5e9, "USD"),
        ("a two billion dollar surplus", 2e9, "USD"),
        ("worth two billion, two hundred and fifty-six million Japanese yen", 2.256e9, "JPY"),
    ],
)
def test_money_keeps_its_multiplier_and_currency(text, value, currency):
    assert money(text) == [(value, None, currency)]


@pytest.mark.parametrize(
    ("text", "country", "value", "currency"),
    [
        ("worth Rs 3.5 trillion", "PAK", 3.5e12, "PKR"),
        ("worth Rs. 36,000 crore", "IND", 3.6e11, "INR"),
        ("worth Rs 1.2 lakh crore", "IND", 1.2e12, "INR"),
        ("worth Rs 12,34,567", "IND", 1234567, "INR"),
        ("worth Rs 900 million", "LKA", 9e8, "LKR"),
        ("worth Dh5bn", "ARE", 5e9, "AED"),
        ("worth Dh5bn", "MAR", 5e9, "MAD"),
        ("worth Sh124.1 billion", "KEN", 124.1e9, "KES"),
        ("worth Sh124.1 billion", "TZA", 124.1e9, "TZS"),
        ("worth Shs80 billion", "UGA", 80e9, "UGX"),
        ("worth 150 million kroner", "NOR", 1.5e8, "NOK"),
        ("worth 150 million kroner", "DNK", 1.5e8, "DKK"),
        ("worth ¥120 billion", "JPN", 1.2e11, "JPY"),
        ("worth ¥120 billion", "CHN", 1.2e11, "CNY"),
        ("worth 38.9 billion francs", "CHE", 38.9e9, "CHF"),
        ("worth 38.9 billion francs", "FRA", 38.9e9, "FRF"),
        ("worth N500bn", "NGA", 5e11, "NGN"),
        ("worth R5.2bn", "ZAF", 5.2e9, "ZAR"),
        ("worth P5.2 million", "PHL", 5.2e6, "PHP"),
        ("worth 4 billion riyals", "QAT", 4e9, "QAR"),
        ("worth 900 million pesos", "MEX", 9e8, "MXN"),
        ("worth 1.2 trillion won", "KOR", 1.2e12, "KRW"),
    ],
)
def test_shared_signs_go_to_the_country_of_the_article(text, country, value, currency):
    assert money(text, country) == [(value, None, currency)]


def test_who_is_only_traded_with_decides_less_than_who_speaks():
    text = "Nepal bought goods worth Rs 5 billion from India."
    layout = Layout((Sentence(0, len(text), text, 0, "body"),), ())
    actors = (Actor(0, 5, "Nepal", "name", ("NPL",)), Actor(43, 48, "India", "name", ("IND",)))
    assert [a.currency for a in find_amounts(text, layout, (), actors)] == ["NPR"]


def test_the_dateline_decides_a_shared_sign():
    assert money("worth Rs 5 billion", "IND", dateline="Karachi") == [(5e9, None, "PKR")]


@pytest.mark.parametrize("text", ["worth 150 million kroner", "worth Rs 5 billion", "worth 4 billion riyals"])
def test_a_shared_sign_that_nothing_decides_has_no_currency(text):
    assert [currency for _, _, currency in money(text)] == [None]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("between $5 and $6 billion", 5e9, 6e9),
        ("between $8 billion and $10 billion", 8e9, 10e9),
        ("between $500 million and $1 billion", 5e8, 1e9),
        ("USD 50-55 billion", 50e9, 55e9),
        ("30 to 40 billion dlrs", 30e9, 40e9),
        ("$1.2–1.5 trillion", 1.2e12, 1.5e12),
    ],
)
def test_ranges_have_both_bounds_in_plain_units(text, low, high):
    assert money(text) == [(low, high, "USD")]


@pytest.mark.parametrize("text", ["rose from $5bn to $6bn", "rose $5bn to $6bn", "from $5bn in 2015 to $6bn in 2024"])
def test_a_change_is_no_range(text):
    assert money(text) == [(5e9, None, "USD"), (6e9, None, "USD")]


def test_an_amount_without_its_money_takes_that_of_its_sentence():
    assert money("a surplus of 7.3 billion dlrs, up from 4.3 billion in 1985") == [(7.3e9, None, "USD"), (4.3e9, None, "USD")]


@pytest.mark.parametrize(
    ("text", "unit", "value"),
    [
        ("up 12.72pc", "percent", 12.72),
        ("up 8.3 percent", "percent", 8.3),
        ("up 15%", "percent", 15),
        ("up 7 per cent", "percent", 7),
        ("up 12 pct", "percent", 12),
        ("up ten percent", "percent", 10),
        ("a change of -5.3%", "percent", -5.3),
        ("up 1.5 percentage points", "points", 1.5),
        ("up 25 basis points", "points", 0.25),
        ("trade doubled", "factor", 2),
        ("trade tripled", "factor", 3),
        ("trade was halved", "factor", 0.5),
        ("up 4.1 times", "factor", 4.1),
        ("a 2.5-fold rise", "factor", 2.5),
        ("to double trade", "factor", 2),
        ("up by a fifth", "percent", 20),
        ("down by half", "percent", 50),
        ("5 million tonnes of wheat", "count", 5e6),
        ("80,000 barrels", "count", 80000),
    ],
)
def test_other_units(text, unit, value):
    assert [(a.unit, a.value) for a in amounts(text)] == [(unit, value)]


@pytest.mark.parametrize(
    ("before", "qualifier"),
    [
        ("", "exact"),
        ("nearly", "about"),
        ("around", "about"),
        ("some", "about"),
        ("an estimated", "about"),
        ("more than", "over"),
        ("well over", "over"),
        ("at least", "over"),
        ("topped", "over"),
        ("crossed the", "over"),
        ("less than", "under"),
        ("just under", "under"),
        ("as much as", "up_to"),
        ("no more than", "up_to"),
        ("a record", "exact"),
        ("nearly a record", "about"),
        ("rolled over", "exact"),
    ],
)
def test_words_before_say_how_exact(before, qualifier):
    assert [a.qualifier for a in amounts(f"It was {before} $5 billion in May.")] == [qualifier]


@pytest.mark.parametrize("text", ["worth $5bn-plus", "worth $5bn+", "worth $5bn or more"])
def test_words_after_say_how_exact(text):
    assert [a.qualifier for a in amounts(text)] == ["over"]


@pytest.mark.parametrize(
    "text",
    [
        "In 2024 the G20 met on page 3 of Q3.",
        "9MFY25 and Covid-19",
        "They signed a double taxation treaty.",
        "a few hundred million dollars",
        "tens of millions of dollars",
        "three times a year",
        "on 12.05.2025 at 10:30",
        "The TOP 10 of the year",
        "He won 3 medals.",
        "all 5 of them",
    ],
)
def test_these_are_no_amounts(text):
    assert amounts(text) == ()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(
                [
                    "$5",
                    "billion",
                    "half a",
                    "Rs",
                    "1,2",
                    "%",
                    "-",
                    "to",
                    "between",
                    "dlrs",
                    "İ",
                    "\u00a0",
                    "½",
                    "1 234",
                    "by a",
                    "fifth",
                    "\n",
                ]
            ),
            st.text(max_size=6),
        ),
        max_size=25,
    ).map(" ".join)
)
def test_any_text_is_read_and_offsets_point_at_the_words(text):
    found = amounts(text, "IND", "KEN")
    assert all(text[a.start : a.end] == a.text for a in found)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "country", "place", "currency"),
    [
        ("Farmers sold $40 million of wool and were lent US$5 million.", "NZL", None, "NZD"),
        ("Farmers sold $40 million of wool.", "CAN", "WINNIPEG", "CAD"),
        ("Farmers sold $40 million of wool.", "CAN", "NAIROBI", "USD"),
        ("Farmers sold $40 million of wool.", "CAN", None, "USD"),
        ("Farmers sold $40 million of wool, against C$5 million of rye.", "CAN", "WINNIPEG", "USD"),
        ("Farmers sold $40 million of wool and were lent US$5 million.", "KEN", "NAIROBI", "USD"),
    ],
)
def test_a_bare_dollar_at_home(text, country, place, currency):
    assert money(text, country, country, dateline=place)[0][2] == currency
