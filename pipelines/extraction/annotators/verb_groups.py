"""Verb groups: a verb with its auxiliaries, and the tense, modality, voice and negation they give it.

Belongs here: what the words of one group say. Does not belong here: arguments and how clauses hang together (clauses), which may lend a
group the modality of the verb that governs it.
"""

from collections.abc import Sequence
from functools import cache

from pipelines.extraction.annotators.lemmas import BASE, GERUND, PARTICIPLE, PAST, verb_reading
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Token, VerbGroup

NEGATIONS = frozenset(("not", "never", "n't", "n’t", "nor", "neither", "hardly", "scarcely", "barely"))
_PRESENT = frozenset(("is", "are", "am", "has", "have", "do", "does", "'s", "'re", "'m", "'ve", "’s", "’re", "’m", "’ve"))
_PAST = frozenset(("was", "were", "had", "did"))
_BE = frozenset(("is", "are", "am", "was", "were", "be", "been", "being", "'s", "'re", "'m", "’s", "’re", "’m"))
_FINITE_BE = frozenset(("is", "are", "am", "was", "were", "'s", "'re", "'m", "’s", "’re", "’m"))
_HAVE = frozenset(("has", "have", "had", "having", "'ve", "’ve"))
_WOULD_OR_HAD = frozenset(("'d", "’d"))
_GET = frozenset(("get", "gets", "got", "getting", "gotten"))


@cache
def auxiliary_modality() -> dict[str, str]:
    """Return modal auxiliary → modality."""
    return settings("modality")["auxiliaries"]


@cache
def governor_modality() -> dict[str, str]:
    """Return the lemma of a verb or adjective → the modality its infinitive takes."""
    return settings("modality")["governors"]


def verb_group(
    tokens: Sequence[Token], head: int, auxiliaries: Sequence[int], is_finite_place: bool, has_to: bool, is_negated: bool, particle: int
) -> VerbGroup:
    """Return the group of the verb at ``head``.

    ``auxiliaries`` are the places of its auxiliaries and copula, ``particle`` that of its particle (-1 for none), ``has_to`` whether "to"
    marks it, ``is_finite_place`` that nothing in the syntax says it is a participle or infinitive.
    """
    word = tokens[head]
    reading = verb_reading(word.lower)
    forms = reading[1] if reading else 0
    start, end = word.start, word.end
    modality: str | None = None
    tense: str | None = None
    is_perfect = is_progressive = is_passive = False
    last = ""
    for place in auxiliaries:
        token = tokens[place]
        lower = token.lower
        if token.start < start:
            start = token.start
        last = lower
        if lower in _WOULD_OR_HAD:
            if forms & PARTICIPLE and not forms & BASE:
                tense, is_perfect = tense or "past", True
            elif tense is None:
                tense, modality = "present", "conditional"
        elif lower in _PRESENT:
            tense = tense or "present"
        elif lower in _PAST:
            tense = tense or "past"
        elif lower == "cannot":
            tense, modality, is_negated = "present", "ability", True
        else:
            meant = auxiliary_modality().get(token.lemma)
            if meant and modality is None:
                modality = meant
                tense = tense or ("future" if meant == "will" else "present")
        if lower in _HAVE:
            is_perfect = True
        if token.relation == "aux:pass":
            is_passive = True
    if last and word.tag == "VERB":
        if has_to and last in _FINITE_BE:  # "is to sign"
            modality = modality or "expected"
            tense = "past" if tense == "past" else "future"
            is_passive = False
        elif last in _BE:
            if forms & GERUND:
                is_progressive = True
            elif forms & PARTICIPLE:
                is_passive = True
        elif last in _GET and forms & PARTICIPLE:
            is_passive = True
    elif tense is None and not last and not has_to and is_finite_place:
        if forms & PAST:
            tense = "past"
        elif forms and not forms & GERUND:
            tense = "present"
    if particle >= 0 and head < particle <= head + 2:
        end = tokens[particle].end
    return VerbGroup(
        start,
        end,
        word.start,
        word.lemma,
        tokens[particle].lower if particle >= 0 else None,
        tense or "none",
        modality,
        is_perfect,
        is_progressive,
        is_passive,
        is_negated,
    )
