"""The real Dagster UI in a real browser: the asset graph opens, everything is materialised by a click, and the run succeeds."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pipelines.refresh import prepare_home
from pipelines.settings import PROJECT, current_settings
from tests.ui.browser import Page, browser, chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="NO BROWSER: install chromium to test the Dagster UI")
_PATIENCE = 75


def until(found: Callable[[], object], what: str) -> object:
    """Return what ``found`` gives as soon as it gives something."""
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        value = found()
        if value:
            return value
        time.sleep(0.5)
    raise AssertionError(f"{what} did not happen within {_PATIENCE} s")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[str]:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    settings = current_settings(
        {"CHANCERY_SEEDS": str(tmp_path / "seeds"), "CHANCERY_WAREHOUSE": str(tmp_path / "w.duckdb"), "CHANCERY_WORKERS": "1"}
    )
    prepare_home(settings.home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml", "-h", "127.0.0.1", "-p", str(port)]
    log = (tmp_path / "dagster.log").open("w")
    process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | settings.environment(), stdout=log, stderr=log)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def is_up(url: str) -> bool:
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, int(port))) == 0


def ask(page: Page, query: str) -> str:
    """Return the answer of the server's GraphQL to ``query``, asked by the page itself."""
    return str(
        page.value(
            "(() => { const r = new XMLHttpRequest(); r.open('POST', '/graphql', false); "
            "r.setRequestHeader('Content-Type', 'application/json'); "
            f"r.send(JSON.stringify({{query: {query!r}}})); return r.responseText }})()"
        )
    )


def click(page: Page, words: str) -> bool:
    """Click the first button whose words begin with ``words``; return whether there was one."""
    return bool(
        page.value(
            "(() => { const found = [...document.querySelectorAll('button, a[role=button]')]"
            f".find(x => x.innerText.trim().startsWith({words!r}) && !x.disabled); if (found) found.click(); return !!found }})()"
        )
    )


def test_everything_is_materialised_from_the_ui(server: str) -> None:
    with browser() as page:
        materialise(server, page)


def materialise(server: str, page: Page) -> None:
    until(lambda: is_up(server), "the start of the web server")
    page.open(f"{server}/asset-groups")
    ask(page, "mutation { setNuxSeen }")
    page.open(f"{server}/asset-groups")
    # Groups stand closed in a graph of this size: their names are what the page shows first.
    until(lambda: "engagement" in str(page.value("document.body.innerText")), "the asset graph")
    until(lambda: click(page, "Materialize all"), "a button to materialise everything")
    runs = "{ runsOrError { ... on Runs { results { status } } } }"
    until(lambda: "status" in ask(page, runs) or click(page, "Materialize"), "the launch of a run")
    outcome = until(
        lambda: next((status for status in ("SUCCESS", "FAILURE", "CANCELED") if f'"{status}"' in ask(page, runs)), None),
        "the end of the run",
    )
    shot = page.screenshot(PROJECT / "var" / "artefacts" / "dagster-ui.png")
    assert outcome == "SUCCESS"
    assert shot.stat().st_size > 20_000
