"""The real Dagster UI in a real browser: the asset graph opens, everything is materialised by a click, and the run succeeds.

Leaves pictures in var/artefacts/; README's is one of them.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import duckdb
import pytest

from pipelines.refresh import prepare_home
from pipelines.settings import PROJECT, Settings, current_settings
from tests.ui.browser import Page, browser, chromium

pytestmark = pytest.mark.skipif(chromium() is None, reason="NO BROWSER: install chromium to test the Dagster UI")

PICTURES = PROJECT / "var" / "artefacts"
_PATIENCE_SECONDS = 120
Found = TypeVar("Found")


def until(found: Callable[[], Found], what: str) -> Found:
    """Return what ``found`` gives as soon as it gives something."""
    end = time.monotonic() + _PATIENCE_SECONDS
    while time.monotonic() < end:
        if value := found():
            return value
        time.sleep(0.3)
    raise AssertionError(f"{what} did not happen within {_PATIENCE_SECONDS} s")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    options = {"CHANCERY_SEEDS": str(tmp_path / "seeds"), "CHANCERY_WAREHOUSE": str(tmp_path / "w.duckdb"), "CHANCERY_WORKERS": "1"}
    return current_settings(options)


@pytest.fixture
def server(settings: Settings, tmp_path: Path) -> Iterator[str]:
    """Start Dagster's web server and daemon on an empty instance, as ``chancery ui`` does."""
    prepare_home(settings.home)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "dagster", "dev", "-w", "workspace.yaml", "-h", "127.0.0.1", "-p", str(port)]
    with (tmp_path / "dagster.log").open("w") as log:
        process = subprocess.Popen(
            command, cwd=PROJECT, env=os.environ | settings.environment(), stdout=log, stderr=log, start_new_session=True
        )
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            try:
                process.wait(5)
            except subprocess.TimeoutExpired:
                # Dagster interrupts its children, and waits; those of a shell's background job ignore that.
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(20)


def is_up(url: str) -> bool:
    host, port = url.removeprefix("http://").split(":")
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((host, int(port))) == 0


def ask(page: Page, query: str) -> dict[str, Any]:
    """Return what the server's GraphQL answers to ``query``, asked by the page itself."""
    script = (
        "fetch('/graphql', {method: 'POST', headers: {'Content-Type': 'application/json'}, "
        f"body: JSON.stringify({{query: {query!r}}})}}).then(answer => answer.text())"
    )
    return json.loads(page.value(script))["data"]


def click(page: Page, words: str) -> bool:
    """Click the first button whose words begin with ``words``; return whether there was one."""
    return page.value(
        "(() => { const found = [...document.querySelectorAll('button, a[role=button]')]"
        f".find(x => x.innerText.trim().startsWith({words!r}) && !x.disabled); if (found) found.click(); return !!found }})()"
    )


def launched_by_hand(page: Page) -> list[dict[str, Any]]:
    """Return the runs that neither sensor nor schedule started."""
    runs = ask(page, "{ runsOrError { ... on Runs { results { id status pipelineName tags { key } } } } }")["runsOrError"]["results"]
    automatic = {"dagster/sensor_name", "dagster/schedule_name"}
    return [run for run in runs if not automatic & {tag["key"] for tag in run["tags"]}]


def materialised(page: Page) -> dict[str, bool]:
    """Return for every asset whether it was ever materialised."""
    nodes = ask(page, "{ assetNodes { assetKey { path } assetMaterializations(limit: 1) { runId } } }")["assetNodes"]
    return {"/".join(node["assetKey"]["path"]): bool(node["assetMaterializations"]) for node in nodes}


def test_everything_is_materialised_from_the_ui(server: str, settings: Settings) -> None:
    until(lambda: is_up(server), "the start of the web server")
    with browser() as page:
        page.open(f"{server}/asset-groups")
        ask(page, "mutation { setNuxSeen }")  # the greeting would cover the page
        page.open(f"{server}/asset-groups", width=1600, height=1000)
        until(lambda: "engagement" in page.value("document.body.innerText"), "the asset graph")
        until(lambda: click(page, "Materialize all"), "a button to materialise everything")
        # A dialog may ask once more.
        (run,) = until(lambda: launched_by_hand(page) or (click(page, "Launch") and []), "the launch of a run")
        status = until(
            lambda: next((x["status"] for x in launched_by_hand(page) if x["status"] in ("SUCCESS", "FAILURE")), None), "its end"
        )
        assert status == "SUCCESS", run
        assert [name for name, is_done in materialised(page).items() if not is_done] == []
        page.open(f"{server}/asset-groups", width=1600, height=1000)
        until(lambda: "engagement" in page.value("document.body.innerText"), "the asset graph")
        time.sleep(3)  # it lays itself out
        page.screenshot(PICTURES / "ui.png")
        # One group shows each of its assets as done.
        page.open(f"{server}/locations/pipelines.definitions/asset-groups/trade/lineage", width=1600, height=1000)
        until(lambda: "Materialized" in page.value("document.body.innerText"), "the graph of the trade views")
        page.screenshot(PICTURES / "ui-trade.png")
    with duckdb.connect(str(settings.warehouse), read_only=True) as con:
        assert con.execute("select count(*) from main.dim_documents").fetchall() == [(1,)]
