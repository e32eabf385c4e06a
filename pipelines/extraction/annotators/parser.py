"""Reads part of speech, governing word and relation of every word with a small trained net.

Belongs here: turning words into the net's input, and running it. Does not belong here: training (pipelines/extraction/training), lemmas,
or what a relation means for a clause (clauses).

The net sees a word only through its form, endings, shape and known verb forms. What its first layer makes of a word type is computed once
and remembered, so reading an article is a handful of matrix operations over all its sentences at once. Between sentences stand rows of
zeros as wide as the net's reach, so that no sentence sees another; the row before each sentence plays the root.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipelines.extraction.annotators.lemmas import verb_reading

_MODEL = Path(__file__).parents[1] / "models" / "syntax.npz"
_TYPES = 16_384  # word types remembered; then the memory starts afresh
_GAP = 2  # rows between sentences: as far as the first layer sees
_NO_WORDS = [0] * _GAP
_TILE = 768  # rows for which biases are kept repeated; a longer article takes a little more time
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
    gaps: np.ndarray  # the rows that hold no word
    is_root: np.ndarray  # which rows play the root of the sentence that follows
    scan: np.ndarray  # the rows in the order the recurrent layers read them, both directions interleaved
    back: np.ndarray  # where in that order each row stands, the place behind the last for rows without a word
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


class _Tiled:
    """A row repeated, for adding a full matrix is three times as fast as spreading a row over one."""

    def __init__(self, row: np.ndarray) -> None:
        self.row = row
        self.rows = np.repeat(row[None, :], _TILE, 0)

    def times(self, count: int) -> np.ndarray:
        """Return something that adds to ``count`` rows."""
        return self.rows[:count] if count <= _TILE else self.row


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
        size = weights["first_bias"].shape[0]
        self.first = np.split(weights["first"], weights["first"].shape[1] // size, 1)  # one matrix a place in the window
        self.first_bias = _Tiled(weights["first_bias"])
        self.layers = [self._layer(kind, weights[f"layer{depth}"], weights[f"layer{depth}_bias"]) for depth, kind in enumerate(kinds)]
        self.tag_out, self.query_out, self.key_out, self.own_out, self.above_out = self._split(weights["out"], weights)
        self.tag_bias, self.query_bias, self.key_bias, self.own_bias, self.above_bias = map(
            _Tiled, self._split(weights["out_bias"], weights)
        )
        self.root_key = weights["root_key"]
        self.root_label = weights["root_label"]
        self.distance_label = weights["distance_label"][:-1]
        self.root_distance_label = weights["distance_label"][-1]
        self.relation_out = weights["relation_out"]
        self.relation_bias = _Tiled(weights["relation_bias"])
        self.bias = _distance_bias(weights["distance"], float(weights["root_bias"][0]))
        self.ones = _Tiled(np.ones(size, np.float32))
        self.nothing = np.zeros((_TILE, size), np.float32)
        self._forget()

    def _split(self, matrix: np.ndarray, weights: Mapping[str, np.ndarray]) -> list[np.ndarray]:
        """Cut the columns of the last layer by what they say: tag, query, key, label as one that is governed, label as one that governs."""
        arc, label = weights["root_key"].shape[0], weights["root_label"].shape[0]
        edges = np.cumsum([len(self.tags), arc, arc, label])
        return [np.ascontiguousarray(part) for part in np.split(matrix, edges, -1)]

    @staticmethod
    def _layer(kind: str, weight: np.ndarray, bias: np.ndarray) -> tuple[str, list[np.ndarray], list[_Tiled]]:
        """Return a layer ready for use: a recurrent one in its two halves, one over neighbours in its three places."""
        if kind != "s":
            return kind, np.split(weight, 3, 0), [_Tiled(bias)]
        half = len(bias) // 4
        columns = np.arange(len(bias)).reshape(2, 2, half)  # direction, kind: what is gathered and what is kept
        new, keep = columns[:, 0].ravel(), columns[:, 1].ravel()
        return kind, [np.ascontiguousarray(weight[:, new]), -weight[:, keep]], [_Tiled(bias[new]), _Tiled(-bias[keep])]

    def _forget(self) -> None:
        self.types: tuple[dict[str, int], dict[str, int]] = ({}, {})
        self.count = 1  # row 0 stands for nothing
        self.memory = [np.zeros((1024, matrix.shape[1]), np.float32) for matrix in self.first]

    def _learn(self, word: str, caseless: bool) -> int:
        known = self.vocabulary
        vector = self.embedding[[known.get(name, 0) for name in features_of(word, caseless)]].sum(0)
        if self.count == len(self.memory[0]):
            self.memory = [np.concatenate([rows, np.zeros_like(rows)]) for rows in self.memory]
        for rows, matrix in zip(self.memory, self.first, strict=True):
            rows[self.count] = vector @ matrix
        self.types[caseless][word] = self.count
        self.count += 1
        return self.count - 1

    def _rows(self, sentences: Sequence[Sequence[str]]) -> tuple[_Rows, np.ndarray]:
        """Return how ``sentences`` are laid out, and the memory row of each of their words."""
        if self.count > _TYPES:
            self._forget()
        rows = list(_NO_WORDS)
        starts = []
        for words in sentences:
            starts.append(len(rows))
            caseless = is_caseless(words)
            types = self.types[caseless]
            for word in words:
                rows.append(types[word] if word in types else self._learn(word, caseless))
            rows += _NO_WORDS
        lengths = [len(words) for words in sentences]
        index = np.array(rows)
        scan, steps = _scan_order(starts, lengths)
        back = np.full(2 * len(rows), len(scan))
        back[scan] = np.arange(len(scan))
        is_root = np.zeros(len(rows), bool)
        is_root[[start - 1 for start in starts]] = True
        return _Rows(starts, lengths, len(rows), np.flatnonzero(index == 0), is_root, scan, back, steps), index

    def _positive(self, matrix: np.ndarray) -> np.ndarray:
        """Return ``matrix`` with nothing below zero, changed in place."""
        size = matrix.size
        nothing = self.nothing.ravel()[:size].reshape(matrix.shape) if size <= self.nothing.size else np.float32(0)
        return np.maximum(matrix, nothing, out=matrix)

    def _first_layer(self, index: np.ndarray, rows: _Rows) -> np.ndarray:
        """Return what each word and its neighbours amount to, from the memory of word types alone."""
        reach = len(self.memory) // 2
        state = self.memory[reach].take(index, 0)
        for place, memory in enumerate(self.memory):
            shift = place - reach
            if shift < 0:
                state[-shift:] += memory.take(index[:shift], 0)
            elif shift > 0:
                state[:-shift] += memory.take(index[shift:], 0)
        state += self.first_bias.times(rows.total)
        return self._positive(state)

    def _neighbours(self, state: np.ndarray, reach: int, weights: list[np.ndarray], biases: list[_Tiled]) -> np.ndarray:
        """Return what a word draws from itself and the words ``reach`` before and behind."""
        change = state @ weights[1]
        change[reach:] += state[:-reach] @ weights[0]
        change[:-reach] += state[reach:] @ weights[2]
        change += biases[0].times(len(state))
        return self._positive(change)

    def _recurrence(self, state: np.ndarray, rows: _Rows, weights: list[np.ndarray], biases: list[_Tiled]) -> np.ndarray:
        """Return what has been gathered up to each word, half of it forward, half backward (a simple recurrent unit)."""
        total, size = state.shape
        half = size // 2
        new = state @ weights[0]
        new += biases[0].times(total)
        self._positive(new)
        keep = state @ weights[1]  # negated, for the logistic function
        keep += biases[1].times(total)
        np.exp(keep, out=keep)
        keep += self.ones.times(total)
        np.reciprocal(keep, out=keep)
        new -= new * keep
        gathered = np.zeros((len(rows.scan) + 1, half), np.float32)
        new.reshape(-1, half).take(rows.scan, 0, out=gathered[:-1], mode="clip")
        kept = keep.reshape(-1, half).take(rows.scan, 0)
        before = gathered[rows.steps[0][0] : rows.steps[0][1]]
        for start, stop in rows.steps[1:]:
            carried = kept[start:stop]
            carried *= before[: stop - start]
            before = gathered[start:stop]
            before += carried
        return gathered.take(rows.back, 0).reshape(total, size)

    def _governors(self, queries: np.ndarray, keys: np.ndarray, rows: _Rows) -> np.ndarray:
        """Return for each row the row of the governing word; the row before a sentence is its root. Every sentence is a tree."""
        governors = np.arange(rows.total)
        scores = []
        for start, length in zip(rows.starts, rows.lengths, strict=True):
            score = queries[start : start + length] @ keys[start - 1 : start + length].T
            score += self.bias[:length, : length + 1]
            governors[start : start + length] = score.argmax(1) + (start - 1)
            scores.append(score)
        above = governors
        for _ in range(max(rows.lengths).bit_length()):
            above = above.take(above)
        first = rows.starts[0]
        lost = ~rows.is_root[above[first:]]
        lost[rows.gaps[_GAP:] - first] = False
        starts = [start - first for start in rows.starts]
        circles = np.add.reduceat(lost, starts)
        roots = np.add.reduceat(rows.is_root[governors[first:]], starts)
        # the row of the root before each sentence but the first is counted with the sentence before it
        roots[:-1] -= 1
        for sentence in np.flatnonzero((circles > 0) | (roots != 1)).tolist():
            start, length = rows.starts[sentence], rows.lengths[sentence]
            found = (governors[start : start + length] - (start - 1)).tolist()
            governors[start : start + length] = np.array(_made_tree(scores[sentence], found, circles[sentence] > 0)) + (start - 1)
        return governors

    def read(self, sentences: Sequence[Sequence[str]]) -> list[Words]:
        """Return tags, governors and relations of ``sentences``, none empty, none longer than the longest the net takes."""
        rows, index = self._rows(sentences)
        total = rows.total
        state = self._first_layer(index, rows)
        state[rows.gaps] = 0
        for kind, weights, biases in self.layers:
            if kind == "s":
                state += self._recurrence(state, rows, weights, biases)
            else:
                state += self._neighbours(state, int(kind), weights, biases)
            state[rows.gaps] = 0
        tags = ((state @ self.tag_out) + self.tag_bias.times(total)).argmax(1).tolist()
        queries = state @ self.query_out
        queries += self.query_bias.times(total)
        keys = state @ self.key_out
        keys += self.key_bias.times(total)
        keys[rows.is_root] = self.root_key
        governors = self._governors(queries, keys, rows)
        above = state @ self.above_out
        above += self.above_bias.times(total)
        above[rows.is_root] = self.root_label
        # distances of six words and more are one; taking by a clipped index says so
        away = self.distance_label.take(governors - np.arange(total) + 6, 0, mode="clip")
        away[rows.is_root[governors]] = self.root_distance_label
        joined = state @ self.own_out
        joined += self.own_bias.times(total)
        joined += above.take(governors, 0)
        joined += away
        self._positive(joined)
        relations = ((joined @ self.relation_out) + self.relation_bias.times(total)).argmax(1).tolist()
        parents = governors.tolist()
        read = []
        for start, length in zip(rows.starts, rows.lengths, strict=True):
            stop = start + length
            read.append(
                Words(
                    list(map(self.tags.__getitem__, tags[start:stop])),
                    [parent - start for parent in parents[start:stop]],
                    list(map(self.relations.__getitem__, relations[start:stop])),
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


def _made_tree(scores: np.ndarray, governors: list[int], has_circle: bool) -> list[int]:
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
    circle = _circle(governors) if has_circle else []
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


def _keep_to_one_thread() -> None:
    """Let matrices be multiplied on one thread: they are small, and each process of a pool would start as many as there are cores.

    Without threadpoolctl all works as well, but slower where several processes share the cores.
    """
    with suppress(ImportError):
        import_module("threadpoolctl").threadpool_limits(1, user_api="blas")


@cache
def _net() -> _Net:
    _keep_to_one_thread()
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
