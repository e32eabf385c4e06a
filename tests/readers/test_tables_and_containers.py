"""Tables and containers made for the purpose; languages, identity and weight of what is read from them."""

import gzip
import io
import json
import subprocess
import sys
import tracemalloc
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from made_files import (
    BODY,
    FRAME,
    HEADLINE,
    STORY,
    TEXT,
    TODAY,
    Drop,
    column,
    one,
    page_of_html,
    pdf_of_pages,
    warc_of,
    zip_of,
)

from pipelines.readers import Document, Rejection, document_id, read, seed_files

# ------------------------------------------------------------------------------------------------ tables

_RECORD = {
    "headline": HEADLINE,
    "content": TEXT,
    "publishedAt": "2025-09-09T23:00:00Z",
    "source": {"id": None, "name": "Wire"},
    "authors": ["A", "B"],
}


@pytest.mark.parametrize(
    ("name", "content", "members"),
    [
        ("a.jsonl", json.dumps(_RECORD) + "\n\n" + json.dumps(_RECORD), ["line 1", "line 3"]),
        ("a.json", json.dumps([_RECORD, _RECORD]), ["item 1", "item 2"]),
        ("a.json", json.dumps({"status": "ok", "articles": [_RECORD], "total": 1}), ["item 1"]),
        ("a.json", json.dumps({"response": {"docs": [_RECORD]}}), ["item 1"]),
        ("a.json", json.dumps({"hits": {"hits": [{"_id": 1, "_source": _RECORD}]}}), ["item 1"]),
        ("a.json", json.dumps(_RECORD, indent=2), ["item 1"]),
        ("a.json", json.dumps(_RECORD) + "\n" + json.dumps(_RECORD), ["item 1", "item 2"]),
        ("noname", json.dumps(_RECORD) + "\n" + json.dumps(_RECORD), ["line 1", "line 2"]),
    ],
)
def test_json_of_many_shapes(drop: Drop, name: str, content: str, members: list[str]) -> None:
    items = drop(name, content)
    assert [item.member for item in items] == members
    for document in items:
        assert isinstance(document, Document)
        assert document.body == BODY
        assert (document.publisher, document.author) == ("Wire", "A, B")
        assert (document.published_on, document.published_on_method) == (date(2025, 9, 9), "json_field")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2025-09-09", date(2025, 9, 9)),
        ("20250909T101500Z", date(2025, 9, 9)),
        ("Tue, 09 Sep 2025 23:30:00 GMT", date(2025, 9, 9)),
        ("Sept. 9, 2025 at 10:15 AM", date(2025, 9, 9)),
        ("9 September 2025", date(2025, 9, 9)),
        ("13/09/2025", date(2025, 9, 13)),
        ("9/13/25", date(2025, 9, 13)),
        (1757376000, date(2025, 9, 9)),
        (1757376000000, date(2025, 9, 9)),
        ({"$date": "2025-09-09T00:00:00Z"}, date(2025, 9, 9)),
        (None, date(2025, 9, 12)),
    ],
)
def test_dates_of_many_shapes(drop: Drop, value: object, day: date) -> None:
    assert one(drop("a.jsonl", json.dumps({"text": TEXT, "date": value}))).published_on == day


def test_the_order_of_day_and_month_is_told_by_other_rows(drop: Drop) -> None:
    rows = "\n".join(f'"{STORY[0]}",{day}' for day in ("03/04/2025", "04/13/2025", "12/25/2024"))
    assert [item.published_on for item in drop("a.csv", f"text,date\n{rows}\n") if isinstance(item, Document)] == [
        date(2025, 3, 4),
        date(2025, 4, 13),
        date(2024, 12, 25),
    ]


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("b.csv", ";"), ("c.tsv", "\t"), ("d.csv", "|")])
def test_csv(drop: Drop, name: str, mark: str) -> None:
    quoted = '"' + TEXT.replace('"', '""') + '"'
    rows = [
        mark.join(("Title", "Article Text", "Publish Date", "URL")),
        mark.join((HEADLINE, quoted, "2025-09-09", "https://www.dawn.com/1")),
    ] * 1
    first, second = drop(
        name, "\ufeff" + "\n".join([*rows, mark.join(("Brief", '"<p>One &amp; two.</p><p>Three.</p>"', "2025-09-10", ""))])
    )
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.body, first.publisher, first.member) == (BODY, "Dawn", "line 2")
    assert (second.body, second.member) == ("Brief\n\nOne & two.\n\nThree.", "line 7")


def test_parquet(drop: Drop) -> None:
    out = io.BytesIO()
    days = [datetime(2025, 9, 9, 23), datetime(2025, 9, 10)]
    pq.write_table(pa.table({"title": [HEADLINE, None], "content": [TEXT, STORY[0]], "date": days, "vector": [[1.0], [2.0]]}), out)
    first, second = drop("a.parquet", out.getvalue())
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.body, first.published_on, first.member) == (BODY, date(2025, 9, 9), "row 1")
    assert (second.body, second.published_on, second.title) == (STORY[0], date(2025, 9, 10), None)


@pytest.mark.parametrize("name", ["in/a.csv.columns.toml", "in/columns.toml", "columns.toml"])
def test_columns_that_are_named_beside_the_file(drop: Drop, tmp_path: Path, name: str) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / name).write_text(
        'title = "kop"\nbody = ["intro", "rest"]\npublished = "dag"\norder = "dmy"\n[always]\npublisher = "Het Voorbeeld"\n'
    )
    document = one(drop("in/a.csv", f'kop,intro,rest,dag\n{HEADLINE},"{STORY[0]}","{STORY[1]}",03/04/2025\n'))
    assert document.body == f"{HEADLINE}\n\n{STORY[0]}\n\n{STORY[1]}"
    assert (document.title, document.publisher, document.published_on) == (HEADLINE, "Het Voorbeeld", date(2025, 4, 3))
    assert [path.name for path in seed_files(tmp_path)] == ["a.csv"]


# ------------------------------------------------------------------------------------------------ folders and containers


def test_the_walk_has_one_order_and_leaves_litter_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", "c.txt", ".hidden/x.txt", "b/.DS_Store", "b/~$draft.docx", "b/columns.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "b" / "link").symlink_to(tmp_path / "b")
    assert [str(path.relative_to(tmp_path)) for path in seed_files(tmp_path)] == ["a.txt", "b/10.txt", "b/2.txt", "b/link", "c.txt"]


_SMALL_PDF = pdf_of_pages([column([line for paragraph in STORY for line in (paragraph, "")], 60, 700, 6)])


def test_a_web_archive(drop: Drop) -> None:
    head = "<meta property='article:published_time' content='2025-09-08'>"
    pages = [
        ("https://www.dawn.com/news/1", page_of_html(FRAME, head)),
        ("https://www.dawn.com/logo.png", b"\x89PNG"),
        ("https://www.dawn.com/missing", page_of_html("<p>Not found</p>")),
        ("https://www.dawn.com/", page_of_html("<nav><a href='/a'>A</a></nav>")),
        ("https://example.com/a", page_of_html(FRAME)),
    ]
    for name, gzipped in (("a.warc.gz", True), ("a.warc", False)):
        first, home, last = drop(name, warc_of(pages, gzipped=gzipped))
        assert isinstance(first, Document)
        assert isinstance(home, Rejection)
        assert isinstance(last, Document)
        assert (first.body, first.publisher, first.published_on, first.member) == (BODY, "Dawn", date(2025, 9, 8), "record 1")
        assert (home.reason_code, home.member) == ("no_article", "record 4")
        assert (last.publisher, last.published_on, last.published_on_method) == ("example.com", date(2025, 9, 10), "file_modified")


def test_containers_of_any_format(drop: Drop) -> None:
    lines = (json.dumps(_RECORD) + "\n").encode() * 2
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "date": ["2025-09-09"]}), out)
    archive = zip_of(
        {
            "in/a.txt": f"date 2025-09-09 {TEXT}".encode(),
            "b.jsonl.gz": gzip.compress(lines[:-1]) + gzip.compress(b"\n"),
            "c.pdf": _SMALL_PDF,
            "d.parquet": out.getvalue(),
            "e.zip": zip_of({"f.html": page_of_html(FRAME)}),
            "g.csv.zst": zstandard.compress(f'text,date\n"{TEXT}",2025-09-09\n'.encode()),
            "__MACOSX/._a.txt": b"x",
            ".DS_Store": b"x",
        }
    )
    items = drop("news.zip", archive)
    assert all(isinstance(item, Document) and TEXT in item.body for item in items), items
    assert [item.member for item in items] == [
        "b.jsonl.gz: line 1",
        "b.jsonl.gz: line 2",
        "c.pdf",
        "d.parquet: row 1",
        "e.zip: f.html",
        "g.csv.zst: line 2",
        "in/a.txt",
    ]
    assert {item.source_path for item in items} == {"news.zip"}


def test_content_tells_the_format_where_the_name_is_wrong(drop: Drop) -> None:
    assert one(drop("a.txt", _SMALL_PDF)).body == TEXT
    assert one(drop("b.dat2", gzip.compress(f"date 2025-09-09 {TEXT}".encode()))).body == TEXT
    assert one(drop("c.txt", page_of_html(FRAME))).body == BODY


# ------------------------------------------------------------------------------------------------ languages, identity, weight


@pytest.mark.parametrize(
    ("text", "language"),
    [
        (TEXT, "en"),
        (
            "Les ministres des affaires étrangères ont signé un accord commercial à Nairobi mardi.",
            "fr",
        ),
        (
            "Los ministros de Asuntos Exteriores firmaron el martes en Nairobi un acuerdo comercial.",
            "es",
        ),
        (
            "Die Außenminister unterzeichneten am Dienstag in Nairobi ein Handelsabkommen.",
            "de",
        ),
        (
            "Министры иностранных дел подписали во вторник в Найроби торговое соглашение.",
            "ru",
        ),
        ("وقع وزيرا الخارجية يوم الثلاثاء في نيروبي اتفاقا تجاريا بعد عامين من المفاوضات بين الحكومتين حول الرسوم الجمركية والموانئ", "ar"),
        ("両国の外相は火曜日にナイロビで貿易協定に署名した。二年にわたる政府間交渉の成果である。" * 4, "ja"),
        ("Accord signed", None),
    ],
)
def test_languages(drop: Drop, text: str, language: str | None) -> None:
    assert one(drop("a.txt", f"date 2025-09-09 {text}")).language == language


def test_what_a_source_says_of_its_language_counts_for_short_texts_only(drop: Drop) -> None:
    assert one(drop("a.jsonl", json.dumps({"text": "Accord signé", "date": "2025-09-09", "language": "fr-FR"}))).language == "fr"
    assert one(drop("b.jsonl", json.dumps({"text": TEXT, "date": "2025-09-09", "language": "fr"}))).language == "en"


def test_the_same_text_is_one_document(drop: Drop) -> None:
    first = one(drop("a.txt", f"date 2025-09-09 {HEADLINE}\n\n{TEXT}"))
    again = one(
        drop("b/copy.txt", f" date 2025-09-09 {HEADLINE}\r\n\r\n" + TEXT.replace("“", '"').replace("”", '"').replace(" ", "\u00a0", 3))
    )
    other_day = one(drop("c.txt", f"date 2025-09-10 {HEADLINE}\n\n{TEXT}"))
    assert document_id(first) == document_id(again) == "0143b5617f0121a39d5bfa9d96ffdee4"
    assert document_id(other_day) != document_id(first)
    assert document_id(replace(first, publisher="Wire")) != document_id(first)
    assert document_id(replace(first, url="https://example.com/a", source_path="x")) == document_id(first)


def test_the_clock_of_the_file_is_no_part_of_the_identity(drop: Drop) -> None:
    document = one(drop("a.txt", TEXT))
    assert document.published_on_method == "file_modified"
    assert document_id(replace(document, published_on=date(2025, 1, 1))) == document_id(document)


@pytest.mark.parametrize(
    ("library", "name", "content", "extra"),
    [
        ("trafilatura", "a.html", page_of_html(FRAME), "html"),
        ("pypdfium2", "a.pdf", _SMALL_PDF, "pdf"),
        ("feedparser", "a.rss", b"<rss version='2.0'><channel></channel></rss>", "feeds"),
        ("warcio", "a.warc", warc_of([], gzipped=False) or b"WARC/1.0\r\n", "warc"),
        ("zstandard", "a.txt.zst", zstandard.compress(b"text"), "zst"),
    ],
)
def test_a_missing_library_is_named(
    drop: Drop, monkeypatch: pytest.MonkeyPatch, library: str, name: str, content: bytes, extra: str
) -> None:
    for module in [module for module in sys.modules if module == library or module.startswith(f"{library}.")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, library, None)
    (item,) = drop(name, content)
    assert isinstance(item, Rejection)
    assert item.reason == f'{name}: needs the library {library} to be read; run pip install "chancery[{extra}]" and refresh again'


def test_nothing_heavy_is_loaded_before_it_is_needed() -> None:
    heavy = (
        "trafilatura",
        "htmldate",
        "lxml",
        "pypdfium2",
        "feedparser",
        "warcio",
        "zstandard",
        "py3langid",
        "charset_normalizer",
        "ftfy",
        "pyarrow",
    )
    code = f"import sys, pipelines.readers; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
    assert done.stdout.strip() == "[]"


def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    peaks = []
    for count in (600, 2400):
        path = tmp_path / f"{count}.jsonl"
        path.write_text("".join(json.dumps({**_RECORD, "id": number}) + "\n" for number in range(count)))
        tracemalloc.start()
        assert sum(1 for _ in read(path, tmp_path, TODAY)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < 1.2 * peaks[0]
