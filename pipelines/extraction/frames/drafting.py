"""From a trigger to a draft: status, cast, date and place of one telling of a happening.

Belongs here: the rules that differ by type (a visit has a host, a meeting needs people, a sanction needs its target).
Does not belong here: which words are triggers (triggers), and whether two tellings are one happening (merging).
"""

from dataclasses import replace

from pipelines.extraction.frames.dating import (
    NO_DATE,
    When,
    fits,
    is_limit,
    published,
    status_by_date,
    stretched,
)
from pipelines.extraction.frames.drafts import NOWHERE, Draft, Scene, Spot
from pipelines.extraction.frames.participants import (
    ASIDE,
    COMPANY,
    TOWARDS,
    Cast,
    actors_of,
    agents_of,
    codes_of,
    people_of,
    unique,
)
from pipelines.extraction.frames.rules import CONSULT_TYPES, IN_PERSON_TYPES, SPOKEN_TYPES, noun_classes
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED, governed_status
from pipelines.extraction.frames.triggers import Trigger, objects_of, words_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.model import Actor, Clause, Phrase

# People and institutions negotiate; two named people who talk have met.
_TALKS_NOUNS = frozenset(
    ["negotiations", "negotiation", "consultations", "consultation", "dialogue", "session", "round", "sitting", "commission", "committee"]
)
_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MOVES_HOME = frozenset({"return", "leave", "depart", "fly"})


# ------------------------------------------------------------------------------------------------ dates


def _owner(view: ArticleView, sentence: int, position: int) -> int | None:
    """Return the smallest clause that holds ``position``."""
    best, size = None, 1 << 30
    for index in view.clauses_of_sentence.get(sentence, ()):
        clause = view.clause(index)
        if clause.start <= position < clause.end and clause.end - clause.start < size:
            best, size = index, clause.end - clause.start
    return best


def _ancestors(view: ArticleView, index: int | None) -> dict[int, str]:
    """Return the clauses above ``index`` with the link that leads to each."""
    found: dict[int, str] = {}
    while index is not None and len(found) < 8:
        clause = view.clause(index)
        if clause.parent is None or clause.parent in found:
            break
        found[clause.parent] = clause.link or ""
        index = clause.parent
    return found


def time_in_sentence(view: ArticleView, sentence: int, clause: int | None, focus: int, status: str, limits: bool) -> When | None:
    """Return the date that the sentence gives the happening told at ``focus``: the clause's own first, then those above and before it."""
    bounds = view.sentence(sentence)
    expressions = view.times_in(bounds.start, bounds.end)
    if not expressions:
        return None
    above = _ancestors(view, clause)
    best: tuple[int, int, When] | None = None
    for expression in expressions:
        if not fits(expression, status, view.article.published_on):
            continue
        if is_limit(view, expression) and not limits:
            continue
        owner = _owner(view, sentence, expression.start)
        if owner == clause:
            rank = 3
        elif owner is None:
            rank = 2
        elif clause is not None and clause in _ancestors(view, owner):
            rank = 2 if view.clause(owner).link not in ("to", "that", "quote", "if") else 0
        elif owner in above:
            rank = 2
        else:
            rank = 1 if expression.start < focus else 0
        if not rank:
            continue
        distance = abs(expression.start - focus) + (0 if expression.precision in ("day", "week") else 40)
        key = (-rank, distance)
        if best is None or key < best[:2]:
            when = When(
                expression.start_date,
                expression.end_date or expression.start_date,
                expression.precision,
                expression.text,
                expression.method,
                2 if rank < 3 else 3,
            )
            best = (*key, when)
    return best[2] if best else None


def is_lead(view: ArticleView, sentence: int) -> bool:
    first = view.first_body_sentence
    return sentence <= first or view.sentence(sentence).paragraph == view.sentence(first).paragraph


def _fallback_date(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return the date of a happening whose sentence gives none."""
    today = published(view.article.published_on)
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if status in (PLANNED, PROPOSED, CANCELLED):
        during_stay = (
            status == PLANNED
            and trigger.engagement_type in ("meeting", "talks", "signing")
            and scene.spot_when.end is not None
            and view.article.published_on is not None
            and scene.spot_when.end >= view.article.published_on
            and set(scene.spot_parties) >= set(parties)
        )
        return today if during_stay else NO_DATE
    if is_lead(view, trigger.sentence):
        return today
    if clause is not None and clause.verb.is_perfect and clause.verb.tense == "present" and trigger.slot == "verb":
        return NO_DATE
    if status == ONGOING:
        return today
    return scene.when if scene.when.rank else today


def when_of(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return when the happening of ``trigger`` was or will be."""
    limits = status in (PLANNED, PROPOSED) and trigger.engagement_type not in SPOKEN_TYPES
    found = time_in_sentence(view, trigger.sentence, trigger.clause, trigger.start, status, limits)
    return found or _fallback_date(view, trigger, status, scene, parties)


# ------------------------------------------------------------------------------------------------ places


def _spot(view: ArticleView, start: int, end: int) -> Spot:
    for place in view.places_in(start, end):
        return Spot(place.name, place.country, place.latitude, place.longitude)
    return NOWHERE


def spot_of(view: ArticleView, trigger: Trigger, when: When, cast: Cast, scene: Scene) -> Spot:
    """Return where the happening took place: its clause's place, else the scene's for what its people did there."""
    kind = trigger.engagement_type
    if kind in IN_PERSON_TYPES:
        clause = view.clause(trigger.clause) if trigger.clause is not None else None
        spot = _spot(view, trigger.start, clause.end) if clause else NOWHERE
        if spot is NOWHERE and clause:
            spot = _spot(view, clause.start, clause.end)
        if spot is NOWHERE:
            bounds = view.sentence(trigger.sentence)
            spot = _spot(view, bounds.start, bounds.end) if not view.clauses_of_sentence.get(trigger.sentence) else NOWHERE
        if spot is not NOWHERE:
            return spot
    if kind in IN_PERSON_TYPES or kind in SPOKEN_TYPES or kind == "cooperation":
        parties = set(cast.parties())
        same_day = (
            when.start is None or scene.spot_when.start is None or (when.start <= scene.spot_when.end and scene.spot_when.start <= when.end)
        )
        if scene.spot.country and parties & set(scene.spot_parties) and same_day and when.start is not None:
            return scene.spot
    return NOWHERE


# ------------------------------------------------------------------------------------------------ casts


def _first_foreign(actors: tuple[Actor, ...], source: tuple[str, ...], view: ArticleView) -> tuple[Actor, ...]:
    """Return the first actor that is no source, with those joined to it by commas or "and"."""
    chosen: list[Actor] = []
    text = view.article.text
    for actor in actors:
        if not actor.party_codes and not chosen:
            continue
        if chosen:
            between = text[chosen[-1].end : actor.start].strip().lower()
            if actor.start >= chosen[-1].end and between not in (
                "",
                ",",
                "and",
                ", and",
                "&",
                "the",
                "and the",
                ", the",
                "or",
                "as well as",
                "and to",
                "and for",
            ):
                break
            chosen.append(actor)
        elif not set(actor.party_codes) <= set(source):
            chosen.append(actor)
    return tuple(chosen)


def _consult_cast(view: ArticleView, clause: Clause, trigger: Trigger) -> Cast:
    agents = actors_of(view, agents_of(clause))
    allowed = (
        COMPANY
        | {"by"}
        | ({"to"} if trigger.engagement_type == "call" else set())
        | ({"on", "upon"} if "call_on" in trigger.rule_id else set())
    )
    if trigger.engagement_type == "mediation":
        allowed = allowed | {"in", "of", "for"}
    company = [*objects_of(clause), *(phrase for phrase in clause.obliques if phrase.preposition in allowed)]
    if trigger.rule_id in ("discuss", "exchange.views"):
        company = [phrase for phrase in clause.obliques if phrase.preposition in ("with", "between")]
    others = tuple(actor for actor in actors_of(view, company) if actor not in agents)
    return Cast(codes_of(agents), codes_of(others), people_of(agents), people_of(others))


def _acting_cast(view: ArticleView, clause: Clause, trigger: Trigger) -> Cast:
    agents = actors_of(view, agents_of(clause))
    source = codes_of(agents)
    target: tuple[Actor, ...] = ()
    for phrase in (*objects_of(clause), *clause.obliques):
        if phrase.preposition is not None and (phrase.preposition in ASIDE or phrase.preposition not in TOWARDS):
            continue
        if phrase.preposition == "by" and clause.verb.is_passive:
            continue
        if phrase.preposition in ("in", "at") and trigger.engagement_type not in ("assault", "mobilization", "coercion", "withdrawal"):
            continue
        target = _first_foreign(actors_of(view, (phrase,)), source, view)
        if target:
            break
    if "reverse" in trigger.roles:
        return Cast(codes_of(target), source, people_of(target), people_of(agents))
    return Cast(source, codes_of(target), people_of(agents), people_of(target))


def _with_counterparts(cast: Cast, scene: Scene) -> Cast:
    """Fill in who stands on the other side from what the passage has established."""
    parties = scene.counterparts(cast.parties())
    if not parties:
        return cast
    missing = tuple(code for code in parties if code not in cast.parties())
    return replace(cast, target=(*cast.target, *missing))


def _has_class(view: ArticleView, sentence: int, phrases: tuple[Phrase, ...], name: str) -> bool:
    classes = noun_classes()
    return any(
        name in classes.get(token.lower, ()) or name in classes.get(token.lemma, ())
        for phrase in phrases
        for token in words_of(view, sentence, phrase)
    )


def _needs_met(view: ArticleView, clause: Clause, trigger: Trigger, cast: Cast) -> bool:
    """Say whether what the rule asks for beyond its words is there."""
    needs = trigger.needs
    if not needs:
        return True
    agents = agents_of(clause)
    if "target" in needs or "retaliate" in needs:
        return bool(set(cast.target) - set(cast.source)) or len(cast.source) >= 2
    if "joint" in needs:
        return len(cast.parties()) >= 2
    if "dialogue" in needs:
        return len(cast.parties()) >= 2
    if "official" in needs or "contact" in needs:
        return bool(cast.source_people) and bool(cast.target_people)
    if "traveller" in needs:
        return any(
            actor.people or actor.form in ("role", "pronoun", "group", "surname") for actor in actors_of(view, agents)
        ) or _has_class(view, clause.sentence, agents, "@peacekeeper")
    if "force" in needs:
        return _has_class(view, clause.sentence, (*agents, *objects_of(clause)), "@force") or bool(cast.source)
    if needs & {"statement", "crowd", "pejorative", "speech", "hostage", "none", "travel"}:
        return "travel" in needs and "travel" in view.article.text[clause.verb.start : clause.end].lower()
    return True


# ------------------------------------------------------------------------------------------------ drafts


def keywords_of(view: ArticleView, sentence: int, start: int, end: int) -> frozenset[str]:
    """Return the lemmas of the content words in [start, end)."""
    return frozenset(token.lemma for token in view.tokens(sentence) if start <= token.start < end and token.tag in _CONTENT_TAGS)


def _evidence(view: ArticleView, trigger: Trigger, clause: Clause | None) -> tuple[int, int]:
    """Return the span of the clause, its own subject included where it stands close before it."""
    bounds = view.sentence(trigger.sentence)
    if clause is None:
        return trigger.phrase_start or trigger.start, min(bounds.end, trigger.end + 80)
    start, end = min(clause.start, trigger.start), max(clause.end, trigger.end)
    if clause.subject is not None and bounds.start <= clause.subject.start < start and start - clause.subject.end < 4:
        start = clause.subject.start
    text = view.article.text
    while end > start and text[end - 1] in " ,;:.\n—–-":
        end -= 1
    while start < end and text[start] in " ,;:.\n—–-":
        start += 1
    return start, end


def _finished(
    view: ArticleView,
    trigger: Trigger,
    status: str,
    cast: Cast,
    scene: Scene,
    clause: Clause | None,
    *,
    leans: bool = False,
    filled: bool = False,
) -> Draft | None:
    parties = unique(cast.parties())
    if len(parties) < 2:
        return None
    kind = trigger.engagement_type
    when = when_of(view, trigger, status, scene, parties)
    if when.start is not None and view.article.published_on is not None and view.article.published_on.year - when.start.year > 10:
        return None
    bounds = view.sentence(trigger.sentence)
    if kind == "visit":
        when = stretched(view, bounds.start, bounds.end, when, clause.verb.lemma if clause else None)
        status = status_by_date(status, when, view.article.published_on)
    people = (
        cast.people() if kind in CONSULT_TYPES or kind in ("signing", "cooperation") or "invite" in trigger.roles else cast.source_people
    )
    if kind == "visit":
        people = cast.source_people
    start, end = _evidence(view, trigger, clause)
    return Draft(
        engagement_type=kind,
        status=status,
        when=when,
        cast=cast,
        parties=parties,
        people=unique(people),
        spot=spot_of(view, trigger, when, cast, scene),
        start=start,
        end=end,
        sentence=trigger.sentence,
        is_headline=bounds.kind == "headline",
        rule_id=trigger.rule_id,
        confidence=0.9 if not filled else 0.7,
        keywords=keywords_of(view, trigger.sentence, clause.verb.start if clause else trigger.start, end),
        leans=leans,
        clause=trigger.clause,
        verb=clause.verb.lemma if clause else "",
        filled=filled,
    )


def _status_of(view: ArticleView, trigger: Trigger) -> str | None:
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


def verb_draft(view: ArticleView, trigger: Trigger, scene: Scene) -> Draft | None:
    """Return what the verb of a clause tells, or None where it tells no happening between two parties."""
    assert trigger.clause is not None
    clause = view.clause(trigger.clause)
    status = _status_of(view, trigger)
    if status is None:
        return None
    kind = trigger.engagement_type
    if kind == "visit":
        return _visit_draft(view, trigger, clause, status, scene)
    if kind in CONSULT_TYPES:
        cast = _consult_cast(view, clause, trigger)
        if not _needs_met(view, clause, trigger, cast):
            return None
        return _consult_draft(view, trigger, clause, status, cast, scene)
    if kind == "signing":
        agents = actors_of(view, agents_of(clause))
        others = actors_of(view, (phrase for phrase in clause.obliques if phrase.preposition in COMPANY))
        cast = Cast(codes_of(agents), codes_of(others), people_of(agents), people_of(others))
        if len(cast.parties()) < 2:
            between = actors_of(view, objects_of(clause))
            cast = replace(cast, target=unique((*cast.target, *codes_of(between))))
        return _filled_draft(view, trigger, clause, status, cast, scene)
    cast = _acting_cast(view, clause, trigger)
    if not _needs_met(view, clause, trigger, cast):
        return None
    return _filled_draft(view, trigger, clause, status, cast, scene)


def _filled_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, cast: Cast, scene: Scene) -> Draft | None:
    filled = len(cast.parties()) < 2
    if filled:
        cast = _with_counterparts(cast, scene)
    return _finished(view, trigger, status, cast, scene, clause, filled=filled)


def _consult_draft(view: ArticleView, trigger: Trigger, clause: Clause | None, status: str, cast: Cast, scene: Scene) -> Draft | None:
    kind = trigger.engagement_type
    filled = len(cast.parties()) < 2
    if filled:
        cast = _with_counterparts(cast, scene)
    both_named = len(cast.people()) >= 2
    if (
        kind == "talks"
        and both_named
        and trigger.noun not in _TALKS_NOUNS
        and trigger.rule_id not in ("negotiate.with", "negotiate.object", "confer.with")
    ):
        trigger = replace(trigger, engagement_type="meeting")
    elif kind == "meeting" and not cast.people() and trigger.noun is None and clause is not None and _is_delegations(view, clause):
        trigger = replace(trigger, engagement_type="talks")
    elif kind == "summit" and len(cast.parties()) == 2 and not _has_bloc(cast.parties()):
        trigger = replace(trigger, engagement_type="meeting" if both_named else "talks")
    return _finished(view, trigger, status, cast, scene, clause, filled=filled)


def _is_delegations(view: ArticleView, clause: Clause) -> bool:
    words = (token.lemma for phrase in agents_of(clause) for token in words_of(view, clause.sentence, phrase))
    return any(word in ("delegation", "side", "official", "team", "negotiator", "expert", "representative", "country") for word in words)


def _has_bloc(parties: tuple[str, ...]) -> bool:
    return any(
        not (
            len(code) == 3
            and code.isalpha()
            and code not in ("SCO", "GCC", "OIC", "ECO", "G20", "IMF", "WTO", "ADB", "CIS", "OTS", "EAC", "PIF", "WHO")
        )
        for code in parties
    )


# ------------------------------------------------------------------------------------------------ visits


def _destination(view: ArticleView, clause: Clause, visitor: tuple[str, ...], start: int) -> tuple[tuple[str, ...], Spot]:
    """Return the host of a journey and its place, from the words after ``start``."""
    regions = [
        (phrase.start, phrase.end)
        for phrase in (*clause.objects, *clause.obliques)
        if phrase.preposition not in ASIDE and phrase.end > start
    ]
    for begin, end in regions:
        for place in view.places_in(begin, end):
            if place.country and place.country not in visitor:
                return (place.country,), Spot(place.name, place.country, place.latitude, place.longitude)
        for actor in view.actors_in(begin, end):
            codes = tuple(code for code in actor.party_codes if code not in visitor)
            if codes and actor.form in ("name", "capital", "group", "pronoun", "role", "organisation", "metonym", "demonym"):
                return codes[:1], Spot(None, codes[0]) if len(codes[0]) == 3 else NOWHERE
    return (), NOWHERE


def _visit_draft(view: ArticleView, trigger: Trigger, clause: Clause, status: str, scene: Scene) -> Draft | None:
    agents = actors_of(view, agents_of(clause))
    if not agents and clause.subject is None:
        return None
    visitor, people = codes_of(agents), people_of(agents)
    if len(visitor) > 2 and not people:
        return None
    host, spot = _destination(view, clause, visitor, clause.verb.end)
    cast = Cast(visitor, host, people, ())
    if not _needs_met(view, clause, trigger, cast):
        return None
    if not host:
        cast = _with_counterparts(cast, scene)
        others = [code for code in cast.target if code not in visitor]
        if len(others) != 1:
            return None
        spot = scene.spot if scene.spot.country == others[0] else Spot(None, others[0])
    draft = _finished(view, trigger, status, cast, scene, clause, filled=not host)
    return replace(draft, spot=spot) if draft else None


# ------------------------------------------------------------------------------------------------ event nouns


def noun_draft(view: ArticleView, trigger: Trigger, scene: Scene, busy: frozenset[int]) -> Draft | None:
    """Return what an event noun tells; ``busy`` are the clauses whose own verb already tells something."""
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    status = _noun_status(view, trigger, clause, busy)
    if status is None:
        return None
    cast = _noun_cast(view, trigger, clause)
    leans = len(cast.parties()) < 2
    kind = trigger.engagement_type
    if kind == "visit":
        return _noun_visit(view, trigger, clause, status, cast, scene)
    if leans and trigger.bare == "parties" and trigger.effect is None:
        return None
    if kind in CONSULT_TYPES:
        draft = _consult_draft(view, trigger, clause, status, cast, scene)
    else:
        if leans and kind not in SPOKEN_TYPES and kind not in ("signing", "cooperation", "mobilization"):
            return None
        if leans:
            cast = _with_counterparts(cast, scene)
        draft = _finished(view, trigger, status, cast, scene, clause, filled=leans)
    return replace(draft, leans=leans) if draft else None


def _noun_status(view: ArticleView, trigger: Trigger, clause: Clause | None, busy: frozenset[int]) -> str | None:
    """Return the status of the happening that the noun names, from the verb it stands with."""
    kind = trigger.engagement_type
    if clause is None or trigger.clause is None:
        return OCCURRED if trigger.bare == "always" else None
    if trigger.slot in ("object", "subject"):
        effect = trigger.effect
        if effect is None:
            return _background_status(view, trigger) if trigger.bare in ("always", "parties") and trigger.clause in busy else None
        status, _ = governed_status(view, trigger.clause, kind)
        if effect == "rejects" or effect == "proposes":
            return PROPOSED if effect == "proposes" and status == OCCURRED and kind in CONSULT_TYPES else None
        if effect == "cancels":
            return CANCELLED if status in (OCCURRED, ONGOING, PLANNED) else None
        if status is None:
            negated_plan = clause.verb.is_negated and clause.verb.modality in ("will", "expected")
            return CANCELLED if negated_plan and kind in CONSULT_TYPES else None
        if effect == "plans":
            return PLANNED if kind in CONSULT_TYPES | {"signing", "cooperation"} else None
        if effect == "begins" and status == OCCURRED and kind == "talks":
            return OCCURRED
        if effect == "refers":
            return _background_status(view, trigger) if trigger.bare in ("always", "parties") else None
        if trigger.bare == "light" and effect not in ("occurs", "says", "begins"):
            return None
        return status
    return _background_status(view, trigger) if trigger.bare in ("always", "parties") else None


_AHEAD = frozenset(
    {
        "ahead",
        "before",
        "for",
        "towards",
        "toward",
        "upcoming",
        "forthcoming",
        "planned",
        "next",
        "scheduled",
        "expected",
        "possible",
        "proposed",
    }
)
_HAPPENED = frozenset(
    {
        "after",
        "during",
        "following",
        "at",
        "in",
        "since",
        "on",
        "of",
        "from",
        "with",
        "through",
        "over",
        "to",
        "by",
        "as",
        "between",
        "about",
    }
)


def _background_status(view: ArticleView, trigger: Trigger) -> str | None:
    """Return the status of a happening named in passing ("during his visit", "ahead of talks")."""
    if trigger.slot in ("ahead", "before", "for", "without", "against", "despite", "towards"):
        ahead = trigger.slot in ("ahead", "before") or view.article.text[
            trigger.phrase_start - 12 : trigger.phrase_start
        ].lower().rstrip().endswith(("ahead of", "before"))
        return PLANNED if ahead else None
    words = view.article.text[max(0, trigger.phrase_start - 10) : trigger.start].lower()
    if any(word in words for word in ("upcoming", "forthcoming", "planned ", "scheduled", "next ", "ahead of", "expected")):
        return PLANNED
    if any(word in words for word in ("ongoing", "current ")):
        return ONGOING
    return OCCURRED


def _noun_cast(view: ArticleView, trigger: Trigger, clause: Clause | None) -> Cast:
    """Return the sides that the noun's own phrase names, else those of its clause."""
    own = view.actors_in(trigger.phrase_start, trigger.start)
    if clause is None:
        bounds = view.sentence(trigger.sentence)
        others = view.actors_in(trigger.end, bounds.end)
        return Cast(codes_of(own), codes_of(others), people_of(own), people_of(others))
    after = [phrase for phrase in clause.obliques if phrase.start >= trigger.end]
    allowed = COMPANY | {"of", "by"}
    kind = trigger.engagement_type
    if kind not in CONSULT_TYPES:
        allowed = TOWARDS
    others: tuple[Actor, ...] = ()
    for phrase in after:
        if phrase.preposition in allowed and (kind in CONSULT_TYPES or not others):
            others = (*others, *actors_of(view, (phrase,)))
    agents = (
        actors_of(view, agents_of(clause))
        if trigger.slot != "subject" and not (clause.verb.is_passive and trigger.slot == "object")
        else ()
    )
    if clause.verb.is_passive and trigger.slot in ("object", "subject"):
        agents = actors_of(view, agents_of(clause))
    if own and trigger.slot not in ("object",) and codes_of(own):
        agents = own
    elif own:
        agents = (*agents, *(actor for actor in own if actor not in agents)) if kind in CONSULT_TYPES else (agents or own)
    others = tuple(actor for actor in others if actor not in agents)
    return Cast(codes_of(agents), codes_of(others), people_of(agents), people_of(others))


def _noun_visit(view: ArticleView, trigger: Trigger, clause: Clause | None, status: str, cast: Cast, scene: Scene) -> Draft | None:
    visitor, people = cast.source[:1] if cast.source_people else cast.source, cast.source_people
    host, spot = _destination(view, clause, visitor, trigger.end) if clause else ((), NOWHERE)
    if not visitor:
        return None
    filled = not host
    full = Cast(visitor, host, people, ())
    if filled:
        full = _with_counterparts(full, scene)
        others = [code for code in full.target if code not in visitor]
        if len(others) != 1:
            return None
        spot = scene.spot if scene.spot.country == others[0] else Spot(None, others[0])
    draft = _finished(view, trigger, status, full, scene, clause, leans=filled, filled=filled)
    return replace(draft, spot=spot) if draft else None
