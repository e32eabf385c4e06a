"""Charts put marks where the figures say, and show words as words."""

import base64
import re
import xml.etree.ElementTree as ET
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.charts import (
    Claim,
    Row,
    calendar_axis,
    calendar_span,
    columns,
    data_uri,
    fitting,
    month_after,
    month_axis,
    panels_picture,
    picture,
    share_bar,
    svg,
    trade_marks,
    window_of,
)

HOSTILE = '"><script>alert(1)</script>'
SVG = "{http://www.w3.org/2000/svg}"


def drawn(marks: str) -> ET.Element:
    """Return marks as a tree; they must be whole XML."""
    return ET.fromstring(f'<svg xmlns="http://www.w3.org/2000/svg">{marks}</svg>')


def claim(day: date, amount: float, kind: str = "actual", is_best: bool = True, high: float | None = None, text: str = "x") -> Claim:
    return Claim(day, amount, high, kind, is_best, text, text)


def test_columns_are_as_tall_as_their_values() -> None:
    tree = drawn(columns([0, 5, 10], ["a", "b", "c"], highest=10, height=114))
    bars = [(bar.attrib["x"], bar.attrib["y"], bar.attrib["height"], bar[0].text) for bar in tree.iter(f"{SVG}rect")]
    assert bars == [("38%", "64", "50", "b"), ("71.33%", "14", "100", "c")]
    assert [text.text for text in tree.iter(f"{SVG}text")] == ["10"]


def test_columns_of_nothing_are_a_line() -> None:
    assert [mark.tag for mark in drawn(columns([0, 0], ["", ""], 0, 20))] == [f"{SVG}line"]
    assert [mark.tag for mark in drawn(columns([], [], 0, 20))] == [f"{SVG}line"]


def test_months_name_every_third_and_the_year_once() -> None:
    texts = [text.text for text in drawn(month_axis([month_after(date(2024, 10, 1), place) for place in range(12)])).iter(f"{SVG}text")]
    assert texts == ["Oct", "2024", "Jan", "2025", "Apr", "Jul"]


def test_trade_stands_where_its_figures_say() -> None:
    claims = [
        claim(date(2023, 7, 2), 100, text="low"),
        claim(date(2023, 7, 2), 150, is_best=False),
        claim(date(2024, 7, 2), 200, text="high"),
        claim(date(2025, 12, 31), 400, "target", is_best=False, text="aim"),
    ]
    tree = drawn(trade_marks(claims, 210))
    points = [(mark.attrib["class"], float(mark.attrib["cx"].rstrip("%")), float(mark.attrib["cy"])) for mark in tree.iter(f"{SVG}circle")]
    # 0 stands at 188, 400 at 30; three years share 4 to 95 per cent.
    assert points == [
        ("hollow stroke-accent", 19.08, 128.75),
        ("fill-accent", 19.08, 148.5),
        ("fill-accent", pytest.approx(49.5, abs=0.1), 109.0),
    ]
    (target,) = [mark for mark in tree.iter(f"{SVG}svg") if mark.attrib.get("overflow")]
    assert float(target.attrib["y"]) == 30
    texts = [text.text for text in tree.iter(f"{SVG}text")]
    assert texts == ["$100", "$200", "$300", "$400", "2023", "2024", "2025", "target aim", "high", "low"]
    strokes = [mark.attrib for mark in tree.iter(f"{SVG}line") if "stroke-dasharray" in mark.attrib]
    assert len(strokes) == 1


def test_figures_for_the_same_period_and_ranges_are_joined() -> None:
    same = drawn(trade_marks([claim(date(2024, 1, 1), 100), claim(date(2024, 1, 1), 200, is_best=False)], 210))
    ranged = drawn(trade_marks([claim(date(2024, 1, 1), 100, high=200)], 210))
    for tree in (same, ranged):
        (extent,) = [mark.attrib for mark in tree.iter(f"{SVG}line") if mark.attrib.get("stroke-width") == "5"]
        assert (extent["y1"], extent["y2"]) in (("109", "30"), ("30", "109"))


def test_figures_do_not_stand_on_each_other() -> None:
    claims = [claim(date(2024, month, 1), 100 + month, text=str(month)) for month in range(1, 13)]
    places = [
        float(text.attrib["x"].rstrip("%"))
        for text in drawn(trade_marks(claims, 210)).iter(f"{SVG}text")
        if "strong" in text.attrib["class"]
    ]
    assert len(places) >= 4
    ordered = sorted(places)
    assert all(after - before >= 15 for before, after in pairwise(ordered))


@given(
    st.lists(
        st.builds(
            claim,
            st.dates(date(1950, 1, 1), date(2090, 1, 1)),
            st.floats(0, 1e14),
            st.sampled_from(["actual", "target", "forecast"]),
            st.booleans(),
            st.none() | st.floats(0, 1e14),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_claims_make_a_chart_inside_its_frame(claims: list[Claim]) -> None:
    tree = drawn(trade_marks(claims, 210))
    for mark in tree.iter(f"{SVG}circle"):
        assert 0 <= float(mark.attrib["cx"].rstrip("%")) <= 100
        assert 0 <= float(mark.attrib["cy"]) <= 210


@pytest.mark.parametrize(
    ("as_of", "last", "first_shown", "last_shown"),
    [
        (date(2025, 10, 9), date(2025, 10, 20), date(2025, 10, 1), date(2025, 12, 31)),
        (date(2025, 10, 9), date(2026, 4, 1), date(2025, 10, 1), date(2026, 4, 30)),
        (date(2025, 10, 9), date(2050, 1, 1), date(2025, 10, 1), date(2027, 9, 30)),
    ],
)
def test_the_window_is_whole_months(as_of: date, last: date, first_shown: date, last_shown: date) -> None:
    window = window_of(as_of, last)
    assert (window.first, window.last) == (first_shown, last_shown)


def test_spans_stand_on_their_days() -> None:
    window = window_of(date(2025, 1, 1), date(2025, 4, 10))
    (span,) = drawn(calendar_span(window, date(2025, 3, 1), date(2025, 3, 31), False, 20, HOSTILE))
    assert (span.attrib["x1"], span.attrib["x2"], span.attrib["stroke-opacity"]) == ("49.17%", "75%", ".5")
    assert span[0].text == HOSTILE
    (day,) = drawn(calendar_span(window, date(2025, 3, 1), date(2025, 3, 1), True, 20, ""))
    assert day.attrib["x1"] == day.attrib["x2"] == "49.17%"
    (beyond,) = drawn(calendar_span(window, date(2025, 3, 1), date(2031, 1, 1), True, 20, ""))
    assert beyond.attrib["x2"] == "100%"


def test_the_axis_names_what_fits() -> None:
    as_of = date(2025, 10, 9)
    named = [text.text for text in drawn(calendar_axis(window_of(as_of, date(2026, 2, 1)), as_of)).iter(f"{SVG}text")]
    assert named == ["Oct 2025", "Nov", "Dec", "Jan 2026", "Feb"]
    long = [text.text for text in drawn(calendar_axis(window_of(as_of, date(2027, 9, 1)), as_of)).iter(f"{SVG}text")]
    assert long == ["Oct 2025", "Apr 2026", "Oct", "Apr 2027"]


def test_a_share_is_within_its_bar() -> None:
    assert [drawn(share_bar(share))[1].attrib["width"] for share in (-1, 0.314, 7)] == ["0%", "31.4%", "100%"]


def test_words_are_words() -> None:
    tree = ET.fromstring(picture(HOSTILE, [Row(HOSTILE, "", 20, HOSTILE)]))
    assert not list(tree.iter(f"{SVG}script"))
    assert [text.text for text in tree.iter(f"{SVG}text")] == [HOSTILE, fitting(HOSTILE, 180), HOSTILE]
    assert "<script" not in panels_picture(HOSTILE, [(HOSTILE, "", 20)])
    assert "<script" not in svg("", HOSTILE, 20)
    assert "<script" not in trade_marks([claim(date(2024, 1, 1), 5, text=HOSTILE)], 210)


def test_a_picture_is_an_image_of_its_own() -> None:
    whole = panels_picture("Trade", [("A–B", "", 100), ("A–C", "", 100), ("B–C", "", 100)])
    tree = ET.fromstring(whole)
    assert (tree.attrib["width"], tree.attrib["height"]) == ("760", "314")
    assert base64.b64decode(data_uri(whole).removeprefix("data:image/svg+xml;base64,")).decode() == whole
    assert not re.search(r"href|url\(|var\(", whole)


@pytest.mark.parametrize(
    ("text", "width", "shown"), [("short", 100, "short"), ("rather longer", 40, "rathe…"), ("x", 0, "x"), ("xy", 0, "…")]
)
def test_long_words_are_cut(text: str, width: float, shown: str) -> None:
    assert fitting(text, width) == shown
