"""The table of bad input: what is dropped into seeds/, and exactly what comes of it.

Run as a script it prints docs/bad-input.md; a test keeps the two the same.
"""

import gzip
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import zstandard
from made_files import (
    HEADLINE,
    STORY,
    TEXT,
    TODAY,
    docx_of,
    encrypted_pdf,
    encrypted_zip,
    page_of_html,
    pdf_of_pages,
    word_paragraphs,
    zip_of,
)

from pipelines.readers import Document, Rejection, read

DATED = f"date 2025-09-09 {HEADLINE}\n\n{TEXT}"
ARTICLE = {"title": HEADLINE, "text": TEXT, "published": "2025-09-09"}


@dataclass(frozen=True)
class Case:
    """Something bad. ``make`` writes it into a folder and returns its path; ``run`` reads it (for what happens while reading).

    ``documents`` is how many documents are read all the same, ``refused`` the member, code and full reason of each rejection.
    """

    what: str
    make: Callable[[Path], Path]
    documents: int
    refused: tuple[tuple[str | None, str, str], ...]
    run: Callable[[Path, Path], Iterator[Document | Rejection]] = lambda path, root: read(path, root, TODAY)


def file(name: str | bytes, content: bytes | str) -> Callable[[Path], Path]:
    """Return a maker of one file."""

    def make(folder: Path) -> Path:
        path = Path(os.fsdecode(os.path.join(os.fsencode(folder), os.fsencode(name))))
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def link(name: str, target: str) -> Callable[[Path], Path]:
    """Return a maker of one symbolic link."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.symlink_to(target)
        return path

    return make


def _outside_link(folder: Path) -> Path:
    (folder.parent / "secret.txt").write_text(DATED)
    return link("outside.txt", "../secret.txt")(folder)


def _folder_link(folder: Path) -> Path:
    (folder / "2025").mkdir()
    return link("latest", "2025")(folder)


def _pipe(folder: Path) -> Path:
    os.mkfifo(folder / "pipe.txt")
    return folder / "pipe.txt"


def _hole(name: str, start: bytes, end: bytes) -> Callable[[Path], Path]:
    """Return a maker of a file of one line of 1 GB that takes no room on the disk."""

    def make(folder: Path) -> Path:
        path = folder / name
        with path.open("wb") as stream:
            stream.write(start)
            stream.seek(1_000_000_000)
            stream.write(end)
        return path

    return make


def _read_without_permission(path: Path, root: Path) -> Iterator[Document | Rejection]:
    """Read as a user who may not: the superuser, who may, is told that he may not."""
    path.chmod(0)
    if os.geteuid() != 0:
        yield from read(path, root, TODAY)
        return
    opened = os.open

    def refuse(name: object, *rest: object) -> int:
        if str(name) == str(path.resolve()):
            raise PermissionError(13, "Permission denied")
        return opened(name, *rest)  # type: ignore[arg-type]

    os.open = refuse  # type: ignore[assignment]
    try:
        yield from read(path, root, TODAY)
    finally:
        os.open = opened


def _read_while_it_grows(path: Path, root: Path) -> Iterator[Document | Rejection]:
    items = read(path, root, TODAY)
    yield next(items)
    with path.open("a") as stream:
        stream.write(json.dumps(ARTICLE) + "\n")
    yield from items


def lines(*records: object) -> str:
    """Return records as JSON Lines; text stands as it is."""
    return "\n".join(record if isinstance(record, str) else json.dumps(record) for record in records) + "\n"


def feed(items: str, before: str = "") -> str:
    """Return an RSS feed."""
    return f'<?xml version="1.0"?>{before}<rss version="2.0"><channel><title>Example feed</title>{items}</channel></rss>'


def _entry(date: str) -> str:
    return f"<item><title>{HEADLINE}</title><description>{STORY[0]}</description>{date}</item>"


ENTITIES = '<!DOCTYPE rss [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
NOTHING = "remove it, or put the article into it"
TOO_TIGHT = "unfolds to more than 300 times its size, as bombs do; if it is sound, unpack it into seeds/ yourself"

CASES = (
    # ------------------------------------------------------------------ nothing, or no text
    Case("an empty file", file("empty.txt", b""), 0, ((None, "empty", f"empty.txt: is empty; {NOTHING}"),)),
    Case("a file of blank lines", file("blank.txt", b" \r\n\t\n"), 0, ((None, "empty", f"blank.txt: is empty; {NOTHING}"),)),
    Case(
        "a date header without an article",
        file("head.txt", "date 2025-09-09\n"),
        0,
        ((None, "empty", f"head.txt: holds no text; {NOTHING}"),),
    ),
    Case(
        "a picture renamed .txt",
        file("photo.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
        0,
        ((None, "binary", "photo.txt: is a PNG picture, not text; export its text, or give the file its proper suffix"),),
    ),
    Case(
        "binary data renamed .txt",
        file("data.txt", bytes(range(1, 256)) * 9),
        0,
        ((None, "binary", "data.txt: holds binary data, not text; export its text, or give the file its proper suffix"),),
    ),
    Case(
        "a spreadsheet",
        file("trade.xlsx", zip_of({"xl/workbook.xml": b"<x/>"})),
        0,
        ((None, "unsupported_format", "trade.xlsx: is a .xlsx file, which is not read; save the sheet as .csv"),),
    ),
    # ------------------------------------------------------------------ encodings
    Case(
        "broken UTF-8",
        file("broken.txt", "date 2025-09-09 Erdoğan met\nthe ".encode() + b"\xff\xfe\x9d envoy"),
        0,
        (
            (
                None,
                "broken_encoding",
                "broken.txt: is not valid UTF-8 at line 2, byte 33, nor any other encoding known here; save it as UTF-8",
            ),
        ),
    ),
    Case(
        "UTF-8 cut inside a character",
        file("cut.txt", "date 2025-09-09 He said “yes”".encode()[:-1]),
        0,
        ((None, "broken_encoding", "cut.txt: ends in the middle of a character (line 1, byte 30); it is cut short: copy it again"),),
    ),
    Case("UTF-16 with a byte order mark", file("marked.txt", DATED.encode("utf-16")), 1, ()),
    Case("UTF-16 without one", file("unmarked.txt", DATED.encode("utf-16-le")), 1, ()),
    Case("a Windows code page (cp1252)", file("windows.txt", DATED.encode("cp1252")), 1, ()),
    Case("JSON Lines in UTF-16", file("wide.jsonl", lines(ARTICLE, ARTICLE).encode("utf-16")), 2, ()),
    # ------------------------------------------------------------------ size
    Case(
        "a text of one line of 1 GB",
        _hole("line.txt", b"date 2025-09-09 ", b"."),
        0,
        ((None, "too_large", "line.txt: is larger than the 20 MB that one text may have; split it or remove it"),),
    ),
    Case(
        "JSON Lines with one line of 1 GB",
        _hole("line.jsonl", lines(ARTICLE).encode() + b'{"text": "', b'"}\n' + lines(ARTICLE).encode()),
        2,
        (
            (
                "line 2",
                "too_large",
                "line.jsonl, line 2: is longer than the 32 MB that one article may have; split or remove the line",
            ),
        ),
    ),
    Case(
        "an article of 6 MB",
        file("long.txt", "date 2025-09-09 " + "word " * 1_200_000),
        0,
        ((None, "too_large", "long.txt: holds 6,000,016 characters, more than the 5 MB of one article; split it"),),
    ),
    # ------------------------------------------------------------------ tables
    Case(
        "JSON Lines with one broken line",
        file("news.jsonl", lines(ARTICLE, '{"title": "Half a li', ARTICLE)),
        2,
        (
            (
                "line 2",
                "broken_json",
                "news.jsonl, line 2: is not valid JSON (Unterminated string starting at: column 11); correct or remove the line",
            ),
        ),
    ),
    Case(
        "JSON Lines with a line that is no object",
        file("odd.jsonl", lines(ARTICLE, "[1, 2]", {"title": "", "text": " "})),
        1,
        (
            ("line 2", "no_article", "odd.jsonl, line 2: is a list, not an object with an article's fields; correct or remove it"),
            ("line 3", "empty", "odd.jsonl, line 3: holds no article text; remove it, or fill its text"),
        ),
    ),
    Case(
        "a JSON list that breaks off",
        file("cut.json", json.dumps([ARTICLE, ARTICLE])[:-20]),
        1,
        (
            (
                "item 2",
                "broken_json",
                "cut.json, item 2: is not valid JSON (Unterminated string starting at: line 1, column 462);"
                " correct it, nothing after it can be read",
            ),
        ),
    ),
    Case(
        "a CSV file without a text column",
        file("rates.csv", "day,rate\n2025-09-09,1.1\n"),
        0,
        (
            (
                None,
                "no_text_column",
                'rates.csv: has no column of article text; its columns are "day", "rate";'
                ' name it in columns.toml beside the file (body = "…")',
            ),
        ),
    ),
    Case(
        "a CSV row with too many fields",
        file("news.csv", f"title,text,date\n{HEADLINE},Ministers met, and talked,2025-09-09\nBrief,Envoys met again.,2025-09-10\n"),
        1,
        (
            (
                "line 2",
                "broken_row",
                "news.csv, line 2: has 4 fields where the header has 3; put fields with delimiters or line breaks in quotes",
            ),
        ),
    ),
    Case(
        "dates that may have the day or the month first",
        file("order.csv", "title,text,date\nBrief,Envoys met again.,03/04/2025\n"),
        0,
        (
            (
                "line 2",
                "unreadable_date",
                'order.csv, line 2: has the date "03/04/2025", day or month first?;'
                ' say order = "dmy" or "mdy" in columns.toml beside the file',
            ),
        ),
    ),
    Case(
        "a Parquet file cut short",
        file("cut.parquet", b"PAR1" + bytes(range(200))),
        0,
        ((None, "damaged", "cut.parquet: is damaged and cannot be read as Parquet; write it again"),),
    ),
    # ------------------------------------------------------------------ PDF and Word
    Case(
        "an encrypted PDF",
        file("locked.pdf", encrypted_pdf()),
        0,
        ((None, "encrypted", "locked.pdf: is protected by a password; save it without one"),),
    ),
    Case(
        "a truncated PDF",
        file("cut.pdf", pdf_of_pages([[(60, 700, 12, STORY[1])]])[:-40]),
        0,
        ((None, "truncated", "cut.pdf: breaks off before its end; copy or download it again"),),
    ),
    Case(
        "a PDF of pictures only",
        file("scan.pdf", pdf_of_pages([[], []])),
        0,
        (
            (
                None,
                "image_only",
                "scan.pdf: holds no text on its 2 pages, only pictures; recognise its text first (ocrmypdf IN.pdf OUT.pdf)",
            ),
        ),
    ),
    Case(
        "text renamed .pdf",
        file("story.pdf", DATED),
        0,
        ((None, "damaged", 'story.pdf: does not begin as a pdf file does, though it is called ".pdf"; copy it again'),),
    ),
    Case(
        "a Word file cut short",
        file("cut.docx", docx_of(word_paragraphs())[:-60]),
        0,
        ((None, "damaged", "cut.docx: is damaged and cannot be unpacked; copy it again"),),
    ),
    # ------------------------------------------------------------------ pages and feeds
    Case(
        "an HTML page without an article",
        file("menu.html", page_of_html("<nav>" + "".join(f"<a href='/{n}'>Section {n}</a> " for n in range(30)) + "</nav>")),
        0,
        (
            (
                None,
                "no_article",
                "menu.html: holds no article text (a menu, a list of links, or a page that needs scripts);"
                " save the article's own page as shown",
            ),
        ),
    ),
    Case(
        "a feed with no dates",
        file("feed.rss", feed(_entry("") * 3)),
        0,
        ((None, "no_date", "feed.rss: dates none of its 3 entries; save the articles themselves, or add a pubDate to each entry"),),
    ),
    Case(
        "a feed with one entry undated",
        file("some.rss", feed(_entry("<pubDate>Tue, 09 Sep 2025 23:30:00 +0500</pubDate>") + _entry(""))),
        1,
        (
            (
                "entry 2",
                "no_date",
                'some.rss, entry 2: has no date of publication; add one (a published field, or a first line "date YYYY-MM-DD")',
            ),
        ),
    ),
    Case(
        "an XML entity bomb as a feed",
        file("bomb.rss", feed(_entry("<pubDate>&c;</pubDate>"), ENTITIES)),
        0,
        ((None, "xml_entities", "bomb.rss: defines XML entities, as entity bombs do; remove the DOCTYPE from it"),),
    ),
    Case(
        "an XML entity bomb in a Word file",
        file("bomb.docx", docx_of(word_paragraphs(), entities=ENTITIES)),
        0,
        ((None, "xml_entities", "bomb.docx: defines XML entities, as entity bombs do; remove the DOCTYPE from it"),),
    ),
    # ------------------------------------------------------------------ dates
    Case(
        "a date in the year 20255",
        file("typo.txt", f"date 20255-09-09 {TEXT}"),
        0,
        ((None, "bad_date", "typo.txt: has a date in the year 20255 (20255-09-09); correct it"),),
    ),
    Case(
        "a date in the future",
        file("ahead.txt", f"date 2026-01-17 {TEXT}"),
        0,
        ((None, "bad_date", "ahead.txt: has the date 2026-01-17, which is still to come; correct it, or the clock of this machine"),),
    ),
    Case(
        "a date that no calendar has",
        file("never.jsonl", lines({**ARTICLE, "published": "2025-02-30"}, ARTICLE)),
        1,
        (("line 1", "bad_date", "never.jsonl, line 1: has the date 2025-02-30, a day that no calendar has; correct it"),),
    ),
    Case(
        "a date that names no day",
        file("vague.jsonl", lines({**ARTICLE, "published": "last spring"}, ARTICLE)),
        1,
        (
            (
                "line 1",
                "unreadable_date",
                'vague.jsonl, line 1: has the date "last spring", which names no day; write it as YYYY-MM-DD',
            ),
        ),
    ),
    # ------------------------------------------------------------------ links, devices, rights
    Case(
        "a symbolic link out of seeds/",
        _outside_link,
        0,
        ((None, "link_outside", "outside.txt: links to a file outside seeds/, which is not read; copy the file into seeds/ instead"),),
    ),
    Case(
        "a symbolic link to a device",
        link("zero.txt", "/dev/zero"),
        0,
        ((None, "not_a_file", "zero.txt: links to a device or pipe, which is not read; replace it by a plain file"),),
    ),
    Case(
        "a symbolic link in a loop",
        link("loop.txt", "loop.txt"),
        0,
        ((None, "link_loop", "loop.txt: is a symbolic link that leads back to itself; remove it or point it at a file"),),
    ),
    Case(
        "a symbolic link to nothing",
        link("gone.txt", "nowhere.txt"),
        0,
        ((None, "link_broken", "gone.txt: is a symbolic link to nothing; remove it or point it at a file"),),
    ),
    Case(
        "a symbolic link to a folder",
        _folder_link,
        0,
        ((None, "link_to_folder", "latest: is a folder, not a document; put the files themselves into seeds/"),),
    ),
    Case(
        "a named pipe",
        _pipe,
        0,
        ((None, "not_a_file", "pipe.txt: is a device, socket or pipe, which is not read; replace it by a plain file"),),
    ),
    Case(
        "a file without read permission",
        file("private.txt", DATED),
        0,
        ((None, "no_permission", "private.txt: may not be read by this user; run chmod a+r on it"),),
        _read_without_permission,
    ),
    Case(
        "a file that grows while it is read",
        file("growing.jsonl", lines(ARTICLE, ARTICLE, ARTICLE)),
        2,
        ((None, "still_being_written", "growing.jsonl: changed while it was read; it is read again at the next refresh"),),
        _read_while_it_grows,
    ),
    # ------------------------------------------------------------------ containers
    Case("a zip bomb", file("bomb.zip", zip_of({"a.txt": bytes(30_000_000)})), 0, ((None, "bomb", f"bomb.zip: {TOO_TIGHT}"),)),
    Case("a gzip bomb", file("bomb.txt.gz", gzip.compress(bytes(30_000_000))), 0, ((None, "bomb", f"bomb.txt.gz: {TOO_TIGHT}"),)),
    Case(
        "a zstandard bomb",
        file("bomb.jsonl.zst", zstandard.compress(b'{"a": 1}\n' * 5_000_000)),
        0,
        ((None, "bomb", f"bomb.jsonl.zst: {TOO_TIGHT}"),),
    ),
    Case(
        "a ZIP entry named to escape",
        file("news.zip", zip_of({"../evil.txt": DATED.encode(), "good.txt": DATED.encode()})),
        1,
        (
            (
                "../evil.txt",
                "unsafe_name",
                'news.zip, ../evil.txt: is named "../evil.txt", a place outside the archive; pack it again with plain names',
            ),
        ),
    ),
    Case(
        "a ZIP entry under a password",
        file("locked.zip", encrypted_zip("secret.txt", DATED.encode())),
        0,
        (("secret.txt", "encrypted", "locked.zip, secret.txt: is protected by a password; pack it again without one"),),
    ),
    Case(
        "containers inside containers",
        file("deep.zip", zip_of({"1.zip": zip_of({"2.zip": zip_of({"3.zip": zip_of({"story.txt": DATED.encode()})})})})),
        0,
        (
            (
                "1.zip: 2.zip: 3.zip",
                "too_deep",
                "deep.zip, 1.zip: 2.zip: 3.zip: lies more than 3 containers deep; unpack it into seeds/ yourself",
            ),
        ),
    ),
    Case(
        "a gzip file cut short",
        file("cut.jsonl.gz", gzip.compress(lines(*[ARTICLE] * 20).encode(), compresslevel=0)[:-500]),
        18,
        (
            (
                None,
                "damaged",
                "cut.jsonl.gz: breaks off while being unfolded (no end mark); it is cut short or damaged, copy it again",
            ),
        ),
    ),
    Case(
        "a columns.toml with an unknown field",
        lambda folder: (
            file("rates.csv.columns.toml", 'text = "words"\n')(folder),
            file("rates.csv", "words,date\nHello,2025-09-09\n")(folder),
        )[1],
        0,
        (
            (
                None,
                "bad_columns_file",
                'rates.csv: is explained by rates.csv.columns.toml, which names "text"; allowed are always, author, body, language,'
                " modified, order, published, publisher, summary, title, url",
            ),
        ),
    ),
    # ------------------------------------------------------------------ names and words that attack
    Case("a name with line breaks, quotes and control characters", file("a\n'b\"\x1b[31m\u202e.txt", DATED), 1, ()),
    Case("a name that is not UTF-8", file(b"caf\xe9.txt", DATED), 1, ()),
    Case(
        "such a name on a file that is refused",
        file(b"x\n\xff.txt", b""),
        0,
        ((None, "empty", f"x\\n\\xff.txt: is empty; {NOTHING}"),),
    ),
    Case(
        "markup and SQL in every field",
        file(
            "attack.jsonl",
            lines(
                dict.fromkeys(("title", "publisher", "author"), "x'); drop table facts; --")
                | {"text": f"{TEXT} ![x](javascript:y)", "published": "2025-09-09"}
            ),
        ),
        1,
        (),
    ),
)


def page() -> str:
    """Return docs/bad-input.md."""
    rows = [
        "# Bad input",
        "",
        "What lands in seeds/ is read, or refused with a reason that names the file, the line or page, and the remedy. A refusal stands in",
        "`ops.rejected_documents`; everything else in the folder, and in the file where it can be told apart, is read all the same.",
        "This table is printed by `python tests/readers/bad_input_cases.py`, from the cases that `tests/readers/test_bad_input.py` checks",
        "word by word.",
        "",
        "| dropped into seeds/ | documents read | reason_code | reason |",
        "|---|---|---|---|",
    ]
    for case in CASES:
        refusals = case.refused or ((None, "", "read as any other"),)
        for number, (_, code, reason) in enumerate(refusals):
            first = (case.what, str(case.documents)) if number == 0 else ("", "")
            shown = f"`{code}`" if code else ""
            rows.append(f"| {first[0]} | {first[1]} | {shown} | {_escaped(reason)} |")
    return "\n".join([*rows, "", *_LIMITS, ""])


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("<", "&lt;")


_LIMITS = (
    "## What is passed over without a word",
    "",
    "Hidden files, `__MACOSX`, `.DS_Store` and the like, `columns.toml` files; in WARC archives everything but pages fetched with success.",
    "",
    "## What is never done",
    "",
    "No link is followed out of seeds/, no archive entry is written under its own name, no address in a document is fetched, no XML entity",
    "is resolved, no script is run. Text is kept as text: who shows it escapes it.",
)


if __name__ == "__main__":
    print(page(), end="")
