"""Which way a sentence looks from publication at one of its dates: back, ahead, or neither.

Belongs here: reading the verbs around a date, inside its sentence. Does not belong here: what the date then resolves to.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipelines.extraction.lexicon import settings

PAST, NEITHER, FUTURE = -1, 0, 1

_TENSE = settings("time")["tense"]
_AUXILIARIES = frozenset(_TENSE["future_auxiliaries"])
_FUTURE = frozenset(_TENSE["future"])
_TIMETABLE = frozenset(_TENSE["scheduled_present"])
_PAST = frozenset(_TENSE["past"])
_NOT_PAST = frozenset(_TENSE["not_past"])
_DETERMINERS = frozenset(_TENSE["determiners"])
_IS = frozenset(("is", "are", "s", "re", "m", "am"))
_WAS = frozenset(("was", "were"))
_BE = frozenset(("be", "been", "being", "have", "not", "also", "n't"))
_SET = frozenset(("set", "going", "about", "ready", "keen", "able", "willing"))
_WORD = re.compile(r"[^\W\d_]+")
_BREAK = re.compile(r"[,;:—–(]|\b(?:and|but|while|who|which|that|when|where|as|after|before|because|whose)\b")
_LEAD_IN = re.compile(r"(?:^|[,;:—–(“\"]|\b(?:and|but|while|who|which|that|when|where|as)\b)[\s“\"']*(?:(?:on|in|by|from|for|late|early|earlier|later)\s+){0,2}$")
SPREAD = 4  # how many words after an auxiliary its verb may stand


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a sentence that looks back or ahead."""

    start: int
    end: int
    direction: int


def find_cues(sentence: str, is_headline: bool = False) -> list[Cue]:
    """Return the words of ``sentence`` that look back or ahead, in order, with their offsets inside it."""
    cues: list[Cue] = []
    ahead_until = -1  # up to this word, verbs belong to an auxiliary that looks ahead
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(sentence)]
    for index, (start, end, written) in enumerate(words):
        word = written.lower()
        direction = NEITHER
        if word in _AUXILIARIES:
            # "May" with a capital inside a sentence is the month or a person.
            if written[0].islower() or index == 0 or written.isupper():
                direction, ahead_until = FUTURE, index + SPREAD
        elif index <= ahead_until:
            if word in _BE:
                ahead_until = index + SPREAD
            elif word in _PAST or word in _FUTURE or word.endswith("ed"):
                direction = FUTURE
                ahead_until = index
        elif word in _FUTURE:
            direction = FUTURE
        elif word == "to" and index + 1 < len(words):
            following = words[index + 1]
            if _opens_infinitive(words[index - 1][2].lower() if index else "", following[2], sentence[end : following[0]]):
                direction, ahead_until = FUTURE, index + SPREAD
        elif word in _IS and index + 1 < len(words) and words[index + 1][2].endswith("ing"):
            direction = FUTURE
        elif word in _PAST:
            direction = PAST
        elif word.endswith("ed") and len(word) > 4 and written[0].islower() and word not in _NOT_PAST:
            direction = PAST
        elif word in _TIMETABLE and not is_headline and index and words[index - 1][2].lower() not in _DETERMINERS:
            direction = FUTURE
        if direction:
            cues.append(Cue(start, end, direction))
    return cues


def _opens_infinitive(before: str, after: str, between: str) -> bool:
    """Say whether "to" before the word ``after`` is the mark of an infinitive rather than a preposition."""
    if not between.isspace() or not after[0].islower() or after in _DETERMINERS or after.endswith(("ing", "s")) or before == "according":
        return False
    return before not in ("from", "back", "used", "had", "has", "have") or after == "be"


def direction_at(sentence: str, cues: list[Cue], start: int, end: int) -> int:
    """Return the direction of the verb that governs the words from ``start`` to ``end`` of ``sentence``.

    The nearest cue before them governs, unless they open a clause of their own; then the nearest cue after.
    """
    before = after = None
    for cue in cues:
        if cue.end <= start:
            before = cue
        elif cue.start >= end:
            after = cue
            break
    if before is None:
        return after.direction if after else NEITHER
    if after is not None and _LEAD_IN.search(sentence, max(before.end, start - 40), start) and not _BREAK.search(sentence, end + 1, after.start):
        return after.direction
    return before.direction
