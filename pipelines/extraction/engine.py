"""The engine: the order in which annotators and frames read an article. Each of them lives in its own room."""

import re
from datetime import date

from pipelines.extraction.annotators.actors import find_actors
from pipelines.extraction.annotators.amounts import find_amounts
from pipelines.extraction.annotators.clauses import find_clauses
from pipelines.extraction.annotators.places import find_places
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.times import find_times
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.frames.agreements import read_agreements
from pipelines.extraction.frames.engagements import read_engagements
from pipelines.extraction.frames.topics import read_topics
from pipelines.extraction.frames.trade_claims import read_trade_claims
from pipelines.extraction.model import Article, Reading

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
    text = _whole_characters(text)
    layout = find_layout(text)
    published_on = published_on or layout.header_date
    tokens = find_tokens(layout)
    actors, people = find_actors(text, layout, tokens)
    places = find_places(text, layout, tokens, actors)
    times = find_times(text, layout, tokens, actors, published_on)
    amounts = find_amounts(text, layout, tokens, actors)
    clauses = find_clauses(text, layout, tokens, actors)
    return Article(text, published_on, layout, tokens, actors, people, places, times, amounts, clauses)


def extract(text: str, published_on: date | None = None) -> Reading:
    """Read every fact of ``text`` as of ``published_on`` (the date of publication, local to the outlet)."""
    article = annotate(text, published_on)
    engagements, agreements = read_agreements(article, read_engagements(article))
    trade_claims = read_trade_claims(article)
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
        topics=read_topics(article, engagements),
        time_expressions=article.times,
        amounts=article.amounts,
    )
