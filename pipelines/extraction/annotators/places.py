"""Cities, ports, crossings, regions and venues used as places.

Belongs here: where something stands or happens. Does not belong here: a capital that speaks for its government (actors), or which
happening a place goes with (frames).
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from pipelines.extraction.annotators.cues import cue_pattern, cue_words
from pipelines.extraction.annotators.folding import fold, folded_text
from pipelines.extraction.annotators.names import capitalised_runs, is_given_name, is_never_a_name
from pipelines.extraction.lexicon import table
from pipelines.extraction.model import Actor, Layout, Place, Token

_READ = frozenset({"headline", "body", "caption"})
_MAX_WORDS = 5
_MAX_RUN = 12
_SHORT = 4


class _Cues(NamedTuple):
    before_a_place: re.Pattern
    surely: re.Pattern
    hosting: re.Pattern


@cache
def _cues() -> _Cues:
    return _Cues(
        cue_pattern(r"(?i:\b", "before_a_place", r"(?: the)?(?: \w+ (?:city|town|port|resort|capital) of)?|[-–—,/]) ?$"),
        cue_pattern(r"(?i:\b", "surely_before_a_place", r"(?: the)?) $"),
        cue_pattern(" ", "hosting", r"\b"),
    )


class _Site(NamedTuple):
    name: str
    country: str
    latitude: float
    longitude: float
    kind: str
    city: str


@cache
def _sites() -> dict[str, _Site]:
    return {
        fold(row["name"]).strip(): _Site(
            row["name"], row["party_code"], float(row["latitude"]), float(row["longitude"]), row["kind"], row["city"]
        )
        for row in table("cities")
    }


@cache
def _first_words() -> frozenset[str]:
    return frozenset(name.split(" ", 1)[0] for name in _sites())


@cache
def _countries() -> dict[str, str]:
    return {fold(row["term"]): row["party_code"] for row in table("country_aliases") if row["form"] in ("capital", "name", "abbreviation")}


@cache
def _provinces() -> dict[str, str]:
    return {" ".join(fold(row["province"]).split()): row["country_code"] for row in table("provinces")}


def country_of_province(name: str) -> str | None:
    """Return the country of a state, province or region that has officials of its own ("Queensland")."""
    return _provinces().get(" ".join(fold(name).split()))


def country_of_city(name: str) -> str | None:
    """Return the country of a city, port or venue by its name, or of a country named itself."""
    for part in re.split(r"[/,;]", name):
        folded = " ".join(fold(part).split())
        site = _sites().get(folded)
        if site:
            return site.country
        if folded in _countries():
            return _countries()[folded]
    return None


@cache
def capital_of(party_code: str) -> str | None:
    """Return the capital of a country."""
    return next((row["capital"] or None for row in table("countries") if row["party_code"] == party_code), None)


def is_venue(folded: str) -> bool:
    """Say whether folded words name a palace or building that is a place when one is in or at it."""
    site = _sites().get(folded)
    return site is not None and site.kind == "venue"


def _longest_site(folded: str, run_start: int, run_end: int) -> tuple[int, int, _Site] | None:
    """Return (start, end, site) of the first and longest place named inside a run of capitals."""
    sites = _sites()
    words = folded[run_start:run_end]
    if " " not in words:
        site = sites.get(words)
        return (run_start, run_end, site) if site else None
    starts = [run_start]
    at = words.find(" ")
    while at >= 0:
        starts.append(run_start + at + 1)
        at = words.find(" ", at + 1)
    ends = [*(start - 1 for start in starts[1:]), run_end]
    first_words = _first_words()
    for first, start in enumerate(starts[:_MAX_RUN]):
        if folded[start : ends[first]] not in first_words:
            continue
        for last in range(min(len(ends), first + _MAX_WORDS) - 1, first - 1, -1):
            site = sites.get(folded[start : ends[last]])
            if site:
                return start, ends[last], site
    return None


def find_places(text: str, layout: Layout, tokens: Sequence[Sequence[Token]], actors: tuple[Actor, ...]) -> tuple[Place, ...]:
    """Return the true places of the article's headline, body and captions, in reading order."""
    folded = folded_text(text)
    actor_starts = [actor.start for actor in actors]
    places: list[Place] = []
    runs = capitalised_runs(text)
    at = 0
    for sentence in layout.sentences:
        if sentence.kind not in _READ:
            continue
        while at < len(runs) and runs[at][0] < sentence.end:
            start, run_end = runs[at]
            at += 1
            while sentence.start <= start < run_end:
                found = _longest_site(folded, start, run_end)
                if found is None:
                    break
                begin, start, site = found
                if start < run_end and text[start] == " " and not _goes_on_as_place(folded, start, run_end):
                    break
                if _is_place(text, folded, begin, start, site, _actor_at(actors, actor_starts, begin, start)):
                    name = site.city or " ".join(text[begin:start].split())
                    places.append(Place(begin, start, text[begin:start], name, site.country, site.latitude, site.longitude))
                start += 1
    return tuple(places)


def _goes_on_as_place(folded: str, end: int, run_end: int) -> bool:
    """Say whether capitals after a place leave it one ("Karachi Port", "Vienna Monday"), unlike "Oxford Economics"."""
    following = folded[end + 1 : run_end].split(" ", 1)[0]
    return following in cue_words("place_words") or is_never_a_name(following)


def _actor_at(actors: tuple[Actor, ...], starts: list[int], start: int, end: int) -> Actor | None:
    index = bisect_right(starts, end - 1) - 1
    return actors[index] if index >= 0 and actors[index].end > start else None


def _is_place(text: str, folded: str, start: int, end: int, site: _Site, actor: Actor | None) -> bool:
    before = text[max(0, start - 30) : start]
    led = _cues().before_a_place.search(before)
    if actor is not None:
        if actor.form == "name":
            return bool(_cues().surely.search(before)) and site.kind in ("capital", "city", "region")
        if actor.form == "capital":
            return _cues().hosting.match(text, end) is not None
        return actor.form == "metonym" and site.kind == "venue" and bool(re.search(r"\b(?:in|at|inside|outside) (?:the )?$", before))
    words = folded[start:end].split(" ")
    if len(words) == 1 and (is_given_name(text[start:end]) or is_never_a_name(words[0]) or len(words[0]) <= _SHORT):
        return bool(_cues().surely.search(before)) or (site.kind == "capital" and led is not None)
    return True
