"""The terms of an accord: what each side will do under it ("In return, Chile will open its market to wool").

Belongs here: which promises of a passage are terms of the accord that it has told of, and between whom. Does not belong here: the accord
itself (deeds), instruments (agreements), promises that need no accord to be read (deeds).
"""

import re
from functools import cache
from typing import NamedTuple

from pipelines.extraction.frames.dating import When, inherited, is_lead
from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene, is_accord
from pipelines.extraction.frames.participants import Cast, actors_of, agents_of, codes_of, doers_of, has_head, has_word, unique
from pipelines.extraction.frames.status import OCCURRED, governed_status
from pipelines.extraction.frames.triggers import clause_trigger, objects_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_PARAGRAPHS_OF_ACCORD = 3
_EXACT = frozenset({"day", "week", "month"})
_MAIN = frozenset({None, "and", "but", "or", "while", "that", "quote"})
_LIFTING = frozenset({"ease.restriction", "exempt.visa", "suspend.tariff", "lift.ban"})
_WHEREBY = re.compile(r"\b(?:under|by|through) which$|\bwhereby$", re.IGNORECASE)
_WHEREBY_REACH = 14
_BETWEEN_REACH = 60
_CONDITIONS = frozenset({"if", "unless"})
_YIELDING = frozenset({"concession", "aid"})


@cache
def _under_accord() -> re.Pattern[str]:
    """Return what opens a term, wherever the accord was told ("Under the terms of the deal, …", "In return, …")."""
    return re.compile(
        r"\b(?:under|as part of|as a result of|in line with|in) (?:the|this|that|its|their|a|an) (?:[\w’'-]+ ){0,4}?"
        rf"(?:{'|'.join(sorted(words('accords')))})\b|\bin (?:return|exchange)\b",
        re.IGNORECASE,
    )


class Accord(NamedTuple):
    """An accord whose terms may follow: its sides, who made it with whom, and when."""

    parties: tuple[str, ...]
    cast: Cast
    when: When


def _accord_of(draft: Draft) -> Accord:
    return Accord(draft.parties, draft.cast, draft.when)


def accord_near(view: ArticleView, sentence: int, scene: Scene) -> Accord | None:
    """Return the accord whose terms ``sentence`` may tell: the last one told, if that was a few paragraphs ago or it is named again.

    One that is named with both its sides is it, told before or not.
    """
    bounds = view.sentence(sentence)
    if scene.accord is None and view.article.text.find(" between ", bounds.start, bounds.end) < 0:
        return None
    named = _under_accord().search(view.article.text, bounds.start, bounds.end)
    if named is not None and view.article.text.startswith(" between ", named.end()):
        actors = view.actors_in(named.end(), min(named.end() + _BETWEEN_REACH, bounds.end))[:2]
        parties = codes_of(actors)
        if len(parties) == 2:
            return Accord(parties, Cast(parties), scene.when)
    if scene.accord is None:
        return None
    is_near = bounds.paragraph - scene.accord_paragraph <= _PARAGRAPHS_OF_ACCORD
    return _accord_of(scene.accord) if is_near or named is not None else None


def other_sides(accord: Accord, source: tuple[str, ...]) -> tuple[str, ...]:
    """Return whom ``source`` owes the terms of ``accord``: the other side, and of an accord of one with many that one alone."""
    cast = accord.cast
    if not source or not set(source) <= set(accord.parties):
        return ()
    if cast.target and set(source) <= set(cast.target):
        return cast.source
    if cast.target and set(source) <= set(cast.source):
        return cast.target
    return tuple(code for code in accord.parties if code not in source)


def _is_promised(view: ArticleView, clause: Clause) -> bool:
    """Say whether a clause tells what will be, under whatever verb of saying."""
    verb = clause.verb
    before = view.article.text[max(0, clause.start - _WHEREBY_REACH) : clause.subject.start if clause.subject else clause.start].rstrip()
    is_told = clause.link in _MAIN or _WHEREBY.search(before) is not None
    return is_told and not verb.is_negated and not verb.is_perfect and verb.modality in ("will", "conditional")


def _bound_cast(view: ArticleView, clause: Clause, accord: Accord) -> Cast | None:
    """Return whom the accord binds and to whom ("The deal commits Kenya to buying Omani gas")."""
    of_accord = clause.subject is not None and has_head(view, clause.sentence, (clause.subject,), words("accords"))
    if not of_accord or clause.verb.lemma not in words("obliging") or clause.verb.is_negated or not clause.objects:
        return None
    source = codes_of(actors_of(view, clause.objects[:1]))
    return Cast(source, other_sides(accord, source)) if source and other_sides(accord, source) else None


def _is_of_trade(view: ArticleView, clause: Clause) -> bool:
    """Say whether what is to be done opens, frees or binds trade: the verb grants or removes it, or its object is a term."""
    acted_on = (*objects_of(clause), *clause.obliques)
    if has_word(view, clause.sentence, acted_on, words("terms")):
        return clause.verb.lemma not in words("no_terms")
    return clause.verb.lemma in words("binding") and bool(clause.objects)


def _falls(view: ArticleView, clause: Clause) -> bool:
    """Say whether it is a barrier that goes, whoever takes it away ("tariffs on gin will be halved", "duties will fall")."""
    if clause.subject is None or not has_head(view, clause.sentence, (clause.subject,), words("barriers")):
        return False
    return clause.verb.lemma in words("falling") and not (clause.verb.is_passive and agents_of(clause))


def _named_beside(view: ArticleView, clause: Clause, accord: Accord, source: tuple[str, ...]) -> tuple[str, ...]:
    """Return the other sides of the accord that the sentence names ("For Ghana and Togo, Peru will also drop its levy")."""
    bounds = view.sentence(clause.sentence)
    named = codes_of(actor for actor in view.actors_in(bounds.start, bounds.end) if actor.form != "pronoun")
    return tuple(code for code in named if code in accord.parties and code not in source)


def _cast_of_term(view: ArticleView, clause: Clause, accord: Accord) -> Cast | None:
    """Return who owes the term and to whom, or None where it is no party of the accord."""
    if _falls(view, clause):
        named = codes_of(actors_of(view, (clause.subject,) if clause.subject else ()))
        parties = unique((*(code for code in accord.parties if code in named), *accord.parties)) if len(accord.parties) == 2 else ()
        return Cast(parties, ()) if len(parties) == 2 else None
    doers = doers_of(view, clause)
    if clause.subject is not None and clause.subject.text.lower() == "it":
        return None  # the accord itself, as a rule
    source = codes_of(doers)
    heads_it = clause.subject is not None and any(actor.start <= clause.subject.head_start < actor.end for actor in doers)
    if not heads_it or not source or not set(source) <= set(accord.parties) or not _is_of_trade(view, clause):
        return None
    if set(source) == set(accord.parties):
        return Cast(source, ())
    others = _named_beside(view, clause, accord, source) if len(accord.parties) > 2 else ()
    return Cast(source, others or other_sides(accord, source))


def terms(view: ArticleView, sentence: int, scene: Scene, told: dict[int, Draft]) -> dict[int, Draft]:
    """Return what ``sentence`` tells that the sides of the accord will do under it, by clause; ``told`` is what its verbs tell."""
    here = next((draft for draft in told.values() if is_accord(draft)), None)
    near = _accord_of(here) if here is not None else accord_near(view, sentence, scene)
    # The barriers that an accord takes down are told all through a story of it.
    accord = near or (_accord_of(scene.accord) if scene.accord is not None and is_lead(view, scene.accord.sentence) else None)
    if accord is None:
        return {}
    found: dict[int, Draft] = {}
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause, known = view.clause(index), told.get(index)
        bound = _bound_cast(view, clause, accord)
        if bound is not None and known is None and near is not None:
            draft = _draft_of(view, index, bound, accord, scene)
            found |= {index: draft} if draft is not None else {}
            continue
        is_held = known is not None and (not _is_yielding(known) or _is_dated(known.when))
        if not _is_promised(view, clause) or is_held:
            continue
        if known is None and clause.link != "which" and clause.parent in told and told[clause.parent].engagement_type == "commitment":
            continue  # "agreed that Chile would …": told
        if near is None and not _falls(view, clause):
            continue
        if any(view.clause(child).link in _CONDITIONS for child in view.children.get(index, ())):
            continue
        status, _ = governed_status(view, index, "commitment")
        cast = _cast_of_term(view, clause, accord) if status is not None or clause.verb.modality == "conditional" else None
        draft = _draft_of(view, index, cast, accord, scene) if cast is not None else None
        if draft is not None:
            found[index] = draft
    return found


def _is_yielding(known: Draft) -> bool:
    """Say whether what the verb tells is what a term of an accord gives."""
    return known.engagement_type in _YIELDING or (known.engagement_type == "cooperation" and known.rule_id in _LIFTING)


def _is_dated(when: When) -> bool:
    return when.rank >= 2 and when.precision in _EXACT


def _draft_of(view: ArticleView, index: int, cast: Cast, accord: Accord, scene: Scene) -> Draft | None:
    clause = view.clause(index)
    trigger = clause_trigger(clause, index, "accord.term", "commitment", clause.start)
    return finished(view, trigger, OCCURRED, cast, scene, clause, inherited(accord.when), is_filled=True)
