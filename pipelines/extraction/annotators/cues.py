"""Patterns made of the lexicon's cue words.

Belongs here: turning a list of ``actor_cues.toml`` into a compiled pattern or set, once. Does not belong here: what a cue means.
"""

import re
from functools import cache

from pipelines.extraction.lexicon import settings


@cache
def cue_words(name: str) -> frozenset[str]:
    """Return the words of the list ``name``."""
    return frozenset(settings("actor_cues")[name])


def any_of(*names: str) -> str:
    """Return the alternatives of the lists ``names`` as the source of a pattern, the longest first."""
    words = {word for name in names for word in settings("actor_cues")[name]}
    return "|".join(re.escape(word).replace(r"\ ", " ") for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def cue_pattern(before: str, name: str, after: str) -> re.Pattern:
    """Return the pattern of any word of the list ``name`` between the sources ``before`` and ``after``."""
    return re.compile(f"{before}(?:{any_of(name)}){after}")
