"""How a text is built: header, headline, bylines, datelines, paragraphs, sentences, captions, boilerplate, quotes.

Belongs here: everything that can be told from lines, marks and typography. Does not belong here: words' classes (tokens) or meaning.
Every step walks the text once, so time is proportional to its length.
"""

import re
from datetime import date
from functools import cache
from typing import NamedTuple

from pipelines.extraction.annotators.quotes import find_quotes
from pipelines.extraction.annotators.splitting import is_abbreviation, sentence_bounds
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Layout, Sentence

_HEADER = re.compile(r"\s*date[ \t]+(\d{4})-(\d\d)-(\d\d)(?!\d)[ \t]*")
_LINE = re.compile(r"[^\n\r\u2028\u2029\x0b\x0c\x85]+")
_BULLET = re.compile(r"(?:[•●▪◦■□►▶➢➤✓✔·*»–—-]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+")
_LABEL = re.compile(r"(?:Q|A|Question|Answer|Qn|Ans|Moderator|Reporter)\s?[.:]\s")
_ZONE = r"(?:\s?(?:GMT|UTC|BST|EST|EDT|ET|CET|CEST|IST|PKT|MSK|local time)(?:[+-]\d+)?)?"
_AGO = r"\d{1,2}\s?(?:[ap]\.?m\.?|h|min|mins|hrs?|hours?|minutes?)(?:\s?ago)?"
_CLOCK = re.compile(rf"(?:\d{{1,2}}[:.h]\d\d(?:\s?[ap]\.?m\.?)?{_ZONE}|{_AGO})(?=\s*$|\s+[-–—|:]|\s*[-–—|:]\s)", re.IGNORECASE)
_DATE_LINE = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s+)?"
    r"(?:\d{1,2}(?:st|nd|rd|th)?[\s./-]+)?(?:[A-Z][a-z]{2,8}\.?|\d{1,2})[\s./-]+(?:\d{1,2}(?:st|nd|rd|th)?,?\s+)?(?:\d{4})?"
    r"(?:[,\s|–-]+\d{1,2}[:.]\d\d(?:\s?[AaPp]\.?[Mm]\.?)?)?(?:\s+[A-Z]{2,4})?\W*$"
)
_BY = re.compile(r"(?:By|BY|by)\s+(?:[A-Z]|an?\s|our\s)")

# A dateline: place(s), then date and agency in any order, then the mark that ends it.
_PLACE_WORD = r"[A-ZÀ-ÖØ-ÞĀ-Ž][\w.'’ʻ`-]*"
_PLACES = rf"{_PLACE_WORD}(?:[ ](?:(?:de|da|do|del|dos|of|the|la|el|and|upon|on|am|al)[ ])?{_PLACE_WORD}){{0,3}}"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC)[a-zA-Z]*\.?"
_DAY = rf"(?:{_MONTH}[ ]\d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}(?:st|nd|rd|th)?[ ]{_MONTH})(?:,?[ ]\d{{4}})?"
_WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_DATELINE = re.compile(
    rf"""(?P<place>{_PLACES})
    (?P<region>(?:[,/|;·][ ]?{_PLACES}|[ ]\[[^\]\n]{{2,25}}\]){{0,2}}?)
    (?P<date>[.,]?[ ]?(?:{_WEEKDAY},?[ ])?{_DAY})?
    [.,]?[ ]*
    (?P<agency>\((?:[^()\n]{{2,40}}(?P<filed>[ ]-[ ]{_DAY}[ ]?)|[^()\n]{{2,40}})\)|/[A-Z][^/\n]{{1,20}}/|\[[A-Z][^\]\n]{{1,20}}\])?
    (?P<date2>[.,]?[ ]?{_DAY})?
    [.,]?[ ]*
    (?P<mark>--+|[-–—_:]|(?<=[.])|(?(filed)|(?!)))
    [ ]+
    (?=["“'‘«(\[]?[\w$€£¥])""",
    re.VERBOSE,
)
_DATELINE_MARKS = re.compile(r"[-–—_:](?:[ ]|$)")
_MAX_DATELINE = 110
_MAX_LONE_HEADLINE = 120
_FINAL = tuple(".!?…")
_CLOSERS = "\"'”’»)]}"


class _Cues(NamedTuple):
    boilerplate_starts: tuple[str, ...]
    boilerplate_whole: frozenset[str]
    caption_starts: tuple[str, ...]
    caption_ends: tuple[str, ...]
    byline_starts: tuple[str, ...]
    byline_whole: frozenset[str]
    agencies: frozenset[str]


@cache
def _cues() -> _Cues:
    words = settings("structure")
    return _Cues(
        tuple(words["boilerplate_starts"]),
        frozenset(words["boilerplate_whole"]),
        tuple(words["caption_starts"]),
        tuple(words["caption_ends"]),
        tuple(words["byline_starts"]),
        frozenset(words["byline_whole"]),
        frozenset(words["agencies"]),
    )


class _Paragraph(NamedTuple):
    start: int
    end: int
    text: str


def _header(text: str) -> tuple[date | None, int]:
    """Return the date of the `` date YYYY-MM-DD `` header and where the text after it begins."""
    found = _HEADER.match(text, 0, 200)
    if not found:
        return None, 0
    try:
        return date(int(found[1]), int(found[2]), int(found[3])), found.end()
    except ValueError:
        return None, 0


def _blocks(text: str, start: int) -> list[list[_Paragraph]]:
    """Return the runs of non-blank lines, trimmed, that blank lines separate."""
    blocks: list[list[_Paragraph]] = []
    block: list[_Paragraph] = []
    last_end = start
    for found in _LINE.finditer(text, start):
        raw = found[0]
        line = raw.strip()
        if not line:
            continue
        begin = found.start() + len(raw) - len(raw.lstrip())
        gap = text[last_end:begin]
        if block and (gap.count("\n") > 1 or "\u2029" in gap):
            blocks.append(block)
            block = []
        block.append(_Paragraph(begin, begin + len(line), line))
        last_end = begin + len(line)
    if block:
        blocks.append(block)
    return blocks


def _ends_sentence(line: str) -> bool:
    return line.rstrip(_CLOSERS).endswith(_FINAL)


def _wraps(line: str, following: str, width: int) -> bool:
    """Whether a line break inside a block is only the wrapping of one paragraph."""
    if _BULLET.match(following) or _LABEL.match(following) or _CLOCK.match(following):
        return False
    first = following[0]
    if first.islower() or first in ",;)":
        return not _ends_sentence(line)
    # In hard-wrapped text the next word would not have fitted on this line.
    wrapped = 40 <= width <= 130 and len(line) + len(following.split(None, 1)[0]) + 1 > width - 2
    return wrapped and not line.endswith(":")


def _paragraphs(text: str, blocks: list[list[_Paragraph]]) -> list[_Paragraph]:
    """Return the paragraphs: wrapped lines joined, lists and posters kept line by line."""
    paragraphs: list[_Paragraph] = []
    for block in blocks:
        if len(block) == 1:
            paragraphs.append(block[0])
            continue
        width = max(len(line.text) for line in block)
        start, previous = block[0].start, block[0]
        for line in block[1:]:
            if not _wraps(previous.text, line.text, width):
                paragraphs.append(_Paragraph(start, previous.end, text[start : previous.end]))
                start = line.start
            previous = line
        paragraphs.append(_Paragraph(start, previous.end, text[start : previous.end]))
    return paragraphs


def _is_byline(line: str, lowered: str) -> bool:
    if len(line) > 120 or _ends_sentence(line):
        return False
    cues = _cues()
    return (
        lowered in cues.byline_whole
        or lowered.startswith(cues.byline_starts)
        or lowered.strip("()[]- ") in cues.agencies
        or bool(_DATE_LINE.match(line))
        or (len(line) < 80 and bool(_BY.match(line)))
    )


def _furniture(line: str) -> str | None:
    """Return the kind of a paragraph that is no running text: boilerplate, caption; None if it is."""
    cues = _cues()
    lowered = line[:80].lower()
    if lowered.startswith(cues.caption_starts) or (len(line) < 300 and line[-25:].lower().rstrip(".)] ").endswith(cues.caption_ends)):
        return "caption"
    if len(line) <= 30 and (lowered in cues.boilerplate_whole or not any(map(str.isalnum, line))):
        return "boilerplate"
    if len(line) < 400 and lowered.startswith(cues.boilerplate_starts):
        rest = line[: 2 + max(len(cue) for cue in cues.boilerplate_starts if lowered.startswith(cue))]
        if rest[-2:] != rest or len(line) < 200:
            return "boilerplate"
    return None


def _headline_like(line: str) -> bool:
    return len(line) <= 220 and not _ends_sentence(line) and not line.endswith((":", ",", ";")) and not _BULLET.match(line)


def _agency(found: re.Match[str]) -> str | None:
    """Return the agency without the day that some write beside it ("(Lake News - 9th Sep, 2025)")."""
    words = found["agency"]
    return words.removesuffix(")").removesuffix(found["filed"] or "").strip("()/[] ") if words else None


def _dateline(line: str, opening: bool) -> re.Match[str] | None:
    """Return the dateline that opens a body paragraph. Outside the ``opening`` of a story it must be in capitals or name an agency."""
    head = line[:_MAX_DATELINE]
    if not head[0].isupper() or not (opening or _DATELINE_MARKS.search(head) or head.split(None, 1)[0].isupper()):
        return None
    found = _DATELINE.match(head)
    if not found:
        return None
    place, mark = found["place"], found["mark"]
    capitals = sum(map(str.isupper, place)) > 1 and place.upper() == place
    agency = _agency(found)
    signed = agency is not None and (agency.lower() in _cues().agencies or agency.isupper() or found["agency"][0] == "/")
    dated = bool(found["date"] or found["date2"] or found["filed"])
    if not mark:
        # "DODOMA. The government …", "MOSCOW, April 1. /TASS/. …", but not "U.S. OFFICIALS …" nor "ACME CORP. The firm …"
        name = place.rstrip(".")
        is_bare = opening and len(name) > 3 and "." not in name and not is_abbreviation(name.rsplit(None, 1)[-1])
        is_place = (capitals and (dated or is_bare)) or (opening and dated and bool(found["region"] or found["filed"]))
        return found if is_place and not line[found.end() : found.end() + 40].isupper() else None
    if mark == ":":
        return found if capitals or signed or (dated and opening) else None
    if capitals or signed or dated:
        return found
    if not opening or (agency is not None and not signed):
        return None
    # "Place – Sentence" has one dash; a name with an inserted remark has two.
    rest = line[found.end() : found.end() + 300]
    again = rest.find(f" {mark} ")
    one_dash = again < 0 or ". " in rest[:again]
    return found if one_dash and (rest[:1].isupper() or rest[:1] in "\"“'‘") else None


class _Reader:
    """Collects sentences paragraph by paragraph."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.sentences: list[Sentence] = []
        self.paragraph = -1
        self.title: str | None = None
        self.place: str | None = None
        self.agency: str | None = None
        self.in_body = False

    def add(self, start: int, end: int, kind: str) -> None:
        self.sentences.append(Sentence(start, end, self.text[start:end], self.paragraph, kind))

    def split(self, start: int, end: int, kind: str) -> None:
        for first, last in sentence_bounds(self.text, start, end):
            is_tail = self.text.startswith("The post ", first) and self.text.find(" appeared first on ", first, last) > 0
            self.add(first, last, "boilerplate" if is_tail else kind)  # the last line of a feed's item

    def body(self, start: int, end: int) -> None:
        line = self.text[start:end]
        clock = _CLOCK.match(line)
        if clock:
            self.add(start, start + clock.end(), "dateline")
            rest = line[clock.end() :]
            skipped = len(rest) - len(rest.lstrip(" \t-–—|:"))
            start, line = start + clock.end() + skipped, rest[skipped:]
            if start >= end:
                return
        found = _dateline(line, opening=not self.in_body)
        if found:
            mark_end = found.end("mark") if found["mark"] else found.end()
            self.add(start, start + len(line[:mark_end].rstrip()), "dateline")
            if self.place is None:
                self.place, _, agency = found["place"].rstrip(".,").partition(". ")  # "ASTANA. KAZINFORM –"
                self.agency = _agency(found) or agency or None
            start += found.end()
        self.in_body = True
        self.split(start, end, "body")


def _has_body_after(paragraphs: list[_Paragraph], index: int) -> bool:
    """Whether running text follows, so that the line at ``index`` can be a headline; a first line is one over any other."""
    if index == 0:
        return len(paragraphs) > 1 or len(paragraphs[0].text) < _MAX_LONE_HEADLINE
    return any(_ends_sentence(later.text) or len(later.text) > 160 for later in paragraphs[index + 1 : index + 6])


def find_layout(text: str) -> Layout:
    """Return headline, dateline, sentences in reading order with their kind, and quotes of ``text`` (any Unicode string)."""
    header_date, start = _header(text)
    paragraphs = _paragraphs(text, _blocks(text, start))
    reader = _Reader(text)
    for index, (begin, end, line) in enumerate(paragraphs):
        reader.paragraph += 1
        kind = _furniture(line)
        if kind is None and _is_byline(line, line.lower()):
            kind = "dateline"
        if kind in ("boilerplate", "caption"):
            reader.split(begin, end, kind)
        elif kind == "dateline":
            reader.add(begin, end, kind)
        elif not reader.in_body and _headline_like(line) and not _dateline(line, True) and _has_body_after(paragraphs, index):
            if reader.title is None:
                reader.title = line
            reader.add(begin, end, "headline")
        else:
            reader.body(begin, end)
    bounds = [(begin, end) for begin, end, _ in paragraphs]
    return Layout(
        sentences=tuple(reader.sentences),
        quotes=find_quotes(text, bounds),
        title=reader.title,
        dateline_place=reader.place,
        dateline_agency=reader.agency,
        header_date=header_date,
    )
