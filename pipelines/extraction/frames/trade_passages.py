"""One sentence with the marks, amounts, parties and dates that stand in it, and what the sentences before it left in force.

Belongs here: gathering, and the draft of a claim that the readers of figures and ranks fill. Does not belong here: any reading.
"""

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from pipelines.extraction.annotators.casing import same_length_lower
from pipelines.extraction.annotators.places import country_of_city
from pipelines.extraction.frames.trade_words import Mark, find_marks, find_rank_words, trade_words
from pipelines.extraction.model import Actor, Amount, Article, Place, TimeExpression, Token

WORLD = "WLD"
READ_KINDS = ("headline", "body")
_ONLY_MENTIONED = 1
_PAIR_REACH = 2  # sentences that a pair stays in force
_AS_PARTNER = 2  # mentions that make a partner
_DATELINE_WEIGHT = 10
_JOINED_REGION = re.compile(r"(?:\b(?:and|with)\s+|\w[-–])(africa|[a-z]+(?: america| asia| africa)?)\b(?!\s+(?:countries|nations|states))")
_ACRONYM = re.compile(r"[A-Z]{3,}")
_IN_OTHER_MONEY = re.compile(
    r"\s*(?:[\[(]\s*|,?\s+or\s+|,?\s+equivalent to\s+)(?:(?:or|about|around|some|roughly|approximately|nearly|almost|over|equal to|"
    r"equivalent to|the equivalent of|more than|just|an?|=|~)\s*){0,3}"
)
_PERSONAL = ("person", "surname", "role")


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence ready for reading. ``parties`` are the actors, and places, that name states or organisations."""

    number: int
    start: int
    end: int
    paragraph: int
    kind: str
    text: str
    lower: str
    marks: tuple[Mark, ...]
    amounts: tuple[Amount, ...]
    parties: tuple[Actor, ...]
    actors: tuple[Actor, ...]
    times: tuple[TimeExpression, ...]
    tokens: tuple[Token, ...]


@dataclass(frozen=True, slots=True)
class Period:
    """The interval a figure is about, and the words that gave it."""

    start: date | None
    end: date | None
    precision: str
    text: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim in the making. ``anchor_*`` is where its figure or rank stands, ``is_earlier`` a level given only to compare with."""

    flow: str
    reporter: str
    partner: str
    anchor_start: int
    anchor_end: int
    evidence_start: int
    evidence_end: int
    rule_id: str
    passage: int
    claim_type: str = "actual"
    amount: float | None = None
    amount_high: float | None = None
    qualifier: str = "exact"
    currency: str | None = None
    change: float | None = None
    trend: str | None = None
    rank: int | None = None
    rank_scope: str | None = None
    commodity: str | None = None
    period: Period | None = None
    is_earlier: bool = False
    is_headline: bool = False
    confidence: float = 0.8


@dataclass(slots=True)
class Discourse:
    """What the article has been about so far. ``home`` is the state it speaks of most, ``pair`` the two sides last named together."""

    home: str | None
    article_pair: tuple[str, str] | None
    pair: tuple[str, str] | None = None
    pair_passage: int = -9  # where ``pair`` was last named
    traded_passage: int = -9  # where two states were last spoken of as trading with each other
    here: int = 0  # the passage being read
    listing: Draft | None = None  # whose partners are told one by one, and in what flow
    listing_passage: int = -9
    several_passage: int = -9  # where a group of states without a code was spoken of
    several_of: dict[str, tuple[str, int]] = field(default_factory=dict)  # who trades with such a group, by flow, and where it was told
    lender: str | None = None  # the development bank or fund last named
    counts: Counter[str] | None = None
    last: Draft | None = None
    amended: Draft | None = None  # ``last`` with a change told afterwards
    main: Draft | None = None  # the first figure of the sentence that gave ``last``
    last_passage: int = -9
    last_partners: int = 0  # how many partners the figures of that passage had
    last_paragraph: int = -9
    blocked_passage: int = -9
    is_with_region: bool = False  # the article tells of trade with a part of the world
    untold_period: Period | None = None  # of a flow with many states, which makes no claim
    untold_passage: int = -9
    released: Period | None = None  # the month or quarter that a release of statistics is about

    def teller_of(self, flow: str) -> str | None:
        """Return whose ``flow`` was told of in the sentence before, also where it was with states that have no code."""
        if self.last and self.last_passage >= self.here - 1 and self.last.flow == flow:
            return self.last.reporter
        teller, at = self.several_of.get(flow, (None, -9))
        return teller if self.here - at <= _PAIR_REACH else None

    def recent_pair(self) -> tuple[str, str] | None:
        """Return the two sides named together in this sentence or the two before it."""
        return self.pair if self.here - self.pair_passage <= _PAIR_REACH else None

    def main_other(self, party: str) -> str | None:
        """Return the side that stands against ``party`` in the pair the whole article is about."""
        pair = self.article_pair
        return (pair[1] if pair[0] == party else pair[0]) if pair and party in pair else None

    def other(self, party: str) -> str | None:
        """Return the side that stands against ``party`` in the pair in force, None where none does."""
        for pair in (self.recent_pair(), self.article_pair):
            if pair and party in pair:
                return pair[1] if pair[0] == party else pair[0]
        return None


def _weight(lower: str, actor: Actor) -> int:
    """Return how much a mention makes its party the one the article speaks of: owners and bodies much, objects of "to" or "with" little."""
    if actor.form in ("metonym", "demonym") or lower.startswith(("’s", "'s"), actor.end):
        return 4
    before = lower[max(0, actor.start - 12) : actor.start]
    return _ONLY_MENTIONED if before.endswith((" to ", " from ", " with ", " to the ", " from the ", " with the ", " into ")) else 3


def passages_of(article: Article) -> list[Passage]:
    """Return the sentences of headline and body that may hold a figure or rank, and the few before each that it may lean on.

    Only the former have marks.
    """
    lower = same_length_lower(article.text)
    amount_starts = [amount.start for amount in article.amounts]
    rank_starts = find_rank_words(lower)
    sentences = article.layout.sentences
    full = [
        sentence.kind in READ_KINDS
        and (_has_any(amount_starts, sentence.start, sentence.end) or _has_any(rank_starts, sentence.start, sentence.end))
        for sentence in sentences
    ]
    if not any(full):
        return []
    actor_starts = [actor.start for actor in article.actors]
    time_starts = [time.start for time in article.times]
    places = [place for place in article.places if place.country]
    place_starts = [place.start for place in places]
    passages = []
    for number, sentence in enumerate(sentences):
        if sentence.kind not in READ_KINDS or not any(full[number : number + _PAIR_REACH + 1]):
            continue
        start, end = sentence.start, sentence.end
        actors = _not_short_for(article.text, start, article.actors[bisect_left(actor_starts, start) : bisect_left(actor_starts, end)])
        amounts = _each_in_one_money(article.amounts[bisect_left(amount_starts, start) : bisect_left(amount_starts, end)], lower)
        near = places[bisect_left(place_starts, start) : bisect_left(place_starts, end)] if full[number] else []
        passages.append(
            Passage(
                number=number,
                start=start,
                end=end,
                paragraph=sentence.paragraph,
                kind=sentence.kind,
                text=article.text,
                lower=lower,
                marks=tuple(find_marks(lower, start, end)) if full[number] else (),
                amounts=amounts,
                parties=_with_places(_outside(actors, amounts), near),
                actors=actors,
                times=article.times[bisect_left(time_starts, start) : bisect_left(time_starts, end)] if full[number] else (),
                tokens=article.tokens[number] if full[number] and number < len(article.tokens) else (),
            )
        )
    return passages


def _each_in_one_money(amounts: tuple[Amount, ...], lower: str) -> tuple[Amount, ...]:
    """Leave out a sum told again in other money ("15 billion baht ($430 million)"): the first-named money stands."""
    kept: list[Amount] = []
    for amount in amounts:
        last = kept[-1] if kept else None
        if (
            last is None
            or amount.unit != "money"
            or last.unit != "money"
            or (last.currency == amount.currency and not ("US" in last.text and amount.text[0] == "$" and lower[last.end] == " "))
            or not _IN_OTHER_MONEY.fullmatch(lower, last.end, amount.start)
        ):
            kept.append(amount)
    return tuple(kept)


def _has_any(starts: list[int], start: int, end: int) -> bool:
    at = bisect_left(starts, start)
    return at < len(starts) and starts[at] < end


def _outside(actors: tuple[Actor, ...], amounts: tuple[Amount, ...]) -> tuple[Actor, ...]:
    """Return the actors that are no part of an amount ("5 billion U.S. dollars" names no party)."""
    return tuple(actor for actor in actors if not any(amount.start <= actor.start < amount.end for amount in amounts))


def _not_short_for(text: str, start: int, actors: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Leave out an acronym in brackets that a name before it spells out as another body ("the Ethiopian Electric Utility (EEU)")."""
    return tuple(actor for actor in actors if not (_ACRONYM.fullmatch(actor.text) and _is_short_for(text, start, actor, actors)))


def _is_short_for(text: str, start: int, acronym: Actor, actors: tuple[Actor, ...]) -> bool:
    if not text[start : acronym.start].endswith("(") or not text.startswith(")", acronym.end):
        return False
    name = text[start : acronym.start - 1].split()[-len(acronym.text) :]
    if "".join(word[0] for word in name) != acronym.text:
        return False
    opens = acronym.start - 1 - len(" ".join(name))
    return not any(actor.party_codes == acronym.party_codes and opens - 5 <= actor.start < acronym.start for actor in actors)


def _with_places(actors: tuple[Actor, ...], places: list[Place]) -> tuple[Actor, ...]:
    """Return the actors that name a party, with the places that are no actors ("shipments to Beijing") as parties of form ``place``."""
    parties = [actor for actor in actors if actor.party_codes and actor.form not in _PERSONAL and actor.form != "pronoun"]
    for place in places:
        if place.country and not any(actor.start < place.end and place.start < actor.end for actor in actors):
            parties.append(Actor(place.start, place.end, place.text, "place", (place.country,)))
    return tuple(sorted(parties, key=lambda actor: actor.start)) if places else tuple(parties)


def discourse_of(article: Article, lower: str) -> Discourse:
    """Return what the article as a whole is about, before its first sentence is read."""
    counts: Counter[str] = Counter()
    mentions: Counter[str] = Counter()
    as_partner: Counter[str] = Counter()
    order: dict[str, int] = {}
    read = [sentence for sentence in article.layout.sentences if sentence.kind in READ_KINDS]
    lead_end = read[min(1, len(read) - 1)].end if read else 0
    for actor in article.actors:
        weight = _weight(lower, actor)
        if actor.start < lead_end and weight > _ONLY_MENTIONED:
            weight += 2
        for code in actor.party_codes:
            mentions[code] += 1
            as_partner[code] += weight == _ONLY_MENTIONED
            counts[code] += weight
            order.setdefault(code, len(order))
    dateline = article.layout.dateline_place
    country = country_of_city(dateline) if dateline else None
    if country:
        counts[country] += _DATELINE_WEIGHT
        order.setdefault(country, len(order))
    ranked = sorted(counts, key=lambda code: (-counts[code], order[code]))
    traders = [code for code in ranked if code not in trade_words().lists["no_traders"]]
    states = [code for code in traders if len(code) == 3 and code.isalpha()] or traders
    known = [code for code in states if counts[code] > _ONLY_MENTIONED * 2]
    # Whom the article names mostly as a partner ("exports to X") is not the one whose trade it tells.
    home = next((code for code in known if as_partner[code] < _AS_PARTNER or as_partner[code] * 2 < mentions[code]), None)
    home = home or (known[0] if known else None)
    pair = (states[0], states[1]) if len(states) > 1 else (traders[0], traders[1]) if len(traders) > 1 else None
    is_with_region = _tells_of_a_region(lower[:lead_end])
    if is_with_region:
        pair = None  # trade with Africa is nobody’s in it
    return Discourse(home=home, article_pair=pair, counts=counts, is_with_region=is_with_region)


def _tells_of_a_region(lead: str) -> bool:
    """Tell whether the opening of an article joins a part of the world to a state ("India and Africa", "India-Africa trade")."""
    regions = trade_words().lists["regions"]
    return any(match.group(1) in regions for match in _JOINED_REGION.finditer(lead))
