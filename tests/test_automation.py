import json
import os
import time
from datetime import datetime, timedelta
from pathlib import Path

import dagster as dg
import pytest

from pipelines.automation import look_at, new_seeds, nightly, refresh
from pipelines.settings import Settings
from pipelines.warehouse import open_warehouse
from pipelines.warehouse.documents import read_documents
from pipelines.warehouse.files import SeedFile
from tests.conftest import write_article

NOON = datetime(2024, 3, 5, 12, 0, 0)


def seed_file(name: str, age_seconds: float, size: int = 100) -> SeedFile:
    return SeedFile(Path(name), name, size, NOON - timedelta(seconds=age_seconds))


@pytest.mark.parametrize(
    ("files", "sizes_before", "is_at_rest"),
    [
        ([seed_file("a.txt", 10)], {}, True),
        ([seed_file("a.txt", 1)], {}, False),
        ([seed_file("a.txt", 10), seed_file("b.txt", 0.1)], {}, False),
        ([seed_file("a.txt", 10, size=200)], {"a.txt": 100}, False),
        ([seed_file("a.txt", 10, size=200)], {"a.txt": 200}, True),
        ([seed_file("a.txt", -3600)], {}, True),
    ],
)
def test_a_drop_is_whole_when_nothing_grows(files: list[SeedFile], sizes_before: dict[str, int], is_at_rest: bool) -> None:
    assert look_at(files, sizes_before, NOON).is_at_rest is is_at_rest


def test_the_same_drop_has_the_same_fingerprint_and_any_change_another() -> None:
    one = look_at([seed_file("a.txt", 10)], {}, NOON).fingerprint
    assert look_at([seed_file("a.txt", 10)], {"a.txt": 1}, NOON + timedelta(hours=1)).fingerprint == one
    for other in ([seed_file("b.txt", 10)], [seed_file("a.txt", 11)], [seed_file("a.txt", 10, 99)], []):
        assert look_at(other, {}, NOON).fingerprint != one


@pytest.fixture
def seeds(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, value in settings.environment().items():
        monkeypatch.setenv(name, value)
    return settings.seeds


def tick(cursor: str | None = None) -> dg.SensorResult | dg.SkipReason:
    return new_seeds(dg.build_sensor_context(cursor=cursor))


def at_rest(folder: Path) -> None:
    moment = time.time() - 60
    for path in folder.rglob("*.txt"):
        os.utime(path, (moment, moment))


def test_an_empty_folder_starts_nothing(seeds: Path) -> None:
    assert tick() == dg.SkipReason("Nothing new.")


def test_a_thousand_files_are_one_run(seeds: Path) -> None:
    for number in range(1000):
        (seeds / f"{number}.txt").write_text("Kenya met Norway.")
    at_rest(seeds)
    result = tick()
    assert isinstance(result, dg.SensorResult)
    assert result.run_requests is not None
    assert len(result.run_requests) == 1
    assert tick(result.cursor).run_requests[0].run_key == result.run_requests[0].run_key, "the next look must ask for the same run"


def test_a_file_being_written_waits(seeds: Path) -> None:
    path = seeds / "a.txt"
    path.write_text("Kenya met")
    result = tick()
    assert result.run_requests == []
    assert "1 new or changed files, some still being written" in result.skip_reason.skip_message
    path.write_text("Kenya met Norway.")
    at_rest(seeds)  # a copy that keeps the original's date while it grows
    result = tick(result.cursor)
    assert result.run_requests == []
    result = tick(result.cursor)
    assert len(result.run_requests) == 1


def test_what_was_read_starts_nothing_until_it_changes(seeds: Path, settings: Settings) -> None:
    path = write_article(seeds, "a.txt", "Kenya met Norway.")
    (seeds / "empty.txt").touch()
    at_rest(seeds)
    with open_warehouse(settings) as warehouse:
        read_documents(warehouse, "run")
        warehouse.publish()
    assert tick() == dg.SkipReason("Nothing new."), "what cannot be read is not tried for ever"
    path.write_text("Kenya met Norway again.")
    at_rest(seeds)
    assert len(tick().run_requests) == 1


def test_a_missing_folder_is_told(seeds: Path) -> None:
    seeds.rmdir()
    assert "does not exist" in tick().skip_message


@pytest.mark.parametrize("cursor", [None, "", "not json", json.dumps({"gone.txt": 3})])
def test_any_cursor_is_read(seeds: Path, cursor: str | None) -> None:
    assert tick(cursor) == dg.SkipReason("Nothing new.")


def test_the_night_has_its_refresh() -> None:
    context = dg.build_schedule_context(scheduled_execution_time=datetime(2024, 3, 5, 2, 30))
    assert nightly.evaluate_tick(context).run_requests
    assert nightly.cron_schedule == "30 2 * * *"
    assert nightly.job_name == refresh.name
