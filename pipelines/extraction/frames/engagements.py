"""Clauses and event nouns to engagements."""

from pipelines.extraction.model import Article, Engagement


def read_engagements(article: Article) -> tuple[Engagement, ...]:
    return ()
