"""What one verb tells of several in turn, named once ("will visit Kenya on Monday and India on Tuesday").

Belongs here: finding the later ones, each with a day and a place of its own. Does not belong here: what the verb tells (visits, consults).
"""

import itertools
import re
from collections.abc import Sequence

from pipelines.extraction.frames.dating import NO_DATE, When, fits, is_limit, when_of_expression
from pipelines.extraction.frames.drafts import NOWHERE, Draft
from pipelines.extraction.frames.participants import codes_of, people_of
from pipelines.extraction.frames.placing import spot_in
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import Actor

_WORDS = re.compile(r"\w+|[^\w\s]")
_JOINTS = frozenset({"and", "then", "to", "later", "on", "from", "in", "at", "with", ",", "also", "next", "onwards", "onward"})
_LINKS = frozenset({"and", "then", ","})


def is_joined(view: ArticleView, start: int, end: int) -> bool:
    """Say whether nothing but days, places and words of joining stands in [start, end), between one partner and the next."""
    text = view.article.text
    spans = [(time.start, time.end) for time in view.times_in(start, end)]
    spans += [(place.start, place.end) for place in view.places_in(start, end)]
    spans += [(actor.start, actor.end) for actor in view.actors_in(start, end) if actor.form == "capital"]
    rest, at = "", start
    for first, last in sorted(spans):
        rest += text[at:first] if first > at else ""
        at = max(at, last)
    told = [word.lower() for word in _WORDS.findall(f"{rest} {text[at:end]}")]
    return bool(_LINKS & set(told)) and _JOINTS.issuperset(told)


def own_days(view: ArticleView, ends: Sequence[int], stop: int, status: str) -> list[When | None]:
    """Return the day that stands between each partner and the next, the last one up to ``stop``."""
    found: list[When | None] = []
    for start, end in itertools.pairwise((*ends, stop)):
        days = (
            time
            for time in view.times_in(start, end)
            if fits(time, status, view.article.published_on) and not is_limit(view, time) and time.timex_type in ("DATE", "TIME")
        )
        found.append(next((when_of_expression(day, 3) for day in days), None))
    return found


def others_met(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return the meetings with those whom the verb is left out of ("met A in Nairobi on Monday and B in Delhi")."""
    if draft.engagement_type != "meeting" or draft.clause is None or len(draft.cast.target) != 1 or not draft.verb:
        return [draft]
    clause = view.clause(draft.clause)
    stop = max([clause.end, *(phrase.end for phrase in clause.obliques)])
    people = [actor for actor in view.actors_in(clause.verb.end, stop) if actor.people and actor.party_codes]
    chain: list[Actor] = []
    for actor in people:
        if (not chain and set(actor.people) & set(draft.cast.target_people)) or (
            chain and not set(actor.party_codes) & {*draft.cast.source, *draft.cast.target} and is_joined(view, chain[-1].end, actor.start)
        ):
            chain.append(actor)
    if len(chain) < 2:
        return [draft]
    ends = [actor.end for actor in chain]
    days = own_days(view, ends, stop, draft.status)
    told = []
    for place, (actor, day) in enumerate(zip(chain, days, strict=True)):
        spot = spot_in(view, actor.end, ends[place + 1] if place + 1 < len(ends) else stop)
        cast = draft.cast._replace(target=codes_of([actor]), target_people=people_of([actor]))
        when = day or (draft.when if not any(days) else NO_DATE)
        told.append(
            draft._replace(
                cast=cast,
                parties=cast.parties(),
                people=cast.people(),
                when=when,
                spot=spot if spot is not NOWHERE or place else draft.spot,
                start=draft.start if not place else actor.start,
                end=draft.end if place + 1 == len(chain) else ends[place],
            )
        )
    return told
