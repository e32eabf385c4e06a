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
_NOUNS_TOO = frozenset(_TENSE["nouns_too"])
_BARE_AFTER = frozenset(_TENSE["bare_after"])
_ACTS = frozenset(_TENSE["acts_ahead"])
_PAST = frozenset(_TENSE["past"])
_NOT_PAST = frozenset(_TENSE["not_past"])
_DETERMINERS = frozenset(_TENSE["determiners"])
_FIRM = frozenset(("will", "shall", "wo", "ll"))
_IS = frozenset(("is", "are", "s", "re", "m", "am"))
_PRONOUNS = frozenset(("he", "she", "it", "that", "who", "there", "what"))
_ABOUT = frozenset(("set", "going", "about", "ready"))
_BE = frozenset(("be", "been", "being", "have", "not", "also", "n't"))
_WORD = re.compile(r"[^\W\d_]+")
_NEXT_WORD = re.compile(r"\s+(?:has\s+|have\s+)?")
_BREAK = re.compile(r"[,;:—–(]|\b(?:and|but|while|who|which|that|when|where|as|after|before|because|whose)\b")
_LEAD_IN = re.compile(
    r"(?:^|[,;:—–(“\"]|\b(?:and|but|while|who|which|that|when|where)\b)[\s“\"']*(?:(?:on|in|by|from|for|late|early|earlier|later)\s+){0,2}$"
)
SPREAD = 4  # how many words after an auxiliary its verb may stand


def _present_form(verb: str) -> str:
    """Return the third person of a verb: arrives, flies, reaches."""
    if verb.endswith(("ch", "sh", "ss", "x", "o")):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if verb.endswith("y") and verb[-2] not in "aeiou" else f"{verb}s"


_TIMETABLE_BARE = frozenset(_TENSE["scheduled_present"])
_TIMETABLE = frozenset(_present_form(verb) for verb in _TIMETABLE_BARE)


@dataclass(frozen=True, slots=True)
class Cue:
    """A word of a sentence that looks back or ahead.

    ``is_firm``: a finite verb or a plan, no infinitive and no mere possibility. ``is_act``: itself of the past, what it is about ahead.
    """

    start: int
    end: int
    direction: int
    is_firm: bool
    is_act: bool = False


def find_cues(sentence: str, is_headline: bool = False, nouns: frozenset[int] = frozenset()) -> list[Cue]:
    """Return the words of ``sentence`` that look back or ahead, in order, with their offsets inside it.

    ``is_headline``: the present tells of what has happened, as in captions. ``nouns``: offsets of the words that are nouns here.
    """
    cues: list[Cue] = []
    ahead_until = -1  # up to this word, verbs belong to an auxiliary that looks ahead
    is_firm_ahead = True
    words = [(match.start(), match.end(), match.group()) for match in _WORD.finditer(sentence)]
    before, gap_start, is_denied = "", 0, False
    for index, (start, end, written) in enumerate(words):
        word = written.lower()
        direction, is_firm = NEITHER, True
        if index <= ahead_until and not (sentence[gap_start:start].isspace() and word not in _DETERMINERS):
            ahead_until = -1
        if word in ("neither", "nor"):
            is_denied = True
        if word in _NOUNS_TOO and start in nouns:
            pass
        elif word == "could" and (is_denied or (index + 1 < len(words) and words[index + 1][2] == "not")):
            direction = PAST  # "could not be reached on Wednesday"
        elif word in _AUXILIARIES:
            # "May" with a capital inside a sentence is the month or a person.
            if written[0].islower() or index == 0 or written.isupper():
                direction, ahead_until = FUTURE, index + SPREAD
                is_firm = is_firm_ahead = word in _FIRM
        elif index <= ahead_until:
            if word in _BE:
                ahead_until = index + SPREAD
            elif word in _PAST or word in _FUTURE or word.endswith("ed"):
                direction, is_firm = FUTURE, is_firm_ahead
                ahead_until = index
        elif word == "next" and index + 1 < len(words) and words[index + 1][2] == "to":
            pass
        elif word in _FUTURE or word in _ACTS:
            direction = FUTURE
        elif word == "to" and index + 1 < len(words):
            following = words[index + 1]
            if _opens_infinitive(before, following[2], sentence[end : following[0]]):
                direction, is_firm, ahead_until = FUTURE, before in _IS or before in _FUTURE or before in _ABOUT, index + SPREAD
                is_firm_ahead = is_firm
        elif _is_present(word, before) and index + 1 < len(words) and words[index + 1][2].endswith("ing"):
            direction = FUTURE
        elif before in _IS and (word in _PAST or word.endswith("ed")):
            pass  # "is held": of no time
        elif word in _PAST or (
            word.endswith("ed") and len(word) > 4 and written[0].islower() and word not in _NOT_PAST and not _is_adjective_after(before)
        ):
            direction = PAST
        elif not is_headline and index and _is_timetable(word, before) and start not in nouns and before not in _DETERMINERS:
            direction, is_firm = FUTURE, False
        if direction:
            cues.append(Cue(start, end, direction, is_firm, word in _ACTS and direction == FUTURE and index > ahead_until))
        before, gap_start = word, end
    return cues


def _is_timetable(word: str, before: str) -> bool:
    """Say whether ``word`` is a verb whose present tense, with a day of its own, tells of a timetable: "leaves on Monday"."""
    return word in _TIMETABLE or (word in _TIMETABLE_BARE and before not in _BARE_AFTER)


def _is_present(word: str, before: str) -> bool:
    """Say whether ``word`` is a present form of "to be", and "'s" no genitive."""
    return word in _IS and (word != "s" or before in _PRONOUNS)


def _is_adjective_after(before: str) -> bool:
    """Say whether a participle after ``before`` describes the noun that follows: "a still unspecified date"."""
    return before in _DETERMINERS or before in ("still", "newly", "previously", "recently")


def _opens_infinitive(before: str, after: str, between: str) -> bool:
    """Say whether "to" before the word ``after`` is the mark of an infinitive rather than a preposition."""
    if not between.isspace() or not after[0].islower() or after in _DETERMINERS or after.endswith(("ing", "s")) or before == "according":
        return False
    return before not in ("from", "back", "used", "had", "has", "have") or after == "be"


def direction_at(sentence: str, cues: list[Cue], start: int, end: int) -> tuple[int, bool]:
    """Return the direction of the verb that governs the words from ``start`` to ``end`` of ``sentence``, and whether it is firm.

    The nearest cue before them governs, unless they open a clause of their own; then the nearest cue after.
    """
    before = after = None
    for cue in cues:
        if cue.end <= start:
            before = cue
        elif cue.start >= end:
            after = cue
            break
    chosen = before or after
    if (
        before
        and after
        and _LEAD_IN.search(sentence, max(before.end, start - 40), start)
        and not _BREAK.search(sentence, end + 1, after.start)
    ):
        chosen = after
    if before and after and not before.is_firm and before.direction == FUTURE and _NEXT_WORD.fullmatch(sentence, end, after.start):
        chosen = after  # "came to sign the pact, the ministry on Sunday said"
    if chosen and chosen.is_act and (chosen is after or len(sentence[chosen.end : start].split()) < 2):
        return PAST, True
    return (chosen.direction, chosen.is_firm) if chosen else (NEITHER, False)
