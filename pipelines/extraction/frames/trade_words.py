"""The words of trade, investment and finance in a text: what names a flow, a trend, a rank, a target.

Belongs here: the lexicon's tables as one automaton, and the marks it finds. Does not belong here: what the marks mean together.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.extraction.lexicon import settings, table

RANK_KINDS = ("rank_adjective", "rank_ordinal")


@dataclass(frozen=True, slots=True)
class Mark:
    """A word of trade. ``kind``, ``flow`` and ``sense`` are those of ``trade_terms.csv`` and ``rank_terms.csv``."""

    start: int
    end: int
    form: str
    kind: str
    flow: str
    sense: str


@dataclass(frozen=True, slots=True)
class TradeWords:
    """The lexicon of trade: an automaton over its forms, and the senses of each form."""

    automaton: AhoCorasick
    rank_automaton: AhoCorasick
    forms: tuple[str, ...]
    senses: Mapping[str, tuple[tuple[str, str, str], ...]]
    lists: Mapping[str, frozenset[str]]
    economies: Mapping[str, str]


@cache
def trade_words() -> TradeWords:
    """Return the words of ``trade_terms.csv``, ``rank_terms.csv`` and ``trade.toml``."""
    senses: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for prefix, name in (("", "trade_terms"), ("rank_", "rank_terms")):
        for row in table(name):
            for form in row["forms"].split("|"):
                sense = (prefix + row["kind"], row["flow"], row["sense"])
                if sense not in senses[form]:
                    senses[form].append(sense)
    forms = tuple(sorted(senses))
    ranks = [form for form in forms if any(kind in RANK_KINDS for kind, _, _ in senses[form])]
    lists = {name: frozenset(words) for name, words in settings("trade").items() if isinstance(words, list)}
    return TradeWords(
        automaton=AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest),
        rank_automaton=AhoCorasick(ranks, matchkind=MatchKind.LeftmostLongest),
        forms=forms,
        senses={form: tuple(found) for form, found in senses.items()},
        lists=lists,
        economies=settings("trade")["economies"],
    )


def any_of(*names: str) -> str:
    """Return a pattern that matches any word of the lists ``names`` of ``trade.toml``."""
    words = {word for name in names for word in trade_words().lists[name]}
    return "(?:" + "|".join(sorted(map(re.escape, words), key=lambda word: (-len(word), word))) + ")"


def find_marks(lower: str, start: int, end: int) -> list[Mark]:
    """Return the marks of a stretch of a lower-case text in reading order; a form with several senses gives a mark for each."""
    words = trade_words()
    marks: list[Mark] = []
    stretch = lower[start:end]
    size = len(stretch)
    for index, first, last in words.automaton.find_matches_as_indexes(stretch) if stretch else ():
        if first and (stretch[first - 1].isalnum() or stretch[first - 1] == "_"):
            continue
        form = words.forms[index]
        if last < size and stretch[last].isalnum():
            if " " in form:  # "would like" in "would likely" hides the words that it begins with
                marks += _marks_of(form.rsplit(" ", 1)[0], start + first)
                marks += find_marks(lower, start + first + form.rindex(" ") + 1, end)
                break
            continue
        found = _marks_of(form, start + first)
        if any(mark.kind == "rank_ordinal" for mark in found) and _counts_times(lower, start + last):
            continue
        marks += found
    return marks


def _marks_of(form: str, start: int) -> list[Mark]:
    return [Mark(start, start + len(form), form, kind, flow, sense) for kind, flow, sense in trade_words().senses.get(form, ())]


def _counts_times(lower: str, end: int) -> bool:
    """Tell whether an ordinal counts times and says no rank ("for the eighth consecutive year", "the first quarter")."""
    following = lower[end : end + 16].split(maxsplit=1)
    return bool(following) and following[0].strip(".,;)") in trade_words().lists["counted"]


def find_rank_words(lower: str) -> list[int]:
    """Return where words of rank stand: the cheap test of which sentences may hold a rank."""
    if not lower:
        return []
    size = len(lower)
    return [
        start
        for _, start, end in trade_words().rank_automaton.find_matches_as_indexes(lower)
        if not ((start and lower[start - 1].isalnum()) or (end < size and lower[end].isalnum()))
    ]
