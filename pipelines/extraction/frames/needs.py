"""What a pattern asks for beyond its words: sides, speakers, crowds, promises; and who is no party at all.

Belongs here: the conditions of the ``needs`` column that look at who takes part. Does not belong here: matching words (triggers).
"""

import itertools
import re
from collections.abc import Iterable
from functools import cache

from pipelines.extraction.frames.participants import (
    Cast,
    actors_of,
    agents_of,
    codes_of,
    has_class,
    has_head,
    has_word,
)
from pipelines.extraction.frames.senses import speaks_of_travel
from pipelines.extraction.frames.triggers import Trigger, objects_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, Phrase

_ADVERB_REACH = 20
_BETWEEN_TWO = re.compile(r"\bbetween (?:the (?:two|sides)|both|our)\b")
_ITSELF = frozenset({"it", "he", "she", "they"})
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
    if needs & {"joint", "dialogue", "jointly"}:
        return len(cast.parties()) >= 2
    if "official" in needs or "contact" in needs:
        return bool(cast.source_people) and bool(cast.target_people) and ("contact" not in needs or not _is_named(view, clause))
    if "traveller" in needs:
        agents = objects_of(clause) if trigger.roles in ("planned", "taken") else agents
        return any(
            actor.people or (actor.form in ("role", "pronoun", "group", "surname") and actor.text.lower() not in ("it", "its"))
            for actor in actors_of(view, agents)
        ) or has_word(view, clause.sentence, agents, words("delegations"))
    if "force" in needs:
        return has_class(view, clause.sentence, (*agents, *objects_of(clause)), "@force")
    if "speaker" in needs:
        speaks = any(actor.form in ("person", "role", "surname", "pronoun", "organisation") for actor in actors_of(view, agents))
        return (speaks or has_head(view, clause.sentence, agents, words("colleagues"))) and bool(cast.target)
    if "promise" in needs:
        return bool(set(cast.target) - set(cast.source)) and promises(view, trigger, cast)
    if "crowd" in needs:
        return has_word(view, clause.sentence, agents, words("crowds")) and bool(cast.target)
    if "leave" in needs:
        below = {view.clause(child).verb.lemma for child in view.children.get(trigger.clause or 0, ())}
        return "leave" in below or "depart" in below
    if "travel" in needs:
        return speaks_of_travel(view, clause)
    if "attack" in needs:
        return bool(cast.target)
    return "context" not in needs or ("context" in needs and len(cast.parties()) >= 2)


def _below(view: ArticleView, trigger: Trigger) -> Iterable[int]:
    return view.children.get(trigger.clause if trigger.clause is not None else -1, ())


def is_meant(view: ArticleView, clause: Clause, trigger: Trigger, cast: Cast) -> bool:
    """Say whether the words of the clause bear the sense that the rule takes them in, whoever is party to it."""
    needs = trigger.needs
    if "menace" in needs and not _menaces(view, clause, cast):
        return False
    if "act" in needs and any(view.clause(child).verb.lemma in words("saying_deeds") for child in _below(view, trigger)):
        return False
    if "deed" in needs and _is_opinion(view, trigger):
        return False
    if "mandative" in needs and not _is_mandative(view, trigger):
        return False
    if "martial" in needs and not has_word(view, clause.sentence, (*objects_of(clause), *clause.obliques), words("martial")):
        return False
    return "jointly" not in needs or _is_joint(view, trigger.clause or 0) or ("two" in needs and len(cast.source) > 1)


def _menaces(view: ArticleView, clause: Clause, cast: Cast) -> bool:
    """Say whether a warning threatens its hearer: another party is warned itself, or of harm that the speaker's own side may do."""
    hearers = objects_of(clause)[:1]
    speaks_of_itself = any(view.article.text[phrase.start : phrase.end].lower() in _ITSELF for phrase in hearers)  # "warned it would act"
    addressed = codes_of(actors_of(view, hearers if not speaks_of_itself else ()))
    if set(addressed) - set(cast.source):
        return True
    bounds = view.sentence(clause.sentence)
    after = view.tokens_in(clause.sentence, clause.verb.end, bounds.end)
    told = {token.lower if token.lower.endswith("ed") else token.lemma for token in after}  # "forced expulsion" is no force
    return not addressed and bool(told & words("menacing"))


def _is_mandative(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether what follows "that" is asked for ("insisted that France open …"), not held to be so ("insisted it was fair")."""
    for child in _below(view, trigger):
        below = view.clause(child)
        if below.link != "that" or below.subject is None:
            continue
        told = view.article.text[below.verb.start : below.verb.end].lower().split()
        return (
            below.verb.modality == "obligation" or (below.verb.tense == "present" and told[-1:] == [below.verb.lemma]) or told[:1] == ["be"]
        )
    return False


def _is_opinion(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether what follows "that" is how things are or were ("agreed that prices had fallen"), nothing to be done."""
    told = [view.clause(child) for child in _below(view, trigger)]
    if any(below.link == "to" for below in told):
        return False
    held = [below.verb for below in told if below.link == "that"]
    return bool(held) and all(
        verb.modality is None and not verb.is_passive and (verb.tense == "past" or (verb.lemma == "be" and verb.tense == "present"))
        for verb in held
    )


def _is_joint(view: ArticleView, index: int) -> bool:
    """Say whether the clause, or what it governs, says that it is done together, with whom, or for what lies between the two."""
    clause = view.clause(index)
    governed = [view.clause(child) for child in view.children.get(index, ()) if view.clause(child).link in ("to", "ing")]
    if any(phrase.preposition == "with" for each in (clause, *governed) for phrase in each.obliques):
        return True
    end = max((each.end for each in governed), default=clause.end)
    told = {token.lower for token in view.tokens_in(clause.sentence, clause.start, max(end, clause.end))}
    return bool(told & words("jointly")) or _BETWEEN_TWO.search(view.article.text, clause.verb.end, max(end, clause.end)) is not None


def can_speak(view: ArticleView, clause: Clause) -> bool:
    """Say whether somebody acts who can promise, blame or ask: an actor or an office, not a thing of theirs ("US tariffs pushed …")."""
    phrases = agents_of(clause)
    for phrase in phrases:
        for actor in view.actors_in(phrase.start, phrase.end):
            if actor.start <= phrase.head_start < actor.end or actor.end >= phrase.end:
                return True
    return not phrases or has_head(view, clause.sentence, phrases, _speaking())


@cache
def _speaking() -> frozenset[str]:
    names = ("official", "bodies", "members", "delegations", "colleagues", "crowds", "private", "speaking_things")
    return frozenset(word for name in names for word in words(name))


def is_domestic(view: ArticleView, clause: Clause, trigger: Trigger, cast: Cast) -> bool:
    """Say whether those who are warned, asked or praised are the speaker's own ("warned Congress", "appealed to companies")."""
    phrases = [phrase for phrase in objects_of(clause)[:1] if phrase.start != trigger.end]
    phrases += [
        phrase for phrase in clause.obliques if phrase.preposition in ("to", "on", "upon", "for", "by") and phrase.start > clause.verb.start
    ]
    for phrase in phrases[:1]:
        addressed = [actor for actor in actors_of(view, (phrase,)) if actor.form != "pronoun" and actor.party_codes]
        if set(codes_of(addressed)) - set(cast.source):
            return False
        if len(cast.source) == 1 and any(actor.start <= phrase.head_start < actor.end for actor in addressed):
            return True
        return has_head(view, clause.sentence, (phrase,), words("at_home"))
    return False


def promises(view: ArticleView, trigger: Trigger, cast: Cast) -> bool:
    """Say whether it is told that one's own side will do something ("announced that Chile would open a consulate")."""
    speaker = view.clause(trigger.clause).subject if trigger.clause is not None else None
    for child in _below(view, trigger):
        below = view.clause(child)
        if (
            below.link != "that"
            or below.subject is None
            or below.verb.is_negated
            or below.subject == speaker
            or below.verb.modality not in ("will", "conditional")
        ):
            continue
        subject = below.subject
        doers = actors_of(view, (subject,))
        own = codes_of(doers) if any(actor.start <= subject.head_start < actor.end for actor in doers) else ()
        if own and set(own) <= set(cast.source) and below.verb.lemma not in words("no_deeds") | words("harming"):
            return True
    return False


def is_lay(view: ArticleView, clause: Clause) -> bool:
    """Say whether people without an office act, by their trade ("business leaders", "his critics", "a lawyer for the family")."""
    sides = agents_of(clause) or tuple(phrase for phrase in clause.obliques if clause.verb.is_passive and phrase.preposition == "between")
    return any(_names_trade(view, clause.sentence, phrase) for phrase in sides)


def _names_trade(view: ArticleView, sentence: int, phrase: Phrase) -> bool:
    told = view.tokens_in(sentence, phrase.start, phrase.end)
    place = next((i for i, token in enumerate(told) if token.start == phrase.head_start), None)
    actors = view.actors_in(phrase.start, phrase.end)
    people = view.article.people
    heads_it = [actor for actor in actors if actor.form != "pronoun" and actor.start <= phrase.head_start < actor.end]
    named = [people[name] for actor in heads_it for name in actor.people if name in people]
    if named:
        return all(_is_of_trade((person.title_text or "").lower().split()) for person in named)
    if place is None or any(actor.form == "metonym" for actor in actors if actor.end > phrase.head_start):
        return False
    if told[place].lemma in words("lay"):
        return True
    counts = told[place].lemma in words("lay_heads") or told[place].lemma in words("counting")
    heads = (*range(place, len(told)),) if counts and place + 1 < len(told) and told[place + 1].lower == "of" else (place,)
    return any(i > 0 and told[i - 1].lower in words("lay_fields") and told[i].lemma in words("lay_heads") for i in heads)


def _is_of_trade(title: list[str]) -> bool:
    """Say whether a title is of the opposition, a trade or the like ("opposition leader", "union chief", "leader of the opposition")."""
    for place, word in enumerate(title):
        if (
            word in words("lay_heads")
            and title[place + 1 : place + 2] == ["of"]
            and set(title[place + 2 : place + 4]) & words("lay_fields")
        ):
            return True
    return any(word in words("lay_fields") and after.rstrip(",") in words("lay_heads") for word, after in itertools.pairwise(title))


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
    return is_lay(view, clause)


def is_habitual(view: ArticleView, clause: Clause) -> bool:
    """Say whether the clause tells what is done over and over, no one happening ("has repeatedly accused", "are regularly held")."""
    beside = view.tokens_in(clause.sentence, clause.verb.start, clause.verb.end + 1)
    before = view.tokens_in(clause.sentence, max(clause.start, clause.verb.start - _ADVERB_REACH), clause.verb.start)
    return any(token.lower in words("habitual") for token in (*before[-2:], *beside))


def is_none(view: ArticleView, clause: Clause) -> bool:
    """Say whether "no" stands before who acts or what is done ("no document was signed")."""
    phrases = (*agents_of(clause), *objects_of(clause)[:1])
    return any(view.article.text[phrase.start : phrase.end].split(" ", 1)[0].lower() in _NOBODY for phrase in phrases)
