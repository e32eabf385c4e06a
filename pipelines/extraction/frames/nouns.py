"""From an event noun to a draft: "a meeting with", "during his visit to", "the signing of", "US-brokered".

Belongs here: which nouns tell a happening of their own, and the sides that their phrases name.
Does not belong here: their status (noun_status), which nouns tell events (event_nouns.csv), drafts of verbs (drafting).
"""

import itertools
from collections.abc import Iterable

from pipelines.extraction.frames.consults import consult_draft
from pipelines.extraction.frames.dating import NO_DATE, time_in_phrase, time_moved_to
from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.intervals import time_to_come
from pipelines.extraction.frames.measures import measure_draft
from pipelines.extraction.frames.needs import is_habitual, is_lay, is_private
from pipelines.extraction.frames.noun_status import DEEDS, NOT_YET, OPENING, is_put_off, noun_status
from pipelines.extraction.frames.participants import (
    COMPANY,
    TOWARDS,
    Cast,
    actors_of,
    agents_of,
    cast_of,
    codes_of,
    country_of_place,
    doers_of,
    ends_of,
    filled,
    has_word,
    is_compound,
    is_state,
    partners_of,
    people_of,
)
from pipelines.extraction.frames.rules import CONSULT_TYPES, SPOKEN_TYPES
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, PLANNED
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.visits import noun_visit
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Actor, Clause, Phrase

_OF_BODIES = frozenset({"n.body", "n.session", "n.commission"})
_BY_REACH = 60
_BY_GAP = 8  # " by the "
_PLURAL_TALKS = frozenset({"talks", "discussions", "consultations", "negotiations"})
_REASON_REACH = 40
_DEFINITE = ("the ", "The ", "this ", "This ")
_STRANGER_REACH = 40
_EDGE_REACH = 16
_SET_REACH = 20
_CLOSING_QUOTES = frozenset("”’\"'")
_POSSESSIVE_REACH = 40
_POSSESSIVE_WORDS = 4
_WITHIN = frozenset({"in", "during", "at", "over"})
_TELLING = frozenset({"occurs", "begins", "says", "cancels", "plans"})


def noun_draft(view: ArticleView, trigger: Trigger, scene: Scene, busy: frozenset[int]) -> Draft | None:
    """Return what an event noun tells; ``busy`` are the clauses whose own verb already tells something."""
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if _is_likened(view, trigger) or (clause is not None and trigger.slot == "object" and is_lay(view, clause)):
        return None
    if clause is not None and trigger.slot in ("object", "subject") and is_habitual(view, clause):
        return None
    if clause is not None and trigger.slot == "object" and trigger.rule_id in _OF_BODIES and clause.verb.lemma in words("founding"):
        return None  # "set up a committee": it has not met yet
    if trigger.rule_id in _OF_BODIES and trigger.slot == "subject" and _is_own_organ(view, trigger):
        return None  # "the European Commission has launched …": an organisation acts, nobody meets
    if trigger.engagement_type in CONSULT_TYPES and clause is not None and _is_of_firms(view, trigger, clause):
        return None
    if trigger.bare == "effect":
        return measure_draft(view, trigger, clause, scene)
    status = noun_status(view, trigger, clause, busy) if not _is_span(view, trigger) else None
    if status is None:
        return None
    cast = _noun_cast(view, trigger, clause)
    kind = trigger.engagement_type
    if status == OCCURRED and kind in CONSULT_TYPES and time_to_come(view, trigger) is not None:
        status = PLANNED
    if kind == "visit":
        return noun_visit(view, trigger, clause, status, cast, scene)
    is_host_body = kind == "summit" and len(cast.parties()) == 1 and not is_state(cast.parties()[0])
    leans = len(cast.parties()) < 2 and not is_host_body
    if leans and kind in CONSULT_TYPES and _is_with_strangers(view, trigger):
        return None
    is_set = view.article.text[trigger.end : trigger.end + _SET_REACH].lower().startswith(tuple(words("set_for")))
    is_unknown = _is_new(view, trigger) and not _says_what(view, trigger)
    points_nowhere = kind in CONSULT_TYPES and not _points_back(view, trigger, clause, cast, scene)
    if leans and not is_set and (is_unknown or points_nowhere):
        return None
    if leans and trigger.bare == "parties" and trigger.effect is None:
        return None
    in_passing = (trigger.slot not in ("object", "subject") or trigger.effect is None) and not _has_own_sides(view, trigger, clause)
    if kind in CONSULT_TYPES and (leans or in_passing) and _is_of_one(view, trigger, clause):
        return None
    if kind in CONSULT_TYPES:
        # "The closed-door meeting was chaired by A and B": of talks of the two just told
        is_same_one = set(cast.parties()) == set(scene.talkers) and view.article.text.startswith(_DEFINITE, trigger.phrase_start)
        return consult_draft(view, trigger, clause, status, cast, scene, leans=leans or is_same_one)
    if not cast.source or (kind in DEEDS and _is_reason(view, trigger)):
        return None
    if leans and kind not in SPOKEN_TYPES and kind not in ("signing", "mobilization"):
        return None
    if leans and clause is not None and is_private(view, clause):
        return None
    if leans:
        cast = filled(cast, scene.counterparts(cast.parties()))
    when = None
    if trigger.rule_id == OPENING and trigger.effect == "plans" and clause is not None and trigger.end < clause.verb.start:
        # "The launch of flights on 3 May was announced on Monday"
        when = time_in_phrase(view, trigger.end, clause.verb.start, status) or NO_DATE
    return finished(view, trigger, status, cast, scene, clause, when, leans=leans, is_filled=leans)


def moved(view: ArticleView, trigger: Trigger, draft: Draft) -> list[Draft]:
    """Return the happening again at its new day, where what put it off names one ("was moved to 5 October")."""
    if draft.status != CANCELLED or trigger.effect not in ("cancels", "moves"):
        return []
    when = time_moved_to(view, trigger.sentence, trigger.end)
    return [draft._replace(status=PLANNED, when=when, is_moved=True)] if when is not None else []


def _is_reason(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the deed is only what something else answers ("in response to incursions", "in the wake of the attack")."""
    before = view.article.text[max(0, trigger.phrase_start - _REASON_REACH) : trigger.phrase_start].lower()
    return before.removesuffix("the ").rstrip().endswith(tuple(words("answering")))


def _is_likened(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the noun tells of a kind only, what happened being told already ("the first such trip in ten years")."""
    return "such" in view.article.text[trigger.phrase_start : trigger.start].lower().split()


def _is_of_firms(view: ArticleView, trigger: Trigger, clause: Clause) -> bool:
    """Say whether companies or the like consult, not states ("Peruvian firms held a video call", "a meeting of 20 Peruvian firms was")."""
    if trigger.slot in ("subject", "object") and clause.verb.start > trigger.end:
        told = view.tokens_in(trigger.sentence, trigger.end, clause.verb.start)
        return any(token.lemma in words("firms") for token in told)
    return trigger.slot == "object" and has_word(view, trigger.sentence, agents_of(clause), words("firms"))


def _is_own_organ(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the noun is the end of an organisation's name."""
    around = view.actors_in(trigger.phrase_start, trigger.end)
    return any(actor.form == "organisation" and actor.start < trigger.start < actor.end for actor in around)


def _is_span(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the noun only fills a stretch of time ("four years of talks")."""
    before = view.article.text[max(0, trigger.phrase_start - 14) : trigger.phrase_start].lower().split()
    return len(before) >= 2 and before[-1] == "of" and before[-2] in ("years", "months", "weeks", "decades")


def _is_new(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether "a" or "another" opens the phrase: then it points back at nothing told before, unless it counts on ("a second round")."""
    if trigger.rule_id == "n.round.next" and "first" not in view.article.text[trigger.phrase_start : trigger.start].lower().split():
        return False
    return view.article.text[trigger.phrase_start : trigger.start].split(" ", 1)[0].lower() in ("a", "an", "another", "any", "no", "every")


def _says_what(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether what is promised follows the noun ("gave an assurance that …"): then it is for those of the passage."""
    return trigger.engagement_type == "commitment" and view.article.text.startswith((" that ", " to "), trigger.end)


def _points_back(view: ArticleView, trigger: Trigger, clause: Clause | None, cast: Cast, scene: Scene) -> bool:
    """Say whether a consultation whose sides the phrase leaves out is of parties that the passage has set.

    It is told of itself after another ("the talks will resume"), with one side named beside it, or by the journey made for it.
    """
    if trigger.slot in ("object", "subject"):
        is_next = bool(scene.expected) and view.article.text.startswith(_DEFINITE, trigger.phrase_start)
        if trigger.noun in _PLURAL_TALKS and trigger.effect in _TELLING and scene.guest.source and scene.guest.target:
            return True  # "The guest arrived on Monday. Official talks took place on Tuesday."
        return bool(scene.talkers) or is_next or (bool(cast.parties()) and trigger.effect in _TELLING)
    if is_put_off(view, trigger):
        return bool(cast.parties())
    if trigger.slot in NOT_YET and scene.paragraph == view.sentence(trigger.sentence).paragraph:
        return bool(scene.talkers)  # "met the envoy ahead of Friday's talks"
    return clause is not None and trigger.slot in ("for", "of", "in") and clause.verb.lemma in words("moving") | words("leaving")


def _is_with_strangers(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether those whom the noun was with are of no party ("talks with industry bosses", "between officials and rebels")."""
    text = view.article.text
    if not text.startswith((" with ", " between "), trigger.end):
        return False
    reach = trigger.end + _STRANGER_REACH
    named = any(actor.form != "pronoun" for actor in view.actors_in(trigger.end, reach))
    if text.startswith(" between ", trigger.end):
        return named
    told = view.tokens_in(trigger.sentence, trigger.end, min(reach, view.sentence(trigger.sentence).end))
    return not named and not any(token.lemma in words("colleagues") for token in told)


def _has_own_sides(view: ArticleView, trigger: Trigger, clause: Clause | None) -> bool:
    """Say whether the phrase names who met with whom ("a meeting of the bloc's ministers with Peru's")."""
    return clause is not None and any(phrase.preposition in COMPANY and phrase.start >= trigger.end for phrase in clause.obliques)


def _is_of_one(view: ArticleView, trigger: Trigger, clause: Clause | None) -> bool:
    """Say whether the phrase names the one party whose own gathering it is ("a meeting of EU farm ministers", "Peru's state council")."""
    if trigger.rule_id != "n.meeting" and trigger.rule_id not in _OF_BODIES:
        return False
    after = [phrase for phrase in clause.obliques if phrase.preposition == "of" and 0 <= phrase.start - trigger.end <= 1] if clause else []
    own = {code for actor in actors_of(view, after) if actor.form != "pronoun" for code in actor.party_codes}
    before = [actor for actor in view.actors_in(trigger.phrase_start, trigger.start) if actor.form != "pronoun"]
    own |= {code for actor in before if trigger.rule_id in _OF_BODIES or actor.form == "organisation" for code in actor.party_codes}
    return len(own) == 1


# ------------------------------------------------------------------------------------------------ sides


def _noun_cast(view: ArticleView, trigger: Trigger, clause: Clause | None) -> Cast:
    """Return the sides that the noun's own phrase names, else those of its clause."""
    own = tuple(actor for actor in view.actors_in(trigger.phrase_start, trigger.start) if not is_compound(view, actor))
    if trigger.engagement_type == "visit":
        own = _whose(view, trigger) or own
        if clause is not None and clause.subject is not None and own and own[0].form == "pronoun" and trigger.end < clause.subject.start:
            # "During his visit, the Peruvian president met …": his who is named after
            own = tuple(actor for actor in actors_of(view, (clause.subject,)) if actor.party_codes)[:1] or own
    if clause is None:
        bounds = view.sentence(trigger.sentence)
        rest = Phrase(trigger.end, bounds.end, "", "", trigger.end)
        return cast_of(own, (actor for actor in partners_of(view, (rest,)) if actor not in own))
    if trigger.engagement_type in CONSULT_TYPES:
        return _shared_cast(view, trigger, clause, own)
    if trigger.rule_id == OPENING:
        return _opening_cast(view, trigger, clause, own)
    return _one_way_cast(view, trigger, clause, own)


def _whose(view: ArticleView, trigger: Trigger) -> tuple[Actor, ...]:
    """Return the person whose visit it is by a possessive before the noun ("Torres’ planned trip", "the latter's visit")."""
    bounds = view.sentence(trigger.sentence)
    people = [actor for actor in view.actors_in(bounds.start, trigger.start) if actor.people and actor.form != "pronoun"]
    before = view.article.text[max(bounds.start, trigger.start - _POSSESSIVE_REACH) : trigger.start].lower().replace("’", "'")
    if "the latter's " in before:
        return tuple(people[-1:])
    if "the former's " in before:
        return tuple(people[:1])
    if not people:
        return ()
    between = view.article.text[people[-1].end : trigger.start].replace("’", "'")
    is_possessive = between.startswith(("'s ", "' ")) and len(between.split()) <= _POSSESSIVE_WORDS
    return (people[-1],) if is_possessive else ()


def _agents(view: ArticleView, trigger: Trigger, clause: Clause) -> tuple[Actor, ...]:
    """Return who does what the noun says: the doer of its clause, unless the clause is about the noun itself."""
    if trigger.slot == "subject" or (trigger.effect == "refers" and trigger.engagement_type not in CONSULT_TYPES):
        return ()
    if clause.verb.is_passive and trigger.slot != "object" and clause.subject is not None:
        return actors_of(view, (clause.subject,))
    holders = [phrase for phrase in agents_of(clause) if phrase.start <= trigger.start < phrase.end]
    # "firms in talks with Peru on oil, sources say": within the subject, who comes after the noun is no doer
    return tuple(actor for actor in doers_of(view, clause) if not holders or actor.start < trigger.start)


def _shared_cast(view: ArticleView, trigger: Trigger, clause: Clause, own: tuple[Actor, ...]) -> Cast:
    agents = _agents(view, trigger, clause)
    after = [phrase for phrase in clause.obliques if phrase.start >= trigger.end and phrase.preposition in COMPANY | {"of", "by"}]
    after = [phrase for phrase in after if phrase.preposition != "by" or clause.verb.is_passive or phrase.start - trigger.end <= 1]
    after = [phrase for phrase in after if not _is_on_edge(view, clause, phrase)] + _counterparts_from(clause, trigger)
    if trigger.engagement_type == "call":
        after += [phrase for phrase in clause.obliques if phrase.start >= trigger.end and phrase.preposition in ("to", "from")]
    if trigger.rule_id == "n.courtesy":
        # "paid calls on A at the ministry and on B"
        bounds = view.sentence(trigger.sentence)
        hosts = tuple(actor for actor in view.actors_in(trigger.end, bounds.end) if actor.people)
        if hosts:
            return cast_of(
                agents, (actor for actor in hosts if not set(actor.people) & {name for agent in agents for name in agent.people})
            )
        after += [phrase for phrase in clause.obliques if phrase.start >= trigger.end and phrase.preposition in ("on", "to")]
    others = partners_of(view, [*_beside(view, clause, trigger, after), *_of_its_purpose(view, trigger)]) or _company_after(view, trigger)
    if not others and trigger.engagement_type in ("call", "meeting", "talks") and trigger.slot in _WITHIN:
        others = () if view.article.text.startswith(" of ", trigger.end) else _hearers(view, clause, agents)
    if trigger.engagement_type == "summit" and clause.link == "participle" and clause.verb.is_passive and clause.parent is not None:
        # "arrived for a summit hosted by …": those of the clause above take part
        agents = (*agents, *(actor for actor in actors_of(view, agents_of(view.clause(clause.parent))) if actor not in agents))
    if trigger.engagement_type == "summit":
        agents = (*agents, *(actor for actor in own if actor not in agents))
    elif own and trigger.slot != "object":
        agents = own if codes_of(own) else agents
    elif own:
        agents = (*agents, *(actor for actor in own if actor not in agents))
    if trigger.engagement_type == "visit":
        by = [phrase for phrase in clause.obliques if phrase.preposition == "by" and 0 < phrase.start - trigger.end <= _BY_REACH]
        visitors = _persons(actors_of(view, by[:1]))
        is_own = bool(by) and (by[0].start - trigger.end <= 1 or by[0].start < clause.verb.start)
        if visitors and (not clause.verb.is_passive or is_own):
            return cast_of(visitors, ())  # "a visit to Dushanbe by the Uzbek minister"
        visitors = () if own or visitors else _paid_by(view, trigger, clause)
        if visitors:
            return cast_of(visitors, ())  # "A visit to Lima by the envoy, set for May, is still on"
        of = [phrase for phrase in clause.obliques if phrase.preposition == "of" and 0 < phrase.start - trigger.end <= 1]
        visitors = () if own else _persons(actors_of(view, of))
        if visitors:
            return cast_of(visitors, ())  # "the visit of the Uzbek minister to Dushanbe"
        agents = own if own and (own[0].people or own[0].form in ("pronoun", "role", "person", "surname")) else agents
    return cast_of(agents, (actor for actor in others if actor not in agents))


def _paid_by(view: ArticleView, trigger: Trigger, clause: Clause) -> tuple[Actor, ...]:
    """Return who pays the visit by the words between the noun and its verb, where the parse hung them on an aside."""
    if trigger.slot not in ("subject", "object") or clause.verb.start < trigger.end:
        return ()
    at = view.article.text.find(" by ", trigger.end, min(clause.verb.start, trigger.end + _BY_REACH))
    found = view.actors_in(at + 1, clause.verb.start) if at >= 0 else ()
    return _persons(actor for actor in found[:1] if actor.start - at <= _BY_GAP)


def _hearers(view: ArticleView, clause: Clause, agents: tuple[Actor, ...]) -> tuple[Actor, ...]:
    """Return who is spoken to in the meeting or call that a clause is set in ("In a call on Monday, A told B that …")."""
    if clause.verb.is_passive or clause.verb.lemma not in words("addressing"):
        return ()
    hearers = _persons(actors_of(view, clause.objects[:1]))
    ours = {name for agent in agents for name in agent.people}
    return tuple(actor for actor in hearers if actor.form != "pronoun" and not ours & set(actor.people)) if agents else ()


def _is_on_edge(view: ArticleView, clause: Clause, phrase: Phrase) -> bool:
    """Say whether the phrase names another gathering at whose edge this one took place ("on the sidelines of the ASEAN summit")."""
    before = view.article.text[max(0, phrase.start - _EDGE_REACH) : phrase.start].lower().split()
    if any(outer.head in words("edges") and outer.start < phrase.start < outer.end for outer in clause.obliques):
        return True  # "on the sidelines of the session of the General Assembly"
    return phrase.preposition == "of" and bool(before) and before[-1] in words("edges")


def _persons(actors: Iterable[Actor]) -> tuple[Actor, ...]:
    return tuple(actor for actor in actors if actor.people or actor.form in ("role", "person", "surname"))


def _beside(view: ArticleView, clause: Clause, trigger: Trigger, phrases: list[Phrase]) -> list[Phrase]:
    """Return those of ``phrases`` that no verb of another clause parts from the noun."""
    is_subject = clause.subject is not None and clause.subject.head_start == trigger.start
    own = _purposes(view, trigger) | ({trigger.clause} if is_subject else set())
    verbs = (view.clause(index).verb.start for index in view.clauses_of_sentence.get(trigger.sentence, ()) if index not in own)
    stop = min((start for start in verbs if start > trigger.end), default=clause.end + 1)
    return [
        phrase for phrase in phrases if phrase.start < stop or (trigger.slot in ("object", "subject") and clause.verb.start < trigger.start)
    ]


def _company_after(view: ArticleView, trigger: Trigger) -> tuple[Actor, ...]:
    """Return whom "with" right after the noun names, where the parse hung it elsewhere: up to the next verb."""
    text = view.article.text
    quote = 1 if text[trigger.end : trigger.end + 1] in _CLOSING_QUOTES else 0
    if not text.startswith((" with ", " between "), trigger.end + quote):
        return ()
    bounds = view.sentence(trigger.sentence)
    verbs = [view.clause(index).verb.start for index in view.clauses_of_sentence.get(trigger.sentence, ())]
    stop = min((start for start in verbs if start > trigger.end), default=bounds.end)
    return tuple(actor for actor in view.actors_in(trigger.end, stop) if actor.form != "pronoun")


def _counterparts_from(clause: Clause, trigger: Trigger) -> list[Phrase]:
    """Return whence those are that the noun was with ("calls with his counterparts from Brazil and Cuba")."""
    later = sorted((phrase for phrase in clause.obliques if phrase.start >= trigger.end), key=lambda phrase: phrase.start)
    return [
        second
        for first, second in itertools.pairwise(later)
        if first.preposition == "with" and second.preposition == "from" and second.start - first.end <= 2
    ]


def _of_its_purpose(view: ArticleView, trigger: Trigger) -> list[Phrase]:
    """Return with whom the noun was by the infinitive that hangs on it ("talks to renew a pact with Peru will resume")."""
    return [phrase for index in _purposes(view, trigger) for phrase in view.clause(index).obliques if phrase.preposition in COMPANY]


def _purposes(view: ArticleView, trigger: Trigger) -> frozenset[int]:
    """Return what hangs on the noun before its verb ("talks to renew …", "talks set for Friday between … were put off")."""
    if trigger.clause is None or trigger.slot not in ("subject", "object"):
        return frozenset()
    below = {index: view.clause(index) for index in view.children.get(trigger.clause, ())}
    return frozenset(
        index
        for index, clause in below.items()
        if (clause.link == "to" or (clause.link == "participle" and clause.verb.is_passive))
        and clause.verb.start < view.clause(trigger.clause).verb.start
        and clause.subject is not None
        and clause.subject.start <= trigger.start < clause.subject.end
    )


def _opening_cast(view: ArticleView, trigger: Trigger, clause: Clause, own: tuple[Actor, ...]) -> Cast:
    """Return whose mission or route it is that opens, and where, or both ends of it."""
    later = [phrase for phrase in clause.obliques if phrase.start >= trigger.end]
    ends = ends_of(view, later)
    if len(ends) > 1:
        return Cast(ends)
    whose = actors_of(view, [phrase for phrase in later if phrase.preposition == "of"][:1])
    agents = _agents(view, trigger, clause)
    owners = whose or own or agents
    if len(codes_of(owners)) > 1 or not codes_of(owners):
        return cast_of(owners, ())
    host = country_of_place(view, clause.obliques, codes_of(owners))
    others = host or tuple(code for code in codes_of(agents) if code not in codes_of(owners))
    return Cast(codes_of(owners), others, people_of(agents))


def _one_way_cast(view: ArticleView, trigger: Trigger, clause: Clause, own: tuple[Actor, ...]) -> Cast:
    in_passing = trigger.engagement_type in DEEDS and (trigger.slot not in ("object", "subject", "by") or (trigger.slot == "by" and own))
    agents = () if in_passing else _agents(view, trigger, clause)
    doers: tuple[Actor, ...] = ()
    others: tuple[Actor, ...] = ()
    later = [phrase for phrase in clause.obliques if phrase.start >= trigger.end]
    ends = ends_of(view, later)
    if len(ends) > 1:
        return Cast(ends, (), people_of(actors_of(view, [phrase for phrase in later if phrase.preposition == "between"][:1])))
    is_shared = trigger.engagement_type in ("signing", "cooperation")
    has_doer = bool(agents or own) or any(phrase.preposition == "by" for phrase in later)
    for phrase in later:
        found = actors_of(view, (phrase,))
        if not found or (agents and set(codes_of(found)) <= set(codes_of(agents))):
            continue
        if phrase.preposition == "by" or (phrase.preposition == "of" and not has_doer):
            doers = doers or found
        elif (phrase.preposition in TOWARDS or (is_shared and phrase.preposition in COMPANY)) and not others:
            others = found
    source = agents or own or doers
    if not source and trigger.rule_id == "n.route" and len(codes_of(others)) > 1:
        source = others  # "The crossing on the Chad–Niger border reopened"
    return cast_of(source, (actor for actor in (*others, *doers, *own) if actor not in source))
