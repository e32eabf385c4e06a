"""A year of invented news whose register is known: documents/*.md with the words of each happening marked ``[[label|words]]``.

``python -m tests.scenario FOLDER`` writes the documents, marks taken off, as seeds; ``make demo`` does so and refreshes.
"""

import re
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "documents"
_MARK = re.compile(r"\[\[(?P<label>[\w-]+)\|(?P<words>[^\]]+)\]\]")


@dataclass(frozen=True, slots=True)
class Label:
    """Words of a document that tell a happening; the same ``name`` in two documents means the same happening."""

    document: str
    name: str
    words: str


def labels() -> list[Label]:
    """Return every marked passage."""
    return [
        Label(path.name, mark["label"], mark["words"])
        for path in sorted(FOLDER.glob("*.md"))
        for mark in _MARK.finditer(path.read_text("utf-8"))
    ]


def write_seeds(folder: Path) -> int:
    """Write the documents without their marks into ``folder`` and return their number."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = sorted(FOLDER.glob("*.md"))
    for path in paths:
        (folder / path.name).write_text(_MARK.sub(lambda mark: mark["words"], path.read_text("utf-8")), "utf-8")
    return len(paths)
