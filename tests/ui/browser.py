"""A headless Chromium to look at pages with: what tests of the UI share. It speaks the DevTools protocol and needs no driver."""

import base64
import itertools
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
_FLAGS = ("--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--no-first-run", "--disable-dev-shm-usage")


def chromium() -> str | None:
    """Return the path of an installed Chromium, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Page:
    """One open page."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket
        self._numbers = itertools.count(1)
        self.messages: list[dict[str, Any]] = []

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Send a command of the protocol and return its result; events on the way are kept in ``messages``."""
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            message = json.loads(self._socket.recv(timeout=60))
            if message.get("id") == number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]
            self.messages.append(message)

    def open(self, url: str, width: int = 1440, height: int = 900, scheme: str = "light", has_script: bool = True) -> None:
        """Open ``url`` in a window of ``width`` by ``height`` pixels, in the light or dark ``scheme``, and wait until it has loaded."""
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        self.call("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])
        self.call("Emulation.setScriptExecutionDisabled", value=not has_script)
        # From an empty page: another anchor of the page that is open would load nothing.
        for address in ("about:blank", url):
            self.messages.clear()
            self.call("Page.navigate", url=address)
            self._wait_for("Page.loadEventFired")

    def _wait_for(self, event: str) -> None:
        while not any(message.get("method") == event for message in self.messages):
            self.messages.append(json.loads(self._socket.recv(timeout=60)))

    def value(self, expression: str) -> Any:
        """Return what a JavaScript expression gives, as JSON."""
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"]["exception"].get("description", result["exceptionDetails"]["text"]))
        return result["result"].get("value")

    def complaints(self) -> list[str]:
        """Return what the console and the browser's log said since the page was opened."""
        said = [message["params"]["entry"]["text"] for message in self.messages if message.get("method") == "Log.entryAdded"]
        thrown = [message for message in self.messages if message.get("method") == "Runtime.exceptionThrown"]
        return said + [message["params"]["exceptionDetails"]["text"] for message in thrown]

    def requests(self) -> list[str]:
        """Return the addresses that the page asked for, its own among them."""
        return [message["params"]["request"]["url"] for message in self.messages if message.get("method") == "Network.requestWillBeSent"]

    def screenshot(self, path: Path, top: int | None = None, height: int | None = None) -> Path:
        """Write a picture of the whole page, or of ``height`` pixels from ``top``, to ``path``."""
        size = self.call("Page.getLayoutMetrics")["cssContentSize"]
        first = top or 0
        clip = {"x": 0, "y": first, "width": size["width"], "height": height or size["height"] - first, "scale": 1}
        data = self.call("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)["data"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(base64.b64decode(data))
        return path


@contextmanager
def browser() -> Iterator[Page]:
    """Start Chromium with a profile of its own, and give its page."""
    program = chromium()
    if program is None:
        raise RuntimeError("no Chromium is installed")
    # Chromium's helper processes may still write to the profile for a moment after it has gone.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            [program, *_FLAGS, "--remote-debugging-port=0", f"--user-data-dir={profile}", "about:blank"],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            port = _port(Path(profile) / "DevToolsActivePort", process)
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/json/list") as answer:
                (target,) = [page for page in json.load(answer) if page["type"] == "page"][:1]
            with connect(target["webSocketDebuggerUrl"], max_size=None, proxy=None) as socket:
                yield Page(socket)
        finally:
            process.terminate()
            process.wait(timeout=20)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _port(file: Path, process: subprocess.Popen, patience_seconds: float = 40) -> int:
    until = time.monotonic() + patience_seconds
    while time.monotonic() < until and process.poll() is None:
        lines = file.read_text().splitlines() if file.exists() else []
        if lines:
            return int(lines[0])
        time.sleep(0.05)
    raise RuntimeError(f"Chromium did not start in {patience_seconds:.0f} s (exit code {process.poll()})")
