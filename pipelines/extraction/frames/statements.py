"""Remarks of officials on relations, where no other happening carries them.

Belongs here: who says what of whom, and which remarks count.
Does not belong here: promises, praise, blame (drafting), figures (trade claims).
"""

import re
from functools import cache

from pipelines.extraction.frames.drafting import finished
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.needs import is_lay
from pipelines.extraction.frames.participants import Cast, actors_of, agents_of, codes_of, filled, is_compound, people_of
from pipelines.extraction.frames.rules import verb_rules
from pipelines.extraction.frames.status import OCCURRED, status_of_verb
from pipelines.extraction.frames.triggers import clause_trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Actor, Clause

_SPEAKING_FORMS = frozenset({"person", "surname", "role", "metonym", "pronoun"})
_UNOFFICIAL = frozenset({"other", "business_leader"})
REPORTING_LINKS = frozenset({"that", "quote", None})
_FEWEST_WORDS = 8
_MUTUAL = re.compile(r"\b[Tt]he (?:two|three) (?:sides|countries|nations|peoples|governments|states|neighbours|neighbors)\b|\beach other\b")


def is_saying(clause: Clause) -> bool:
    """Say whether the verb of a clause only says."""
    return any(rule.engagement_type == "statement" for rule in verb_rules().get(clause.verb.lemma, ()))


def speaker_of(view: ArticleView, clause: Clause) -> tuple[Actor, ...]:
    """Return the official or government that speaks, or nothing."""
    people = view.article.people
    speakers = tuple(actor for actor in actors_of(view, agents_of(clause)) if actor.party_codes and actor.form in _SPEAKING_FORMS)
    if not speakers or len(codes_of(speakers)) != 1:
        return ()
    named = [people[name] for name in people_of(speakers) if name in people]
    if any(person.office in _UNOFFICIAL or person.is_former for person in named):
        return ()
    return speakers if named or any(actor.form in ("metonym", "role") for actor in speakers) else ()


def _is_unsure(view: ArticleView, index: int, source: tuple[str, ...]) -> bool:
    """Say whether what is said is only what might be."""
    below = (view.clause(child) for child in view.children.get(index, ()))
    unsure = any(each.link in REPORTING_LINKS and each.verb.modality in ("conditional", "possible") for each in below)
    return unsure and not _promised(view, index, source)


def _speaks_of_relations(
    view: ArticleView, index: int, span: tuple[int, int], source: tuple[str, ...], scene: Scene
) -> tuple[str, ...] | None:
    """Return the other parties that the remark names, () where it speaks of "us both" only, None where it speaks of neither."""
    clause = view.clause(index)
    told = {token.lower for token in view.tokens(clause.sentence)}
    is_first = any(view.clause(child).start < clause.verb.start for child in view.children.get(index, ()))
    mutual = _MUTUAL.search(view.article.text, *((span[0], clause.verb.start) if is_first else (clause.verb.end, span[1]))) is not None
    if not told & words("relation_words") and not mutual:
        return None
    others: list[str] = []
    for actor in view.actors_in(*span):
        if (
            actor.form == "pronoun"
            or is_compound(view, actor)
            or (clause.subject is not None and clause.subject.start <= actor.start < clause.subject.end)
        ):
            continue
        if actor.form == "organisation" and _is_rulebook(view, clause.sentence, actor):
            continue
        others += [code for code in actor.party_codes if code not in (*source, *others) and code not in words("forums")]
    if not others:
        return () if told & words("shared_words") or mutual else None
    known = [code for code in others if code in (*scene.pair, *scene.main)]
    return tuple((known or others)[:1])


@cache
def _definite_accord() -> re.Pattern[str]:
    """Return the pattern of an accord that is known ("the trade deal")."""
    return re.compile(rf"\b(?:the|this|our|its) (?:\w+ ){{0,3}}?(?:{'|'.join(sorted(words('accords')))})\b")


def _on_accord(view: ArticleView, span: tuple[int, int], source: tuple[str, ...], scene: Scene) -> tuple[str, ...]:
    """Return the other sides of the accord told before that the remark is on ("the deal would open new markets"), or nothing."""
    if scene.accord is None or not set(source) < set(scene.accord.parties):
        return ()
    if not _definite_accord().search(view.article.text[span[0] : span[1]].lower()):
        return ()
    return tuple(code for code in scene.accord.parties if code not in source)


def _is_rulebook(view: ArticleView, sentence: int, actor: Actor) -> bool:
    """Say whether an organisation is named only for its rules, rounds or meetings ("under GATT", "the WTO talks")."""
    before = view.article.text[max(0, actor.start - 14) : actor.start].lower().replace("the ", "").split()
    following = view.tokens_in(sentence, actor.end, actor.end + 2)
    return before[-1:] in (["under"], ["of"], ["in"], ["through"], ["within"], ["at"], ["("]) or any(
        token.tag in ("NOUN", "ADJ") for token in following if token.start >= actor.end
    )


def _promised(view: ArticleView, index: int, source: tuple[str, ...]) -> bool:
    """Say whether it is said that one's own side will do something ("said that Oman would host …")."""
    for child in view.children.get(index, ()):
        below = view.clause(child)
        if below.link not in REPORTING_LINKS or below.subject is None or below.verb.is_negated:
            continue
        between = view.tokens_in(below.sentence, view.clause(index).verb.end, below.verb.start)
        if any(token.lemma in words("hoping") for token in between):
            continue  # "said she hoped that exchanges would grow"
        own = codes_of(actors_of(view, (below.subject,)))
        if below.verb.modality in ("will", "conditional") and own and set(own) <= set(source) and below.verb.lemma not in words("no_deeds"):
            return True
    return False


def statement_draft(view: ArticleView, sentence: int, scene: Scene) -> Draft | None:
    """Return the remark on relations that a sentence reports, if it does."""
    bounds = view.sentence(sentence)
    if view.amounts_in(bounds.start, bounds.end):
        return None
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if (clause.parent is not None and clause.link not in ("and", "but")) or not is_saying(clause):
            continue
        if status_of_verb(clause.verb, "statement") != OCCURRED:
            continue
        speakers = speaker_of(view, clause) if not is_lay(view, clause) else ()
        source = codes_of(speakers)
        if not speakers or len(bounds.text.split()) < _FEWEST_WORDS:
            continue
        span = bounds.start, bounds.end
        others = _on_accord(view, span, source, scene) or (
            None if _is_unsure(view, index, source) else _speaks_of_relations(view, index, span, source, scene)
        )
        if others is None:
            continue
        cast = Cast(source, others, people_of(speakers), ())
        if not others:
            cast = filled(cast, scene.counterparts(source))
        promise = _promised(view, index, source)
        if promise and not others:
            continue
        kind = "commitment" if promise else "statement"
        trigger = clause_trigger(clause, index, f"statement.{clause.verb.lemma}", kind)
        draft = finished(view, trigger, OCCURRED, cast, scene, clause, is_filled=not others)
        if draft is not None:
            return draft._replace(start=span[0], end=span[1], is_main=False)
    return None
