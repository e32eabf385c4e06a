from pathlib import Path

import pytest

from pipelines.settings import PROJECT, current_settings


def test_defaults_lie_in_the_project() -> None:
    settings = current_settings({})
    assert settings.seeds == PROJECT / "seeds"
    assert settings.warehouse == PROJECT / "var" / "chancery.duckdb"
    assert settings.working == PROJECT / "var" / "chancery.work.duckdb"
    assert settings.home == PROJECT / "var" / "dagster"
    assert settings.lexicon is None
    assert settings.workers >= 1


def test_relative_paths_are_relative_to_the_project(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    settings = current_settings({"CHANCERY_SEEDS": "news", "CHANCERY_WAREHOUSE": "out/my.duckdb", "CHANCERY_LEXICON": "words"})
    assert settings.seeds == PROJECT / "news"
    assert settings.warehouse == PROJECT / "out" / "my.duckdb"
    assert settings.lexicon == PROJECT / "words"


def test_a_warehouse_elsewhere_has_its_instance_beside_it() -> None:
    settings = current_settings({"CHANCERY_WAREHOUSE": "/data/press.duckdb"})
    assert settings.home == Path("/data/press.dagster")
    assert settings.working == Path("/data/press.work.duckdb")
    assert settings.lock == Path("/data/press.lock")


def test_dagster_home_is_respected() -> None:
    assert current_settings({"CHANCERY_WAREHOUSE": "/data/press.duckdb", "DAGSTER_HOME": "/data/dagster"}).home == Path("/data/dagster")


@pytest.mark.parametrize("value", ["0", "-1", "two", "1.5"])
def test_a_wrong_number_of_workers_is_told(value: str) -> None:
    with pytest.raises(ValueError, match=r"CHANCERY_WORKERS is '.*'; expected a number of processes, 1 or more"):
        current_settings({"CHANCERY_WORKERS": value})


def test_environment_gives_the_same_settings_back() -> None:
    settings = current_settings({"CHANCERY_WAREHOUSE": "/data/press.duckdb", "CHANCERY_WORKERS": "3", "CHANCERY_LEXICON": "/words"})
    assert current_settings(settings.environment()) == settings
