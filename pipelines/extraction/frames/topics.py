"""Areas that parties discuss or cooperate in."""

from pipelines.extraction.model import Article, CooperationTopic, Engagement


def read_topics(article: Article, engagements: tuple[Engagement, ...]) -> tuple[CooperationTopic, ...]:
    return ()
