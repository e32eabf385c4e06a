"""What a pattern asks for beyond its words: sides, speakers, crowds, promises; and who is no party at all.

Belongs here: the conditions of the ``needs`` column that look at who takes part. Does not belong here: matching words (triggers).
"""

from pipelines.extraction.frames.participants import (
    Cast,
    actors_of,
    agents_of,
    codes_of,
    has_class,
    has_word,
)
from pipelines.extraction.frames.triggers import Trigger, objects_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})


def _is_named(view: ArticleView, clause: Clause) -> bool:
    """Say whether words follow the object that say what somebody is called ("called him a liar")."""
    if not clause.objects:
        return False
    after = view.article.text[clause.objects[-1].end :][:4].lstrip()
    return len(clause.objects) > 1 or after.startswith(("a ", "an ", "“", '"', "‘", "'", "the "))


def needs_met(view: ArticleView, clause: Clause, trigger: Trigger, cast: Cast) -> bool:
    """Say whether what the rule asks for beyond its words is there."""
    needs = trigger.needs
    if not needs:
        return True
    agents = agents_of(clause)
    if "target" in needs or "explicit" in needs:
        return bool(set(cast.target) - set(cast.source)) or len(cast.source) >= 2
    if "foreign" in needs:
        return bool(set(cast.target) - set(cast.source))
    if "joint" in needs or "dialogue" in needs:
        return len(cast.parties()) >= 2
    if "official" in needs or "contact" in needs:
        return bool(cast.source_people) and bool(cast.target_people) and ("contact" not in needs or not _is_named(view, clause))
    if "traveller" in needs:
        return any(actor.people or actor.form in ("role", "pronoun", "group", "surname") for actor in actors_of(view, agents)) or has_word(
            view, clause.sentence, agents, words("delegations")
        )
    if "force" in needs:
        return has_class(view, clause.sentence, (*agents, *objects_of(clause)), "@force")
    if "act" in needs:
        return not any(view.clause(child).verb.lemma in words("saying_deeds") for child in view.children.get(trigger.clause or 0, ()))
    if "speaker" in needs:
        return any(actor.form in ("person", "role", "surname", "pronoun") for actor in actors_of(view, agents)) and bool(cast.target)
    if "promise" in needs:
        return bool(set(cast.target) - set(cast.source)) and promises(view, trigger, cast)
    if "crowd" in needs:
        return has_word(view, clause.sentence, agents, words("crowds")) and bool(cast.target)
    if "leave" in needs:
        below = {view.clause(child).verb.lemma for child in view.children.get(trigger.clause or 0, ())}
        return "leave" in below or "depart" in below
    if "travel" in needs:
        return "travel" in view.article.text[clause.verb.start : clause.end].lower()
    if "attack" in needs:
        return bool(cast.target)
    return "context" not in needs or ("context" in needs and len(cast.parties()) >= 2)


def promises(view: ArticleView, trigger: Trigger, cast: Cast) -> bool:
    """Say whether it is told that one's own side will do something ("announced that Chile would open a consulate")."""
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        below = view.clause(child)
        if below.link != "that" or below.subject is None or below.verb.is_negated or below.verb.modality not in ("will", "conditional"):
            continue
        own = codes_of(actors_of(view, (below.subject,)))
        if own and set(own) <= set(cast.source) and below.verb.lemma not in words("no_deeds"):
            return True
    return False


def is_private(view: ArticleView, clause: Clause) -> bool:
    """Say whether a company, a player or a crowd acts, not a state, though its nationality is told ("the Anglo-Dutch miner signed …")."""
    for phrase in agents_of(clause):
        actors = view.actors_in(phrase.start, phrase.end)
        if (
            actors
            and all(actor.form == "demonym" for actor in actors)
            and not has_word(view, clause.sentence, (phrase,), words("official"))
        ):
            return True
    return False


def is_none(view: ArticleView, clause: Clause) -> bool:
    """Say whether "no" stands before who acts or what is done ("no document was signed")."""
    phrases = (*agents_of(clause), *objects_of(clause)[:1])
    return any(view.article.text[phrase.start : phrase.end].split(" ", 1)[0].lower() in _NOBODY for phrase in phrases)
