import pytest

from pipelines.assets.markdown import plain, table
from pipelines.assets.specs import shown_rows


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Kenya", "Kenya"),
        ("a | b\nc", "a \\| b c"),
        ("<script>alert(1)</script>", "\\<script\\>alert\\(1\\)\\</script\\>"),
        ("[click](https://evil.example)", "\\[click\\]\\(https://evil\\.example\\)"),
        ("![x](y) `code` **bold** _i_ ~s~ &amp;", "\\!\\[x\\]\\(y\\) \\`code\\` \\*\\*bold\\*\\* \\_i\\_ \\~s\\~ \\&amp;"),
        (None, "None"),
    ],
)
def test_nothing_in_a_text_is_markup(text: object, shown: str) -> None:
    assert plain(text) == shown


def test_a_table() -> None:
    assert table(["a", "b"], [[1, "x|y"]]) == "| a | b |\n| --- | --- |\n| 1 | x\\|y |"


def test_long_values_are_cut_and_missing_ones_empty() -> None:
    lines = shown_rows(["a", "b"], [(None, "x" * 500)]).value.splitlines()
    assert lines[2] == f"|  | {'x' * 119}… |"
