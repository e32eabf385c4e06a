"""The event lexicon as look-up tables: which verbs and nouns tell which happenings.

Belongs here: turning event_verbs.csv, event_nouns.csv, noun_classes.csv, light_verbs.csv and governing_verbs.csv into dictionaries.
Does not belong here: matching a clause against them (triggers).
"""

from dataclasses import dataclass
from functools import cache

from pipelines.extraction.lexicon import settings, table

# Needs of patterns that tell PLOVER a root, but no happening between parties (remarks are read by statements).
NO_HAPPENING = frozenset({"statement", "pejorative", "speech", "hostage", "none"})


@dataclass(frozen=True, slots=True)
class VerbRule:
    """One pattern of event_verbs.csv. Empty fields ask nothing; ``objects`` and ``obliques`` hold alternatives."""

    rule_id: str
    particles: frozenset[str]
    objects: tuple[str, ...]
    obliques: tuple[tuple[str, str], ...]  # (preposition, noun or @class or "")
    prepositions: frozenset[str]
    complements: frozenset[str]
    engagement_type: str
    root: str
    roles: str
    needs: frozenset[str]


@dataclass(frozen=True, slots=True)
class NounRule:
    """One row of event_nouns.csv."""

    rule_id: str
    modifiers: frozenset[str]
    engagement_type: str
    root: str
    bare: str


def _alternatives(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def _verb_rule(row: dict[str, str]) -> VerbRule:
    obliques = tuple((part.partition(":")[0], part.partition(":")[2]) for part in _alternatives(row["oblique"]))
    return VerbRule(
        rule_id=row["rule_id"],
        particles=frozenset(_alternatives(row["particle"])),
        objects=_alternatives(row["object"]),
        obliques=obliques,
        prepositions=frozenset(preposition for preposition, _ in obliques),
        complements=frozenset(_alternatives(row["complement"])),
        engagement_type=row["engagement_type"],
        root=row["root"] or root_of_type(row["engagement_type"]),
        roles=row["roles"],
        needs=frozenset(_alternatives(row["needs"])),
    )


@cache
def engagement_types() -> dict[str, dict[str, str]]:
    """Return the rows of engagement_types.csv by type."""
    return {row["engagement_type"]: row for row in table("engagement_types")}


def root_of_type(engagement_type: str) -> str:
    """Return the PLOVER root of a type, CONCEDE and RETREAT both being YIELD; empty for a statement."""
    row = engagement_types().get(engagement_type)
    event = row["plover_event"] if row else ""
    return "YIELD" if event in ("CONCEDE", "RETREAT") else event


@cache
def verb_rules() -> dict[str, tuple[VerbRule, ...]]:
    """Return the rules of each verb lemma."""
    by_verb: dict[str, list[VerbRule]] = {}
    for row in table("event_verbs"):
        rule = _verb_rule(row)
        for verb in _alternatives(row["verbs"]):
            by_verb.setdefault(verb, []).append(rule)
    return {verb: tuple(rules) for verb, rules in by_verb.items()}


@cache
def happening_rules() -> dict[str, tuple[VerbRule, ...]]:
    """Return the rules of each verb that may tell a happening between parties."""
    told = {verb: tuple(rule for rule in rules if not rule.needs & NO_HAPPENING) for verb, rules in verb_rules().items()}
    return {verb: rules for verb, rules in told.items() if rules}


@cache
def noun_rules() -> dict[str, tuple[NounRule, ...]]:
    """Return the rules of each event noun; those that ask for a modifier stand first."""
    by_noun: dict[str, list[NounRule]] = {}
    for row in table("event_nouns"):
        rule = NounRule(
            rule_id=row["rule_id"],
            modifiers=frozenset(_alternatives(row["modifiers"])),
            engagement_type=row["engagement_type"],
            root=row["root"] or root_of_type(row["engagement_type"]),
            bare=row["bare"],
        )
        for noun in _alternatives(row["nouns"]):
            by_noun.setdefault(noun, []).append(rule)
    return {noun: tuple(sorted(rules, key=lambda rule: not rule.modifiers)) for noun, rules in by_noun.items()}


@cache
def noun_classes() -> dict[str, frozenset[str]]:
    """Return the classes of each noun, "@" before each; instruments are of the class @instrument, consult nouns of @consult."""
    classes = {row["noun"]: {f"@{name}" for name in _alternatives(row["classes"])} for row in table("noun_classes")}
    for row in table("instruments"):
        last_word = row["name"].split()[0] if " of " in row["name"] else row["name"].split()[-1]
        classes.setdefault(last_word, set()).add("@instrument")
    for row in table("event_nouns"):
        if row["engagement_type"] in CONSULT_TYPES:
            for noun in _alternatives(row["nouns"]):
                classes.setdefault(noun, set()).add("@consult")
    return {noun: frozenset(names) for noun, names in classes.items()}


@cache
def light_verbs() -> dict[tuple[str, str], str]:
    """Return what (verb, slot) says of the event noun in that slot."""
    return {tuple(row["verb_slot"].split(":")): row["effect"] for row in table("light_verbs")}  # type: ignore[misc]


@cache
def governing_verbs() -> dict[tuple[str, str], str]:
    """Return what (verb, link) says of the happening in the clause it governs."""
    return {tuple(row["verb_link"].split(":")): row["effect"] for row in table("governing_verbs")}  # type: ignore[misc]


@cache
def reporting_verbs() -> frozenset[str]:
    """Return the verbs that a clause with "that" or a quotation hangs on."""
    patterns = {verb for verb, rules in verb_rules().items() if any(rule.complements & {"that", "quote"} for rule in rules)}
    return frozenset(patterns | {verb for verb, link in governing_verbs() if link == "that"})


@cache
def organisation_seats() -> dict[str, str]:
    """Return the country in which each organisation that receives visitors has its seat."""
    return dict(settings("event_words")["seats"])


CONSULT_TYPES = frozenset({"visit", "meeting", "talks", "call", "summit", "mediation"})
IN_PERSON_TYPES = frozenset({"visit", "meeting", "talks", "summit", "signing", "mediation"})
SPOKEN_TYPES = frozenset({"commitment", "support", "request", "statement", "criticism", "rejection", "threat"})
