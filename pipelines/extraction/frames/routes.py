"""Whither a journey goes: its host, its place, and the stops that one clause lists.

Belongs here: reading hosts and stops off the phrases of a clause of travel. Does not belong here: who travels and when (visits).
"""

from pipelines.extraction.frames.dating import NO_DATE
from pipelines.extraction.frames.drafts import NOWHERE, Draft, Spot
from pipelines.extraction.frames.gapping import is_joined, own_days
from pipelines.extraction.frames.participants import ASIDE, actors_of, codes_of, is_compound, is_state
from pipelines.extraction.frames.placing import named_capital, spot_of_place
from pipelines.extraction.frames.status import OCCURRED, ONGOING
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, Phrase, Place

_HOST_FORMS = frozenset({"name", "capital", "group", "pronoun", "role", "organisation", "metonym", "demonym"})
STAYS = frozenset({"visit", "trip", "tour", "journey", "mission"})
_JOINED = frozenset({"", "and", "then", "the", "and the", "and then"})
TOURS = frozenset({"tour", "tours"})
BACK = frozenset({"return", "fly"})


def destination(view: ArticleView, clause: Clause, visitor: tuple[str, ...], start: int) -> tuple[tuple[str, ...], Spot]:
    """Return the host of a journey and its place, from the phrases of the clause that end after ``start``."""
    back = clause.verb.lemma in BACK and start <= clause.verb.end
    for phrase in sorted((*clause.objects, *clause.obliques), key=lambda phrase: phrase.start):
        if phrase.end <= start or (phrase.preposition in ASIDE and not (back and phrase.preposition == "after")):
            continue
        if phrase.preposition in ("with", "by", "as", "of", "from", "between", "among", "against") and not back:
            continue
        for place in view.places_in(phrase.start, phrase.end):
            if place.country and place.country not in visitor and not _is_a_state(view, place):
                return (place.country,), spot_of_place(place)
        for actor in view.actors_in(phrase.start, phrase.end):
            codes = tuple(code for code in actor.party_codes if code not in visitor)
            if codes and actor.form in _HOST_FORMS and not is_compound(view, actor):
                capital = named_capital(view, actor)
                if capital is not None:
                    return codes[:1], capital
                city = actor.text if actor.form == "capital" else None  # "flew out for Quito"
                return codes[:1], Spot(city, codes[0]) if is_state(codes[0]) else NOWHERE
    return (), NOWHERE


def _is_a_state(view: ArticleView, place: Place) -> bool:
    """Say whether the name of a town is here that of a state ("Armenia")."""
    return any(actor.form == "name" for actor in view.actors_in(place.start, place.end))


def further_stops(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return the stays at the other stops that a visit's clause lists ("will visit Doha, Kuwait City and Muscat")."""
    if draft.engagement_type != "visit" or draft.clause is None or draft.filled:
        return []
    clause = view.clause(draft.clause)
    stops: dict[str, Spot] = {}
    ends: dict[str, int] = {}
    phrases = [phrase for phrase in (*clause.objects, *clause.obliques) if phrase.start >= clause.verb.start]
    if draft.rule_id == "n.visit" and clause.subject is not None and clause.subject.head.removesuffix("s") in STAYS:
        within = whither(view, clause, clause.subject.head_start)
        if set(codes_of(actors_of(view, within))) & set(draft.cast.target):
            phrases = list(within)  # "the visit of … to A and B is put off"
    is_back = clause.verb.lemma in BACK or clause.verb.lemma in words("leaving")
    # "will visit Lima after his trip to Peru"; but "returned after visits to A and B"
    aside = min((phrase.start for phrase in phrases if phrase.preposition in ASIDE and not is_back), default=1 << 40)
    tour = tuple(f"{noun} " for noun in TOURS)
    phrases = [as_whither(each, each.start) if view.article.text.endswith(tour, 0, each.start) else each for each in phrases]
    listed = [phrase for phrase in phrases if phrase.preposition in (None, "to", "in", "on", "from") and phrase.start < aside]
    for phrase in listed:
        last: int | None = None
        for actor in view.actors_in(phrase.start, phrase.end):
            if last is None and phrase.preposition in ("on", "from"):
                # "Kenya on Monday and India": the day opens a phrase that the next stop ends
                last = max(ends.values(), default=None)
                joined = last is not None and is_joined(view, last, actor.start)
            else:
                joined = last is None or view.article.text[last : actor.start].strip(" ,") in _JOINED
            last = actor.end
            if not joined:
                break
            if actor.form in ("name", "capital") and len(actor.party_codes) == 1 and is_state(actor.party_codes[0]):
                stops.setdefault(actor.party_codes[0], Spot(None, actor.party_codes[0]))
                ends.setdefault(actor.party_codes[0], actor.end)
        for place in view.places_in(phrase.start, phrase.end):
            if place.country in stops:
                stops[place.country] = spot_of_place(place)
    visitor = draft.cast.source
    if not ends:
        return []
    in_order = sorted(ends, key=lambda code: ends[code])
    days = own_days(view, [ends[code] for code in in_order], max([clause.end, *(phrase.end for phrase in phrases)]), draft.status)
    own = dict(zip(in_order, days, strict=True)) if any(days[:-1]) else {}  # one day after the last stop is of them all
    others = {code: spot for code, spot in stops.items() if code not in draft.parties and code not in visitor}
    return [
        draft._replace(
            parties=(*visitor, code),
            cast=draft.cast._replace(target=(code,)),
            spot=spot,
            when=(own[code] or NO_DATE) if own else draft.when,
        )
        for code, spot in others.items()
    ]


def _next_stop(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return the stay at the place for which the guest leaves another ("flew out of Lima for Quito on Monday")."""
    if draft.engagement_type != "visit" or draft.clause is None or draft.filled or draft.status not in (OCCURRED, ONGOING):
        return []
    clause = view.clause(draft.clause)
    bound_for = tuple(phrase for phrase in clause.obliques if phrase.preposition == "for" and phrase.start > clause.verb.start)
    if draft.verb not in words("leaving") or not bound_for:
        return []
    host, spot = destination(view, clause._replace(objects=(), obliques=bound_for), draft.parties, clause.verb.end)
    today = view.article.published_on
    status = ONGOING if today is not None and draft.when.end == today else OCCURRED
    cast = draft.cast._replace(target=host)
    when = draft.when._replace(start=draft.when.end)  # the day on which the other stay ends
    return [draft._replace(parties=cast.parties(), cast=cast, spot=spot, status=status, when=when, verb="travel")] if host else []


def whither(view: ArticleView, clause: Clause, start: int) -> tuple[Phrase, ...]:
    """Return the phrases between a noun of travel and its verb, with the one that opens inside another ("of the minister to Lima")."""
    told = tuple(phrase for phrase in clause.obliques if start < phrase.start < clause.verb.start)
    if clause.subject is None or any(phrase.preposition == "to" for phrase in told):
        return told
    found = view.article.text.find(" to ", start, clause.subject.end) + 1
    inner = Phrase(found, clause.subject.end, view.article.text[found : clause.subject.end], "", found, "to")
    return (*told, inner) if found else told


def with_stops(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return a visit and those at the other stops of its clause; days that are of the whole tour date each only loosely."""
    others = further_stops(view, draft) or _next_stop(view, draft)
    if not others or draft.when.rank < 2 or any(other.when is not draft.when for other in others):
        return [draft, *others]
    return [one._replace(when=one.when._replace(rank=1)) for one in (draft, *others)]


def as_whither(phrase: Phrase, noun_end: int) -> Phrase:
    """Read "of" right after a tour as whither it goes ("her tour of Peru and Chile")."""
    return phrase._replace(preposition="to") if phrase.preposition == "of" and 0 <= phrase.start - noun_end <= 1 else phrase
