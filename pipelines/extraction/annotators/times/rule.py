"""The form of a rule of the time grammar."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from pipelines.extraction.annotators.times.context import Reader
from pipelines.extraction.annotators.times.meaning import Meaning

Groups = Mapping[str, str | None]
Resolver = Callable[[Groups, Reader], Meaning | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, case ignored, with named groups, and the function that gives its groups a meaning in context.

    The function returns None where the words, on a second look, are no time expression.
    """

    rule_id: str
    pattern: str
    resolve: Resolver
