"""The engine takes any text: no exception, every offset at its words, and time in proportion to length."""

import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import annotate, engine, extract
from pipelines.extraction.annotators.clauses import find_clauses

TODAY = date(2025, 9, 9)
ARTICLES = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[1] / "gold").glob("*.txt"))[::3]]
# What trips readers: marks that never close, numbers that run on, directions of writing, halves of pairs, letters that grow in lower case.
ODD = [
    "“",
    "'s",
    "$",
    "…",
    "\u202e",
    "\ud800",
    "İ",
    "ß",
    "\u3000",
    "\x00",
    "\n\n",
    "\r",
    "FY",
    "May ",
    "the two sides ",
    "9" * 40,
    "%",
    "e\u0301",
    "🤝",
    "(",
]
SHORT = 40_000
TIMES_LONGER = 4
UNITS = {
    "one verb": "met ",
    "joined names": "Peru and ",
    "pairs": "China, ",
    "people": "Foreign Minister John Smith ",
    "initials": "A. ",
    "open quotes": "“We said, ",
    "reported": "he said that ",
    "amounts": "$5 million, ",
    "dates": "12 May ",
    "changes": "exports to China rose 5 percent and ",
    "sentences": "Iran met Oman on Monday. ",
    "agreements": "Iran signed a deal with Oman worth $5 billion.\n\n",
    "letters": "a",
    "digits": "1",
    "hyphens": "a-",
    "spaces": " ",
    "lines": "\n",
    "stops": ".",
}


def records(value: Any) -> Iterator[Any]:
    """Yield ``value`` and every record inside it that points into the text."""
    if hasattr(value, "_fields"):
        yield value
    elif isinstance(value, (tuple, list)):
        for item in value:
            yield from records(item)
    elif isinstance(value, Mapping):
        yield from records(tuple(value.values()))
    elif is_dataclass(value) and not isinstance(value, type):
        yield value
        for field in fields(value):
            yield from records(getattr(value, field.name))


def assert_offsets_point_at_their_words(text: str) -> None:
    whole = re.sub("[\ud800-\udfff]", "\ufffd", text)  # half a pair is read as what stands for no character
    for record in records(annotate(text, TODAY)):
        if hasattr(record, "text") and hasattr(record, "start"):
            assert whole[record.start : record.end] == record.text, record
    for record in records(extract(text, TODAY)):
        if hasattr(record, "evidence_text"):
            assert record.evidence_text, record
            assert whole[record.evidence_start : record.evidence_end] == record.evidence_text, record
        elif hasattr(record, "text") and hasattr(record, "start"):
            assert whole[record.start : record.end] == record.text, record


@st.composite
def mutated_articles(draw: st.DrawFn) -> str:
    """An article with stretches cut out, doubled, moved or replaced by odd characters."""
    text = draw(st.sampled_from(ARTICLES))
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, max(0, len(text) - 1)))
        stretch = text[start : start + draw(st.integers(0, 80))]
        put = draw(st.sampled_from([*ODD, "", stretch * 2, stretch[::-1], stretch.upper(), stretch.lower(), stretch.replace(" ", "\n")]))
        text = text[:start] + put + text[start + len(stretch) :]
    return text


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_categories=()), max_size=400))
def test_any_text_is_read(text):
    assert_offsets_point_at_their_words(text)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*ODD, *UNITS.values()]), max_size=40).map("".join))
def test_any_run_of_odd_words_is_read(text):
    assert_offsets_point_at_their_words(text)


@settings(max_examples=100, deadline=None)
@given(mutated_articles())
def test_any_mutation_of_an_article_is_read(text):
    assert_offsets_point_at_their_words(text)


@pytest.mark.parametrize("text", ["", " ", "\n", ".", ". .", "\ufeff", "\u3000\u3000.", " . A", "\x00", "\ud800", "“", "—"])
def test_a_text_of_nothing_gives_nothing(text):
    reading = extract(text, TODAY)
    assert (reading.people, reading.engagements, reading.agreements, reading.trade_claims, reading.topics) == ((), (), (), (), ())


@pytest.mark.parametrize(
    ("text", "is_parsed"),
    [
        ("A museum of glass opened in the old harbour on Monday.", False),
        ("Kenya opened a museum of glass on Monday. The president of Kenya praised it.", False),
        ("Kenya opened a museum of glass with Ghana on Monday.", True),
        ("Kenya opened a museum of glass worth $5 million on Monday.", True),
        ("Kenya is the largest exporter of glass.", True),
        ("The head of the United Nations visited Kenya.", True),
        ("NAIROBI, Sept 8 (Wire) – The minister met her Ghanaian counterpart.", True),
    ],
)
def test_only_what_names_a_pair_or_a_figure_is_parsed(monkeypatch, text, is_parsed):
    parsed = []
    monkeypatch.setattr(engine, "find_clauses", lambda *arguments: parsed.append(text) or find_clauses(*arguments))
    reading = extract(text, TODAY)
    assert bool(parsed) == is_parsed
    monkeypatch.setattr(engine, "names_no_pair", lambda article: False)
    assert extract(text, TODAY) == reading


@settings(max_examples=40, deadline=None)
@given(mutated_articles().map(lambda text: text[: len(text) // 3]))
def test_what_is_not_parsed_holds_nothing(text):
    with pytest.MonkeyPatch.context() as patch:
        reading = extract(text, TODAY)
        patch.setattr(engine, "names_no_pair", lambda article: False)
        assert extract(text, TODAY) == reading


def seconds_to_read(text: str) -> float:
    begun = time.process_time()
    extract(text, TODAY)
    return time.process_time() - begun


@pytest.mark.parametrize("unit", UNITS.values(), ids=UNITS)
def test_a_single_line_takes_time_in_proportion(unit):
    short = unit * (SHORT // len(unit))
    seconds_to_read(unit * 50)  # the tables are loaded
    # Twice as long as in proportion leaves room for a busy machine; what is quadratic takes four times as long.
    # The best of several counts on both sides: other work on the machine only ever adds.
    long, brief = (min(seconds_to_read(text) for _ in range(2)) for text in (short * TIMES_LONGER, short))
    assert long < 2 * TIMES_LONGER * brief + 0.1
