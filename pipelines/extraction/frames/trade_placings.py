"""Partners told by their place in a list already spoken of: "India was in second place ($65bn)", "…, followed by Chile ($2bn)".

Belongs here: whose place, with which figure, in the list that a sentence before or the same sentence opened. Does not belong here: ranks
with a noun of their own (trade_ranks), lists told in one sentence with their owner (trade_partner_lists).
"""

import re
from dataclasses import replace
from itertools import pairwise

from pipelines.extraction.frames.trade_givers import LIST_GAP
from pipelines.extraction.frames.trade_parties import code_of
from pipelines.extraction.frames.trade_partner_lists import PartnerList
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage
from pipelines.extraction.frames.trade_periods import own_period
from pipelines.extraction.frames.trade_words import Mark
from pipelines.extraction.model import Actor, Amount

_REACH = 3  # sentences that a list stays open
_PLACE = re.compile(r"\s+(?:place|position|spot|rank)\b(?! (?:among|of|for)\b)")
_HOLDS = re.compile(
    r"\s+(?:\([A-Z.]+\)\s+)?(?:[a-z]+\s+)?(?:(?:from\s+[\w-]+\s+)?to|in|at|on|into|took|taking|holds?|held|occupie[sd])\s+(?:the\s+|its\s+)?"
)
_PLACED_AFTER = re.compile(
    r"(?:\s+in the (?:list|ranking|table))?\s*(?:,|is|was|were|came|comes|stood|went to|–|—|:)?\s+(?:is\s+|was\s+)?"
    r"(?:(?:occupied|held|taken)\s+by\s+)?(?:the\s+)?"
)
_RANKS = re.compile(r"\s+(?:\([A-Z.]+\)\s+)?(?:came|comes|coming|ranked|ranks|ranking|finished|placed|followed|was|is)\s+(?:in\s+|the\s+)?")
_CLOSES = re.compile(r"\s*(?:[.,;(]|$|and\b|with\b|at\b)")
_BESIDE = re.compile(r"\s*(?:[,(]\s*)?(?:(?:which is|and was|and)\s+)?")
_AND = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+)(?:the\s+)?")
_LEAST = 2  # places told together
_LONGEST_WAY = 90  # characters from a place to its figure
_FOLLOWED = re.compile(r"\b(?:followed|trailed)\s+(?:closely\s+)?by\b")


def read_placings(passage: Passage, state: Discourse) -> PartnerList | None:
    """Return the places that a sentence tells with what of it is left to the other readers; None where it tells none.

    Where the list's owner is not known the places tell nothing, nor do their figures.
    """
    placed = _placed(passage)
    if not placed:
        return None
    listing = state.listing if state.listing and passage.number - state.listing_passage <= _REACH else None
    in_order = _figures_in_order(passage, placed)
    drafts: list[Draft] = []
    taken: set[int] = set()
    for order, (ordinal, holder, opens) in enumerate(placed):
        stop = placed[order + 1][2] if order + 1 < len(placed) else passage.end
        amount = in_order.get(ordinal.start) or _figure(passage, max(holder.end, ordinal.end), stop)
        change = _change(passage, amount.end, stop) if amount else None
        taken.update(told.start for told in (amount, change[0] if change else None) if told)
        if listing is None or code_of(holder) in (None, listing.reporter):
            continue
        if listing.flow != "investment" and "invest" in passage.lower[ordinal.end : min(ordinal.end + _LONGEST_WAY, stop)]:
            continue  # a place in another list
        end = amount.end if amount else max(holder.end, ordinal.end)
        anchor = amount or ordinal
        drafts.append(
            replace(
                listing,
                partner=code_of(holder) or WORLD,
                anchor_start=anchor.start,
                anchor_end=anchor.end,
                evidence_start=min(holder.start, ordinal.start),
                evidence_end=end,
                rule_id=f"trade.place.{listing.flow}",
                passage=passage.number,
                claim_type="actual",
                amount=amount.value if amount else None,
                amount_high=amount.value_high if amount else None,
                qualifier=amount.qualifier if amount else "exact",
                currency=amount.currency if amount else None,
                change=change[1] if change else None,
                trend=change[2] if change else None,
                rank=int(ordinal.sense),
                rank_scope=None,
                period=own_period(passage, opens, opens, anchor.start, anchor.end, stop) or listing.period,
                is_earlier=False,
                is_headline=passage.kind == "headline",
                confidence=0.7,
            )
        )
    first, last = placed[0][2], max(max(taken, default=0), max(ordinal.end for ordinal, _, _ in placed))
    rest = replace(
        passage,
        amounts=tuple(amount for amount in passage.amounts if amount.start not in taken),
        marks=tuple(mark for mark in passage.marks if not first <= mark.start <= last),
    )
    return PartnerList(tuple(drafts), rest)


def _placed(passage: Passage) -> list[tuple[Mark, Actor, int]]:
    """Return each place with its holder and where its words begin, in reading order."""
    found: list[tuple[Mark, Actor, int]] = _placed_in_order(passage)
    if found:
        return found
    for mark in passage.marks:
        if mark.kind != "rank_ordinal":
            continue
        before = next((actor for actor in reversed(passage.parties) if actor.end <= mark.start), None)
        place = _PLACE.match(passage.lower, mark.end)
        if place is None:
            if (
                before
                and code_of(before)
                and _RANKS.fullmatch(passage.lower, before.end, mark.start)
                and _CLOSES.match(passage.lower, mark.end)
            ):
                found.append((mark, before, before.start))
            continue
        if before and code_of(before) and _HOLDS.fullmatch(passage.lower, before.end, mark.start):
            found.append((mark, before, before.start))
            continue
        after = next((actor for actor in passage.parties if actor.start >= mark.end), None)
        if after and code_of(after) and _PLACED_AFTER.fullmatch(passage.lower, place.end(), after.start):
            found.append((mark, after, mark.start))
    return found


def _placed_in_order(passage: Passage) -> list[tuple[Mark, Actor, int]]:
    """Return the places of "A and B came second and third", each holder with its own."""
    ordinals = [mark for mark in passage.marks if mark.kind == "rank_ordinal"]
    count = len(ordinals)
    if count < _LEAST or any(not _AND.fullmatch(passage.lower, a.end, b.start) for a, b in pairwise(ordinals)):
        return []
    holders = [actor for actor in passage.parties if actor.end <= ordinals[0].start][-count:]
    if len(holders) < count or any(code_of(holder) is None for holder in holders):
        return []
    if any(not _AND.fullmatch(passage.lower, a.end, b.start) for a, b in pairwise(holders)):
        return []
    if not _RANKS.fullmatch(passage.lower, holders[-1].end, ordinals[0].start):
        return []
    return [(ordinal, holder, holder.start) for ordinal, holder in zip(ordinals, holders, strict=True)]


def _figures_in_order(passage: Passage, placed: list[tuple[Mark, Actor, int]]) -> dict[int, Amount]:
    """Return, by the place's ordinal, the figures that follow all places told together."""
    last = placed[-1][0].end
    if len(placed) < _LEAST or any(holder.start > placed[0][0].start for _, holder, _ in placed):
        return {}
    money = [amount for amount in passage.amounts if amount.unit == "money" and amount.start >= last]
    if len(money) != len(placed):
        return {}
    return {ordinal.start: amount for (ordinal, _, _), amount in zip(placed, money, strict=True)}


def _figure(passage: Passage, start: int, stop: int) -> Amount | None:
    """Return the money told with a place, before the next place and before any other party."""
    amount = next((amount for amount in passage.amounts if amount.unit == "money" and start <= amount.start < stop), None)
    if amount is None or amount.start - start > _LONGEST_WAY or ";" in passage.lower[start : amount.start]:
        return None
    return None if any(start < actor.start < amount.start for actor in passage.parties) else amount


def _change(passage: Passage, start: int, stop: int) -> tuple[Amount, float, str] | None:
    """Return the percentage told right behind a place's figure with its change and trend ("$65bn, up by 30%")."""
    amount = next((amount for amount in passage.amounts if start <= amount.start < stop), None)
    trend = next((mark for mark in passage.marks if mark.kind == "trend" and start <= mark.start < stop), None)
    if amount is None or trend is None or amount.unit != "percent" or trend.sense not in ("up", "down"):
        return None
    if trend.end > amount.start or not _BESIDE.fullmatch(passage.lower, start, trend.start):
        return None
    return amount, amount.value if trend.sense == "up" else -amount.value, trend.sense


def with_followers(passage: Passage, drafts: list[Draft], state: Discourse) -> list[Draft]:
    """Return ``drafts`` with the next members of their list that have a figure none of them took ("…, followed by Peru ($3bn)")."""
    opened = _FOLLOWED.search(passage.lower, passage.start, passage.end)
    if opened is None:
        return drafts
    before = [draft for draft in drafts if draft.anchor_start < opened.start()]
    model = before[-1] if before else (state.last if not drafts and passage.number - state.last_passage <= 1 else None)
    if model is None or (model.rank is None and model.partner == WORLD):
        return drafts
    taken = {draft.anchor_start for draft in drafts}
    found = list(drafts)
    order = 0
    for amount in passage.amounts:
        holder = next((actor for actor in reversed(passage.parties) if opened.end() <= actor.start and actor.end <= amount.start), None)
        if amount.unit != "money" or holder is None or not LIST_GAP.fullmatch(passage.lower, holder.end, amount.start):
            continue
        order += 1
        code = code_of(holder)
        if amount.start in taken or code is None or code in (model.reporter, model.partner):
            continue
        found.append(
            replace(
                model,
                reporter=code if model.partner == WORLD else model.reporter,
                partner=WORLD if model.partner == WORLD else code,
                anchor_start=amount.start,
                anchor_end=amount.end,
                evidence_start=opened.start() if order == 1 else holder.start,
                evidence_end=amount.end,
                rule_id=f"trade.follower.{model.flow}",
                passage=passage.number,
                amount=amount.value,
                amount_high=amount.value_high,
                qualifier=amount.qualifier,
                currency=amount.currency,
                change=None,
                trend=None,
                rank=model.rank + order if model.rank else None,
                confidence=0.7,
            )
        )
    return sorted(found, key=lambda draft: draft.anchor_start)
