"""Tokens: cutting, lemmas, tags, governing words."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.lemmas import lemma_of, verb_reading
from pipelines.extraction.annotators.structure import find_layout
from pipelines.extraction.annotators.tokens import cut_words, find_tokens
from pipelines.extraction.model import Token

TAGS = frozenset(
    ("NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "ADP", "DET", "PRON", "NUM", "PART", "SCONJ", "CCONJ", "PUNCT", "SYM", "X", "INTJ")
)


def tokens_of(text: str) -> list[Token]:
    return [token for sentence in find_tokens(find_layout(text)) for token in sentence]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Gen. Ruiz didn't meet X's envoy.", ["Gen.", "Ruiz", "did", "n't", "meet", "X", "'s", "envoy", "."]),
        ("Trade hit US$11.58bn (up 3.5%).", ["Trade", "hit", "US$", "11.58bn", "(", "up", "3.5", "%", ")", "."]),
        ("The 13-member, US-brokered pact", ["The", "13-member", ",", "US-brokered", "pact"]),
        ("It cost Sh124.1 billion in 2025/26.", ["It", "cost", "Sh124.1", "billion", "in", "2025/26", "."]),
        ("From July–March 9MFY25, 2026–2028", ["From", "July–March", "9MFY25", ",", "2026–2028"]),
        ("They left the U.S. on Nov. 16", ["They", "left", "the", "U.S.", "on", "Nov.", "16"]),
        ("It’s the chargé d’affaires’ car", ["It", "’s", "the", "chargé", "d’affaires", "’", "car"]),
        ("India–Kenya talks—brief", ["India–Kenya", "talks", "—", "brief"]),
        ("mail a.b@c.org or https://x.org/a?b=1", ["mail", "a.b@c.org", "or", "https://x.org/a?b=1"]),
    ],
)
def test_words_are_cut(text: str, words: list[str]):
    assert cut_words(text)[2] == words


@pytest.mark.parametrize(
    ("word", "tag", "lemma"),
    [
        ("signed", "VERB", "sign"),
        ("met", "VERB", "meet"),
        ("found", "VERB", "find"),
        ("held", "VERB", "hold"),
        ("has", "AUX", "have"),
        ("’s", "AUX", "be"),
        ("n't", "PART", "not"),
        ("ministries", "NOUN", "ministry"),
        ("memoranda", "NOUN", "memorandum"),
        ("businesses", "NOUN", "business"),
        ("Nations", "PROPN", "nations"),
        ("co-chaired", "VERB", "co-chair"),
        ("talks", "NOUN", "talk"),
        ("crisis", "NOUN", "crisis"),
    ],
)
def test_lemmas(word: str, tag: str, lemma: str):
    assert lemma_of(word, tag) == lemma


@pytest.mark.parametrize("word", ["ministry", "of", "xyzzying", "Bogotá"])
def test_no_verb_has_such_a_form(word: str):
    assert verb_reading(word.lower()) is None


@pytest.mark.parametrize(
    ("text", "word", "tag"),
    [
        ("The ministers will visit Peru next week.", "visit", "VERB"),
        ("The visit will end on Monday.", "visit", "NOUN"),
        ("Peru, Chile sign trade deal", "sign", "VERB"),
        ("They signed the deal in Lima.", "deal", "NOUN"),
        ("They talked about talks.", "talks", "NOUN"),
        ("She has arrived.", "has", "AUX"),
    ],
)
def test_nouns_and_verbs_are_told_apart(text: str, word: str, tag: str):
    assert [token.tag for token in tokens_of(text) if token.text == word] == [tag]


def test_governing_words_point_inside_their_sentence():
    tokens = tokens_of("The minister signed a treaty in Lima.")
    verb = next(place for place, token in enumerate(tokens) if token.text == "signed")
    by_word = {token.text: token for token in tokens}
    assert tokens[verb].parent == -1
    assert (by_word["minister"].parent, by_word["minister"].relation) == (verb, "nsubj")
    assert (by_word["treaty"].parent, by_word["treaty"].relation) == (verb, "obj")
    assert (by_word["Lima"].parent, by_word["Lima"].relation) == (verb, "obl")


@settings(max_examples=120, deadline=None)
@given(
    st.one_of(
        st.text(max_size=200),
        st.lists(st.sampled_from(["Lima", "'", "met", "“", "U.S.", "%", "\u200b", "and", "1,2", "\ud7ff", "n't"]), max_size=60).map(
            " ".join
        ),
    )
)
def test_any_text_gives_ordered_tokens_that_quote_it(text: str):
    layout = find_layout(text)
    read = find_tokens(layout)
    assert len(read) == len(layout.sentences)
    for sentence, tokens in zip(layout.sentences, read, strict=True):
        end = sentence.start
        for token in tokens:
            assert end <= token.start < token.end <= sentence.end
            assert text[token.start : token.end] == token.text
            assert not text[end : token.start].strip()
            assert token.tag in TAGS
            assert -1 <= token.parent < len(tokens)
            end = token.end
        for place in range(len(tokens)):  # every word hangs on a root: no circles
            steps = 0
            while place >= 0:
                place, steps = tokens[place].parent, steps + 1
                assert steps <= len(tokens)


def test_a_very_long_sentence_takes_time_in_proportion():
    def seconds(count: int) -> float:
        layout = find_layout("and then they went to see it again " * count)
        start = time.perf_counter()
        find_tokens(layout)
        return time.perf_counter() - start

    seconds(50)
    assert seconds(4_000) < 24 * seconds(500) + 0.1  # eight times the text
