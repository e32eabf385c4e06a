"""Decides whose people are: the country or organisation of each person, the article's home, and the pair it is about.

Belongs here: weighing datelines, counts, company, known leaders and offices where the text itself does not say. Does not belong here:
finding mentions (people) or what pronouns refer to (references).
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from pipelines.extraction.annotators.cues import any_of, cue_pattern
from pipelines.extraction.annotators.figures import Figure, Mention, countries_of_honorific, decide_office
from pipelines.extraction.annotators.gazetteer import Hit
from pipelines.extraction.annotators.leaders import known_leader, leaders_known_by_one_word, may_have
from pipelines.extraction.annotators.name_origins import at_home

_AT_HOME = frozenset(
    {"legislator", "spokesperson", "business_leader", "senior_official", "military_chief", "central_bank_governor", "other"}
)
_COUNTRY_FORMS = frozenset({"name", "abbreviation", "demonym", "capital", "metonym"})
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
_ON_BEHALF = re.compile(r"^.{0,90}?\b(?:for|on behalf of) (?:the )?")
_WITH = re.compile(r"(?<!along)(?<!together) with (?:the |his |her |its )?$")
_EMBASSY = re.compile(r"\b(?:embassy|high commission|consulate)\b")
_ITS = re.compile(r"\b(?:its|their) $")
_HIS_COUNTERPART = re.compile(r"\b(?:his|her) (?:\w+ ){1,3}counterpart\b")
_IN_A_CITY = re.compile(r" *in \w+(?: \w+)?  ")
_PRONOUN = re.compile(r"\b(?:he|she|they)\b")
_BETWEEN = re.compile(r"\bbetween (?:the )?$")
_NEAR_WORDS = 14
_TOP = 6
_CROWD, _NEARBY = 24, 600  # in a sentence of many people only those near count
_MANY = 200  # people looked at for who holds an office already

# How much each kind of evidence weighs for a country; the highest sum wins.
_HOME = 2.0  # the article's home
_MET = -3.0  # met by one of that country
_BOTH_MET = 1.5  # "met … and called on …": two whom a third one met
_MET_OTHER = 1.0
_MET_AT_HOME = -0.8  # … but legislators and businesspeople mostly deal with their own
_TOGETHER_SAME = 3.0  # named together with one of that country
_SAME_OFFICE = -4.0  # … who holds the same office
_TAKEN = -4.0  # the office is another's there
_NEAR = 0.6  # named in the same sentence
_OFFICE_FITS = 1.5  # the title is used there in particular
_COUNTERPART = -4.0  # counterpart of one of that country
_COURTESY = 3.5  # the courtesy word is used there in particular
_SIDE = 5.0  # leads or signs for that country
_AMBASSADOR_AT_HOME = -1.5  # an article's ambassadors are mostly another country's
_LED_REACH = 160
_IMPOSSIBLE = -3.5  # has no such office
_SUITS = 7.0  # a title of the one organisation spoken of
_UNLIKELY_HOME = 0.4  # an untold office that a country does not have
_ABROAD = -3.0  # goes there
_PLACED = 2.6  # "In Oslo, President …"
_ENOUGH = 0.1
_FAMOUS = 0.3
_NAME_AT_HOME = 2.5
_DATELINE = 2.8


class _Cues(NamedTuple):
    meets: re.Pattern
    and_meets: re.Pattern
    together: re.Pattern
    accompanying: re.Pattern
    came_along: re.Pattern
    led_by: re.Pattern
    going: re.Pattern


@cache
def _cues() -> _Cues:
    return _Cues(
        cue_pattern(r"\b", "meeting", r"\b"),
        cue_pattern(r"\s+(?:and|then)\s+(?:then |later |also |separately )?", "meeting", r"\b"),
        cue_pattern(r",?\s*", "together", r"\s+(?:his |her |the |its )?,?\s*$"),
        cue_pattern(r"\b", "accompanying", r"\b"),
        cue_pattern(r"^ *(?:who |also )?(?:\w+ ){0,4}?", "came_along", r"\b"),
        cue_pattern(rf"\b(?:{any_of('sides')})\b(?: \w+){{0,6}}? ", "leads", r" (?:the |its |their )?$"),
        cue_pattern(r"^.{0,60}?\b", "going", r" (?:the )?"),
    )


@dataclass(slots=True)
class Setting:
    """What an article is about: its home party, the states and organisations it names most, and where each is named."""

    home: str | None
    stage: str | None  # the dateline's country, where things happen
    ranked: list[str]  # states, most named first
    organisations: list[str]
    ranked_all: list[str]  # states and organisations together
    places: list[tuple[int, str]]  # (position, party) of every naming


_CITY_BEFORE = re.compile(r"\b(?:in|at|near|outside) (?:[^\W\d_a-z][\w'’-]* ){0,2}[^\W\d_a-z][\w'’-]*, $")
_LONGEST_CITY = 50


def setting_of(hits: list[Hit], figures: list[Figure], dateline_party: str | None, text: str, folded: str) -> Setting:
    """Read the article's home and pair off its country names, its dateline, and whose officials go without a country."""
    counts: Counter[str] = Counter()
    organisations: Counter[str] = Counter()
    places: list[tuple[int, str]] = []
    first: dict[str, int] = {}
    for hit in hits:
        code = hit.term.party_code
        if not code:
            continue
        if hit.term.party_form in _COUNTRY_FORMS and _CITY_BEFORE.search(text, max(0, hit.start - _LONGEST_CITY), hit.start):
            places.append((hit.start, code))  # "in Georgetown, Guyana": where, not who
        elif hit.term.party_form in _COUNTRY_FORMS:
            counts[code] += 1
            first.setdefault(code, hit.start)
            places.append((hit.start, code))
        elif hit.term.party_form == "organisation":
            organisations[code] += 1
            places.append((hit.start, code))
    ranked = sorted(counts, key=lambda code: (-counts[code], first[code]))
    home = _home(counts, ranked, first, figures, dateline_party, folded)
    both = counts + organisations
    return Setting(
        home, dateline_party, ranked, [code for code, _ in organisations.most_common()], [code for code, _ in both.most_common()], places
    )


def _home(
    counts: Counter[str], ranked: list[str], first: dict[str, int], figures: list[Figure], dateline_party: str | None, folded: str
) -> str | None:
    """Weigh which country's officials this article names without saying whose they are."""
    candidates = dict.fromkeys(ranked[:_TOP], 0.0)
    if dateline_party:
        candidates.setdefault(dateline_party, 0.0)
    if not candidates:
        return None
    top = counts[ranked[0]] if ranked else 1
    for code in candidates:
        candidates[code] += 2.0 * counts[code] / top
    candidates[min(candidates, key=lambda code: first.get(code, 10**9))] += 0.5
    if dateline_party:
        # Where the dateline's own country is not named at all, it goes without saying.
        candidates[dateline_party] += _DATELINE if counts[dateline_party] else _DATELINE + 1.0
    told: Counter[str] = Counter()
    untold: dict[str, float] = defaultdict(float)
    for figure in figures:
        if not any(mention.titles for mention in figure.mentions):
            continue
        if figure.party_code:
            told[figure.party_code] += 1
            continue
        known = known_leader(figure.words, figure.office)
        if known:
            # Those whom all the world knows go without their country everywhere.
            untold[known[0]] += _FAMOUS if leaders_known_by_one_word() & set(figure.words) else 1.0
            continue
        words = f" {' '.join(word for m in figure.mentions[:2] for title in m.titles for word in folded[title.start : title.end].split())} "
        for code in candidates:
            if figure.office and not may_have(code, figure.office, words):
                candidates[code] -= _UNLIKELY_HOME
    for code in candidates:
        candidates[code] += min(3.0, 1.5 * untold[code]) - min(1.4, 0.7 * told[code])
    return max(candidates, key=candidates.__getitem__)


@dataclass(slots=True)
class _Company:
    """The people of each sentence, and where sentences begin and end."""

    by_sentence: dict[int, list[tuple[int, int, int]]]  # (start, end, figure)
    bounds: list[tuple[int, int]]
    folded: str
    text: str


def settle_parties(
    figures: list[Figure],
    setting: Setting,
    surnames: list[tuple[int, int, int]],
    bounds: list[tuple[int, int]],
    text: str,
    folded: str,
    sentence_of: Callable[[int], int],
) -> None:
    """Give every person a party and, with it, an office: what the text says, a known leader's own, else what weighs most.

    ``surnames`` are (start, end, figure) of bare surnames; ``sentence_of(position)`` gives the index in ``bounds`` of a sentence.
    """
    order = sorted(range(len(figures)), key=lambda index: min(m.start for m in figures[index].mentions))
    for index in order:
        figure = figures[index]
        if figure.party_code is None:
            known = known_leader(figure.words, figure.office)
            if known:
                figure.party_code, figure.is_party_inferred = known[0], True
                decide_office(figure)
    by_sentence: dict[int, list[tuple[int, int, int]]] = {}
    for index in order:
        for mention in figures[index].mentions:
            by_sentence.setdefault(sentence_of(mention.start), []).append((mention.start, mention.end, index))
    for start, end, index in surnames:
        by_sentence.setdefault(sentence_of(start), []).append((start, end, index))
    for people in by_sentence.values():
        people.sort()
    company = _Company(by_sentence, bounds, folded, text)
    unsure = [index for index in order if figures[index].party_code is None and _holds_office(figures[index])]
    for _ in range(2 if len(unsure) > 1 else 1):
        for index in unsure:
            figure = figures[index]
            figure.party_code = _likeliest(figure, index, figures, setting, company, sentence_of)
            figure.is_party_inferred = True
            decide_office(figure)


def _holds_office(figure: Figure) -> bool:
    """Only those who hold some office are of the country that the context tells; an analyst may come from anywhere."""
    if figure.office == "business_leader":
        return False  # a company's, whose home the text may not tell
    if figure.office not in (None, "other") or any(mention.is_royal for mention in figure.mentions):
        return True
    return any(not title.is_descriptor for mention in figure.mentions for title in mention.titles)


def _likeliest(
    figure: Figure, index: int, figures: list[Figure], setting: Setting, company: _Company, sentence_of: Callable[[int], int]
) -> str | None:
    scores: dict[str, float] = dict.fromkeys(setting.ranked[:_TOP], 0.0)
    if setting.home:
        scores[setting.home] = scores.get(setting.home, 0.0) + _HOME
    if not scores:
        return None
    for place, code in enumerate(setting.ranked[:2]):
        scores[code] += 0.4 - 0.2 * place
    for mention in figure.mentions[:4]:
        _weigh_side(mention, index, figures, setting, company, scores, sentence_of)
        _weigh_company(mention, index, figures, company, scores, sentence_of)
        _weigh_place(mention, setting, company, scores, sentence_of)
    for mention in figure.mentions[:4]:
        for code in countries_of_honorific(mention.honorific):
            scores[code] = scores.get(code, 0.0) + _COURTESY
        for title in mention.titles:
            for head in title.heads:
                for code in head.by_country:
                    if code in scores:
                        scores[code] += _OFFICE_FITS
                if head.suits in setting.organisations:
                    scores[head.suits] = scores.get(head.suits, 0.0) + _SUITS
    for other, known in enumerate(figures):
        held = known.party_code
        if (
            other != index
            and held is not None
            and held in scores
            and known.office in _SINGLE
            and not known.is_former
            and _office_in(figure, held) == known.office
        ):
            scores[held] += _TAKEN
    _weigh_government(figure, company.folded, scores)
    for code, share in at_home(figure.words).items():
        if code in scores:
            scores[code] += _NAME_AT_HOME * share
    best = max(scores, key=scores.__getitem__)
    return best if scores[best] >= _ENOUGH else None


def _weigh_side(
    mention: Mention,
    index: int,
    figures: list[Figure],
    setting: Setting,
    company: _Company,
    scores: dict[str, float],
    sentence_of: Callable[[int], int],
) -> None:
    """As in "A Chinese delegation led by …", "… signed for Kenya", "ambassador to Peru": sides told by other words than a title's own."""
    sentence = sentence_of(mention.start)
    if sentence < 0:
        return
    begin, end = company.bounds[sentence]
    led = _cues().led_by.search(company.folded, max(begin, mention.start - _LED_REACH), mention.start)
    if led:
        code = _last_party(setting, begin, led.start())
        if code in scores:
            scores[code] += _SIDE
    if _ITS.search(company.folded, max(0, mention.start - len("  their ")), mention.start):
        code = _last_party(setting, company.bounds[max(0, sentence - 1)][0], mention.start)
        if code in scores:
            scores[code] += _SIDE
    placed = _IN_A_CITY.match(company.folded, begin, mention.start)
    if placed:
        code = _last_party(setting, begin, placed.end())
        if code in scores:
            scores[code] += _PLACED
    behalf = _ON_BEHALF.match(company.folded[mention.end : min(end, mention.end + _LED_REACH)])
    if behalf:
        code = _party_at(setting, mention.end + behalf.end())
        if code in scores:
            scores[code] += _SIDE
    unnamed = _HIS_COUNTERPART.search(company.folded, mention.end, min(end, mention.end + _LED_REACH))
    if unnamed:
        code = _last_party(setting, unnamed.start(), unnamed.end())
        if code in scores:
            scores[code] += _COUNTERPART
    going = _cues().going.match(company.folded[mention.end : min(end, mention.end + _LED_REACH)])
    if going:
        code = _party_at(setting, mention.end + going.end())
        if code in scores:
            scores[code] += _ABROAD
    if _cues().came_along.match(company.folded[mention.end : min(end, mention.end + _LED_REACH)]):
        code = _last_before(begin, index, figures, company, sentence)
        if code in scores:
            scores[code] += _SIDE
    for title in mention.titles:
        if title.office == "ambassador" or _EMBASSY.search(company.folded, title.start, title.end):
            posted = title.sent_to or setting.stage or setting.home
            if posted in scores:
                scores[posted] += _COUNTERPART if title.sent_to or setting.stage else _AMBASSADOR_AT_HOME


def _last_party(setting: Setting, start: int, end: int) -> str | None:
    """Return the last party named between two positions."""
    at = bisect_left(setting.places, (end, "")) - 1
    return setting.places[at][1] if at >= 0 and setting.places[at][0] >= start else None


def _party_at(setting: Setting, position: int) -> str | None:
    at = bisect_left(setting.places, (position, ""))
    return setting.places[at][1] if at < len(setting.places) and setting.places[at][0] == position else None


def _weigh_government(figure: Figure, folded: str, scores: dict[str, float]) -> None:
    """Weigh down countries that have no such office."""
    for mention in figure.mentions[:4]:
        if mention.is_royal:
            for code in scores:
                scores[code] += 0.0 if may_have(code, "royal", "") else _IMPOSSIBLE
        for title in mention.titles:
            words = f" {' '.join(folded[title.start : title.end].split())} "
            for code in scores:
                office = next((head.by_country[code] for head in title.heads if code in head.by_country), title.office)
                if not may_have(code, office, words):
                    scores[code] += _IMPOSSIBLE


def _office_in(figure: Figure, party_code: str) -> str | None:
    """Return what the person's office would be as one of ``party_code``."""
    for mention in figure.mentions:
        for title in mention.titles:
            for head in title.heads:
                if party_code in head.by_country:
                    return head.by_country[party_code]
    return figure.office


def _weigh_company(
    mention: Mention, index: int, figures: list[Figure], company: _Company, scores: dict[str, float], sentence_of: Callable[[int], int]
) -> None:
    """Weigh who stands beside a person: those met are of another country, those coming along of the same."""
    sentence = sentence_of(mention.start)
    begin = company.bounds[sentence][0] if sentence >= 0 else mention.start
    is_counterpart = any(head.kind == "counterpart" for title in mention.titles for head in title.heads)
    is_envoy = figures[index].office == "ambassador"
    beside = company.by_sentence.get(sentence, ())
    if len(beside) > _CROWD:
        beside = [one for one in beside if abs(one[0] - mention.start) < _NEARBY][:_CROWD]
    for start, end, at in beside:
        party = figures[at].party_code
        if at == index or party is None:
            continue
        one, two = (end, mention.start) if start < mention.start else (mention.end, start)
        between = company.folded[one:two]
        if (is_counterpart and start < mention.start) or (start > mention.start and " counterpart" in company.folded[start:end]):
            _add(scores, party, _COUNTERPART, 1.0)
        elif len(scores) > 1 and _cues().and_meets.match(between):
            _add(scores, party, _BOTH_MET, 0.0)
        elif len(scores) > 1 and (_cues().meets.search(between) or _WITH.search(between)):
            is_domestic = figures[index].office in _AT_HOME
            _add(scores, party, _MET_AT_HOME if is_domestic else _MET, 0.0 if is_domestic else _MET_OTHER)
        elif is_envoy or figures[at].office == "ambassador":
            continue
        elif _cues().together.fullmatch(company.text, one, two):
            if _BETWEEN.search(company.folded, max(begin, min(start, mention.start) - _NEAR_WORDS), min(start, mention.start)):
                _add(scores, party, _MET, _MET_OTHER)
            elif figures[at].office == figures[index].office:
                _add(scores, party, _SAME_OFFICE, 0.0)
            elif start < mention.start or figures[at].is_party_inferred:
                _add(scores, party, _TOGETHER_SAME, 0.0)
        elif _cues().accompanying.search(between):
            _add(scores, party, _TOGETHER_SAME, 0.0)
    first = min(mention.start, *(start for start, _, _ in beside)) if beside else mention.start
    pronoun = _PRONOUN.search(company.folded, begin, first)
    before = _last_before(begin, index, figures, company, sentence) if pronoun or (is_counterpart and first == mention.start) else None
    if before and pronoun and _cues().meets.search(company.folded, pronoun.end(), mention.start):
        _add(scores, before, _MET, _MET_OTHER)
    elif before and is_counterpart:
        _add(scores, before, _COUNTERPART, 1.0)


def _add(scores: dict[str, float], party: str, for_party: float, for_others: float) -> None:
    for code in scores:
        scores[code] += for_party if code == party else for_others / 2 if for_others else 0.0


def _last_before(begin: int, index: int, figures: list[Figure], company: _Company, sentence: int) -> str | None:
    """Return the party of the person who opens the nearest earlier sentence with people in it."""
    for earlier in range(sentence - 1, max(-1, sentence - 4), -1):
        for _, _, at in company.by_sentence.get(earlier, ()):
            if at != index and figures[at].party_code:
                return figures[at].party_code
    return None


def _weigh_place(
    mention: Mention, setting: Setting, company: _Company, scores: dict[str, float], sentence_of: Callable[[int], int]
) -> None:
    """A country or its capital named in the same sentence speaks a little for itself."""
    sentence = sentence_of(mention.start)
    if sentence < 0:
        return
    begin, end = company.bounds[sentence]
    first = bisect_left(setting.places, (begin, ""))
    for code in {code for position, code in setting.places[first : first + _CROWD] if position < end and code in scores}:
        scores[code] += _NEAR
