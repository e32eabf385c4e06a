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


@cache
def subject_control() -> frozenset[str]:
    """Return the verbs whose subject does what the infinitive after their object tells ("promised him to")."""
    return frozenset(settings("modality")["subject_control"])


class Group:
    """A verb group while it is read; ``frozen`` is the record that leaves the room."""

    __slots__ = (
        "end",
        "head",
        "is_negated",
        "is_passive",
        "is_perfect",
        "is_progressive",
        "lemma",
        "modality",
        "particle",
        "start",
        "tense",
    )

    def __init__(self, word: Token, is_negated: bool) -> None:
        self.start = self.head = word.start
        self.end = word.end
        self.lemma = word.lemma
        self.particle: str | None = None
        self.tense: str | None = None
        self.modality: str | None = None
        self.is_perfect = self.is_progressive = self.is_passive = False
        self.is_negated = is_negated

    def frozen(self) -> VerbGroup:
        """Return the group as a record."""
        return VerbGroup(
            self.start,
            self.end,
            self.head,
            self.lemma,
            self.particle,
            self.tense or "none",
            self.modality,
            self.is_perfect,
            self.is_progressive,
            self.is_passive,
            self.is_negated,
        )


def read_group(
    tokens: Sequence[Token], head: int, auxiliaries: Sequence[int], is_finite_place: bool, has_to: bool, is_negated: bool, particle: int
) -> Group:
    """Return the group of the verb at ``head``.

    ``auxiliaries`` are the places of its auxiliaries and copula, ``particle`` that of its particle (-1 for none), ``has_to`` whether "to"
    marks it, ``is_finite_place`` that nothing in the syntax says it is a participle or infinitive.
    """
    word = tokens[head]
    reading = verb_reading(word.lower)
    forms = reading[1] if reading else 0
    group = Group(word, is_negated)
    last = ""
    for place in auxiliaries:
        last = tokens[place].lower
        _add_auxiliary(group, tokens[place], last, forms)
    if last and word.tag == "VERB":
        if has_to and last in _FINITE_BE:  # "is to sign"
            group.modality = group.modality or "expected"
            group.tense = "past" if group.tense == "past" else "future"
            group.is_passive = False
        elif last in _BE:
            if forms & GERUND:
                group.is_progressive = True
            elif forms & PARTICIPLE:
                group.is_passive = True
        elif last in _GET and forms & PARTICIPLE:
            group.is_passive = True
    elif not last and not has_to and is_finite_place:
        if forms & PAST:
            group.tense = "past"
        elif forms and not forms & GERUND:
            group.tense = "present"
    if particle >= 0:
        group.particle = tokens[particle].lower
        if head < particle <= head + 2:
            group.end = tokens[particle].end
    return group


def _add_auxiliary(group: Group, token: Token, lower: str, forms: int) -> None:
    """Let one auxiliary say what it says of the verb, whose ``forms`` are known."""
    if token.start < group.start:
        group.start = token.start
    if lower in _WOULD_OR_HAD:
        if forms & PARTICIPLE and not forms & BASE:
            group.tense, group.is_perfect = group.tense or "past", True
        elif group.tense is None:
            group.tense, group.modality = "present", "conditional"
    elif lower in _PRESENT:
        group.tense = group.tense or "present"
    elif lower in _PAST:
        group.tense = group.tense or "past"
    elif lower == "cannot":
        group.tense, group.modality, group.is_negated = "present", "ability", True
    else:
        meant = auxiliary_modality().get(token.lemma)
        if meant and group.modality is None:
            group.modality = meant
            group.tense = group.tense or ("future" if meant == "will" else "present")
    if lower in _HAVE:
        group.is_perfect = True
    if token.relation == "aux:pass":
        group.is_passive = True
