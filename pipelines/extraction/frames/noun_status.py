"""The status that an event noun takes from the verb it stands with: "called off the talks", "during his visit", "was due in May".

Belongs here: held, under way, planned, proposed or called off, told by the clause of the noun or by the words before it.
Does not belong here: the sides and the draft (nouns), what the clauses above say (status), what the day says (dating).
"""

import re

from pipelines.extraction.frames.dating import time_moved_to
from pipelines.extraction.frames.rules import CONSULT_TYPES, governing_verbs, light_verbs
from pipelines.extraction.frames.status import CANCELLED, OCCURRED, ONGOING, PLANNED, PROPOSED, governed_status, looks_ahead
from pipelines.extraction.frames.triggers import OF_CLASS, OF_GATHERING, Trigger, word_after
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import instrument_words, words
from pipelines.extraction.model import Clause

_ALONE = frozenset({"always", "parties", "with", "closing"}) | OF_GATHERING
_CLOSING = frozenset({"close", "end", "conclusion", "sidelines", "margins", "opening", "during", "at"})
_TOWARDS = frozenset({"toward", "towards", "without", "than"})  # "a step toward reviving the summit"
_MEANWHILE = frozenset({"during", "in", "on", "at", "with", "after", "through", "by", "within", "throughout"})
NOT_YET = frozenset({"until", "ahead", "before", "ahead of", "towards", "toward"})
_WITHIN = frozenset({"in", "at", "to", "into", "on", "of", "with", "through"})
_OFF_REACH = 70
_SET_REACH = 20
_AFTER_ASIDE = re.compile(r",(?: (?:has|have|had|is|are|was|were|been|now|also))* ?$")
OPENING = "n.opening"
_ANNOUNCING = frozenset({"announcement", "announcements", "preparation", "preparations"})
DEEDS = frozenset({"assault", "coercion", "mobilization", "sanction", "protest", "criticism", "rejection", "threat"})
_YIELDS = frozenset({"withdrawal", "concession", "aid", "cooperation"})
_REASONS = frozenset({"over", "for", "about", "because of", "against", "since", "amid"})
_STILL_ON = re.compile(r" (?:still |now |back |firmly )*on(?: for |[.,;]| track| schedule|$)")
_NOT_HELD = frozenset({"plans", "proposes", "cancels"})
_PREPARED = re.compile(r"\b(?:[Pp]reparations?|[Aa]rrangements?|[Gg]roundwork|prepar(?:e|es|ed|ing)|gear(?:s|ed|ing) up)\b[^.;]* for $")
_PREPARED_REACH = 70
_UNITS = frozenset({"hour", "hours", "day", "days", "week", "weeks", "month", "months"})
_QUITTING = frozenset({"pull", "withdraw", "drop", "back", "opt", "bow"})
_POINTERS = frozenset({"it", "this", "that"})
_UNREAL = frozenset({"without", "against", "despite", "no", "instead"})


def noun_status(view: ArticleView, trigger: Trigger, clause: Clause | None, busy: frozenset[int]) -> str | None:
    """Return the status of the happening that the noun names, from the verb it stands with."""
    kind = trigger.engagement_type
    if (kind in CONSULT_TYPES or kind == "visit") and (is_put_off(view, trigger) or _is_off_later(view, trigger, clause)):
        return CANCELLED
    if kind in CONSULT_TYPES and _has_modifier(view, trigger, words("unsure")):
        return None  # "a possible visit"
    if kind == "visit" and clause is not None and clause.verb.tense == "present" and _is_of_plan(view, clause):
        return PLANNED  # "will be part of a tour that includes Lima"
    if kind in DEEDS and trigger.slot in _REASONS:
        return None  # "sanctions over its invasion": why something is done, long told
    is_off = trigger.effect in ("cancels", "moves")
    if (
        kind in CONSULT_TYPES
        and not is_off
        and view.article.text[trigger.end : trigger.end + _SET_REACH].lower().startswith(tuple(words("set_for")))
    ):
        return PLANNED  # "with a first meeting set for May"
    if clause is None or trigger.clause is None or not clause.verb.lemma:
        return _background_status(view, trigger) if trigger.bare in _ALONE else None
    if trigger.slot == "by" and clause.verb.lemma in ("follow", "precede") and clause.parent is not None:
        return governed_status(view, clause.parent, kind)[0]  # "will meet, followed by a session of the commission"
    if trigger.slot not in ("object", "subject"):
        status = _background_status(view, trigger) if trigger.bare in _ALONE or trigger.rule_id == OPENING else None
        if trigger.slot == "to" and clause.verb.lemma in words("promising"):
            return None  # "is open to talks", "agreed to talks"
        if kind in CONSULT_TYPES and _is_within_put_off(view, trigger, clause):
            return None  # "cancelled his trip to the summit"
        # "is in the capital on a state visit", "is still under negotiation"
        under_way = clause.verb.lemma == "be" and clause.verb.tense == "present" and trigger.slot in ("on", "under", "in", "")
        return ONGOING if status == OCCURRED and under_way else status
    effect = trigger.effect
    if trigger.bare == "resumed" and effect in ("cancels", "moves"):
        return None  # "suspended flights": a measure
    if clause.verb.lemma == "be" and trigger.slot == "object" and _word_before(view, trigger) in ("on", "in"):
        return ONGOING if clause.verb.tense == "present" else OCCURRED
    if clause.verb.lemma == "be" and word_after(view, clause.verb.end) == "off":
        return CANCELLED
    if clause.verb.lemma == "be" and trigger.slot == "subject" and _STILL_ON.match(view.article.text, clause.verb.end):
        return PLANNED  # "the visit is still on"
    is_set = word_after(view, clause.verb.end) in words("set_adjectives")
    if clause.verb.lemma == "be" and trigger.slot == "subject" and is_set and clause.verb.is_perfect and clause.verb.tense == "past":
        return CANCELLED  # "had been due in August"
    if clause.verb.lemma == "be" and trigger.slot == "subject" and clause.verb.tense == "present":
        rest = view.article.text[clause.verb.end : clause.verb.end + _SET_REACH].lower().lstrip()
        if rest.startswith(("under way", "underway", "still under way", "ongoing", "in progress")):
            return None if clause.verb.is_negated else ONGOING
    is_named = clause.verb.lemma == "be" and trigger.slot == "object" and kind in CONSULT_TYPES
    if is_named and (clause.verb.modality == "will" or (clause.subject is not None and clause.subject.head in _POINTERS)):
        return None  # "This will be the second meeting of the two", "It was the first since May": of one named elsewhere
    if clause.verb.lemma == "be" and clause.verb.tense == "present" and trigger.slot == "object" and trigger.bare == "parties":
        return ONGOING
    if effect == "refers" and kind in _YIELDS:
        return None  # "to discuss a withdrawal"
    if effect is None or effect == "refers":
        if trigger.bare != "always" and effect is None and not _is_between_two(view, trigger):
            return None
        unreal = effect is None and (clause.link in _TOWARDS or governed_status(view, trigger.clause, kind)[0] is None)
        return _background_status(view, trigger) if trigger.bare in _ALONE and not unreal else None
    if clause.verb.lemma == "be" and any(phrase.head in words("foreseen") for phrase in clause.objects):
        return None if clause.verb.is_negated else PLANNED
    status, _ = governed_status(view, trigger.clause, kind)
    if effect == "rejects":
        return None
    if effect == "proposes":
        return PROPOSED if status == OCCURRED and kind in CONSULT_TYPES else None
    if effect == "moves" and time_moved_to(view, trigger.sentence, trigger.end) is None:
        return _background_status(view, trigger) if trigger.bare in _ALONE else None
    if effect in ("cancels", "moves"):
        return CANCELLED if status in (OCCURRED, ONGOING, PLANNED) else None
    if status is None:
        negated_plan = clause.verb.is_negated and clause.verb.modality in ("will", "expected")
        return CANCELLED if negated_plan and kind in CONSULT_TYPES else None
    if effect == "plans" and kind in CONSULT_TYPES and clause.verb.is_perfect and clause.verb.tense == "past":
        return CANCELLED  # "had been planned for May"
    if effect == "plans":
        if trigger.bare.startswith(OF_CLASS) and kind not in CONSULT_TYPES and trigger.rule_id != OPENING:
            return status  # "announced the expulsion of three envoys": decided, so done
        if kind == "signing" and clause.verb.lemma in instrument_words("telling"):
            return status  # "announced the signing of a pact"
        return PLANNED if kind in CONSULT_TYPES or kind in ("signing", "cooperation") else None
    if trigger.bare == "resumed" and (effect != "begins" or trigger.slot != "subject"):
        return None
    if (trigger.bare == "light" or trigger.bare.startswith(OF_CLASS)) and effect not in ("occurs", "says", "begins"):
        return None
    return status


def _is_of_plan(view: ArticleView, clause: Clause) -> bool:
    """Say whether a relative clause hangs on one that tells what is to come."""
    return clause.link in ("that", "which") and clause.parent is not None and looks_ahead(view, clause.parent)


def _has_modifier(view: ArticleView, trigger: Trigger, listed: frozenset[str]) -> bool:
    return any(token.lower in listed for token in view.tokens_in(trigger.sentence, trigger.phrase_start, trigger.start))


def _word_before(view: ArticleView, trigger: Trigger) -> str:
    before = view.article.text[max(0, trigger.phrase_start - 12) : trigger.phrase_start].lower().split()
    return before[-1] if before else ""


def _is_between_two(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether the noun tells of two sides at odds, whatever its clause says of it ("clashes between A and B left ten dead")."""
    return trigger.engagement_type in DEEDS and trigger.bare == "parties" and view.article.text.startswith(" between ", trigger.end)


def is_put_off(view: ArticleView, trigger: Trigger) -> bool:
    """Say whether a noun of putting off governs the happening ("the postponement of a visit")."""
    before = view.article.text[max(0, trigger.phrase_start - 24) : trigger.phrase_start].lower().split()
    return before[-1:] == ["of"] and before[-2:-1] != [] and before[-2] in words("put_off_nouns")


def _is_off_later(view: ArticleView, trigger: Trigger, clause: Clause | None) -> bool:
    """Say whether the sentence goes on to call off its subject ("was due in May but was put off", "the talks, …, have been cancelled")."""
    if clause is None or clause.subject is None or not clause.subject.start <= trigger.start < clause.subject.end:
        return False
    is_due = clause.verb.modality is not None or word_after(view, clause.verb.end) in words("set_adjectives")
    if trigger.effect in ("occurs", "begins") and not is_due:
        return False  # "began on Monday but were suspended"
    for other in (view.clause(index) for index in view.clauses_of_sentence.get(trigger.sentence, ())):
        verb = other.verb
        names = (f"{verb.lemma} {verb.particle or word_after(view, verb.end)}", verb.lemma)
        if verb.start <= clause.verb.start or "cancels" not in {light_verbs().get((name, "object")) for name in names}:
            continue
        aside = view.article.text[trigger.end : verb.start]
        is_same = other.subject is not None and other.subject.start == clause.subject.start
        if verb.is_passive and (is_same or (aside.count(",") == 2 and _AFTER_ASIDE.search(aside))):
            return not verb.is_negated
    return False


def _is_within_put_off(view: ArticleView, trigger: Trigger, clause: Clause) -> bool:
    """Say whether the noun is only what a trip put off or called off was to bring."""
    rest = f"{clause.verb.lemma} {clause.verb.particle or word_after(view, clause.verb.end)}"
    verbs = light_verbs()
    is_off = "cancels" in (verbs.get((rest, "object")), verbs.get((clause.verb.lemma, "object"))) and clause.verb.start < trigger.start
    before = view.article.text[max(0, trigger.phrase_start - _OFF_REACH) : trigger.phrase_start].lower()
    return (is_off and trigger.slot in ("to", "including", "for", "of")) or (
        trigger.slot in ("to", "of", "for") and any(f"{word} of" in before for word in words("put_off_nouns"))
    )


def _background_status(view: ArticleView, trigger: Trigger) -> str | None:
    """Return the status of a happening named in passing ("during his visit", "ahead of talks")."""
    before = view.article.text[max(0, trigger.phrase_start - 20) : trigger.phrase_start].lower().split()
    if trigger.bare == "closing" and not set(before[-2:]) & _CLOSING:
        return None
    last = before[-1] if before else ""
    if (last in ("of", "for") and before[-2:-1] and before[-2] in words("unreal")) or before[-2:] == ["open", "to"]:
        return None  # "an offer of talks", "is open to talks"
    if last == "before" and before[-2:-1] and before[-2] in _UNITS:
        return None  # "was in Lima three days before the envoy's arrival": it may long have been
    if trigger.slot in _UNREAL or last in _UNREAL:
        return None
    inside = {token.lower for token in view.tokens(trigger.sentence) if trigger.phrase_start <= token.start < trigger.start}
    if inside & words("ahead") or last in words("ahead"):
        return PLANNED
    clause = view.clause(trigger.clause) if trigger.clause is not None else None
    if last == "for" and _PREPARED.search(view.article.text, max(0, trigger.phrase_start - _PREPARED_REACH), trigger.phrase_start):
        return PLANNED  # "preparations are under way for a visit"
    if trigger.slot == "for":
        moves = clause is not None and clause.verb.lemma in words("moving")
        return governed_status(view, trigger.clause, trigger.engagement_type)[0] if moves and trigger.clause is not None else None
    if (
        clause is not None
        and trigger.slot in _WITHIN
        and (clause.verb.is_negated or clause.verb.modality in ("ability", "possible", "conditional", "desire"))
    ):
        return None
    if clause is not None and trigger.slot in _WITHIN and clause.parent is not None:
        above = view.clause(clause.parent).verb.lemma
        if clause.link in ("to", "ing") and governing_verbs().get((above, clause.link)) == "none":
            return None  # "failed to meet at the summit"
    if trigger.slot in ("of", "from") and clause is not None and clause.verb.lemma in _QUITTING:
        return None  # "pulled out of the talks"
    if trigger.slot in NOT_YET or "ahead" in before or last == "before":
        return PLANNED
    if inside & words("under_way"):
        return ONGOING
    is_announced = last == "of" and before[-2:-1] != [] and before[-2] in _ANNOUNCING
    if trigger.rule_id == OPENING and (is_announced or (trigger.clause is not None and looks_ahead(view, trigger.clause))):
        return PLANNED  # "will preside over the opening of the embassy", "an announcement of the reopening of …"
    is_meanwhile = trigger.slot in _MEANWHILE or bool(set(before[-3:]) & words("edges"))
    is_planned = (
        clause is not None
        and clause.verb.is_passive
        and trigger.slot in _WITHIN
        and light_verbs().get((clause.verb.lemma, "object")) in _NOT_HELD
    )
    if trigger.clause is not None and is_meanwhile and (is_planned or looks_ahead(view, trigger.clause)):
        # "would sign it during her visit": as far off, on a day that this does not tell
        return PLANNED if trigger.engagement_type == "visit" else None
    return OCCURRED
