"""Reads the trade claims of a sentence: what the tests of trade share."""

from datetime import date

from pipelines.extraction import annotate
from pipelines.extraction.frames.trade_claims import read_trade_claims

PUBLISHED = date(2025, 9, 15)


def told(text: str, *fields: str, published: date = PUBLISHED) -> list[tuple]:
    """Return ``fields`` of each claim of ``text``; dates as ISO text."""
    claims = read_trade_claims(annotate(text, published))
    return [tuple(str(value) if isinstance(value := getattr(claim, field), date) else value for field in fields) for claim in claims]
