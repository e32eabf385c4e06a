"""Stays: who travels, to whom, from when to when.

Belongs here: visits told by verbs of moving, by the noun, and by invitations. Does not belong here: whither a journey goes
(routes), meetings during a stay (consults).
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
from pipelines.extraction.frames.needs import is_lay, needs_met
from pipelines.extraction.frames.participants import (
    Cast,
    actors_of,
    agents_of,
    codes_of,
    has_head,
    has_word,
    is_state,
    people_of,
)
from pipelines.extraction.frames.routes import BACK, STAYS, TOURS, as_whither, destination, further_stops, whither
from pipelines.extraction.frames.rules import organisation_seats
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED
from pipelines.extraction.frames.triggers import Trigger, objects_of, word_after
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Actor, Clause, Phrase

_ENDS = re.compile(r"(?: to [A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?)? (?:ends|concludes|finishes) ")
_BEGINS = re.compile(r"[^.;,]{0,40}? (?:that|which) (?:began|begins|started|starts) ")
_DAY_REACH = 8
_WHITHER_REACH = 30
_WHO_REACH = 90
_TAKING = frozenset({"be", "take", "bring", "include", "cover", "begin", "start", "continue", "lead"})
_LEAVINGS = frozenset({"return.home", "return.from", "leave.bare", "leave.place", "fly.out"})
_MISSIONS = frozenset({"mission", "missions", "team", "teams", "delegation", "delegations"})
_GATHERINGS = frozenset({"meeting", "talk", "talks", "summit", "session", "round", "signing", "ceremony"})
_MONTHLY = frozenset({"day", "week", "month"})
_AWAY = frozenset({"out", "off", "away"})


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
        (phrase.preposition == "for" and _names(view, phrase, host)) or (phrase.preposition == "on" and phrase.head in STAYS)
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
    if is_taken and (clause.subject is None or clause.subject.head.removesuffix("s") not in STAYS):
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
    if clause.subject is not None and clause.subject.head in STAYS | _GATHERINGS and not is_mission and not is_taken:
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
    is_tour = clause.verb.lemma in BACK and len(further_stops(view, draft)) > 0 if draft is not None else False
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
        own = clause._replace(objects=(), obliques=whither(view, clause, trigger.start))
    if own is not None and trigger.noun in TOURS:
        own = own._replace(obliques=tuple(as_whither(phrase, trigger.end) for phrase in own.obliques))
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
