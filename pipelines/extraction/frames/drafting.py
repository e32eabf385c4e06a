"""From a verb to a draft: status, cast, date and place of one telling of a happening.

Belongs here: what every draft has in common, and the rules of the types told by verbs. Does not belong here: visits (visits), event nouns
(nouns), which words are triggers (triggers), and whether two tellings are one happening (merging).
"""

from datetime import timedelta

from pipelines.extraction.frames.dating import (
    NO_DATE,
    When,
    inherited,
    is_ahead,
    is_lead,
    is_limit,
    published,
    time_after_noun,
    time_in_phrase,
    time_in_sentence,
)
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.participants import (
    COMPANY,
    Cast,
    acting_cast,
    actors_of,
    agents_of,
    cast_of,
    codes_of,
    filled,
    has_class,
    has_word,
    is_compound,
    is_state,
    unique,
)
from pipelines.extraction.frames.placing import spot_of
from pipelines.extraction.frames.rules import CONSULT_TYPES, SPOKEN_TYPES
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, governed_status, takes_that
from pipelines.extraction.frames.triggers import Trigger, objects_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MAIN_LINKS = frozenset({None, "and", "but", "or", "that", "quote", "parataxis", ";"})
_WEEKDAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_LONG_AGO = 10
_PLURAL_SUBJECTS = frozenset(
    {"they", "leaders", "presidents", "ministers", "premiers", "officials", "pair", "counterparts", "men", "women", "diplomats"}
)
_OFFICIAL_TYPES = frozenset({"commitment", "support", "request", "criticism", "rejection", "threat", "statement"})
_DONE_TO = frozenset({"coercion", "sanction", "assault", "concession"})
_POINTING = frozenset({"the", "this", "these", "that", "those", "both", "its", "their"})
_TELLING_EFFECTS = frozenset({"occurs", "begins", "says"})
_HOSTILE_TYPES = frozenset({"sanction", "mobilization", "threat", "rejection", "protest"})
_NOBODY = frozenset({"no", "nobody", "none", "neither", "nothing"})
_EVERYONE = frozenset({"meeting", "talks", "call", "summit", "mediation", "signing", "cooperation"})


def fallback_date(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return the date of a happening whose sentence gives none."""
    today = published(view.article.published_on)
    if is_ahead(status):
        # A call that a guest is still to pay belongs to the stay under way.
        during_stay = (
            status == PLANNED
            and trigger.engagement_type in ("meeting", "talks", "signing")
            and scene.spot_when.end is not None
            and view.article.published_on is not None
            and scene.spot_when.end >= view.article.published_on
            and set(scene.spot_parties) >= set(parties)
        )
        return today if during_stay else NO_DATE
    if status == OCCURRED and scene.story_when.rank:
        today = scene.story_when
    if is_lead(view, trigger.sentence):
        told_before = scene.when.rank and scene.when.precision == "day" and view.sentence(trigger.sentence).kind != "headline"
        return inherited(scene.when) if told_before else today
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if clause is not None and clause.verb.is_perfect and clause.verb.tense == "present" and trigger.slot == "verb":
        return published(view.article.published_on) if " now " in view.article.text[clause.start : clause.end] else NO_DATE
    if status == ONGOING:
        return today
    passage = scene.when
    bounds = view.sentence(trigger.sentence)
    goes_on = bounds.paragraph == scene.paragraph or " also " in bounds.text[:40]
    if passage.precision != "day" and not goes_on and scene.main_when.rank:
        passage = scene.main_when
    return inherited(passage) if passage.rank else today


def when_of(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return when the happening of ``trigger`` was or will be."""
    inside = time_in_phrase(view, trigger.phrase_start, trigger.start) if trigger.noun else None
    if inside is None and trigger.noun and trigger.effect in (None, "refers") and not is_ahead(status):
        inside = time_after_noun(view, trigger.end, view.sentence(trigger.sentence).end, status)
    if inside is not None:
        return inside
    limits = is_ahead(status) and trigger.engagement_type not in SPOKEN_TYPES
    spoken = trigger.engagement_type in SPOKEN_TYPES and trigger.slot == "verb"
    found = time_in_sentence(view, trigger.sentence, trigger.clause, trigger.start, status, limits, spoken)
    if found is not None and trigger.engagement_type in CONSULT_TYPES and trigger.clause is not None:
        found = _ahead_in_present(view, view.clause(trigger.clause), found)
    return found or fallback_date(view, trigger, status, scene, parties)


def _ahead_in_present(view: ArticleView, clause: Clause, found: When) -> When:
    """Move a bare weekday that stands with a present tense to the next one ("flies to Lima on Friday")."""
    today, verb = view.article.published_on, clause.verb
    if today is None or verb.tense != "present" or verb.is_perfect or verb.is_passive or found.start is None or found.precision != "day":
        return found
    if found.text is None or found.text.lower() not in _WEEKDAYS or found.start >= today or found.start != found.end:
        return found
    if view.sentence(clause.sentence).kind == "headline":
        return found
    return found._replace(start=found.start + timedelta(days=7), end=found.start + timedelta(days=7))


def keywords_of(view: ArticleView, sentence: int, start: int, end: int) -> frozenset[str]:
    """Return the lemmas of the content words in [start, end)."""
    return frozenset(token.lemma for token in view.tokens_in(sentence, start, end) if token.tag in _CONTENT_TAGS)


def evidence_of(view: ArticleView, trigger: Trigger, clause: Clause | None) -> tuple[int, int]:
    """Return the span of the clause with its subject, its phrases and what it governs."""
    bounds = view.sentence(trigger.sentence)
    if clause is None:
        return trigger.phrase_start or trigger.start, min(bounds.end, trigger.end + 80)
    start = min(clause.start, trigger.start)
    end = max([clause.end, trigger.end, *(phrase.end for phrase in clause.obliques)])
    for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ()):
        below = view.clause(child)
        if below.link in ("to", "that", "ing") and below.start >= clause.verb.end:
            end = max(end, below.end)
    if clause.subject is not None and bounds.start <= clause.subject.start < start and start - clause.subject.end < 4:
        start = clause.subject.start
    text = view.article.text
    while end > start and text[end - 1] in " ,;:.\n—–-":
        end -= 1
    while start < end and text[start] in " ,;:.\n—–-":
        start += 1
    return start, end


def _is_main(view: ArticleView, index: int | None) -> bool:
    for _ in range(6):
        if index is None:
            return False
        clause = view.clause(index)
        if clause.link not in _MAIN_LINKS or (
            clause.link == "that" and clause.parent is not None and not takes_that(view.clause(clause.parent))
        ):
            return False
        if clause.parent is None:
            return True
        index = clause.parent
    return False


def finished(
    view: ArticleView,
    trigger: Trigger,
    status: str,
    cast: Cast,
    scene: Scene,
    clause: Clause | None,
    when: When | None = None,
    *,
    leans: bool = False,
    is_filled: bool = False,
) -> Draft | None:
    """Return the draft of a happening whose status and sides are known, or None where it has no two parties or is long past."""
    parties = unique(cast.parties())
    kind = trigger.engagement_type
    if len(parties) < 2 and not (
        kind in ("summit", "meeting", "talks")
        and parties
        and not leans
        and not is_state(parties[0])
        and _are_members(view, trigger, clause)
    ):
        return None
    when = when or when_of(view, trigger, status, scene, parties)
    if when.start is not None and view.article.published_on is not None and view.article.published_on.year - when.start.year > _LONG_AGO:
        return None
    everyone = kind in _EVERYONE or "invite" in trigger.roles
    start, end = evidence_of(view, trigger, clause)
    return Draft(
        engagement_type=kind,
        status=status,
        when=when,
        cast=cast,
        parties=parties,
        people=unique(cast.people() if everyone else cast.source_people),
        spot=spot_of(view, trigger, status, when, cast, scene),
        start=start,
        end=end,
        sentence=trigger.sentence,
        is_headline=view.sentence(trigger.sentence).kind == "headline",
        rule_id=trigger.rule_id,
        confidence=0.7 if is_filled else 0.9,
        keywords=keywords_of(view, trigger.sentence, clause.verb.start if clause else trigger.start, end),
        clause=trigger.clause,
        verb=clause.verb.lemma if clause else "",
        leans=leans,
        filled=is_filled,
        is_main=(trigger.slot == "verb" or trigger.effect in _TELLING_EFFECTS) and _is_main(view, trigger.clause),
        is_vague=kind == "commitment" and clause is not None and is_vague(view, trigger, clause),
    )


def _are_members(view: ArticleView, trigger: Trigger, clause: Clause | None) -> bool:
    """Say whether those who meet are the members of an organisation ("foreign ministers of the bloc met")."""
    return trigger.engagement_type == "summit" or (
        clause is not None and has_word(view, clause.sentence, agents_of(clause), words("members"))
    )


def is_vague(view: ArticleView, trigger: Trigger, clause: Clause) -> bool:
    """Say whether a pledge names nothing concrete: no figure, no date, no deed."""
    end = evidence_of(view, trigger, clause)[1]
    told = view.tokens_in(trigger.sentence, clause.verb.end, end)
    if any(token.tag == "NUM" for token in told):
        return False
    deeds = [token.lemma for token in told if token.tag == "VERB"]
    vague, nouns = words("vague"), words("vague_nouns")
    return (bool(deeds) and deeds[0] in vague) or (not deeds and any(token.lemma in nouns for token in told))


# ------------------------------------------------------------------------------------------------ verbs


def verb_status(view: ArticleView, trigger: Trigger) -> str | None:
    """Return the status of what a verb tells; a stay or meeting that "will not" be is cancelled."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    status, _ = governed_status(view, trigger.clause, trigger.engagement_type)
    if (
        status is None
        and clause.verb.is_negated
        and clause.verb.modality in ("will", "expected")
        and trigger.engagement_type in CONSULT_TYPES
    ):
        return CANCELLED
    return status


def acting_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, scene: Scene) -> Draft | None:
    """Return the draft of a deed, remark or promise of one party towards another."""
    cast = acting_cast(view, clause, trigger)
    kind = trigger.engagement_type
    if kind in _OFFICIAL_TYPES and is_private(view, clause):
        return None
    if trigger.needs & {"judgement"}:
        judged = judgement(view, trigger, clause)
        if judged is None:
            return None
        trigger, kind = trigger._replace(engagement_type=judged), judged
    if kind in ("aid", "commitment") and clause.verb.is_perfect and _since(view, clause):
        return None
    if (
        kind == "aid"
        and status == PLANNED
        and not (clause.verb.modality == "expected" and clause.parent is not None)
        and _is_money(view, clause)
    ):
        # Money promised is an undertaking, made when it is told.
        trigger, status, kind = trigger._replace(engagement_type="commitment"), OCCURRED, "commitment"
    if not cast.source and clause.verb.is_passive and kind in ("protest", "sanction"):
        # "The Russian ambassador was called in": by whom the passage sets Russia among
        cast = cast._replace(source=tuple(code for code in scene.counterparts(cast.target) if code not in cast.target))
    if not cast.source and kind not in ("cooperation", "mobilization"):
        return None
    if not cast.source and clause.link in ("participle", "that", "which", "who", None) and clause.verb.tense == "none":
        return None
    if kind == "sanction" and cast.source and not cast.target and has_class(view, clause.sentence, objects_of(clause)[:1], "@mission"):
        cast = filled(cast, scene.counterparts(cast.source))  # "expelled two of the embassy's staff"
    if kind in _HOSTILE_TYPES and cast.source and not cast.target and not trigger.needs & {"explicit", "act"}:
        cast = cast._replace(target=_other_in_sentence(view, trigger, cast))
    told = _in_company(view, trigger, cast, scene) or _speaks_of_told(view, trigger, clause, cast, scene)
    if not needs_met(view, clause, trigger, cast) and not told:
        return None
    cast = _with_both_sides(view, clause, cast, scene)
    everyone: tuple[str, ...] = ()
    if kind in SPOKEN_TYPES and cast.source and set(cast.parties()) <= set(scene.gathering):
        everyone = scene.people if len(cast.source) > 1 and has_word(view, clause.sentence, agents_of(clause), _PLURAL_SUBJECTS) else ()
        cast = filled(cast, scene.gathering)
    is_filled = len(cast.parties()) < 2
    if is_filled and cast.source and kind in ("commitment", "rejection", "concession"):
        cast = filled(cast, _who_reports(view, clause, cast))
    if is_filled and not has_word(view, clause.sentence, objects_of(clause)[:1], words("private") | words("crowds") | words("unnamed")):
        cast = filled(cast, scene.counterparts(cast.parties()))
    if len(cast.parties()) < 2 and kind in _HOSTILE_TYPES:
        home = (scene.home,) if scene.home and kind != "rejection" else ()
        cast = filled(cast, _other_in_sentence(view, trigger, cast) or home)
    if len(cast.parties()) < 2 or (not cast.target and _speaks_of_told(view, trigger, clause, cast, scene)):
        cast = filled(cast, scene.pair if _speaks_of_told(view, trigger, clause, cast, scene) else ())
        is_filled = True
    draft = finished(view, trigger, status, cast, scene, clause, is_filled=is_filled)
    if draft is not None and set(draft.people) < set(everyone):
        draft = draft._replace(people=everyone)
    return with_everyone(view, clause, draft, scene) if draft is not None else None


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
    """Return criticism or support, by what somebody or something is called; None where the words tell neither."""
    after = clause.objects[-1].end if clause.objects else clause.verb.end
    bounds = view.sentence(trigger.sentence)
    told = {token.lower for token in view.tokens(trigger.sentence) if after <= token.start < min(bounds.end, after + 70)}
    inside = {
        token.lower for phrase in clause.objects for token in view.tokens(trigger.sentence) if phrase.start <= token.start < phrase.end
    }
    told |= inside
    if told & words("bad_words"):
        return "criticism"
    if told & words("good_words"):
        return "support"
    return None


def _since(view: ArticleView, clause: Clause) -> bool:
    """Say whether a sum is counted since some day: no single deed."""
    text = view.article.text
    return any(
        is_limit(view, time) and "since" in text[max(0, time.start - 8) : time.end].lower()
        for time in view.times_in(clause.start, clause.end)
    )


def _is_money(view: ArticleView, clause: Clause) -> bool:
    return any(amount.unit == "money" for amount in view.amounts_in(clause.verb.end, clause.end)) or has_class(
        view, clause.sentence, objects_of(clause), "@aid"
    )


def _speaks_of_told(view: ArticleView, trigger: Trigger, clause: Clause, cast: Cast, scene: Scene) -> bool:
    """Say whether an outsider speaks of what the passage has told ("Brazil condemned the attack", "Oman offered to mediate")."""
    if trigger.engagement_type not in SPOKEN_TYPES or not cast.source or set(cast.source) & set(scene.pair):
        return False
    if _names_told(view, clause):
        return True
    return any(
        view.clause(child).verb.lemma == "mediate" for child in view.children.get(trigger.clause if trigger.clause is not None else -1, ())
    )


def _names_told(view: ArticleView, clause: Clause) -> bool:
    """Say whether the object, or what the words are for or against, is something told before ("the attack", "those strikes")."""
    phrases = (*objects_of(clause)[:1], *(phrase for phrase in clause.obliques if phrase.preposition in ("for", "against", "to")))
    for phrase in phrases:
        told = view.article.text[phrase.start : phrase.end].lower().split()
        if told and (
            told[0] in _POINTING
            or (len(told) > 1 and ((told[1] in _POINTING and phrase.preposition is not None) or told[1:3] == ["of", "the"]))
        ):
            return True
    return False


def _with_both_sides(view: ArticleView, clause: Clause, cast: Cast, scene: Scene) -> Cast:
    """Take "both sides" that an outsider addresses for the pair of the passage, not for the outsider and another."""
    told = " ".join(view.article.text[phrase.start : phrase.end].lower() for phrase in objects_of(clause)[:1])
    if not told.startswith(("both ", "the two ", "the sides", "all parties", "all sides", "the parties")) or set(cast.source) & set(
        scene.pair
    ):
        return cast
    return cast._replace(target=scene.pair) if scene.pair else cast


def _in_company(view: ArticleView, trigger: Trigger, cast: Cast, scene: Scene) -> bool:
    """Say whether who speaks does so among the parties of a meeting just told, so that these are meant."""
    near = view.sentence(trigger.sentence).paragraph - scene.paragraph <= 2
    if not near or not scene.counterparts(cast.source):
        return False
    if trigger.engagement_type in SPOKEN_TYPES or "context" in trigger.needs:
        return bool(trigger.needs & {"target", "joint", "context"})
    return "target" in trigger.needs and trigger.engagement_type in _DONE_TO and _names_told(view, view.clause(trigger.clause or 0))


def with_everyone(view: ArticleView, clause: Clause, draft: Draft, scene: Scene) -> Draft:
    """Give a draft told of "they" or "the two leaders" the people of the meeting it speaks of."""
    known = {*scene.pair, *scene.main, *scene.gathering, *scene.talkers}
    if draft.people or len(draft.cast.source) < 2 or not scene.people or not set(draft.cast.source) <= known:
        return draft
    told = [
        token.lower for phrase in agents_of(clause) for token in view.tokens(draft.sentence) if phrase.start <= token.start < phrase.end
    ]
    return draft._replace(people=scene.people) if any(word in _PLURAL_SUBJECTS for word in told) else draft


def signing_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, scene: Scene) -> Draft | None:
    """Return the draft of an act of signing."""
    if is_private(view, clause):
        return None
    agents = actors_of(view, agents_of(clause))
    others = actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition in COMPANY))
    cast = cast_of(agents, (actor for actor in others if actor not in agents))
    if len(cast.parties()) < 2:
        cast = cast._replace(target=unique((*cast.target, *codes_of(actors_of(view, objects_of(clause))))))
    if not cast.parties() and clause.link == "which" and clause.parent is not None:
        cast = cast_of(actors_of(view, agents_of(view.clause(clause.parent))), ())
    is_filled = len(cast.parties()) < 2
    if is_filled:
        cast = filled(cast, scene.counterparts(cast.parties()) or (scene.pair if not cast.parties() else ()))
    draft = finished(view, trigger, status, cast, scene, clause, is_filled=is_filled)
    return with_everyone(view, clause, draft, scene) if draft is not None else None


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


def deed_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return the signing, deed, remark or promise that the verb of a clause tells."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    status = verb_status(view, trigger)
    if status is None or is_none(view, clause):
        return None
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
