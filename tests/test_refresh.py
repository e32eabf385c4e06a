"""The whole pipeline, end to end, through Dagster."""

from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import duckdb
import pytest

from pipelines.refresh import Outcome, environment, refresh
from pipelines.schemas import TABLES
from pipelines.settings import PROJECT
from pipelines.warehouse.views import views
from tests.conftest import write_article


def contents(path: Path) -> dict[str, list[tuple]]:
    """Return every row of every table and view, but for what tells of runs."""
    with duckdb.connect(str(path), read_only=True) as con:
        names = [table.address for table in TABLES.values() if table.name != "refreshes"] + [view.address for view in views()]
        return {name: sorted(con.execute(f"select x::varchar from {name} as x").fetchall()) for name in names}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refresh")


@pytest.fixture(scope="module")
def outcome(folder: Path) -> Outcome:
    return refresh(PROJECT / "seeds", folder / "w.duckdb")


@pytest.fixture(scope="module")
def con(folder: Path, outcome: Outcome) -> Iterator[duckdb.DuckDBPyConnection]:
    assert outcome.succeeded, outcome.problems
    with duckdb.connect(str(folder / "w.duckdb"), read_only=True) as con:
        yield con


def test_the_seed_becomes_facts(outcome: Outcome, con: duckdb.DuckDBPyConnection) -> None:
    assert outcome.succeeded
    assert outcome.problems == ()
    assert con.execute("select count(*) from main.dim_documents where is_current").fetchall() == [(1,)]
    for name in ("fct_engagements", "fct_agreements", "fct_trade_claims", "dim_people", "fct_cooperation_topics", "dim_parties"):
        ((count,),) = con.execute(f"select count(*) from main.{name}").fetchall()
        assert count > 0, name


def test_the_views_answer(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("select distinct party_a, party_b from engagement.timeline").fetchall() == [("KAZ", "PAK")]
    assert con.execute("select amount from trade.claims where amount is not null").fetchall() == [(239e6,)]


def test_evidence_is_verbatim(con: duckdb.DuckDBPyConnection) -> None:
    for name in ("fct_engagement_mentions", "fct_agreement_mentions", "fct_trade_claims", "fct_person_mentions", "fct_cooperation_topics"):
        wrong = con.execute(
            f"""
            select evidence_text from main.{name} join main.dim_documents using (document_id)
            where evidence_text is distinct from substr(body, evidence_start + 1, evidence_end - evidence_start)
            """
        ).fetchall()
        assert wrong == [], name


def test_nothing_waits(con: duckdb.DuckDBPyConnection) -> None:
    assert con.execute("from staging.pending_documents").fetchall() == []


def test_the_run_is_on_record(outcome: Outcome, con: duckdb.DuckDBPyConnection) -> None:
    row = con.execute(
        "select run_id, documents_read, documents_new, documents_rejected, rows_written > 0, rows_rejected, finished_at >= started_at "
        "from ops.refreshes"
    ).fetchall()
    assert row == [(outcome.run_id, 1, 1, 0, True, 0, True)]


def test_a_second_refresh_changes_nothing(folder: Path, con: duckdb.DuckDBPyConnection) -> None:
    before = contents(folder / "w.duckdb")
    second = refresh(PROJECT / "seeds", folder / "w.duckdb")
    assert second.succeeded, second.problems
    assert contents(folder / "w.duckdb") == before


def test_the_same_seeds_give_the_same_warehouse_elsewhere(folder: Path, con: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    assert refresh(PROJECT / "seeds", tmp_path / "other.duckdb", workers=2).succeeded
    here, there = contents(folder / "w.duckdb"), contents(tmp_path / "other.duckdb")
    for name in ("main.dim_documents", "staging.source_files"):  # which say when they were read
        del here[name], there[name]
    assert here == there


def test_dagster_has_the_run_with_its_metadata(folder: Path, outcome: Outcome) -> None:
    with environment({"CHANCERY_WAREHOUSE": str(folder / "w.duckdb")}), dg.DagsterInstance.get() as instance:
        run = instance.get_run_by_id(outcome.run_id)
        assert run
        assert run.status == dg.DagsterRunStatus.SUCCESS
        claims = instance.get_latest_materialization_event(dg.AssetKey("fct_trade_claims"))
        assert claims
        metadata = claims.asset_materialization.metadata
        assert metadata["dagster/row_count"].value >= 1
        assert metadata["rows_rejected"].value == 0
        assert len(metadata["preview"].value.splitlines()) == 2 + min(5, metadata["dagster/row_count"].value)
        view = instance.get_latest_materialization_event(dg.AssetKey(["trade", "bilateral_trade"]))
        assert view
        lineage = view.asset_materialization.metadata["dagster/column_lineage"].value
        assert dg.TableColumnDep(dg.AssetKey(["trade", "claims"]), "party_a") in lineage.deps_by_column["party_a"]


def test_a_broken_seeds_folder_is_a_problem_with_a_reason(tmp_path: Path) -> None:
    failed = refresh(tmp_path / "nowhere", tmp_path / "w.duckdb")
    assert not failed.succeeded
    assert "nowhere does not exist. Create it and drop documents into it" in failed.problems[0]
    assert not (tmp_path / "w.duckdb").exists(), "nothing is published by a refresh that failed"


def test_errors_found_by_checks_are_not_published(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_article(tmp_path / "seeds", "a.txt", "Kenya and Norway signed a fisheries agreement in Nairobi on Tuesday.")
    from pipelines.warehouse import facts

    resolve = facts.Step.resolve.fget

    def without_parties(step: facts.Step) -> object:
        done = resolve(step)
        return lambda con: (done(con), con.execute("update main.fct_engagement_mentions set evidence_start = evidence_start + 1"))[0]

    monkeypatch.setattr(facts.Step, "resolve", property(without_parties))
    failed = refresh(tmp_path / "seeds", tmp_path / "w.duckdb")
    assert not failed.succeeded
    assert any("evidence_stands_in_body" in warning for warning in failed.warnings)
    assert not (tmp_path / "w.duckdb").exists()


def test_prune_takes_out_what_was_deleted(tmp_path: Path) -> None:
    write_article(tmp_path / "seeds", "a.txt", "Kenya and Norway signed a fisheries agreement in Nairobi on Tuesday.")
    gone = write_article(tmp_path / "seeds", "b.txt", "Chad and Niger signed a border agreement in Niamey on Tuesday.")
    published = tmp_path / "w.duckdb"

    def parties() -> set[str]:
        with duckdb.connect(str(published), read_only=True) as con:
            return {code for (code,) in con.execute("select distinct party_code from main.fct_engagement_parties").fetchall()}

    assert refresh(tmp_path / "seeds", published).succeeded
    assert parties() == {"KEN", "NOR", "TCD", "NER"}
    gone.unlink()
    assert refresh(tmp_path / "seeds", published).succeeded
    assert parties() == {"KEN", "NOR", "TCD", "NER"}
    assert refresh(tmp_path / "seeds", published, prune=True).succeeded
    assert parties() == {"KEN", "NOR"}


@pytest.mark.parametrize("selected", ["trade/claims", "dim_documents", "fct_trade_claims", "dim_parties"])
def test_a_single_asset_can_be_materialised_and_is_published(folder: Path, con: duckdb.DuckDBPyConnection, selected: str) -> None:
    from pipelines.definitions import defs

    with environment({"CHANCERY_SEEDS": str(PROJECT / "seeds"), "CHANCERY_WAREHOUSE": str(folder / "w.duckdb")}):
        published_at = (folder / "w.duckdb").stat().st_mtime_ns
        # As the UI does: what one step writes is materialised together.
        neighbours = dg.AssetSelection.assets(dg.AssetKey(selected.split("/"))).required_multi_asset_neighbors()
        keys = list(neighbours.resolve(defs.resolve_asset_graph()))
        with dg.DagsterInstance.get() as instance:
            result = defs.resolve_job_def("refresh").execute_in_process(instance=instance, asset_selection=keys)
        assert result.success
        assert (folder / "w.duckdb").stat().st_mtime_ns > published_at


def test_a_run_of_chosen_assets_that_leaves_work_does_not_publish(tmp_path: Path) -> None:
    from pipelines.definitions import defs

    write_article(tmp_path / "seeds", "a.txt", "Kenya and Norway signed a fisheries agreement in Nairobi on Tuesday.")
    assert refresh(tmp_path / "seeds", tmp_path / "w.duckdb").succeeded
    write_article(tmp_path / "seeds", "b.txt", "Chad and Niger signed a border agreement in Niamey on Tuesday.")
    with environment({"CHANCERY_SEEDS": str(tmp_path / "seeds"), "CHANCERY_WAREHOUSE": str(tmp_path / "w.duckdb")}):
        keys = list(dg.AssetSelection.groups("ingest").resolve(defs.resolve_asset_graph()))
        with dg.DagsterInstance.get() as instance:
            assert defs.resolve_job_def("refresh").execute_in_process(instance=instance, asset_selection=keys).success
    with duckdb.connect(str(tmp_path / "w.duckdb"), read_only=True) as con:
        assert con.execute("select count(*) from main.dim_documents").fetchall() == [(1,)], "half a refresh was published"
