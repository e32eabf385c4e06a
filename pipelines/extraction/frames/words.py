"""The closed word lists of event_words.toml and instrument_words.toml, as sets."""

from functools import cache

from pipelines.extraction.lexicon import settings


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of event_words.toml."""
    return frozenset(settings("event_words")[name])


@cache
def instrument_words(name: str) -> frozenset[str]:
    """Return the list ``name`` of instrument_words.toml."""
    return frozenset(settings("instrument_words")[name])
