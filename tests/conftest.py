"""What tests of the house share: a folder with seeds of its own, and the warehouse open in it."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from pipelines.settings import Settings
from pipelines.warehouse import Warehouse, open_warehouse

ARTICLE = """ date 2024-03-05 Norvania and Kenya signed a memorandum on fisheries, the foreign ministry in Nairobi said on Tuesday.

Foreign Minister Amina Otieno met her Norwegian counterpart Lars Berg in Nairobi. Trade between Kenya and Norway reached $120 million
in 2023, she said.
"""


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "seeds").mkdir()
    return Settings(
        seeds=tmp_path / "seeds",
        warehouse=tmp_path / "var" / "test.duckdb",
        home=tmp_path / "var" / "dagster",
        lexicon=None,
        corrections=tmp_path / "corrections.toml",
        workers=1,
    )


@pytest.fixture(scope="session")
def empty_working_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a working file with every table and no row: making it once saves most of the tests' time."""
    folder = tmp_path_factory.mktemp("empty")
    settings = Settings(
        seeds=folder, warehouse=folder / "empty.duckdb", home=folder, lexicon=None, corrections=folder / "corrections.toml", workers=1
    )
    with open_warehouse(settings):
        pass
    return settings.working


@pytest.fixture
def warehouse(settings: Settings, empty_working_file: Path) -> Iterator[Warehouse]:
    settings.working.parent.mkdir(parents=True)
    shutil.copyfile(empty_working_file, settings.working)
    with open_warehouse(settings) as opened:
        yield opened


def write_article(folder: Path, name: str, words: str, day: date = date(2024, 3, 5)) -> Path:
    """Write an article of ``words`` to ``folder``, long enough for its language to be told."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    padding = "The ministers of both countries said that they would continue their talks in the coming weeks."
    path.write_text(f" date {day.isoformat()} {words}\n\n{padding}\n", "utf-8")
    return path
