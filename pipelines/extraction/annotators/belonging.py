"""Decides whose people are: the country or organisation of each person, the article's home, and the pair it is about.

Belongs here: inference from datelines, counts, places and known leaders, in that order of trust after what the text says itself.
Does not belong here: finding mentions (people) or what pronouns refer to (references).
"""

from collections import Counter
from dataclasses import dataclass
from functools import cache

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.gazetteer import Hit
from pipelines.extraction.annotators.names import particles
from pipelines.extraction.annotators.people import Figure, Mention
from pipelines.extraction.lexicon import table

# Offices of which a state has one holder at a time.
_SINGLE = frozenset(
    {
        "head_of_state",
        "head_of_government",
        "foreign_minister",
        "finance_minister",
        "trade_minister",
        "defence_minister",
        "interior_minister",
        "energy_minister",
        "monarch",
        "central_bank_governor",
    }
)
_COUNTRY_FORMS = frozenset({"name", "abbreviation", "demonym", "capital", "metonym"})
_NEAR = 400


@dataclass(slots=True)
class Setting:
    """What an article is about: its home party, the states and organisations it names most, and where each is named."""

    home: str | None
    ranked: list[str]  # states, most named first
    organisations: list[str]
    places: list[tuple[int, str]]  # (position, party) of every naming


@cache
def _leaders() -> dict[str, tuple[tuple[tuple[str, ...], str, str | None], ...]]:
    """Known leaders by last name word (and by the first, where the family name stands first)."""
    small = particles()
    by_word: dict[str, list] = {}
    for row in table("leaders"):
        words = tuple(word for word in fold(row["name"]).split() if word not in small)
        entry = (words, row["party_code"], row["office"] or None)
        for word in dict.fromkeys((words[-1], words[0])):
            by_word.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in by_word.items()}


def known_leader(words: tuple[str, ...]) -> tuple[str, str | None] | None:
    """Return (party, office) of a well-known leader named by ``words``: a full name, or a family name that only one has."""
    small = particles()
    own = [word for word in words if word not in small]
    if not own:
        return None
    if len(own) == 1:
        found = [
            entry
            for entry in _leaders().get(own[0], ())
            if entry[0][-1] == own[0] or (entry[0][0] == own[0] and entry[1] in _FAMILY_NAME_FIRST)
        ]
        sitting = [entry for entry in found if entry[2]]
        if len({entry[1] for entry in found}) != 1 or not sitting:
            return None
        return sitting[0][1], sitting[0][2]
    for word in (own[-1], own[0]):
        for entry in _leaders().get(word, ()):
            shared = set(own) & set(entry[0])
            if len(shared) >= 2 and (shared == set(own) or shared == set(entry[0])):
                return entry[1], entry[2]
    return None


_FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "KHM", "MMR"})


def setting_of(text: str, hits: list[Hit], dateline_party: str | None) -> Setting:
    """Read the article's home and pair off its country names, the first weighing more and a dateline most."""
    counts: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    places: list[tuple[int, str]] = []
    first: dict[str, int] = {}
    for hit in hits:
        code = hit.term.party_code
        if not code:
            continue
        if hit.term.party_form in _COUNTRY_FORMS:
            counts[code] += 1
            first.setdefault(code, hit.start)
            places.append((hit.start, code))
        elif hit.term.party_form == "organisation":
            organisations[code] += 1
            places.append((hit.start, code))
    ranked = sorted(counts, key=lambda code: (-counts[code], first[code]))
    home = dateline_party
    if home is None and ranked:
        top = counts[ranked[0]]
        likely = [code for code in ranked if counts[code] * 2 >= top]
        home = min(likely, key=first.__getitem__)
    return Setting(home, ranked, [code for code, _ in organisations.most_common()], places)


def _party_near(setting: Setting, start: int, end: int, unlike: str | None) -> str | None:
    """Return the state named nearest before ``end`` inside the stretch from ``start``, other than ``unlike``."""
    found = None
    for position, code in setting.places:
        if start <= position < end and code != unlike and len(code) == 3:
            found = code
    return found


def other_party(setting: Setting, party: str | None) -> str | None:
    """Return the state the article is about beside ``party``."""
    return next((code for code in setting.ranked if code != party), None)


def settle_parties(figures: list[Figure], setting: Setting, bounds: list[tuple[int, int]], meets, sentence_of) -> None:
    """Give every person a party: what the text says, a leader's own, else what office and company tell.

    ``meets(start, end)`` says whether the words between two mentions speak of a meeting; ``sentence_of(position)`` gives a sentence's index.
    """
    order = sorted(
        (index for index, figure in enumerate(figures) if figure.mentions), key=lambda index: min(m.start for m in figures[index].mentions)
    )
    holders: dict[tuple[str, str], int] = {}
    for index in order:
        figure = figures[index]
        if figure.party_code is None:
            known = known_leader(figure.words)
            if known:
                figure.party_code, figure.is_party_inferred = known[0], True
        if figure.party_code and figure.office in _SINGLE:
            holders.setdefault((figure.party_code, figure.office), index)
    by_sentence: dict[int, list[tuple[Mention, int]]] = {}
    for index in order:
        for mention in figures[index].mentions:
            by_sentence.setdefault(sentence_of(mention.start), []).append((mention, index))
    for index in order:
        figure = figures[index]
        if figure.party_code is not None:
            continue
        mention = next((m for m in figure.mentions if m.titles), figure.mentions[0])
        figure.party_code = _inferred(figure, index, mention, figures, holders, setting, bounds, by_sentence, meets, sentence_of)
        figure.is_party_inferred = True
        if figure.party_code and figure.office in _SINGLE:
            holders.setdefault((figure.party_code, figure.office), index)


def _inferred(figure, index, mention, figures, holders, setting, bounds, by_sentence, meets, sentence_of) -> str | None:
    if figure.office in (None, "other") and not any(m.titles for m in figure.mentions):
        return None
    sentence = sentence_of(mention.start)
    begin, end = bounds[sentence] if sentence >= 0 else (mention.start, mention.end)
    is_counterpart = any(head.kind == "counterpart" for title in mention.titles for head in title.heads)
    company = [(other, at) for other, at in by_sentence.get(sentence, ()) if at != index and figures[at].party_code]
    if is_counterpart:
        before = [figures[at].party_code for other, at in company if other.start < mention.start]
        party = before[-1] if before else setting.home
        return _party_near(setting, begin, end, party) or other_party(setting, party)
    if mention.titles and mention.titles[0].is_plural and len(setting.ranked) >= 2:
        sharers = [at for other, at in by_sentence.get(sentence, ()) if other.titles and other.titles[0] is mention.titles[0]]
        if len(sharers) == 2:
            return setting.ranked[sharers.index(index)] if index in sharers else setting.ranked[0]
    home = setting.home
    if (home, figure.office) in holders and figure.office in _SINGLE and holders[home, figure.office] != index:
        return _party_near(setting, begin, end, home) or other_party(setting, home)
    for other, at in company:
        party = figures[at].party_code
        one, two = (other, mention) if other.start < mention.start else (mention, other)
        if party and meets(one.end, two.start):
            return (home if party != home else None) or _party_near(setting, begin, end, party) or other_party(setting, party)
    return home
