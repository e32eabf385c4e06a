"""Bytes to text: which encoding, and what no encoding explains.

The order: byte order mark, UTF-16 by its zero bytes, strict UTF-8, the declared charset, cp1252 where it makes plausible words, then
charset-normalizer. Text that is UTF-8 but for a few broken bytes is refused, not read as something else.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from pipelines.readers.source import Refused

# The first bytes of what is often renamed to .txt, and what it then is.
BINARY_STARTS = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an audio file"),
    (b"ID3", "an audio file"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\xfd7zXZ", "an XZ archive"),
    (b"BZh", "a bzip2 archive"),
)

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

# A lead byte of common UTF-8 letters and marks with its continuation: no word of a Western code page has these side by side.
_UTF8_PAIR = re.compile(rb"[\xc2-\xdf\xe2-\xe9\xf0][\x80-\xbf]")
_NOT_CP1252 = re.compile(rb"[\x81\x8d\x8f\x90\x9d]")
_STRANGE_IN_CP1252 = re.compile(
    rb"""
      [\xc0-\xff]{4}                                  # four accented letters in a row
    | [\xff\xfe\xde\xd0\xf0]                          # y diaeresis, thorn, eth
    | [\xc0-\xde](?![A-Za-z\xc0-\xff.,;:'\x92\s-])    # a capital that opens no word
    | [A-Za-z][\xa1-\xa6\xac\xaf\xb3\xb5\xb6\xb8\xb9\xbe\xbf][A-Za-z\xc0-\xff]  # a sign inside a word
    """,
    re.VERBOSE,
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b") | {127})


@dataclass(frozen=True, slots=True)
class Encoding:
    """An encoding and the length of the mark that announced it."""

    name: str
    mark: int = 0


def announced_encoding(start: bytes) -> Encoding | None:
    """Return the encoding that a byte order mark or UTF-16's zero bytes announce, None if nothing does."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return Encoding(name, len(mark))
    sample = start[:4096]
    if len(sample) < 8:
        return None
    half = len(sample) // 2
    zeros_even, zeros_odd = sample[0::2].count(0), sample[1::2].count(0)
    if zeros_odd > 0.1 * half and zeros_even == 0 and _mostly_text(sample[0::2]):
        return Encoding("utf-16-le")
    if zeros_even > 0.1 * half and zeros_odd == 0 and _mostly_text(sample[1::2]):
        return Encoding("utf-16-be")
    return None


def _mostly_text(sample: bytes) -> bool:
    return len(sample.translate(None, _CONTROLS)) > 0.95 * len(sample)


def refuse_binary(content: bytes) -> None:
    """Refuse content that no text encoding would have: known binary starts, or control characters."""
    for start, what in BINARY_STARTS:
        if content.startswith(start):
            raise Refused("binary", f"is {what}, not text; export its text, or give the file its proper suffix")
    sample = content[:65536]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if sample and (controls > 0.02 * len(sample) or sample.count(0) > 2):
        raise Refused("binary", "holds binary data, not text; export its text, or give the file its proper suffix")


def decoded(content: bytes, declared: str | None = None) -> str:
    """Return the text of ``content``; refuse binary data and bytes that no encoding explains."""
    if content.isascii() and b"\0" not in content:
        refuse_binary(content)
        return content.decode("ascii")
    if encoding := announced_encoding(content):
        return _strictly(content[encoding.mark :], encoding.name)
    refuse_binary(content)
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        broken = error
    if (text := _as_declared(content, declared)) is not None:
        return text
    if not _UTF8_PAIR.search(content) and is_plausible_cp1252(content):
        return content.decode("cp1252")
    if not _is_utf8_in_the_main(content) and (text := _as_guessed(content)) is not None:
        return text
    raise Refused("broken_encoding", _broken(content, broken))


def is_plausible_cp1252(content: bytes) -> bool:
    """Say whether the high bytes of ``content`` make words and marks of Western text in Windows' code page."""
    if _NOT_CP1252.search(content) or _STRANGE_IN_CP1252.search(content):
        return False
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    return high < max(4, 0.25 * len(content))


def _is_utf8_in_the_main(content: bytes) -> bool:
    """Say whether most of the non-ASCII bytes are good UTF-8: then the rest is damage."""
    ignored = content.decode("utf-8", "ignore")
    kept = sum(len(character.encode()) for character in ignored if not character.isascii())
    high = len(content) - len(content.translate(None, bytes(range(128, 256))))
    return kept * 2 >= high


def _strictly(content: bytes, name: str) -> str:
    try:
        return content.decode(name)
    except UnicodeDecodeError as error:
        problem = f"is marked as {name.upper()} but breaks off at byte {error.start}; copy it again, or save it as UTF-8"
        raise Refused("broken_encoding", problem) from error


def _as_declared(content: bytes, declared: str | None) -> str | None:
    if not declared:
        return None
    try:
        name = codecs.lookup(declared).name
        if name in ("utf-8", "ascii", "utf-16", "utf-32") or not codecs.lookup(name)._is_text_encoding:
            return None
        # Browsers read Latin-1 as Windows' code page, so pages are written that way.
        return content.decode("cp1252" if name == "iso8859-1" and is_plausible_cp1252(content) else name)
    except (LookupError, ValueError, UnicodeError):
        return None


def _as_guessed(content: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = content[:100_000]
    best = from_bytes(sample, threshold=0.15).best()
    if best is None or best.encoding.startswith(("utf", "ascii")) or best.coherence < 0.2:
        return None
    try:
        return content.decode(best.encoding)
    except UnicodeDecodeError:
        return None


def _broken(content: bytes, error: UnicodeDecodeError) -> str:
    line = content.count(b"\n", 0, error.start) + 1
    if error.end >= len(content) - 3 and error.reason == "unexpected end of data":
        return f"ends in the middle of a character (line {line}, byte {error.start}); it is cut short: copy it again"
    return f"is not valid UTF-8 at line {line}, byte {error.start}, nor any other encoding known here; save it as UTF-8"
