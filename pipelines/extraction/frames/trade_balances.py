"""Surpluses and deficits: their sign, whose favour they are in, and which are not of trade.

Belongs here: what is peculiar to balances. Does not belong here: other flows.
"""

import re
from dataclasses import replace

from pipelines.extraction.frames.trade_commodities import commodity_of
from pipelines.extraction.frames.trade_parties import code_of
from pipelines.extraction.frames.trade_passages import Discourse, Draft, Passage
from pipelines.extraction.frames.trade_sides import Sides
from pipelines.extraction.frames.trade_words import Mark
from pipelines.extraction.model import Amount

_OTHER_ACCOUNT = re.compile(
    r"\s+(?:on|in|of|for)\s+(?:the\s+|its\s+|their\s+|(?:the\s+)?[\w’]+[’']s\s+)?(?:overall\s+)?"
    r"(?:current|capital|balance of payments|payments|invisible|budget|fiscal|services|transfer|long-term|public)"
)
_FAVOUR_AFTER = re.compile(r"[’']s? favou?r")
_FAVOUR_BEFORE = re.compile(r"in favou?r of (?:the )?$")
_NEGATIVE = re.compile(r"\b(?:negative|minus|deficit|shortfall|in the red|unfavou?rable)\b")


def side_in_favour(passage: Passage, mark: Mark, amount: Amount, sides: Sides, state: Discourse) -> Sides:
    """Turn a balance "in Japan’s favour" to the side that has the surplus."""
    if mark.flow != "balance":
        return sides
    for actor in passage.parties:
        winner = code_of(actor)
        if not mark.start <= actor.start or winner is None or actor.start - amount.end > 40:
            continue
        if _FAVOUR_AFTER.match(passage.lower, actor.end) or _FAVOUR_BEFORE.search(passage.lower, passage.start, actor.start):
            loser = next((code for code in (sides.reporter, sides.partner) if code not in (None, winner)), None)
            return replace(sides, reporter=winner, partner=loser or state.other(winner))
    return sides


def is_other_balance(passage: Passage, mark: Mark) -> bool:
    """Tell whether a deficit or surplus is of something else than trade ("budget deficit", "the current account showed a … surplus")."""
    if _OTHER_ACCOUNT.match(passage.lower, mark.end):
        return True
    governors = [other for other in passage.marks if other.end <= mark.start and other.kind in ("noun", "verb", "block")]
    if governors and governors[-1].kind == "block":
        return True
    modifier = commodity_of(passage, mark, mark.start, mark.start, mark.end)
    return modifier is not None and not modifier.lower().endswith(("goods", "products"))


def signed_value(passage: Passage, mark: Mark, amount: Amount) -> tuple[float, float | None]:
    """Return the amount with the sign of a balance: deficits are negative."""
    if mark.flow != "balance":
        return amount.value, amount.value_high
    is_deficit = "deficit" in mark.sense or mark.sense == "loser"
    if mark.sense == "balance" or mark.form in ("gap", "imbalance"):
        around = passage.lower[max(passage.start, mark.start - 30) : amount.start]
        is_deficit = (
            bool(_NEGATIVE.search(around)) or "deficit" in mark.sense or bool(_NEGATIVE.search(passage.lower[amount.end : amount.end + 20]))
        )
    sign = -1.0 if is_deficit else 1.0
    return sign * abs(amount.value), None if amount.value_high is None else sign * abs(amount.value_high)


def signed_like(model: Draft, value: float) -> float:
    return -abs(value) if model.amount is not None and model.amount < 0 else value
