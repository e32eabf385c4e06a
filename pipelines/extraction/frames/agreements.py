"""Instruments: what was signed, agreed, negotiated."""

from pipelines.extraction.model import Agreement, Article, Engagement


def read_agreements(article: Article, engagements: tuple[Engagement, ...]) -> tuple[tuple[Engagement, ...], tuple[Agreement, ...]]:
    return engagements, ()
