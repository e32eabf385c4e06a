"""Ranks: "China is Poland's second-largest source of imports", "It ranks third in trade".

Belongs here: from a word of rank and its noun to the draft of a claim, with a figure of the same sentence where one belongs to it.
Does not belong here: figures that stand on their own.
"""

import re
from dataclasses import replace
from functools import cache

from pipelines.extraction.frames.trade_parties import code_of, owner_of
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage, Period
from pipelines.extraction.frames.trade_periods import is_a_period, own_period, period_named
from pipelines.extraction.frames.trade_rank_sides import (
    Ranked,
    apposed_to,
    clause_left,
    overtaker_in,
    overtakes,
    owner_of_list,
    owner_of_rank,
    ranked_party,
    settled_sides,
)
from pipelines.extraction.frames.trade_words import Mark, any_of, trade_words
from pipelines.extraction.model import Amount

_TO_NOUN = re.compile(r"[\s-]+(?:(?!(?:and|or|to|for|than|is|was|by|with|from|in|on|at|that|which)\b)[\w’'.&-]+\s+){0,4}")
_VAGUE_BEFORE = re.compile(
    r"\b(?:one of|among|some of|part of|a|an|another|of|once|formerly|other|two|three|five|ten)\s+"
    r"(?:the\s+|its\s+|their\s+|our\s+|[\w’' ]{0,22}[’']s\s+|world[’']s\s+|country[’']s\s+)?$"
)
_TO_BECOME = re.compile(
    r"\b(?:to become|could become|would become|may become|might become|will become|to be|could be|would be|to overtake|hopes? to|"
    r"aims? to|not|no longer|never)\b[^,.;]{0,60}$"
)
_IN_FLOW = re.compile(r"\s+(?:place\s+|position\s+)?(?:in|for|by|in terms of|as)\s+(?:the\s+)?(?:[\w-]+\s+){0,3}")
_SCOPE = re.compile(r"\s*(?:overall\s+)?(?:,\s*)?(in|among|within|amongst|outside|from among|across)\s+")
_WORLD_SCOPE = re.compile(r"\s+(?:in the world|worldwide|globally|world-wide)\b")
_PLURAL_COUNT = re.compile(r"\s*(?:two|three|four|five|six|seven|eight|nine|ten|\d+)\b")
_OWN = re.compile(r"\b(?:our|its|their)\s+$")
_AMONG = re.compile(r"\s+(?:place\s+|position\s+)?(?:among|of|(?:on|in) (?:the|its|their|[\w’']+[’']s?) list of)\s+(?:[\w’'-]+\s+){0,4}")
_CLOSES = re.compile(r"\s*(?:[.,;]|$|and\b|while\b)")
_THE_COUNTRY_BEFORE = re.compile(
    r"\b(?:the (?:(?!world[’']s)[\w-]+ ){0,2}(?:country|nation|kingdom|republic|island|bloc|state|sultanate|emirate)[’']s|its|their)\s+$"
)
_THE_COUNTRY_AFTER = re.compile(
    r"\s+(?:for|of|to|in)\s+the\s+(?:country|nation|kingdom|republic|island|bloc|state|sultanate|emirate)\b"
)  # "the main destination for the country’s sales"
_LISTING_REACH = 2  # sentences after one that told whose partners are ranked
_WORLDS = re.compile(r"\b(?:the\s+)?(?:world|globe)[’']s\s+(?:[\w-]+\s+){0,2}$")


@cache
def _became() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('rising_to')}\b[^,.;]{{0,40}}\bto (?:become|be)\b")


@cache
def _ranking_verb() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('ranking_verbs')}\s+(?:only\s+|just\s+|currently\s+|now\s+|still\s+)?(?:the\s+|as\s+the\s+|at\s+)?$")


def read_ranks(passage: Passage, state: Discourse, figures: list[Draft]) -> list[Draft]:
    """Return the drafts of the ranks of one sentence; ``figures`` are its figures, whose reporter "our" and "its" may mean."""
    if not any(mark.kind in ("rank_adjective", "rank_ordinal") for mark in passage.marks):
        return []
    drafts: list[Draft] = []
    previous: Draft | None = None
    last_noun: Mark | None = None
    for ranked in _ranks_of(passage):
        noun = ranked.noun or last_noun
        if noun is None:
            continue
        figure = next(
            (figure for figure in figures if figure.anchor_end <= ranked.start and _OWN.search(passage.lower, passage.start, ranked.start)),
            None,
        )
        told = next((figure for figure in reversed(figures) if figure.anchor_end <= ranked.start and figure.flow == noun.flow), None)
        draft = _draft(passage, ranked, noun, previous or figure, told, state)
        if draft:
            drafts.append(draft)
            previous, last_noun = draft, noun
    return drafts


def _ranks_of(passage: Passage) -> list[Ranked]:
    """Return the ranks of a sentence in order, each with its noun."""
    found: list[Ranked] = []
    ordinals = [mark for mark in passage.marks if mark.kind == "rank_ordinal"]
    adjectives = [mark for mark in passage.marks if mark.kind == "rank_adjective"]
    nouns = [mark for mark in passage.marks if mark.kind == "rank_noun"]
    lower = passage.lower
    for adjective in adjectives:
        ordinal = next((mark for mark in ordinals if 0 <= adjective.start - mark.end <= 1), None)
        start = ordinal.start if ordinal else adjective.start
        rank = int(ordinal.sense) if ordinal else int(adjective.sense)
        if (
            adjective.form in ("leading", "main", "principal", "primary", "chief")
            and ordinal is None
            and not lower[max(0, start - 6) : start].endswith(("the ", "’s ", "'s ", "its "))
        ):
            continue
        if _PLURAL_COUNT.match(lower, adjective.end):
            continue
        before = lower[max(passage.start, start - 60) : start]
        if _VAGUE_BEFORE.search(before) or _is_only_wished(before):
            continue
        noun = next((mark for mark in nouns if mark.start > adjective.end and _TO_NOUN.fullmatch(lower, adjective.end, mark.start)), None)
        if (
            noun
            and noun.form.endswith("s")
            and noun.form[:-1] + "s" == noun.form
            and noun.form not in ("market for exports", "source of imports")
            and noun.form.split()[0] in ("buyers", "customers", "investors", "suppliers", "markets")
        ):
            continue
        if noun and noun.form in ("trading partners", "trade partners", "partners", "export markets", "export destinations"):
            continue
        if noun is None:
            by_flow = next(
                (
                    mark
                    for mark in passage.marks
                    if mark.kind == "noun" and 0 < mark.start - adjective.end < 40 and _IN_FLOW.fullmatch(lower, adjective.end, mark.start)
                ),
                None,
            )
            if (
                found
                and ordinal
                and not re.match(
                    r"\s+[a-z]+",
                    lower[adjective.end : adjective.end + 12]
                    .replace(" overall", "")
                    .replace(" after", "")
                    .replace(" in ", "")
                    .replace(" and", ""),
                )
            ):
                found.append(Ranked(start, adjective.end, rank, None, adjective.end))
            elif by_flow and _ranking_verb().search(before):
                found.append(Ranked(start, by_flow.end, rank, by_flow, by_flow.end))
            continue
        found.append(Ranked(start, noun.end, rank, noun, noun.end))
    for ordinal in ordinals:
        if any(rank.start == ordinal.start for rank in found):
            continue
        named = _ordinal_with_noun(passage, ordinal, nouns)
        if named:
            found.append(named)
            continue
        own = re.search(r"\b(?:its|the|their)\s+$", lower[max(passage.start, ordinal.start - 8) : ordinal.start])
        if found and own and _CLOSES.match(lower, ordinal.end):
            found.append(Ranked(ordinal.start, ordinal.end, int(ordinal.sense), None, ordinal.end))
            continue
        flow = next(
            (
                mark
                for mark in passage.marks
                if mark.kind == "noun" and 0 < mark.start - ordinal.end < 45 and _IN_FLOW.fullmatch(lower, ordinal.end, mark.start)
            ),
            None,
        )
        listed = bool(found) and bool(re.search(r"(?:,|and)\s*$", lower[max(passage.start, ordinal.start - 6) : ordinal.start]))
        if flow and (_ranking_verb().search(lower[max(passage.start, ordinal.start - 30) : ordinal.start]) or listed):
            found.append(Ranked(ordinal.start, flow.end, int(ordinal.sense), flow, flow.end))
    return sorted(found, key=lambda ranked: ranked.start)


def _is_only_wished(before: str) -> bool:
    """Tell whether a rank is only hoped for ("hopes to become the largest …"), not reached ("overtook Chile to become …")."""
    return _TO_BECOME.search(before) is not None and _became().search(before) is None


def _ordinal_with_noun(passage: Passage, ordinal: Mark, nouns: list[Mark]) -> Ranked | None:
    """Read "its third trading partner", "ranks third among Georgia’s trade partners"."""
    lower = passage.lower
    noun = next((mark for mark in nouns if mark.start > ordinal.end), None)
    if noun is None:
        return None
    between = lower[ordinal.end : noun.start]
    before = lower[max(passage.start, ordinal.start - 30) : ordinal.start]
    if not between.strip() and not _VAGUE_BEFORE.search(before) and not _is_only_wished(before):
        return Ranked(ordinal.start, noun.end, int(ordinal.sense), noun, noun.end)
    if _AMONG.fullmatch(between) and _ranking_verb().search(before):
        return Ranked(ordinal.start, noun.end, int(ordinal.sense), noun, ordinal.end)
    return None


def _draft(passage: Passage, ranked: Ranked, noun: Mark, previous: Draft | None, told: Draft | None, state: Discourse) -> Draft | None:
    sense = (
        noun.sense
        if noun.kind == "rank_noun"
        else {"exports": "exporter", "imports": "importer", "investment": "investor", "financing": "lender"}.get(noun.flow, "partner")
    )
    stop = _stop(passage, ranked)
    owner, commodity, after = owner_of_rank(passage, ranked, noun, sense, stop)
    subject = ranked_party(passage, ranked, owner, max(after, ranked.after), state)
    aside = apposed_to(passage, ranked, owner, state)
    if aside is not None:
        owner, subject = aside
    elif overtakes().search(passage.lower, passage.start, ranked.start):
        owner, subject = overtaker_in(passage, ranked, owner)
    elif previous is not None and (subject is None or ranked.noun is None):
        between = [
            actor for actor in passage.parties if previous.anchor_end <= actor.start and actor.end <= ranked.start and code_of(actor)
        ]
        subject = code_of(between[-1]) if ranked.noun is None and between else previous.partner
    if owner is None and told is not None and told.reporter != subject:
        owner, commodity = told.reporter, commodity or told.commodity  # "exports rose to $5bn, with Italy the top destination"
    if owner is None and sense in ("market", "source"):
        owner = state.teller_of("exports" if sense == "market" else "imports")
    is_owned = False
    if owner is None and noun.kind == "noun" and (whose := owner_of(passage, noun.start)) and code_of(whose) != subject:
        owner, is_owned = code_of(whose), True  # "China ranks third for German exports"
    is_partner = noun.kind == "rank_noun" and sense not in ("exporter", "importer")
    if owner is None and is_partner and state.listing and state.listing.flow == noun.flow and previous is None:
        owner = state.listing.reporter if passage.number - state.listing_passage <= _LISTING_REACH else None
    if (
        owner is None
        and subject
        and noun.kind == "rank_noun"
        and (
            _THE_COUNTRY_BEFORE.search(passage.lower, passage.start, ranked.start) or _THE_COUNTRY_AFTER.match(passage.lower, ranked.after)
        )
        and previous is None
    ):
        last = (
            state.last.reporter
            if state.last and state.last_passage >= passage.number - 3 and state.last.reporter not in (subject, WORLD)
            else None
        )
        recent = state.recent_pair() if state.pair_passage != passage.number else None
        owner = (state.other(subject) if subject in (recent or ()) else None) or last or (state.home if state.home != subject else None)
        owner = owner or state.other(subject) or (state.home if state.home != subject else None)
    if previous is not None and owner is None:
        owner = previous.reporter if previous.reporter != subject else previous.partner
    if owner is None and noun.kind == "noun" and sense not in ("exporter", "importer"):
        owner = owner_of_list(passage, ranked.after)
        if owner is None:
            later = next((owner_of_list(passage, other.after) for other in _ranks_of(passage) if other.start > ranked.start), None)
            owner = later or (state.other(subject) if subject else None)
    scope = _scope(passage, after if after > ranked.after else ranked.after, owner, stop) or _scope_before(passage, ranked)
    settled = settled_sides(sense, owner, subject, is_owned)
    if settled is None:
        return None
    flow, reporter, partner = settled
    if flow == "-":
        flow = noun.flow
    return Draft(
        flow=flow,
        reporter=reporter,
        partner=partner,
        anchor_start=ranked.start,
        anchor_end=ranked.end,
        evidence_start=clause_left(passage, ranked.start),
        evidence_end=max(ranked.end, after),
        rule_id=f"trade.rank.{sense}",
        passage=passage.number,
        rank=ranked.rank,
        rank_scope=scope or (_later_scope(passage, ranked) if noun.kind == "noun" else None),
        commodity=commodity or (_goods_between(passage, ranked, noun) if sense in ("source", "market", "exporter", "importer") else None),
        period=_period(passage, ranked, stop) or _period_told_of(passage, state),
        is_headline=passage.kind == "headline",
        confidence=0.85,
    )


def _goods_between(passage: Passage, ranked: Ranked, noun: Mark) -> str | None:
    """Return the goods between the word of rank and its noun ("third biggest rice supplier")."""
    general = trade_words().lists["all_goods"] | {"single", "overall", "foreign", "regional", "arab", "african", "asian", "european"}
    tokens = [
        token
        for token in passage.tokens
        if ranked.start <= token.start < noun.start
        and (token.tag == "NOUN" or token.lower in trade_words().lists["goods_adjectives"])
        and token.lower not in general
    ]
    tokens = [
        token
        for token in tokens
        if not any(mark.start <= token.start < mark.end and mark.kind.startswith("rank_") for mark in passage.marks)
    ]
    return passage.text[tokens[0].start : tokens[-1].end] if tokens else None


def _stop(passage: Passage, ranked: Ranked) -> int:
    """Return where the words that may belong to the rank end: the next rank, semicolon or new clause."""
    following = [other.start for other in passage.marks if other.kind in ("rank_ordinal", "rank_adjective") and other.start >= ranked.end]
    stop = min(following) if following else passage.end
    semicolon = passage.lower.find(";", ranked.end, stop)
    return semicolon if semicolon >= 0 else stop


def _scope(passage: Passage, at: int, owner: str | None, stop: int) -> str | None:
    """Return the group of which the rank is told ("in Africa", "among Central Asian countries")."""
    if _WORLD_SCOPE.match(passage.lower, at):
        return "world"
    opened = _SCOPE.match(passage.lower, at, stop)
    if not opened:
        return None
    at = opened.end()
    if any(time.start <= at < time.end for time in passage.times):
        return None
    party = next((actor for actor in passage.parties if actor.start <= at + 4 and actor.end > at and actor.form != "demonym"), None)
    if party and code_of(party) == owner and (opened.group(1) == "in" or passage.lower.startswith(("’s ", "'s "), party.end)):
        return None  # "among Norway’s export markets": whose list it is
    words: list = []
    for token in passage.tokens:
        if token.start < at or token.start >= stop:
            continue
        if token.tag in ("NOUN", "PROPN", "ADJ", "PART") or (
            token.lower in ("the", "of", "and", "its", "-") and (words or token.lower in ("the", "its"))
        ):
            words.append(token)
            continue
        break
    while words and words[-1].lower in ("of", "and", "the", "-", "its", "’s", "'s"):
        words.pop()
    while words and words[0].lower in ("the",):
        words.pop(0)
    if not words or words[-1].lower in ("terms", "value", "volume", "trade", "exports", "imports"):
        return None
    return passage.text[words[0].start : words[-1].end]


def _scope_before(passage: Passage, ranked: Ranked) -> str | None:
    return "world" if _WORLDS.search(passage.lower[max(passage.start, ranked.start - 40) : ranked.start]) else None


def _later_scope(passage: Passage, ranked: Ranked) -> str | None:
    """Return the "among …" that closes a list of ranks ("second in aid and third in trade among its partners")."""
    at = passage.lower.find(" among ", ranked.after)
    return _scope(passage, at, None, passage.end) if at >= 0 else None


def _period(passage: Passage, ranked: Ranked, stop: int) -> Period | None:
    after = [
        time
        for time in passage.times
        if ranked.after <= time.start < stop and time.start - ranked.after < 45 and is_a_period(passage, time)
    ]
    if after and not re.search(r"[,;]", passage.lower[ranked.after : after[0].start]):
        return period_named(passage, after[0])
    opening = own_period(passage, passage.start, passage.start, passage.start, passage.start, min(passage.start + 30, ranked.start))
    return opening if opening and "," in passage.lower[passage.start : passage.start + 40] else None


def _period_told_of(passage: Passage, state: Discourse) -> Period | None:
    """Return the period of the figure before, where the rank is said to be of it ("during the period")."""
    the_period = trade_words().lists["the_period"]
    is_said = any(f" {phrase}" in passage.lower[passage.start : passage.end] for phrase in the_period)
    return state.last.period if is_said and state.last and state.last.claim_type == "actual" else None


def with_figure(passage: Passage, rank: Draft, taken: set[int]) -> Draft:
    """Give a rank the figure that stands beside it ("…, buying goods worth $4bn") where that figure is no claim of its own."""
    if rank.amount is not None:
        return rank
    stop = min(
        (mark.start for mark in passage.marks if mark.kind in ("rank_adjective", "rank_ordinal") and mark.start > rank.anchor_end),
        default=passage.end,
    )
    followed = passage.lower.find("followed by", rank.anchor_end, stop)
    stop = followed if followed >= 0 else stop
    free: list[Amount] = [
        amount
        for amount in passage.amounts
        if amount.unit == "money"
        and rank.anchor_end <= amount.start < stop
        and amount.start not in taken
        and amount.start - rank.anchor_end < 110
    ]
    if len(free) != 1:
        return rank
    amount = free[0]
    between = passage.lower[rank.anchor_end : amount.start]
    if ";" in between or not re.search(
        r"(?:with|worth|at|buying|bought|taking|took|purchas\w+|import\w*|capital|invest\w*|account\w* for|giving|provid\w+|"
        r"total\w*|value\w*|amount\w*|\()\s*[\w\s’'-]*$",
        between,
    ):
        return rank
    if any(
        mark.kind in ("noun", "verb")
        and not (mark.sense == "buyer" and rank.flow == "exports")
        and mark.flow != rank.flow
        and rank.anchor_end <= mark.start < amount.start
        for mark in passage.marks
    ):
        return rank
    if any(mark.kind == "block" and rank.anchor_end <= mark.start < amount.start for mark in passage.marks):
        return rank
    return replace(
        rank,
        amount=amount.value,
        amount_high=amount.value_high,
        qualifier=amount.qualifier,
        currency=amount.currency,
        evidence_end=max(rank.evidence_end, amount.end),
        period=rank.period or own_period(passage, rank.anchor_end, rank.anchor_end, amount.start, amount.end, stop),
    )
