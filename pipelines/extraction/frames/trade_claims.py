"""Figures, ranks and trends of trade, investment and finance."""

from pipelines.extraction.model import Article, TradeClaim


def read_trade_claims(article: Article) -> tuple[TradeClaim, ...]:
    return ()
