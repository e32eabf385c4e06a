"""The same figure told twice in one article, as one row.

Belongs here: which drafts are one claim, and what each of them adds. Does not belong here: claims of different documents (resolution).
"""

import math
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import replace

from pipelines.extraction.frames.trade_passages import Draft

_ROUNDING = 0.05  # a headline's figure may be rounded this much
_SLACK = 0.005  # any other figure this much


def each_once(drafts: list[Draft]) -> list[Draft]:
    """Merge rows that tell the same figure again, in reading order; a headline gives way to the body."""
    kept: list[Draft] = []
    seen: dict[Hashable, list[int]] = defaultdict(list)
    flows: set[str] = set()
    for draft in sorted(drafts, key=lambda draft: (draft.is_headline, draft.is_earlier, draft.anchor_start)):
        near = range(len(kept)) if draft.is_headline else sorted(at for key in _keys(draft) for at in seen.get(key, ()))
        same = next((at for at in near if _is_same(draft, kept[at])), None)
        if same is None:
            if not (draft.is_headline and draft.amount is None and draft.rank is None and draft.flow in flows):
                seen[next(_keys(draft))].append(len(kept))
                kept.append(draft)
                flows.add(draft.flow)
            continue
        first = kept[same]
        kept[same] = replace(
            first,
            period=first.period or draft.period,
            change=first.change if first.change is not None else draft.change,
            trend=first.trend or draft.trend,
            rank=first.rank if first.rank is not None else draft.rank,
            rank_scope=first.rank_scope or draft.rank_scope,
            commodity=first.commodity or draft.commodity,
        )
    levels: dict[Hashable, list[Draft]] = defaultdict(list)
    for draft in kept:
        if draft.amount is not None and draft.change is not None:
            levels[_change_of(draft)].append(draft)
    told = [draft for draft in kept if not _is_said_with_its_level(draft, levels.get(_change_of(draft), ()))]
    return sorted(told, key=lambda draft: draft.anchor_start)


def _change_of(draft: Draft) -> Hashable:
    return draft.flow, draft.change, draft.claim_type, draft.commodity, frozenset((draft.reporter, draft.partner))


def _is_said_with_its_level(draft: Draft, levels: Sequence[Draft]) -> bool:
    """Tell whether one of ``levels`` gives the draft's change with what it led to ("more than doubled", later "doubled to $190m")."""
    if draft.amount is not None or draft.rank is not None or draft.change is None:
        return False
    return any(draft.period is None or level.period is None or draft.period == level.period for level in levels)


def _keys(draft: Draft) -> Iterator[Hashable]:
    """Yield the shelf a draft stands on, then those beside it: only drafts there can be the same."""
    if draft.amount is None:
        yield draft.flow, "rank", draft.rank, draft.change
        return
    size = math.floor(math.log(max(abs(draft.amount), 1.0)) / math.log1p(2 * _SLACK))
    for step in (0, -1, 1):
        yield draft.flow, draft.currency, size + step


def _is_same(draft: Draft, other: Draft) -> bool:
    """Tell whether two drafts are one claim told twice."""
    if draft.flow != other.flow:
        return False
    if {draft.reporter, draft.partner} != {other.reporter, other.partner} and not (draft.is_headline and draft.amount is not None):
        return False
    if draft.rank is not None and other.rank is not None and draft.amount is None:
        return draft.rank == other.rank and draft.rank_scope in (None, other.rank_scope) and draft.commodity == other.commodity
    if (draft.amount is None) != (other.amount is None):
        return False
    if draft.claim_type != other.claim_type and not draft.is_headline:
        return False
    slack = _ROUNDING if draft.is_headline else _SLACK
    if draft.amount is not None and other.amount is not None:
        if draft.currency != other.currency or abs(draft.amount - other.amount) > slack * max(abs(draft.amount), abs(other.amount)):
            return False
    elif draft.change is None or other.change is None or abs(draft.change - other.change) > (1.0 if draft.is_headline else 0.01):
        return False
    if draft.commodity and other.commodity and draft.commodity.lower() != other.commodity.lower():
        return False
    if draft.is_headline or draft.period is None or other.period is None:
        return True
    return (draft.period.start, draft.period.end) == (other.period.start, other.period.end)
