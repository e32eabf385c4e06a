"""The briefing in a real browser: it fits, it reads in light and dark, it asks for nothing, its filter works.

Every run leaves its pictures in var/screenshots/, for people to look at.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.briefing.content import briefing_of
from pipelines.briefing.page import page_of
from pipelines.settings import PROJECT
from tests.made_register import fill, warehouse_with_views
from tests.ui.browser import Page, browser, chromium

pytestmark = [
    pytest.mark.skipif(chromium() is None, reason="NO BROWSER: install chromium to test the briefing's looks"),
    # One browser serves the whole module.
    pytest.mark.xdist_group("briefing"),
]

PICTURES = PROJECT / "var" / "screenshots"
VISIBLE = "[...document.querySelectorAll('[data-p]')].filter(line => line.getClientRects().length).length"
# Elements wider than the window, but for what scrolls by itself and what is meant to be unseen.
TOO_WIDE = """
[...document.querySelectorAll('body *')].filter(element =>
  element.getBoundingClientRect().right > innerWidth + 1 && !element.closest('.scroll, .unseen, .skip, .pairs thead, svg, .bar ul')
).map(element => element.tagName + '.' + element.className)
"""
# Pairs of charts' words that stand on each other.
OVERLAPS = """
[...document.querySelectorAll('svg.chart')].flatMap(chart => {
  const words = [...chart.querySelectorAll('text')].map(text => [text.textContent, text.getBoundingClientRect()]);
  return words.flatMap(([a, x], place) => words.slice(place + 1).filter(([, y]) =>
    x.left < y.right - 1 && y.left < x.right - 1 && x.top < y.bottom - 3 && y.top < x.bottom - 3).map(([b]) => a + ' | ' + b));
})
"""


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    folder: Path = tmp_path_factory.mktemp("pages")
    with warehouse_with_views() as con:
        (folder / "empty.html").write_text(page_of(briefing_of(con)), "utf-8")
        fill(con)
        (folder / "filled.html").write_text(page_of(briefing_of(con)), "utf-8")
        con.execute("update main.dim_documents set title = repeat('Überlänge', 40), publisher = repeat('W', 90)")
        (folder / "long.html").write_text(page_of(briefing_of(con)), "utf-8")
    return {path.stem: path.as_uri() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with browser() as opened:
        yield opened


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 768, 1440])
@pytest.mark.parametrize("name", ["empty", "filled", "long"])
def test_it_fits_and_is_quiet(page: Page, pages: dict[str, str], name: str, width: int, scheme: str) -> None:
    page.open(pages[name], width=width, scheme=scheme)
    page.screenshot(PICTURES / f"briefing-{name}-{width}-{scheme}.png")
    assert page.value("document.documentElement.scrollWidth") == width
    assert page.value(TOO_WIDE) == []
    assert page.value(OVERLAPS) == []
    assert page.complaints() == []
    assert page.requests() == [pages[name]]
    ground = page.value("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(252, 251, 247)", "dark": "rgb(22, 23, 26)"}[scheme]


def test_the_filter_keeps_a_country_s_lines(page: Page, pages: dict[str, str]) -> None:
    page.open(pages["filled"])
    everything = page.value(VISIBLE)
    assert page.value("document.getElementById('filter').getClientRects().length") == 1
    # No line of the register is of Norway alone, so make one.
    page.value("document.querySelector('.calendar li').setAttribute('data-p', 'SWE')")
    page.value("(select => { select.value = 'NOR'; select.dispatchEvent(new Event('change')); })(document.getElementById('country'))")
    assert page.value(VISIBLE) == everything - 1
    assert page.value("document.querySelector('.calendar .if-filtered').innerText") == "Nothing ahead for this country."
    assert page.value("location.hash") == "#country=NOR"
    assert page.value("document.getElementById('told').innerText") == f"{everything - 1} lines on Norway"
    page.value("(select => { select.value = ''; select.dispatchEvent(new Event('change')); })(document.getElementById('country'))")
    assert page.value(VISIBLE) == everything


def test_the_address_chooses_a_country(page: Page, pages: dict[str, str]) -> None:
    page.open(pages["filled"] + "#country=KEN")
    assert page.value("document.getElementById('country').value") == "KEN"
    page.open(pages["filled"] + "#country=XYZ")
    assert page.value("document.getElementById('country').value") == ""
    assert page.complaints() == []


def test_without_scripts_everything_is_there(page: Page, pages: dict[str, str]) -> None:
    page.open(pages["filled"])
    everything = page.value(VISIBLE)
    page.open(pages["filled"], has_script=False)
    assert page.value(VISIBLE) == everything
    assert page.value("document.getElementById('filter').getClientRects().length") == 0


def test_on_paper_it_is_dark_on_white_and_shows_addresses(page: Page, pages: dict[str, str]) -> None:
    page.open(pages["filled"], width=800, scheme="dark")
    page.call("Emulation.setEmulatedMedia", media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}])
    try:
        assert page.value("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
        assert page.value("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        assert page.value("document.querySelector('.bar').getClientRects().length") == 0
        after = page.value("getComputedStyle(document.querySelector('.source a'), '::after').content")
        assert "attr(href)" in after or "https://" in after
        page.screenshot(PICTURES / "briefing-filled-paper.png")
    finally:
        page.call("Emulation.setEmulatedMedia", media="")
