"""The floors under the value F1 of time expressions: they may only rise. Skipped where the labelled corpora are not at hand."""

from __future__ import annotations

import pytest

from pipelines.extraction.model import TimeExpression
from tests.quality.timex import corpora_folder, f1, pair_up, value_f1

FLOORS = {"timebank": 81.0, "aquaint": 74.5}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_value_f1_does_not_fall(name):
    if not corpora_folder().is_dir():
        pytest.skip(f"no labelled corpora at {corpora_folder()}; set CHANCERY_CORPORA to their folder")
    assert value_f1(name, alone=True) >= FLOORS[name]


def test_pairs_prefer_equal_values_and_use_each_expression_once():
    def guess(start: int, end: int, value: str) -> TimeExpression:
        return TimeExpression(start, end, "", "DATE", value, None, None, "unknown", "unresolved", "")

    gold = [[0, 10, "2025", "DATE", ""], [4, 8, "2024", "DATE", ""]]
    pairs = pair_up(gold, (guess(0, 10, "2024"), guess(20, 24, "2025")))
    assert [(label and label[2], found and found.timex_value) for label, found in pairs] == [
        ("2024", "2024"),
        ("2025", None),
        (None, "2025"),
    ]


def test_f1_is_the_harmonic_mean():
    assert f1(1, 2, 2) == 50.0
    assert f1(0, 0, 0) == 100.0
