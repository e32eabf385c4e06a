"""Second looks: is this "May" the month, is this "2014" a year?

Belongs here: the checks on the words around a candidate. Does not belong here: what the candidate means.
"""

from __future__ import annotations

import re

from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.words import COUNTED
from pipelines.extraction.lexicon import settings

_WORDS = settings("time")
_NAMED = frozenset(_WORDS["year_refusals"]["named"])
_BEFORE_MONTH = frozenset(_WORDS["before_month"])
DETERMINERS = frozenset(_WORDS["tense"]["determiners"])
_AFTER_A_MARCH = ("of", "on", "for", "in", "by", "from", "to", "against", "through", "and")
_AFFIXES = ("pre", "post", "mid", "end", "early", "late")
_LAST_WORD = re.compile(r"([^\W_]+)[.,]?\s*[\"“(]?$")
_NEXT_WORD = re.compile(r"['’]?s?[\s\u00a0]+([^\W\d_]+)")
_YEAR_IS_SURE_AFTER = frozenset(_WORDS["before_year"])


def _word_before(reader: Reader) -> str:
    found = _LAST_WORD.search(reader.before())
    return found.group(1) if found else ""


def _word_after(reader: Reader) -> str:
    found = _NEXT_WORD.match(reader.after())
    return found.group(1) if found else ""


def is_month_word(word: str, reader: Reader) -> bool:
    """Say whether a month's name standing alone is the month: "may" and "march" are verbs, May and April are people."""
    bare = word.rstrip(".").lower()
    before, after = _word_before(reader), _word_after(reader)
    if before.lower() in _BEFORE_MONTH:
        return True
    if bare in ("may", "mar", "march"):
        # "the May summit"; "May exports rose", where the tagger saw a noun.
        if before:
            return before.lower() in DETERMINERS and after[:1].islower() and after not in _AFTER_A_MARCH
        tag, next_tag = reader.tags()
        return tag in ("PROPN", "NOUN") and next_tag in ("NOUN", "ADJ") and after[:1].islower()
    if len(bare) <= 4 and bare not in ("june", "july") and (word.isupper() or (not word.endswith(".") and after[:1].isupper())):
        return False  # "Jan Kavan"
    # "Mary June", "August Wilson": a name stands beside another.
    follows_name = before[:1].isupper() and reader.before()[-1:] == " " and reader.before().rstrip()[-1:] not in ".,"
    return not follows_name and (bool(before) or not after[:1].isupper())


def is_year_number(number: int, reader: Reader) -> bool:
    """Say whether a four-digit number standing alone is a year and no count, price, resolution or street number."""
    text, start, end = reader.text, reader.start, reader.end
    previous = text[start - 1] if start else ""
    following = text[end : end + 2]
    if (previous and previous in "$€£¥₹#@./:+_&=%") or following[:1] in ("%", "°", "/", "=", "_", "@"):
        return False
    if following[:1] in ".,:" and following[1:].isdigit():
        return False
    if previous and previous in "-–‑":
        return reader.before(8)[:-1].lower().endswith(_AFFIXES)
    if previous == "," and start > 1 and text[start - 2].isdigit():
        return False
    before, after = _word_before(reader).lower(), _word_after(reader).lower()
    if after in COUNTED or before in _NAMED:
        return False
    if before in _YEAR_IS_SURE_AFTER:
        return True
    return 1900 <= number <= 2100
