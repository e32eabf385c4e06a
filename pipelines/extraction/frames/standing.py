"""How an instrument stands: signed, agreed, negotiated, planned, in force, ended.

Belongs here: what the verb, the noun or the words beside a mention say of it. Does not belong here: its parties and date (agreements).
"""

from functools import cache

from pipelines.extraction.frames.instruments import Mention, names_instrument
from pipelines.extraction.frames.status import CANCELLED, PLANNED, PROPOSED, governed_status
from pipelines.extraction.frames.triggers import slot_of
from pipelines.extraction.frames.view import ArticleView
from pipelines.extraction.frames.words import words
from pipelines.extraction.lexicon import table

_NEAR = 80
_REACH = 30  # characters: how far the words that say how an instrument stands may be from it
_HANDS = ("signature", "name", "pen", "initial", "ink", "seal")
_SIGNED_NOUNS = frozenset({"signing", "signature", "exchange", "adoption", "conclusion"})
_NEGOTIATING_NOUNS = frozenset({"negotiation", "negotiations", "talks", "talk", "discussions", "consultations"})


@cache
def instrument_verbs() -> dict[str, str]:
    """Return what each verb says of the instrument it acts on."""
    return {row["verb"]: row["effect"] for row in table("instrument_verbs")}


def status_of_instrument(view: ArticleView, mention: Mention) -> tuple[str | None, int | None, str]:
    """Return the status that its clause gives the instrument, the clause, and the verb that gave it."""
    tokens = view.tokens(mention.sentence)
    head = next(token for token in tokens if token.start == mention.head)
    index, slot = slot_of(view, mention.sentence, head)
    if index is None:
        return None, None, ""
    clause = view.clause(index)
    standing = _standing(view, mention)
    if standing is not None:
        return standing, index, "be"
    noun = _noun_above(view, mention)
    if noun in _NEGOTIATING_NOUNS:
        status, _ = governed_status(view, index, "talks")
        return (None if status is None else "negotiating" if status not in (PLANNED, PROPOSED) else "planned"), index, noun
    if noun in _SIGNED_NOUNS:
        status, _ = governed_status(view, index, "signing")
        off = status is not None and _is_called_off(view, mention)
        return (None if status is None else "planned" if off or status in (PLANNED, PROPOSED, CANCELLED) else "signed"), index, noun
    if slot == "subject" and clause.verb.lemma in ("be", "remain", "stay"):
        predicate = view.article.text[clause.verb.end : clause.end].lower()
        if "under negotiation" in predicate or "being negotiated" in predicate:
            return "negotiating", index, "be"
        if "in force" in predicate or "into force" in predicate:
            return "in_force", index, "be"
    if slot == "subject" and clause.verb.lemma in ("enter", "come", "take", "expire", "lapse"):
        words = view.article.text[clause.verb.start : clause.end].lower()
        if "force" in words or "effect" in words:
            return "in_force", index, clause.verb.lemma
        return ("ended" if clause.verb.lemma in ("expire", "lapse") else None), index, clause.verb.lemma
    for verb_index in _verbs_over(view, mention, index, slot):
        found = _status_by_verb(view, verb_index, slot)
        if found is not None:
            return found, verb_index, view.clause(verb_index).verb.lemma
    return None, index, ""


def _standing(view: ArticleView, mention: Mention) -> str | None:
    """Return the status that words right around the mention give it, whatever its clause ("in force since …", "close to a …")."""
    text = view.article.text
    end = view.sentence(mention.sentence).end
    after = text[mention.end : min(end, mention.end + _REACH)].lower().lstrip(" ,)")
    if after.startswith(tuple(words("in_force"))):
        return "in_force"
    before = text[max(view.sentence(mention.sentence).start, mention.start - 24) : mention.start].lower()
    if before.removesuffix(" a ").removesuffix(" an ").removesuffix(" the ").rstrip().endswith(tuple(words("nearing"))):
        return "negotiating"
    rest = text[mention.end : min(end, mention.end + 4 * _REACH)].lower()
    reach = min((rest.find(phrase) for phrase in words("under_negotiation") if phrase in rest), default=-1)
    if reach < 0 or mention.is_counted or names_instrument(view.tokens_in(mention.sentence, mention.end, mention.end + reach)):
        return None
    return "negotiating"


def _is_called_off(view: ArticleView, mention: Mention) -> bool:
    rest = view.article.text[mention.end : view.sentence(mention.sentence).end].lower()
    return any(phrase in rest for phrase in words("called_off"))


def _noun_above(view: ArticleView, mention: Mention) -> str:
    """Return the noun that the mention completes ("the signing of …", "negotiations on …")."""
    tokens = view.tokens(mention.sentence)
    place = mention.tokens[0] - 1
    while place >= 0 and tokens[place].tag in ("DET", "ADJ", "NUM", "PRON"):
        place -= 1
    if place > 1 and tokens[place].tag == "VERB" and tokens[place - 1].lower == "to" and tokens[place - 2].lower in _NEGOTIATING_NOUNS:
        return tokens[place - 2].lower  # "talks to modernise the agreement"
    if place < 1 or tokens[place].lower not in ("of", "on", "for", "over", "about"):
        return ""
    return tokens[place - 1].lower


def _verbs_over(view: ArticleView, mention: Mention, index: int, slot: str) -> list[int]:
    """Return the clauses whose verb may act on the mention: its own, and the relative clause that follows it."""
    verb_end = view.clause(index).verb.end
    beside = slot == "object" or 0 <= mention.start - verb_end <= _NEAR
    by_slot = f"{view.clause(index).verb.lemma} {slot}" in instrument_verbs()
    over = (
        [index] if by_slot or (slot in ("object", "", "on", "of", "to", "over", "into", "with", "off", "from", "out of") and beside) else []
    )
    for child in view.clauses_of_sentence.get(mention.sentence, ()):
        clause = view.clause(child)
        if (clause.link in ("that", "which", "participle", None) and 0 <= clause.start - mention.end <= 3 and not clause.objects) or (
            clause.subject is not None
            and clause.subject.start <= mention.head < clause.subject.end
            and clause.verb.is_passive
            and child not in over
        ):
            over.append(child)
    return over


def _status_by_verb(view: ArticleView, index: int, slot: str) -> str | None:
    clause = view.clause(index)
    verb = clause.verb
    name = f"{verb.lemma} {verb.particle}" if verb.particle else verb.lemma
    effect = instrument_verbs().get(name) or instrument_verbs().get(f"{verb.lemma} {slot}") or instrument_verbs().get(verb.lemma)
    if effect is None:
        return None
    words = view.article.text[verb.end : clause.end].lower()
    if verb.lemma == "put" and not any(word in words for word in _HANDS):
        return "planned" if words.startswith((" off", " on hold")) else None
    if verb.is_negated and verb.lemma in ("renew", "extend", "prolong"):
        return "ended"
    if effect == "planned" or (effect in ("agreed", "negotiating") and "for signing" in words):
        return "planned" if not verb.is_negated else None
    status, governor = governed_status(view, index, "signing")
    if status is None:
        return None
    if status == CANCELLED:
        return "planned"
    if status in (PLANNED, PROPOSED):
        agreed = governor is not None and view.clause(governor).verb.lemma in ("agree", "decide", "pledge", "promise", "commit", "vow")
        return "agreed" if agreed and effect in ("signed", "agreed") else "planned"
    if effect == "agreed" and verb.is_progressive:
        return "negotiating"
    return "signed" if effect == "witnessed" else effect
