"""The words the readers know, as data files under ``lexicon/``: outlets, agencies, column names, function words.

Only the loading belongs here; what a reader makes of the words stands with the reader.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

_FOLDER = Path(__file__).parent / "lexicon"


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads((_FOLDER / "words.toml").read_text("utf-8"))


@cache
def words(name: str) -> frozenset[str]:
    """Return the list ``name`` of words.toml."""
    return frozenset(_lists()[name])


@cache
def columns() -> dict[str, tuple[str, ...]]:
    """Return for each field of a document the column names that usually hold it, likeliest first."""
    return {field: tuple(names) for field, names in tomllib.loads((_FOLDER / "columns.toml").read_text("utf-8")).items()}


@cache
def _publishers() -> dict[str, str]:
    with (_FOLDER / "publishers.csv").open(encoding="utf-8", newline="") as rows:
        return {row["domain"]: row["publisher"] for row in csv.DictReader(rows)}


def host_of(url: str | None) -> str | None:
    """Return the host of an address, without "www." and the like, None where it has none."""
    if not url:
        return None
    try:
        host = (urlsplit(url if "//" in url else f"//{url}").hostname or "").lower().strip(".")
    except ValueError:
        return None
    for prefix in ("www.", "m.", "amp.", "edition.", "english.", "en."):
        host = host.removeprefix(prefix)
    return host if "." in host else None


def known_publisher(url: str | None) -> str | None:
    """Return the outlet that publishes at an address, None where the table does not know its domain."""
    host = host_of(url)
    while host and "." in host:
        if name := _publishers().get(host):
            return name
        host = host.partition(".")[2]
    return None
