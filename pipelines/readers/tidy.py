"""Text as the engine wants it: paragraphs apart by one blank line, no characters that do not show, hard line breaks undone.

Belongs here: typography. Does not belong here: anything that depends on what the words mean.
Every step takes time in proportion to the text.
"""

from __future__ import annotations

import html
import re
import unicodedata

_LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f]")
_BLANKS = re.compile(r"[ \t]{2,}|\t")
_MANY_BREAKS = re.compile(r"\n{3,}")
# Spaces of other widths become plain ones; soft hyphens, zero-width marks and marks that turn the direction of writing go.
_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "),
        **dict.fromkeys("\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff\ufffe\uffff", None),
        "\ufb00": "ff",
        "\ufb01": "fi",
        "\ufb02": "fl",
        "\ufb03": "ffi",
        "\ufb04": "ffl",
        "\ufb05": "st",
        "\ufb06": "st",
    }
)
_MOJIBAKE = re.compile("[ÃÂâÐ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_ENTITY = re.compile(r"&(?:amp|quot|apos|nbsp|lt|gt|[lr][sd]quo|[mn]dash|hellip|pound|euro|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
_BULLET = re.compile(r"(?:[•●▪◦■►*·–—-]|\(?(?:\d{1,2}|[a-z])[.)])\s")


def clean(text: str) -> str:
    """Return ``text`` composed (NFC), with plain line ends and spaces and without characters that do not show."""
    if not text.isascii():
        if _MOJIBAKE.search(text):
            text = _mended(text)
        text = text.translate(_CHARACTERS)
        text = text.encode("utf-8", "replace").decode("utf-8") if _has_lone_surrogates(text) else text
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
    # Each test below is many times faster than the substitution that it saves.
    if not text.replace("\n", "").isprintable():
        text = _CONTROLS.sub("", _LINE_ENDS.sub("\n", text))
    if "  " in text or "\t" in text:
        text = _BLANKS.sub(" ", text)
    if " \n" in text or "\n " in text:
        text = text.replace(" \n", "\n").replace("\n ", "\n")
    return text.strip()


def _has_lone_surrogates(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _mended(text: str) -> str:
    """Undo text that was decoded with the wrong table once; leave everything else alone."""
    from ftfy import TextFixerConfig, badness, fix_text

    if len(text) > 500_000 or not badness.is_bad(text):
        return text
    return fix_text(text, TextFixerConfig(uncurl_quotes=False, unescape_html=False, fix_character_width=False, fix_latin_ligatures=False))


def without_entities(text: str) -> str:
    """Return ``text`` with HTML's character entities resolved where a field was stored with them."""
    return html.unescape(text) if "&" in text and _ENTITY.search(text) else text


def paragraphs_apart(text: str) -> str:
    """Return clean ``text`` with one blank line between paragraphs; lines that were only wrapped are joined."""
    if "\n" not in text:
        return text
    lines = text.split("\n")
    width = _wrap_width(lines)
    if width is None:
        return _MANY_BREAKS.sub("\n\n", text.replace("\n", "\n\n"))
    paragraphs: list[str] = []
    current: list[str] = []
    for line in lines:
        if not line:
            _close(current, paragraphs)
        elif current and _is_wrapped(current[-1], line, width):
            current.append(line)
        else:
            _close(current, paragraphs)
            current.append(line)
    _close(current, paragraphs)
    return "\n\n".join(paragraphs)


def _close(current: list[str], paragraphs: list[str]) -> None:
    if current:
        paragraphs.append(" ".join(current))
        current.clear()


def _wrap_width(lines: list[str]) -> int | None:
    """Return the column at which the lines were wrapped by hand or by program, None where they were not."""
    lengths = sorted(len(line) for line in lines if line)
    if len(lengths) < 4:
        return None
    width = lengths[int(len(lengths) * 0.95)] if len(lengths) > 20 else lengths[-1]
    full = sum(length >= 0.8 * width for length in lengths)
    return width if 40 <= width <= 110 and full >= 0.35 * len(lengths) else None


def _is_wrapped(line: str, following: str, width: int) -> bool:
    """Say whether ``line`` was broken because the next word no longer fitted."""
    if _BULLET.match(following):
        return False
    word = following.partition(" ")[0]
    return len(line) + 1 + len(word) > width - 2 and len(line) <= width + 10


def words_of(text: str) -> int:
    """Return the number of words."""
    return len(text.split())
