"""Where sentences end inside a paragraph.

Belongs here: marks, abbreviations and the words beside them. Does not belong here: paragraphs, headlines (structure).
"""

import re
from functools import cache
from typing import NamedTuple

from pipelines.extraction.lexicon import settings

# A final mark with what closes behind it. It must not look ahead, or a long run of marks would be tried from each of them.
_CANDIDATE = re.compile(r"[.!?…。]+[\"'”’»)\]]*")
_GLUED = re.compile(r"[^\W\d_A-Z]{2}[^\W\d_A-Z%)]\.[A-Z][a-z]+\s")  # "…yesterday.The …"
_NEXT_WORD = re.compile(r"\s*[\"'“‘«(\[–—-]*\s*([\w.’']+)")
_ATTRIBUTION = re.compile(r"\s*(?:[A-Z][\w.’'-]*\s+){1,4}(?:said|says|asked|told|added|wrote|replied)\b")
_LONGEST = 1200  # characters; longer stretches without a final mark are cut at white space, so that no later step meets a monster


class _Abbreviations(NamedTuple):
    never_final: frozenset[str]
    before_number: frozenset[str]
    maybe_final: frozenset[str]
    starters: frozenset[str]
    units: frozenset[str]


@cache
def _abbreviations() -> _Abbreviations:
    words = settings("abbreviations")
    return _Abbreviations(
        frozenset(words["never_final"]),
        frozenset(words["before_number"]),
        frozenset(words["maybe_final"]),
        frozenset(words["sentence_starters"]),
        frozenset(words["units"]),
    )


def is_abbreviation(word: str) -> bool:
    """Whether a full stop behind ``word`` may be that of an abbreviation, title or initial."""
    known = _abbreviations()
    lowered = word.lower()
    return len(word) == 1 or lowered in known.never_final or lowered in known.maybe_final or lowered in known.before_number


def _word_before(text: str, start: int, stop: int) -> str:
    """Return the word that the full stop at ``stop`` stands behind, without opening marks."""
    begin = max(start, stop - 25)
    if begin >= stop or text[stop - 1].isspace():
        return ""
    return text[begin:stop].rsplit(None, 1)[-1].lstrip("\"'“‘«([{–—-/")


def _ends_sentence(text: str, start: int, found: re.Match[str], end: int) -> bool:
    following = _NEXT_WORD.match(text, found.end(), min(end, found.end() + 60))
    if not following:
        return True
    word = following[1]
    marks = found[0]
    if word[0].islower():
        return False
    if marks[0] in "!?":
        return not (len(marks) > 1 and _ATTRIBUTION.match(text, found.end(), min(end, found.end() + 80)))
    if len(marks) > 1 or marks[0] != ".":
        # An ellipsis or a stop inside quotes or brackets ends a sentence before a capital; a bracketed abbreviation does not.
        if marks[0] == "." and marks[1] in ")]" and _word_before(text, start, found.start()).lower() in _abbreviations().maybe_final:
            return word.lower() in _abbreviations().starters
        return True
    before = _word_before(text, start, found.start())
    if not before:
        return True
    known = _abbreviations()
    lowered = before.lower()
    if lowered in known.units:
        return not word[:3].isupper()
    if lowered in known.never_final:
        return False
    if word[0].isdigit():
        return not (lowered in known.before_number or lowered in known.maybe_final)
    if lowered in known.before_number:
        return True
    is_initial = len(before) == 1 and before.isupper()
    if (
        is_initial
        or lowered in known.maybe_final
        or ("." in before and not before[0].isdigit() and all(len(part) <= 2 for part in before.split(".")))
    ):
        return word.lower() in known.starters and not (is_initial and word in ("A", "I"))
    return True


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch that no sentence fills into bearable pieces, at white space where there is any."""
    pieces = []
    while end - start > _LONGEST:
        cut = text.rfind(" ", start + _LONGEST // 2, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        pieces.append((start, cut))
        start = cut
    pieces.append((start, end))
    return pieces


def sentence_bounds(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the (start, end) of each sentence of ``text[start:end]``, trimmed, in order."""
    bounds: list[tuple[int, int]] = []
    begin = start
    for found in _CANDIDATE.finditer(text, start, end):
        stop = found.end()
        if stop >= end:
            break
        if not text[stop].isspace() and not (found[0] == "." and _GLUED.match(text, stop - 4, min(end, stop + 40))):
            continue
        if _ends_sentence(text, begin, found, end):
            bounds.append((begin, found.end()))
            begin = found.end()
    bounds.append((begin, end))
    trimmed: list[tuple[int, int]] = []
    for first, last in bounds:
        for left, right in _pieces(text, first, last) if last - first > _LONGEST else ((first, last),):
            words = text[left:right]
            left += len(words) - len(words.lstrip())
            right -= len(words) - len(words.rstrip())
            if left < right:
                trimmed.append((left, right))
    return trimmed
