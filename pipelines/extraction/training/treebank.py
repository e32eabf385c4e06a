"""Reads Universal Dependencies treebanks (CoNLL-U, gzipped) and lays their trees over the engine's own tokens.

Belongs here: the file format and the alignment. Does not belong here: what is learnt from it (train_parser) or measured (measure_parser).
A token of ours that covers several of the treebank's takes tag, governor and relation of the one that governs the others.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipelines.extraction.annotators.tokens import cut_words

# The genres of GUM whose documents may be trained on for a shipped model; its other documents are left out.
GUM_GENRES = frozenset(("news", "interview", "speech", "bio", "voyage", "textbook"))


class Tree(NamedTuple):
    """Words with their tags, governors (-1 for the root) and relations."""

    words: list[str]
    tags: list[str]
    parents: list[int]
    relations: list[str]


class _Row(NamedTuple):
    start: int
    tag: str
    parent: int
    relation: str


def _rows(text: str, lines: list[str]) -> list[_Row]:
    """Return the syntactic words of one sentence with where each begins in its text."""
    rows: list[_Row] = []
    position = contraction_end = contraction_stop = 0
    for line in lines:
        columns = line.split("\t")
        if "." in columns[0]:
            continue
        if "-" in columns[0]:
            contraction_end = int(columns[0].split("-")[1])
            found = text.find(columns[1], position)
            position = max(position, found)
            contraction_stop = position + len(columns[1])
            continue
        start = text.find(columns[1], position)
        if position <= start <= position + 3:
            position = start + len(columns[1])
        else:  # a word of a contraction that is not spelt out
            start = position
        if int(columns[0]) == contraction_end:
            position = max(position, contraction_stop)
        rows.append(_Row(start, columns[3], int(columns[6]) - 1, columns[7]))
    return rows


def _aligned(text: str, rows: list[_Row]) -> Tree:
    _, ends, words = cut_words(text)
    owner: list[int] = []
    place = 0
    for row in rows:
        while place < len(words) - 1 and ends[place] <= row.start:
            place += 1
        owner.append(place)
    members: list[list[int]] = [[] for _ in words]
    for index, token in enumerate(owner):
        members[token].append(index)
    tags: list[str] = []
    parents: list[int] = []
    relations: list[str] = []
    for token, inside in enumerate(members):
        if not inside:  # the treebank has one word where we have two: the second hangs on the first
            tags.append(tags[-1] if tags else "X")
            parents.append(token - 1)
            relations.append("goeswith" if token else "root")
            continue
        head = next((index for index in inside if rows[index].parent not in inside), inside[0])
        row = rows[head]
        parent = owner[row.parent] if row.parent >= 0 else -1
        tags.append(row.tag)
        parents.append(-1 if parent == token else parent)
        relations.append("root" if parents[-1] < 0 else row.relation)
    return Tree(words, tags, parents, relations)


def trees(path: Path, genres: frozenset[str] = GUM_GENRES) -> Iterator[Tree]:
    """Yield the trees of a treebank, of GUM only those of ``genres``."""
    with gzip.open(path, "rt", encoding="utf-8") as stored:
        blocks = stored.read().strip().split("\n\n")
    for block in blocks:
        lines = block.split("\n")
        said = dict(line[2:].split(" = ", 1) for line in lines if line.startswith("# ") and " = " in line)
        document = said.get("doc", "").split("_")
        if document[0] == "GUM" and document[1] not in genres:
            continue
        yield _aligned(said["text"], _rows(said["text"], [line for line in lines if not line.startswith("#")]))
