"""Each reader on files made for the purpose: what of them becomes which field of the document."""

import gzip
import io
import json
import os
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from email.message import EmailMessage
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
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
    wrapped,
    zip_of,
)

from pipelines.readers import Document, Rejection, document_id, read, seed_files

BODY = f"{HEADLINE}\n\n{TEXT}"
Drop = Callable[..., list[Document | Rejection]]


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    """Put a file into seeds and read it. Its own date is 12 September 2025."""

    def dropped(name: str, content: bytes | str) -> list[Document | Rejection]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (1757678400, 1757678400))
        return list(read(path, tmp_path, TODAY))

    return dropped


def one(items: list[Document | Rejection]) -> Document:
    """Return the only item, which must be a document."""
    (item,) = items
    assert isinstance(item, Document), item
    return item


# ------------------------------------------------------------------------------------------------ text


def test_the_header_is_not_part_of_the_body(drop: Drop) -> None:
    document = one(drop("in/a.txt", f" date 2025-04-17 {HEADLINE}\r\n\r\n{TEXT}\r\n"))
    assert document.source_path == "in/a.txt"
    assert document.member is None
    assert (document.published_on, document.published_on_method) == (date(2025, 4, 17), "header")
    assert document.title == HEADLINE
    assert document.body == BODY
    assert document.language == "en"
    assert document.word_count == len(BODY.split())


def test_a_lead_sentence_is_no_headline(drop: Drop) -> None:
    document = one(drop("a.txt", f"date 2025-04-17 {TEXT}"))
    assert document.title is None
    assert document.body == TEXT


@pytest.mark.parametrize(
    ("text", "day", "method"),
    [
        (f"date 2025-04-17 X\n\nPublished: 8 May 2025\n\n{TEXT}", date(2025, 4, 17), "header"),
        (f"{HEADLINE}\n\nPublished: 8 October 2025\n\n{TEXT}", date(2025, 10, 8), "published_line"),
        (f"{HEADLINE}\nPosted On: 19 SEP 2025 4:05PM by PIB Delhi\n\n{TEXT}", date(2025, 9, 19), "published_line"),
        (f"{HEADLINE}\n\nTuesday, September 9, 2025\n\n{TEXT}", date(2025, 9, 9), "published_line"),
        (f"{HEADLINE}\nUpdated: 10 Sep 2025\nPublished 9 Sep 2025 10:15am\n\n{TEXT}", date(2025, 9, 9), "published_line"),
        (f"{HEADLINE}\n\nNAIROBI, April 17, 2025 (Agency) - {TEXT}", date(2025, 4, 17), "dateline"),
        (f"{HEADLINE}\n\nNAIROBI, Sept. 9 (Agency) -- {TEXT}", date(2025, 9, 9), "dateline"),
        (f"{HEADLINE}\n\nNAIROBI, Dec 30 (Agency) -- {TEXT}", date(2024, 12, 30), "dateline"),
        (TEXT, date(2025, 9, 12), "file_modified"),
        (f"Published in 2019, the accord of 3 March 2020 was long.\n\n{TEXT}", date(2025, 9, 12), "file_modified"),
    ],
)
def test_what_dates_a_text(drop: Drop, text: str, day: date, method: str) -> None:
    document = one(drop("a.txt", text))
    assert (document.published_on, document.published_on_method) == (day, method)


@pytest.mark.parametrize(
    ("start", "place", "agency"),
    [
        ("NAIROBI, April 17, 2025 (Staff Reporter) - ", "Nairobi", "Staff Reporter"),
        ("ACCRA: ", "Accra", None),
        ("Quito – ", "Quito", None),
        ("Hanoi (VNA) – ", "Hanoi", "VNA"),
        ("BEIJING, Sept. 9 (Xinhua) -- ", "Beijing", "Xinhua"),
        ("MOSCOW, September 9. /TASS/. ", "Moscow", "TASS"),
        ("LUSAKA. ", "Lusaka", None),
        ("Port-au-Prince, Haiti (AFP) — ", "Port-au-Prince", "AFP"),
        ("Sept 9 (Reuters) - ", None, "Reuters"),
        ("EXCLUSIVE: ", None, None),
        ("The minister – ", None, None),
        ("U.S. and ", None, None),
    ],
)
def test_datelines(drop: Drop, start: str, place: str | None, agency: str | None) -> None:
    document = one(drop("a.txt", f"{HEADLINE}\n\n{start}{STORY[0]}\n\n{STORY[1]}"))
    assert (document.dateline_place, document.dateline_agency) == (place, agency)
    assert start.strip() in document.body, "the dateline stays in the body"


def test_an_agency_in_the_dateline_is_the_publisher(drop: Drop) -> None:
    assert one(drop("a.txt", f"HANOI (VNA) – {TEXT}")).publisher == "VNA"
    assert one(drop("b.txt", f"HANOI (Agencies) – {TEXT}")).publisher is None


def test_lines_wrapped_by_hand_are_joined(drop: Drop) -> None:
    text = "\n\n".join("\n".join(wrapped(paragraph, 64)) for paragraph in STORY).replace("-\n", "- ")
    assert one(drop("a.txt", f"date 2025-09-09 {text}")).body.replace("- ", "") == TEXT.replace("- ", "")


def test_one_paragraph_a_line(drop: Drop) -> None:
    assert one(drop("a.txt", "date 2025-09-09 " + "\n".join(STORY))).body == TEXT


@pytest.mark.parametrize("line", ["Source: Wire Service", "Issued by: Wire Service", "From: Wire Service"])
def test_a_line_that_credits_the_outlet(drop: Drop, line: str) -> None:
    assert one(drop("a.txt", f"date 2025-09-09 {HEADLINE}\n\n{TEXT}\n\n{line}")).publisher == "Wire Service"
    assert one(drop("b.txt", f"date 2025-09-09 {HEADLINE}\n\n{line}\n\n{TEXT}")).publisher == "Wire Service"


def test_fields_before_a_text(drop: Drop) -> None:
    document = one(drop("a.txt", f"Title: {HEADLINE}\nSource: Example Times\nURL: https://example.com/a\nDate: 2025-09-09\n\n{TEXT}"))
    assert (document.title, document.publisher, document.url) == (HEADLINE, "Example Times", "https://example.com/a")
    assert (document.published_on, document.published_on_method) == (date(2025, 9, 9), "front_matter")
    assert document.body == BODY


def test_markdown(drop: Drop) -> None:
    document = one(
        drop(
            "a.md",
            f'---\ntitle: "{HEADLINE}"\ndate: 2025-09-09\nauthor: A. Writer\n---\n# {HEADLINE}\n\n**{STORY[0]}**\n\n'
            f"{STORY[1].replace(' last', chr(10) + 'last')}\n\n> [{STORY[2]}](https://example.com) ![chart](chart.png)\n",
        )
    )
    assert document.body == BODY
    assert (document.title, document.author, document.published_on_method) == (HEADLINE, "A. Writer", "front_matter")


def test_spaces_and_marks_that_do_not_show(drop: Drop) -> None:
    document = one(
        drop("a.txt", "date 2025-09-09 Trade hit $1.5\u00a0billion;\u200b the co\u00adoperation \ufb01ts. Cafe\u0301 \u202egpj\u202c.")
    )
    assert document.body == "Trade hit $1.5 billion; the cooperation fits. Café gpj."


def test_text_decoded_with_the_wrong_table_is_mended(drop: Drop) -> None:
    wrong = "“Erdoğan” said Türkiye’s exports grew.".encode().decode("cp1252", "replace").replace("\ufffd", "")
    assert "Türkiye’s exports" in one(drop("a.txt", f"date 2025-09-09 {wrong}")).body


# ------------------------------------------------------------------------------------------------ pages

_LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Example"},
        {
            "@type": ["NewsArticle"],
            "headline": HEADLINE,
            "datePublished": "2025-09-09T23:30:00+03:00",
            "dateModified": "2025-09-10T08:00:00+03:00",
            "author": [{"@type": "Person", "name": "A. Writer"}, {"@type": "Person", "name": "B. Writer"}],
            "publisher": {"@type": "Organization", "name": "The Example Times"},
        },
    ],
}
_FRAME = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav><div class='ad'>Buy now! Only today.</div>"
    f"<article><h1>{HEADLINE}</h1><div class='byline'>By A. Writer</div>{paragraphs_of_html()}</article>"
    "<aside>Most read: ten things to do</aside><footer>Copyright Example. Subscribe to our newsletter.</footer>"
)


def test_a_page_with_linked_data(drop: Drop) -> None:
    script = f"<script type='application/ld+json'>{json.dumps(_LINKED)}</script>"
    head = f"<title>x</title><link rel=canonical href=https://www.example.com/a>{script}"
    document = one(drop("a.html", page_of_html(_FRAME, head)))
    assert document.body == BODY
    assert (document.title, document.publisher, document.author) == (HEADLINE, "The Example Times", "A. Writer, B. Writer")
    assert (document.url, document.published_on, document.published_on_method) == ("https://www.example.com/a", date(2025, 9, 9), "meta")
    assert document.modified_at == datetime.fromisoformat("2025-09-10T08:00:00+03:00")


@pytest.mark.parametrize(
    ("head", "day", "method"),
    [
        ('<meta property="article:published_time" content="2025-09-08T10:00:00Z">', date(2025, 9, 8), "meta"),
        ('<meta name="pubdate" content="Mon, 08 Sep 2025 10:00:00 GMT">', date(2025, 9, 8), "meta"),
        ('<meta itemprop="datePublished" content="September 8, 2025">', date(2025, 9, 8), "meta"),
        ('<link rel="canonical" href="https://www.example.com/2025/09/07/accord">', date(2025, 9, 7), "url"),
        ("", date(2025, 9, 12), "file_modified"),
    ],
)
def test_what_dates_a_page(drop: Drop, head: str, day: date, method: str) -> None:
    document = one(drop("a.html", page_of_html(_FRAME, head)))
    assert (document.published_on, document.published_on_method) == (day, method)


def test_the_byline_dates_a_page_without_metadata(drop: Drop) -> None:
    frame = _FRAME.replace("By A. Writer", "By A. Writer, Published: October 8, 2025")
    document = one(drop("a.html", page_of_html(frame)))
    assert (document.published_on, document.published_on_method) == (date(2025, 10, 8), "meta")


def test_a_domain_names_its_outlet(drop: Drop) -> None:
    head = '<link rel="canonical" href="https://www.dawn.com/news/1"><meta property="og:site_name" content="DAWN.COM">'
    assert one(drop("a.html", page_of_html(_FRAME, head))).publisher == "Dawn"


def test_a_page_saved_with_its_pictures(drop: Drop) -> None:
    message = EmailMessage()
    message["Date"] = "Wed, 10 Sep 2025 06:00:00 +0000"
    message["Snapshot-Content-Location"] = "https://www.dawn.com/news/1"
    message.add_related(page_of_html(_FRAME).decode(), subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    document = one(drop("a.mhtml", bytes(message)))
    assert document.body == BODY
    assert (document.publisher, document.url, document.published_on) == ("Dawn", "https://www.dawn.com/news/1", date(2025, 9, 10))


def test_a_page_in_another_encoding(drop: Drop) -> None:
    page = page_of_html(_FRAME.replace("accord", "accord à Genève")).decode().replace("utf-8", "iso-8859-1").encode("cp1252")
    assert "accord à Genève" in one(drop("a.html", page)).body


# ------------------------------------------------------------------------------------------------ PDF


def _set(width: int, times: int = 3) -> list[str]:
    return [line for paragraph in STORY * times for line in (*wrapped(paragraph, width), "")]


def test_a_pdf_of_one_column_over_pages(drop: Drop) -> None:
    lines = _set(88, 6)
    pages = []
    for number in range(3):
        furniture = [(60.0, 810.0, 8.0, "The Example Times   Trade supplement"), (290.0, 30.0, 8.0, f"Page {number + 1} of 3")]
        title = [(60.0, 770.0, 18.0, HEADLINE)] if number == 0 else []
        pages.append([*furniture, *title, *column(lines[number * 18 : number * 18 + 18], 60, 740)])
    document = one(drop("a.pdf", pdf_of_pages(pages, "/Title (Microsoft Word - draft.doc) /CreationDate (D:20250910101500+03'00')")))
    assert document.title == HEADLINE
    assert (document.published_on, document.published_on_method) == (date(2025, 9, 10), "meta")
    assert document.body == "\n\n".join([HEADLINE, *STORY * 6])


@pytest.mark.parametrize("is_written_across", [False, True])
def test_a_pdf_of_two_columns(drop: Drop, is_written_across: bool) -> None:
    lines = _set(44)
    half = len(lines) // 2
    left, right = column(lines[:half], 50, 700), column(lines[half:], 310, 700)
    across = [item for pair in zip(left, right, strict=False) for item in pair] + left[len(right) :] + right[len(left) :]
    page = [(50.0, 740.0, 20.0, HEADLINE), *(across if is_written_across else left + right)]
    assert any(line.endswith("-") for line in lines), "some word is divided"
    assert one(drop("a.pdf", pdf_of_pages([page]))).body == "\n\n".join([HEADLINE, *STORY * 3])


def test_a_hyphen_that_belongs_to_the_word_stays(drop: Drop) -> None:
    lines = [
        "A trade-related clause was agreed by the sides in long talks on trade-",
        "related services, and on the man-",
        "agement of ports.",
    ]
    body = one(drop("a.pdf", pdf_of_pages([column(lines, 60, 700)]))).body
    assert body == "A trade-related clause was agreed by the sides in long talks on trade-related services, and on the management of ports."


# ------------------------------------------------------------------------------------------------ Word, mail, feeds


def test_a_word_file(drop: Drop) -> None:
    table = f"<w:tbl><w:tr><w:tc>{word_paragraphs(('Exports',))}</w:tc><w:tc>{word_paragraphs(('$5 million',))}</w:tc></w:tr></w:tbl>"
    content = word_paragraphs((HEADLINE,), "Title") + word_paragraphs() + table + word_paragraphs(("Published: 9 September 2025",))
    document = one(drop("a.docx", docx_of(content, "<dc:creator>A. Writer</dc:creator>")))
    assert document.body == f"{BODY}\n\nExports | $5 million\n\nPublished: 9 September 2025"
    assert (document.title, document.author, document.published_on) == (HEADLINE, "A. Writer", date(2025, 9, 9))


def _mail() -> EmailMessage:
    message = EmailMessage()
    message["From"] = '"The Example Times" <news@example.com>'
    message["Subject"] = f"Fwd: {HEADLINE}"
    message["Date"] = "Tue, 09 Sep 2025 23:30:00 -0500"
    return message


def test_a_mail_keeps_its_own_day(drop: Drop) -> None:
    message = _mail()
    message.set_content("See the web version.")
    message.add_alternative(f"<html><body><style>p {{}}</style>{paragraphs_of_html()}</body></html>", subtype="html")
    document = one(drop("a.eml", bytes(message)))
    assert document.body == BODY
    assert (document.title, document.publisher) == (HEADLINE, "The Example Times")
    assert (document.published_on, document.published_on_method) == (date(2025, 9, 9), "mail_header")


def test_what_is_attached_is_read_too(drop: Drop) -> None:
    message = _mail()
    message.set_content(TEXT)
    message.add_attachment(docx_of(word_paragraphs(STORY[:1])), maintype="application", subtype="zip", filename="release.docx")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    first, second = drop("a.eml", bytes(message))
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert first.body == BODY
    assert (second.member, second.body) == ("release.docx", STORY[0])
    assert (second.published_on, second.published_on_method) == (date(2025, 9, 9), "mail_header")


def test_a_mailbox(drop: Drop) -> None:
    message = _mail()
    message.set_content(TEXT + "\n\nFrom now on, trade is free.")
    content = bytes(message).replace(b"\nFrom ", b"\n>From ")
    items = drop("a.mbox", (b"From a@example.com Tue Sep  9 10:00:00 2025\n" + content + b"\n") * 3)
    assert [item.member for item in items] == ["message 1", "message 2", "message 3"]
    assert {item.body for item in items if isinstance(item, Document)} == {BODY + "\n\nFrom now on, trade is free."}


@pytest.mark.parametrize("zone", ["+0500", "GMT", "-1000", "+1400"])
def test_no_feed_date_slips_a_day(drop: Drop, zone: str) -> None:
    entry = f"<item><title>{HEADLINE}</title><link>https://www.dawn.com/news/1</link><pubDate>Tue, 09 Sep 2025 23:30:00 {zone}</pubDate>"
    entry += f"<description>&lt;p&gt;{STORY[0]}&lt;/p&gt;</description></item>"
    document = one(drop("a.rss", f"<rss version='2.0'><channel><title>Home</title>{entry}</channel></rss>"))
    assert (document.published_on, document.published_on_method) == (date(2025, 9, 9), "feed")
    assert (document.member, document.publisher, document.url) == ("entry 1", "Dawn", "https://www.dawn.com/news/1")
    assert document.body == f"{HEADLINE}\n\n{STORY[0]}"


def test_an_atom_feed(drop: Drop) -> None:
    entry = (
        f"<entry><title>{HEADLINE}</title><link href='https://a.example/1'/><id>1</id><published>2025-09-09T00:30:00+05:00</published>"
        f"<updated>2025-09-11T00:30:00Z</updated><author><name>A. Writer</name></author><content type='html'>&lt;p&gt;{STORY[0]}&lt;/p&gt;"
        f"&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;{STORY[1]}&lt;/p&gt;</content></entry>"
    )
    document = one(drop("feed.xml", f"<?xml version='1.0'?><feed xmlns='http://www.w3.org/2005/Atom'><title>Wire</title>{entry}</feed>"))
    assert document.body == f"{HEADLINE}\n\n{STORY[0]}\n\n{STORY[1]}"
    assert (document.author, document.publisher, document.published_on) == ("A. Writer", "Wire", date(2025, 9, 9))
    assert document.modified_at == datetime.fromisoformat("2025-09-11T00:30:00Z")


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
        ("https://www.dawn.com/news/1", page_of_html(_FRAME, head)),
        ("https://www.dawn.com/logo.png", b"\x89PNG"),
        ("https://www.dawn.com/missing", page_of_html("<p>Not found</p>")),
        ("https://www.dawn.com/", page_of_html("<nav><a href='/a'>A</a></nav>")),
        ("https://example.com/a", page_of_html(_FRAME)),
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
            "e.zip": zip_of({"f.html": page_of_html(_FRAME)}),
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
    assert one(drop("c.txt", page_of_html(_FRAME))).body == BODY


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
        ("trafilatura", "a.html", page_of_html(_FRAME), "html"),
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
