"""Explanations: segments are the body again, and nothing in a document can break out of the page."""

from collections.abc import Iterator
from datetime import date, datetime

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from pipelines.terminal.explained import html_page, print_explanation
from pipelines.terminal.explanation import Fact, UnknownDocumentError, explain_document, segments
from pipelines.terminal.tables import shown
from pipelines.warehouse.ddl import statements
from tests.sql.cases import insert

EVIL = '<script>alert("1")</script><b onmouseover=x>&amp;[bold]'


def fact(number: int, start: int, end: int) -> Fact:
    return Fact(number, "topic", start, end, "", (), None)


@given(st.text(max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_segments_are_the_body_again_and_close_each_fact_once(body: str, spans: list[tuple[int, int]]) -> None:
    facts = tuple(
        fact(number, start, min(start + width, len(body))) for number, (start, width) in enumerate(sorted(spans)) if start < len(body)
    )
    pieces = list(segments(body, facts))
    assert "".join(piece.text for piece in pieces) == body
    assert sorted(closed.number for piece in pieces for closed in piece.closing) == [each.number for each in facts]
    for each in facts:
        assert "".join(piece.text for piece in pieces if each in piece.facts) == body[each.start : each.end]


@pytest.fixture
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as con:
        for statement in statements():
            con.execute(statement)
        row = {"document_id": "abc1", "published_on": "2025-01-02", "title": EVIL, "publisher": EVIL, "url": f"javascript:{EVIL}"}
        insert(con, "main.dim_documents", [row | {"body": f"{EVIL} trade", "source_path": "one.txt"}])
        insert(con, "main.dim_documents", [{"document_id": "abc2", "published_on": "2025-01-03", "source_path": "in/one.txt"}])
        insert(
            con,
            "main.dim_documents",
            [{"document_id": "abc3", "published_on": "2025-01-01", "source_path": "old.txt", "is_current": "false"}],
        )
        claim = {"claim_id": "c", "document_id": "abc1", "flow": "total", "reporter_code": "KAZ", "partner_code": "PAK", "amount": "5"}
        evidence = {"evidence_text": EVIL, "evidence_start": "0", "evidence_end": str(len(EVIL))}
        insert(con, "main.fct_trade_claims", [claim | evidence | {"commodity": EVIL, "rule_id": EVIL, "speaker_name": EVIL}])
        yield con


def test_page_escapes_every_word_of_a_document(con: duckdb.DuckDBPyConnection) -> None:
    page = html_page(explain_document(con, "abc1"))
    assert "<script" not in page
    assert "onmouseover=x>" not in page
    assert 'href="javascript' not in page
    assert page.count("&lt;script&gt;") >= 7  # title twice, publisher, address, body, evidence, codes


def test_terminal_shows_markup_as_it_stands(con: duckdb.DuckDBPyConnection) -> None:
    console = Console(record=True, width=200)
    print_explanation(console, explain_document(con, "abc1"))
    assert "&amp;[bold]" in console.export_text()


def test_an_exact_path_beats_a_file_of_that_name_elsewhere(con: duckdb.DuckDBPyConnection) -> None:
    assert explain_document(con, "one.txt").document["document_id"] == "abc1"
    assert explain_document(con, "seeds/in/one.txt").document["document_id"] == "abc2"


def test_several_documents_are_listed(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(UnknownDocumentError, match=r"2 documents answer to 'abc'.*\n +abc2 +2025-01-03 +in/one\.txt\n +abc1"):
        explain_document(con, "abc")


def test_a_superseded_document_is_found_and_says_so(con: duckdb.DuckDBPyConnection) -> None:
    console = Console(record=True, width=200)
    print_explanation(console, explain_document(con, "abc3"))
    text = console.export_text()
    assert "superseded" in text
    assert "No fact was read" in text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (239000000.0, "239,000,000"),
        (1.50, "1.5"),
        (7, "7"),
        (["a", None, "b"], "a, , b"),
        (date(2025, 9, 9), "2025-09-09"),
        (datetime(2025, 9, 9, 1, 2, 3), "2025-09-09 01:02:03"),
        ({"first_on": date(2025, 1, 1), "office": "other", "nothing": None}, "2025-01-01 other"),
    ],
)
def test_values_are_shown_as_a_reader_writes_them(value: object, text: str) -> None:
    assert shown(value) == text
