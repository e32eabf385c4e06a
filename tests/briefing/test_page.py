"""The page: complete, self-contained, readable by every reader, and never written by a document."""

import re
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from pipelines.briefing.content import briefing_of
from pipelines.briefing.page import FOLDER, lead_of, page_of, write_briefing
from pipelines.briefing.quotes import Quote
from pipelines.briefing.records import Briefing, Source, Story
from pipelines.briefing.state import state_of_briefing
from tests.briefing.page_parts import Page, parsed
from tests.made_register import fill, warehouse_with_views

HOSTILE = "\"'><script>alert(1)</script><img src=x onerror=alert(2)><style>*{}</style>{{ 7*7 }}&amp;</title>"
_TAGS = """
html head meta title style body a header footer nav main section article figure figcaption details summary div p span b i bdi small code
blockquote h1 h2 h3 h4 ul ol li form label select option output time svg rect line circle path text table caption thead tbody tr th td
script
"""
TAGS = set(_TAGS.split())


@pytest.fixture(scope="module")
def html(con: duckdb.DuckDBPyConnection) -> str:
    return page_of(briefing_of(con))


@pytest.fixture(scope="module")
def page(html: str) -> Page:
    return parsed(html)


@pytest.fixture(scope="module")
def hostile() -> str:
    """Return the page of a register with markup in every text."""
    with warehouse_with_views() as con:
        fill(con)
        con.execute("delete from ops.refreshes where run_id <> 'r2'")
        quoted = "'" + HOSTILE.replace("'", "''") + "'"
        con.execute(f"update main.dim_documents set body = body || {quoted}, title = title || {quoted}, publisher = publisher || {quoted}")
        con.execute(f"update main.dim_documents set url = 'https://x.example/?' || {quoted}, source_path = source_path || {quoted}")
        con.execute(f"update main.dim_people set name = name || {quoted}")
        con.execute(f"update main.dim_parties set name = name || {quoted} where party_code in ('KEN', 'NOR')")
        con.execute(
            f"update main.fct_trade_claims set commodity = {quoted}, speaker_name = {quoted}, currency = {quoted}, period_text = {quoted}"
        )
        con.execute(f"update main.fct_agreements set title = {quoted}")
        for table in ("fct_engagement_mentions", "fct_agreement_mentions", "fct_trade_claims"):
            con.execute(f"update main.{table} set evidence_text = evidence_text || {quoted}")
        for table in ("fct_engagement_mentions", "fct_engagements"):
            con.execute(f"update main.{table} set place_name = {quoted}")
        con.execute(
            f"insert into ops.rejected_rows values ({quoted}, 'd1', null, {quoted}, null, null, '{{}}', '2025-09-06', 'r1'), "
            f"('fct', 'd1', null, 'check', null, null, '{{}}', '2025-09-06', 'r1')"
        )
        return page_of(briefing_of(con))


def test_every_part_is_filled(page: Page) -> None:
    sections = {element.attributes["id"]: element.text for element in page.of("section")}
    assert set(sections) == {"new", "ahead", "promises", "trade", "conflicts", "relations"}
    assert "Kenya to visit Norway" in sections["new"]
    assert "3 October 2025" in sections["ahead"]
    assert "35 days past due (1 Aug 2025)" in " ".join(sections["promises"].split())
    assert "40% reached: USD 120 million (2024); needs +16.5% a year" in " ".join(sections["trade"].split())
    assert "25% apart" in sections["conflicts"]
    assert "Kenya–Norway" in sections["relations"]


def test_every_line_has_its_words_its_source_and_its_date(page: Page) -> None:
    lines = [element for element in page.elements if element.tag in ("article", "li") and "data-p" in element.attributes]
    assert len(lines) == 13
    for line in lines:
        assert line.attributes["data-p"] == "KEN NOR" or line.attributes["data-p"] == "NOR KEN"
        assert "“" in line.text
        assert re.search(r"(Harbour Post|Fjord Times)\W+\d{1,2} \w{3} 2025", line.text), line.text


def test_links_go_to_the_documents_and_nowhere_else(page: Page) -> None:
    addresses = {element.attributes["href"] for element in page.of("a")}
    assert {address for address in addresses if address and not address.startswith("#")} == {
        "https://harbour.example/sail",
        "https://fjord.example/meet",
    }
    anchors = {address[1:] for address in addresses if address and address.startswith("#")}
    assert anchors <= {element.attributes["id"] for element in page.elements if "id" in element.attributes}
    for element in page.of("a"):
        if not (element.attributes["href"] or "").startswith("#"):
            assert element.attributes["rel"] == "noopener noreferrer"


def test_a_document_without_an_address_gives_its_path(page: Page) -> None:
    assert {element.text for element in page.of("code")} >= {"d3.txt"}


def test_the_page_needs_nothing_else(html: str, page: Page) -> None:
    assert {element.tag for element in page.elements} <= TAGS
    loading = {name for element in page.elements for name in element.attributes if name in ("src", "srcset", "data", "poster", "action")}
    assert loading == set()
    assert "@import" not in html
    assert "url(" not in html
    assert len(html.encode()) < 300_000


def test_the_page_forbids_itself_all_but_its_own_style_and_script(page: Page) -> None:
    (policy,) = [element.attributes["content"] for element in page.of("meta") if "http-equiv" in element.attributes]
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/=]{44}'; script-src 'sha256-[\w+/=]{44}'; base-uri 'none'; form-action 'none'",
        policy or "",
    )
    assert not any(name.startswith("on") or name == "style" for element in page.elements for name in element.attributes)


def test_a_page_of_markup_is_a_page_of_text(hostile: str, html: str) -> None:
    page = parsed(hostile)
    assert {element.tag for element in page.elements} <= TAGS
    assert (len(page.of("script")), len(page.of("style"))) == (1, 1)
    assert len([title for title in page.of("title") if "svg" not in title.inside]) == 1
    assert page.of("script")[0].text == (FOLDER / "page.js").read_text("utf-8")
    allowed = {name for element in parsed(html).elements for name in element.attributes}
    assert {name for element in page.elements for name in element.attributes} <= allowed | {"hidden"}
    assert hostile.count("alert(1)") > 50
    assert "<script>alert" not in hostile
    assert "<img" not in hostile
    for element in page.of("a"):
        assert re.match(r"#|https://x\.example/", element.attributes["href"] or "")


def test_text_of_a_document_is_never_a_template(hostile: str) -> None:
    assert "{{ 7*7 }}" in hostile
    assert "49&amp;" not in hostile


def test_headings_go_down_one_step_at_a_time(page: Page) -> None:
    levels = [int(element.tag[1]) for element in page.elements if re.fullmatch(r"h\d", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels)), levels


def test_landmarks_captions_and_descriptions(page: Page) -> None:
    assert len(page.of("main")) == len(page.of("nav")) == 1
    names = {element.attributes["id"] for element in page.elements if "id" in element.attributes}
    assert all(element.attributes["aria-labelledby"] in names for element in page.of("section"))
    assert len(page.of("caption")) == len(page.of("table")) == 3
    for image in [element for element in page.of("svg") if "svg" not in element.inside]:
        described = image.attributes.get("role") == "img" and image.attributes.get("aria-label")
        assert described or image.attributes.get("aria-hidden") == "true"
    assert all(element.attributes.get("scope") in ("col", "row") for element in page.of("th"))
    assert page.of("html")[0].attributes["lang"] == "en-GB"


def test_the_filter_offers_who_is_on_the_page(page: Page) -> None:
    assert [(option.attributes["value"], option.text) for option in page.of("option")] == [("", "All"), ("KEN", "Kenya"), ("NOR", "Norway")]
    assert "hidden" in page.of("form")[0].attributes


def test_an_empty_warehouse_says_what_to_do(empty_con: duckdb.DuckDBPyConnection) -> None:
    html = page_of(briefing_of(empty_con))
    text = " ".join(parsed(html).of("main")[0].text.split())
    assert "The register is empty. Put articles into seeds/ and run chancery refresh." in text
    assert "None" not in text
    assert not parsed(html).of("article")


def test_a_document_that_tells_nothing_is_said_to(empty_con: duckdb.DuckDBPyConnection) -> None:
    empty_con.execute("begin")
    try:
        empty_con.execute("""
            insert into main.dim_documents by name select 'd9' as document_id, 'rain.txt' as source_path, ['rain.txt'] as source_paths,
              'Rain' as title, date '2025-01-02' as published_on, 'header' as published_on_method, 3 as word_count, 'Rain' as body,
              timestamp '2025-01-03' as ingested_at, true as is_current, 'en' as language
        """)
        text = " ".join(parsed(page_of(briefing_of(empty_con))).of("main")[0].text.split())
    finally:
        empty_con.execute("rollback")
    assert "everything read so far is new, 1 document of 2 January 2025" in text
    assert "The new documents tell of no dealings between parties." in text


def _story(kind: str, day: int, publishers: int) -> Story:
    source = Source(tuple("abc"[:publishers]), date(2025, 9, day), None, None, "x", "d")
    return Story(kind, "k", f"{kind} {day}", None, (), (), (), Quote("", "w", ""), source)


@pytest.mark.parametrize(
    ("news", "lead"),
    [
        ([], None),
        ([_story("claim", 20, 1)], "claim 20"),
        ([_story("claim", 20, 3), _story("happening", 19, 1)], "happening 19"),
        ([_story("happening", 20, 1), _story("agreement", 18, 2)], "agreement 18"),
        ([_story("happening", 25, 1), _story("happening", 2, 3)], "happening 25"),
        ([_story("happening", 20, 1), _story("happening", 19, 1)], "happening 20"),
    ],
)
def test_the_lead_is_recent_and_most_told(news: list[Story], lead: str | None) -> None:
    found = lead_of(news)
    assert (found.headline if found else None) == lead


def test_the_file_is_written_whole(con: duckdb.DuckDBPyConnection, tmp_path: Path, html: str) -> None:
    briefing = write_briefing(con, tmp_path / "new" / "briefing.html")
    assert isinstance(briefing, Briefing)
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["briefing.html"]
    assert (tmp_path / "new" / "briefing.html").read_text("utf-8") == html


def test_the_same_warehouse_gives_the_same_page(html: str) -> None:
    with warehouse_with_views() as again:
        fill(again)
        assert page_of(briefing_of(again)) == html


def test_the_state_changes_with_what_is_told(con: duckdb.DuckDBPyConnection) -> None:
    before = state_of_briefing(con)
    assert state_of_briefing(con) == before
    for change in (
        "update main.fct_engagements set status = 'cancelled' where engagement_id = 'e1'",
        "delete from main.fct_trade_claims where claim_id = 'c2'",
        "update main.dim_documents set is_current = false where document_id = 'd1'",
        "update ops.refreshes set documents_new = 1 where run_id = 'r3'",
    ):
        con.execute("begin")
        con.execute(change)
        after = state_of_briefing(con)
        con.execute("rollback")
        assert after != before, change


# ------------------------------------------------------------------------------------------------ colours


def _schemes() -> dict[str, dict[str, str]]:
    css = (FOLDER / "page.css").read_text("utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    colours = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block)) for block in (light, dark)]
    return {"light": colours[0], "dark": colours[1]}


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(a: str, b: str) -> float:
    bright, dim = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), [
    ("ink", "paper", 7), ("soft-ink", "paper", 4.5), ("accent", "paper", 4.5), ("warn", "paper", 4.5), ("soft-ink", "mark", 4.5),
])  # fmt: skip
def test_text_stands_out_from_its_ground(scheme: str, front: str, back: str, least: float) -> None:
    colours = _schemes()[scheme]
    assert _contrast(colours[front], colours[back]) >= least


def test_contrast_is_measured_right() -> None:
    assert round(_contrast("#000000", "#ffffff"), 2) == 21
    assert round(_contrast("#777777", "#ffffff"), 2) == 4.48


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        (Quote("He ", "left", "."), "“He left.”"),
        (Quote("", "“We left", ",” he said."), "“We left,” he said.”"),
        (Quote("“So ", "we left", ".”"), "“So we left.”"),
        (Quote("", '"Yes"', ""), '"Yes"'),
    ],
)
def test_a_quotation_is_marked_once(con: duckdb.DuckDBPyConnection, quote: Quote, shown: str) -> None:
    briefing = briefing_of(con)
    told = replace(briefing, news=tuple(replace(story, quote=quote) for story in briefing.news[:1]))
    assert parsed(page_of(told)).of("blockquote")[0].text == shown
