"""Texts, pages, papers, mails and feeds made for the purpose: what of them becomes which field of the document."""

import json
from datetime import date, datetime
from email.message import EmailMessage

import pytest
from made_files import (
    BODY,
    FRAME,
    HEADLINE,
    STORY,
    TEXT,
    Drop,
    column,
    docx_of,
    one,
    page_of_html,
    paragraphs_of_html,
    pdf_of_pages,
    word_paragraphs,
    wrapped,
)

from pipelines.readers import Document

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
        (f"{HEADLINE}\n\nNAIROBI (Lake News / Agency - 09th September, 2025) {TEXT}", date(2025, 9, 9), "dateline"),
        (f"{HEADLINE}\n\nNAIROBI, (Lake News - 9th Sep, 2025 ) : {TEXT}", date(2025, 9, 9), "dateline"),
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


def test_a_page_with_linked_data(drop: Drop) -> None:
    script = f"<script type='application/ld+json'>{json.dumps(_LINKED)}</script>"
    head = f"<title>x</title><link rel=canonical href=https://www.example.com/a>{script}"
    document = one(drop("a.html", page_of_html(FRAME, head)))
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
    document = one(drop("a.html", page_of_html(FRAME, head)))
    assert (document.published_on, document.published_on_method) == (day, method)


def test_the_byline_dates_a_page_without_metadata(drop: Drop) -> None:
    frame = FRAME.replace("By A. Writer", "By A. Writer, Published: October 8, 2025")
    document = one(drop("a.html", page_of_html(frame)))
    assert (document.published_on, document.published_on_method) == (date(2025, 10, 8), "meta")


def test_a_domain_names_its_outlet(drop: Drop) -> None:
    head = '<link rel="canonical" href="https://www.dawn.com/news/1"><meta property="og:site_name" content="DAWN.COM">'
    assert one(drop("a.html", page_of_html(FRAME, head))).publisher == "Dawn"


def test_a_page_saved_with_its_pictures(drop: Drop) -> None:
    message = EmailMessage()
    message["Date"] = "Wed, 10 Sep 2025 06:00:00 +0000"
    message["Snapshot-Content-Location"] = "https://www.dawn.com/news/1"
    message.add_related(page_of_html(FRAME).decode(), subtype="html")
    message.add_related(b"\x89PNG", maintype="image", subtype="png")
    document = one(drop("a.mhtml", bytes(message)))
    assert document.body == BODY
    assert (document.publisher, document.url, document.published_on) == ("Dawn", "https://www.dawn.com/news/1", date(2025, 9, 10))


def test_a_page_in_another_encoding(drop: Drop) -> None:
    page = page_of_html(FRAME.replace("accord", "accord à Genève")).decode().replace("utf-8", "iso-8859-1").encode("cp1252")
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
