"""Words and marks with lemma and part of speech."""

from pipelines.extraction.model import Layout, Token


def find_tokens(layout: Layout) -> tuple[tuple[Token, ...], ...]:
    return ()
