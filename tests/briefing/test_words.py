"""Headlines, quotes, figures and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.briefing.phrases import agreement_headline, claim_headline, happening_headline, joined, phrases, short_name
from pipelines.briefing.quotes import Quote, quote_of
from pipelines.extraction.lexicon import settings
from pipelines.figures import counted, dollars, long_date, per_cent, short_date

CODES = settings("codes")


def test_every_kind_of_happening_has_a_phrase() -> None:
    assert set(phrases()) == set(CODES["engagement_types"])


@pytest.mark.parametrize("kind", CODES["engagement_types"])
@pytest.mark.parametrize("status", CODES["engagement_statuses"])
def test_only_what_took_place_is_told_as_done(kind: str, status: str) -> None:
    words = happening_headline(kind, status, ["Chad", "Mali"], ["Chad"], ["Mali"])
    begin = {"planned": "Chad to ", "proposed": "Chad may ", "cancelled": "Chad–Mali "}.get(status)
    assert words.startswith(begin or f"Chad {phrases()[kind].one}")
    assert words.endswith("called off" if status == "cancelled" else "Mali")


@pytest.mark.parametrize(
    ("kind", "status", "parties", "sources", "targets", "words"),
    [
        ("visit", "occurred", ["Chad", "Mali"], ["Mali"], ["Chad"], "Mali visits Chad"),
        ("visit", "planned", ["Chad", "Mali"], ["Mali"], ["Chad"], "Mali to visit Chad"),
        ("meeting", "occurred", ["Chad", "Mali"], [], [], "Chad and Mali meet"),
        ("call", "proposed", ["Chad", "Mali"], [], [], "Chad and Mali may speak by phone"),
        ("criticism", "occurred", ["Chad", "Mali", "Peru"], ["Chad", "Mali"], ["Peru"], "Chad and Mali criticise Peru"),
        ("summit", "occurred", ["ASEAN", "Chad", "Mali", "Peru"], [], [], "ASEAN, Chad and 2 others hold summit"),
        ("summit", "cancelled", ["ASEAN", "Chad", "Mali"], [], [], "Summit: ASEAN, Chad and Mali called off"),
        ("protest", "occurred", ["Chad"], ["Chad"], [], "Protest: Chad"),
        ("statement", "occurred", [], [], [], "Statement"),
    ],
)
def test_headlines_of_happenings(kind: str, status: str, parties: list[str], sources: list[str], targets: list[str], words: str) -> None:
    assert happening_headline(kind, status, parties, sources, targets) == words


@pytest.mark.parametrize(
    ("status", "title", "count", "words"),
    [
        ("signed", "air pact", 1, "Chad and Mali sign air pact"),
        ("agreed", None, 1, "Chad and Mali agree on action plan"),
        ("negotiating", "air pact", 1, "Chad and Mali negotiate air pact"),
        ("planned", None, 12, "Chad and Mali to sign 12 agreements"),
        ("in_force", "air pact", 1, "Air pact in force: Chad and Mali"),
        ("ended", "air pact", 1, "Air pact ends: Chad and Mali"),
    ],
)
def test_headlines_of_agreements(status: str, title: str | None, count: int, words: str) -> None:
    assert agreement_headline("action_plan", status, ["Chad", "Mali"], title, count) == words


@pytest.mark.parametrize("flow", CODES["flows"])
@pytest.mark.parametrize("claim", CODES["claim_types"])
def test_every_kind_of_claim_has_a_headline(flow: str, claim: str) -> None:
    words = claim_headline(flow, claim, "Chad", "Mali", "USD 1 billion")
    assert words.endswith(": USD 1 billion")
    assert "Chad" in words
    assert "Mali" in words
    assert (claim in words) == (claim != "actual")


@pytest.mark.parametrize(
    ("flow", "reporter", "partner", "commodity", "words"),
    [
        ("total", "Chad", "Mali", None, "Chad–Mali trade: F"),
        ("exports", "Netherlands", "Mali", "tulips", "Netherlands’ exports to Mali (tulips): F"),
        ("investment", "Chad", "Mali", None, "Mali’s investment in Chad: F"),
    ],
)
def test_headlines_of_claims(flow: str, reporter: str, partner: str, commodity: str | None, words: str) -> None:
    assert claim_headline(flow, "actual", reporter, partner, "F", commodity) == words


@pytest.mark.parametrize(
    ("code", "name", "is_organisation", "shown"),
    [
        ("COD", "Democratic Republic of the Congo", False, "Democratic Republic of the Congo"),
        ("ECOWAS", "Economic Community of West African States", True, "ECOWAS"),
        ("AU", "African Union", True, "African Union"),
        ("ARAB_LEAGUE", "Arab League", True, "Arab League"),
    ],
)
def test_short_names(code: str, name: str, is_organisation: bool, shown: str) -> None:
    assert short_name(code, name, is_organisation) == shown


@pytest.mark.parametrize(
    ("names", "words"),
    [([], ""), (["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c"), (list("abcde"), "a, b and 3 others")],
)
def test_lists_in_words(names: list[str], words: str) -> None:
    assert joined(names) == words


@pytest.mark.parametrize(
    ("before", "words", "after", "quote"),
    [
        ("It rained. The envoy ", "left Oslo", " on Monday. It snowed.", Quote("The envoy ", "left Oslo", " on Monday.")),
        ("Headline\n\nOSLO: ", "He left", "\nNext", Quote("OSLO: ", "He left", "")),
        ("", "They left.", " Others stayed.", Quote("", "They left.", "")),
        ("“It is late.” Gen. Aye and J. Bo ", "left", ", he said.", Quote("Gen. Aye and J. Bo ", "left", ", he said.")),
        ("Is it so? ", "Yes", "!", Quote("", "Yes", "!")),
        ("", "two\n words", "", Quote("", "two words", "")),
    ],
)
def test_a_quote_is_the_sentence_around_the_words(before: str, words: str, after: str, quote: Quote) -> None:
    assert quote_of(words, before, after) == quote


def test_what_was_cut_is_marked() -> None:
    quote = quote_of("left", "a" * 20 + " on" * 100, " and so on" * 40)
    assert quote.before.startswith("… on ")
    assert quote.after.endswith(" and so …")
    assert quote_of("word " * 200).words.endswith("…")
    assert len(quote_of("word " * 200).words) <= 421


@given(st.text(), st.text(), st.text())
def test_a_quote_never_adds_words(before: str, words: str, after: str) -> None:
    quote = quote_of(words, before, after)
    for shown, source in ((quote.before, before), (quote.words, words), (quote.after, after)):
        assert shown.replace("…", "").strip() in " ".join(source.replace("…", "").split()) or not shown.split()


@pytest.mark.parametrize(
    ("amount", "shown"),
    [
        (0, "$0"), (950, "$950"), (999.6e3, "$1 m"), (1.2e9, "$1.2 bn"), (239e6, "$239 m"), (12.34e9, "$12.3 bn"), (1.234e12, "$1.23 tn"),
        (-45e6, "−$45 m"), (1.5e15, "$1,500 tn"), (99.96e6, "$100 m"), (7e3, "$7 k"),
    ],
)  # fmt: skip
def test_dollars(amount: float, shown: str) -> None:
    assert dollars(amount) == shown


def test_other_figures() -> None:
    assert (per_cent(18.0), per_cent(-4.25), per_cent(0)) == ("+18%", "−4.2%", "+0%")
    assert (long_date(date(2025, 9, 5)), short_date(date(987, 9, 5))) == ("5 September 2025", "5 Sep 987")
    assert (counted(1, "day"), counted(1204, "day"), counted(2, "person", "people")) == ("1 day", "1,204 days", "2 people")
