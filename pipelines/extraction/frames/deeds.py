"""Signings, deeds, remarks and promises that the verb of a clause tells, of one party towards another.

Belongs here: whose deed it is and towards whom, by the clause and by the passage. Does not belong here: consultations (consults), stays
(visits), event nouns (nouns), what all drafts have in common (drafting).
"""

import re

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.gazetteer import find_terms
from pipelines.extraction.frames.dating import inherited, is_limit, status_by_date, stretched
from pipelines.extraction.frames.drafting import finished, verb_status, with_everyone
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.needs import can_speak, is_domestic, is_lay, is_meant, is_none, is_private, needs_met
from pipelines.extraction.frames.participants import (
    COMPANY,
    Cast,
    acting_cast,
    actors_of,
    agents_of,
    cast_of,
    codes_of,
    doers_of,
    filled,
    has_class,
    has_head,
    has_word,
    is_compound,
    is_state,
    names_a_stranger,
    people_of,
    unique,
)
from pipelines.extraction.frames.passage import (
    agreed_in_talks,
    in_company,
    is_towards,
    speaks_of_told,
    victims_of,
    who_accused,
    who_did_it,
    with_both_sides,
)
from pipelines.extraction.frames.rules import SPOKEN_TYPES, root_of_type
from pipelines.extraction.frames.status import OCCURRED, PLANNED, PROPOSED, takes_that
from pipelines.extraction.frames.terms import accord_near, other_sides
from pipelines.extraction.frames.triggers import Trigger, objects_of
from pipelines.extraction.frames.verdicts import verdict_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_BEFORE_VERB = 30  # letters before a verb in which what kills is named
_NAMING_REACH = 70  # letters after an object in which it is called something
_PLURAL_SUBJECTS = frozenset(
    {"they", "leaders", "presidents", "ministers", "premiers", "officials", "pair", "counterparts", "men", "women", "diplomats"}
)
_OFFICIAL_TYPES = frozenset({"commitment", "support", "request", "criticism", "rejection", "threat", "statement"})
_WILLED = _OFFICIAL_TYPES | {"concession"}
_ADDRESSING_TYPES = frozenset({"support", "request", "criticism", "rejection", "threat"})
# What a deed is that hangs on a condition.
_CONDITIONAL = {
    **dict.fromkeys(("sanction", "assault", "coercion", "mobilization"), "threat"),
    **dict.fromkeys(("concession", "aid", "withdrawal", "cooperation"), "commitment"),
}
# What is told when it is said; what somebody may yet say is nothing to come.
_SAID_NOW = frozenset({"commitment", "support", "criticism", "rejection", "threat"})
# What is nothing of another party's unless the words are for it.
_OWED = SPOKEN_TYPES | {"concession", "withdrawal"}
_CALLED_HOME = frozenset({"recall.envoy", "recall.home", "withdraw.peacekeeper"})
_DECIDED = frozenset({"expel", "expel.diplomat", "expel.staff", "declare.persona", "recall.envoy", "recall.home"})
# Undertakings that may be terms of an accord told before ("has committed to opening its market").
_UNDERTAKEN = frozenset({"pledge.to", "pledge.object", "commit.to", "commit.object", "agree.to", "agree.object", "offer.to"})
_SIDES = frozenset({"the parties", "both parties", "the two parties"})
_OFFERED = frozenset({"offer.to", "stand.ready", "be.willing"})
_OVER_YEARS = re.compile(r"\b(?:over|during|in|within) the (?:past|last) (?:[\w-]+ )?(?:years|decades?|months)\b")
_PRESENCE = re.compile(r"\b(?:in the presence of|witnessed by|in front of) ")
_BY_MINISTRIES = frozenset({"protest", "sanction", "criticism", "rejection", "request", "threat"})
_HOSTILE_TYPES = frozenset({"sanction", "mobilization", "threat", "rejection", "protest"})


def acting_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, scene: Scene) -> Draft | None:
    """Return the draft of a deed, remark or promise of one party towards another."""
    cast = acting_cast(view, clause, trigger)
    if trigger.rule_id in _CALLED_HOME and not set(cast.target) - set(cast.source):
        cast = cast._replace(target=_posting(view, clause))
    if trigger.engagement_type == "criticism" and (victims := victims_of(view, clause)):
        blamed = tuple(code for code in cast.target if code not in victims)
        cast = cast._replace(target=blamed or who_did_it(view, trigger, clause, cast.source, scene))
        if not cast.target:
            return None
    if "travel" in trigger.needs:
        cast = cast._replace(target=_seat(view, clause, cast.source) or cast.target)
    kind = trigger.engagement_type
    speaks = kind not in _WILLED or "reverse" in trigger.roles or can_speak(view, clause)
    if not speaks or (kind in _OFFICIAL_TYPES and is_private(view, clause)):
        return None
    if kind != "protest" and is_lay(view, clause):
        return None
    joined = kind == "commitment" and len(cast.source) > 1
    if kind in SPOKEN_TYPES and clause.link == "participle" and clause.verb.is_passive and not joined:
        return None  # "the tariffs proposed by Peru": told of already
    if not is_meant(view, clause, trigger, cast) or (
        kind in _ADDRESSING_TYPES and trigger.roles != "invite" and is_domestic(view, clause, trigger, cast)
    ):
        return None
    if status == PLANNED and kind in _CONDITIONAL and _on_condition(view, trigger):
        # "said it would close the border if …": a threat or an offer, made when it is told
        kind, status = _CONDITIONAL[kind], OCCURRED
        trigger = trigger._replace(engagement_type=kind)
    if clause.subject is not None and view.article.text.endswith(" what ", 0, clause.subject.start):
        return None  # "for what he called a failure": words that name it, no new ones
    if trigger.needs & {"judgement"}:
        judged = judgement(view, trigger, clause)
        if judged is None:
            return None
        trigger, kind = trigger._replace(engagement_type=judged), judged
    if kind == "sanction" and clause.link == "participle" and clause.verb.is_passive and not cast.source:
        return None  # "spoke of the American tariffs imposed in May": by whom, the participle does not tell
    if kind in ("aid", "commitment") and (clause.verb.is_perfect or kind == "aid") and _since(view, clause):
        return None
    if status == PLANNED and "willed" in trigger.needs:
        status = OCCURRED  # "will stand by Kenya": promised when it is said
    if kind in _SAID_NOW and status in (PLANNED, PROPOSED):
        if clause.verb.modality != "conditional" or trigger.rule_id != "be.willing":
            return None  # "is expected to promise": nothing said yet
        status = OCCURRED  # "would be ready to host them": offered
    if (
        kind == "aid"
        and status == PLANNED
        and not (clause.verb.modality == "expected" and clause.parent is not None)
        and _is_money(view, clause)
    ):
        # Money promised is an undertaking, made when it is told.
        trigger, status, kind = trigger._replace(engagement_type="commitment"), OCCURRED, "commitment"
    if not cast.source and clause.verb.is_passive and kind in ("protest", "sanction") and clause.link not in ("who", "which"):
        # "The Russian ambassador was called in": by whom the passage sets Russia among
        cast = cast._replace(source=tuple(code for code in scene.counterparts(cast.target) if code not in cast.target))
    if not cast.source and cast.target and kind in _BY_MINISTRIES and _is_some_ministry(view, clause):
        faced = tuple(code for code in scene.counterparts(cast.target) or (scene.home,) if code and code not in cast.target)
        cast = cast._replace(source=faced[:1])  # "The foreign ministry called in the Peruvian envoy"
    if not cast.source and kind in _OFFICIAL_TYPES and clause.link == "participle":
        cast = _of_issuer(view, clause, cast)
    if not cast.source and kind == "commitment" and _is_everyone(view, trigger, clause):
        cast = cast._replace(source=scene.talkers or scene.pair)  # "The ministers agreed to …", "it was decided to …"
    if not cast.source and len(scene.pair) == 2 and _is_mutual(view, clause):
        cast = cast._replace(source=scene.pair)  # "Both armies blamed each other"
    if (
        not cast.parties()
        and kind == "aid"
        and clause.verb.is_passive
        and has_head(view, clause.sentence, objects_of(clause)[:1], words("payments"))
    ):
        cast = scene.funding  # "The first part was disbursed in December"
    if not cast.source and kind not in ("cooperation", "mobilization"):
        return None
    if not cast.source and clause.link in ("participle", "that", "which", "who", None) and clause.verb.tense == "none":
        return None
    if kind == "sanction" and cast.source and not cast.target and has_class(view, clause.sentence, objects_of(clause)[:1], "@mission"):
        cast = filled(cast, scene.counterparts(cast.source))  # "expelled two of the embassy's staff"
    if kind in _HOSTILE_TYPES and cast.source and not cast.target and not trigger.needs & {"explicit", "act"}:
        cast = cast._replace(target=_other_in_sentence(view, trigger, cast))
    if cast.source and not set(cast.target) - set(cast.source):
        blamed = who_did_it(view, trigger, clause, cast.source, scene) or who_accused(view, trigger, clause, cast.source, scene)
        cast = cast._replace(target=blamed or cast.target)
    told = in_company(view, trigger, cast, scene) or speaks_of_told(view, trigger, clause, cast, scene)
    told = told or agreed_in_talks(view, trigger, cast, scene)
    if not needs_met(view, clause, trigger, cast) and (not told or "promise" in trigger.needs):
        return None
    cast = with_both_sides(view, clause, cast, scene)
    everyone: tuple[str, ...] = ()
    if kind in SPOKEN_TYPES and cast.source and set(cast.parties()) <= set(scene.gathering):
        everyone = scene.people if len(cast.source) > 1 and has_word(view, clause.sentence, agents_of(clause), _PLURAL_SUBJECTS) else ()
        cast = filled(cast, scene.gathering)
    is_filled = len(cast.parties()) < 2
    accord = accord_near(view, trigger.sentence, scene) if trigger.rule_id in _UNDERTAKEN else None
    owed = other_sides(accord, cast.source) if accord is not None and is_filled else ()
    cast = filled(cast, owed)
    if is_filled and kind in ("commitment", "cooperation") and _with_a_stranger(view, clause):
        return None
    if is_filled and cast.source and kind in ("commitment", "rejection", "concession"):
        cast = filled(cast, _who_reports(view, clause, cast))
    if is_filled and not has_word(view, clause.sentence, objects_of(clause)[:1], words("private") | words("crowds") | words("unnamed")):
        cast = filled(cast, scene.counterparts(cast.parties()))
    if len(cast.parties()) < 2 and kind in _HOSTILE_TYPES:
        home = (scene.home,) if scene.home and kind != "rejection" else ()
        cast = filled(cast, _other_in_sentence(view, trigger, cast) or home)
    if len(cast.parties()) < 2 or (not cast.target and speaks_of_told(view, trigger, clause, cast, scene)):
        cast = filled(cast, scene.pair if speaks_of_told(view, trigger, clause, cast, scene) else ())
        is_filled = True
    if len(cast.parties()) < 2 and trigger.rule_id in _OFFERED and _follows(view, clause, scene) and not set(cast.source) & set(scene.pair):
        cast, told = filled(cast, scene.pair), True  # an outsider offers those just told of its help
    if kind == "concession" and len(cast.source) > 1 and not cast.target:
        trigger, kind = trigger._replace(engagement_type="cooperation"), "cooperation"  # "will lift visas for each other's citizens"
    if is_filled and trigger.rule_id.startswith("deny"):
        return None  # "denied that prices had risen": no other side denies
    if is_filled and kind in _OWED and (not told or kind == "request") and not is_towards(view, trigger, clause, cast, scene) and not owed:
        return None
    draft = finished(view, trigger, status, cast, scene, clause, is_filled=is_filled)
    if draft is not None and kind == "cooperation" and draft.when.rank >= 2:
        # "began a ten-day exercise on Tuesday"
        when = stretched(view, clause.start, view.sentence(trigger.sentence).end, draft.when, clause.verb.lemma)
        draft = draft._replace(when=when, status=status_by_date(draft.status, when, view.article.published_on, clause.verb.lemma))
    if draft is not None and accord is not None and draft.when.start is None and set(draft.parties) <= set(accord.parties):
        draft = draft._replace(when=inherited(accord.when))
    if draft is not None and kind == "aid" and cast is scene.funding:
        draft = draft._replace(is_main=False)  # what was paid of it, whenever that was: the story's day is another
    if draft is not None and set(draft.people) < set(everyone):
        draft = draft._replace(people=everyone)
    if draft is not None and not draft.people and (kind in SPOKEN_TYPES or status == PLANNED):
        draft = draft._replace(people=_told_by(view, clause, cast))
    return with_everyone(view, clause, draft, scene) if draft is not None else None


def _seat(view: ArticleView, clause: Clause, source: tuple[str, ...]) -> tuple[str, ...]:
    """Return the country in which the mission that acts has its seat ("the Peruvian embassy in Nairobi warned its nationals")."""
    places = (place for phrase in agents_of(clause) for place in view.places_in(phrase.start, phrase.end))
    return tuple(place.country for place in places if place.country and place.country not in source)[:1]


def _posting(view: ArticleView, clause: Clause) -> tuple[str, ...]:
    """Return the state in which the envoy of the clause serves ("recalled its ambassador to Peru")."""
    for phrase in objects_of(clause):
        for actor in view.actors_in(phrase.start, phrase.end):
            _, _, place = actor.text.partition(" to ") if " to " in actor.text else actor.text.partition(" in ")
            codes = [hit.term.party_code for hit in find_terms(place, fold(place)) if hit.term.party_code] if actor.form == "role" else []
            if codes:
                return (codes[0],)
    return ()


def _follows(view: ArticleView, clause: Clause, scene: Scene) -> bool:
    """Say whether the sentence stands right after what set the pair of the passage."""
    return 0 <= view.sentence(clause.sentence).paragraph - scene.paragraph <= 1


def _with_a_stranger(view: ArticleView, clause: Clause) -> bool:
    """Say whether it was done with somebody who is no party ("reached a deal with opposition parties")."""
    partners = [phrase for phrase in clause.obliques if phrase.preposition == "with" and phrase.start > clause.verb.start]
    return any(not view.actors_in(phrase.start, phrase.end) for phrase in partners) and has_head(
        view, clause.sentence, partners, words("at_home")
    )


def _on_condition(view: ArticleView, trigger: Trigger) -> bool:
    return any(view.clause(child).link in ("if", "unless") for child in view.children.get(trigger.clause or 0, ()))


def _told_by(view: ArticleView, clause: Clause, cast: Cast) -> tuple[str, ...]:
    """Return the official who tells what the own side does ("Canada will lend …, the minister said")."""
    for _ in range(2):
        if clause.parent is None or clause.link not in ("that", "quote", "and"):
            return ()
        said = view.clause(clause.parent)
        if clause.link != "and" and takes_that(said):
            speakers = actors_of(view, agents_of(said))
            return people_of(speakers) if set(codes_of(speakers)) <= set(cast.source) else ()
        clause = said
    return ()


def _is_everyone(view: ArticleView, trigger: Trigger, clause: Clause) -> bool:
    """Say whether nobody by name agrees or decides, but those who met ("the sides agreed", "it was decided")."""
    if clause.verb.is_passive and not agents_of(clause):
        if trigger.rule_id == "reach.instrument":  # "A ceasefire was reached"
            return clause.verb.lemma in ("reach", "strike", "forge") and clause.link not in ("participle", "which", "who")
        return clause.subject is not None and view.article.text[clause.subject.start : clause.subject.end].lower() == "it"
    if any(phrase.text.lower() in _SIDES for phrase in agents_of(clause)):
        return True
    return has_word(view, clause.sentence, agents_of(clause), _PLURAL_SUBJECTS | words("bodies")) or has_word(
        view, clause.sentence, agents_of(clause), words("delegations")
    )


def _is_some_ministry(view: ArticleView, clause: Clause) -> bool:
    """Say whether a ministry or government acts whose state is not told, it being that of the story."""
    told = [view.article.text[phrase.start : phrase.end].lower() for phrase in agents_of(clause)]
    others = actors_of(view, (*objects_of(clause), *clause.obliques))
    if not any(actor.form != "pronoun" and actor.party_codes for actor in others):
        return False
    return any(one.startswith("the ") and any(word in one for word in words("ministries")) for one in told)


def _of_issuer(view: ArticleView, clause: Clause, cast: Cast) -> Cast:
    """Return the cast with who put out the words that speak ("issued a statement welcoming the truce")."""
    if clause.parent is None or clause.subject is None or clause.subject.head not in words("speaking_things"):
        return cast
    issuers = actors_of(view, agents_of(view.clause(clause.parent)))
    codes = codes_of(issuers)
    target = tuple(code for code in cast.target if code not in codes)
    return Cast(codes, target, people_of(issuers), cast.target_people) if len(codes) == 1 else cast


def _is_mutual(view: ArticleView, clause: Clause) -> bool:
    """Say whether those who act do so to one another."""
    told = (view.article.text[phrase.start : phrase.end].lower() for phrase in clause.objects[:1])
    return any(words("mutual") & {one, " ".join(one.split()[:2])} for one in told)


def _who_reports(view: ArticleView, clause: Clause, cast: Cast) -> tuple[str, ...]:
    """Return the party whose official says that the other has promised or refused ("CARICOM's secretary said that Canada had agreed …")."""
    if clause.parent is None or clause.link not in ("that", "quote"):
        return ()
    said = view.clause(clause.parent)
    codes = codes_of(actors_of(view, agents_of(said))) if takes_that(said) else ()
    return codes if len(codes) == 1 and codes[0] not in cast.source else ()


def _other_in_sentence(view: ArticleView, trigger: Trigger, cast: Cast) -> tuple[str, ...]:
    """Return the first other state that the sentence names after the verb ("closed the crossing and told Pakistan's attachés …")."""
    bounds = view.sentence(trigger.sentence)
    for actor in view.actors_in(trigger.end, bounds.end):
        codes = tuple(code for code in actor.party_codes if code not in cast.source and is_state(code))
        if codes and not is_compound(view, actor):
            return codes[:1]
    return ()


def judgement(view: ArticleView, trigger: Trigger, clause: Clause) -> str | None:
    """Return criticism, rejection or support, by what somebody or something is called; None where the words tell none of them."""
    after = clause.objects[-1].end if clause.objects else clause.verb.end
    end = min(view.sentence(trigger.sentence).end, after + _NAMING_REACH)
    inside = [token for phrase in clause.objects for token in view.tokens_in(trigger.sentence, phrase.start, phrase.end)]
    judged = verdict_of(view.tokens_in(trigger.sentence, after, end)) or verdict_of(inside)
    return "criticism" if judged == "rejection" and not any(token.lemma in words("claims") for token in inside) else judged


def _since(view: ArticleView, clause: Clause) -> bool:
    """Say whether a sum is counted since some day: no single deed."""
    text = view.article.text
    if _OVER_YEARS.search(text, clause.start, view.sentence(clause.sentence).end):
        return True
    return any(
        is_limit(view, time) and "since" in text[max(0, time.start - 8) : time.end].lower()
        for time in view.times_in(clause.start, clause.end)
    )


def _is_money(view: ArticleView, clause: Clause) -> bool:
    return any(amount.unit == "money" for amount in view.amounts_in(clause.verb.end, clause.end)) or has_class(
        view, clause.sentence, objects_of(clause), "@aid"
    )


def signing_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, scene: Scene) -> Draft | None:
    """Return the draft of an act of signing."""
    if is_private(view, clause):
        return None
    agents = doers_of(view, clause)
    others = actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition in COMPANY))
    cast = cast_of(agents, (actor for actor in others if actor not in agents))
    if len(cast.parties()) < 2:
        cast = cast._replace(target=unique((*cast.target, *codes_of(actors_of(view, objects_of(clause))))))
    if not cast.parties() and clause.link == "which" and clause.parent is not None:
        cast = cast_of(actors_of(view, agents_of(view.clause(clause.parent))), ())
    is_filled = len(cast.parties()) < 2
    if is_filled and names_a_stranger(view, clause):
        return None
    if len(cast.source) == 1 and is_filled and not set(cast.source) & {*scene.talkers, *scene.guest.parties()}:
        return None  # "the government has signed a deal": with whom, nobody says
    if is_filled:
        cast = filled(cast, scene.counterparts(cast.parties()) or (scene.pair if not cast.parties() else ()))
    draft = finished(view, trigger, status, cast, scene, clause, is_filled=is_filled)
    if draft is None:
        return None
    draft = with_everyone(view, clause, draft, scene)
    return draft._replace(people=unique((*draft.people, *_witnesses(view, clause))))


def _witnesses(view: ArticleView, clause: Clause) -> tuple[str, ...]:
    """Return who is named as present at a signing ("signed in the presence of Presidents A and B")."""
    end = view.sentence(clause.sentence).end
    found = _PRESENCE.search(view.article.text, clause.verb.start, end)
    if found is None:
        return ()
    verbs = (view.clause(index).verb.start for index in view.clauses_of_sentence.get(clause.sentence, ()))
    stop = min((start for start in verbs if start > found.end()), default=end)
    return people_of(view.actors_in(found.end(), stop))


def _as_intrusion(view: ArticleView, trigger: Trigger, clause: Clause) -> Trigger:
    """Return a crossing of a border in the air or at sea by craft that attack nothing as a pressure, not as an attack."""
    is_craft = trigger.rule_id == "violate.space" and has_head(view, clause.sentence, agents_of(clause), words("craft"))
    return trigger._replace(engagement_type="coercion", root=root_of_type("coercion")) if is_craft else trigger


def _is_fronted(view: ArticleView, clause: Clause) -> bool:
    """Say whether a participle opens the sentence ("Asked whether …, the minister said"): its subject is who suffered it."""
    opens = clause.verb.start == view.sentence(clause.sentence).start
    return opens and clause.verb.tense == "past" and clause.subject is not None and clause.subject.start > clause.verb.end


def _is_by_accident(view: ArticleView, clause: Clause) -> bool:
    """Say whether an accident is what kills ("condolences after a bus crash in Uganda killed 20 people")."""
    before = view.tokens_in(
        clause.sentence, max(view.sentence(clause.sentence).start, clause.verb.start - _BEFORE_VERB), clause.verb.start + 1
    )
    return not clause.verb.is_passive and any(token.lower in words("accidents") for token in before[:-1])


def deed_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return the signing, deed, remark or promise that the verb of a clause tells."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    trigger = _as_intrusion(view, trigger, clause)
    status = verb_status(view, trigger)
    if status == PLANNED and trigger.rule_id in _DECIDED and clause.verb.modality in ("will", "conditional"):
        # "said it would expel three envoys": the decision is the measure
        status = OCCURRED
    if status is None or is_none(view, clause) or _is_fronted(view, clause):
        return None
    if trigger.engagement_type == "assault" and _is_by_accident(view, clause):
        return None
    if view.article.text.endswith("since ", 0, clause.verb.start):
        return None  # "the first since leaving the bloc": what went long before
    if (
        clause.link in ("who", "which")
        and clause.verb.is_perfect
        and clause.verb.tense == "past"
        and trigger.engagement_type in SPOKEN_TYPES
    ):
        return None  # "which had earlier refused": what went before the story
    if trigger.engagement_type == "signing":
        return signing_draft(view, trigger, clause, status, scene)
    return acting_draft(view, trigger, clause, status, scene)
