"""Which language a text is in: function words first, a trained detector only where they do not decide.

Belongs here: the verdict for one body. Titles alone are too short to judge and stay undecided.
"""

from __future__ import annotations

import re
from functools import cache
from types import ModuleType

from pipelines.readers.words import words

_SAMPLE = 2000
_CODE = re.compile(r"[a-z]{2}(?=[-_]|$)", re.IGNORECASE)
_MARKS = ".,:;!?()[]\"'“”‘’«»"
_ENOUGH_WORDS = 12
_ENOUGH_LETTERS = 60


def language_of(body: str, declared: str | None = None) -> str | None:
    """Return the ISO 639-1 code of the language of ``body``; what the source declares counts only where the text is too short to tell."""
    sample = body[:_SAMPLE].lower()
    found = [word.strip(_MARKS) for word in sample.split()]
    share, own = _share(found, "english"), _share(found, "english_only")
    if len(found) >= 8 and (share >= 0.18 or own >= 0.03):
        return "en"
    stated = _stated(declared)
    if len(found) < _ENOUGH_WORDS and sum(map(str.isalpha, sample)) < _ENOUGH_LETTERS:
        return stated or ("en" if share > 0 and len(found) >= 4 else None)
    detected = _detected(body[:_SAMPLE])
    return "en" if share >= 0.1 else detected


def _share(found: list[str], name: str) -> float:
    return sum(map(words(name).__contains__, found)) / len(found) if found else 0.0


def _stated(declared: str | None) -> str | None:
    found = _CODE.match(declared.strip()) if declared else None
    if found:
        return found[0].lower()
    return {"english": "en", "eng": "en"}.get(declared.strip().lower()) if declared else None


def _detected(text: str) -> str:
    return str(_detector().classify(text)[0])


@cache
def _detector() -> ModuleType:
    import py3langid

    py3langid.set_languages(sorted(words("detectable")))
    return py3langid
