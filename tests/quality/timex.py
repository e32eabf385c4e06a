"""Measures time expressions against news labelled with TIMEX3: ``python -m tests.quality.timex [--misses] [--rules] [--alone] [--half N]``.

Value F1 is that of TempEval-3: spans are matched when they overlap, and a match counts when the TIMEX3 values are equal. The corpora are
read from the folder ``CHANCERY_CORPORA`` (default ``../shared/corpora`` beside the project); each line has ``dct``, ``text`` and
``timex``, a list of [start, end, value, type, text]. Halves are by line parity: 0 is tuned on, 1 is held out.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from pipelines.extraction import annotate
from pipelines.extraction.annotators.times import find_times
from pipelines.extraction.model import Layout, TimeExpression

CORPORA = ("timebank", "aquaint")
PROJECT = Path(__file__).resolve().parents[2]


def corpora_folder() -> Path:
    """Return the folder of the labelled corpora, whether or not it exists."""
    return Path(os.environ.get("CHANCERY_CORPORA") or PROJECT.parent / "shared" / "corpora")


def read_corpus(name: str) -> Iterator[dict]:
    """Yield the labelled documents of a corpus."""
    with (corpora_folder() / f"{name}_dates_dev.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def times_of(document: dict, alone: bool) -> tuple[TimeExpression, ...]:
    """Return what the engine finds in a labelled document; ``alone`` leaves the other annotators out."""
    published = date.fromisoformat(document["dct"])
    if alone:
        return find_times(document["text"], Layout((), ()), (), (), published)
    return annotate(document["text"], published).times


def pair_up(gold: list[list], found: tuple[TimeExpression, ...]) -> list[tuple[list | None, TimeExpression | None]]:
    """Pair labelled and found expressions that overlap, each once, equal values first; what has no partner stands alone."""
    overlapping = [
        (label[2] != guess.timex_value, -min(label[1], guess.end) + max(label[0], guess.start), place, number)
        for place, label in enumerate(gold)
        for number, guess in enumerate(found)
        if label[0] < guess.end and guess.start < label[1]
    ]
    pairs, labels, guesses = [], set(), set()
    for _, _, place, number in sorted(overlapping):
        if place not in labels and number not in guesses:
            labels.add(place)
            guesses.add(number)
            pairs.append((gold[place], found[number]))
    pairs += [(label, None) for place, label in enumerate(gold) if place not in labels]
    pairs += [(None, guess) for number, guess in enumerate(found) if number not in guesses]
    return pairs


def f1(hits: int, found: int, wanted: int) -> float:
    """Return the harmonic mean of precision and recall, in percent."""
    return 200 * hits / (found + wanted) if found + wanted else 100.0


def value_f1(name: str, half: int | None = None, alone: bool = False) -> float:
    """Return the value F1 of one corpus, or of one half of it, in percent."""
    wanted = found = hits = 0
    for number, document in enumerate(read_corpus(name)):
        if half is not None and number % 2 != half:
            continue
        guesses = times_of(document, alone)
        wanted += len(document["timex"])
        found += len(guesses)
        hits += sum(bool(label and guess and label[2] == guess.timex_value) for label, guess in pair_up(document["timex"], guesses))
    return f1(hits, found, wanted)


def _context(text: str, start: int, end: int) -> str:
    return f"{text[max(0, start - 50) : start]}[{text[start:end]}]{text[end : end + 40]}".replace("\n", " ")


def report(half: int | None, alone: bool, misses: bool, rules: bool) -> None:
    """Print the figures of every corpus, and on demand what was missed and how each rule fares."""
    by_rule: dict[str, Counter] = {}
    for name in CORPORA:
        counts = {side: Counter() for side in (0, 1)}
        for number, document in enumerate(read_corpus(name)):
            side = counts[number % 2]
            guesses = times_of(document, alone)
            pairs = pair_up(document["timex"], guesses)
            side["wanted"] += len(document["timex"])
            side["found"] += len(guesses)
            side["overlap"] += sum(bool(label and guess) for label, guess in pairs)
            side["value"] += sum(bool(label and guess and label[2] == guess.timex_value) for label, guess in pairs)
            if half is not None and number % 2 != half:
                continue
            for label, guess in pairs:
                outcome = "missed" if guess is None else "extra" if label is None else "right" if label[2] == guess.timex_value else "wrong"
                if guess:
                    by_rule.setdefault(guess.rule_id, Counter())[outcome] += 1
                if misses and outcome != "right":
                    place = label or (guess.start, guess.end)
                    print(
                        outcome.upper(),
                        document["dct"],
                        label[2] if label else "-",
                        f"{guess.timex_value} ({guess.rule_id}: {guess.text!r})" if guess else "-",
                        "|",
                        _context(document["text"], place[0], place[1]),
                    )
        for title, sides in (("all", (0, 1)), ("tuned half", (0,)), ("held-out half", (1,))):
            total = sum((counts[side] for side in sides), Counter())
            print(
                f"{name:9} {title:14} value F1 {f1(total['value'], total['found'], total['wanted']):5.1f}"
                f"   detection F1 {f1(total['overlap'], total['found'], total['wanted']):5.1f}   expressions {total['wanted']}"
            )
    if rules:
        for rule_id, outcomes in sorted(by_rule.items(), key=lambda item: -sum(item[1].values())):
            print(f"{rule_id:32}", dict(outcomes))


def main() -> int:
    """Run from the command line; exit code 0 also where the corpora are missing, with a loud word."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", type=int, choices=(0, 1), help="show misses and rules of this half only")
    parser.add_argument("--alone", action="store_true", help="without the other annotators")
    parser.add_argument("--misses", action="store_true")
    parser.add_argument("--rules", action="store_true")
    options = parser.parse_args()
    if not corpora_folder().is_dir():
        print(f"SKIPPED: no labelled corpora at {corpora_folder()}; set CHANCERY_CORPORA to their folder", file=sys.stderr)
        return 0
    report(options.half, options.alone, options.misses, options.rules)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
