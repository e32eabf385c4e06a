"""The command line: what it prints, what it refuses, and the exit codes that say so."""

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from typer.testing import CliRunner, Result

from pipelines.cli import app
from pipelines.settings import PROJECT
from tests.seed_warehouse import seed_warehouse_file

ARTICLE = "000_5ad9f082630478ce.txt"


@pytest.fixture(scope="session")
def refreshed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return seed_warehouse_file(tmp_path_factory)


@pytest.fixture
def warehouse(refreshed: tuple[Path, str], monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHANCERY_WAREHOUSE", str(refreshed[0]))
    return refreshed[0]


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(app, list(arguments), input=stdin)


def value(warehouse: Path, query: str) -> object:
    with duckdb.connect(str(warehouse), read_only=True) as con:
        ((found,),) = con.execute(query).fetchall()
        return found


class TestHelp:
    @pytest.mark.parametrize("command", ["refresh", "status", "tables", "query", "explain", "ui"])
    def test_every_command_shows_an_example(self, command: str) -> None:
        result = run(command, "--help")
        assert result.exit_code == 0
        assert f"chancery {command}" in result.stdout

    def test_help_loads_nothing_heavy(self) -> None:
        code = (
            "import sys, pipelines.cli\n"
            "from typer.testing import CliRunner\n"
            "assert CliRunner().invoke(pipelines.cli.app, ['--help']).exit_code == 0\n"
            "print(sorted({'dagster', 'duckdb', 'pandas', 'pandera', 'pyarrow', 'pipelines.extraction'} & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    def test_no_command_shows_the_commands(self) -> None:
        assert "refresh" in run().output

    def test_unknown_option_is_wrong_usage(self) -> None:
        assert run("status", "--nonsense").exit_code == 2


class TestWithoutWarehouse:
    @pytest.mark.parametrize("arguments", [["status"], ["query", "select 1"], ["explain", "x"]])
    def test_says_what_to_do(self, arguments: list[str], tmp_path: Path) -> None:
        missing = tmp_path / "none.duckdb"
        result = run(*arguments, "--warehouse", str(missing))
        assert result.exit_code == 1
        assert f"No warehouse at {missing} yet. Run `chancery refresh` first." in result.stderr
        assert not missing.exists()

    def test_a_file_that_is_no_warehouse_is_named(self, tmp_path: Path) -> None:
        other = tmp_path / "other.duckdb"
        other.write_bytes(b"not a database, but long enough to be read as one" * 100)
        result = run("query", "select 1", "--warehouse", str(other))
        assert result.exit_code == 1
        assert str(other) in result.stderr

    def test_workers_must_be_a_number(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("CHANCERY_WORKERS", "many")
        result = run("status")
        assert result.exit_code == 2
        assert "CHANCERY_WORKERS is 'many'" in result.stderr


class TestRefresh:
    def test_says_what_was_read_and_shows_the_main_views(self, refreshed: tuple[Path, str]) -> None:
        _, printed = refreshed
        assert "Read 1 documents, 1 of them new; wrote" in printed
        for heading in ("Latest happenings", "Ahead", "Trade"):
            assert f"\n{heading}\n" in printed
        assert "USD 239 million" in printed

    def test_a_failed_run_exits_with_1_and_says_why(self, tmp_path: Path) -> None:
        result = run("refresh", "--seeds", str(tmp_path / "nowhere"), "--warehouse", str(tmp_path / "w.duckdb"))
        assert result.exit_code == 1
        assert f"The seeds folder {tmp_path / 'nowhere'} does not exist" in result.stderr
        assert "documents:" in result.stderr


class TestStatus:
    def test_shows_documents_facts_and_the_last_refresh(self, warehouse: Path) -> None:
        result = run("status")
        assert result.exit_code == 0
        lines = {line.split("  ")[0].strip(): line for line in result.stdout.splitlines() if line.strip()}
        assert "1 current, published 2025-09-09 to 2025-09-09" in lines["documents"]
        assert str(value(warehouse, "select count(*) from main.fct_engagements")) in lines["fct_engagements"]
        assert "read 1, new 1, refused 0 documents" in " ".join(result.stdout.split())
        assert "nothing" in lines["pending"]
        assert "0 files wait" in " ".join(result.stdout.split())

    def test_counts_files_that_wait(self, warehouse: Path, tmp_path: Path) -> None:
        (tmp_path / "new.txt").write_text("news", "utf-8")
        result = run("status", "--seeds", str(tmp_path))
        assert "1 files wait for the next refresh, 1 read ones are gone" in " ".join(result.stdout.split())


class TestTables:
    def test_lists_every_table_and_view_with_what_it_tells(self, warehouse: Path) -> None:
        result = run("tables")
        assert result.exit_code == 0
        listed = {line.split()[0] for line in result.stdout.splitlines() if line.startswith((" engagement.", " trade.", " main.", " ops."))}
        asked = "from duckdb_tables() union all by name from duckdb_views()"
        assert len(listed) == value(warehouse, f"select count(*) from ({asked}) where not internal and schema_name <> 'staging'")
        assert {"engagement.follow_through", "trade.targets", "main.fct_trade_claims", "ops.rejected_documents"} <= listed
        assert "Targets beside what was reached" in result.stdout

    @pytest.mark.parametrize("name", ["main.dim_parties", "dim_parties"])
    def test_shows_the_columns_of_one(self, warehouse: Path, name: str) -> None:
        result = run("tables", name)
        assert result.exit_code == 0
        assert ["party_code", "varchar"] in [line.split()[:2] for line in result.stdout.splitlines()]

    def test_an_unknown_name_says_how_to_find_one(self, warehouse: Path) -> None:
        result = run("tables", "trade.nothing")
        assert result.exit_code == 1
        assert "No table or view trade.nothing. `chancery tables` lists them." in result.stderr


class TestQuery:
    QUERY = "select party_code, name, [party_code, 'x'] as codes from main.dim_parties where party_code in ('KAZ', 'PAK') order by 1"

    def test_prints_a_table(self, warehouse: Path) -> None:
        result = run("query", self.QUERY)
        assert result.exit_code == 0
        assert [line.split() for line in result.stdout.splitlines() if line.strip() and "─" not in line] == [
            ["party_code", "name", "codes"],
            ["KAZ", "Kazakhstan", "KAZ,", "x"],
            ["PAK", "Pakistan", "PAK,", "x"],
            ["2", "rows"],
        ]

    def test_stands_rows_on_end_when_columns_do_not_fit(self, warehouse: Path) -> None:
        result = run("query", "from main.dim_documents")
        assert ["published_on", "2025-09-09"] in [line.split() for line in result.stdout.splitlines()]

    def test_says_when_there_is_more(self, warehouse: Path) -> None:
        result = run("query", "from range(5)", "--limit", "2")
        assert "2 rows; more there are" in result.stdout
        assert "5 rows" in run("query", "from range(5)", "--limit", "0").stdout

    def test_gives_csv(self, warehouse: Path) -> None:
        result = run("query", "select name from main.dim_parties where party_code = 'KAZ'", "--format", "csv")
        assert list(csv.reader(io.StringIO(result.stdout))) == [["name"], ["Kazakhstan"]]

    def test_gives_json(self, warehouse: Path) -> None:
        result = run("query", "select 1 as n, 'a\"b' as s, null as nothing", "-f", "json")
        assert json.loads(result.stdout) == [{"n": 1, "s": 'a"b', "nothing": None}]

    @pytest.mark.parametrize("kind", ["csv", "json", "parquet"])
    def test_writes_a_file(self, warehouse: Path, tmp_path: Path, kind: str) -> None:
        output = tmp_path / f"it's.{kind}"
        result = run("query", "select 42 as n", "-f", kind, "-o", str(output))
        assert (result.exit_code, result.stdout) == (0, "")
        name = str(output).replace("'", "''")
        assert duckdb.sql(f"select n from '{name}'").fetchall() == [(42,)]
        assert list(tmp_path.iterdir()) == [output]

    def test_writes_a_table_to_a_file(self, warehouse: Path, tmp_path: Path) -> None:
        run("query", "select 42 as n", "-o", str(tmp_path / "t.txt"))
        assert "42" in (tmp_path / "t.txt").read_text("utf-8")

    def test_reads_the_query_from_standard_input(self, warehouse: Path) -> None:
        assert run("query", "-", "-f", "csv", stdin="select 7 as seven").stdout.split() == ["seven", "7"]

    @pytest.mark.parametrize("statement", ["drop table main.dim_people", "create table main.x (a int)", "delete from main.dim_people"])
    def test_cannot_change_the_warehouse(self, warehouse: Path, statement: str) -> None:
        before = warehouse.read_bytes()
        result = run("query", statement)
        assert result.exit_code == 1
        assert "opened read-only" in result.stderr
        assert warehouse.read_bytes() == before

    def test_a_mistake_is_shown_with_its_place(self, warehouse: Path) -> None:
        result = run("query", "select nonsense from main.dim_people")
        assert result.exit_code == 1
        assert "nonsense" in result.stderr
        assert "Traceback" not in result.stderr

    def test_a_missing_folder_is_named(self, warehouse: Path, tmp_path: Path) -> None:
        result = run("query", "select 1", "-o", str(tmp_path / "no" / "x.txt"))
        assert result.exit_code == 2
        assert f"{tmp_path / 'no'} does not exist" in result.stderr

    def test_no_progress_bar_stands_among_the_rows(self, warehouse: Path) -> None:
        result = run("query", "select count(*) as n from range(300000000) where range % 7 = 3", "-f", "csv")
        assert result.stdout.split() == ["n", "42857143"]


class TestExplain:
    def test_shows_each_fact_with_its_rule(self, warehouse: Path) -> None:
        result = run("explain", ARTICLE)
        assert result.exit_code == 0
        rule = value(warehouse, "select any_value(rule_id) from main.fct_trade_claims where amount = 239000000")
        assert f"rule: {rule}" in result.stdout
        assert "amount: USD 239,000,000" in result.stdout
        assert "$239 million[" in result.stdout

    @pytest.mark.parametrize("name", [f"seeds/{ARTICLE}", f"/elsewhere/seeds/{ARTICLE}", ARTICLE])
    def test_finds_a_document_by_path(self, warehouse: Path, name: str) -> None:
        assert run("explain", name).exit_code == 0

    def test_finds_a_document_by_the_start_of_its_id(self, warehouse: Path) -> None:
        document_id = value(warehouse, "select document_id from main.dim_documents")
        assert run("explain", str(document_id)[:8]).exit_code == 0

    def test_unknown_document_says_how_to_find_one(self, warehouse: Path) -> None:
        result = run("explain", "nothing-like-this")
        assert result.exit_code == 1
        assert "No document 'nothing-like-this'" in result.stderr
        assert "select document_id" in result.stderr

    def test_writes_a_page(self, warehouse: Path, tmp_path: Path) -> None:
        page = tmp_path / "page.html"
        assert run("explain", ARTICLE, "--html", str(page)).exit_code == 0
        text = page.read_text("utf-8")
        assert text.startswith("<!doctype html>")
        assert "http" not in text.replace("https://", "").split("<style>")[0]
        assert 'id="fact-1"' in text


class TestExplainPerson:
    def test_shows_who_it_is_and_why(self, warehouse: Path) -> None:
        result = run("explain", "person", "tokayev")
        assert result.exit_code == 0
        assert "Kazakhstan" in result.stdout
        assert "head_of_state" in result.stdout
        assert "stands by itself" in result.stdout

    def test_unknown_person_says_how_to_search(self, warehouse: Path) -> None:
        result = run("explain", "person", "Nobody Known")
        assert result.exit_code == 1
        assert "No person 'Nobody Known'" in result.stderr

    def test_two_words_without_person_are_wrong_usage(self, warehouse: Path) -> None:
        result = run("explain", "some", "document")
        assert result.exit_code == 2
        assert "chancery explain person NAME" in result.stderr


class TestUi:
    def test_starts_dagster_in_the_instance_of_the_settings(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        calls: list[tuple[list[str], str]] = []

        def run_instead(command: list[str], env: dict[str, str], **_: object) -> subprocess.CompletedProcess:
            calls.append((command[2:], env["DAGSTER_HOME"]))
            return subprocess.CompletedProcess(command, 0)

        def take_place_instead(_: str, command: list[str], env: dict[str, str]) -> None:
            calls.append((command[2:], env["DAGSTER_HOME"]))

        monkeypatch.setattr(subprocess, "run", run_instead)
        monkeypatch.setattr(os, "execve", take_place_instead)
        monkeypatch.chdir(tmp_path)  # and back, at the end
        result = run("ui", "--port", "3210", "--warehouse", str(tmp_path / "w.duckdb"))
        assert result.exit_code == 0
        home = str(tmp_path / "w.dagster")
        assert [home for _, home in calls] == [home, home]
        assert calls[0][0] == ["dagster", "instance", "migrate"]
        assert calls[1][0][:2] == ["dagster", "dev"]
        assert calls[1][0][-2:] == ["--port", "3210"]
