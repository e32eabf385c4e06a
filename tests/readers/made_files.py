"""Files made for the purpose: small PDF, DOCX, mail, feed, archive writers, and the invented stories they hold."""

import io
import zipfile
import zlib
from collections.abc import Callable
from datetime import date

from pipelines.readers import Document, Rejection

Drop = Callable[..., list[Document | Rejection]]

TODAY = date(2026, 1, 15)

STORY = (
    "Foreign ministers of Kenya and Ghana signed a trade accord in Nairobi on Tuesday, ending two years of talks between the governments.",
    "Bilateral trade reached $120 million last year, according to the Kenyan ministry of commerce, which expects it to double by 2030.",
    "“We are opening a new page,” the Kenyan minister told reporters after the ceremony, which was attended by both ambassadors.",
)
HEADLINE = "Kenya and Ghana sign trade accord"
TEXT = "\n\n".join(STORY)
BODY = f"{HEADLINE}\n\n{TEXT}"


def page_of_html(body: str, head: str = "") -> bytes:
    """Return an HTML page around a body."""
    return f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">{head}</head><body>{body}</body></html>'.encode()


def paragraphs_of_html(paragraphs: tuple[str, ...] = STORY) -> str:
    """Return paragraphs as HTML."""
    return "".join(f"<p>{paragraph}</p>\n" for paragraph in paragraphs)


# The inside of a page: an article with what stands around it.
FRAME = (
    "<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav><div class='ad'>Buy now! Only today.</div>"
    f"<article><h1>{HEADLINE}</h1><div class='byline'>By A. Writer</div>{paragraphs_of_html()}</article>"
    "<aside>Most read: ten things to do</aside><footer>Copyright Example. Subscribe to our newsletter.</footer>"
)


# ------------------------------------------------------------------------------------------------ PDF


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of a text set ``width`` characters wide, long words divided by hyphens as a typesetter would."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        candidate = f"{line} {word}".strip()
        if len(candidate) <= width:
            line = candidate
            continue
        room = width - len(line) - 2
        if len(word) > 7 and room >= 3 and word.isalpha():
            lines.append(f"{line} {word[:room]}-".strip())
            line = word[room:]
        else:
            lines.append(line)
            line = word
    return [*lines, line]


def pdf_of_pages(pages: list[list[tuple[float, float, float, str]]], info: str = "", compress: bool = True) -> bytes:
    """Return a PDF of pages, each a list of (x, y, size, words) in points from the lower left corner of an A4 sheet."""
    objects: list[bytes] = []

    def add(content: bytes) -> int:
        objects.append(content)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    tree = len(objects) + 1
    objects.append(b"")
    kids = []
    for page in pages:
        drawn = b"".join(
            b"BT /F1 %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET\n"
            % (size, x, y, words.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)"))
            for x, y, size, words in page
        )
        data = zlib.compress(drawn) if compress else drawn
        filters = b"/Filter /FlateDecode " if compress else b""
        stream = add(b"<< %s/Length %d >>\nstream\n" % (filters, len(data)) + data + b"\nendstream")
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
                % (tree, stream, font)
            )
        )
    objects[tree - 1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    about = add(f"<< {info} >>".encode("latin-1"))
    return _numbered(objects, root, b"/Info %d 0 R" % about)


def _numbered(objects: list[bytes], root: int, more: bytes = b"") -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n" % number + content + b"\nendobj\n")
    table = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer << /Size %d /Root %d 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, more, table))
    return out.getvalue()


def column(lines: list[str], x: float, top: float, size: float = 10, leading: float = 12) -> list[tuple[float, float, float, str]]:
    """Return lines set one under the other; an empty line leaves half a line of space."""
    placed = []
    y = top
    for line in lines:
        if line:
            placed.append((x, y, size, line))
            y -= leading
        else:
            y -= leading * 0.6
    return placed


def encrypted_pdf() -> bytes:
    """Return a PDF that asks for a password (its key belongs to none)."""
    keys = b"/Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b">"
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Count 0 /Kids [] >>", b"<< %s >>" % keys]
    return _numbered(objects, 1, b"/Encrypt 3 0 R /ID [<00> <00>]")


# ------------------------------------------------------------------------------------------------ DOCX

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx_of(body: str, core: str = "", entities: str = "") -> bytes:
    """Return a DOCX around WordprocessingML."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
        )
        archive.writestr(
            "word/document.xml", f'<?xml version="1.0" encoding="UTF-8"?>{entities}<w:document {_W}><w:body>{body}</w:body></w:document>'
        )
        if core:
            archive.writestr(
                "docProps/core.xml",
                '<?xml version="1.0"?><cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
                f' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{core}</cp:coreProperties>',
            )
    return out.getvalue()


def word_paragraphs(paragraphs: tuple[str, ...] = STORY, style: str = "") -> str:
    """Return paragraphs as WordprocessingML, each split over two runs as Word likes to do."""
    look = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    halves = ((p[: len(p) // 2], p[len(p) // 2 :]) for p in paragraphs)
    run = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    return "".join(f"<w:p>{look}{run.format(first)}{run.format(second)}</w:p>" for first, second in halves)


# ------------------------------------------------------------------------------------------------ archives


def zip_of(entries: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a ZIP of named entries."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in entries.items():
            archive.writestr(zipfile.ZipInfo(name, (2025, 9, 9, 12, 0, 0)), content, method)
    return out.getvalue()


def warc_of(pages: list[tuple[str, bytes]], when: str = "2025-09-10T06:00:00Z", gzipped: bool = True) -> bytes:
    """Return a WARC of fetched pages."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzipped)
    for address, content in pages:
        kind = "image/png" if address.endswith(".png") else "text/html; charset=utf-8"
        status = "404 Not Found" if "missing" in address else "200 OK"
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.0")
        record = writer.create_warc_record(
            address, "response", payload=io.BytesIO(content), http_headers=headers, warc_headers_dict={"WARC-Date": when}
        )
        writer.write_record(record)
        record.raw_stream.close()
    return out.getvalue()


def encrypted_zip(name: str, content: bytes) -> bytes:
    """Return a ZIP whose entry is marked as encrypted."""
    plain = bytearray(zip_of({name: content}))
    plain[6] |= 1
    central = plain.rfind(b"PK\x01\x02")
    plain[central + 8] |= 1
    return bytes(plain)


def one(items: list[Document | Rejection]) -> Document:
    """Return the only item, which must be a document."""
    (item,) = items
    assert isinstance(item, Document), item
    return item
