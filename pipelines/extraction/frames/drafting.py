"""From a trigger to a draft: date, evidence, place and people of one telling of a happening.

Belongs here: what every draft has in common. Does not belong here: deeds (deeds), consultations (consults), stays (visits), event nouns
(nouns), which words are triggers (triggers), and whether two tellings are one happening (merging).
"""

from pipelines.extraction.frames.dating import (
    NO_DATE,
    When,
    inherited,
    is_ahead,
    is_lead,
    next_weekday,
    published,
    time_after_noun,
    time_in_phrase,
    time_in_sentence,
    time_put_off,
)
from pipelines.extraction.frames.drafts import Draft, Scene
from pipelines.extraction.frames.intervals import is_after_all, time_apart, time_to_come
from pipelines.extraction.frames.participants import (
    Cast,
    agents_of,
    has_word,
    is_state,
    unique,
)
from pipelines.extraction.frames.placing import SUMMONS, spot_of
from pipelines.extraction.frames.rules import CONSULT_TYPES, IN_PERSON_TYPES, SPOKEN_TYPES
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, governed_status, takes_that
from pipelines.extraction.frames.triggers import Trigger
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause

_CONTENT_TAGS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_MAIN_LINKS = frozenset({None, "and", "but", "or", "that", "quote", "parataxis", ";"})
_LONG_AGO = 10
_NOW = 31  # days that a present tense can look back
_OPENING_SENTENCES = 2  # after the first, in which "has arrived" is still the news of the day
_OF_A_STAY = frozenset({"meeting", "talks", "signing"})  # what a guest does
# Deeds and words that somebody else must bear.
_ONE_WAY = frozenset({"request", "rejection", "threat", "sanction", "coercion", "aid", "withdrawal", "assault", "protest"})
_PLURAL_SUBJECTS = frozenset(
    {"they", "leaders", "presidents", "ministers", "premiers", "officials", "pair", "counterparts", "men", "women", "diplomats"}
)
_TELLING_EFFECTS = frozenset({"occurs", "begins", "says"})
_EVERYONE = frozenset({"meeting", "talks", "call", "summit", "mediation", "signing", "cooperation"})


def fallback_date(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return the date of a happening whose sentence gives none."""
    today = published(view.article.published_on)
    if is_ahead(status):
        return _during_stay(view, trigger, status, scene, parties)
    if _is_at_some_time(view, trigger):
        return NO_DATE
    if status == OCCURRED and scene.story_when.rank:
        today = scene.story_when
    if is_lead(view, trigger.sentence):
        told_before = scene.when.rank and scene.when.precision == "day" and view.sentence(trigger.sentence).kind != "headline"
        return inherited(scene.when) if told_before else today
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    is_near = trigger.sentence <= view.first_body_sentence + _OPENING_SENTENCES and trigger.engagement_type in IN_PERSON_TYPES
    is_near = is_near or trigger.engagement_type == "commitment"
    if clause is not None and clause.verb.is_perfect and clause.verb.tense == "present" and not is_near:
        return published(view.article.published_on) if " now " in view.article.text[clause.start : clause.end] else NO_DATE
    if clause is not None and _is_before(clause) and clause.link not in ("that", "quote"):
        return NO_DATE  # "The two had pledged to keep the peace": on a day before those told of
    if status == ONGOING:
        return today
    passage = scene.when
    bounds = view.sentence(trigger.sentence)
    goes_on = bounds.paragraph == scene.paragraph or " also " in bounds.text[:40]
    if passage.precision != "day" and not goes_on and scene.main_when.rank:
        passage = scene.main_when
    return inherited(passage) if passage.rank else today


def _is_of_late(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the noun is of a happening gone by that was on no day told ("during a recent trip to Lima")."""
    told = view.tokens_in(trigger.sentence, trigger.phrase_start, trigger.start)
    return any(token.lower in words("bygone") for token in told)


def _is_at_some_time(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the clause leaves the day open on purpose ("has previously accused", "in recent years")."""
    if trigger.clause is None:
        return False
    clause = view.clause(trigger.clause)
    if view.article.text.endswith(" last ", 0, clause.verb.start):
        return True  # "A last met B": before the story
    told = f" {view.article.text[clause.start : clause.end].lower()} "
    return any(f" {cue} " in told or f" {cue}," in told for cue in words("at_some_time"))


def _during_stay(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return the days that are left of the stay in which a guest is still to meet somebody or to sign something."""
    today = view.article.published_on
    if today is None or status != PLANNED or trigger.engagement_type not in _OF_A_STAY:
        return NO_DATE
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if clause is not None and any(time.timex_type != "SET" for time in view.times_in(clause.verb.end, clause.end)):
        return NO_DATE  # "in two years", "in the coming days": not now
    stay = scene.stay_of(parties)
    if stay is not None and stay.when.start is not None and stay.when.end is not None and stay.when.end >= today:
        when = inherited(stay.when)
        return when._replace(start=max(stay.when.start, today)) if when.precision == "day" else when
    is_here = scene.spot_when.end is not None and scene.spot_when.end >= today and set(scene.spot_parties) >= set(parties)
    return published(today) if is_here else NO_DATE


def _of_called_off_stay(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When | None:
    """Return the days of the called-off visit in which this was to be ("There he was to meet …"), or None where it is of none."""
    if status != PLANNED or trigger.engagement_type not in _OF_A_STAY:
        return None
    known = [stay for stay in scene.stays if set(stay.parties) >= set(parties) or set(stay.parties) <= set(parties)]
    if trigger.clause is None or not any(stay.status == CANCELLED for stay in known):
        return None
    stay = next((stay for stay in reversed(known) if stay.when.start is not None and not stay.is_moved), known[-1])
    index: int | None = trigger.clause
    for _ in range(4):
        if index is None:
            return None
        verb = view.clause(index).verb
        if verb.tense == "past":
            return inherited(stay.when)
        index = view.clause(index).parent
    return None


def _told_until(view: ArticleView, trigger: Trigger) -> int:
    """Return where the words on a noun end: at the clause that goes on after it ("his visit, sources said")."""
    end = view.sentence(trigger.sentence).end
    above = view.clause(trigger.clause).parent if trigger.clause is not None else None
    if above is None or view.clause(above).verb.start < trigger.end:
        return end
    subject = view.clause(above).subject
    return subject.start if subject is not None and subject.start >= trigger.end else view.clause(above).verb.start


def _is_of_long_ago(view: ArticleView, trigger: Trigger, clause: Clause, when: When) -> bool:
    """Say whether what is said now has a day long past, which is that of what it is about ("appreciates the vote of 2011")."""
    today = view.article.published_on
    if today is None or when.end is None or trigger.engagement_type not in SPOKEN_TYPES or trigger.slot != "verb":
        return False
    is_now = clause.verb.tense == "present" and not clause.verb.is_perfect
    return is_now and (today - when.end).days > _NOW


def _report_on(view: ArticleView, trigger: Trigger) -> tuple[int, int]:
    """Return the span of the words of speech that tell of a journey named in passing ("his visit was a success, he said on Monday")."""
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if clause is None or clause.parent is None or clause.link not in ("that", "quote") or trigger.engagement_type != "visit":
        return (0, 0)
    if trigger.noun is None or (trigger.effect in _TELLING_EFFECTS and trigger.slot != "subject"):
        return (0, 0)
    said = view.clause(clause.parent)
    start = min(said.verb.start, said.subject.start) if said.subject is not None else said.verb.start
    return (start, clause.start if start < clause.start else said.end)


def when_of(view: ArticleView, trigger: Trigger, status: str, scene: Scene, parties: tuple[str, ...]) -> When:
    """Return when the happening of ``trigger`` was or will be."""
    inside = time_in_phrase(view, trigger.phrase_start, trigger.start, status) if trigger.noun else None
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if inside is None and trigger.slot in ("after", "following") and clause is not None and clause.verb.lemma in words("leaving"):
        # "returned on Sunday after a meeting with …": the day of the return
        return time_after_noun(view, trigger.end, view.sentence(trigger.sentence).end, status) or NO_DATE
    if trigger.noun and status == CANCELLED:
        is_past = trigger.clause is not None and view.clause(trigger.clause).verb.tense == "past"
        return inside or time_put_off(view, trigger.sentence, trigger.end, is_past) or NO_DATE
    if inside is None and trigger.noun and trigger.effect in (None, "refers") and not is_ahead(status):
        inside = time_after_noun(view, trigger.end, _told_until(view, trigger), status)
    if inside is None and status == PLANNED:
        inside = time_to_come(view, trigger)
    if inside is not None:
        return inside
    if trigger.noun and not is_ahead(status) and trigger.effect in (None, "refers") and _is_of_late(view, trigger):
        return NO_DATE
    apart = time_apart(view, trigger, status, scene.when if scene.when.rank and scene.when.precision == "day" else scene.story_when)
    limits = is_ahead(status) and trigger.engagement_type not in SPOKEN_TYPES
    spoken = trigger.engagement_type in SPOKEN_TYPES and trigger.slot == "verb"
    report = _report_on(view, trigger)
    found = time_in_sentence(view, trigger.sentence, trigger.clause, trigger.start, status, limits, spoken, report)
    if found is None and report[1] and any(report[0] <= time.start < report[1] for time in view.times_in(*report)):
        return NO_DATE  # the day of the speech is not that of the journey
    if found is not None and trigger.engagement_type in CONSULT_TYPES and trigger.clause is not None:
        found = _ahead_in_present(view, view.clause(trigger.clause), found)
    if found is not None and clause is not None and _is_of_long_ago(view, trigger, clause, found):
        found = None
    is_apart = apart is not None or (not is_ahead(status) and is_after_all(view, trigger))
    if is_apart and (found is None or found.rank < 3):
        return apart or NO_DATE
    return found or fallback_date(view, trigger, status, scene, parties)


def _ahead_in_present(view: ArticleView, clause: Clause, found: When) -> When:
    """Move a bare weekday that stands with a present tense to the next one ("flies to Lima on Friday")."""
    verb = clause.verb
    if verb.tense != "present" or verb.is_perfect or verb.is_passive or view.sentence(clause.sentence).kind == "headline":
        return found
    if found.rank < 3:
        return found
    return next_weekday(found, view.article.published_on)


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


def _tells_itself(trigger: Trigger) -> bool:
    return trigger.slot == "verb" or trigger.effect in _TELLING_EFFECTS


def _is_before(clause: Clause | None) -> bool:
    """Say whether the clause tells what went before the story ("had complained")."""
    return clause is not None and clause.verb.is_perfect and clause.verb.tense == "past"


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
    if (
        len(parties) < 2
        and not (parties and "alone" in trigger.needs)
        and not (
            kind in ("summit", "meeting", "talks")
            and parties
            and not leans
            and not is_state(parties[0])
            and _are_members(view, trigger, clause)
        )
    ):
        return None
    of_stay = _of_called_off_stay(view, trigger, status, scene, parties)
    if kind in _ONE_WAY and trigger.noun is None and not set(cast.target) - set(cast.source) and not trigger.needs & {"alone", "two"}:
        return None  # "both officials asked for calm": of whom, nobody says
    when = when or when_of(view, trigger, status, scene, parties)
    if of_stay is not None:
        status, when = CANCELLED, when if when.rank >= 2 else of_stay
    if when.start is not None and view.article.published_on is not None and view.article.published_on.year - when.start.year > _LONG_AGO:
        return None
    everyone = kind in _EVERYONE or (kind == "protest" and trigger.rule_id.startswith(SUMMONS)) or trigger.roles in ("invite", "invited")
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
        is_main=_tells_itself(trigger) and _is_main(view, trigger.clause) and not _is_before(clause),
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


def with_everyone(view: ArticleView, clause: Clause, draft: Draft, scene: Scene) -> Draft:
    """Give a draft told of "they" or "the two leaders" the people of the meeting it speaks of."""
    known = {*scene.pair, *scene.main, *scene.gathering, *scene.talkers}
    if draft.people or len(draft.cast.source) < 2 or not scene.people or not set(draft.cast.source) <= known:
        return draft
    told = [
        token.lower for phrase in agents_of(clause) for token in view.tokens(draft.sentence) if phrase.start <= token.start < phrase.end
    ]
    return draft._replace(people=scene.people) if any(word in _PLURAL_SUBJECTS for word in told) else draft
