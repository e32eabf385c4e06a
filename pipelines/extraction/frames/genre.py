"""What kind of story an article is, where that settles that it tells nothing between states.

Belongs here: telling sport from the rest. Does not belong here: anything a sentence decides.
"""

from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Article

_FEWEST = 4
_WORDS_PER_SPORT_WORD = 45


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
