"""People as they are gathered from an article: their mentions merged under the fullest name, their office weighed.

Belongs here: who is who, and which of several titles counts. Does not belong here: finding the mentions (people), or whose they are where
the text does not say (belonging).
"""

from dataclasses import dataclass, field
from functools import cache

from pipelines.extraction.annotators.gazetteer import Office
from pipelines.extraction.annotators.leaders import leading_office
from pipelines.extraction.annotators.names import gender_of_given_name, particles
from pipelines.extraction.annotators.offices import highest, office_named
from pipelines.extraction.annotators.titles import Title
from pipelines.extraction.lexicon import settings


@dataclass(slots=True)
class Mention:
    """One naming of a person; ``start``/``end`` cover the title, ``name_start``/``name_end`` the name alone."""

    start: int
    end: int
    name_start: int
    name_end: int
    words: tuple[str, ...]
    titles: list[Title] = field(default_factory=list)
    party_code: str | None = None
    gender: str | None = None
    honorific: str = ""
    is_royal: bool = False
    is_headline: bool = False
    speaks: bool = False
    is_provincial: bool = False  # heads a part of a country
    person: int = -1


@dataclass(slots=True)
class Figure:
    """A person being gathered from mentions."""

    words: tuple[str, ...]
    mentions: list[Mention] = field(default_factory=list)
    gender: str | None = None
    party_code: str | None = None
    is_party_inferred: bool = False
    office: str | None = None
    is_former: bool = False


@cache
def _countries_of_honorifics() -> dict[str, frozenset[str]]:
    countries: dict[str, set[str]] = {}
    for code, words in settings("names")["honorific_countries"].items():
        for word in words:
            countries.setdefault(word, set()).add(code)
    return {word: frozenset(codes) for word, codes in countries.items()}


def countries_of_honorific(honorific: str) -> frozenset[str]:
    """Return the countries that use a courtesy word, where only some do ("Baroness", "Datuk")."""
    return _countries_of_honorifics().get(honorific, frozenset())


def gathered(mentions: list[Mention], text: str) -> list[Figure]:
    """Merge mentions into people: fuller names take in shorter ones that share their words."""
    figures: list[Figure] = []
    by_word: dict[str, list[int]] = {}
    for mention in sorted((m for m in mentions if len(m.words) > 1 and not m.is_headline), key=lambda m: -len(m.words)):
        _place(mention, figures, by_word)
    for mention in mentions:
        if mention.person < 0:
            if mention.is_headline:
                _shorten_to_known(mention, figures, by_word, text)
            _place(mention, figures, by_word)
    return figures


def _shorten_to_known(mention: Mention, figures: list[Figure], by_word: dict[str, list[int]], text: str) -> None:
    """In a headline of capitals a name runs into the verb ("Ruto Signs Deal"): keep the words that name somebody of the body."""
    for count in range(len(mention.words), 0, -1):
        words = mention.words[:count]
        if any(set(words) <= set(figures[index].words) for index in by_word.get(words[0], ())):
            if count < len(mention.words):
                pieces = text[mention.name_start : mention.name_end].split(" ")
                mention.words, mention.name_end = words, mention.name_start + len(" ".join(pieces[:count]))
                mention.end = mention.name_end
            return


def _place(mention: Mention, figures: list[Figure], by_word: dict[str, list[int]]) -> None:
    small = particles()
    own = [word for word in mention.words if word not in small and len(word) > 1] or list(mention.words)
    candidates: dict[int, int] = {}
    for word in own:
        for index in by_word.get(word, ()):
            candidates[index] = candidates.get(index, 0) + 1
    best = None
    for index, shared in candidates.items():
        figure = figures[index]
        if shared == len(own) and (len(own) > 1 or own[0] in (figure.words[-1], figure.words[0]) or len(candidates) == 1):
            rank = (own[-1] == figure.words[-1], -index)
            if best is None or rank > best[0]:
                best = (rank, index)
    if best is None:
        index = len(figures)
        figures.append(Figure(mention.words))
        for word in own:
            by_word.setdefault(word, []).append(index)
    else:
        index = best[1]
    mention.person = index
    figures[index].mentions.append(mention)
    figures[index].gender = figures[index].gender or mention.gender or gender_of_given_name(mention.words[0])


def decide_office(figure: Figure) -> None:
    """Set the office, party and past of a person from all its titles."""
    sitting: list[str] = []
    weak: list[str] = []
    past: list[str] = []
    leads = False
    for mention in figure.mentions:
        figure.party_code = figure.party_code or mention.party_code
    for mention in figure.mentions:
        for title in mention.titles:
            kinds = {head.kind for head in title.heads}
            offices = _offices_in(title, figure.party_code)
            if title.is_former:
                past += offices
            elif "counterpart" in kinds:
                continue
            elif kinds == {"leader"} and title.body is None and title.party_code:
                leads = True
            elif kinds <= {"leader", "descriptor", "rank"}:
                weak += ["other" if office in ("head_of_state", "head_of_government") else office for office in offices]
            else:
                sitting += offices
    if any(mention.is_royal for mention in figure.mentions):
        sitting.append("royal")
    if any(mention.is_provincial for mention in figure.mentions):
        figure.office = "senior_official"
    elif sitting:
        figure.office = highest(sitting)
    elif past:
        figure.office, figure.is_former = highest(past), True
    elif weak:
        figure.office = weak[0]
    elif leads:
        figure.office = leading_office(figure.party_code)


def _offices_in(title: Title, party_code: str | None) -> list[str]:
    """Return the offices of a title as one of the country that the context tells."""
    if len(title.heads) == 1 and title.portfolios and party_code and title.party_code is None:
        return [office_named(title.heads[0], title.words, list(title.portfolios), title.body, party_code)]
    return [_in_country(head, office, party_code) for head, office in zip(title.heads, title.offices, strict=False)] or title.offices


def _in_country(head: Office, office: str, party_code: str | None) -> str:
    """A portfolio decides where there is one; else the phrase may mean another office in the person's country."""
    return head.by_country.get(party_code, office) if party_code and office in (head.office, *head.by_country.values()) else office
