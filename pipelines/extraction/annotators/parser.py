"""Reads part of speech, governing word and relation of every word with a small trained net.

Belongs here: turning words into the net's input, and running it. Does not belong here: training (pipelines/extraction/training), lemmas,
or what a relation means for a clause (clauses).

The net sees a word only through its form, endings, shape and known verb forms. What its first layer makes of a word type is computed once
and remembered, so reading an article is a handful of matrix operations over all its sentences at once. Between sentences stand rows of
zeros as wide as the net's reach, so that no sentence sees another; the row before each sentence plays the root.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from pipelines.extraction.annotators.lemmas import verb_reading

_MODEL = Path(__file__).parents[1] / "models" / "syntax.npz"
_TYPES = 16_384  # word types remembered; then the memory starts afresh
_GAP = 2  # rows between sentences: as far as the first layer sees
_BATCH = 4_000  # words read at once
_LONGEST = 160  # words; longer sentences are read in pieces
_CASELESS_SHARE = 0.7  # of longer words with a capital: a Title Case headline, whose capitals tell nothing


class Words(NamedTuple):
    """What the net says of the words of one sentence, word by word."""

    tags: list[str]
    parents: list[int]
    relations: list[str]


def shape_of(word: str) -> str:
    """Return the class of a word's writing: digits, mixed, punctuation, capitals, capital, Title, camel, lower."""
    if word.isdigit():
        return "d"
    if any(map(str.isdigit, word)):
        return "X" if any(map(str.isalpha, word)) else "D"
    if not any(map(str.isalpha, word)):
        return "p"
    if word.isupper():
        return "U" if len(word) > 1 else "u"
    if word[0].isupper():
        return "T" if word[1:].islower() else "M"
    return "l" if word.islower() else "m"


def features_of(word: str, caseless: bool) -> tuple[str, ...]:
    """Return the features the net knows a word by; ``caseless`` where its capitals tell nothing."""
    lower = word.lower().replace("’", "'")
    if len(lower) > 1 and lower[0].isdigit():
        lower = "".join("0" if mark.isdigit() else mark for mark in lower)
    last = lower.rsplit("-", 1)[-1] or lower
    reading = verb_reading(lower)
    shape = shape_of(word)
    if caseless and shape in "TUM":
        shape = "N"
    return (
        f"f={lower}",
        f"l={last}" if last != lower else "l",
        f"s3={lower[-3:]}",
        f"s2={lower[-2:]}",
        f"p3={lower[:3]}",
        f"h={shape}",
        f"v={reading[1] if reading else 0}",
    )


def is_caseless(words: Sequence[str]) -> bool:
    """Whether a sentence is written in Title Case or capitals throughout. The third longer word without a capital decides against it."""
    capitals = others = 0
    for word in words:
        if len(word) > 3 and word.isalpha():
            if word[0].isupper():
                capitals += 1
            else:
                others += 1
                if others == 3:
                    return False
    return capitals + others > 2 and capitals > _CASELESS_SHARE * (capitals + others)


class _Rows(NamedTuple):
    """Where the words of several sentences stand among the rows of one matrix."""

    starts: list[int]
    lengths: list[int]
    total: int
    mask: np.ndarray  # 1 where a word stands, one column
    scan: np.ndarray  # the rows in the order the recurrent layers read them, both directions interleaved
    steps: list[tuple[int, int]]  # the stretch of ``scan`` that each step reads at once


def _scan_order(starts: Sequence[int], lengths: Sequence[int]) -> tuple[np.ndarray, list[tuple[int, int]]]:
    """Return the order in which all sentences are read word by word at once, forward and backward, and the stretch of each step.

    Row ``2 r`` stands for row ``r`` read forward, ``2 r + 1`` for the same row read backward. Long sentences come first, so that those
    still being read at a step are the first ones of the step before.
    """
    count = np.array(lengths)
    order = np.argsort(-count, kind="stable")
    count = count[order]
    first = np.array(starts)[order]
    step = np.arange(int(count[0]))[:, None]
    rows = np.empty((len(step), len(order), 2), np.int64)
    rows[:, :, 0] = 2 * (first + step)
    rows[:, :, 1] = 2 * (first + count - 1 - step) + 1
    active = step < count
    ends = np.cumsum(2 * active.sum(1)).tolist()
    return rows[active].ravel(), list(zip([0, *ends[:-1]], ends, strict=True))


class _Net:
    """The weights, and the memory of word types."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            names = stored["features"].tobytes().decode().split("\n")
            self.embedding = stored["embedding"].astype(np.float32) * stored["embedding_scale"]
            self.tags = stored["tags"].tobytes().decode().split("\n")
            self.relations = stored["relations"].tobytes().decode().split("\n")
            kinds = stored["layers"].tobytes().decode()
            weights = {name: stored[name].astype(np.float32) for name in stored.files if stored[name].dtype == np.float16}
        self.vocabulary = {name: index for index, name in enumerate(names)}
        self.first = weights["first"]  # embedding size × (window · hidden)
        self.first_bias = weights["first_bias"]
        self.hidden = self.first_bias.shape[0]
        self.window = self.first.shape[1] // self.hidden
        self.layers = [(kind, weights[f"layer{depth}"], weights[f"layer{depth}_bias"]) for depth, kind in enumerate(kinds)]
        self.out = weights["out"]
        self.out_bias = weights["out_bias"]
        self.root_key = weights["root_key"]
        self.root_label = weights["root_label"]
        self.distance_label = weights["distance_label"]
        self.relation_out = weights["relation_out"]
        self.relation_bias = weights["relation_bias"]
        self.bias = _distance_bias(weights["distance"], float(weights["root_bias"][0]))
        self._forget()

    def _forget(self) -> None:
        self.types: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self.count = 1  # row 0 stands for nothing
        self.memory = np.zeros((1024, self.first.shape[1]), np.float32)

    def _learn(self, word: str, caseless: bool) -> int:
        known = self.vocabulary
        vector = self.embedding[[known.get(name, 0) for name in features_of(word, caseless)]].sum(0)
        if self.count == len(self.memory):
            self.memory = np.concatenate([self.memory, np.zeros_like(self.memory)])
        self.memory[self.count] = vector @ self.first
        self.types[caseless][word] = self.count
        self.count += 1
        return self.count - 1

    def _rows(self, sentences: Sequence[Sequence[str]]) -> tuple[_Rows, np.ndarray]:
        """Return how ``sentences`` are laid out, and the memory row of each of their words."""
        if self.count > _TYPES:
            self._forget()
        rows: list[int] = [0] * _GAP
        starts = []
        for words in sentences:
            starts.append(len(rows))
            caseless = is_caseless(words)
            types = self.types[caseless]
            for word in words:
                row = types.get(word)
                rows.append(self._learn(word, caseless) if row is None else row)
            rows += [0] * _GAP
        lengths = [len(words) for words in sentences]
        index = np.array(rows)
        scan, steps = _scan_order(starts, lengths)
        return _Rows(starts, lengths, len(rows), (index > 0).astype(np.float32)[:, None], scan, steps), index

    def _first_layer(self, index: np.ndarray, rows: _Rows) -> np.ndarray:
        """Return what each word and its neighbours amount to, from the memory of word types alone."""
        size, reach = self.hidden, self.window // 2
        seen = self.memory.take(index, 0)
        state = np.zeros((rows.total, size), np.float32)
        inner = state[reach : rows.total - reach]
        for place in range(self.window):
            inner += seen[place : rows.total - 2 * reach + place, place * size : (place + 1) * size]
        state += self.first_bias
        np.maximum(state, 0, out=state)
        state *= rows.mask
        return state

    def _neighbours(self, state: np.ndarray, reach: int, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """Return what a word draws from itself and the words ``reach`` before and behind."""
        size = self.hidden
        wide = np.zeros((len(state), 3 * size), np.float32)
        wide[reach:, :size] = state[:-reach]
        wide[:, size : 2 * size] = state
        wide[:-reach, 2 * size :] = state[reach:]
        change = wide @ weight
        change += bias
        return np.maximum(change, 0, out=change)

    def _recurrence(self, state: np.ndarray, rows: _Rows, weight: np.ndarray, bias: np.ndarray) -> np.ndarray:
        """Return what has been gathered up to each word, half of it forward, half backward (a simple recurrent unit)."""
        half = self.hidden // 2
        both = (state @ weight).reshape(2 * rows.total, self.hidden).take(rows.scan, 0)
        both.reshape(-1, 2, self.hidden)[:] += bias.reshape(2, self.hidden)
        gathered = np.maximum(both[:, :half], 0)
        keep = np.exp(-both[:, half:])
        keep += 1
        np.reciprocal(keep, out=keep)
        gathered -= gathered * keep
        start, stop = rows.steps[0]
        before = gathered[start:stop]
        for start, stop in rows.steps[1:]:
            kept = keep[start:stop]
            kept *= before[: stop - start]
            before = gathered[start:stop]
            before += kept
        change = np.zeros((2 * rows.total, half), np.float32)
        change[rows.scan] = gathered
        return change.reshape(rows.total, self.hidden)

    def _governors(self, queries: np.ndarray, keys: np.ndarray, rows: _Rows) -> np.ndarray:
        """Return for each row the row of the governing word; the row before a sentence is its root. Every sentence is a tree."""
        governors = np.arange(rows.total)
        scores = []
        for start, length in zip(rows.starts, rows.lengths, strict=True):
            score = queries[start : start + length] @ keys[start - 1 : start + length].T
            score += self.bias[:length, : length + 1]
            governors[start : start + length] = score.argmax(1) + (start - 1)
            scores.append(score)
        root = np.zeros(rows.total, np.int64)
        root[rows.starts] = np.array(rows.starts) - 1
        np.maximum.accumulate(root, out=root)
        above = governors
        for _ in range(max(rows.lengths).bit_length()):
            above = above.take(above)
        is_word = rows.mask[:, 0] > 0
        faults = np.add.reduceat((above != root) & is_word, rows.starts)
        roots = np.add.reduceat((governors == root) & is_word, rows.starts)
        for sentence in np.flatnonzero((faults > 0) | (roots != 1)).tolist():
            start, length = rows.starts[sentence], rows.lengths[sentence]
            found = governors[start : start + length] - (start - 1)
            governors[start : start + length] = np.array(_made_tree(scores[sentence], found.tolist())) + (start - 1)
        return governors

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Words]:
        """Return tags, governors and relations of ``sentences``, none empty, none longer than the longest the net takes."""
        rows, index = self._rows(sentences)
        state = self._first_layer(index, rows)
        for kind, weight, bias in self.layers:
            state += self._recurrence(state, rows, weight, bias) if kind == "s" else self._neighbours(state, int(kind), weight, bias)
            state *= rows.mask
        scores = state @ self.out
        scores += self.out_bias
        tag_end = len(self.tags)
        query_end = tag_end + len(self.root_key)
        key_end = query_end + len(self.root_key)
        own_end = key_end + len(self.root_label)
        roots = np.array(rows.starts) - 1
        keys = np.ascontiguousarray(scores[:, query_end:key_end])
        keys[roots] = self.root_key
        governors = self._governors(np.ascontiguousarray(scores[:, tag_end:query_end]), keys, rows)
        above = scores[:, own_end:]
        above[roots] = self.root_label
        offset = governors - np.arange(rows.total)
        bucket = np.clip(offset, -6, 5)
        bucket += 6
        is_root = np.zeros(rows.total, bool)
        is_root[roots] = True
        bucket[is_root[governors]] = 12
        joined = scores[:, key_end:own_end] + above.take(governors, 0)
        joined += self.distance_label.take(bucket, 0)
        np.maximum(joined, 0, out=joined)
        relations = (joined @ self.relation_out + self.relation_bias).argmax(1).tolist()
        tags = scores[:, :tag_end].argmax(1).tolist()
        parents = governors.tolist()
        read = []
        for start, length in zip(rows.starts, rows.lengths, strict=True):
            stop = start + length
            read.append(
                Words(
                    [self.tags[tag] for tag in tags[start:stop]],
                    [parent - start for parent in parents[start:stop]],
                    [self.relations[relation] for relation in relations[start:stop]],
                )
            )
        return read


def _distance_bias(distance: np.ndarray, root: float) -> np.ndarray:
    """Return the bias of every (word, governor) pair of a longest sentence; column 0 is the root."""
    reach = distance.shape[0] // 2
    index = np.arange(_LONGEST)
    bias = np.empty((_LONGEST, _LONGEST + 1), np.float32)
    bias[:, 0] = root
    bias[:, 1:] = distance[np.clip(index[None, :] - index[:, None], -reach, reach) + reach]
    bias[index, index + 1] = -1e9
    return bias


def _leads_to(governors: list[int], word: int, place: int) -> bool:
    """Whether following ``governors`` from ``place`` comes to ``word`` (words from 1, 0 the root)."""
    for _ in range(len(governors) + 1):
        if place == word:
            return True
        if place == 0:
            return False
        place = governors[place - 1]
    return False


def _circle(governors: list[int]) -> list[int]:
    """Return the words of one circle of ``governors``, none if there is none (words from 1, 0 the root)."""
    seen = [0] * (len(governors) + 1)
    for first in range(1, len(governors) + 1):
        place = first
        while place and not seen[place]:
            seen[place] = first
            place = governors[place - 1]
        if place and seen[place] == first:
            circle = [place]
            while governors[circle[-1] - 1] != place:
                circle.append(governors[circle[-1] - 1])
            return circle
    return []


def _next_best(scores: np.ndarray, governors: list[int], word: int) -> tuple[float, int]:
    """Return the score and place of the best governor of ``word`` that does not hang on it."""
    row = scores[word - 1]
    for _ in range(8):
        place = int(row.argmax())
        if place and not _leads_to(governors, word, place):
            return float(row[place]), place
        row[place] = -np.inf
    return -np.inf, 0


def _made_tree(scores: np.ndarray, governors: list[int]) -> list[int]:
    """Return ``governors`` changed at little cost into one tree: one root, no circle (words from 1, 0 the root)."""
    roots = [word for word, place in enumerate(governors, 1) if not place]
    if len(roots) != 1:
        candidates = roots or range(1, len(governors) + 1)
        gains = [float(scores[word - 1, 0] - scores[word - 1, 1:].max()) if len(governors) > 1 else 0.0 for word in candidates]
        root = candidates[gains.index(max(gains))]
        governors[root - 1] = 0
        for word in roots:
            if word != root:
                governors[word - 1] = _next_best(scores, governors, word)[1] or root
    root = governors.index(0) + 1
    circle = _circle(governors)
    while circle:
        options = []
        for word in circle:
            cost = float(scores[word - 1, governors[word - 1]])
            score, place = _next_best(scores, governors, word)
            options.append((score - cost, word, place))
        _, word, place = max(options)
        governors[word - 1] = place or root
        circle = _circle(governors)
    return governors


@cache
def _net() -> _Net:
    # The matrices are small: threads cost more than they save, and each process of a pool would start as many as there are cores.
    threadpool_limits(1, user_api="blas")
    return _Net(_MODEL)


def _batches(sentences: Sequence[Sequence[str]]) -> Iterator[list[Sequence[str]]]:
    """Cut long sentences into pieces, and pieces into batches that fit the memory of the processor."""
    batch: list[Sequence[str]] = []
    size = 0
    for words in sentences:
        for start in range(0, len(words), _LONGEST):
            piece = words[start : start + _LONGEST]
            if size + len(piece) > _BATCH:
                yield batch
                batch, size = [], 0
            batch.append(piece)
            size += len(piece)
    if batch:
        yield batch


def read_words(sentences: Sequence[Sequence[str]]) -> list[Words]:
    """Return tags, governing words (-1 for none) and relations of the words of each of ``sentences``."""
    net = _net()
    pieces = iter([piece for batch in _batches(sentences) for piece in net.read(batch)])
    read = []
    for words in sentences:
        if not words:
            read.append(Words([], [], []))
            continue
        whole = next(pieces)
        while len(whole.tags) < len(words):
            more = next(pieces)
            base = len(whole.tags)
            parents = [parent + base if parent >= 0 else -1 for parent in more.parents]
            whole = Words(whole.tags + more.tags, whole.parents + parents, whole.relations + more.relations)
        read.append(whole)
    return read
