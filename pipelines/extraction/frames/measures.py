"""Measures that take effect, and go-betweens: what a noun such as "tariff" or a compound such as "US-brokered" tells.

Belongs here: the clause that puts a measure into force, and mediation told by a compound. Does not belong here: other event nouns (nouns).
"""

from collections.abc import Iterator

from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.participants import Cast, actors_of, agents_of, cast_of, codes_of, compound_tail, filled
from pipelines.extraction.frames.rules import root_of_type
from pipelines.extraction.frames.status import OCCURRED, PLANNED, governed_status
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause


def measure_draft(view: ArticleView, trigger: Trigger, clause: Clause | None, scene: Scene) -> Draft | None:
    """Return the measure that a noun such as "tariff" names where its clause puts it into force ("kicks in on Thursday")."""
    if clause is None or trigger.clause is None:
        return None
    index = _effect_clause(view, trigger)
    if index is None:
        return None
    status, _ = governed_status(view, index, trigger.engagement_type)
    if status is None:
        return None
    told = trigger._replace(clause=index)
    own = view.actors_in(trigger.phrase_start, trigger.start)
    after = next(
        (
            found
            for phrase in clause.obliques
            if phrase.start >= trigger.end and phrase.preposition in ("on", "against") and (found := actors_of(view, (phrase,)))
        ),
        (),
    )
    cast = cast_of(own, (actor for actor in after if actor not in own))
    if not cast.parties() and view.clause(index).parent is not None:
        cast = cast_of(actors_of(view, agents_of(view.clause(view.clause(index).parent))), ())  # type: ignore[arg-type]
    if len(cast.parties()) < 2:
        cast = filled(cast, scene.counterparts(cast.parties()))
    draft = finished(view, told, status, cast, scene, view.clause(index))
    if draft is None:
        return None
    today = view.article.published_on
    ahead = today is not None and draft.when.start is not None and draft.when.start > today
    return draft._replace(status=PLANNED if ahead else draft.status, start=min(draft.start, trigger.phrase_start), is_main=False)


def _effect_clause(view: ArticleView, trigger: Trigger) -> int | None:
    """Return the clause that puts the measure into force: the noun's own, or the relative clause after it."""
    effects = words("taking_effect")
    for index in view.clauses_of_sentence.get(trigger.sentence, ()):
        clause = view.clause(index)
        if clause.verb.lemma not in effects:
            continue
        rest = view.article.text[clause.verb.start : clause.end].lower()
        in_force = clause.verb.particle == "in" or " in " in f"{rest} " or "effect" in rest or "force" in rest
        about = clause.subject is not None and (clause.subject.start <= trigger.start < clause.subject.end or clause.link == "which")
        if in_force and about:
            return index
    return None


def mediations(view: ArticleView, sentence: int, scene: Scene) -> Iterator[Draft]:
    """Yield the mediation that a compound tells ("US-brokered agreement"), between the sides of the clause it stands in."""
    bounds = view.sentence(sentence)
    for actor in view.actors_in(bounds.start, bounds.end):
        tail = compound_tail(view, actor)
        if tail not in words("mediating_compounds") or not actor.party_codes:
            continue
        for index in view.clauses_of_sentence.get(sentence, ()):
            clause = view.clause(index)
            if not clause.start <= actor.start < max(clause.end, actor.start + 1):
                continue
            sides = actors_of(
                view,
                (*((clause.subject,) if clause.subject else ()), *(p for p in clause.obliques if p.preposition in ("between", "with"))),
            )
            cast = Cast(actor.party_codes, tuple(code for code in codes_of(sides) if code not in actor.party_codes), actor.people, ())
            if len(cast.target) < 2:
                cast = filled(cast, scene.pair if set(cast.target) <= set(scene.pair) else ())
            trigger = Trigger(
                actor.start,
                actor.end,
                sentence,
                index,
                "mediation.compound",
                "mediation",
                root_of_type("mediation"),
                "",
                frozenset(),
                noun=tail,
                phrase_start=actor.start,
            )
            draft = finished(view, trigger, OCCURRED, cast, scene, clause, leans=False) if len(cast.target) >= 2 else None
            if draft is not None:
                yield draft._replace(start=actor.start, end=min(bounds.end, actor.end + 40), is_main=False)
            break
