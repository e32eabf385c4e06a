"""How real a happening is: occurred, ongoing, planned, proposed, cancelled, or not told at all.

Belongs here: tense, modality, negation and the verbs above a clause.
Does not belong here: dates (dating), or what the happening is (triggers).
"""

from pipelines.extraction.frames.rules import CONSULT_TYPES, SPOKEN_TYPES, governing_verbs, reporting_verbs
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.model import Clause, VerbGroup

OCCURRED, ONGOING, PLANNED, PROPOSED, CANCELLED = "occurred", "ongoing", "planned", "proposed", "cancelled"

# Clauses opened by these words tell what may be, not what is.
_HYPOTHETICAL_LINKS = frozenset({"if", "unless", "whether", "lest", "should", "until"})
_REPORTED_LINKS = frozenset({"that", "quote"})
_LASTING_TYPES = CONSULT_TYPES | {"cooperation", "mobilization", "withdrawal", "aid"}
_TENTATIVE_TYPES = CONSULT_TYPES | {"signing"}
# "thanked X for hosting", "no date for reopening": what a gerund under these names is no news.
_CONTENT_PREPOSITIONS = frozenset(
    {"for", "of", "about", "on", "in", "against", "without", "from", "at", "into", "over", "toward", "towards", "than", "as", "with"}
)
_MEANS = frozenset({"by", "through"})
_MEANWHILE = frozenset({"before", "after", "while", "when"})
_MAX_DEPTH = 6
_BESIDE = 8  # a day so near to the verb is its own ("leaves tomorrow")
_LONGEST_WORD = 24  # the rest of a long text is not copied to read its first word


def status_of_verb(verb: VerbGroup, engagement_type: str, reported: bool = False) -> str | None:
    """Return the status that the verb group alone gives, or None where it tells no happening.

    ``reported``: the clause stands under a past verb of saying, where "would" is the past of "will".
    """
    if verb.is_negated:
        return None
    if verb.modality in ("will", "expected"):
        return PLANNED
    if verb.modality == "desire":
        return PROPOSED if engagement_type in _TENTATIVE_TYPES else None
    if verb.modality == "conditional":
        return PLANNED if reported else None
    if verb.modality is not None:
        return None
    if verb.tense == "future":
        return PLANNED
    if verb.is_progressive and verb.tense == "present":
        return ONGOING if engagement_type in _LASTING_TYPES else OCCURRED
    return OCCURRED


def governed_status(view: ArticleView, index: int, engagement_type: str) -> tuple[str | None, int | None]:
    """Return the status of the happening told by clause ``index``, and the clause that governs it ("agreed to …"), if any."""
    clause = view.clause(index)
    if _is_inverted(view, clause):
        return None, None
    if clause.link == "but" and clause.verb.tense == "none":
        return None, None  # "had no choice but to close the border"
    if _shares_mood(view, clause):
        return governed_status(view, clause.parent, engagement_type)  # type: ignore[arg-type]
    effect, governor = _effect_from_above(view, clause, engagement_type)
    if effect == "none":
        return None, governor
    own = status_of_verb(clause.verb, engagement_type, reported=is_reported_in_past(view, clause))
    is_beside = own == OCCURRED and clause.verb.tense == "none" and clause.link in _MEANWHILE and clause.parent is not None
    if is_beside and looks_ahead(view, clause.parent):  # type: ignore[arg-type]
        return PLANNED, clause.parent  # "will fly to Lima before travelling to Quito"
    if own == OCCURRED and " to have " in view.article.text[clause.verb.start : clause.verb.end]:
        own = CANCELLED  # "was to have visited"
    is_scheduled = engagement_type not in SPOKEN_TYPES and _is_scheduled(view, clause)  # "vows to double trade by 2030" is said now
    if own == OCCURRED and (is_scheduled or " to " in view.article.text[clause.verb.start : clause.verb.end]):
        own = PLANNED  # "takes effect on 3 May", "is to be signed"
    if effect == PROPOSED and own is None and not clause.verb.is_negated and clause.verb.modality in ("possible", "conditional"):
        return PROPOSED, governor  # "suggested that they could meet"
    if own == OCCURRED and clause.parent is None and clause.verb.tense == "none":
        before = view.article.text[max(0, clause.verb.start - 3) : clause.verb.start]
        own = PLANNED if before.lower() == "to " else own  # a headline's "ministers to sign"
    if (
        own is None
        and effect is None
        and clause.verb.modality in ("conditional", "obligation")
        and not clause.verb.is_negated
        and _is_dated_ahead(view, index)
    ):
        own = PLANNED if engagement_type in _TENTATIVE_TYPES else None  # "Under the plan, the ministers would meet on 27 June"
    if effect is None or own is None:
        return own, governor
    if effect == "purpose":
        return None, governor
    if effect == OCCURRED:
        # "managed to", "met to": as real as the verb above it
        return (own if clause.verb.tense != "none" or governor is None else governed_status(view, governor, engagement_type)[0]), governor
    return effect, governor


def looks_ahead(view: ArticleView, index: int) -> bool:
    """Say whether a clause tells what is to come ("will meet", "is expected to meet")."""
    clause = view.clause(index)
    if clause.link in ("to", "participle") and clause.verb.tense == "none" and clause.parent is not None:
        clause = view.clause(clause.parent)  # "will fly to Lima to take part in the summit"
    if clause.verb.tense == "future" or clause.verb.modality in ("will", "expected", "conditional"):
        return True
    effect = governing_verbs().get((clause.verb.lemma, "to"))
    children = view.children.get(index, ())
    return effect in (PLANNED, PROPOSED) and any(view.clause(child).link == "to" for child in children)


def _shares_mood(view: ArticleView, clause: Clause) -> bool:
    """Say whether a bare verb goes on after "and" under the auxiliary of the verb before it ("would fly to Lima and sign")."""
    if clause.link not in ("and", "or") or clause.parent is None or clause.verb.tense != "present" or clause.verb.modality is not None:
        return False
    before = view.clause(clause.parent).verb
    own = view.article.text[clause.verb.start : clause.verb.end].lower()
    is_first = before.modality is not None and before.end <= clause.verb.start and own == clause.verb.lemma
    return is_first and (clause.subject is None or clause.subject.start < before.start)


def _is_scheduled(view: ArticleView, clause: Clause) -> bool:
    """Say whether a present tense stands with a date to come ("kicks in on Thursday")."""
    today = view.article.published_on
    if today is None or clause.verb.tense != "present" or clause.verb.is_perfect:
        return False
    end = max(clause.end, clause.verb.end + _BESIDE)
    return any(time.start_date is not None and time.start_date > today for time in view.times_in(clause.verb.end, end))


def _is_dated_ahead(view: ArticleView, index: int) -> bool:
    """Say whether a clause without a condition names a day to come."""
    clause = view.clause(index)
    today = view.article.published_on
    if today is None or any(view.clause(child).link in _HYPOTHETICAL_LINKS for child in view.children.get(index, ())):
        return False
    return any(
        time.start_date is not None and time.start_date > today and time.precision in ("day", "week", "month")
        for time in view.times_in(clause.start, clause.end)
    )


def _is_inverted(view: ArticleView, clause: Clause) -> bool:
    """Say whether the auxiliary stands before the subject ("Had they asked"): what might have been."""
    if clause.subject is None or clause.verb.head < clause.subject.start:
        return False
    begin = min(clause.start, clause.verb.start)
    opening = view.article.text[begin : begin + _LONGEST_WORD].split(" ", 1)[0].lower()
    if opening in words("inverted") and clause.subject.start > begin:
        return True
    before = view.article.text[max(0, clause.subject.start - 8) : clause.subject.start].split()
    return bool(before) and before[-1].lower() in words("inverted") and clause.verb.head > clause.subject.start


def takes_that(clause: Clause) -> bool:
    """Say whether the verb reports what follows "that"; after another verb "that" opens a relative clause."""
    return clause.verb.lemma in reporting_verbs()


def is_reported_in_past(view: ArticleView, clause: Clause) -> bool:
    """Say whether the clause tells what somebody said, so that its "would" is the past of "will"."""
    parent = view.clause(clause.parent) if clause.parent is not None else None
    return bool(parent and clause.link in _REPORTED_LINKS and parent.verb.tense == "past" and takes_that(parent))


def _is_contact(name: str, effect: str, has_object: bool) -> bool:
    """Say whether one goes to, calls or meets somebody, so that what it was for was said as well."""
    if name == "call":
        return has_object
    return effect in ("purpose", OCCURRED) and (name in words("moving") or name in words("contacting"))


def _is_chance(view: ArticleView, clause: Clause) -> bool:
    """Say whether a noun makes it what may come ("the possibility of signing a pact")."""
    before = view.article.text[max(0, clause.verb.start - _LONGEST_WORD) : clause.verb.start].lower().split()
    return len(before) > 1 and before[-1] == "of" and before[-2] in words("chances")


def _effect_from_above(view: ArticleView, clause: Clause, engagement_type: str) -> tuple[str | None, int | None]:
    """Walk up from ``clause``: the first verb that bears on it decides."""
    verbs = governing_verbs()
    effect: str | None
    for _ in range(_MAX_DEPTH):
        if clause.link in _HYPOTHETICAL_LINKS:
            return "none", clause.parent
        if clause.parent is None:
            return None, None
        if clause.link == "due":
            # "had been due to": and then was not
            return (CANCELLED if clause.verb.is_perfect and clause.verb.tense == "past" else PLANNED), None
        parent = view.clause(clause.parent)
        name = parent.verb.lemma
        if clause.link in ("to", "ing") and parent.link in _HYPOTHETICAL_LINKS:
            return "none", clause.parent  # "asked if Peru was expected to strike back"
        if clause.link == "to":
            if name == "be" and parent.verb.is_perfect and parent.verb.tense == "past" and clause.verb.modality == "expected":
                return CANCELLED, clause.parent
            if name == "be" and clause.verb.modality == "expected":
                return ("none" if parent.verb.is_negated else None), clause.parent  # "is likely to"
            effect = PLANNED if name == "look" else verbs.get((name, "to"), "purpose")
            if name == "be" and clause.verb.modality == "expected" and any(phrase.head in words("foreseen") for phrase in parent.objects):
                return ("none" if parent.verb.is_negated else PLANNED), clause.parent
            if name in words("dropping") and any(phrase.head in words("plans") for phrase in parent.objects):
                return CANCELLED, clause.parent  # "cancelled plans to visit"
            has_object = any(parent.verb.end < phrase.start < clause.verb.start for phrase in parent.objects)
            if has_object and (effect == ONGOING or name == "use"):
                effect = "purpose"  # "continued its efforts to reach a deal"
            if engagement_type == "support" and _is_contact(name, effect, has_object):
                effect = OCCURRED  # "called her to congratulate her"
            elif effect == OCCURRED and name in words("moving") and engagement_type not in CONSULT_TYPES:
                effect = "purpose"
            if effect == "purpose":
                return "purpose", clause.parent
            if effect in (PLANNED, PROPOSED) and parent.verb.is_negated:
                return "none", clause.parent
            if effect == PROPOSED and engagement_type not in _TENTATIVE_TYPES:
                return "none", clause.parent
            return effect, clause.parent
        if clause.link in ("on", "upon", "to") and clause.verb.tense == "none" and verbs.get((name, "to")) == PLANNED:
            return ("none" if parent.verb.is_negated else PLANNED), clause.parent  # "agreed on holding talks"
        if clause.link == "of" and engagement_type in _TENTATIVE_TYPES and _is_chance(view, clause):
            return ("none" if parent.verb.is_negated else PROPOSED), clause.parent
        if clause.link in _CONTENT_PREPOSITIONS and clause.verb.tense == "none" and engagement_type not in CONSULT_TYPES:
            return "none", clause.parent
        if clause.link == "when" and clause.verb.tense == "none":
            return "none", clause.parent  # "caution when visiting Kenya"
        if clause.link in _MEANS and clause.verb.tense == "none":
            above, governor = governed_status(view, clause.parent, engagement_type)
            return ("none" if above is None else above if above != OCCURRED else None), governor
        if clause.link == "ing":
            effect = verbs.get((name, "ing"))
            return (effect, clause.parent) if effect else (None, None)
        if clause.link in _REPORTED_LINKS and takes_that(parent):
            effect = verbs.get((name, "that"))
            if effect == "none" or (effect == PROPOSED and engagement_type not in _TENTATIVE_TYPES):
                return "none", clause.parent
            if parent.verb.is_negated or effect in (PLANNED, PROPOSED):
                return ("none" if parent.verb.is_negated else effect), clause.parent
            clause = parent
            continue
        if clause.link == "participle" and clause.verb.is_passive and clause.subject is not None:
            return None, None  # "under a pact signed in March": done, whatever the verb beside it
        if clause.link == "participle":
            effect = verbs.get((name, "ing"))
            if effect in ("none", PLANNED):
                return effect, clause.parent
            if parent.verb.is_negated:
                return "none", clause.parent
            own = status_of_verb(parent.verb, engagement_type, reported=is_reported_in_past(view, parent))
            return (own if own != OCCURRED else None) or (None if own else "none"), clause.parent
        return None, None
    return None, None
