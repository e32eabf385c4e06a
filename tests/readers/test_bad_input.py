"""Every case of the table of bad input: what is read, what is refused, and in which words."""

import os
from pathlib import Path

import pytest
from bad_input_cases import CASES, DATED, Case, page
from made_files import TODAY

from pipelines.readers import Document, Rejection, read, seed_files

DOCS = Path(__file__).parents[2] / "docs" / "bad-input.md"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what.replace(" ", "_"))
def test_bad_input(case: Case, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    path = case.make(seeds)
    (seeds / "neighbour.txt").write_text(DATED)
    items = list(case.run(path, seeds))
    refused = tuple((item.member, item.reason_code, item.reason) for item in items if isinstance(item, Rejection))
    assert refused == case.refused
    assert sum(isinstance(item, Document) for item in items) == case.documents
    others = [item for file in seed_files(seeds) if file.name == "neighbour.txt" for item in read(file, seeds, TODAY)]
    assert [type(item) for item in others] == [Document]


def test_the_page_of_cases_is_up_to_date() -> None:
    assert DOCS.read_text("utf-8") == page(), "run: python tests/readers/bad_input_cases.py > docs/bad-input.md"


def test_hostile_names_print_safely(tmp_path: Path) -> None:
    for name in (b"a\nb.txt", b"caf\xe9.txt", "\u202egpj.txt".encode(), b"back\\slash.txt", b"quote'\".txt"):
        Path(os.fsdecode(os.path.join(os.fsencode(tmp_path), name))).write_text(DATED)
    paths = sorted(item.source_path for file in seed_files(tmp_path) for item in read(file, tmp_path, TODAY))
    assert paths == sorted(["a\\nb.txt", "caf\\xe9.txt", "\\u202egpj.txt", "back\\\\slash.txt", "quote'\".txt"])
    assert all(path.isprintable() for path in paths)
    assert all(path.encode("utf-8") for path in paths)


def test_markup_and_sql_stay_text(tmp_path: Path) -> None:
    words = "'; drop table x; -- <script>alert(1)</script> [x](javascript:alert(1))"
    (tmp_path / "a.txt").write_text(f"date 2025-09-09 {words}\n\nMinisters met & talked <b>today</b>.")
    (document,) = read(tmp_path / "a.txt", tmp_path, TODAY)
    assert isinstance(document, Document)
    assert document.body == f"{words}\n\nMinisters met & talked <b>today</b>."


def test_an_address_that_is_no_web_address_is_not_kept(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Ministers met today.", "date": "2025-09-09", "url": "javascript:alert(1)"}\n')
    (document,) = read(tmp_path / "a.jsonl", tmp_path, TODAY)
    assert isinstance(document, Document)
    assert document.url is None
