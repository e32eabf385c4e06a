"""Time expressions, resolved against publication and context.

``find_times`` is the one way in. Rooms: ``words`` (pattern fragments from the lexicon), ``grammar`` (all rules as one scanner),
``day_rules``, ``period_rules``, ``duration_rules`` (patterns with their resolution), ``fiscal``, ``tense``, ``context`` (what an
expression leans on), ``meaning`` (calendar arithmetic), ``validity`` (is this "May" a month?).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.grammar import find_spans, parse
from pipelines.extraction.annotators.times.meaning import FIRST_YEAR, LAST_YEAR, Meaning, until
from pipelines.extraction.model import Actor, Layout, TimeExpression, Token

__all__ = ["find_times"]

_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[A-Z\"“‘`(])|\n[ \t]*\n")
_SINCE = re.compile(r"\b(?:ever )?since\s+$", re.IGNORECASE)
_SO_FAR = re.compile(r"\bso far (?:in )?$", re.IGNORECASE)
_BEFORE = re.compile(r"\bbefore\s+$", re.IGNORECASE)
COMPARISONS = frozenset(("time.distance", "time.same_period", "time.year_ago_period", "time.period_year_ago", "time.part_of_named_year"))
REACH = 60  # characters an expression may run on behind one that was cut
_GAP = re.compile(r"[\s\u00a0\u2009\u202f\-–—/]+")
_LAST_GAP = re.compile(r"[\s\u00a0\u2009\u202f\-–—/]+[^\s\-–—/]*$")


def _sentence_bounds(text: str, layout: Layout) -> list[tuple[int, int]]:
    """Return where sentences stand; without a layout, a rough cut at full stops and blank lines."""
    if layout.sentences:
        return [(sentence.start, sentence.end) for sentence in layout.sentences]
    bounds, start = [], 0
    for found in _SENTENCE_END.finditer(text):
        bounds.append((start, found.end()))
        start = found.end()
    bounds.append((start, len(text)))
    return bounds


def find_times(
    text: str, layout: Layout, tokens: Sequence[Sequence[Token]], actors: tuple[Actor, ...], published_on: date | None
) -> tuple[TimeExpression, ...]:
    """Return the time expressions of ``text`` in order, none overlapping another.

    Without ``published_on`` relative expressions have no interval and as much of their TIMEX3 value as the words give.
    """
    if published_on is not None and not FIRST_YEAR < published_on.year < LAST_YEAR:
        published_on = None  # no calendar to count on either side
    bounds = _sentence_bounds(text, layout)
    headlines = frozenset(sentence.start for sentence in layout.sentences if sentence.kind in ("headline", "caption"))
    reader = Reader(text, bounds, headlines, actors, published_on, tokens)
    found: list[TimeExpression] = []
    position, last = 0, 0
    for start, end in find_spans(text):
        while position + 1 < len(bounds) and bounds[position + 1][0] <= start:
            position += 1
        if not bounds[position][0] <= start < bounds[position][1]:
            continue  # outside every sentence: a header
        for first, expression in _read_span(text, start, end, reader):
            if first >= last:
                found.append(expression)
                last = expression.end
    return tuple(found)


def _read_span(text: str, start: int, end: int, reader: Reader) -> Iterator[tuple[int, TimeExpression]]:
    """Yield the expressions of one hit of the scanner: itself, or what is left of it where its whole makes no sense."""
    while start < end:
        expression = _read(text, start, end, reader)
        if expression:
            yield start, expression
            return
        shorter = _LAST_GAP.search(text, start, end)
        inner = next(find_spans(text[start : shorter.start()], start), None) if shorter else None
        if inner:
            yield from _read_span(text, *inner, reader)
        behind = inner[1] if inner else _first_word_end(text, start, end)
        # What the cut left behind may be, or begin, an expression of its own ("May 5 and 6-7 June").
        rest = next(find_spans(text[behind : end + REACH], behind), None)
        if rest is None or rest[0] >= end or (inner is None and rest[1] <= end):
            return
        start, end = rest


def _first_word_end(text: str, start: int, end: int) -> int:
    found = _GAP.search(text, start, end)
    return found.end() if found else end


def _is_word_boundary(text: str, start: int, end: int) -> bool:
    return not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())


def _read(text: str, start: int, end: int, reader: Reader) -> TimeExpression | None:
    if not _is_word_boundary(text, start, end):
        return None
    reader.start, reader.end = start, end
    if reader.is_name_of_person():
        return None
    for rule, groups in parse(text[start:end]):
        meaning = rule.resolve(groups, reader)
        if meaning is not None:
            start, meaning = _opened(start, meaning, reader)
            reader.remember(
                meaning, is_comparison=rule.rule_id in COMPARISONS or (rule.rule_id == "time.unit" and meaning.method == "anchored")
            )
            return TimeExpression(
                start,
                end,
                text[start:end],
                meaning.timex_type,
                meaning.value,
                meaning.start,
                meaning.end,
                meaning.precision,
                meaning.method,
                rule.rule_id,
            )
    return None


def _opened(start: int, meaning: Meaning, reader: Reader) -> tuple[int, Meaning]:
    """Open what follows "since" to publication, and what comes "before the end of" a unit from it on."""
    if meaning.start is None or reader.published is None:
        return start, meaning
    before = reader.before(16)
    since = _SINCE.search(before)
    if since and meaning.timex_type == "DATE":
        # "since September 9, when ..." tells what happened that day.
        if reader.after(8).lstrip(", ").startswith("when"):
            return start, meaning
        return start - (len(before) - since.start()), until(meaning, reader.published)
    if _SO_FAR.search(before):
        return start, until(meaning, reader.published)
    if (
        _BEFORE.search(before)
        and " end of" in reader.text[start : reader.end].lower()
        and meaning.end
        and meaning.start <= reader.published <= meaning.end
    ):
        return start, replace(meaning, start=reader.published)
    return start, meaning
