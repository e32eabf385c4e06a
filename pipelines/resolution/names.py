"""When two spellings can be one person's name. Pure functions over words; countries, offices and tables are ``people.py``'s concern."""

import re
import tomllib
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import JaroWinkler

_ROMANISATION = tomllib.loads(Path(__file__).with_name("romanisation.toml").read_text("utf-8"))
_LETTERS = str.maketrans(_ROMANISATION["letters"])
_PARTICLES = frozenset(_ROMANISATION["particles"])
_SOUNDS = tuple(_ROMANISATION["sounds"].items())
_WORD = re.compile(r"[^\W\d_]+")
# Least Jaro-Winkler likeness of two sounds with the same skeleton: short skeletons are shared by chance.
_LIKENESS_OF_SHORT = 0.88
_LIKENESS_OF_LONG = 0.8


@lru_cache(maxsize=200_000)
def folded(name: str) -> tuple[str, ...]:
    """Return the words of ``name`` in lower-case ASCII letters, particles and suffixes left out (kept if nothing else is there)."""
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS))
    words = tuple(_WORD.findall("".join(letter for letter in plain if not unicodedata.combining(letter))))
    return tuple(word for word in words if word not in _PARTICLES) or words


@lru_cache(maxsize=200_000)
def _sound(word: str) -> str:
    """Return a folded word with one letter for each sound, doubled letters once."""
    for written, sound in _SOUNDS:
        word = word.replace(written, sound)
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=200_000)
def skeleton(word: str) -> str:
    """Return the consonants of a folded word by sound: the spellings of one name in several romanisations share it."""
    sound = _sound(word)
    return sound[:1] + re.sub(r"[aeiouhj]", "", sound[1:])


def blocks(name: str) -> list[str]:
    """Return the skeletons under which spellings of ``name`` are looked for: names that share none are never compared."""
    return sorted({skeleton(word) for word in folded(name)})


def _is_initial_of(short: str, full: str) -> bool:
    return len(short) == 1 and full.startswith(short)


def _same_word(a: str, b: str) -> bool:
    if a == b:
        return True
    bones = skeleton(a)
    if min(len(a), len(b)) < 3 or bones != skeleton(b):
        return False
    first, second = _sound(a), _sound(b)
    if first[:-1] == second[:-1] and {first[-1], second[-1]} == {"a", "o"}:
        return False  # Maria and Mario
    return JaroWinkler.similarity(first, second) >= (_LIKENESS_OF_LONG if len(bones) > 2 else _LIKENESS_OF_SHORT)


def _paired(fewer: tuple[str, ...], more: tuple[str, ...], same: Callable[[str, str], bool]) -> bool:
    """Return whether each of ``fewer`` has a word of its own in ``more``."""
    left = list(more)
    for word in fewer:
        partner = next((other for other in left if same(word, other)), None)
        if partner is None:
            return False
        left.remove(partner)
    return True


def likeness(a: str, b: str) -> str | None:
    """Return why ``a`` and ``b`` can be one person's name, None if they cannot.

    ``same words``, ``other spelling``, ``fewer names`` and ``initials`` need no more than the same country and a compatible office;
    ``single name`` proves nothing by itself: the caller must find it to be the only candidate.
    """
    first, second = folded(a), folded(b)
    if not first or not second:
        return "same words" if a == b else None
    if sorted(first) == sorted(second):
        return "same words"
    fewer, more = sorted((first, second), key=len)
    surname_shared = _same_word(fewer[-1], more[-1]) or _same_word(fewer[0], more[0])
    if len(fewer) == 1:
        return "single name" if any(_same_word(fewer[0], word) for word in more) else None
    if not surname_shared:
        return None
    if _paired(fewer, more, _same_word):
        return "other spelling" if len(fewer) == len(more) else "fewer names"
    if _same_word(fewer[-1], more[-1]) and _paired(
        fewer, more, lambda x, y: _same_word(x, y) or _is_initial_of(x, y) or _is_initial_of(y, x)
    ):
        return "initials"
    return None
