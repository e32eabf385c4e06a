"""The words of trade, investment and finance in a text: what names a flow, a trend, a rank, a target.

Belongs here: the lexicon's tables as one automaton, and the marks it finds. Does not belong here: what the marks mean together.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ahocorasick_rs import AhoCorasick, MatchKind

from pipelines.extraction.lexicon import settings, table


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
    forms: tuple[str, ...]
    senses: Mapping[str, tuple[tuple[str, str, str], ...]]
    lists: Mapping[str, frozenset[str]]


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
    lists = {name: frozenset(words) for name, words in settings("trade").items() if isinstance(words, list)}
    return TradeWords(
        automaton=AhoCorasick(list(forms), matchkind=MatchKind.LeftmostLongest),
        forms=forms,
        senses={form: tuple(found) for form, found in senses.items()},
        lists=lists,
    )


def find_marks(lower: str) -> list[Mark]:
    """Return the marks of a lower-case text in reading order; a form with several senses gives a mark for each."""
    words = trade_words()
    marks: list[Mark] = []
    size = len(lower)
    for index, start, end in words.automaton.find_matches_as_indexes(lower) if lower else ():
        if (start and (lower[start - 1].isalnum() or lower[start - 1] == "_")) or (end < size and lower[end].isalnum()):
            continue
        form = words.forms[index]
        for kind, flow, sense in words.senses[form]:
            marks.append(Mark(start, end, form, kind, flow, sense))
    return marks
