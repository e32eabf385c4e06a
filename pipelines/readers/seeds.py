"""What lies in the seeds folder, in one order on every machine.

Only the walk belongs here; whether a file can be read is the registry's to say.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pipelines.readers.words import words


def seed_files(root: Path | str) -> Iterator[Path]:
    """Give every file under ``root`` by name, and everything else that is no folder (links, pipes), for ``read`` to read or refuse.

    Links to folders are given, not followed. Folders that may not be listed are given too. Hidden files, what systems leave behind and
    the ``columns.toml`` files that describe tables are no documents.
    """
    waiting = _entries(root)
    while waiting:
        entry = waiting.pop()
        if isinstance(entry, os.DirEntry) and entry.is_dir(follow_symlinks=False):
            waiting.extend(_entries(entry.path))
        else:
            yield Path(entry)


def _entries(folder: Path | str) -> list[os.DirEntry[str] | Path]:
    """Return what a folder holds, last name first; the folder itself where it may not be listed."""
    try:
        with os.scandir(folder) as entries:
            kept = [entry for entry in entries if not is_litter(entry.name)]
    except OSError:
        return [Path(folder)]
    return sorted(kept, key=lambda entry: os.fsencode(entry.name), reverse=True)


def is_litter(name: str) -> bool:
    """Say whether a file of this name is no document: hidden, left behind by a system, or the description of a table."""
    return name.startswith((".", "~$")) or name in words("litter") or name == "columns.toml" or name.endswith(".columns.toml")
