"""Money, percentages, factors and counts."""

from pipelines.extraction.model import Actor, Amount, Layout


def find_amounts(text: str, layout: Layout, tokens, actors: tuple[Actor, ...]) -> tuple[Amount, ...]:
    return ()
