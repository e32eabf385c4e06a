"""Where a happening took place.

Belongs here: choosing among the places of a clause, the scene of the passage and the dateline. Does not belong here: what is a place
(annotators/places).
"""

from pipelines.extraction.annotators.places import capital_of, country_of_city
from pipelines.extraction.frames.dating import When
from pipelines.extraction.frames.drafts import MANY, NOWHERE, Draft, Scene, Spot
from pipelines.extraction.frames.participants import Cast
from pipelines.extraction.frames.rules import IN_PERSON_TYPES, SPOKEN_TYPES
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import Actor, Clause, Layout, Place

_STAY_DAYS = 3
_HOSTING = frozenset({"host", "co-host"})
_OF_A_STAY = frozenset({"meeting", "talks", "signing"})
SUMMONS = ("summon", "call.in.envoy")
_NEAR_PREPOSITION = 40
_WHERE_REACH = 40
_CAPITAL = (" capital", "'s capital", "’s capital")
_WHERE = frozenset({"in", "at", "outside", "inside", "across"})
_FROM = frozenset({"from", "of", "about", "over", "on", "to"})


def spot_of_place(place: Place) -> Spot:
    return Spot(place.name, place.country, place.latitude, place.longitude)


def spot_in(view: ArticleView, start: int, end: int) -> Spot:
    """Return the first place in [start, end) that is where something is, not whence or whereof."""
    text = view.article.text
    for place in view.places_in(start, end):
        if any(actor.form == "name" and actor.start <= place.start < actor.end for actor in view.actors_in(place.start, place.end)):
            continue
        before = text[max(0, place.start - 8) : place.start].split()
        if before and before[-1].lower() in _FROM:
            continue
        return spot_of_place(place)
    for actor in view.actors_in(start, end):
        capital = named_capital(view, actor)
        if capital is not None:
            return capital
        lead = text[max(0, actor.start - 3) : actor.start].lower()
        venue = lead.endswith(", ") and text[start : start + 3].lower() in ("at ", "in ")  # "at State House, Nairobi"
        if actor.form == "capital" and (lead in ("in ", "at ") or venue):
            return Spot(actor.text, actor.party_codes[0] if actor.party_codes else None)
    return NOWHERE


def named_capital(view: ArticleView, actor: Actor) -> Spot | None:
    """Return the city that "the Peruvian capital" or "Peru's capital" is."""
    is_capital = view.article.text.startswith(_CAPITAL, actor.end) and len(actor.party_codes) == 1
    city = capital_of(actor.party_codes[0]) if is_capital else None
    return Spot(city, actor.party_codes[0]) if city else None


def dateline_spot(layout: Layout) -> Spot:
    """Return the place of the dateline, or nowhere."""
    name = layout.dateline_place
    country = country_of_city(name) if name else None
    if name is None or country is None:
        return NOWHERE
    return Spot(name.title() if name.isupper() else name, country)


def base_spot(view: ArticleView) -> Spot:
    """Return where the article is set before any sentence says so: the headline's place, else the dateline's."""
    for sentence in view.article.layout.sentences:
        if sentence.kind != "headline":
            break
        spot = spot_in(view, sentence.start, sentence.end)
        if spot is not NOWHERE:
            return spot
    return dateline_spot(view.article.layout)


def same_days(first: When, second: When) -> bool:
    """Say whether the two dates overlap; a date that is not known overlaps none."""
    if first.start is None or first.end is None or second.start is None or second.end is None:
        return False
    return first.start <= second.end and second.start <= first.end


def completed(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts with the city that another telling of the same days and parties gives them."""
    known = [
        draft
        for draft in drafts
        if draft.spot.name and draft.engagement_type in IN_PERSON_TYPES and draft.status in (OCCURRED, ONGOING, PLANNED)
    ]
    return [_completed(draft, known[:MANY]) if draft.spot.name is None else draft for draft in drafts]


def _completed(draft: Draft, known: list[Draft]) -> Draft:
    kind = draft.engagement_type
    if (
        (kind not in IN_PERSON_TYPES and kind not in SPOKEN_TYPES)
        or draft.is_headline
        or (draft.status not in (OCCURRED, ONGOING, PLANNED) and draft.spot.country is None)
    ):
        return draft
    for other in known:
        if other.status == PLANNED and draft.status != PLANNED:
            continue  # what is to come there tells nothing of what has been
        shared = len(set(draft.parties) & set(other.parties))
        during = other.engagement_type == "visit" and _days_apart(draft.when, other.when) <= _STAY_DAYS
        if shared > 1 and draft.spot.country is not None and draft.spot.country == other.spot.country:
            return draft._replace(spot=other.spot)
        if (
            shared < 2
            or not (during or same_days(draft.when, other.when))
            or other.when.precision != "day"
            or draft.when.precision != "day"
        ):
            continue
        if draft.spot.country in (None, other.spot.country):
            return draft._replace(spot=other.spot)
    return draft


def _spot_of_clause(view: ArticleView, clause: Clause) -> Spot:
    """Return the place that the clause says it was in or at."""
    for phrase in clause.obliques:
        if phrase.preposition in _WHERE:
            spot = spot_in(view, phrase.start, min(phrase.end, phrase.start + _NEAR_PREPOSITION))
            if spot is NOWHERE and view.article.text.startswith(", ", phrase.end):
                # "at State House, Nairobi"
                next_word = phrase.end + 2
                spot = next((spot_of_place(place) for place in view.places_in(next_word, next_word + 1)), NOWHERE)
            if spot is not NOWHERE:
                return spot
    if clause.link == "where":
        # "flew to Lima, where she met …": the place that stands before
        before = view.places_in(max(0, clause.start - _WHERE_REACH), clause.start)
        if before and view.article.text[before[-1].end : clause.start].strip() in ("", ","):
            return spot_of_place(before[-1])
    if clause.verb.lemma in _HOSTING and clause.subject is not None:
        # "Lima will host the next session"
        return next((spot for spot in _capitals(view, clause.subject.start, clause.subject.end)), NOWHERE)
    return NOWHERE


def _inside(view: ArticleView, start: int, end: int) -> Spot:
    """Return the place that "in" right before it names inside a longer phrase ("a meeting of farm ministers in Lima")."""
    text = view.article.text
    named = [(place.start, spot_of_place(place)) for place in view.places_in(start, end)]
    named += [(actor.start, Spot(actor.text, actor.party_codes[0])) for actor in view.actors_in(start, end) if _is_capital(actor)]
    return next((spot for at, spot in sorted(named, key=lambda one: one[0]) if text.endswith((" in ", " at "), start, at)), NOWHERE)


def _is_capital(actor: Actor) -> bool:
    return actor.form == "capital" and bool(actor.party_codes)


def _capitals(view: ArticleView, start: int, end: int) -> list[Spot]:
    """Return the capitals named in [start, end), as the cities that they are."""
    return [Spot(actor.text, actor.party_codes[0]) for actor in view.actors_in(start, end) if _is_capital(actor)]


def _days_apart(first: When, second: When) -> int:
    if first.start is None or second.start is None or first.precision != "day" or second.precision != "day":
        return 1 << 20
    return abs((first.start - second.start).days)


def spot_of(view: ArticleView, trigger: Trigger, status: str, when: When, cast: Cast, scene: Scene) -> Spot:
    """Return where the happening took place: its clause's place, else the scene's for what its people did there."""
    kind = trigger.engagement_type
    parties = set(cast.parties())
    if kind in IN_PERSON_TYPES:
        clause = view.clause(trigger.clause) if trigger.clause is not None else None
        if clause is not None:
            spot = _spot_of_clause(view, clause)
            if spot is NOWHERE and trigger.noun and kind != "visit":
                spot = _inside(view, trigger.end, clause.end)
            if spot is not NOWHERE:
                return spot
        if status == CANCELLED:
            return NOWHERE  # what was called off was nowhere, unless its own words say where it was to be
        stay = scene.stay_of(cast.parties()) if status == PLANNED and kind in _OF_A_STAY else None
        if stay is not None and stay.spot.name and same_days(when, stay.when):
            return stay.spot  # what a guest is still to do, he does where he stays
    if kind == "protest" and trigger.rule_id.startswith(SUMMONS) and len(cast.source) == 1:
        # An envoy is summoned to the ministry, in the capital.
        return next((spot for spot in _capitals(view, 0, len(view.article.text)) if spot.country == cast.source[0]), NOWHERE)
    if kind in IN_PERSON_TYPES or kind in SPOKEN_TYPES:
        if scene.spot.country and parties & set(scene.spot_parties) and same_days(when, scene.spot_when):
            return scene.spot
        if kind in IN_PERSON_TYPES and status in (OCCURRED, ONGOING):
            if (
                scene.spot.country
                and (parties <= set(scene.spot_parties) or len(parties & set(scene.spot_parties)) > 1)
                and _days_apart(when, scene.spot_when) <= _STAY_DAYS
            ):
                return scene.spot
            is_news = status == OCCURRED and _days_apart(when, scene.story_when) <= _STAY_DAYS
            if scene.base.country in parties and scene.spot is NOWHERE and is_news:
                return scene.base
    return NOWHERE
