"""Meetings, calls, talks, summits and mediations: which of them it is, by who takes part.

Belongs here: the kind of a consultation, its people where the text says "they", and several calls paid told in one clause.
Does not belong here: stays (visits), or how nouns name one (nouns).
"""

import re

from pipelines.extraction.frames.dating import NO_DATE, is_ahead, stretched
from pipelines.extraction.frames.drafting import finished, verb_status, with_everyone
from pipelines.extraction.frames.drafts import Draft, Scene, Spot
from pipelines.extraction.frames.needs import is_lay, is_none, needs_met
from pipelines.extraction.frames.participants import (
    Cast,
    actors_of,
    agents_of,
    codes_of,
    consult_cast,
    filled,
    has_word,
    is_state,
    people_of,
)
from pipelines.extraction.frames.placing import spot_in
from pipelines.extraction.frames.status import ONGOING
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_INSTITUTIONAL_RULES = frozenset({"negotiate.with", "negotiate.object", "confer.with", "lead.side"})
_OF_SPEECH = frozenset({"about", "on", "over", "by", "via"})
_BY_WIRE = frozenset({"by", "via", "through", "over"})
_ADVERB_REACH = 12
_SUMMIT_STATES = 4
_APART_REACH = 40
_SINGLE = frozenset({"meeting", "talks", "call"})
_SEVERAL = re.compile(r"\b(?:several|various|many|a number of) [^,;]{3,80},? (?:including|among them|such as) ")
_GAP = re.compile(r" (?:in|at|on|during) [^,;]{3,60}(?=,? (?:including|among them|such as) )")
_LISTING = (", including ", " including ", ", among them ", ", such as ")
_HIGH_OFFICES = frozenset(
    {
        *("head_of_state", "head_of_government", "deputy_head_of_government", "foreign_minister", "defence_minister", "interior_minister"),
        *("trade_minister", "finance_minister", "energy_minister", "other_minister", "legislator", "monarch", "royal"),
    }
)


def kind_of_consult(view: ArticleView, trigger: Trigger, clause: Clause | None, cast: Cast, *, is_filled: bool) -> str:
    """Return the type that the participants make of it: two named people who hold talks have met; delegations that meet have talks."""
    kind = trigger.engagement_type
    if kind in ("meeting", "talks") and _is_remote(view, trigger, clause):
        return "call"
    named = len(cast.people())
    states = [code for code in cast.parties() if is_state(code)]
    if kind in ("meeting", "talks") and len(states) >= _SUMMIT_STATES:
        end = view.sentence(trigger.sentence).end
        apart = is_apart(view, clause.start if clause else trigger.phrase_start, min(end, trigger.end + _APART_REACH * 4))
        return kind if apart and len(cast.source) == 1 else "summit"
    if kind == "talks" and trigger.noun and len(states) == 2 and _is_of_leaders(view, trigger):
        return "meeting"
    if kind == "summit" and len(states) == len(cast.parties()) == 2:
        return "meeting" if named or not is_filled else "talks"
    is_formal = (
        trigger.noun in words("formal_talks")
        or trigger.rule_id.startswith(("n.session", "n.body", "n.commission"))
        or trigger.rule_id in _INSTITUTIONAL_RULES
        or (
            clause is not None
            and not (trigger.noun and trigger.slot == "subject")  # "talks between A and the deputy representative B"
            and has_word(view, clause.sentence, agents_of(clause), words("delegations"))
        )
    )
    if (
        kind == "talks"
        and not is_formal
        and (named >= 2 or (cast.source_people and clause is not None and _with_a_person(trigger, clause)))
    ):
        return "meeting"
    if kind == "meeting" and not named and clause and len(states) == 2 and _is_joint_body(view, clause):
        return "talks"
    by_verb = trigger.noun is None and clause is not None
    if kind == "meeting" and not named and by_verb and clause and has_word(view, clause.sentence, agents_of(clause), words("delegations")):
        return "talks"
    return kind


def _is_of_the_story(view: ArticleView, trigger: Trigger, cast: Cast, scene: Scene) -> bool:
    """Say whether talks with one party can only be those of the state that the story is of ("Negotiations with Peru ended in May")."""
    if trigger.noun is None or trigger.engagement_type != "talks" or scene.protagonist in (None, *cast.parties()):
        return False
    bounds = view.sentence(trigger.sentence)
    actors = (actor for actor in view.actors_in(bounds.start, bounds.end) if actor.form != "pronoun")
    named = {code for actor in actors for code in actor.party_codes if is_state(code)}
    return named <= {*cast.parties(), scene.protagonist}


def _is_remote(view: ArticleView, trigger: Trigger, clause: Clause | None) -> bool:
    """Say whether they saw each other on a screen only ("a virtual meeting", "met online", "held talks by video link")."""
    told = view.tokens_in(trigger.sentence, trigger.phrase_start, trigger.start) if trigger.noun else ()
    if any(token.lower in words("remote") for token in told):
        return True
    if clause is None:
        return False
    by = any(phrase.preposition in _BY_WIRE and phrase.head in words("wires") for phrase in clause.obliques)
    beside = view.tokens_in(trigger.sentence, clause.verb.start, clause.verb.end + _ADVERB_REACH)
    return by or any(token.lower in words("remotely") for token in beside)


def _is_joint_body(view: ArticleView, clause: Clause) -> bool:
    """Say whether a body of both sides meets ("the joint commission met", "the working group held its third meeting")."""
    return clause.subject is not None and clause.subject.head in words("joint_bodies")


def _is_of_strangers(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether a summit bears a name that is no party's ("the Andes-Nile Summit"): who else was there is not told."""
    if trigger.noun is None:
        return False
    start, end = trigger.phrase_start, trigger.start
    known = [(actor.start, actor.end) for actor in view.actors_in(start, end)]
    known += [(place.start, place.end) for place in view.places_in(start, end)]
    named = [token.start for token in view.tokens_in(trigger.sentence, start, end) if token.tag == "PROPN"]
    return any(not any(first <= at < last for first, last in known) for at in named)


def _is_of_leaders(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the words before the noun tell that leaders hold the talks ("summit talks")."""
    return any(token.lower == "summit" for token in view.tokens_in(trigger.sentence, trigger.phrase_start, trigger.start))


def _with_a_person(trigger: Trigger, clause: Clause) -> bool:
    """Say whether the talks were with the holder of an office, though nobody names him ("held talks with his counterpart")."""
    return any(
        phrase.preposition == "with" and phrase.start > trigger.start and phrase.head in words("one_person") for phrase in clause.obliques
    )


def consult_draft(
    view: ArticleView, trigger: Trigger, clause: Clause | None, status: str, cast: Cast, scene: Scene, *, leans: bool = False
) -> Draft | None:
    """Return the draft of a meeting, call, talks, summit or mediation."""
    is_filled = len(cast.parties()) < 2
    named = cast
    if is_filled and trigger.noun is None and len(cast.parties()) == 1 and is_state(cast.parties()[0]) and not cast.people():
        return None  # "as the coalition meets": who met whom, nobody says
    if is_filled and cast.parties() and set(cast.parties()) <= set(scene.gathering):
        cast = filled(cast, scene.gathering)
    elif is_filled and trigger.engagement_type == "mediation" and not set(cast.parties()) & set(scene.pair):
        cast = filled(cast, scene.pair)
    elif is_filled:
        cast = filled(cast, scene.counterparts(cast.parties()) or (scene.pair or scene.expected if leans and not cast.parties() else ()))
    if len(cast.parties()) == 1 and not cast.source and _is_of_the_story(view, trigger, cast, scene):
        cast = filled(cast, (scene.protagonist,) if scene.protagonist else ())
    if is_filled and trigger.engagement_type == "summit" and _is_of_strangers(view, trigger):
        own = tuple(code for code in named.parties() if not is_state(code))
        if not own:
            return None
        cast = Cast(named.source or own, () if named.source else own)  # "the EU–Andes summit": of the bloc, whoever else was there
    kind = kind_of_consult(view, trigger, clause, cast, is_filled=is_filled)
    trigger = trigger._replace(engagement_type=kind) if kind != trigger.engagement_type else trigger
    draft = finished(view, trigger, status, cast, scene, clause, leans=leans, is_filled=is_filled)
    if draft is not None and kind == "summit" and clause is not None:
        bounds = view.sentence(trigger.sentence)
        draft = draft._replace(when=stretched(view, bounds.start, bounds.end, draft.when, clause.verb.lemma))
    return with_everyone(view, clause, draft, scene) if draft is not None and clause is not None else draft


def consult_verb_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return the consultation that the verb of a clause tells."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    status = verb_status(view, trigger)
    if status is None or is_none(view, clause) or (trigger.rule_id.startswith("welcome") and clause.link == "to"):
        return None
    if trigger.rule_id == "speak.with" and not _speaks_with(view, clause):
        return None
    if trigger.rule_id == "speak.together" and any(
        phrase.preposition not in _OF_SPEECH for phrase in clause.obliques if not view.times_in(phrase.start, phrase.end)
    ):
        return None  # "spoke at a news conference", "spoke after the match"
    if is_lay(view, clause) or (
        clause.verb.lemma == "meet" and clause.verb.is_passive and not people_of(actors_of(view, agents_of(clause)))
    ):
        return None  # "was met with outrage by the opposition"
    if trigger.engagement_type == "call" and clause.link == "participle" and any(p.preposition == "at" for p in clause.obliques):
        return None  # "speaking at a news conference with …"
    told = consult_cast(view, clause, trigger)
    if trigger.rule_id == "speak.together" and len(told.source) < 2:
        return None  # "the envoys he has spoken with"
    told = told if told.target else _with_listed(view, clause, told)
    if "call_on" in trigger.rule_id and not told.source and clause.parent is not None:
        # "paid courtesy calls on A and on B": of who pays them
        payers = actors_of(view, agents_of(view.clause(clause.parent)))
        told = told._replace(source=codes_of(payers), source_people=people_of(payers))
    if len(told.source) == 1 and told.target and set(told.target) <= set(told.source):
        return None  # "called on the president": their own
    cast = with_people(view, in_company_of(view, clause, told, scene), scene)
    if len(cast.parties()) < 2 and _has_stranger(view, clause):
        return None
    if not cast.parties() and clause.subject is not None and has_word(view, clause.sentence, (clause.subject,), words("bodies")):
        # "The commission last met in January": of the parties it was told of
        cast = Cast(scene.talkers or scene.pair)
        trigger = trigger._replace(engagement_type="talks" if trigger.engagement_type == "meeting" else trigger.engagement_type)
    if trigger.rule_id == "lead.side":
        # "X led the Pakistani side": more of talks already told.
        draft = consult_draft(view, trigger, clause, status, cast._replace(target=()), scene, leans=True)
        later = (view.clause(index).verb for index in view.clauses_of_sentence.get(trigger.sentence, ()))
        holds = clause.link == "participle" and any(
            verb.start > clause.verb.end and verb.lemma in words("holding") and verb.tense == "past" for verb in later
        )
        # "A team led by X held talks on Monday": then; but "X led the side" of talks on a day told elsewhere.
        when = draft.when if draft is not None and draft.when.rank >= 2 and (holds or is_ahead(status)) else NO_DATE
        return draft._replace(when=when, is_main=False) if draft is not None else None
    # "Talking to the envoy, the minister thanked him": of a meeting that may have been told
    leans = trigger.rule_id == "talk.to" and clause.verb.tense == "none"
    return consult_draft(view, trigger, clause, status, cast, scene, leans=leans) if needs_met(view, clause, trigger, cast) else None


def _speaks_with(view: ArticleView, clause: Clause) -> bool:
    """Say whether "with" or "to" is of the speaking, not of something after which it was ("speaking after a meeting with his host")."""
    others = [phrase for phrase in clause.obliques if phrase.preposition not in ("with", "to", "by", "over", "on", "via")]
    told = [phrase.start for phrase in clause.obliques if phrase.preposition in ("with", "to") and phrase.start > clause.verb.start]
    first = min(told, default=0)
    return not any(clause.verb.end <= phrase.start < first and not view.times_in(phrase.start, phrase.end) for phrase in others)


def _has_stranger(view: ArticleView, clause: Clause) -> bool:
    """Say whether the verb names whom it was with, and that is nobody of a party ("met with oil executives")."""
    company = (*clause.objects, *(phrase for phrase in clause.obliques if phrase.preposition == "with"))
    return any(not view.actors_in(phrase.start, phrase.end) for phrase in company)


def _with_listed(view: ArticleView, clause: Clause, cast: Cast) -> Cast:
    """Give who met "several ministers, including A and B" those named."""
    company = [phrase for phrase in (*clause.objects, *clause.obliques) if phrase.preposition in (None, "with")]
    text = view.article.text
    for phrase in company:
        gap = _GAP.match(text, phrase.end)  # "met several envoys in New York, including …"
        opening = next((word for word in _LISTING if text.startswith(word, gap.end() if gap else phrase.end)), None)
        if opening is None or phrase.start < clause.verb.start or view.actors_in(phrase.start, phrase.end):
            continue
        verbs = (view.clause(index).verb.start for index in view.clauses_of_sentence.get(clause.sentence, ()))
        stop = min((start for start in verbs if start > phrase.end), default=view.sentence(clause.sentence).end)
        listed = [actor for actor in view.actors_in(phrase.end, stop) if actor.people]
        return cast._replace(target=codes_of(listed), target_people=people_of(listed))
    return cast


def in_company_of(view: ArticleView, clause: Clause, cast: Cast, scene: Scene) -> Cast:
    """Read "they" who discuss or agree as those of the meeting or call just told."""
    if cast.people() or not scene.talkers or set(cast.parties()) <= set(scene.talkers):
        return cast
    actors = actors_of(view, agents_of(clause))
    if len(actors) != 1 or actors[0].text.lower() not in ("they", "both", "the two", "the pair"):
        return cast
    return Cast(scene.talkers, tuple(code for code in cast.target if code not in cast.source), scene.people, ())


def with_people(view: ArticleView, cast: Cast, scene: Scene) -> Cast:
    """Give a side told of "they" or "the delegation" the people of that side whom the passage has at the meeting."""
    if cast.source_people or len(cast.source) != 1 or not cast.target or not scene.people:
        return cast
    people = view.article.people
    known = tuple(name for name in scene.people if name in people and people[name].party_code in cast.source)
    return cast._replace(source_people=known) if known else cast


def is_apart(view: ArticleView, start: int, end: int) -> bool:
    """Say whether words in [start, end) tell of several meetings, one with each ("separate", "respectively")."""
    text = view.article.text[start:end].lower()
    return any(word in text for word in words("apart")) or _SEVERAL.search(text) is not None


def _with_one(view: ArticleView, draft: Draft, code: str) -> Draft:
    """Return the part of separate meetings that was with one party."""
    people = view.article.people
    hosts = tuple(name for name in draft.cast.target_people if name in people and people[name].party_code == code)
    cast = draft.cast._replace(target=(code,), target_people=hosts)
    return draft._replace(cast=cast, parties=(*draft.cast.source, code), people=(*draft.cast.source_people, *hosts))


def each_call(view: ArticleView, draft: Draft) -> list[Draft]:
    """Return one draft for each person called on or met apart ("called on the president and the prime minister")."""
    if draft.engagement_type not in _SINGLE or not draft.cast.target:
        return [draft]
    text_end = view.sentence(draft.sentence).end
    apart = is_apart(view, draft.start, min(text_end, draft.end + _APART_REACH))
    if len(draft.cast.source) == 1 and len(draft.cast.target) > 1:
        spots = _own_spots(view, draft)
        if apart or spots or _is_row_of_talks(view, draft):
            return [_with_one(view, draft, code)._replace(spot=spots.get(code, draft.spot)) for code in draft.cast.target]
        return [draft]
    people = view.article.people
    guests, hosts = draft.cast.source_people, draft.cast.target_people
    if draft.engagement_type != "meeting" or not guests or len(hosts) < 2:
        return [draft]
    known = [people[name] for name in hosts if name in people]
    of_one_party = len(known) == len(hosts) and len({person.party_code for person in known}) == 1
    apart = apart or "call_on" in draft.rule_id or "courtesy" in draft.rule_id
    if not of_one_party or not (apart or all(person.office in _HIGH_OFFICES for person in known)):
        return [draft]
    return [draft._replace(people=(*guests, host), cast=draft.cast._replace(target_people=(host,))) for host in hosts]


def _is_row_of_talks(view: ArticleView, draft: Draft) -> bool:
    """Say whether one state is in talks with each of several ("is in talks with A and B on trade pacts")."""
    if draft.engagement_type != "talks" or draft.status != ONGOING or draft.people:
        return False
    told = view.article.text[view.sentence(draft.sentence).start : view.sentence(draft.sentence).end].lower()
    return any(word in told for word in words("pacts"))


def _own_spots(view: ArticleView, draft: Draft) -> dict[str, Spot]:
    """Return where each was met, if each name is followed by a place of its own ("met A in Nairobi and B in Delhi")."""
    hosts = [actor for actor in view.actors_in(draft.start, draft.end) if set(actor.people) & set(draft.cast.target_people)]
    spots: dict[str, Spot] = {}
    for place, actor in enumerate(hosts):
        stop = hosts[place + 1].start if place + 1 < len(hosts) else draft.end
        spot = spot_in(view, actor.start, stop)
        if not actor.party_codes or spot.name is None:
            return {}
        spots[actor.party_codes[0]] = spot
    is_each = set(spots) == set(draft.cast.target) and len({spot.name for spot in spots.values()}) == len(spots) > 1
    return spots if is_each else {}
