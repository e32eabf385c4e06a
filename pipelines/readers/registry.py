"""Which reader reads what, and the one loop that turns whatever happens into documents and rejections.

A format is a line in ``READERS``: its name, its suffixes, the module and function that read it. Modules load when first needed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from importlib import import_module
from pathlib import Path
from typing import BinaryIO

from pipelines.readers.finish import Draft, finished
from pipelines.readers.model import Document, Rejection
from pipelines.readers.source import Limits, Refused, Source, file_source, open_safely, printable, shown, source_path_of, suffixes_of

Reader = Callable[[Source], Iterator["Draft | Document | Rejection"]]


@dataclass(frozen=True, slots=True)
class Format:
    """A format, the suffixes that mean it, and where its reader is."""

    name: str
    suffixes: tuple[str, ...]
    module: str
    function: str


FORMATS = (
    Format("text", (".txt", ".text", ".asc"), "text", "read_text"),
    Format("markdown", (".md", ".markdown", ".mdown"), "text", "read_markdown"),
    Format("html", (".html", ".htm", ".xhtml", ".shtml"), "html", "read_html"),
    Format("mhtml", (".mhtml", ".mht"), "html", "read_mhtml"),
    Format("pdf", (".pdf",), "pdf", "read_pdf"),
    Format("docx", (".docx", ".docm"), "docx", "read_docx"),
    Format("mail", (".eml",), "mail", "read_mail"),
    Format("mailbox", (".mbox", ".mbx"), "mail", "read_mailbox"),
    Format("feed", (".rss", ".atom", ".rdf"), "feed", "read_feed"),
    Format("json", (".json", ".geojson"), "records", "read_json"),
    Format("jsonl", (".jsonl", ".ndjson", ".jl"), "records", "read_jsonl"),
    Format("csv", (".csv", ".tsv", ".tab"), "tables", "read_csv"),
    Format("parquet", (".parquet", ".pq"), "tables", "read_parquet"),
    Format("warc", (".warc",), "warc", "read_warc"),
    Format("gzip", (".gz", ".gzip"), "containers", "read_gzip"),
    Format("zstandard", (".zst", ".zstd"), "containers", "read_zstandard"),
    Format("zip", (".zip",), "containers", "read_zip"),
)
BY_NAME = {form.name: form for form in FORMATS}
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}

# What to install when a library is missing, by the library.
EXTRAS = {
    "trafilatura": "html",
    "htmldate": "html",
    "lxml": "html",
    "pypdfium2": "pdf",
    "feedparser": "feeds",
    "warcio": "warc",
    "zstandard": "zst",
}

# What people drop that is no text, and what to do with it instead.
NOT_READ = {
    **dict.fromkeys((".doc", ".odt", ".rtf", ".pages", ".wpd"), "save it as .docx or .txt"),
    **dict.fromkeys((".xls", ".xlsx", ".xlsm", ".ods", ".numbers"), "save the sheet as .csv"),
    **dict.fromkeys((".ppt", ".pptx", ".odp", ".key"), "save its text as .txt, or the slides as .pdf"),
    **dict.fromkeys((".epub", ".mobi", ".azw3"), "convert it to .html or .txt"),
    **dict.fromkeys(
        (".tar", ".tgz", ".tbz2", ".txz", ".rar", ".7z", ".bz2", ".xz", ".lz4", ".br", ".iso", ".dmg"), "unpack it, or pack it as .zip"
    ),
    **dict.fromkeys(
        (".jpg", ".jpeg", ".png", ".gif", ".webp", ".tif", ".tiff", ".bmp", ".heic", ".svg"), "recognise its text first (OCR) and drop that"
    ),
    **dict.fromkeys((".mp3", ".mp4", ".m4a", ".wav", ".ogg", ".avi", ".mov", ".mkv", ".webm", ".flac"), "transcribe it and drop the text"),
    **dict.fromkeys((".msg", ".pst", ".ost"), "save the message as .eml"),
    **dict.fromkeys(
        (".db", ".sqlite", ".sqlite3", ".duckdb", ".mdb", ".feather", ".arrow", ".orc", ".avro", ".pickle", ".pkl"),
        "export the articles as .jsonl, .csv or .parquet",
    ),
    **dict.fromkeys((".exe", ".dll", ".so", ".bin", ".dat", ".class", ".pyc", ".jar", ".apk"), "remove it"),
}

_STARTS = (
    (b"%PDF-", "pdf"),
    (b"\x1f\x8b", "gzip"),
    (b"\x28\xb5\x2f\xfd", "zstandard"),
    (b"PAR1", "parquet"),
    (b"WARC/1.", "warc"),
)
_UNMISTAKABLE = {"pdf", "gzip", "zstandard", "parquet", "warc", "zip", "docx"}


def read(path: Path | str, root: Path | str, today: date | None = None, limits: Limits | None = None) -> Iterator[Document | Rejection]:
    """Give the documents of a file under ``root``, one by one, and a rejection for whatever could not be read.

    Streams: memory does not grow with the number of documents. Never raises for bad input. A file that changes while it is read ends in
    a rejection ``still_being_written``: what came before it is good, and the whole file is to be read again at the next refresh.
    ``today`` bounds the dates that are believed, ``limits`` the sizes; both are for tests.
    """
    path, root = Path(path), Path(root)
    source_path = source_path_of(path, root)
    day = today or datetime.now(UTC).date()
    try:
        stream, status = open_safely(path, root, source_path)
    except Refused as refusal:
        yield Rejection(source_path, None, refusal.reason_code, f"{source_path}: {refusal.problem}", None)
        return
    except OSError as error:
        yield Rejection(
            source_path, None, "unreadable", f"{source_path}: cannot be opened ({error.strerror or error}); check the disk", None
        )
        return
    with closing(stream):
        source = file_source(path, root, source_path, lambda: _reopened(path, root, source_path), status, day)
        if limits:
            source = replace(source, limits=limits)
        yield from _watched(source, stream, status)


def _reopened(path: Path, root: Path, source_path: str) -> BinaryIO:
    return open_safely(path, root, source_path)[0]


def _watched(source: Source, stream: BinaryIO, before: os.stat_result) -> Iterator[Document | Rejection]:
    """Read a file and notice when it changes meanwhile. A file of one document is given only once it is known to be whole."""
    held: Document | Rejection | None = None
    for item in read_source(source):
        if held is not None:
            yield held
        held = item
    if _has_changed(stream, source.path, before):
        yield source.refuse("still_being_written", "changed while it was read; it is read again at the next refresh")
    elif held is not None:
        yield held


def _has_changed(stream: BinaryIO, path: Path | None, before: os.stat_result) -> bool:
    try:
        now, named = os.fstat(stream.fileno()), os.stat(path) if path else before
    except OSError:
        return True
    return any((s.st_size, s.st_mtime_ns, s.st_ino) != (before.st_size, before.st_mtime_ns, before.st_ino) for s in (now, named))


def read_source(source: Source) -> Iterator[Document | Rejection]:
    """Give the documents of a file or of a container's member; whatever goes wrong becomes a rejection."""
    try:
        form = format_of(source)
        is_empty = True
        for item in reader_of(form)(source):
            is_empty = False
            yield finished(item, source) if isinstance(item, Draft) else item
        if is_empty:
            raise Refused("empty", "holds no article; remove it, or put articles into it")
    except Refused as refusal:
        yield source.refuse(refusal.reason_code, refusal.problem, refusal.member)
    except ModuleNotFoundError as error:
        library = (error.name or "").partition(".")[0]
        extra = EXTRAS.get(library, "all")
        problem = f'needs the library {library} to be read; run pip install "chancery[{extra}]" and refresh again'
        yield source.refuse("missing_extra", problem)
    except (MemoryError, RecursionError) as error:
        yield source.refuse("too_large", f"is too large or too deeply nested to read ({type(error).__name__}); split it")
    except OSError as error:
        yield source.refuse("unreadable", f"breaks off while being read ({printable(str(error.strerror or error))[:120]}); copy it again")
    except Exception as error:  # the last net: a library's surprise costs one file, never the run
        what = f"{type(error).__name__}: {printable(str(error))[:160]}"
        yield source.refuse("reader_failed", f"could not be read ({what}); please report it with the file")


def reader_of(form: Format) -> Reader:
    """Load the reader of a format."""
    return getattr(import_module(f"pipelines.readers.{form.module}"), form.function)


def format_of(source: Source) -> Format:
    """Tell a source's format by its content where that is unmistakable, else by its suffix, else by how it begins."""
    with closing(source.open_stream()) as stream:
        start = stream.read1(8192)  # type: ignore[attr-defined]  # what comes before a break in a damaged container
        is_empty = not start.strip(b"\0 \t\r\n\xef\xbb\xbf") and not stream.read1(1)  # type: ignore[attr-defined]
    if is_empty:
        raise Refused("empty", "is empty; remove it, or put the article into it")
    by_content = _by_start(start)
    suffixes = suffixes_of(source.name)
    suffix = suffixes[0] if suffixes else ""
    by_suffix = BY_SUFFIX.get(suffix)
    if by_content in _UNMISTAKABLE:
        if by_content == "zip" and suffix in (".docx", ".docm"):
            return BY_NAME["docx"]
        if not (by_content == "zip" and suffix in NOT_READ):
            return BY_NAME[by_content]
    if by_suffix and by_suffix.name in _UNMISTAKABLE and by_content != by_suffix.name:
        raise _misnamed(by_suffix, suffix)
    if suffix in NOT_READ:
        raise Refused("unsupported_format", f"is a {suffix} file, which is not read; {NOT_READ[suffix]}")
    if by_content is None and (suffix == ".xml" or start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<?xml")) and by_suffix is None:
        raise Refused("unsupported_format", "is XML, but no feed and no page; export its articles as .jsonl, .csv or .html")
    if by_suffix and not (by_suffix.name in ("text", "markdown") and by_content == "html"):
        return by_suffix
    return BY_NAME[by_content or "text"]


def _misnamed(form: Format, suffix: str) -> Refused:
    return Refused("damaged", f"does not begin as a {form.name} file does, though it is called {shown(suffix)}; copy it again")


def _by_start(start: bytes) -> str | None:
    for mark, name in _STARTS:
        if start.startswith(mark):
            return name
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "docx" if b"word/" in start[:4000] and b"[Content_Types].xml" in start[:4000] else "zip"
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n")[:4096].lower()
    if text.startswith((b"<!doctype html", b"<html")):
        return "html"
    if text.startswith(b"<"):
        if any(mark in text for mark in (b"<rss", b"<feed", b"<rdf:rdf")):
            return "feed"
        return "html" if b"<html" in text or b"<body" in text or b"<head" in text else None
    if text.startswith(b"{"):
        first, _, rest = text.partition(b"\n")
        return "jsonl" if first.rstrip().endswith(b"}") and rest.lstrip().startswith(b"{") else "json"
    if text.startswith((b"[{", b"[\n", b"[ ", b"[\r")) and b"{" in text[:50]:
        return "json"
    if text.startswith(b"from ") and b"\nfrom: " in text:
        return "mailbox"
    heads = (b"\nfrom:", b"\nto:", b"\nsubject:", b"\ndate:", b"\nmime-version:")
    return "mail" if sum(head in b"\n" + text[:2000] for head in heads) >= 3 and b"\nmessage-id:" in b"\n" + text else None
