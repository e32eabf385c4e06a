"""How fast the engine reads, what each annotator costs, how long the lexicons take to load, and whether memory stays flat.

python benchmarks/engine.py                        # half a minute: our own annotated articles and the scenario's documents
python benchmarks/engine.py --documents 1000000    # memory over as many documents

spaCy's blank English tokeniser reads the same texts in the same run where it is installed (it is no dependency: pip install spacy).
Belongs here: reading text on one core. Does not belong here: files (readers), the warehouse, or quality (tests/quality).
"""

import argparse
import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from contextlib import contextmanager
from datetime import date
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402

from pipelines.extraction import engine  # noqa: E402
from pipelines.extraction.annotators import tokens  # noqa: E402
from tests.scenario import write_seeds  # noqa: E402

DOCUMENT = 2_200  # characters of an article; speeds are given for documents of this length
STEPS = (
    "find_layout",
    "find_tokens",
    "find_actors",
    "find_places",
    "find_times",
    "find_amounts",
    "find_clauses",
    "read_engagements",
    "read_agreements",
    "read_trade_claims",
    "read_topics",
)
_TODAY = date(2025, 9, 9)
_LOAD = """
import time
begun = time.process_time()
from pipelines.extraction import extract
imported = time.process_time()
extract("Peru signed a $5 million treaty with Chile in Lima on 5 May 2025, Foreign Minister Juan Rojas said.")
print(imported - begun, time.process_time() - imported)
"""


def texts() -> list[str]:
    """Return our own annotated articles and the documents of the scenario, short ones joined until they are as long as an article."""
    with tempfile.TemporaryDirectory() as folder:
        write_seeds(Path(folder))
        found = [path.read_text("utf-8") for path in sorted(Path(folder).iterdir())]
    joined = [""]
    for text in [path.read_text("utf-8") for path in sorted((ROOT / "tests" / "gold").glob("*.txt"))] + found:
        if len(joined[-1]) >= DOCUMENT:
            joined.append("")
        joined[-1] += f"{text.strip()}\n\n"
    return joined


def read(text: str) -> None:
    """Read one text as of a fixed day."""
    engine.extract(text, _TODAY)


def fastest(read_one: Callable[[str], object], documents: Iterable[str], rounds: int) -> float:
    """Return the CPU seconds of this thread for all documents, the fastest of ``rounds`` counted for each."""
    total = 0
    for text in documents:
        best = None
        for _ in range(rounds):
            begun = time.thread_time_ns()
            read_one(text)
            taken = time.thread_time_ns() - begun
            best = taken if best is None else min(best, taken)
        total += best or 0
    return total / 1e9


@contextmanager
def timed_steps():
    """Count the nanoseconds of every step of the engine while it reads."""
    taken = dict.fromkeys(STEPS, 0)
    inside = [0]  # spent in steps that the steps under way have called
    homes = {name: tokens if name == "find_tokens" else engine for name in STEPS}
    original = {name: getattr(home, name) for name, home in homes.items()}

    def timed(name: str) -> Callable:
        def step(*arguments):
            begun = time.thread_time_ns()
            inside.append(0)
            result = original[name](*arguments)
            spent = time.thread_time_ns() - begun
            taken[name] += spent - inside.pop()
            inside[-1] += spent
            return result

        return step

    try:
        for name, home in homes.items():
            setattr(home, name, timed(name))
        yield taken
    finally:
        for name, home in homes.items():
            setattr(home, name, original[name])


def print_load() -> None:
    """Print what a new process spends before its first fact."""
    runs = [
        tuple(
            map(float, subprocess.run([sys.executable, "-c", _LOAD], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split())
        )
        for _ in range(3)
    ]
    imported, first = min(runs, key=sum)
    print(f"load         {imported:.2f} s of CPU for modules, {first:.2f} s for lexicons, patterns and weights on the first text")


def print_speed(documents: list[str], rounds: int) -> None:
    """Print documents a second of one core, the same for spaCy's tokeniser, and the share of each step."""
    size = sum(map(len, documents)) / DOCUMENT
    print(f"texts        {len(documents)} of {sum(map(len, documents)) / len(documents):,.0f} characters on average")
    print(f"engine       {size / fastest(read, documents, rounds):8,.0f} documents of {DOCUMENT / 1000} KB a second and core")
    try:
        import spacy
    except ImportError:
        print("spaCy        NOT INSTALLED, so nothing to compare with: pip install spacy, in an environment of its own", flush=True)
    else:
        tokenise = spacy.blank("en")
        tokenise(documents[0])
        speed = size / fastest(tokenise, documents, rounds)
        print(f"spaCy        {speed:8,.0f} the same, tokens alone (blank English, spaCy {spacy.__version__})")
    with timed_steps() as taken:
        for text in documents * rounds:
            read(text)
    whole = sum(taken.values())
    for name, nanoseconds in sorted(taken.items(), key=lambda step: step[1], reverse=True):
        print(f"  {name:18} {nanoseconds / whole:6.1%} {nanoseconds / 1e6 / size / rounds:6.2f} ms a document")


def print_memory(documents: list[str], count: int) -> None:
    """Print the memory held after a tenth, a half and all of ``count`` documents, each a little different."""
    process = psutil.Process()
    held = []
    marks = {count // 10, count // 2, count}
    for number, text in enumerate(islice(cycle(documents), count), 1):
        read(f"{text}\n\nNote {number}: item {number} of list{number}.")
        if number in marks:
            gc.collect()
            held.append(f"{process.memory_info().rss / 1e6:,.0f} MB after {number:,}")
    print("memory       " + ", ".join(held))


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=3_000, help="how many to read while memory is watched")
    parser.add_argument("--rounds", type=int, default=5, help="how often each text is read; the fastest counts")
    chosen = parser.parse_args()
    documents = texts()
    for text in documents:
        read(text)
    print_load()
    print_speed(documents, chosen.rounds)
    print_memory(documents, chosen.documents)


if __name__ == "__main__":
    main()
