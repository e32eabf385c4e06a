"""Who is said to say a passage."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction import annotate
from pipelines.extraction.annotators.attribution import find_attributions, speaker_at, speaker_of

FIGURE = "$2 billion"


def speaker(text: str, of: str = FIGURE):
    article = annotate(text, date(2025, 9, 15))
    at = text.index(of)
    found = speaker_of(article, at, at + len(of))
    return (found.name, found.person) if found else None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Exports to Chile hit $2 billion, the Pakistan Bureau of Statistics said on Tuesday.", "Pakistan Bureau of Statistics"),
        (
            "Exports to Chile hit $2 billion, data released by the State Bank of Pakistan (SBP) on Saturday showed.",
            "State Bank of Pakistan",
        ),
        ("Figures from the Ministry of Economy and Trade show that exports hit $2 billion.", "Ministry of Economy and Trade"),
        ("The Korea Customs Service's data showed exports hit $2 billion.", "Korea Customs Service"),
        ("Exports hit $2 billion last year, according to commerce ministry data.", "commerce ministry"),
        ("According to the General Administration of Customs, exports hit $2 billion.", "General Administration of Customs"),
        ("The U.S. Census Bureau puts the deficit at $2 billion for 2024.", "U.S. Census Bureau"),
        ("Trade hit $2 billion, two people with knowledge of the matter said.", "two people with knowledge of the matter"),
        ("Secex data show exports hit $2 billion last year.", "Secex"),
        ("The Foreign Office in Islamabad said exports were worth $2 billion.", "Foreign Office"),
        ("Switzerland invested $2 billion, according to the Swiss government.", "Swiss government"),
        ("Exports hit $2 billion, according to provisional estimates released by the Statistics Office.", "Statistics Office"),
        ("According to a note, issued by the Swiss Embassy in Lima, trade hit $2 billion.", "Swiss Embassy"),
        ("Exports hit $2 billion, New Zealand's Fruit Council said.", "New Zealand's Fruit Council"),
        ("Data from the Ministry of Fisheries, Trade and Ports show exports hit $2 billion.", "Ministry of Fisheries, Trade and Ports"),
        ("The Grain Board on Tuesday said exports hit $2 billion.", "Grain Board"),
        ("By the Ghana Chamber of Mines' count, exports were worth $2 billion.", "Ghana Chamber of Mines"),
    ],
)
def test_bodies_speak_by_their_own_words(text, name):
    assert speaker(text) == (name, None)


@pytest.mark.parametrize(
    "text",
    [
        "Trade with Chile hit $2 billion, Brazilian Foreign Minister Mauro Vieira told reporters.",
        "Trade with Chile hit $2 billion, said Brazilian Foreign Minister Mauro Vieira.",
        "Brazilian Foreign Minister Mauro Vieira noted that trade with Chile was worth $2 billion.",
        "Brazilian Foreign Minister Mauro Vieira, speaking at a forum, put trade with Chile at $2 billion.",
        "Brazilian Foreign Minister Mauro Vieira, who cites a figure of $2 billion, wants more trade.",
        "According to Brazilian Foreign Minister Mauro Vieira, trade with Chile was worth $2 billion.",
        "“Our trade reached $2 billion. We want more,” said Brazilian Foreign Minister Mauro Vieira.",
        "Brazilian Foreign Minister Mauro Vieira said trade was growing. He added that it hit $2 billion.",
        "Brazilian Foreign Minister Mauro Vieira met the press in Rio and told it that trade hit $2 billion.",
    ],
)
def test_persons_speak_by_their_full_name(text):
    assert speaker(text) == ("Mauro Vieira", "Mauro Vieira")


def test_a_short_name_and_a_pronoun_stand_for_the_body_named_before():
    text = (
        "Imports rose to $9 billion, data released by the State Bank of Pakistan (SBP) showed. Exports fell, the SBP said. "
        "Investment reached $2 billion, the central bank added. It expects $3 billion."
    )
    article = annotate(text, date(2025, 9, 15))
    found = find_attributions(article)
    names = {speaker_at(found, text.index(words)).name for words in ("Exports fell", "$2 billion", "$3 billion")}
    assert names == {"State Bank of Pakistan"}


def test_a_list_of_figures_goes_on_with_its_source():
    text = (
        "Exports to Chile rose 4 percent to $900 million, the bank's figures show. "
        "Sales to Peru surged 41 percent to $621 million and those to Bolivia 3 percent to $2 billion."
    )
    assert speaker(text) == ("bank", None)


@pytest.mark.parametrize(
    "text",
    [
        "Trade with Chile reached $2 billion last year.",
        "Trade was growing, the minister said.\n\nExports reached $2 billion last year.",
        "The government declared a state of emergency after exports fell to $2 billion.",
        "The surplus was $2 billion in the current account.",
        "Ecuador reported a trade surplus of $2 billion.",
    ],
)
def test_nobody_speaks_where_nobody_is_named(text):
    assert speaker(text) is None


def test_each_part_of_a_sentence_has_its_own_speaker():
    text = "Minister Ana Silva said exports were worth $3 billion; the Census Bureau puts them at $2 billion for 2024."
    article = annotate(text, date(2025, 9, 15))
    found = find_attributions(article)
    assert [speaker_at(found, text.index(words)).name for words in ("$3 billion", "$2 billion")] == ["Ana Silva", "Census Bureau"]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.sampled_from(["said", "according to", "the bank", "data", "from", "X", ",", ".", "he", "”", "“", "by", "count"]),
            st.text(max_size=5),
        ),
        max_size=20,
    )
)
def test_any_text_is_read_and_stretches_do_not_overlap(words):
    found = find_attributions(annotate(" ".join(words)))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Exports rose, the Trade Bureau said. Imports hit $2 billion.", "Trade Bureau"),
        ("Exports rose, the Trade Bureau said. It was a good year. Imports hit $2 billion.", "Trade Bureau"),
        ("Exports rose, the Trade Bureau said.\n\nImports hit $2 billion, up 5 percent.", "Trade Bureau"),
        ("Exports rose, the Trade Bureau said.\n\nImports hit $2 billion.", None),
        ("Exports rose, the Trade Bureau said.\n\nIt was a good year.\n\nImports hit $2 billion, up 5 percent.", None),
        ("Exports rose, the Trade Bureau said. Rain fell, the Weather Office said. Imports hit $2 billion.", "Weather Office"),
        (
            "Mr Soto, head of the Department of Foreign Trade, left. The department said imports hit $2 billion.",
            "Department of Foreign Trade",
        ),
        (
            "The Mines, Trade and Industry Ministry (Mitm) was shut. Imports hit $2 billion, according to Mitm.",
            "Mines, Trade and Industry Ministry",
        ),
    ],
)
def test_how_far_a_body_goes_on_and_by_what_name(text, name):
    found = speaker("Trade news\n\n" + text)
    assert (found and found[0]) == name


def test_an_agency_only_passes_on_what_another_says():
    assert speaker("The Trade Bureau put exports at $2 billion, Xinhua reported.") == ("Trade Bureau", None)
    assert speaker("Exports hit $2 billion, Xinhua reported.") == ("Xinhua", None)
