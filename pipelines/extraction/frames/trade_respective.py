"""Lists that go member by member: "exports to the UK and France came to $13bn and $7bn respectively".

Belongs here: a sentence with "respectively" as one reading for each member of its lists. Does not belong here: how a reading is read.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeVar

from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark
from pipelines.extraction.model import Amount

_JOINER = re.compile(
    r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:(?:the|to|from|with|about|around|some|nearly|almost|over|more than|just|only|by|its)\s+){0,2}"
)
_BOTH_FLOWS = {
    "exports and imports": ("exports", "imports"),
    "imports and exports": ("imports", "exports"),
}


class _Spanned(Protocol):
    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


Member = TypeVar("Member", bound=_Spanned)


@dataclass(frozen=True, slots=True)
class Reading:
    """The sentence as it reads for one member of its lists. ``moved`` tells where a figure read at the first member's place stands."""

    passage: Passage
    moved: dict[int, Amount]


def respective_readings(passage: Passage) -> list[Reading]:
    """Return one reading for each member where "respectively" ties lists of one length together; else none.

    Each reading puts its own member at the place of the first and leaves the others out.
    """
    if passage.lower.find("respectively", passage.start, passage.end) < 0:
        return []
    figures = _lists(passage, passage.amounts, lambda amount: (amount.unit,))
    if not figures:
        return []
    size = len(figures[-1])
    figures = [members for members in figures if len(members) == size]
    parties = [members for members in _lists(passage, passage.parties, lambda _: ()) if len(members) == size]
    times = [members for members in _lists(passage, passage.times, lambda _: ()) if len(members) == size]
    flows = [members for members in _lists(passage, _flow_nouns(passage), lambda mark: (mark.kind,)) if len(members) == size]
    if not (parties or times or flows):
        return []
    return [_reading(passage, position, figures, parties, times, flows) for position in range(size)]


def _flow_nouns(passage: Passage) -> tuple[Mark, ...]:
    """Return the flow nouns, "exports and imports" as the two that it joins."""
    nouns: list[Mark] = []
    for mark in passage.marks:
        if mark.kind != "noun":
            continue
        both = _BOTH_FLOWS.get(mark.form)
        for flow in both or ():
            start = passage.lower.find(flow, mark.start, mark.end)
            nouns.append(Mark(start, start + len(flow), flow, "noun", flow, "strong"))
        if not both:
            nouns.append(mark)
    return tuple(nouns)


def _lists(passage: Passage, items: Sequence[Member], key: Callable[[Member], tuple[str, ...]]) -> list[list[Member]]:
    """Return the runs of two or more items that only commas and "and" part."""
    runs: list[list[Member]] = []
    for item in items:
        last = runs[-1][-1] if runs else None
        if last is not None and key(last) == key(item) and _JOINER.fullmatch(passage.lower, last.end, item.start):
            runs[-1].append(item)
        else:
            runs.append([item])
    return [run for run in runs if len(run) > 1]


def _reading(passage: Passage, position: int, figures: list, parties: list, times: list, flows: list) -> Reading:
    moved = {members[0].start: members[position] for members in figures}
    actors = [[actor for actor in passage.actors if any(actor.start == member.start for member in members)] for members in parties]
    marks = passage.marks
    for members in flows:
        outer = (members[0].start, members[-1].end)
        others = tuple(mark for mark in marks if not (outer[0] <= mark.start < outer[1]))
        marks = tuple(sorted((*others, _put(members[position], members[0])), key=lambda mark: mark.start))
    return Reading(
        replace(
            passage,
            amounts=_kept(passage.amounts, figures, position),
            parties=_kept(passage.parties, parties, position),
            actors=_kept(passage.actors, [members for members in actors if len(members) > position], position),
            times=_kept(passage.times, times, position),
            marks=marks,
        ),
        moved,
    )


def _kept(items: tuple, lists: list, position: int) -> tuple:
    """Return ``items`` with, of each list, only the member wanted, at the place of the first."""
    for members in lists:
        out = [member for member in members if member is not members[0]]
        items = tuple(_put(members[position], item) if item is members[0] else item for item in items if not any(item is m for m in out))
    return items


def _put(member: Any, first: _Spanned) -> Any:
    """Return ``member`` (of any annotator's kind) at the place of ``first``."""
    return replace(member, start=first.start, end=first.end)
