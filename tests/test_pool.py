import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines.pool import WorkerDiedError, run_batches
from pipelines.settings import PROJECT


def square(number: int) -> int:
    return number * number


def where(_: int) -> int:
    return os.getpid()


def die_on(number: int, deadly: int) -> int:
    if number == deadly:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def die_once(number: int, mark: str) -> int:
    if number == 1 and not Path(mark).exists():
        Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def refuse(number: int) -> int:
    raise ValueError(f"no {number}")


@pytest.mark.parametrize("workers", [1, 2])
def test_every_job_gives_its_result(workers: int) -> None:
    jobs = [(number,) for number in range(7)]
    assert sorted(run_batches(square, jobs, workers)) == [((number,), number * number) for number in range(7)]


def test_one_worker_is_this_process() -> None:
    assert {pid for _, pid in run_batches(where, [(1,), (2,)], 1)} == {os.getpid()}


def test_a_single_job_is_this_process() -> None:
    assert {pid for _, pid in run_batches(where, [(1,)], 4)} == {os.getpid()}


def test_several_jobs_are_other_processes() -> None:
    assert os.getpid() not in {pid for _, pid in run_batches(where, [(1,), (2,)], 2)}


def test_jobs_are_drawn_only_as_they_are_done() -> None:
    drawn: list[int] = []

    def jobs() -> Iterator[tuple[int]]:
        for number in range(100):
            drawn.append(number)
            yield (number,)

    results = run_batches(square, jobs(), 2)
    next(results)
    assert len(drawn) <= 6
    results.close()


def test_the_death_of_a_worker_costs_its_job_alone() -> None:
    done = []
    with pytest.raises(WorkerDiedError, match="died in 1 batch") as error:
        for (number, _), _ in run_batches(die_on, [(number, 3) for number in range(6)], 2):
            done.append(number)
    assert sorted(done) == [0, 1, 2, 4, 5]
    assert error.value.jobs == [(3, 3)]


def test_a_job_that_died_once_is_tried_again(tmp_path: Path) -> None:
    results = run_batches(die_once, [(number, str(tmp_path / "mark")) for number in range(4)], 2)
    assert sorted(number for _, number in results) == [0, 1, 2, 3]


@pytest.mark.parametrize("workers", [1, 2])
def test_an_exception_is_raised_as_it_is(workers: int) -> None:
    with pytest.raises(ValueError, match="no [12]"):
        list(run_batches(refuse, [(1,), (2,)], workers))


def test_a_program_without_a_guard_is_not_run_again_by_its_workers(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "from pipelines.pool import run_batches\nfrom tests.test_pool import square\n"
        "print(sorted(result for _, result in run_batches(square, [(1,), (2,), (3,)], 2)))\n"
    )
    shown = subprocess.run([sys.executable, str(program)], cwd=PROJECT, env=os.environ | {"PYTHONPATH": str(PROJECT)}, capture_output=True)
    assert shown.stdout.decode().splitlines() == ["[1, 4, 9]"], shown.stderr.decode()
