"""Runs batches on many cores, and survives the death of a worker. What a batch does is not known here."""

import multiprocessing
import os
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import chain, islice
from types import ModuleType
from typing import Any

Job = tuple[Any, ...]
# Batches under way or waiting for each worker: enough that none idles while a result is stored.
_AHEAD = 2


class WorkerDiedError(RuntimeError):
    """A worker process ended in the middle of a batch; ``job`` is that batch. Every other batch was done."""

    def __init__(self, jobs: list[Job]) -> None:
        super().__init__(
            f"A worker process died in {len(jobs)} batch(es), each also when run alone. It may have run out of memory, or met a fault in a "
            "library. What the other batches gave is kept; a refresh tries these again. CHANCERY_WORKERS=1 shows the fault itself."
        )
        self.jobs = jobs


def run_batches(work: Callable[..., Any], jobs: Iterable[Job], workers: int) -> Iterator[tuple[Job, Any]]:
    """Yield each of ``jobs`` with what ``work(*job)`` returned, as they finish; ``jobs`` is drawn only as fast as they are done.

    One worker, or a single job, means this very process. A job during which a worker dies is tried once more alone; if a worker dies
    again, the others are finished first and WorkerDiedError is raised. An exception of ``work`` is raised as it is.
    """
    jobs = iter(jobs)
    first = list(islice(jobs, 2))
    if workers == 1 or len(first) < 2:
        for job in chain(first, jobs):
            yield job, work(*job)
        return
    suspects: list[Job] = []
    yield from _run_in_pool(work, chain(first, jobs), workers, suspects)
    dead: list[Job] = []
    for job in suspects:
        yield from _run_in_pool(work, iter([job]), 1, dead)
    if dead:
        raise WorkerDiedError(dead)


def _run_in_pool(work: Callable[..., Any], jobs: Iterator[Job], workers: int, lost: list[Job]) -> Iterator[tuple[Job, Any]]:
    """Run ``jobs`` in a pool, a new one whenever a worker dies; the jobs under way at that moment go to ``lost``."""
    while True:
        # Spawned, not forked: this process has threads (DuckDB's, Dagster's), which a fork would leave in any state.
        with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn"), initializer=_end_with_parent) as pool:
            running: dict[Future[Any], Job] = {}
            try:
                yield from _keep_busy(pool, work, jobs, workers, running, lost)
            except BrokenProcessPool:
                lost.extend(running.values())
                continue
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        return


@contextmanager
def _no_main_module() -> Iterator[None]:
    """Hide the program's main module for the block, so that workers do not run it again: they need none of it, and it may take seconds."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


def _end_with_parent() -> None:
    """End this worker when the process it works for is gone: killed outright, that one tells nobody and its workers would wait for ever."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent:
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _keep_busy(
    pool: ProcessPoolExecutor,
    work: Callable[..., Any],
    jobs: Iterator[Job],
    workers: int,
    running: dict[Future[Any], Job],
    lost: list[Job],
) -> Iterator[tuple[Job, Any]]:
    while True:
        for job in islice(jobs, max(0, workers * _AHEAD - len(running))):
            try:
                with _no_main_module():  # a submission may start a worker
                    running[pool.submit(work, *job)] = job
            except BrokenProcessPool:
                lost.append(job)
                raise
        if not running:
            return
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            result = future.result()
            yield running.pop(future), result
