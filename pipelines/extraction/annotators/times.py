"""Time expressions, resolved against publication and context."""

from datetime import date

from pipelines.extraction.model import Actor, Layout, TimeExpression


def find_times(text: str, layout: Layout, tokens, actors: tuple[Actor, ...], published_on: date | None) -> tuple[TimeExpression, ...]:
    return ()
