"""Who is said to say a passage."""

from dataclasses import dataclass

from pipelines.extraction.model import Article


@dataclass(frozen=True, slots=True)
class Attribution:
    start: int
    end: int
    name: str
    person: str | None


def find_attributions(article: Article) -> tuple[Attribution, ...]:
    return ()


def speaker_at(attributions, at):
    return None
