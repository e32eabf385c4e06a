"""Verb groups: a verb with its auxiliaries, and the tense, modality, voice and negation they give it.

Belongs here: what the words of one group say. Does not belong here: arguments and how clauses hang together (clauses), which may lend a
group the modality of the verb that governs it.
"""

from collections.abc import Sequence
from functools import cache

from pipelines.extraction.annotators.lemmas import GERUND, PARTICIPLE, PAST, verb_reading
from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Token, VerbGroup

_NEGATIONS = frozenset(("not", "never", "n't", "nor", "neither", "hardly", "scarcely", "barely"))
_PRESENT_AUX = frozenset(("is", "are", "am", "has", "have", "do", "does", "'s", "'re", "'m", "'ve", "’s", "’re", "’m", "’ve"))
_PAST_AUX = frozenset(("was", "were", "had", "did"))
_BE = frozenset(("is", "are", "am", "was", "were", "be", "been", "being", "'s", "'re", "'m", "’s", "’re", "’m"))
_HAVE = frozenset(("has", "have", "had", "having", "'ve", "’ve", "'d", "’d"))


@cache
def auxiliary_modality() -> dict[str, str]:
    """Return modal auxiliary → modality."""
    return settings("modality")["auxiliaries"]


@cache
def governor_modality() -> dict[str, str]:
    """Return the lemma of a verb or adjective → the modality its infinitive takes."""
    return settings("modality")["governors"]


def verb_group(tokens: Sequence[Token], head: int, kids: Sequence[int], is_finite_place: bool) -> VerbGroup:
    """Return the group of the verb at ``head``. ``is_finite_place``: nothing in the syntax says it is a participle or infinitive."""
    word = tokens[head]
    start, end = word.start, word.end
    modality: str | None = None
    tense: str | None = None
    particle: str | None = None
    perfect = progressive = passive = negated = infinitive = False
    has_auxiliary = False
    last_aux = ""
    reading = verb_reading(word.lower)
    forms = reading[1] if reading else 0
    for kid in kids:
        token = tokens[kid]
        relation = token.relation
        if relation == "aux" or relation == "aux:pass" or relation == "cop":
            lower = token.lower
            if kid < head or relation == "cop":
                start = min(start, token.start)
                last_aux = lower
            else:
                start = min(start, token.start)
            has_auxiliary = True
            meant = auxiliary_modality().get(token.lemma)
            if lower in ("'d", "’d"):
                meant = None if forms & PARTICIPLE and not forms & 1 else "conditional"
                tense = tense or ("past" if meant is None else None)
                perfect = perfect or meant is None
            if meant and tense is None:
                modality = meant
                tense = "future" if meant == "will" else "present"
            elif tense is None:
                if lower in _PAST_AUX:
                    tense = "past"
                elif lower in _PRESENT_AUX:
                    tense = "present"
            if lower in _HAVE and relation != "cop":
                perfect = True
            if relation == "aux:pass":
                passive = True
        elif relation == "advmod" and (token.lower in _NEGATIONS or token.lemma == "not"):
            negated = True
        elif relation == "advmod" and token.lower == "longer" and kid and tokens[kid - 1].lower == "no":
            negated = True
        elif relation == "compound:prt":
            particle = token.lower
            if head < kid <= head + 2:
                end = token.end
        elif relation == "mark" and token.lower == "to":
            infinitive = True
    if has_auxiliary and last_aux in _BE and forms:
        if forms & GERUND:
            progressive = True
        elif forms & PARTICIPLE and word.tag == "VERB":
            passive = True
    if last_aux in ("cannot",):
        negated = True
    if tense is None and not infinitive and not has_auxiliary and is_finite_place and word.tag in ("VERB", "AUX"):
        if forms & PAST:
            tense = "past"
        elif not forms & GERUND:
            tense = "present"
    return VerbGroup(start, end, word.start, word.lemma, particle, tense or "none", modality, perfect, progressive, passive, negated)
