"""Quotes and their speakers."""

import pytest

from pipelines.extraction.annotators.structure import find_layout


def quotes(text: str) -> list[tuple[str, str | None]]:
    return [
        (quote.text, None if quote.speaker_start is None else text[quote.speaker_start : quote.speaker_end])
        for quote in find_layout(text).quotes
    ]


@pytest.mark.parametrize(
    ("text", "quote", "speaker"),
    [
        ("“We agree,” Foreign Minister Ana Ruiz told reporters.", "“We agree,”", "Foreign Minister Ana Ruiz"),
        ('"We agree," said Minister Ruiz on Monday.', '"We agree,"', "Minister Ruiz"),
        ("“Why not?” asked the mayor of Lima.", "“Why not?”", "the mayor of Lima"),
        ("Mr. Okoro said: “We agree.”", "“We agree.”", "Mr. Okoro"),
        ("In a statement, the ministry, for its part, said that it “stands ready”.", "“stands ready”", "the ministry"),
        ("According to Ms Lind, “all is well”.", "“all is well”", "Ms Lind"),
        ("“All is well,” according to Ms Lind.", "“All is well,”", "Ms Lind"),
        ("‘Never again,’ she added.", "‘Never again,’", "she"),
        ("«We agree», the envoy noted.", "«We agree»", "the envoy"),
        ("They met Queen Ada, who said the “time is ripe”.", "“time is ripe”", "Queen Ada"),
    ],
)
def test_a_quote_finds_its_speaker(text: str, quote: str, speaker: str):
    found, who = quotes(text)[0]
    assert found == quote
    assert who is not None
    assert who.endswith(speaker)


@pytest.mark.parametrize("text", ["They held a “tête-à-tête” with him.", "The “big” day came.", "A so-called ‘road map’ exists."])
def test_words_set_apart_have_no_speaker(text: str):
    assert [speaker for _, speaker in quotes(text)] == [None]


@pytest.mark.parametrize("text", ["It's the traders' hope, isn't it?", "The ’90s were hers.", "Rock 'n' roll's day"])
def test_apostrophes_open_no_quote(text: str):
    assert [quote for quote, _ in quotes(text) if len(quote) > 4] == []


def test_an_opening_mark_repeated_over_paragraphs_is_one_quote():
    assert quotes('"We came.\n\n"We saw," she said.\n\nThey left.') == [('"We came.\n\n"We saw,"', "she")]


def test_an_unclosed_quote_ends_with_its_paragraph():
    assert quotes("“We came.\n\nThey left.") == [("“We came.", None)]


def test_quotes_inside_quotes_are_part_of_them():
    assert [quote for quote, _ in quotes("“He told me, ‘go home,’ and I went,” she said.")] == ["“He told me, ‘go home,’ and I went,”"]
