"""The engine: the order in which annotators and frames read an article. Each of them lives in its own room."""

import re
from dataclasses import replace
from datetime import date

from pipelines.extraction.annotators.actors import find_actors
from pipelines.extraction.annotators.amounts import find_amounts
from pipelines.extraction.annotators.clauses import find_clauses
from pipelines.extraction.annotators.places import find_places
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.times import find_times
from pipelines.extraction.annotators.tokens import TokensWhenAsked
from pipelines.extraction.frames.agreements import read_agreements
from pipelines.extraction.frames.engagements import read_engagements
from pipelines.extraction.frames.genre import names_no_pair
from pipelines.extraction.frames.topics import read_topics
from pipelines.extraction.frames.trade_claims import read_trade_claims
from pipelines.extraction.model import Agreement, Article, CooperationTopic, Engagement, Reading, TradeClaim

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def _whole_characters(text: str) -> str:
    """Return ``text`` with U+FFFD for half a surrogate pair, which is no character and which no file or automaton takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF_PAIR.sub("\ufffd", text)
    return text


def annotate(text: str, published_on: date | None = None) -> Article:
    """Return everything the annotators find in ``text``; without ``published_on`` relative dates stay unresolved."""
    return _parsed(*_named(text, published_on))


def _named(text: str, published_on: date | None) -> tuple[Article, TokensWhenAsked]:
    """Return the article with who, where, when and how much, not parsed yet unless one of these needed it."""
    text = _whole_characters(text)
    layout = find_layout(text)
    published_on = published_on or layout.header_date
    tokens = TokensWhenAsked(layout)
    actors, people = find_actors(text, layout, tokens, published_on)
    places = find_places(text, layout, tokens, actors)
    times = find_times(text, layout, tokens, actors, published_on)
    amounts = find_amounts(text, layout, tokens, actors)
    return Article(text, published_on, layout, (), actors, people, places, times, amounts), tokens


def _parsed(article: Article, tokens: TokensWhenAsked) -> Article:
    """Return the article with its words and clauses."""
    clauses = find_clauses(article.text, article.layout, tokens.all(), article.actors)
    return replace(article, tokens=tokens.all(), clauses=clauses)


def extract(text: str, published_on: date | None = None) -> Reading:
    """Read every fact of ``text`` as of ``published_on`` (the date of publication, local to the outlet)."""
    article, tokens = _named(text, published_on)
    if names_no_pair(article):
        return _reading(article)
    article = _parsed(article, tokens)
    engagements, agreements = read_agreements(article, read_engagements(article))
    trade_claims = read_trade_claims(article)
    return _reading(article, engagements, agreements, trade_claims, read_topics(article, engagements, agreements, trade_claims))


def _reading(
    article: Article,
    engagements: tuple[Engagement, ...] = (),
    agreements: tuple[Agreement, ...] = (),
    trade_claims: tuple[TradeClaim, ...] = (),
    topics: tuple[CooperationTopic, ...] = (),
) -> Reading:
    # An article that codes to nothing names no people of the register.
    people = tuple(article.people.values()) if engagements or agreements or trade_claims else ()
    return Reading(
        published_on=article.published_on,
        title=article.layout.title,
        dateline_place=article.layout.dateline_place,
        people=people,
        engagements=engagements,
        agreements=agreements,
        trade_claims=trade_claims,
        topics=topics,
        time_expressions=article.times,
        amounts=article.amounts,
    )
