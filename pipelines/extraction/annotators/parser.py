"""Reads part of speech, governing word and relation of every word with a small trained net.

Belongs here: turning words into the net's input, and running it. Does not belong here: training (pipelines/extraction/training), lemmas,
or what a relation means for a clause (clauses).

The net sees a word only through its form, endings, shape and known verb forms. What its first layer makes of a word type is computed once
and remembered, so reading an article is a handful of matrix operations over all its sentences at once. Between sentences stand rows of
zeros as wide as the net's reach, so that no sentence sees another; the row before each sentence plays the root.
"""

from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipelines.extraction.annotators.lemmas import verb_reading

_MODEL = Path(__file__).parents[1] / "models" / "syntax.npz"
_TYPES = 16_384  # word types remembered; then the memory starts afresh
_GAP = 4
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


def is_caseless(words: list[str]) -> bool:
    """Whether a sentence is written in Title Case or capitals throughout."""
    longer = [word for word in words if len(word) > 3 and word.isalpha()]
    return len(longer) > 2 and sum(word[0].isupper() for word in longer) > _CASELESS_SHARE * len(longer)


class _Net:
    """The weights, and the memory of word types."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.names = stored["features"].tobytes().decode().split("\n")
            scale = stored["embedding_scale"]
            self.embedding = stored["embedding"].astype(np.float32) * scale
            self.tags = stored["tags"].tobytes().decode().split("\n")
            self.relations = stored["relations"].tobytes().decode().split("\n")
            weights = {name: stored[name].astype(np.float32) for name in stored.files if stored[name].dtype == np.float16}
        self.vocabulary = {name: index for index, name in enumerate(self.names)}
        self.first = weights["first"]  # embedding size × (5 · hidden)
        self.first_bias = weights["first_bias"]
        self.layers = [(1 << depth, weights[f"layer{depth}"], weights[f"layer{depth}_bias"]) for depth in range(3)]
        self.out = weights["out"]
        self.out_bias = weights["out_bias"]
        self.root_key = weights["root_key"]
        self.root_label = weights["root_label"]
        self.distance_label = weights["distance_label"]
        self.relation_out = weights["relation_out"]
        self.relation_bias = weights["relation_bias"]
        self.hidden = self.first_bias.shape[0]
        self.arc = self.root_key.shape[0]
        self.label = self.root_label.shape[0]
        self.bias = self._distance_bias(weights["distance"], float(weights["root_bias"][0]))
        self._forget()

    @staticmethod
    def _distance_bias(distance: np.ndarray, root: float) -> np.ndarray:
        """Return the bias of every (word, governor) pair of a longest sentence; column 0 is the root."""
        reach = distance.shape[0] // 2
        index = np.arange(_LONGEST)
        bias = np.empty((_LONGEST, _LONGEST + 1), np.float32)
        bias[:, 0] = root
        bias[:, 1:] = distance[np.clip(index[None, :] - index[:, None], -reach, reach) + reach]
        bias[index, index + 1] = -1e9
        return bias

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

    def ids(self, words: list[str]) -> list[int]:
        """Return the memory row of each word of one sentence."""
        caseless = is_caseless(words)
        types = self.types[caseless]
        return [types[word] if word in types else self._learn(word, caseless) for word in words]

    def read(self, sentences: list[list[str]]) -> list[Words]:
        """Return tags, governors and relations of ``sentences``, none longer than the longest the net takes."""
        if self.count > _TYPES:
            self._forget()
        rows: list[int] = [0] * _GAP
        starts = []
        for words in sentences:
            starts.append(len(rows))
            rows += self.ids(words)
            rows += [0] * _GAP
        index = np.array(rows)
        mask = (index > 0).astype(np.float32)[:, None]
        size = self.hidden
        first = self.memory.take(index, 0)
        total = len(rows)
        state = np.zeros((total, size), np.float32)
        state[2 : total - 2] = first[: total - 4, :size]
        for place in range(1, 5):
            state[2 : total - 2] += first[place : total - 4 + place, place * size : (place + 1) * size]
        state += self.first_bias
        np.maximum(state, 0, out=state)
        state *= mask
        for reach, weight, bias in self.layers:
            wide = np.zeros((total, 3 * size), np.float32)
            wide[reach:, :size] = state[:-reach]
            wide[:, size : 2 * size] = state
            wide[:-reach, 2 * size :] = state[reach:]
            change = wide @ weight
            change += bias
            np.maximum(change, 0, out=change)
            state += change
            state *= mask
        scores = state @ self.out
        scores += self.out_bias
        a = len(self.tags)
        b, c, d = a + self.arc, a + 2 * self.arc, a + 2 * self.arc + self.label
        tags = scores[:, :a].argmax(1).tolist()
        queries = np.ascontiguousarray(scores[:, a:b])
        keys = np.ascontiguousarray(scores[:, b:c])
        before = np.array(starts) - 1
        keys[before] = self.root_key
        governors = np.zeros(total, np.int64)
        for start, words in zip(starts, sentences, strict=True):
            n = len(words)
            arcs = queries[start : start + n] @ keys[start - 1 : start + n].T
            arcs += self.bias[:n, : n + 1]
            governors[start : start + n] = arcs.argmax(1)
            governors[start : start + n] += start - 1
        governor_side = scores[:, d:]
        governor_side[before] = self.root_label
        is_root = np.zeros(total, bool)
        is_root[before] = True
        offset = governors - np.arange(total)
        bucket = np.clip(np.sign(offset) * np.minimum(np.abs(offset), 6) + 6, 0, 11)
        bucket[is_root[governors]] = 12
        joined = scores[:, c:d] + governor_side[governors]
        joined += self.distance_label[bucket]
        np.maximum(joined, 0, out=joined)
        relations = (joined @ self.relation_out + self.relation_bias).argmax(1).tolist()
        parents = governors.tolist()
        read = []
        for start, words in zip(starts, sentences, strict=True):
            stop = start + len(words)
            read.append(
                Words(
                    [self.tags[tag] for tag in tags[start:stop]],
                    _tree([parent - start for parent in parents[start:stop]]),
                    [self.relations[relation] for relation in relations[start:stop]],
                )
            )
        return read


def _tree(parents: list[int]) -> list[int]:
    """Return ``parents`` with every cycle broken at its first word."""
    seen = [0] * len(parents)  # 0 unseen, else the walk that saw it
    for walk, place in enumerate(range(len(parents)), 1):
        current = place
        while current >= 0 and not seen[current]:
            seen[current] = walk
            current = parents[current]
        if current >= 0 and seen[current] == walk:
            parents[current] = -1
    return parents


@cache
def _net() -> _Net:
    return _Net(_MODEL)


def read_words(sentences: list[list[str]]) -> list[Words]:
    """Return tags, governing words (-1 for none) and relations of the words of each of ``sentences``."""
    net = _net()
    if all(len(words) <= _LONGEST for words in sentences) and sum(map(len, sentences)) < 20_000:
        return net.read(sentences) if sentences else []
    read: list[Words] = []
    batch: list[list[str]] = []
    joints: list[int] = []  # how many pieces each sentence was cut into
    return _read_long(net, sentences, read, batch, joints)


def _read_long(net: _Net, sentences: list[list[str]], read: list[Words], batch: list[list[str]], joints: list[int]) -> list[Words]:
    pieces: list[Words] = []
    size = 0
    for words in sentences:
        cuts = [words[start : start + _LONGEST] for start in range(0, len(words), _LONGEST)] or [[]]
        joints.append(len(cuts))
        for cut in cuts:
            batch.append(cut)
            size += len(cut) + _GAP
            if size > 10_000:
                pieces += net.read(batch)
                batch, size = [], 0
    if batch:
        pieces += net.read(batch)
    position = 0
    for count in joints:
        tags: list[str] = []
        parents: list[int] = []
        relations: list[str] = []
        for piece in pieces[position : position + count]:
            base = len(tags)
            parents += [parent + base if parent >= 0 else -1 for parent in piece.parents]
            tags += piece.tags
            relations += piece.relations
        position += count
        read.append(Words(tags, parents, relations))
    return read
