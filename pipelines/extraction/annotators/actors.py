"""States, organisations and people, and the words that stand for them."""

from pipelines.extraction.model import Actor, Layout, Person


def find_actors(text: str, layout: Layout, tokens) -> tuple[tuple[Actor, ...], dict[str, Person]]:
    return (), {}
