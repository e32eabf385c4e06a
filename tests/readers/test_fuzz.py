"""Every reader on good files gone bad: whatever the bytes, there are documents and rejections, never an exception, and soon.

A rejection ``reader_failed`` is what the last net caught: here it counts as a failure. ``CHANCERY_FUZZ`` sets the number of examples.
"""

import gzip
import io
import json
import os
import time
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_files import (
    HEADLINE,
    STORY,
    TEXT,
    TODAY,
    column,
    docx_of,
    page_of_html,
    paragraphs_of_html,
    pdf_of_pages,
    warc_of,
    word_paragraphs,
    zip_of,
)

from pipelines.readers import Document, Rejection, document_id, read

EXAMPLES = int(os.environ.get("CHANCERY_FUZZ", "12"))
SECONDS = 10.0


def _mail() -> bytes:
    message = EmailMessage()
    message["From"] = "Example Times <news@example.com>"
    message["Subject"] = f"Fwd: {HEADLINE} – résumé"
    message["Date"] = "Tue, 09 Sep 2025 23:30:00 +0300"
    message.set_content(TEXT)
    message.add_alternative(f"<html><body>{paragraphs_of_html()}</body></html>", subtype="html")
    message.add_attachment(docx_of(word_paragraphs()), maintype="application", subtype="zip", filename="a.docx")
    return bytes(message)


def _parquet() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"title": [HEADLINE] * 3, "content": [TEXT] * 3, "date": ["2025-09-09"] * 3, "authors": [["A", "B"]] * 3}), out)
    return out.getvalue()


def _feed() -> bytes:
    entry = f"<item><title>{HEADLINE}</title><link>https://a.example/1</link><description>&lt;p&gt;{STORY[0]}&lt;/p&gt;</description>"
    dated = f"{entry}<pubDate>Tue, 09 Sep 2025 23:30:00 +0500</pubDate></item>"
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Feed</title>{dated * 2}</channel></rss>'.encode()


_LINKED = {"@type": "NewsArticle", "headline": HEADLINE, "datePublished": "2025-09-09", "author": [{"name": "A"}], "articleBody": TEXT}
_HEAD = (
    f'<title>{HEADLINE} | Example</title><script type="application/ld+json">{json.dumps(_LINKED)}</script>'
    '<meta property="og:site_name" content="Example">'
)
_PAGE = page_of_html(f"<nav><a href='/'>Home</a></nav><article><h1>{HEADLINE}</h1>{paragraphs_of_html()}</article>", _HEAD)
_RECORD = {
    "title": HEADLINE,
    "text": TEXT,
    "published_at": "2025-09-09T10:00:00Z",
    "source": {"name": "A"},
    "authors": ["B"],
    "url": "https://a.example",
}
_LINES = "\n".join([json.dumps(_RECORD)] * 3).encode()
_CSV = f'title,text,date\n{HEADLINE},"{TEXT}",2025-09-09\nBrief,"A ""short"" one.",13/09/2025\n'.encode()

FILES: dict[str, bytes] = {
    "a.txt": f"date 2025-09-09 {HEADLINE}\n\nNAIROBI, Sept 9 (Agency) – {TEXT}\n\nPublished: 9 September 2025".encode(),
    "a.md": (
        f"---\ntitle: {HEADLINE}\ndate: 2025-09-09\n---\n# {HEADLINE}\n\n> **{STORY[0]}** [link](https://a.example) ![x](y)\n\n- {STORY[1]}"
    ).encode(),
    "a.html": _PAGE,
    "a.pdf": pdf_of_pages([[(60, 770, 18, HEADLINE), *column([*STORY, "trade-"], 60, 740), *column([*STORY], 310, 740)]], compress=False),
    "b.pdf": pdf_of_pages([[(60, 770, 18, HEADLINE), *column([*STORY], 60, 740)]] * 2, "/CreationDate (D:20250909)"),
    "a.docx": docx_of(word_paragraphs(), "<dc:creator>A B</dc:creator>"),
    "a.eml": _mail(),
    "a.mbox": (b"From a@b Tue Sep  9 10:00:00 2025\n" + _mail() + b"\n\n") * 2,
    "a.rss": _feed(),
    "a.json": json.dumps({"status": "ok", "articles": [_RECORD] * 3}).encode(),
    "a.jsonl": _LINES,
    "a.csv": _CSV,
    "a.parquet": _parquet(),
    "a.warc": warc_of([("https://a.example/2025/09/09/x", _PAGE)] * 2, gzipped=False),
    "a.warc.gz": warc_of([("https://a.example/2025/09/09/x", _PAGE)] * 2),
    "a.jsonl.gz": gzip.compress(_LINES, mtime=0),
    "a.csv.zst": zstandard.compress(_CSV),
    "a.zip": zip_of({"in/a.txt": b"date 2025-09-09 " + TEXT.encode(), "b.jsonl.gz": gzip.compress(_LINES, mtime=0), "c.html": _PAGE}),
    "noname": _LINES,
}

_SPICES = st.sampled_from(
    (
        *(b"\0", b"\xff\xfe", b"<", b">", b"&#0;", b"&amp;", b'"', b"\\", b"{", b"[" * 300, b"<div>" * 300, b"\n\n", b"\r", b"%PDF-"),
        *(b"endstream", b"9" * 400, b"-1", b"0x", b"\xed\xa0\x80", b"\\ud800", b"1e999", b"<![CDATA[", b"<!--", b"]]>", b"20255"),
        *(b"charset=utf-7;", b"charset=zip", b"=?utf-8?b?", b"=?x?q?", b"\x1f\x8b", b"PK\x03\x04", b"\x28\xb5\x2f\xfd"),
    )
)
_KINDS = st.sampled_from(["flip", "cut", "double", "insert", "end", "swap"])
_EDITS = st.lists(
    st.tuples(_KINDS, st.floats(0, 1), st.integers(1, 200), st.binary(max_size=12) | _SPICES),
    min_size=1,
    max_size=6,
)


def gone_bad(content: bytes, edits: list[tuple[str, float, int, bytes]]) -> bytes:
    """Return the content of a file after some accidents."""
    data = bytearray(content)
    for kind, where, size, extra in edits:
        place = int(where * len(data))
        if kind == "flip" and place < len(data):
            data[place] ^= size & 255
        elif kind == "cut":
            del data[place : place + size]
        elif kind == "double":
            data[place:place] = data[place : place + size] * 3
        elif kind == "insert":
            data[place:place] = extra
        elif kind == "end":
            del data[max(place, 1) :]
        elif kind == "swap" and place + 2 * size < len(data):
            data[place : place + size], data[place + size : place + 2 * size] = (
                data[place + size : place + 2 * size],
                data[place : place + size],
            )
    return bytes(data)


def outcome(name: str, content: bytes, folder: Path) -> list[Document | Rejection]:
    """Return what a file is read as, after checking all that must hold whatever is in it."""
    path = folder / name
    path.write_bytes(content)
    os.utime(path, (1757500000, 1757500000))
    begun = time.process_time()
    items = list(read(path, folder, TODAY))
    taken = time.process_time() - begun
    assert taken < SECONDS, f"took {taken:.1f} s"
    assert items, "a file came to nothing: neither a document nor a rejection"
    for item in items:
        assert item.source_path == name
        if isinstance(item, Rejection):
            assert item.reason_code != "reader_failed", item.reason
            assert item.reason.isprintable(), item.reason
            continue
        for text in (item.body, item.title, item.publisher, item.author, item.url, item.member):
            if text is not None:
                text.encode("utf-8")
                assert "\0" not in text
                assert text == text.strip() != ""
        assert len(document_id(item)) == 32
        assert item.word_count == len(item.body.split())
    return items


@pytest.mark.parametrize("name", FILES)
def test_the_good_file_is_read(name: str, tmp_path: Path) -> None:
    items = outcome(name, FILES[name], tmp_path)
    assert [item for item in items if isinstance(item, Rejection)] == []
    assert all("Bilateral trade" in item.body or "short" in item.body for item in items if isinstance(item, Document) and name != "a.rss")


@pytest.mark.parametrize("name", FILES)
def test_files_gone_bad(name: str, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("fuzz")
    run: Callable[[list], None] = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)(
        given(_EDITS)(lambda edits: outcome(name, gone_bad(FILES[name], edits), folder) and None)
    )
    run()


@settings(max_examples=EXAMPLES * 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=400), st.sampled_from(["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.eml", "a.rss", "noname"]))
def test_any_text(tmp_path_factory: pytest.TempPathFactory, text: str, name: str) -> None:
    outcome(name, text.encode("utf-8", "surrogatepass"), tmp_path_factory.getbasetemp())


@settings(max_examples=EXAMPLES * 2, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=300), st.text(max_size=80), st.text(max_size=40), st.text(max_size=40))
def test_any_fields(tmp_path_factory: pytest.TempPathFactory, text: str, title: str, day: str, other: str) -> None:
    record = {
        "text": text,
        "title": title,
        "date": day,
        "url": other,
        "publisher": other,
        "author": other,
        "language": other,
        "updated": other,
    }
    outcome("fields.jsonl", json.dumps(record).encode(), tmp_path_factory.getbasetemp())
