"""The time grammar: all rules as one scanner, and the parse of what it finds.

The longest expression wins; of the rules that fit the whole of it, the first. Belongs here: compiling and matching. Does not belong
here: words (``words``), patterns (the rule modules), meaning in context (their functions).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

import re2

from pipelines.extraction.annotators.times import day_rules, duration_rules, period_rules
from pipelines.extraction.annotators.times.rule import Rule

RULES: tuple[Rule, ...] = day_rules.RULES + period_rules.RULES + duration_rules.RULES
_GROUP_NAME = re.compile(r"\(\?P<\w+>")


@cache
def _scanner():
    """Return one pattern of all rules without groups: re2 runs that at tens of megabytes a second."""
    options = re2.Options()
    options.longest_match = True
    options.max_mem = 128 << 20
    options.log_errors = False
    body = "|".join(_GROUP_NAME.sub("(?:", rule.pattern) for rule in RULES)
    return re2.compile(f"(?i)\\b(?:{body})\\b", options)


@cache
def _pattern(index: int) -> re.Pattern[str]:
    return re.compile(RULES[index].pattern, re.IGNORECASE)


def find_spans(text: str, first: int = 0) -> Iterator[tuple[int, int]]:
    """Yield where time expressions may stand in ``text``, from left to right."""
    for match in _scanner().finditer(text):
        start, end = match.span()
        yield first + start, first + end


@lru_cache(maxsize=1 << 14)
def parse(words: str) -> tuple[tuple[int, dict[str, str | None]], ...]:
    """Return every rule that fits ``words`` as a whole, by its place in ``RULES``, with its groups."""
    return tuple((index, found.groupdict()) for index in range(len(RULES)) if (found := _pattern(index).fullmatch(words)))
