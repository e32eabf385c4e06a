"""The closed word lists of event_words.toml, as sets."""

from functools import cache

from pipelines.extraction.lexicon import settings


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of event_words.toml."""
    return frozenset(settings("event_words")[name])
