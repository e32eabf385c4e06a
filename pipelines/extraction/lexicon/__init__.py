"""Reads the lexicon: the words the engine knows, as data files beside this module.

``*.csv`` files are tables, ``*.toml`` files are closed lists and settings. A folder named by ``CHANCERY_LEXICON`` may hold files of the
same names: its rows are added after ours, and a row with the same key (first column) replaces ours. Nothing is interpreted here.
"""

import csv
import os
import tomllib
from functools import cache
from itertools import zip_longest
from pathlib import Path

FOLDER = Path(__file__).parent
_PROJECT = FOLDER.parent.parent.parent


def additions() -> Path | None:
    """Return the folder of the user's own words, None without one; a relative path is relative to the project."""
    folder = os.environ.get("CHANCERY_LEXICON")
    return _PROJECT / folder if folder else None


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(line for line in lines if not line.startswith("#"))
        columns = next(rows, [])
        return [dict(zip_longest(columns, row)) for row in rows if row]  # as csv.DictReader, in a third of the time


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of ``NAME.csv``, the user's additions merged over ours by the first column."""
    rows = _rows(FOLDER / f"{name}.csv")
    extra = additions()
    if extra and (extra / f"{name}.csv").exists():
        added = _rows(extra / f"{name}.csv")
        key = next(iter(rows[0]))
        replaced = {row[key] for row in added}
        rows = [row for row in rows if row[key] not in replaced] + added
    return tuple(rows)


@cache
def settings(name: str) -> dict:
    """Return ``NAME.toml``, the user's additions merged over ours at the top level (lists are joined, tables updated)."""
    merged = tomllib.loads((FOLDER / f"{name}.toml").read_text("utf-8"))
    extra = additions()
    if extra and (extra / f"{name}.toml").exists():
        for key, value in tomllib.loads((extra / f"{name}.toml").read_text("utf-8")).items():
            ours = merged.get(key)
            if isinstance(ours, list):
                merged[key] = ours + value
            elif isinstance(ours, dict):
                merged[key] = ours | value
            else:
                merged[key] = value
    return merged
