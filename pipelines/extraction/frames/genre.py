"""What kind of story an article is, where that settles that it tells nothing between states.

Belongs here: telling sport, and articles about nobody or one party alone, from the rest. Does not belong here: anything a sentence decides.
"""

from pipelines.extraction.annotators.casing import same_length_lower
from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.frames.rules import organisation_seats
from pipelines.extraction.frames.trade_words import find_rank_words
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Article

_FEWEST = 4
_WORDS_PER_SPORT_WORD = 45


def names_no_pair(article: Article) -> bool:
    """Say whether the article names fewer than two parties, no figure, rank or arms, so that no frame finds anything in it.

    Neither words nor clauses are asked for: such an article, and feeds are full of them, need not be parsed.
    """
    parties = {code for actor in article.actors for code in actor.party_codes}
    parties.update(place.country for place in article.places if place.country)
    home = country_of_city(article.layout.dateline_place) if article.layout.dateline_place else None
    if home:
        parties.add(home)
    if any(actor.form == "role" and (" to " in actor.text or " in " in actor.text) for actor in article.actors):
        return False  # "its ambassador to Peru"
    if len(parties) > 1 or article.amounts or not parties.isdisjoint(organisation_seats()):
        return False
    lower = same_length_lower(article.text)
    return not any(word in lower for word in words("lone_arms")) and not find_rank_words(lower)


def is_sport(article: Article) -> bool:
    """Say whether the article is a sports story: many words of sport, and nobody in it who holds a public office."""
    if any(person.office not in ("other", "business_leader") for person in article.people.values()):
        return False
    sport = words("sport")
    total = 0
    found: list[str] = []
    for sentence in article.tokens:
        total += len(sentence)
        found += [token.lemma for token in sentence if token.lemma in sport]
    return len(set(found)) >= _FEWEST and len(found) * _WORDS_PER_SPORT_WORD >= total
