"""Clauses: verb groups, arguments, and how clauses hang together."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.clauses import find_clauses
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.tokens import find_tokens
from pipelines.extraction.model import Actor, Clause


def clauses_of(text: str, *actors: str) -> tuple[Clause, ...]:
    layout = find_layout(text)
    known = tuple(Actor(text.index(name), text.index(name) + len(name), name, "person", ()) for name in actors)
    return find_clauses(text, layout, find_tokens(layout), known)


def clause(text: str, lemma: str, *actors: str) -> Clause:
    return next(found for found in clauses_of(text, *actors) if found.verb.lemma == lemma)


def words(clause: Clause) -> tuple[str | None, list[str], list[str]]:
    return clause.subject and clause.subject.text, [phrase.text for phrase in clause.objects], [phrase.text for phrase in clause.obliques]


@pytest.mark.parametrize(
    ("text", "lemma", "tense", "modality", "flags"),
    [
        ("Peru signed the treaty.", "sign", "past", None, ""),
        ("Peru has signed the treaty.", "sign", "present", None, "perfect"),
        ("The treaty was signed by Peru.", "sign", "past", None, "passive"),
        ("The treaty had been signed.", "sign", "past", None, "perfect passive"),
        ("Peru will sign the treaty.", "sign", "future", "will", ""),
        ("Peru would sign the treaty.", "sign", "present", "conditional", ""),
        ("Peru may sign the treaty.", "sign", "present", "possible", ""),
        ("Peru should sign the treaty.", "sign", "present", "obligation", ""),
        ("Peru is signing the treaty.", "sign", "present", None, "progressive"),
        ("Peru did not sign the treaty.", "sign", "past", None, "negated"),
        ("Peru has never signed the treaty.", "sign", "present", None, "perfect negated"),
        ("Peru won't sign the treaty.", "sign", "future", "will", "negated"),
        ("Peru is to sign the treaty on Monday.", "sign", "future", "expected", ""),
        ("Peru was to sign the treaty on Monday.", "sign", "past", "expected", ""),
        ("Peru is expected to sign the treaty.", "sign", "future", "expected", ""),
        ("Peru is scheduled to sign the treaty.", "sign", "future", "expected", ""),
        ("Peru plans to sign the treaty.", "sign", "future", "expected", ""),
        ("Peru hopes to sign the treaty.", "sign", "future", "desire", ""),
        ("Peru left without signing the treaty.", "sign", "none", None, "negated"),
    ],
)
def test_verb_groups(text: str, lemma: str, tense: str, modality: str | None, flags: str):
    verb = clause(text, lemma).verb
    found = " ".join(name for name in ("perfect", "progressive", "passive", "negated") if getattr(verb, f"is_{name}"))
    assert (verb.tense, verb.modality, found) == (tense, modality, flags)
    assert text[verb.head : verb.head + 4] == "sign"


@pytest.mark.parametrize(
    ("text", "lemma", "subject", "objects", "obliques"),
    [
        (
            "The minister signed a treaty in Lima on Monday.",
            "sign",
            "The minister",
            ["a treaty"],
            ["in Lima", "on Monday"],
        ),
        (
            "The presidents held a meeting with the mayor of Lima last week.",
            "hold",
            "The presidents",
            ["a meeting"],
            ["with the mayor of Lima", "of Lima", "last week"],
        ),
        ("The envoys were received by the king.", "receive", "The envoys", [], ["by the king"]),
        ("Peru and Chile signed two treaties.", "sign", "Peru and Chile", ["two treaties"], []),
    ],
)
def test_arguments(text: str, lemma: str, subject: str, objects: list[str], obliques: list[str]):
    assert words(clause(text, lemma)) == (subject, objects, obliques)


@pytest.mark.parametrize(
    ("text", "lemma", "subject"),
    [
        ("The president met the king and signed a treaty.", "sign", "The president"),
        ("The minister, who arrived on Monday, left.", "arrive", "The minister"),
        ("The minister agreed to sign the treaty.", "sign", "The minister"),
        ("The minister asked the company to sign the treaty.", "sign", "the company"),
        ("The minister left after signing the treaty.", "sign", "The minister"),
        ("“We will sign,” said the minister.", "say", "the minister"),
        ("The treaty, signed in Lima, was praised.", "sign", "The treaty"),
        ("The minister was expected to sign the treaty.", "sign", "The minister"),
    ],
)
def test_subjects_are_borrowed(text: str, lemma: str, subject: str):
    found = clause(text, lemma).subject
    assert found is not None
    assert found.text == subject


@pytest.mark.parametrize(
    ("text", "lemma", "parent", "link"),
    [
        ("The minister said that Peru signed the treaty.", "sign", "say", "that"),
        ("Peru signed the treaty, the minister said.", "sign", "say", "that"),
        ("“Peru signed the treaty,” the minister said.", "sign", "say", "quote"),
        ("Peru agreed to sign the treaty.", "sign", "agree", "to"),
        ("If Peru signs the treaty, trade will grow.", "sign", "grow", "if"),
        ("Had Peru signed the treaty, trade would have grown.", "sign", "grow", "if"),
        ("The minister left after signing the treaty.", "sign", "leave", "after"),
        ("The minister met the king and signed the treaty.", "sign", "meet", "and"),
        ("The minister, who signed the treaty, left.", "sign", "leave", "who"),
        ("The treaty signed in Lima covers fish.", "sign", "cover", "participle"),
    ],
)
def test_clauses_hang_together(text: str, lemma: str, parent: str, link: str):
    found = clauses_of(text)
    child = next(one for one in found if one.verb.lemma == lemma)
    assert child.parent is not None
    assert (found[child.parent].verb.lemma, child.link) == (parent, link)


def test_a_coordinated_infinitive_hangs_where_the_first_does():
    found = clauses_of("Peru agreed to sign the treaty and open its market.")
    opened = next(one for one in found if one.verb.lemma == "open")
    assert opened.parent is not None
    assert (found[opened.parent].verb.lemma, opened.link) == ("agree", "to")


@pytest.mark.parametrize(
    ("headline", "lemma", "tense", "modality", "is_passive"),
    [
        ("Peru, Chile sign rail pact", "sign", "present", None, False),
        ("Peru to host copper summit in May", "host", "future", "expected", False),
        ("Envoy arrested in Lima over bribes", "arrest", "past", None, True),
        ("Miners put off strike in Peru", "put", "present", None, False),
    ],
)
def test_headlines(headline: str, lemma: str, tense: str, modality: str | None, is_passive: bool):
    verb = clause(f"{headline}\n\nMore was said on Monday.", lemma).verb
    assert (verb.tense, verb.modality, verb.is_passive) == (tense, modality, is_passive)


def test_what_something_is_is_its_object():
    found = clause("Chile is the largest partner of Peru.", "be")
    assert words(found)[:2] == ("Chile", ["the largest partner of Peru"])


def test_a_name_that_looks_like_a_verb_is_a_noun():
    text = "Oman's foreign minister Said Lasri met Chile's President Asha Juma on Monday."
    found = clauses_of(text, "Oman's foreign minister Said Lasri", "Chile's President Asha Juma")
    assert [one.verb.lemma for one in found] == ["meet"]
    assert words(found[0]) == ("Oman's foreign minister Said Lasri", ["Chile's President Asha Juma"], ["on Monday"])


def test_a_predicate_begins_behind_its_verb_and_brackets_are_closed():
    assert clause("Elsewhere in Asia, the picture was brighter.", "be").objects[0].text == "brighter"
    assert clause("The State Bank of Chile (SBC) met the king.", "meet").subject.text == "The State Bank of Chile (SBC)"


def test_an_actor_is_never_cut():
    text = "They met Minister of Trade and Industry Ana Ruiz in Lima."
    found = clause(text, "meet", "Minister of Trade and Industry Ana Ruiz")
    for phrase in (*found.objects, *found.obliques):
        start, end = text.index("Minister"), text.index(" in Lima")
        assert phrase.end <= start or phrase.start >= end or (phrase.start <= start and end <= phrase.end)


def test_a_sentence_without_verb_gives_its_noun_phrase():
    (found,) = clauses_of("A meeting of the joint commission with the Egyptian minister")
    assert found.verb.lemma == ""
    assert found.objects[0].head == "meeting"
    assert [phrase.text for phrase in found.obliques] == ["of the joint commission", "with the Egyptian minister"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Lima",
                "and",
                "who",
                "met",
                "signed",
                "to",
                "said",
                ",",
                "“",
                "the",
                "minister",
                "is",
                "of",
                "X.",
                "by",
                "not",
                "\n\n",
                "\u0301",
            ]
        ),
        max_size=60,
    ),
    st.text(max_size=40),
)
def test_any_text_gives_clauses_that_quote_it(parts: list[str], more: str):
    text = " ".join(parts) + more
    layout = find_layout(text)
    found = find_clauses(text, layout, find_tokens(layout), ())
    for one in found:
        sentence = layout.sentences[one.sentence]
        assert sentence.start <= one.start <= one.verb.start <= one.verb.end <= one.end <= sentence.end
        assert one.parent is None or (0 <= one.parent < len(found) and one.parent != found.index(one))
        for phrase in (*one.objects, *one.obliques, *((one.subject,) if one.subject else ())):
            assert text[phrase.start : phrase.end] == phrase.text
            assert phrase.start <= phrase.head_start < phrase.end
        assert [phrase.head_start for phrase in one.obliques] == sorted(phrase.head_start for phrase in one.obliques)


def test_nested_nouns_take_time_in_proportion():
    def seconds(count: int) -> float:
        text = "The head " + "of the head " * count + "met."
        layout = find_layout(text)
        tokens = find_tokens(layout)
        start = time.perf_counter()
        find_clauses(text, layout, tokens, ())
        return time.perf_counter() - start

    seconds(50)
    assert seconds(4_000) < 24 * seconds(500) + 0.1  # eight times the text
