"""Folds a text to lower case without accents or punctuation, one code point for one, so that offsets stay.

Belongs here: the folding alone. Every mark becomes a space, so two spaces part what a comma, full stop or bracket parted.
"""

import unicodedata
from functools import cache, lru_cache

_LAST = 0x2FFF
_SPECIAL = {"ø": "o", "đ": "d", "ł": "l", "ı": "i", "ð": "d", "þ": "t", "ß": "s", "æ": "a", "œ": "o", "ə": "a", "ħ": "h", "ŋ": "n"}


def _fold_one(letter: str) -> str:
    if not letter.isalnum():
        return " "
    lower = letter.lower()[:1]
    plain = unicodedata.normalize("NFD", lower)[:1]
    return _SPECIAL.get(plain, plain if plain.isalnum() else lower)


@cache
def _table() -> dict[int, str]:
    folded = {code: _fold_one(chr(code)) for code in range(_LAST)}
    halves = dict.fromkeys(range(0xD800, 0xE000), " ")  # no automaton takes half a surrogate pair
    return {code: letter for code, letter in (folded | halves).items() if letter != chr(code)}


@lru_cache(maxsize=2)
def folded_text(text: str) -> str:
    """Return ``fold(text)``, remembered, as several annotators ask for the same text."""
    return fold(text)


def fold(text: str) -> str:
    """Return ``text`` in lower case, without accents, marks as spaces; the length does not change."""
    return text.translate(_table())


def fold_term(term: str) -> str:
    """Return a term of the tables as it would look inside a folded text."""
    return fold(term).strip()
