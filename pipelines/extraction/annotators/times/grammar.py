"""The time grammar: all rules as one scanner, and the parse of what it finds.

The longest expression wins; of the rules that fit the whole of it, the first. Belongs here: compiling and matching. Does not belong
here: words (``words``), patterns (the rule modules), meaning in context (their functions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any

import re2

from pipelines.extraction.annotators.times import comparison_rules, day_rules, duration_rules, period_rules, year_rules
from pipelines.extraction.annotators.times.rule import Rule

RULES: tuple[Rule, ...] = day_rules.RULES + year_rules.RULES + period_rules.RULES + duration_rules.RULES + comparison_rules.RULES
_GROUP_NAME = re.compile(r"\(\?P<\w+>")


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.longest_match = True
    options.max_mem = 128 << 20
    options.log_errors = False
    return options


@cache
def _scanner() -> Any:
    """Return one pattern of all rules without groups: re2 runs that at tens of megabytes a second."""
    # An expression ends where a word ends, unless a bracket ends it.
    body = "|".join(_GROUP_NAME.sub("(?:", rule.pattern) + ("" if rule.pattern.endswith(r"\)") else r"\b") for rule in RULES)
    return re2.compile(f"\\b(?:{body})", _options())


@cache
def _sorter() -> Any:
    """Return the set of all rules, which says at once which of them fit some words as a whole."""
    rules = re2.Set.FullMatchSet(_options())
    for rule in RULES:
        rules.Add(_GROUP_NAME.sub("(?:", rule.pattern))
    rules.Compile()
    return rules


@cache
def _pattern(index: int) -> re.Pattern[str]:
    return re.compile(RULES[index].pattern, re.IGNORECASE)


def find_spans(text: str, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where time expressions may stand in ``text``, from left to right; ``first`` is added to every offset."""
    # re2 counts in bytes; its own way back to characters costs more than the search.
    encoded = text.encode()
    is_plain = len(encoded) == len(text)
    counted, at = first, 0
    for match in _scanner().finditer(encoded):
        start, end = match.span()
        if is_plain:
            yield first + start, first + end
        else:
            begin = counted + len(encoded[at:start].decode())
            counted, at = begin + len(encoded[start:end].decode()), end
            yield begin, counted


@lru_cache(maxsize=1 << 14)
def parse(words: str) -> tuple[tuple[Rule, dict[str, str | None]], ...]:
    """Return every rule that fits ``words`` as a whole, in their order, with its groups."""
    fitting = sorted(_sorter().Match(words))
    return tuple((RULES[index], found.groupdict()) for index in fitting if (found := _pattern(index).fullmatch(words)))
