"""Lists of one state's partners with a figure each: "A topped the list of X's trading partners with $9bn, followed by B with $7bn".

Belongs here: whose list a sentence tells, its members with their figures and ranks. Does not belong here: ranks without a figure
(trade_ranks), figures that belong to one flow (trade_figures).
"""

import re
from dataclasses import dataclass, replace

from pipelines.extraction.frames.trade_commodities import noun_phrase
from pipelines.extraction.frames.trade_figures import period_in_force
from pipelines.extraction.frames.trade_givers import LIST_GAP
from pipelines.extraction.frames.trade_parties import code_of, owner_of
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage
from pipelines.extraction.frames.trade_periods import own_period
from pipelines.extraction.frames.trade_words import Mark
from pipelines.extraction.model import Actor, Amount

_LEAST = 2  # members that make a list
_SENSES = frozenset({"partner", "market", "source", "investor", "lender", "listed"})
_TO_NOUN = re.compile(r"[\s-]+(?:[\w-]+\s+){0,2}")
_OF_OWNER = re.compile(r"\s+(?:of|for)\s+(?:the\s+)?")
_IN_OWNER = re.compile(r"\s+(?:in|of)\s+(?:the\s+)?")
_OWN = re.compile(r"\b(?:its|their|the (?:country|nation|kingdom|republic|island)[’']s)\s+(?:[\w-]+\s+){0,2}$")
_BY_FLOW = re.compile(r"(?:\s+of\s+(?:the\s+)?[\w.]+)?\s+(?:by|in terms of|in|for)\s+(?:total\s+)?(exports?|imports?|turnover|trade)\b")
_HEADED = re.compile(r"\b(?:topp|head|lead|led)(?:s|ed|ing)?\s+(?:the|its)\s+(?:list|ranking|table)\b")
_FOLLOWED = re.compile(r"\b(?:followed|trailed)\s+(?:closely\s+)?by\b")
_INTRODUCES = re.compile(
    r"(?:with|at|worth|having|recording|totall?ing|accounting for|taking|buying|purchasing|importing|supplying|selling)\s+"
    r"(?:about |around |some |nearly |over )?$"
)
_FLOWS = {"export": "exports", "import": "imports", "turnover": "total", "trade": "total"}


@dataclass(frozen=True, slots=True)
class PartnerList:
    """The drafts of a list and what of its sentence is left to the other readers."""

    drafts: tuple[Draft, ...]
    rest: Passage


def read_partner_list(passage: Passage, state: Discourse) -> PartnerList | None:
    """Return the list that a sentence tells; None where it tells none.

    A list whose owner is not known tells nothing, and leaves none of its figures to readers that would take one partner for the other's.
    """
    money = [amount for amount in passage.amounts if amount.unit == "money"]
    if len(money) < _LEAST:
        return None
    found = _noun(passage)
    if found is None:
        return None
    noun, adjective = found
    owner = _owner(passage, noun, adjective, state)
    members = _members(passage, noun, owner, money)
    if len(members) < _LEAST:
        return None
    taken = {amount.start for _, amount in members}
    rest = replace(
        passage,
        amounts=tuple(amount for amount in passage.amounts if amount.start not in taken),
        marks=tuple(mark for mark in passage.marks if mark.end <= (adjective or noun).start or mark.start >= noun.end),
    )
    return PartnerList(tuple(_drafts(passage, noun, adjective, owner, members, state)) if owner else (), rest)


def _noun(passage: Passage) -> tuple[Mark, Mark | None] | None:
    """Return the noun that names the members ("trading partners") and the word of rank before it, if any."""
    adjectives = [mark for mark in passage.marks if mark.kind == "rank_adjective"]
    for noun in passage.marks:
        if noun.kind not in ("rank_noun", "noun") or noun.sense not in _SENSES:
            continue
        adjective = next(
            (mark for mark in adjectives if mark.end <= noun.start and _TO_NOUN.fullmatch(passage.lower, mark.end, noun.start)), None
        )
        if adjective or noun.form.endswith("s"):
            return noun, adjective
    return None


def _owner(passage: Passage, noun: Mark, adjective: Mark | None, state: Discourse) -> str | None:
    """Return whose partners they are."""
    start = (adjective or noun).start
    after = (_IN_OWNER if noun.sense == "investor" else _OF_OWNER).match(passage.lower, noun.end)
    owner = (_party_at(passage, after.end()) if after else None) or owner_of(passage, start)
    if owner is not None:
        return code_of(owner)
    if _OWN.search(passage.lower, passage.start, start):
        return state.last.reporter if state.last and state.last.reporter != WORLD else state.home
    return state.teller_of(noun.flow) if noun.sense in ("market", "source") else None


def _party_at(passage: Passage, at: int) -> Actor | None:
    """Return the party named at ``at``."""
    return next((actor for actor in passage.parties if actor.start == at), None)


def _members(passage: Passage, noun: Mark, owner: str | None, money: list[Amount]) -> list[tuple[Actor, Amount]]:
    """Return each partner with its figure, in reading order."""
    parties = [actor for actor in passage.parties if actor.form != "demonym" and code_of(actor) not in (None, owner)]
    before = [actor for actor in parties if actor.end <= noun.start]
    after = [amount for amount in money if amount.start >= noun.end]
    if len(before) == len(after) == len(parties) >= _LEAST:
        return list(zip(before, after, strict=True))  # "A, B and C were the top partners with $5bn, $4bn and $3bn respectively"
    named = [actor for actor in parties if actor.start >= noun.end]
    if _LEAST <= len(named) == len(after) and named[-1].end <= after[0].start:
        return list(zip(named, after, strict=True))  # "The top partners were A and B with $5bn and $4bn respectively"
    members: list[tuple[Actor, Amount]] = []
    for amount in money:
        nearest = next((actor for actor in reversed(parties) if actor.end <= amount.start), None)
        is_new = nearest is not None and all(nearest is not actor for actor, _ in members)
        if nearest is None or not is_new:
            continue
        heads = not members and len(before) == 1 and nearest is before[0] and amount.start >= noun.end
        introduced = _INTRODUCES.search(passage.lower, noun.end, amount.start) is not None if heads else False
        if introduced or LIST_GAP.fullmatch(passage.lower, nearest.end, amount.start):
            members.append((nearest, amount))
    return members


def _drafts(
    passage: Passage, noun: Mark, adjective: Mark | None, owner: str, members: list[tuple[Actor, Amount]], state: Discourse
) -> list[Draft]:
    """Return a draft for each member; where the list has an order, with its rank."""
    goods = _OF_OWNER.match(passage.lower, noun.end) if noun.sense in ("market", "source") else None
    commodity = noun_phrase(passage, goods.end(), members[0][1].start) if goods and _party_at(passage, goods.end()) is None else None
    by_flow = _BY_FLOW.match(passage.lower, noun.end)
    flow = _FLOWS[by_flow.group(1).removesuffix("s")] if by_flow and noun.flow == "total" else noun.flow
    is_headed = _HEADED.search(passage.lower, passage.start, noun.start) is not None
    is_ranked = is_headed or (adjective is not None and not noun.form.endswith("s"))
    first = int(adjective.sense) if adjective and not is_headed else 1
    drafts: list[Draft] = []
    for order, (actor, amount) in enumerate(members):
        follows = order == 0 or _FOLLOWED.search(passage.lower, members[0][1].end, actor.start) is not None
        stop = members[order + 1][0].start if order + 1 < len(members) and members[order + 1][0].start > amount.end else passage.end
        start = actor.start if order or actor.end > noun.end else passage.start
        drafts.append(
            Draft(
                flow=flow,
                reporter=owner,
                partner=code_of(actor) or WORLD,
                anchor_start=amount.start,
                anchor_end=amount.end,
                evidence_start=start,
                evidence_end=amount.end,
                rule_id=f"trade.list.{flow}",
                passage=passage.number,
                amount=amount.value,
                amount_high=amount.value_high,
                qualifier=amount.qualifier,
                currency=amount.currency,
                commodity=commodity,
                rank=first + order if is_ranked and follows else None,
                period=own_period(passage, start, start, amount.start, amount.end, stop),
                is_headline=passage.kind == "headline",
                confidence=0.85,
            )
        )
    told = {draft.period for draft in drafts if draft.period}
    shared = next(iter(told)) if len(told) == 1 else period_in_force(passage, state) if not told else None
    return [replace(draft, period=draft.period or shared) for draft in drafts]
