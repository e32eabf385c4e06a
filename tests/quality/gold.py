"""Measures the engine on annotated articles: ours in tests/gold, and the team's where their folder is at hand.

    python -m tests.quality.gold [FOLDER …] [--misses] [--update [--lower]]

Floors stand in tests/gold/floors.json and may only rise: ``--update`` writes what was reached and refuses to lower a floor
without ``--lower``. The team's articles are told apart by a hash of their name into the half that rules are tuned on and the half
that is only measured, so that fitting shows.
"""

import argparse
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pipelines.extraction import extract
from tests.quality.score import score

ROOT = Path(__file__).parents[2]
OWN = ROOT / "tests" / "gold"
SHARED = Path(os.environ.get("CHANCERY_GOLD", ROOT.parent / "shared" / "gold" / "dev"))
FLOORS = OWN / "floors.json"
# Figures that differ by less than this are the same on another machine's rounding.
TOLERANCE = 0.001

Article = tuple[str, str, dict[str, Any], dict[str, Any]]


def articles(folder: Path) -> Iterator[Article]:
    """Yield (name, text, gold, reading) of every annotated article of ``folder``."""
    for path in sorted(folder.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        text = path.with_name(name + ".txt").read_text("utf-8")
        gold = json.loads(path.read_text("utf-8"))
        published_on = date.fromisoformat(gold["published_on"]) if gold.get("published_on") else None
        yield name, text, gold, extract(text, published_on).to_gold(name)


def half(name: str) -> str:
    """Return which half an article of the team's falls into: tuned or held_out."""
    return "tuned" if int(hashlib.sha1(name.encode()).hexdigest()[0], 16) % 2 == 0 else "held_out"


def sets() -> dict[str, list[Article]]:
    """Return the sets of articles at hand, by name."""
    found = {"own": list(articles(OWN))}
    if SHARED.is_dir():
        dev = list(articles(SHARED))
        found |= {
            "dev": dev,
            "dev_tuned": [a for a in dev if half(a[0]) == "tuned"],
            "dev_held_out": [a for a in dev if half(a[0]) != "tuned"],
        }
    return {name: rows for name, rows in found.items() if rows}


def figures_of(rows: list[Article]) -> dict[str, float]:
    """Return the flat figures that floors are kept of: F of each kind, strict F, and the slots."""
    scored, _ = score(rows)
    flat = {f"{kind} F": scored[kind]["F"] for kind in scored if isinstance(scored[kind], dict) and "F" in scored[kind]}
    for kind in ("engagements", "agreements", "trade_claims", "people"):
        flat |= {f"{kind} {slot}": value for slot, value in scored.get(kind, {}).get("slots", {}).items()}
    flat["false facts in empty articles"] = -scored["empty articles"].get("false facts", 0)
    return flat


def below_floor(name: str, figures: dict[str, float]) -> list[str]:
    """Return a sentence for every figure of set ``name`` that fell below its floor."""
    floors = json.loads(FLOORS.read_text("utf-8")).get(name, {}) if FLOORS.exists() else {}
    return [
        f"{name}: {key} fell to {figures.get(key)} from its floor {floor}"
        for key, floor in floors.items()
        if figures.get(key, float("-inf")) < floor - TOLERANCE
    ]


def _update(measured: dict[str, dict[str, float]], may_lower: bool) -> None:
    falls = [line for name, figures in measured.items() for line in below_floor(name, figures)]
    if falls and not may_lower:
        sys.exit("\n".join([*falls, "Floors may only rise. To lower one, say so: --update --lower"]))
    kept = json.loads(FLOORS.read_text("utf-8")) if FLOORS.exists() else {}
    FLOORS.write_text(json.dumps(kept | measured, indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")


def main() -> None:
    """Print the figures of every set, or of the folders named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--misses", action="store_true", help="print every missed and every false row")
    parser.add_argument("--update", action="store_true", help="write the figures reached as the new floors")
    parser.add_argument("--lower", action="store_true", help="let --update lower a floor")
    options = parser.parse_args()
    chosen = {str(folder): list(articles(folder)) for folder in options.folders} or sets()
    measured = {}
    for name, rows in chosen.items():
        scored, misses = score(rows)
        print(f"\n{name}: {len(rows)} articles")
        for kind, value in scored.items():
            print(f"  {kind:24}", value)
        for miss in misses if options.misses else ():
            print("  ", *miss)
        measured[name] = figures_of(rows)
        print(*below_floor(name, measured[name]), sep="\n")
    if options.update:
        _update({name: figures for name, figures in measured.items() if name in ("own", "dev")}, options.lower)


if __name__ == "__main__":
    main()
