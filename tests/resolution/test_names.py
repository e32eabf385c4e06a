"""Spellings of one name, and names that are not one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.resolution.names import blocks, folded, likeness, skeleton


@pytest.mark.parametrize(
    ("a", "b", "reason"),
    [
        ("Recep Tayyip Erdoğan", "Recep Tayyip Erdogan", "same words"),
        ("Xi Jinping", "Jinping Xi", "same words"),
        ("Lee Jae-myung", "Lee Jae Myung", "same words"),
        ("Khalid bin Faisal", "Khalid Faisal", "same words"),
        ("Kassym-Jomart Tokayev", "Kasym-Zhomart Tokaev", "other spelling"),
        ("Muhammad Yunus", "Mohammed Younus", "other spelling"),
        ("Shavkat Mirziyoyev", "Shavkat Mirziyoev", "other spelling"),
        ("Yerlan Beketov", "Erlan Beketov", "other spelling"),
        ("Sergei Lavrov", "Sergey Lavrov", "other spelling"),
        ("Ishaq Dar", "Mohammad Ishaq Dar", "fewer names"),
        ("Mohammed bin Salman Al Saud", "Muhammad bin Salman", "fewer names"),
        ("J. Okafor", "Joseph Okafor", "initials"),
        ("Tokayev", "Toqaev", "single name"),
        ("Lula", "Luiz Inácio Lula da Silva", "single name"),
    ],
)
def test_spellings_of_one_name_say_why(a: str, b: str, reason: str) -> None:
    assert likeness(a, b) == reason
    assert likeness(b, a) == reason
    assert set(blocks(a)) & set(blocks(b))


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ali Khan", "Ali Jan"),
        ("John Okafor", "Jane Okafor"),
        ("Maria Silva", "Mario Silva"),
        ("Kim Jong-un", "Kim Jong-il"),
        ("Shehbaz Sharif", "Nawaz Sharif"),
        ("Abdul Rahman", "Abdul Rahim"),
        ("Wang Wei", "Wang Wen"),
        ("Serdar Berdimuhamedov", "Gurbanguly Berdimuhamedov"),
    ],
)
def test_names_of_two_people_are_kept_apart(a: str, b: str) -> None:
    assert likeness(a, b) is None


def test_particles_count_only_where_nothing_else_is_left() -> None:
    assert folded("Ludwig van den Berg") == ("ludwig", "berg")
    assert folded("Van Der") == ("van", "der")


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_symmetric_and_total(a: str, b: str) -> None:
    assert likeness(a, b) == likeness(b, a)
    assert likeness(a, a) in ("same words", "single name")
    assert all(skeleton(word) for word in folded(a))
