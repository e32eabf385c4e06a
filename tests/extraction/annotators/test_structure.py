"""Layout: headers, headlines, datelines, captions, boilerplate, paragraphs, sentences."""

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipelines.extraction.annotators.splitting import sentence_bounds
from pipelines.extraction.annotators.structure import find_layout

_WORDS = st.sampled_from(
    [
        "OSLO, May 3 (AP) –",
        "“Yes,”",
        "said",
        "Dr.",
        "U.S.",
        "\n",
        "\n\n",
        "•",
        "PHOTO:",
        "No. 4",
        "…",
        "\u2028",
        "Rs. 500",
        "Q:",
        " date 2024-01-01 ",
        "The",
        "x.Y",
        "'tis",
    ]
)


def kinds(text: str) -> list[tuple[str, str]]:
    return [(sentence.kind, sentence.text) for sentence in find_layout(text).sentences]


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_bounds(text, 0, len(text))]


def test_a_header_gives_the_date_and_what_follows_without_a_stop_is_the_headline():
    layout = find_layout(" date 2024-03-05 Norway and Kenya sign fish pact\n\nNAIROBI: The two signed it on Tuesday.\n")
    assert layout.header_date == date(2024, 3, 5)
    assert layout.title == "Norway and Kenya sign fish pact"
    assert [sentence.kind for sentence in layout.sentences] == ["headline", "dateline", "body"]
    assert layout.sentences[-1].text == "The two signed it on Tuesday."


def test_a_header_before_running_text_leaves_a_lead_and_no_headline():
    layout = find_layout(" date 2024-03-05 Norway and Kenya signed a fish pact on Tuesday.\n\nIt runs for ten years.")
    assert layout.title is None
    assert [sentence.kind for sentence in layout.sentences] == ["body", "body"]


@pytest.mark.parametrize("header", [" date 2024-13-05 Words here.", "dates 2024-03-05 Words here.", "The date 2024-03-05 was set."])
def test_no_header_no_date(header: str):
    assert find_layout(header).header_date is None


@pytest.mark.parametrize(
    ("line", "place", "agency"),
    [
        ("QUITO, May 3, 2024 (Reuters) - Ecuador opened its market.", "QUITO", "Reuters"),
        ("Bogotá – Colombia received the envoy.", "Bogotá", None),
        ("MALABO: The minister left.", "MALABO", None),
        ("NEW DELHI/COLOMBO, Sept 3 (PTI) -- India sent rice.", "NEW DELHI", "PTI"),
        ("MINSK, April 1. /BELTA/. Talks were held.", "MINSK", "BELTA"),
        ("ASTANA. KAZINFORM - The head of state spoke.", "ASTANA", "KAZINFORM"),
        ("HARARE (AP) _ Zimbabwe protested.", "HARARE", "AP"),
        ("ARUSHA. The budget rose.", "ARUSHA", None),
        ("NAIROBI (Lake News / Agency - 09th September, 2025) A minister spoke.", "NAIROBI", "Lake News / Agency"),
        ("LIMA, (Lake News - 9th Sep, 2025 ) : A minister spoke.", "LIMA", "Lake News"),
        ("New Delhi [India], June 3 (ANI): A minister spoke.", "New Delhi", "ANI"),
    ],
)
def test_datelines_are_cut_off(line: str, place: str, agency: str | None):
    layout = find_layout(line)
    assert (layout.dateline_place, layout.dateline_agency) == (place, agency)
    assert [sentence.kind for sentence in layout.sentences] == ["dateline", "body"]
    assert layout.sentences[0].text + " " + layout.sentences[1].text == line


@pytest.mark.parametrize(
    "line",
    [
        "Chile – the biggest producer – sold copper.",
        "Lavrov: We will go to Oslo.",
        "U.S. officials met them in Lima.",
        "ACME CORP. The firm sold ships.",
        "The talks - held in Lima - went well.",
        "Trade, investment and tourism: all grew.",
        "Kenya (population 50 million) The minister spoke.",
    ],
)
def test_what_looks_like_a_dateline_stays_text(line: str):
    layout = find_layout(line)
    assert layout.dateline_place is None
    assert {sentence.kind for sentence in layout.sentences} == {"body"}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("By Our Correspondent", "dateline"),
        ("By Ana Ruiz in Lima", "dateline"),
        ("Published 8 May 2024", "dateline"),
        ("Posted On: 19 MAY 2024 5:24PM", "dateline"),
        ("PRESS RELEASE", "dateline"),
        ("May 3, 2024", "dateline"),
        ("PHOTO: Two ministers shake hands.", "caption"),
        ("[Photo: Two ministers shake hands.]", "caption"),
        ("Ministers at the border post. — Reuters", "caption"),
        ("Read more: Ten things about copper", "boilerplate"),
        ("Sign up for our newsletter", "boilerplate"),
        ("***", "boilerplate"),
        ("Media enquiries", "boilerplate"),
        ("The post Envoy meets minister appeared first on The Lima Times.", "boilerplate"),
    ],
)
def test_lines_around_the_story_get_their_kind(line: str, kind: str):
    found = kinds(f"Ministers meet in Lima\n\n{line}\n\nThey met on Monday.")
    assert {found_kind for found_kind, text in found if text in line} == {kind}
    assert found[-1] == ("body", "They met on Monday.")


@pytest.mark.parametrize(
    "line", ["By Monday they had left.", "Published figures show growth.", "Photographers waited for them.", "Readers wrote letters."]
)
def test_running_text_is_no_furniture(line: str):
    assert kinds(f"Ministers meet in Lima\n\nThey met on Monday.\n\n{line}")[-1] == ("body", line)


def test_wrapped_lines_are_one_paragraph_and_lists_are_not():
    wrapped = (
        "The queen arrived in the capital on the first of a series of\nstate visits that will take her to "
        "four countries. She was met\nby a minister."
    )
    assert [sentence.paragraph for sentence in find_layout(wrapped).sentences] == [0, 0]
    listed = "They signed:\n• a treaty on fish\n• a treaty on rail\n1. a loan"
    assert [sentence.text for sentence in find_layout(listed).sentences] == [
        "They signed:",
        "• a treaty on fish",
        "• a treaty on rail",
        "1. a loan",
    ]


def test_live_items_and_questions_stand_alone():
    assert kinds("10:45 GMT – Ministers arrive in Oslo.") == [("dateline", "10:45 GMT"), ("body", "Ministers arrive in Oslo.")]
    assert [text for _, text in kinds("Q: Will she sign?\nA: She will.")] == ["Q: Will she sign?", "A: She will."]


@pytest.mark.parametrize(
    "sentence",
    [
        "Gen. A. B. Okoro met H.E. Dr. Lin in Lima.",
        "George W. Bush went home.",
        "It rose to Rs. 500 on Nov. 16 under rule No. 1 of Art. 5.",
        "The U.S. Treasury lost $1.5 billion.",
        "They met at 5 p.m. Tuesday at Acme Inc. headquarters.",
        'He asked "why?" and left.',
        "Trade rose by 3.5 per cent … and fell again.",
        "“Why now?” Mr Abe asked.",
    ],
)
def test_one_sentence_stays_one(sentence: str):
    assert sentences(sentence) == [sentence]


@pytest.mark.parametrize(
    "parts",
    [
        ("He left.", "She stayed."),
        ("They came from the U.S.", "The talks failed."),
        ("It was 2024.", "Trade grew."),
        ("“We came.", "We saw.”", "She left."),
        ("Will it rise?", "No!", "It fell."),
        ("They met in plan B.", "The rest left."),
        ("He left (at last.)", "She stayed."),
    ],
)
def test_sentences_are_told_apart(parts: tuple[str, ...]):
    assert sentences(" ".join(parts)) == list(parts)


def test_a_glued_stop_ends_a_sentence():
    assert sentences("They left yesterday.The minister stayed.") == ["They left yesterday.", "The minister stayed."]


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.text(max_size=300), st.lists(_WORDS, max_size=40).map(" ".join)))
def test_any_text_gives_ordered_sentences_that_quote_it(text: str):
    layout = find_layout(text)
    end = 0
    for sentence in layout.sentences:
        assert end <= sentence.start < sentence.end <= len(text)
        assert text[sentence.start : sentence.end] == sentence.text == sentence.text.strip()
        end = sentence.end
    for quote in layout.quotes:
        assert text[quote.start : quote.end] == quote.text
        assert (quote.speaker_start is None) == (quote.speaker_end is None)


@pytest.mark.parametrize("unit", ["word ", ".", "?!”", "“", "'a ", "A. ", "said “x,” ", "(", "-", "\n", "a\n", "Dr."])
def test_time_is_proportional_to_length(unit: str):
    def seconds(length: int) -> float:
        text = unit * (length // len(unit))
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            find_layout(text)
            best = min(best, time.perf_counter() - start)
        return best

    assert seconds(160_000) < 30 * seconds(20_000) + 0.05  # eight times the text; quadratic would take 64 times as long
