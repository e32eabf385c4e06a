"""The event lexicon: closed lists, no duplicates, no class without words."""

import pytest

from pipelines.extraction.frames.rules import (
    engagement_types,
    governing_verbs,
    light_verbs,
    noun_classes,
    noun_rules,
    root_of_type,
    verb_rules,
)
from pipelines.extraction.lexicon import settings, table

CODES = settings("codes")
SPECIAL = {"@person", "@party", "@place", "@country", "@organisation"}
NEEDS = {
    *(
        "target",
        "explicit",
        "foreign",
        "context",
        "joint",
        "dialogue",
        "official",
        "contact",
        "traveller",
        "time",
        "force",
        "crowd",
        "leave",
    ),
    *(
        "promise",
        "travel",
        "attack",
        "act",
        "speaker",
        "plea",
        "helpers",
        "judgement",
        "statement",
        "hostage",
        "none",
        "two",
        "party",
        "speech",
        "pejorative",
        "menace",
        "mandative",
        "jointly",
        "looming",
        "alone",
        "martial",
        "legal",
        "blamed",
        "courtesy",
        "credentials",
        "harm",
        "reason",
        "deed",
        "persona",
        "willed",
        "goal",
    ),
}
TABLES = [
    *("event_verbs", "event_nouns", "noun_classes", "light_verbs", "governing_verbs", "instruments", "instrument_verbs"),
    *("engagement_types", "topics"),
]


@pytest.mark.parametrize("name", TABLES)
def test_no_key_stands_twice(name: str) -> None:
    rows = table(name)
    keys = [next(iter(row.values())) for row in rows]
    assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)


def test_every_type_of_the_codebook_has_a_row_and_no_other() -> None:
    assert list(engagement_types()) == CODES["engagement_types"]
    for row in engagement_types().values():
        assert 1 <= int(row["quad_class"]) <= 4
        assert -10 <= float(row["goldstein"]) <= 10


def test_verb_rules_name_known_types_classes_and_needs() -> None:
    classes = {name for names in noun_classes().values() for name in names} | SPECIAL
    for row in table("event_verbs"):
        assert row["engagement_type"] in {*CODES["engagement_types"], "none"}, row
        wanted = [*row["object"].split("|"), *(part.partition(":")[2] for part in row["oblique"].split("|"))]
        assert {want for want in wanted if want.startswith("@")} <= classes, row
        assert set(filter(None, row["needs"].split("|"))) <= NEEDS, row


def test_noun_rules_name_known_types() -> None:
    assert {rule.engagement_type for rules in noun_rules().values() for rule in rules} <= set(CODES["engagement_types"])


def test_instruments_name_known_kinds() -> None:
    assert {row["agreement_type"] for row in table("instruments")} <= set(CODES["agreement_types"])


def test_effects_are_of_their_lists() -> None:
    assert set(light_verbs().values()) == {"occurs", "begins", "cancels", "moves", "plans", "proposes", "rejects", "says", "refers"}
    assert set(governing_verbs().values()) == {"planned", "proposed", "none", "ongoing", "occurred"}


@pytest.mark.parametrize(
    ("kind", "root"),
    [("concession", "YIELD"), ("withdrawal", "YIELD"), ("meeting", "CONSULT"), ("statement", ""), ("sanction", "SANCTION")],
)
def test_a_type_has_its_plover_root(kind: str, root: str) -> None:
    assert root_of_type(kind) == root


def test_the_verbs_are_many() -> None:
    assert len(verb_rules()) > 700
