"""Cities, ports, crossings and venues used as places."""

from functools import cache

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Actor, Layout, Place


@cache
def _capitals() -> dict[str, str]:
    return {fold(row["term"]): row["party_code"] for row in table("country_aliases") if row["form"] in ("capital", "name")}


def country_of_city(name: str) -> str | None:
    """Return the country of a city or capital by its name."""
    return _capitals().get(fold(name))


def find_places(text: str, layout: Layout, tokens, actors: tuple[Actor, ...]) -> tuple[Place, ...]:
    return ()
