"""How far a long step is: a bar in the terminal, a line in Dagster's log now and then. What is being done is no concern here."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LOG_EVERY_SECONDS = 10.0


@contextmanager
def shown_progress(label: str, unit: str, log: Callable[[str], None]) -> Iterator[Callable[[int, int], None]]:
    """Give a function to call with (done, total); ``log`` hears of it every ten seconds, a terminal on stderr sees a bar."""
    bar = _Bar(label) if sys.stderr.isatty() else None
    began = logged = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal logged
        if bar:
            bar.show(done, total)
        now = time.monotonic()
        if now - logged >= _LOG_EVERY_SECONDS:
            logged = now
            log(f"{label}: {done:,} of {total:,} {unit}, {done / (now - began):,.0f} a second")

    try:
        yield progress
    finally:
        if bar:
            bar.close()


class _Bar:
    """A bar that appears with the first call, so that a step with nothing to do shows none."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._shown: tuple[Progress, TaskID] | None = None

    def show(self, done: int, total: int) -> None:
        if self._shown is None:
            self._shown = _started_bar(self._label, total)
        progress, task = self._shown
        progress.update(task, completed=done, total=total)

    def close(self) -> None:
        if self._shown is not None:
            self._shown[0].stop()


def _started_bar(label: str, total: int) -> tuple[Progress, TaskID]:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    progress = Progress(*columns, console=Console(stderr=True), transient=True)
    progress.start()
    return progress, progress.add_task(label, total=total)
