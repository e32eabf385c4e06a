"""Measures the root events read from labelled sentences: ``python tests/quality/plover.py [--misses ROOT]``.

The corpus is found under ``CHANCERY_CORPORA`` (default ``../shared/corpora``). Lines of even index are for tuning, those of odd index are
held out; both are reported, as F1 by root and their means.
"""

import json
import os
import sys
from collections import Counter
from pathlib import Path

from pipelines.extraction.frames.plover import root_of

CORPUS = Path(os.environ.get("CHANCERY_CORPORA", "../shared/corpora")) / "plover_sentences_dev.jsonl"
CORE = ("AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID")


def f_scores(pairs: list[tuple[str, str | None]]) -> dict[str, float]:
    """Return F1 by root of (gold, found) pairs."""
    gold, found = Counter(g for g, _ in pairs), Counter(f for _, f in pairs)
    hits = Counter(g for g, f in pairs if g == f)
    return {root: 2 * hits[root] / (gold[root] + found[root]) for root in sorted(gold)}


def main() -> None:
    lines = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    found = [root_of(line["text"], line["source"], line["target"]) for line in lines]
    for name, part in (
        ("tune (even lines)", range(0, len(lines), 2)),
        ("held out (odd lines)", range(1, len(lines), 2)),
        ("all", range(len(lines))),
    ):
        scores = f_scores([(lines[i]["root"], found[i]) for i in part])
        core = sum(scores.get(root, 0.0) for root in CORE) / len(CORE)
        print(
            f"{name}: macro F {sum(scores.values()) / len(scores):.3f}, core {core:.3f}",
            {root: round(value, 2) for root, value in scores.items()},
        )
    if "--misses" in sys.argv:
        root = sys.argv[sys.argv.index("--misses") + 1]
        for i in range(0, len(lines), 2):
            if found[i] != lines[i]["root"] and root in (lines[i]["root"], "ALL"):
                print(lines[i]["root"], "read as", found[i], "|", lines[i]["source"], "->", lines[i]["target"], "|", lines[i]["text"])


if __name__ == "__main__":
    main()
