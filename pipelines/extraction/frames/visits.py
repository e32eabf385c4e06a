"""Stays: who travels, to whom, from when to when.

Belongs here: visits told by verbs of moving, by the noun, and by invitations. Does not belong here: meetings during a stay (drafting).
"""

import re
from datetime import timedelta

from pipelines.extraction.frames.dating import (
    NO_DATE,
    When,
    days_in,
    is_ahead,
    next_weekday,
    status_by_date,
    stretched,
    time_after_noun,
    time_in_phrase,
    time_in_sentence,
)
from pipelines.extraction.frames.drafting import fallback_date, finished, verb_status
from pipelines.extraction.frames.drafts import NOWHERE, Draft, Scene, Spot
from pipelines.extraction.frames.gapping import is_joined, own_days
from pipelines.extraction.frames.needs import is_lay, needs_met
from pipelines.extraction.frames.participants import (
    ASIDE,
    Cast,
    actors_of,
    agents_of,
    codes_of,
    has_head,
    has_word,
    is_compound,
    is_state,
    people_of,
)
from pipelines.extraction.frames.placing import named_capital, spot_of_place
from pipelines.extraction.frames.rules import organisation_seats
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.triggers import Trigger, objects_of, word_after
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Actor, Clause, Phrase, Place

_HOST_FORMS = frozenset({"name", "capital", "group", "pronoun", "role", "organisation", "metonym", "demonym"})
_ENDS = re.compile(r"(?: to [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)? (?:ends|concludes|finishes) ")
_BEGINS = re.compile(r"[^.;,]{0,40}? (?:that|which) (?:began|begins|started|starts) ")
_DAY_REACH = 8
_WHITHER_REACH = 30
_WHO_REACH = 90
_TAKING = frozenset({"be", "take", "bring", "include", "cover", "begin", "start", "continue", "lead"})
_LEAVINGS = frozenset({"return.home", "return.from", "leave.bare", "leave.place", "fly.out"})
_STAYS = frozenset({"visit", "trip", "tour", "journey", "mission"})
_MISSIONS = frozenset({"mission", "missions", "team", "teams", "delegation", "delegations"})
_GATHERINGS = frozenset({"meeting", "talk", "talks", "summit", "session", "round", "signing", "ceremony"})
_JOINED = frozenset({"", "and", "then", "the", "and the", "and then"})
_MONTHLY = frozenset({"day", "week", "month"})
_TOURS = frozenset({"tour", "tours"})
_AWAY = frozenset({"out", "off", "away"})
_BACK = frozenset({"return", "fly"})


def destination(view: ArticleView, clause: Clause, visitor: tuple[str, ...], start: int) -> tuple[tuple[str, ...], Spot]:
    """Return the host of a journey and its place, from the phrases of the clause that end after ``start``."""
    back = clause.verb.lemma in _BACK and start <= clause.verb.end
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
    if draft.rule_id == "n.visit" and clause.subject is not None and clause.subject.head.removesuffix("s") in _STAYS:
        within = _whither(view, clause, clause.subject.head_start)
        if set(codes_of(actors_of(view, within))) & set(draft.cast.target):
            phrases = list(within)  # "the visit of … to A and B is put off"
    is_back = clause.verb.lemma in _BACK or clause.verb.lemma in words("leaving")
    # "will visit Lima after his trip to Peru"; but "returned after visits to A and B"
    aside = min((phrase.start for phrase in phrases if phrase.preposition in ASIDE and not is_back), default=1 << 40)
    tour = tuple(f"{noun} " for noun in _TOURS)
    phrases = [_as_whither(each, each.start) if view.article.text.endswith(tour, 0, each.start) else each for each in phrases]
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


def _whither(view: ArticleView, clause: Clause, start: int) -> tuple[Phrase, ...]:
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


def _host_of_passage(cast: Cast, scene: Scene, sentence: int) -> tuple[str, ...]:
    """Return the party that receives the visitor by what the passage has said."""
    stay = scene.stay_of(cast.source)
    if stay is not None and stay.cast.source == cast.source and stay.sentence == sentence:
        return stay.cast.target  # "who arrived in Nairobi yesterday and leaves tomorrow"
    others = tuple(code for code in scene.counterparts(cast.source) if code not in cast.source)
    if len(others) == 1:
        return others
    if scene.home and scene.home not in cast.source and (not others or scene.home in others):
        return (scene.home,)
    return ()


def _host_at_seat(view: ArticleView, sentence: int, host: tuple[str, ...]) -> tuple[str, ...]:
    """Return the organisation for its seat where the sentence names it ("flies to Brussels to meet the Council's president")."""
    seats = organisation_seats()
    bounds = view.sentence(sentence)
    for actor in view.actors_in(bounds.start, bounds.end):
        for code in actor.party_codes:
            if code in seats and seats[code] in host:
                return (code,)
    return host


def stay(
    view: ArticleView,
    trigger: Trigger,
    clause: Clause | None,
    status: str,
    visitor: tuple[str, ...],
    people: tuple[str, ...],
    host: tuple[str, ...],
    spot: Spot,
    scene: Scene,
) -> Draft | None:
    """Return the draft of a visit whose visitor is known."""
    is_filled = not host
    cast = Cast(visitor, host or _host_of_passage(Cast(visitor), scene, trigger.sentence), people, ())
    if is_filled and cast.target:
        spot = scene.spot if scene.spot.country == cast.target[0] else Spot(None, cast.target[0])
    draft = finished(view, trigger, status, cast, scene, clause, leans=is_filled and trigger.noun is not None, is_filled=is_filled)
    if draft is None:
        return None
    last = _from_last(view, trigger, clause, draft.when)
    if last is not draft.when:
        draft, status = draft._replace(when=last), ONGOING
    verb = clause.verb.lemma if clause else ""
    if clause is not None and verb in ("leave", "depart") and _sets_out(view, clause, trigger, host):
        verb = "travel"
    is_ending = _is_ending(view, trigger)
    if is_ending:
        verb = "end"  # "whose two-day visit ends today"
    elif trigger.noun and _BEGINS.match(view.article.text, trigger.end):
        verb = "begin"
    if clause is not None and (clause.verb.particle or word_after(view, clause.verb.end)) in _AWAY:
        verb = "leave"  # "flew out on Wednesday"
    when = stretched(view, *_reach(view, trigger, clause), draft.when, verb)
    today = view.article.published_on
    is_present = clause is not None and clause.verb.tense == "present" and not clause.verb.is_perfect
    if verb in words("leaving") and (is_present or is_ending):
        # "the visit, which ends today": it is still under way
        status = ONGOING if status == OCCURRED and today is not None and when.end is not None and when.end >= today else status
    if spot.name is None and spot.country is not None:
        for known in (scene.spot, scene.base):
            if known.country == spot.country and (known is scene.spot or status != PLANNED):
                spot = known
                break
    return draft._replace(when=when, status=status_by_date(status, when, today, verb), spot=spot, people=people, verb=verb)


def _from_last(view: ArticleView, trigger: Trigger, clause: Clause | None, when: When) -> When:
    """Read "from Monday" of a stay under way ("is in Peru on a four-day visit from Monday") as the last one, if it can last till now."""
    today = view.article.published_on
    if clause is None or today is None or when.start is None or when.start <= today or when.rank < 3 or when.text is None:
        return when
    verb = clause.verb
    is_present = verb.tense == "present" and verb.modality is None and (verb.is_progressive or verb.lemma == "be")
    begin = when.start - timedelta(days=7)
    lengths = [days for time in view.times_in(*_reach(view, trigger, clause)) if (days := days_in(time)) is not None]
    if not is_present or f"from {when.text.lower()}" not in view.article.text[clause.start : view.sentence(trigger.sentence).end].lower():
        return when
    if (
        next_weekday(when._replace(start=begin, end=begin), today).start != when.start
        or begin + timedelta(days=max(lengths, default=7)) <= today
    ):
        return when
    return when._replace(start=begin, end=begin)


def _sets_out(view: ArticleView, clause: Clause, trigger: Trigger, host: tuple[str, ...]) -> bool:
    """Say whether who leaves does so for the stay ("left for Lima", "left home on a three-day visit to Peru")."""
    if trigger.noun:
        return trigger.slot in ("on", "for")
    return any(
        (phrase.preposition == "for" and _names(view, phrase, host)) or (phrase.preposition == "on" and phrase.head in _STAYS)
        for phrase in clause.obliques
    )


def _names(view: ArticleView, phrase: Phrase, host: tuple[str, ...]) -> bool:
    """Say whether the phrase names the host or a town of it."""
    codes = {place.country for place in view.places_in(phrase.start, phrase.end)}
    codes |= {code for actor in view.actors_in(phrase.start, phrase.end) for code in actor.party_codes}
    return bool(codes & set(host))


def _is_ending(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the words after the noun tell in the present that the stay ends."""
    return trigger.noun is not None and bool(_ENDS.match(view.article.text, trigger.end))


def _reach(view: ArticleView, trigger: Trigger, clause: Clause | None) -> tuple[int, int]:
    """Return the stretch of the sentence in which the length of a stay is its own, not one of another told before it."""
    bounds = view.sentence(trigger.sentence)
    if clause is None:
        return bounds.start, bounds.end
    return (min(clause.start, trigger.phrase_start) if trigger.noun else clause.start), bounds.end


def visit_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return the stay that a verb of moving tells."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    if "invitee" in trigger.roles:
        return invited_visit(view, trigger, scene, PLANNED)
    status = PLANNED if "planned" in trigger.roles else verb_status(view, trigger)
    if "due" in trigger.roles and status == OCCURRED:
        is_off = clause.verb.is_perfect and clause.verb.tense == "past"  # "had been due in Lima"
        status = CANCELLED if is_off else PLANNED
    if status == OCCURRED and clause.verb.lemma == "be" and clause.verb.tense == "present" and not clause.verb.is_perfect:
        status = ONGOING  # "is in Nairobi"
    is_taken = "taken" in trigger.roles
    if is_taken and (clause.subject is None or clause.subject.head.removesuffix("s") not in _STAYS):
        return None  # "a tour that will take her to Peru", but not "took her to court"
    agents = actors_of(view, objects_of(clause) if is_taken or "planned" in trigger.roles else agents_of(clause))
    if clause.link == "who" and agents and not people_of(agents):
        agents = _who(view, clause, agents) or agents
    visitor, people = codes_of(agents), people_of(agents)
    if not visitor:
        visitor = _of_the_speaker(view, clause)
    if "sent" in trigger.roles:
        sent = actors_of(view, objects_of(clause)[:1])
        visitor, people = visitor or codes_of(sent), people_of(sent)
        if set(codes_of(sent)) - set(visitor):
            return None  # "sent the Ugandan envoy to Lima": put out
    is_mission = has_head(view, clause.sentence, agents_of(clause), _MISSIONS)
    if visitor and not people and not is_mission and not any(is_state(code) for code in visitor):
        return None  # the leaders of an organisation gather: a summit
    if status is None or not visitor or (len(visitor) > 3 and not people) or is_lay(view, clause):
        return None
    if status == PLANNED and clause.verb.tense == "none" and trigger.rule_id in _LEAVINGS:
        return None  # "before flying home": of a stay told otherwise
    if clause.subject is not None and clause.subject.head in _STAYS | _GATHERINGS and not is_mission and not is_taken:
        return None  # "his visit came ahead of …", "the meeting of the two will be in …": nobody travels
    host, spot = destination(view, clause, visitor, clause.verb.end)
    host = _host_at_seat(view, trigger.sentence, host)
    if trigger.rule_id == "visit.place" and _is_within_stay(view, clause, scene, (*visitor, *host)):
        return None  # "he will also visit a hospital there"
    cast = Cast(visitor, host, people, ())
    is_met = needs_met(view, clause, trigger, cast) or (clause.link == "who" and bool(people))
    if not is_met or (not host and not people):
        return None
    if trigger.rule_id == "leave.bare" and not _is_known(view, clause, visitor, scene):
        return None  # "and left": the room, for all we know
    draft = stay(view, trigger, clause, status, visitor, people, host, spot, scene)
    is_tour = clause.verb.lemma in _BACK and len(further_stops(view, draft)) > 0 if draft is not None else False
    # "returned on Sunday after visits to A and B": the day of the return, not of each visit
    return draft._replace(when=NO_DATE) if draft is not None and is_tour else draft


def _who(view: ArticleView, clause: Clause, agents: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return the person whose land stands between him and "who" ("the king of the brotherly realm of Jordan, who arrived …")."""
    floor = max(view.sentence(clause.sentence).start, clause.start - _WHO_REACH)
    before = [actor for actor in view.actors_in(floor, clause.verb.start) if actor.people and actor.form != "pronoun"]
    is_theirs = bool(before) and set(before[-1].party_codes) <= set(codes_of(agents))
    return (before[-1], *agents) if is_theirs else ()


def _of_the_speaker(view: ArticleView, clause: Clause) -> tuple[str, ...]:
    """Return whose team travels where only he who tells of it says so ("the minister said negotiators would be in Lima in May")."""
    above = view.clause(clause.parent) if clause.parent is not None and clause.link in ("that", "quote") else None
    subject = agents_of(clause)
    if above is None or not subject or view.actors_in(subject[0].start, subject[0].end):
        return ()
    is_team = has_word(view, clause.sentence, subject, words("delegations")) or has_head(view, clause.sentence, subject, _MISSIONS)
    speakers = codes_of(actors_of(view, agents_of(above)))
    return speakers if is_team and len(speakers) == 1 else ()


def _is_known(view: ArticleView, clause: Clause, visitor: tuple[str, ...], scene: Scene) -> bool:
    """Say whether the guest who leaves has been told to be on a visit, or leaves on a day of its own."""
    return scene.stay_of(visitor) is not None or bool(view.times_in(clause.verb.end, clause.end + 1))


def _is_within_stay(view: ArticleView, clause: Clause, scene: Scene, parties: tuple[str, ...]) -> bool:
    """Say whether what is visited is a thing in the land of a stay just told, not that land or its town."""
    if scene.stay_of(parties) is None or not clause.objects:
        return False
    heads = [phrase.head_start for phrase in clause.objects]
    named = [(actor.start, actor.end) for actor in view.actors_in(clause.verb.end, clause.end)]
    named += [(place.start, place.end) for place in view.places_in(clause.verb.end, clause.end)]
    return not any(start <= head < end for head in heads for start, end in named)


def noun_visit(view: ArticleView, trigger: Trigger, clause: Clause | None, status: str, cast: Cast, scene: Scene) -> Draft | None:
    """Return the stay that the noun names, of the visitor in ``cast``."""
    visitor, people = cast.source, cast.source_people
    known_host: tuple[str, ...] = ()
    if not visitor:
        # "the two-day visit": of the visitor told before
        visitor, people, known_host = scene.guest.source, scene.guest.source_people, scene.guest.target
    if not visitor or (len(visitor) > 2 and not people):
        return None
    own = clause
    is_before = clause is not None and trigger.slot in ("subject", "object") and trigger.end <= clause.verb.start
    if clause is not None and is_before and clause.verb.lemma not in _TAKING:
        # "the minister's visit came ahead of her own to Delhi": whither, before the verb alone
        own = clause._replace(objects=(), obliques=_whither(view, clause, trigger.start))
    if own is not None and trigger.noun in _TOURS:
        own = own._replace(obliques=tuple(_as_whither(phrase, trigger.end) for phrase in own.obliques))
    host, spot = destination(view, own, visitor, trigger.end) if own else ((), NOWHERE)
    if not host and own is not None and view.article.text.startswith(" to ", trigger.end):
        end = min(view.sentence(trigger.sentence).end, trigger.end + _WHITHER_REACH)
        beside = Phrase(trigger.end + 1, end, view.article.text[trigger.end + 1 : end], "", trigger.end + 1, "to")
        host, spot = destination(view, own._replace(objects=(), obliques=(beside,)), visitor, trigger.end)
    if not host and trigger.clause is not None:
        for below in (view.clause(child) for child in view.children.get(trigger.clause, ())):
            if not host and below.link in ("that", "which") and below.verb.lemma in _TAKING and below.start >= trigger.end:
                host, spot = destination(view, below, visitor, below.verb.end)  # "a tour that includes Peru"
    if not host and known_host:
        host, spot = known_host, Spot(None, known_host[0]) if is_state(known_host[0]) else NOWHERE
    if not host and clause is not None and clause.verb.lemma == "be":
        host, spot = destination(view, clause, visitor, clause.verb.end)
    if (
        trigger.effect is None
        and trigger.slot not in ("object", "subject")
        and _is_told(view, trigger, Cast(visitor, host, people), status, scene)
    ):
        return None
    people = people or _holder_of_adjective(view, trigger, visitor)
    if not host and not people and not (status == PLANNED and len(visitor) == 1):
        return None
    draft = stay(view, trigger, clause, status, visitor, people, host, spot, scene)
    is_relative = clause is not None and clause.start >= trigger.end
    if (
        draft is not None
        and draft.when.start is None
        and is_relative
        and _is_told(view, trigger, Cast(visitor, host, people), status, scene)
    ):
        return None  # "will meet him during his visit, which comes after …"
    return draft


def _as_whither(phrase: Phrase, noun_end: int) -> Phrase:
    """Read "of" right after a tour as whither it goes ("her tour of Peru and Chile")."""
    return phrase._replace(preposition="to") if phrase.preposition == "of" and 0 <= phrase.start - noun_end <= 1 else phrase


def _is_told(view: ArticleView, trigger: Trigger, cast: Cast, status: str, scene: Scene) -> bool:
    """Say whether a stay named in passing is one that the passage has told of, and that is still to come, off or under way."""
    stay = scene.stay_of((*cast.source, *cast.target))
    if stay is None or not set(cast.source) <= set(stay.cast.source):
        return False
    if cast.source_people and stay.people and not set(cast.source_people) & set(stay.people):
        return False  # of another guest
    is_dated = time_in_phrase(view, trigger.phrase_start, trigger.start, status) is not None or _is_followed_by_day(view, trigger)
    return not is_dated and (status == PLANNED or (status == OCCURRED and is_ahead(stay.status)))


def _is_followed_by_day(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether a day stands right after the noun ("during his visit on 7 May")."""
    text = view.article.text
    days = view.times_in(trigger.end, trigger.end + _DAY_REACH)
    return bool(days) and days[0].start_date is not None and text[trigger.end : days[0].start].strip() in ("on", "from", "in", "of", "")


def _holder_of_adjective(view: ArticleView, trigger: Trigger, visitor: tuple[str, ...]) -> tuple[str, ...]:
    """Return who travels where only an adjective tells the office ("Kenya's presidential visit"), if the article names the holder."""
    offices = settings("event_words")["office_adjectives"]
    office = next(
        (
            offices[token.lower]
            for token in view.tokens(trigger.sentence)
            if trigger.phrase_start <= token.start < trigger.start and token.lower in offices
        ),
        None,
    )
    holders = [person.name for person in view.article.people.values() if person.office == office and person.party_code in visitor]
    return tuple(holders) if office and len(holders) == 1 else ()


def invited_visit(view: ArticleView, trigger: Trigger, scene: Scene, status: str) -> Draft | None:
    """Return the visit that an invitation proposes, or that its acceptance plans."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    bounds = view.sentence(trigger.sentence)
    guests = actors_of(view, agents_of(clause))
    if status == PROPOSED and trigger.roles != "invited":
        hosts = codes_of(guests)
        named = (*clause.objects, *(phrase for phrase in clause.obliques if phrase.preposition == "to" and trigger.rule_id != "invite"))
        guests = tuple(
            actor
            for actor in actors_of(view, (*named, *((clause.subject,) if clause.verb.is_passive and clause.subject else ())))
            if not set(actor.party_codes) & set(hosts)
        )
    visitor, people = codes_of(guests), people_of(guests)
    if not visitor:
        return None
    host: tuple[str, ...] = ()
    spot = NOWHERE
    hosts = codes_of(actors_of(view, agents_of(clause))) if status == PROPOSED else ()
    for index in (trigger.clause, *view.children.get(trigger.clause, ())):
        below = view.clause(index)
        host, spot = destination(view, below, visitor, max(below.verb.end, clause.verb.end))
        if host:
            break
    if trigger.roles == "invited":
        hosts = codes_of(actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition == "from")))
    if not host and status == PROPOSED:
        host, spot = hosts[:1], NOWHERE
    stay_trigger = trigger._replace(engagement_type="visit", roles="", rule_id=f"{trigger.rule_id}.visit")
    draft = stay(view, stay_trigger, clause, status, visitor, people, host, spot, scene)
    if draft is None:
        return None
    found = _any_time(view, trigger, status) or time_in_sentence(view, trigger.sentence, trigger.clause, trigger.start, status, True)
    found = found or time_after_noun(view, clause.verb.end, bounds.end, status, _MONTHLY)
    when = found or fallback_date(view, stay_trigger, status, scene, draft.parties)
    end = max([draft.end, *(view.clause(child).end for child in view.children.get(trigger.clause, ()))])
    return draft._replace(when=when, status=status, end=min(end, bounds.end))


def _any_time(view: ArticleView, trigger: Trigger, status: str) -> When | None:
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        found = time_in_sentence(view, trigger.sentence, child, trigger.start, status, True)
        if found is not None and found.rank == 3:
            return found
    return None
