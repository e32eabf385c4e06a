import os
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from pipelines.warehouse import Warehouse
from pipelines.warehouse.documents import ReadingReport, read_documents
from pipelines.warehouse.files import EPOCH, trusted_time
from tests.conftest import write_article

Read = Callable[..., ReadingReport]


@pytest.fixture
def seeds(warehouse: Warehouse) -> Path:
    return warehouse.settings.seeds


@pytest.fixture
def read(warehouse: Warehouse) -> Read:
    """Read the seeds; the files' dates are set back first, as if they had long been at rest."""

    def read(prune: bool = False) -> ReadingReport:
        for path in warehouse.settings.seeds.rglob("*"):
            if path.is_file() and path.stat().st_mtime > datetime.now().timestamp() - 60:
                moment = path.stat().st_mtime_ns - 3600 * 10**9
                os.utime(path, ns=(moment, moment))
        return read_documents(warehouse, "run", prune)

    return read


def current(warehouse: Warehouse) -> list[str]:
    """Return the paths of the current documents."""
    rows = warehouse.con.execute("select source_path from main.dim_documents where is_current order by all").fetchall()
    return [path for (path,) in rows]


def waiting(warehouse: Warehouse, step: str = "extract") -> int:
    rows = warehouse.con.execute("select document_id from staging.pending_documents where step = ?", [step]).fetchall()
    assert len(set(rows)) == len(rows)
    return len(rows)


def done(warehouse: Warehouse) -> None:
    warehouse.con.execute("delete from staging.pending_documents")


def test_a_new_file_becomes_a_current_document_that_waits(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement in Nairobi.", date(2024, 3, 5))
    report = read()
    assert (report.files_changed, report.documents_read, report.documents_new, report.rejected) == (1, 1, 1, 0)
    row = warehouse.con.execute(
        "select source_path, source_paths, published_on, published_on_method, is_current, extractor_version from main.dim_documents"
    ).fetchall()
    assert row == [("kenya.txt", ["kenya.txt"], date(2024, 3, 5), "header", True, None)]
    assert waiting(warehouse, "extract") == waiting(warehouse, "duplicates") == 1


def test_an_unchanged_file_is_not_opened(warehouse: Warehouse, seeds: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    done(warehouse)
    monkeypatch.setattr("pipelines.warehouse.documents.read_batch", lambda *_: pytest.fail("a file was opened"))
    report = read()
    assert (report.files_changed, report.files_unchanged, report.documents_read) == (0, 1, 0)
    assert waiting(warehouse) == 0


def test_a_touched_file_is_not_read_again(warehouse: Warehouse, seeds: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    done(warehouse)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    monkeypatch.setattr("pipelines.readers.batch.read", lambda *_: pytest.fail("a file was read"))
    report = read()
    assert (report.files_changed, report.documents_read, report.documents_new) == (1, 0, 0)
    assert current(warehouse) == ["kenya.txt"]
    assert waiting(warehouse) == 0
    assert read().files_unchanged == 1


def test_an_edited_file_is_a_new_version(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    done(warehouse)
    write_article(seeds, "kenya.txt", "Kenya and Norway postponed a fisheries agreement.")
    report = read()
    assert (report.documents_new, report.documents_superseded) == (1, 1)
    versions = warehouse.con.execute("select is_current, body like '%postponed%' from main.dim_documents order by all").fetchall()
    assert versions == [(False, False), (True, True)]
    assert waiting(warehouse) == 2, "the old version must leave the facts, the new one enter them"


def test_an_edit_taken_back_makes_the_old_version_current_again(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    write_article(seeds, "kenya.txt", "Kenya and Norway postponed a fisheries agreement.")
    read()
    done(warehouse)
    write_article(seeds, "kenya.txt", "Kenya and Norway signed a fisheries agreement.")
    report = read()
    assert (report.documents_new, report.documents_superseded) == (0, 1)
    versions = warehouse.con.execute("select is_current, body like '%signed%' from main.dim_documents order by all").fetchall()
    assert versions == [(False, False), (True, True)]
    assert waiting(warehouse) == 2


def test_the_same_text_in_two_files_is_one_document(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    write_article(seeds, "b.txt", "Kenya and Norway signed a fisheries agreement.")
    write_article(seeds, "sub/a.txt", "Kenya and Norway signed a fisheries agreement.")
    report = read()
    assert (report.documents_read, report.documents_new) == (2, 1)
    assert warehouse.con.execute("select source_path, source_paths from main.dim_documents").fetchall() == [
        ("b.txt", ["b.txt", "sub/a.txt"])
    ]
    done(warehouse)
    write_article(seeds, "a.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    assert warehouse.con.execute("select source_path, source_paths from main.dim_documents").fetchall() == [
        ("a.txt", ["a.txt", "b.txt", "sub/a.txt"])
    ]
    assert waiting(warehouse) == 0, "another path changes nothing that the facts are made from"


def test_a_deleted_copy_leaves_the_document_to_the_other_file(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    write_article(seeds, "a.txt", "Kenya and Norway signed a fisheries agreement.")
    copy = write_article(seeds, "b.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    done(warehouse)
    copy.unlink()
    report = read(prune=True)
    assert (report.files_gone, report.documents_pruned) == (1, 0)
    assert warehouse.con.execute("select source_paths, is_current from main.dim_documents").fetchall() == [(["a.txt"], True)]
    assert waiting(warehouse) == 0


def test_a_deleted_file_keeps_its_documents_unless_pruned(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    path = write_article(seeds, "a.txt", "Kenya and Norway signed a fisheries agreement.")
    write_article(seeds, "b.txt", "Chad and Niger opened a border post.")
    read()
    done(warehouse)
    path.unlink()
    report = read()
    assert (report.files_gone, report.documents_pruned) == (1, 0)
    assert current(warehouse) == ["a.txt", "b.txt"]
    assert waiting(warehouse) == 0
    report = read(prune=True)
    assert (report.files_gone, report.documents_pruned) == (1, 1)
    assert current(warehouse) == ["b.txt"]
    assert waiting(warehouse) == 1
    assert read(prune=True).files_gone == 0


def test_a_pruned_file_that_returns_is_read_again(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    path = write_article(seeds, "a.txt", "Kenya and Norway signed a fisheries agreement.")
    read()
    path.unlink()
    read(prune=True)
    done(warehouse)
    write_article(seeds, "a.txt", "Kenya and Norway signed a fisheries agreement.")
    report = read()
    assert (report.documents_read, report.documents_new) == (1, 0)
    assert current(warehouse) == ["a.txt"]
    assert waiting(warehouse) == 1


def jsonl(path: Path, *records: str) -> None:
    path.write_text("".join(record + "\n" for record in records), "utf-8")


def record(text: str, url: str = "", day: str = "2024-03-05") -> str:
    padding = "The ministers of both countries said that they would continue their talks in the coming weeks."
    return f'{{"title": "{text}", "text": "{text}. {padding}", "date": "{day}", "url": "{url}"}}'


def test_every_line_of_a_bulk_file_is_a_document(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    jsonl(seeds / "bulk.jsonl", record("Kenya met Norway"), record("Chad met Niger"), "{broken", record("Peru met Chile"))
    report = read()
    assert (report.documents_read, report.documents_new, report.rejected) == (3, 3, 1)
    assert current(warehouse) == ["bulk.jsonl: line 1", "bulk.jsonl: line 2", "bulk.jsonl: line 4"]
    assert warehouse.con.execute("select source_path, member, run_id from ops.rejected_documents").fetchall() == [
        ("bulk.jsonl", "line 3", "run")
    ]
    done(warehouse)
    jsonl(seeds / "bulk.jsonl", record("Kenya met Norway"), record("Chad met Mali"), record("Peru met Chile"))
    report = read()
    assert (report.documents_new, report.documents_superseded) == (1, 1)
    assert current(warehouse) == ["bulk.jsonl: line 1", "bulk.jsonl: line 2", "bulk.jsonl: line 3"]
    assert warehouse.con.execute("from ops.rejected_documents").fetchall() == [], "what is mended is no longer refused"


@pytest.mark.parametrize(
    ("first", "second", "are_versions"),
    [
        ("https://news.example/2024/fish-deal", "https://news.example/2024/fish-deal", True),
        ("https://news.example/2024/fish-deal", "http://www.news.example/2024/Fish-deal/", True),
        ("https://news.example/2024/fish-deal", "https://news.example/2024/fish-deal?utm_source=mail#top", True),
        ("https://news.example/story?id=7", "https://news.example/story?id=8", False),
        ("https://news.example/", "https://news.example/", False),
        ("https://news.example/a", "https://other.example/a", False),
        ("", "", False),
    ],
)
def test_new_text_at_the_same_address_is_a_new_version(
    warehouse: Warehouse, seeds: Path, read: Read, first: str, second: str, are_versions: bool
) -> None:
    jsonl(seeds / "monday.jsonl", record("Kenya will sign a deal with Norway", first, "2024-03-04"))
    read()
    jsonl(seeds / "tuesday.jsonl", record("Kenya signed a deal with Norway", second, "2024-03-05"))
    read()
    expected = ["tuesday.jsonl: line 1"] if are_versions else ["monday.jsonl: line 1", "tuesday.jsonl: line 1"]
    assert current(warehouse) == expected


def test_the_latest_version_is_current_in_whatever_order_they_come(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    address = "https://news.example/2024/fish-deal"
    jsonl(seeds / "tuesday.jsonl", record("Kenya signed a deal with Norway", address, "2024-03-05"))
    read()
    jsonl(seeds / "monday.jsonl", record("Kenya will sign a deal with Norway", address, "2024-03-04"))
    read()
    assert current(warehouse) == ["tuesday.jsonl: line 1"]
    (seeds / "tuesday.jsonl").unlink()
    read(prune=True)
    assert current(warehouse) == ["monday.jsonl: line 1"]


def test_what_cannot_be_read_is_noted_once_and_not_tried_until_it_changes(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    (seeds / "empty.txt").write_bytes(b"")
    (seeds / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0" + bytes(range(256)) * 8)
    report = read()
    assert (report.documents_read, report.rejected) == (0, 2)
    assert report.rejected_by_reason == {"empty": 1, "unsupported_format": 1}
    reasons = dict(warehouse.con.execute("select source_path, reason from ops.rejected_documents").fetchall())
    assert "photo.jpg" in reasons["photo.jpg"]
    assert "OCR" in reasons["photo.jpg"]
    assert (again := read()).files_changed == 0
    assert again.rejected == 0
    (seeds / "photo.jpg").unlink()
    read()
    assert warehouse.con.execute("select source_path from ops.rejected_documents").fetchall() == [("empty.txt",)]


def test_a_crash_loses_one_batch_and_the_next_refresh_reads_the_rest(
    warehouse: Warehouse, seeds: Path, read: Read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pipelines.warehouse.documents._FILES_PER_BATCH", 2)
    for number in range(7):
        write_article(seeds, f"{number}.txt", f"Kenya and Norway held round {number} of their talks.")
    from pipelines.warehouse import documents

    store, stored = documents._store_batch, []

    def fail_at_third(*arguments: object) -> None:
        if len(stored) == 2:
            raise KeyboardInterrupt
        stored.append(arguments)
        store(*arguments)

    monkeypatch.setattr(documents, "_store_batch", fail_at_third)
    with pytest.raises(KeyboardInterrupt):
        read()
    assert len(current(warehouse)) == 4
    monkeypatch.setattr(documents, "_store_batch", store)
    report = read()
    assert (report.files_unchanged, report.documents_new) == (4, 3)
    assert len(current(warehouse)) == waiting(warehouse) == 7


def test_many_cores_read_what_one_does(warehouse: Warehouse, seeds: Path, read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    monkeypatch.setattr("pipelines.warehouse.documents._FILES_PER_BATCH", 3)
    for number in range(8):
        write_article(seeds, f"{number}.txt", f"Kenya and Norway held round {number} of their talks.")
    shared = Warehouse(warehouse.con, replace(warehouse.settings, workers=2))
    heard: list[tuple[int, int]] = []
    report = read_documents(shared, "run", progress=lambda done, total: heard.append((done, total)))
    assert report.documents_new == 8
    assert len(current(warehouse)) == 8
    assert sorted(heard)[-1] == (8, 8)
    assert not warehouse.settings.scratch.exists()


def test_a_missing_folder_is_told(warehouse: Warehouse, seeds: Path, read: Read) -> None:
    seeds.rmdir()
    with pytest.raises(FileNotFoundError, match="does not exist. Create it and drop documents into it, or set CHANCERY_SEEDS"):
        read()


@pytest.mark.parametrize(
    ("age", "is_trusted"),
    [
        (timedelta(milliseconds=10, microseconds=7), False),
        (timedelta(seconds=1, microseconds=7), True),
        (timedelta(seconds=1), False),
        (timedelta(seconds=3), True),
        (timedelta(seconds=-5, microseconds=7), False),
    ],
)
def test_a_file_that_may_yet_change_unseen_is_looked_at_again(age: timedelta, is_trusted: bool) -> None:
    read_at = datetime(2024, 3, 5, 12, 0, 0)
    modified_at = read_at - age
    assert trusted_time(modified_at, read_at) == (modified_at if is_trusted else EPOCH)
