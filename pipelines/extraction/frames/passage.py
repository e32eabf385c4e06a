"""Whom words and deeds are for, or against, where only the passage names them ("condemned the strike", "declined to apologise").

Belongs here: what a clause says that takes up what was told before, and whose that was. Does not belong here: the sides that the clause
names itself (participants), and how a passage is kept (drafts).
"""

import re
from functools import cache

from pipelines.extraction.frames.drafts import Scene
from pipelines.extraction.frames.participants import Cast, actors_of, agents_of, codes_of, is_state
from pipelines.extraction.frames.rules import SPOKEN_TYPES, verb_rules
from pipelines.extraction.frames.triggers import Trigger, objects_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_DONE_TO = frozenset({"coercion", "sanction", "assault", "concession"})
_POINTING = frozenset({"the", "this", "these", "that", "those", "both", "its", "their", "his", "her"})
_TAKEN_UP = frozenset({"it", "them", "this", "that", "everything"})
_AGREEING = frozenset({"agree.to", "agree.on", "agree.object", "offer.to", "offer.object"})
_PROMISING = frozenset({"pledge.to", "pledge.object", "commit.to", "decide.to"})
_BLAMING = frozenset({"criticism", "protest"})
_BOTH = re.compile(r"(?:on |upon |to )?(?:both|the two|the sides|all parties|all sides|the parties)\b")
_DONE_TO_WHOM = re.compile(r"[^.,;:]{1,120}")
_ANSWERING = frozenset({"criticism", "rejection"})
_RELATIVE = frozenset({"which", "that", "participle"})


def is_towards(view: ArticleView, trigger: Trigger, clause: Clause, cast: Cast, scene: Scene) -> bool:
    """Say whether words whose other side the clause leaves out are still for it: it is named beside them, or they take up what was told."""
    bounds = view.sentence(clause.sentence)
    named = {code for actor in view.actors_in(bounds.start, bounds.end) if actor.form != "pronoun" for code in actor.party_codes}
    named |= {place.country for place in view.places_in(bounds.start, bounds.end) if place.country}
    if named & (set(cast.parties()) - set(cast.source)):
        return True
    if trigger.engagement_type == "threat" and set(cast.parties()) - set(cast.source) <= {*scene.deed.source, *scene.blame.source}:
        return True  # who threatens whom acted against it
    if trigger.rule_id == "refuse" and set(cast.source) <= set(scene.sides.target):
        return True  # "Tbilisi refused": what it was asked for
    reprisals = words("harming") | words("menacing")
    below = (view.clause(child) for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()))
    if names_told(view, clause, trigger.engagement_type):
        return True
    return any(told.verb.lemma in reprisals or (told.verb.lemma in words("taking_back") and told.link == "to") for told in below)


def speaks_of_told(view: ArticleView, trigger: Trigger, clause: Clause, cast: Cast, scene: Scene) -> bool:
    """Say whether an outsider speaks of what the passage has told ("Brazil condemned the attack", "Oman offered to mediate")."""
    if trigger.engagement_type not in SPOKEN_TYPES or not cast.source or set(cast.source) & set(scene.pair):
        return False
    if names_told(view, clause, "criticism"):
        return True  # an outsider's "welcomed it" too
    return any(
        view.clause(child).verb.lemma == "mediate" for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ())
    )


def names_told(view: ArticleView, clause: Clause, kind: str) -> bool:
    """Say whether the object, or what the words are for or against, is something told before ("the attack", "those strikes")."""
    phrases = (
        *objects_of(clause)[:1],
        *(phrase for phrase in clause.obliques if phrase.preposition in ("for", "against", "to", "about", "over", "by")),
    )
    for phrase in phrases:
        told = view.article.text[phrase.start : phrase.end].lower().split()
        if told and (
            told[0] in _POINTING
            or (kind in _ANSWERING and phrase.preposition is None and len(told) == 1 and told[0] in _TAKEN_UP)
            or (len(told) > 1 and ((told[1] in _POINTING and phrase.preposition is not None) or told[1:3] == ["of", "the"]))
        ):
            return True
    return False


def with_both_sides(view: ArticleView, clause: Clause, cast: Cast, scene: Scene) -> Cast:
    """Take "both sides" that an outsider addresses for the pair of the passage, not for the outsider and another."""
    asked = (phrase for phrase in clause.obliques if phrase.preposition in ("on", "upon", "to"))
    told = [view.article.text[phrase.start : phrase.end].lower() for phrase in (*objects_of(clause)[:1], *asked)]
    if not any(_BOTH.match(one) for one in told) or set(cast.source) & set(scene.pair):
        return cast
    return cast._replace(target=scene.pair) if scene.pair else cast


def in_company(view: ArticleView, trigger: Trigger, cast: Cast, scene: Scene) -> bool:
    """Say whether who speaks does so among the parties of a meeting just told, so that these are meant."""
    near = view.sentence(trigger.sentence).paragraph - scene.paragraph <= 2
    if not near or not scene.counterparts(cast.source):
        return False
    if trigger.engagement_type in SPOKEN_TYPES or "context" in trigger.needs:
        return bool(trigger.needs & {"target", "joint", "context"})
    return (
        "target" in trigger.needs
        and trigger.engagement_type in _DONE_TO
        and names_told(view, view.clause(trigger.clause or 0), trigger.engagement_type)
    )


def agreed_in_talks(view: ArticleView, trigger: Trigger, cast: Cast, scene: Scene) -> bool:
    """Say whether one of two who have just met agrees to something ("Oman also agreed to issue visas"): the other has asked for it.

    What one promises is for the other only in the same breath.
    """
    apart = view.sentence(trigger.sentence).paragraph - scene.paragraph
    is_one = len(cast.source) == 1 and len(scene.talkers) == 2 and set(cast.source) < set(scene.talkers)
    if not is_one or not set(scene.talkers) <= set(scene.counterparts(cast.source)):
        return False
    return (trigger.rule_id in _AGREEING and 0 <= apart <= 1) or (trigger.rule_id in _PROMISING and apart == 0)


@cache
def _deed_to_victim() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(sorted(words('violence')))})\b[^,;]{{0,24}}? (?:of|on|upon|against|targeting) ")


def victims_of(view: ArticleView, clause: Clause) -> frozenset[str]:
    """Return to whom a violent deed was done, where nobody is named who did it ("condemned the bombing of the embassy")."""
    for phrase in objects_of(clause)[:1]:
        told = _DONE_TO_WHOM.match(view.article.text, phrase.start)
        deed = _deed_to_victim().search(told[0].lower()) if told else None
        if told is None or deed is None or " by " in told[0]:
            continue
        if not any(actor.party_codes for actor in view.actors_in(phrase.start, phrase.start + deed.start())):
            found = view.actors_in(phrase.start + deed.end(), told.end())
            return frozenset(code for actor in found for code in actor.party_codes)
    return frozenset()


def who_did_it(view: ArticleView, trigger: Trigger, clause: Clause, source: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """Return whose deed is blamed where the words take up the last one told ("Oman condemned the raid"), if it was one state's."""
    doer = scene.deed.source or scene.blame.target
    told = trigger.engagement_type in _BLAMING and len(doer) == 1 and is_state(doer[0]) and not set(doer) & set(source)
    return doer if told and names_told(view, clause, trigger.engagement_type) else ()


def who_accused(view: ArticleView, trigger: Trigger, clause: Clause, source: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """Return who has just accused the one that denies ("Peru accused Bolivia …, which Bolivia denies"), or nothing."""
    if trigger.engagement_type != "rejection" or not trigger.rule_id.startswith("deny") or not source:
        return ()
    if clause.link in _RELATIVE and clause.parent is not None:
        above = view.clause(clause.parent)
        blames = any(rule.engagement_type == "criticism" for rule in verb_rules().get(above.verb.lemma, ()))
        accusers = codes_of(actors_of(view, agents_of(above))) if blames else ()
        return accusers if not set(accusers) & set(source) else ()
    is_accused = set(source) <= set(scene.blame.target) and not any(
        _is_of_others(view, view.clause(child), source)
        for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ())
    )
    return scene.blame.source if is_accused else ()


def _is_of_others(view: ArticleView, below: Clause, source: tuple[str, ...]) -> bool:
    """Say whether what is denied is no deed of who denies it ("that Lima had pressed it", "that they would meet")."""
    if below.link != "that":
        return False
    doers = codes_of(actors_of(view, (below.subject,))) if below.subject is not None else ()
    return below.verb.modality is not None or bool(set(doers) - set(source))
