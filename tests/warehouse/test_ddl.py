import duckdb
import pytest

from pipelines.schemas import COLUMNS, TABLES, Table
from pipelines.warehouse import Warehouse
from pipelines.warehouse.ddl import ensure_tables, text_literal

EVERY_TABLE = pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.address)


@EVERY_TABLE
def test_a_table_has_the_columns_of_its_schema(warehouse: Warehouse, table: Table) -> None:
    found = warehouse.con.execute(f"describe {table.address}").fetchall()
    assert [(name, kind, null == "NO") for name, kind, null, *_ in found] == [
        (name, COLUMNS[name].sql_type, name in table.required) for name in table.columns
    ]


@EVERY_TABLE
def test_a_table_and_its_columns_are_commented(warehouse: Warehouse, table: Table) -> None:
    ((comment,),) = warehouse.con.execute(
        "select comment from duckdb_tables() where schema_name = ? and table_name = ?", [table.schema, table.name]
    ).fetchall()
    assert comment == table.description
    comments = warehouse.con.execute(
        "select column_name, comment from duckdb_columns() where schema_name = ? and table_name = ?", [table.schema, table.name]
    ).fetchall()
    for name, text in comments:
        assert text.startswith(COLUMNS[name].description)
        if COLUMNS[name].unit:
            assert f"Unit: {COLUMNS[name].unit}." in text


@EVERY_TABLE
def test_a_description_ends_with_the_grain(table: Table) -> None:
    assert table.description.rstrip(".").rsplit(". ", 1)[-1].startswith("One row per ")


def test_tables_are_made_once(warehouse: Warehouse) -> None:
    warehouse.con.execute("comment on table main.dim_people is 'mine'")
    ensure_tables(warehouse.con)
    ((comment,),) = warehouse.con.execute("select comment from duckdb_tables() where table_name = 'dim_people'").fetchall()
    assert comment == "mine"


def test_a_changed_table_keeps_documents_and_makes_facts_anew(warehouse: Warehouse) -> None:
    con = warehouse.con
    con.execute(
        "insert into main.dim_documents by name select 'd1' as document_id, 'a.txt' as source_path, ['a.txt'] as source_paths, "
        "'2024-01-01' as published_on, 'header' as published_on_method, 1 as word_count, 'Word' as body, "
        "now() as ingested_at, 'old' as extractor_version, true as is_current"
    )
    con.execute("insert into main.fct_engagement_parties values ('e1', 'KEN', 'host')")
    # As an older version of the program left them: a column fewer here, one more there.
    con.execute("alter table main.dim_documents drop column author")
    con.execute("alter table main.fct_engagement_parties add column weight integer")
    con.execute("update staging.fingerprints set fingerprint = 'old' where table_name = 'tables'")
    ensure_tables(con)
    assert con.execute("select document_id, author, body, extractor_version from main.dim_documents").fetchall() == [
        ("d1", None, "Word", None)
    ]
    assert con.execute("from main.fct_engagement_parties").fetchall() == []
    assert [name for name, *_ in con.execute("describe main.fct_engagement_parties").fetchall()] == ["engagement_id", "party_code", "role"]


def test_a_failed_change_leaves_everything_as_it_was(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch) -> None:
    con = warehouse.con
    con.execute("alter table main.fct_engagement_parties add column weight integer")
    con.execute("update staging.fingerprints set fingerprint = 'old' where table_name = 'tables'")
    monkeypatch.setattr("pipelines.warehouse.ddl.statements", lambda: ["create table main.broken (", "select 1"])
    with pytest.raises(duckdb.ParserException):
        ensure_tables(con)
    assert len(con.execute("describe main.fct_engagement_parties").fetchall()) == 4


def test_text_is_quoted() -> None:
    text = "it's; drop"
    assert duckdb.sql(f"select {text_literal(text)}").fetchall() == [(text,)]
