"""Text and tables as Markdown that Dagster shows as they stand: nothing in a document can be taken for markup."""

from collections.abc import Sequence

_MARKS = str.maketrans({mark: f"\\{mark}" for mark in "\\`*_{}[]()#+-.!|<>~&"})


def plain(text: object) -> str:
    """Return ``text`` so that Markdown shows it as it stands, on one line."""
    return " ".join(str(text).split()).translate(_MARKS)


def table(headings: Sequence[str], lines: Sequence[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    body = ["| " + " | ".join(plain(cell) for cell in line) + " |" for line in lines]
    return "\n".join(["| " + " | ".join(headings) + " |", "|" + " --- |" * len(headings), *body])
