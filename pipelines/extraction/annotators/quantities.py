"""Numbers with their units, and what neighbours lend each other: ranges ("between $5 and $6 billion") and ellipses ("3 and 4 billion").

Belongs here: settling quantities already found. Does not belong here: finding them, their currencies and qualifiers (amounts).
"""

import re
from bisect import bisect_right
from dataclasses import dataclass, replace

RANGE_JOINER = re.compile(r"\s?(?:-|–|—|to|and|or)\s?")
_DATED_NEXT = re.compile(
    r"\s+(?:(?:by|in|for|before|until|from)\s+(?:the (?:end|close|year)\b|(?:19|20)\d\d\b|January|February|March|April|May|June|July|"
    r"August|September|October|November|December)|(?:this|last|next) (?:year|month|quarter)\b)"
)
_FUNCTION_WORD_NEXT = re.compile(
    r"\s*(?:$|[.,;:)\]”\"']|(?:in|from|to|and|or|compared|against|during|for|by|over|on|a year|last|this|the|at|with|while|as|but|"
    r"versus|earlier|between|per)\b)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what stands around it, before ranges and ellipses are settled. ``unit`` is None for a number still without one."""

    start: int
    end: int
    value: float
    multiplier: float | None
    unit: str | None
    currency: str | None
    high: float | None = None


def without_overlaps(quantities: list[Quantity]) -> list[Quantity]:
    kept: list[Quantity] = []
    for quantity in quantities:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
        elif kept[-1].unit is None and quantity.unit:
            kept[-1] = quantity
    return kept


def join_ranges(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Join two numbers that are one range ("between $5 and $6 billion", "50-55 billion"); the lower takes the upper's unit."""
    joined: list[Quantity] = []
    at = 0
    while at < len(quantities):
        low = quantities[at]
        high = quantities[at + 1] if at + 1 < len(quantities) else None
        if (
            high is None
            or high.unit not in ("money", "percent", "points", "count", None)
            or high.start - low.end > 5
            or (not high.multiplier and not high.unit)
        ):
            joined.append(low)
            at += 1
            continue
        if low.unit is None and ((text[high.start] not in "0123456789" and not text[high.start].isalpha()) or _is_a_year(low)):
            joined.append(low)
            at += 1
            continue
        joiner = RANGE_JOINER.fullmatch(text, low.end, high.start)
        if not joiner or (low.unit and high.unit and low.unit != high.unit) or (low.unit in ("percent", "factor") and high.multiplier):
            joined.append(low)
            at += 1
            continue
        word = joiner.group().strip()
        before = text[max(0, low.start - 24) : low.start].lower().split()
        same = low.unit is None or low.currency == high.currency or high.currency is None or high.unit is None
        filled = _filled(low, high)
        if (
            same
            and filled.value < (high.value if high.unit or low.unit is None else filled.value + 1)
            and _is_range(word, before, low, high)
        ):
            top = high.value if high.multiplier or low.multiplier is None else high.value * (low.multiplier or 1.0)
            joined.append(replace(filled, end=high.end, high=top))
            at += 2
        else:
            joined.append(filled if low.unit is None and word in ("to", "-", "–") else low)
            at += 1
    return joined


def _is_a_year(quantity: Quantity) -> bool:
    return quantity.multiplier is None and quantity.end - quantity.start == 4 and 1900 <= quantity.value <= 2100


def _filled(low: Quantity, high: Quantity) -> Quantity:
    """Return ``low`` with the multiplier and unit of ``high`` where it has none of its own."""
    value, multiplier = low.value, low.multiplier
    if multiplier is None and high.multiplier and (low.unit is None or low.unit == "money"):
        scaled = value * (high.multiplier if high.multiplier != 1.0 else 1.0)
        if scaled < high.value:
            value, multiplier = scaled, high.multiplier
    return replace(low, value=value, multiplier=multiplier, unit=low.unit or high.unit, currency=low.currency or high.currency)


def _is_range(joiner: str, before: list[str], low: Quantity, high: Quantity) -> bool:
    last = before[-1] if before else ""
    if "between" in before[-3:]:
        return joiner in ("and", "to", "-", "–")
    if joiner in ("-", "–", "—"):
        return True
    if joiner == "and" or last == "from" or (len(before) > 1 and before[-2] == "from"):
        return False
    if joiner == "or":
        return low.unit is None
    return (
        low.unit is None
        or low.multiplier is None
        or last in ("of", "about", "around", "some", "estimated", "worth", "roughly", "at", "approximately", "reach", "cost")
    )


def fill_ellipses(text: str, quantities: list[Quantity], borders: list[int]) -> list[Quantity]:
    """Give "4.3 billion" in "7.3 billion dlrs, up from 4.3 billion in 1985" the money named in the same sentence.

    A dated one ("We want half a billion by 2030") may take that of the sentence before.
    """
    filled = list(quantities)
    for at, quantity in enumerate(quantities):
        if quantity.unit or not quantity.multiplier or max(quantity.multiplier, quantity.value) < 1e3:
            continue
        if not _FUNCTION_WORD_NEXT.match(text, quantity.end):
            continue
        sentence = bisect_right(borders, quantity.start)
        before = list(reversed(filled[max(0, at - 4) : at]))
        near = [other for other in (*before, *quantities[at + 1 : at + 3]) if other.unit in ("money", "count")]
        model = next((other for other in near if bisect_right(borders, other.start) == sentence), None)
        if model is None and _DATED_NEXT.match(text, quantity.end):
            model = next((other for other in near if bisect_right(borders, other.start) == sentence - 1), None)
        if model and model.unit == "money":
            filled[at] = replace(quantity, unit="money", currency=model.currency)
    return filled
