"""Near copies: what a signature sees, and that clusters follow from the documents alone."""

import random
from datetime import date, datetime, timedelta

import duckdb
import pytest

from pipelines.resolution.duplicates import BANDS, LEAST_LIKENESS, bands_of, likeness, link_duplicates
from pipelines.warehouse.ddl import statements
from tests.sql.cases import insert

_NOUNS = (
    *("minister", "envoy", "delegation", "accord", "treaty", "border", "port", "railway", "pipeline", "tariff", "export"),
    *("import", "summit", "council", "bank", "loan", "grant", "fund", "project", "visit"),
)
_VERBS = ("signed", "discussed", "reviewed", "welcomed", "opened", "approved", "extended", "postponed", "proposed", "praised", "delayed")
_PLACES = ("Nairobi", "Accra", "Lima", "Quito", "Hanoi", "Manila", "Oslo", "Vienna", "Rabat", "Tunis", "Dakar", "Lusaka", "Maputo")


def story(seed: int, words: int = 200) -> str:
    """Return an invented story, another for each seed."""
    chance = random.Random(seed)
    return " ".join(
        f"the {chance.choice(_NOUNS)} of {chance.choice(_PLACES)} {chance.choice(_VERBS)} {chance.randint(2, 900)} {chance.choice(_NOUNS)}s"
        for _ in range(words // 7)
    )


def edited(text: str, share: float, seed: int = 1) -> str:
    """Return a text in which a share of the words is replaced."""
    chance = random.Random(seed)
    return " ".join("changed" if chance.random() < share else word for word in text.split())


# ------------------------------------------------------------------------------------------------ signatures


def test_a_signature_is_the_same_on_every_machine() -> None:
    bands = bands_of("The ministers of Kenya and Ghana signed a trade accord in Nairobi on Tuesday morning.")
    assert bands is not None
    assert len(bands) == BANDS
    assert bands[:3] == (6081114624439870399, 309913316132802597, -1260756483747708689)


def test_case_punctuation_and_layout_do_not_count() -> None:
    text = "The ministers of Kenya and Ghana signed a trade accord, in Nairobi, on Tuesday morning."
    assert bands_of(text) == bands_of(text.upper().replace(",", " –").replace(" ", "\n  "))


def test_a_short_text_has_no_signature() -> None:
    assert bands_of("Eleven words are too few to tell one story from another") is None
    assert bands_of("") is None
    assert bands_of("\ud800 " * 40) is None


@pytest.mark.parametrize(
    ("changed", "least", "most"),
    [(0.0, 1.0, 1.0), (0.02, 0.65, 0.95), (0.3, 0.0, 0.3), (1.0, 0.0, 0.05)],
)
def test_likeness_falls_as_words_are_changed(changed: float, least: float, most: float) -> None:
    text = story(1, 400)
    first, second = bands_of(text), bands_of(edited(text, changed))
    assert first is not None
    assert second is not None
    assert least <= likeness(first, second) <= most


def test_a_long_text_takes_time_in_proportion() -> None:
    assert bands_of("word " * 1_000_000) is not None


# ------------------------------------------------------------------------------------------------ clusters


@pytest.fixture
def con() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    for statement in statements():
        connection.execute(statement)
    return connection


def add(con: duckdb.DuckDBPyConnection, name: str, body: str, day: date = date(2025, 9, 9)) -> None:
    """Put a document into the warehouse, waiting to be compared."""
    con.execute(
        """
        insert into main.dim_documents by name
        select ? as document_id, ? as source_path, [?] as source_paths, ? as published_on, 'header' as published_on_method,
          1 as word_count, ? as body, ? as ingested_at, true as is_current
        """,
        [name, name, name, day, body, datetime(2025, 9, 10)],
    )
    wait(con, name)


def wait(con: duckdb.DuckDBPyConnection, name: str) -> None:
    con.execute("insert into staging.pending_documents values (?, 'duplicates')", [name])


def originals(con: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Return the original of each copy."""
    rows = con.execute("select document_id, duplicate_of from main.dim_documents where duplicate_of is not null").fetchall()
    return dict(rows)


def test_a_copy_points_at_the_earliest_document(con: duckdb.DuckDBPyConnection) -> None:
    text = story(1)
    add(con, "late", text, date(2025, 9, 11))
    add(con, "first", edited(text, 0.01), date(2025, 9, 9))
    add(con, "between", text + " A last line was added by another desk.", date(2025, 9, 10))
    add(con, "other", story(2), date(2025, 9, 9))
    counts = link_duplicates(con)
    assert originals(con) == {"late": "first", "between": "first"}
    assert counts == {"documents_signed": 4, "documents_relinked": 2, "copies_concerned": 2}


def test_an_earlier_document_that_comes_later_becomes_the_original(con: duckdb.DuckDBPyConnection) -> None:
    text = story(1)
    add(con, "second", text, date(2025, 9, 10))
    add(con, "third", text + " One more line.", date(2025, 9, 11))
    link_duplicates(con)
    assert originals(con) == {"third": "second"}
    add(con, "first", "Other headline on this one. " + text, date(2025, 9, 9))
    link_duplicates(con)
    assert originals(con) == {"second": "first", "third": "first"}


def test_an_original_that_is_superseded_hands_its_copies_on(con: duckdb.DuckDBPyConnection) -> None:
    text = story(1)
    for day, name in enumerate(("first", "second", "third"), start=9):
        add(con, name, text, date(2025, 9, day))
    link_duplicates(con)
    con.execute("update main.dim_documents set is_current = false where document_id = 'first'")
    wait(con, "first")
    link_duplicates(con)
    assert originals(con) == {"third": "second"}


def test_the_same_form_filled_in_months_later_is_no_copy(con: duckdb.DuckDBPyConnection) -> None:
    text = story(1)
    add(con, "march", text, date(2025, 3, 1))
    add(con, "september", text + " End.", date(2025, 9, 1))
    link_duplicates(con)
    assert originals(con) == {}


def test_copies_and_originals_are_put_in_line_for_the_steps_that_count_stories(con: duckdb.DuckDBPyConnection) -> None:
    add(con, "a", story(1), date(2025, 9, 9))
    add(con, "b", story(1) + " More.", date(2025, 9, 10))
    link_duplicates(con)
    waiting = con.execute("select document_id, step from staging.pending_documents order by all").fetchall()
    assert waiting == [(name, step) for name in "ab" for step in ("agreements", "engagements", "people")]


def test_a_copy_found_late_has_every_fact_of_its_story_gathered_anew(con: duckdb.DuckDBPyConnection) -> None:
    text = story(1)
    for day, name in enumerate(("first", "second"), start=9):
        add(con, name, text, date(2025, 9, day))
    add(con, "other", story(2))
    link_duplicates(con)
    for document in ("first", "second", "other"):
        insert(con, "main.fct_engagement_mentions", [{"document_id": document, "engagement_id": f"e {document}"}])
        insert(con, "main.fct_agreement_mentions", [{"document_id": document, "agreement_id": f"a {document}"}])
        claim = {"document_id": document, "reporter_code": document, "partner_code": "PAK", "flow": "total"}
        insert(con, "main.fct_trade_claims", [claim])
    con.execute("delete from staging.stale_aggregates")
    add(con, "third", text, date(2025, 9, 11))
    link_duplicates(con)
    stale = {key for (key,) in con.execute("from staging.stale_aggregates").fetchall()}
    assert stale == {"e first", "e second", "a first", "a second", "first|PAK|total", "second|PAK|total"}


def test_nothing_waiting_changes_nothing(con: duckdb.DuckDBPyConnection) -> None:
    assert link_duplicates(con) == {"documents_signed": 0, "documents_relinked": 0, "copies_concerned": 0}


def test_any_order_and_batching_gives_the_same_originals() -> None:
    documents = []
    for number in range(40):
        text = story(number % 13)
        documents.append(
            (f"d{number:02}", edited(text, 0.015 * (number // 13), number), date(2025, 9, 1) + timedelta(days=number * 7 % 11))
        )
    results = []
    for seed in range(4):
        connection = duckdb.connect()
        for statement in statements():
            connection.execute(statement)
        chance = random.Random(seed)
        waiting = documents.copy()
        chance.shuffle(waiting)
        while waiting:
            size = 40 if seed == 0 else chance.randint(1, 9)
            for document in waiting[:size]:
                add(connection, *document)
            waiting = waiting[size:]
            link_duplicates(connection)
        results.append(originals(connection))
    assert len(results[0]) >= 20
    assert all(result == results[0] for result in results)


def test_linked_documents_are_alike() -> None:
    connection = duckdb.connect()
    for statement in statements():
        connection.execute(statement)
    bodies = {f"d{number:03}": edited(story(number % 20), 0.02 * (number // 20), number) for number in range(120)}
    for name, body in bodies.items():
        add(connection, name, body)
    link_duplicates(connection)
    signatures = {name: bands_of(body) for name, body in bodies.items()}
    for copy, original in originals(connection).items():
        assert int(copy[1:]) % 20 == int(original[1:]) % 20
        linked = [name for name in bodies if name != copy and likeness(signatures[copy], signatures[name]) >= LEAST_LIKENESS]  # type: ignore[arg-type]
        assert linked, f"{copy} is called a copy of {original} but is like no document"
