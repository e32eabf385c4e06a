"""When mentions in different documents tell of one happening or one instrument. Pure functions; tables are ``register.py``'s concern.

Two mentions are never merged within one document: the engine has already told its happenings apart.
"""

import re
import tomllib
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipelines.resolution.names import folded

_LEAST_SHARED_PARTIES = 0.5
_LEAST_TITLE_LIKENESS = 0.5
# A date taken from the day of publication can be a day off what another outlet says.
_PUBLICATION_SLACK = timedelta(days=1)
# Two outlets may differ on the day of one and the same gathering by this much.
_DISPUTED_SLACK = timedelta(days=2)
_GATHERINGS = frozenset({"visit", "meeting", "summit", "signing", "talks"})
_NEWS_CYCLE = timedelta(days=5)
# An undated mention speaks of the near past, or, if planned, of the months ahead.
UNDATED_BACK, UNDATED_AHEAD = timedelta(days=30), timedelta(days=90)
# An instrument announced and then signed keeps its title; after this it is another.
_INSTRUMENT_LIFE = timedelta(days=730)
_WORD = re.compile(r"[^\W\d_]{4,}")


class Mention(NamedTuple):
    """What identifies a happening or instrument in one document. ``kind`` is its type; ``text`` its evidence or title."""

    mention_id: str
    document_id: str
    published_on: date
    kind: str
    status: str
    start: date | None
    end: date | None
    precision: str
    method: str
    country: str | None
    parties: frozenset[str]
    people: frozenset[str]
    text: str

    @property
    def is_narrow(self) -> bool:
        """Return whether the dates are known to the day."""
        return self.precision == "day"

    @property
    def window(self) -> tuple[date, date]:
        """Return the days within which another mention of the same can lie."""
        if self.start and self.end:
            return self.start, self.end
        ahead = self.status in ("planned", "proposed", "negotiating", "agreed")
        return self.published_on - UNDATED_BACK, self.published_on + (UNDATED_AHEAD if ahead else timedelta())


@cache
def _rules() -> dict:
    return tomllib.loads(Path(__file__).with_name("same_happening.toml").read_text("utf-8"))


@cache
def _generic_words() -> frozenset[str]:
    return frozenset(_stems(" ".join(_rules()["titles"]["generic"])))


def _stems(text: str) -> set[str]:
    # Four letters make one of rail and railway, sign and signing.
    return {word[:4] for part in folded(text) for word in _WORD.findall(part)}


@lru_cache(maxsize=100_000)
def _content(text: str) -> frozenset[str]:
    # Names stand in both texts anyway and prove nothing.
    return frozenset(_stems(" ".join(word for word in text.split() if not word[:1].isupper()))) - _generic_words()


@lru_cache(maxsize=100_000)
def title_content(text: str) -> frozenset[str]:
    """Return the stems of a title's words that say which instrument it is, without those that say only what kind."""
    return frozenset(_stems(text)) - _generic_words()


def _likeness(a: frozenset[str], b: frozenset[str]) -> float:
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _near(a: Mention, b: Mention, slack: timedelta = timedelta()) -> bool:
    (start_a, end_a), (start_b, end_b) = a.window, b.window
    return start_a <= end_b + slack and start_b <= end_a + slack


def _parties_agree(a: Mention, b: Mention) -> bool:
    return a.parties == b.parties or len(a.parties & b.parties) >= max(2, _LEAST_SHARED_PARTIES * len(a.parties | b.parties))


def _people_agree(a: Mention, b: Mention, rule: str) -> bool:
    if rule == "free" or not a.people or not b.people:
        return True
    needed = 1 if rule == "any" else min(len(a.people), len(b.people), 2)
    return len(a.people & b.people) >= needed


def _dates_agree(a: Mention, b: Mention) -> bool:
    if _near(a, b, _PUBLICATION_SLACK if "publication" in (a.method, b.method) or "context" in (a.method, b.method) else timedelta()):
        return True
    # The same people, told of at the same time, on two days: one gathering in dispute, not two.
    return (
        a.kind in _GATHERINGS
        and a.is_narrow
        and b.is_narrow
        and bool(a.people)
        and a.people == b.people
        and a.status == b.status
        and abs(a.published_on - b.published_on) <= _NEWS_CYCLE
        and _near(a, b, _DISPUTED_SLACK)
    )


def same_engagement(a: Mention, b: Mention) -> float:
    """Return how surely two mentions are one happening: 0 for not at all, more for surer."""
    rule = _rules()["types"].get(a.kind)
    if a.kind != b.kind or a.document_id == b.document_id or not _parties_agree(a, b):
        return 0.0
    if (a.country and b.country and a.country != b.country) or not _people_agree(a, b, rule["people"]) or not _dates_agree(a, b):
        return 0.0
    likeness = _likeness(_content(a.text), _content(b.text))
    if likeness < rule["words"] and a.text != b.text:
        return 0.0
    shared = len(a.people & b.people) / max(len(a.people | b.people), 1)
    exact = a.is_narrow + b.is_narrow
    return 1.0 + 2 * exact + 2 * shared + likeness + (a.country == b.country) + (a.start == b.start)


def same_agreement(a: Mention, b: Mention) -> float:
    """Return how surely two mentions are one instrument, from its announcement to its end: 0 for not at all, more for surer."""
    if a.document_id == b.document_id or not _parties_agree(a, b) or not (a.kind == b.kind or "other" in (a.kind, b.kind)):
        return 0.0
    first, second = title_content(a.text), title_content(b.text)
    likeness = _likeness(first, second)
    if first and second:
        agree = likeness >= _LEAST_TITLE_LIKENESS and abs(a.published_on - b.published_on) <= _INSTRUMENT_LIFE
        # Once signed it is signed: two signings on different days are two instruments.
        twice = a.status == b.status == "signed" and bool(a.start) and bool(b.start) and not _near(a, b, _DISPUTED_SLACK)
    else:
        # A title that only says "memorandum of understanding" is known by its day.
        agree, twice = a.kind == b.kind and bool(a.start) and bool(b.start) and _near(a, b), False
    return 1.0 + likeness + (a.kind == b.kind) + (a.status == b.status) + _near(a, b) if agree and not twice else 0.0


def told_apart(first: list[Mention], second: list[Mention]) -> bool:
    """Return whether two groups cannot be one happening: they meet in a document, or days known exactly lie apart."""
    if not {x.document_id for x in first}.isdisjoint(y.document_id for y in second):
        return True
    return any(x.is_narrow and y.is_narrow and x.kind in _GATHERINGS and not _near(x, y, _DISPUTED_SLACK) for x in first for y in second)
