"""Trains the parser and writes its weights.

    pip install torch
    python -m pipelines.extraction.training.train_parser TREES.conllu.gz pipelines/extraction/models/syntax.npz

Belongs here: the net as torch sees it, how it is trained, and the form its weights are stored in. Does not belong here: running it
(annotators/parser, which needs numpy only), or reading treebanks (treebank). The same trees, seed and torch give the same weights.

The net: a sum of feature vectors a word; a window of five words; layers over neighbours and simple recurrent layers; and on top the tag,
a biaffine choice of the governing word with a bias for distance, and the relation of the two. It is too small to overfit: little dropout.
"""

import argparse
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from pipelines.extraction.annotators.parser import features_of, is_caseless
from pipelines.extraction.training.news_sentences import invented
from pipelines.extraction.training.treebank import Tree, trees

TAGS = ["NOUN", "PROPN", "VERB", "AUX", "ADJ", "ADV", "ADP", "DET", "PRON", "NUM", "PART", "SCONJ", "CCONJ", "PUNCT", "SYM", "X", "INTJ"]
RELATIONS = [
    *(
        "root",
        "nsubj",
        "nsubj:pass",
        "obj",
        "iobj",
        "obl",
        "nmod",
        "nmod:poss",
        "case",
        "det",
        "amod",
        "compound",
        "flat",
        "conj",
        "cc",
        "aux",
    ),
    *("aux:pass", "cop", "mark", "advcl", "acl", "acl:relcl", "ccomp", "xcomp", "csubj", "appos", "nummod", "advmod", "punct", "parataxis"),
    *("compound:prt", "nmod:unmarked", "obl:unmarked", "expl", "list", "dep"),
]
# Relations that are told apart nowhere in the engine.
_MERGED = {
    "obl:agent": "obl",
    "obl:tmod": "obl:unmarked",
    "nmod:tmod": "nmod:unmarked",
    "obl:npmod": "obl:unmarked",
    "nmod:npmod": "nmod:unmarked",
    "nmod:desc": "compound",
    "fixed": "flat",
    "goeswith": "flat",
    "flat:foreign": "flat",
    "flat:name": "flat",
    "nsubj:outer": "nsubj",
    "csubj:pass": "csubj",
    "csubj:outer": "csubj",
    "advcl:relcl": "advcl",
    "det:predet": "det",
    "cc:preconj": "cc",
    "aux:caus": "aux",
}
_SMALL_WORDS = frozenset(("of", "in", "on", "to", "for", "and", "at", "with", "from", "by", "as", "the", "a", "an", "over"))
_IGNORED = -100
_REACH = 31  # distances between words that have a bias of their own
_FEATURES = 7
_FORMS = 2  # the first of them are whole forms
HIDDEN, EMBEDDING, ARC, LABEL, WINDOW, LAYERS = 96, 64, 48, 32, 2, "s1s"
DROPOUT, UNKNOWN, SMOOTHING, RATE, EPOCHS, BATCH_WORDS, INVENTED, VARIETIES = 0.1, 0.05, 0.998, 3e-3, 36, 800, 1800, 9


class _Recurrent(nn.Module):
    """A simple recurrent unit, half of it forward, half backward."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.both = nn.Linear(size, 2 * size)
        nn.init.constant_(self.both.bias[size:], 0.0)

    def forward(self, state: torch.Tensor, drop: nn.Dropout, mask: torch.Tensor) -> torch.Tensor:
        """Return ``state`` and what was gathered up to each word."""
        size = state.shape[2]
        half = size // 2
        both = self.both(drop(state))
        keep = torch.sigmoid(both[..., size:])
        new = (1 - keep) * torch.relu(both[..., :size]) * mask[..., None]

        def turned(matrix: torch.Tensor) -> torch.Tensor:
            return torch.cat([matrix[..., :half], matrix[..., half:].flip(1)], 2)

        carried = torch.zeros_like(state[:, 0])
        gathered = []
        for kept, added in zip(turned(keep).unbind(1), turned(new).unbind(1), strict=True):
            carried = kept * carried + added
            gathered.append(carried)
        return state + turned(torch.stack(gathered, 1))


class Net(nn.Module):
    """The parser as it is trained."""

    def __init__(self, features: int) -> None:
        super().__init__()
        self.embedding = nn.Embedding(features, EMBEDDING)
        nn.init.normal_(self.embedding.weight, std=0.3)
        self.first = nn.Conv1d(EMBEDDING, HIDDEN, 2 * WINDOW + 1, padding=WINDOW)
        self.layers = nn.ModuleList(
            [_Recurrent(HIDDEN) if kind == "s" else nn.Conv1d(HIDDEN, HIDDEN, 3, padding=int(kind), dilation=int(kind)) for kind in LAYERS]
        )
        self.tag = nn.Linear(HIDDEN, len(TAGS))
        self.query, self.key = nn.Linear(HIDDEN, ARC), nn.Linear(HIDDEN, ARC)
        self.root_key, self.root_bias = nn.Parameter(torch.zeros(ARC)), nn.Parameter(torch.zeros(1))
        self.distance = nn.Parameter(torch.zeros(2 * _REACH + 1))
        self.own, self.above = nn.Linear(HIDDEN, LABEL), nn.Linear(HIDDEN, LABEL)
        self.root_label = nn.Parameter(torch.zeros(LABEL))
        self.distance_label = nn.Embedding(13, LABEL)
        self.relation = nn.Linear(LABEL, len(RELATIONS))
        self.drop = nn.Dropout(DROPOUT)

    def states(self, words: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return a vector a word."""
        if self.training:  # now and then a word's form is unknown, and only its endings and shape tell what it is
            unknown = torch.rand(words.shape[:2]) < UNKNOWN
            words = torch.cat([words[..., :_FORMS].masked_fill(unknown[..., None], 0), words[..., _FORMS:]], 2)
        vectors = self.embedding(words).sum(2)
        if self.training:
            vectors = vectors * (torch.rand(vectors.shape[:2]) > 0.02).float()[..., None]
        vectors = vectors * mask[..., None]
        state = torch.relu(self.first(self.drop(vectors).transpose(1, 2))).transpose(1, 2)
        for kind, layer in zip(LAYERS, self.layers, strict=True):
            state = state * mask[..., None]
            if kind == "s":
                state = layer(state, self.drop, mask)
            else:
                state = state + torch.relu(layer(self.drop(state).transpose(1, 2))).transpose(1, 2)
        return self.drop(state * mask[..., None])

    def arcs(self, state: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the score of every word's every governor; column 0 is the root."""
        place = torch.arange(state.shape[1])
        away = (place[None, :] - place[:, None]).clamp(-_REACH, _REACH) + _REACH
        query = self.query(state)
        scores = query @ self.key(state).transpose(1, 2) / math.sqrt(ARC) + self.distance[away]
        scores = scores.masked_fill(~mask[:, None].bool(), -1e9).masked_fill(torch.eye(len(place)).bool()[None], -1e9)
        root = (query @ self.root_key) / math.sqrt(ARC) + self.root_bias
        return torch.cat([root[..., None], scores], 2)

    def labels(self, state: torch.Tensor, parents: torch.Tensor) -> torch.Tensor:
        """Return the score of every relation of each word to its governor in ``parents`` (0 is the root)."""
        above = torch.cat([self.root_label.expand(len(state), 1, LABEL), self.above(state)], 1)
        above = torch.gather(above, 1, parents[..., None].expand(-1, -1, LABEL))
        away = (parents - 1 - torch.arange(state.shape[1])[None]).clamp(-6, 5) + 6
        away = torch.where(parents == 0, torch.full_like(away, 12), away)
        return self.relation(torch.relu(self.own(state) + above + self.distance_label(away)))


def _recast(words: list[str], chance: random.Random) -> list[str]:
    """Return ``words``, now and then written as headlines are: Title Case, capitals, or lower case."""
    share = chance.random()
    if share < 0.10:
        return [word if place and word.lower() in _SMALL_WORDS else word[:1].upper() + word[1:] for place, word in enumerate(words)]
    if share < 0.12:
        return [word.upper() for word in words]
    return [word.lower() for word in words] if share < 0.14 else words


class _Coder:
    """Words and relations as numbers."""

    def __init__(self, known: Sequence[Tree], made: Sequence[Tree]) -> None:
        count = Counter(name for tree in known for word in tree.words for name in features_of(word, False))
        count.update({name for tree in made for word in tree.words for name in features_of(word, False)})
        names = [name for name, times in sorted(count.items()) if times >= (2 if name[:2] in ("f=", "l=") else 4)]
        self.names = ["<unknown>", "<nothing>", "h=N", *[name for name in names if name != "h=N"]]
        self.index = {name: place for place, name in enumerate(self.names)}
        self._seen: dict[tuple[str, bool], list[int]] = {}

    def words(self, words: list[str]) -> list[list[int]]:
        """Return the features of each word."""
        caseless = is_caseless(words)
        rows = []
        for word in words:
            row = self._seen.get((word, caseless))
            if row is None:
                row = self._seen[word, caseless] = [self.index.get(name, 0) for name in features_of(word, caseless)]
            rows.append(row)
        return rows

    @staticmethod
    def relation(name: str) -> int:
        """Return the number of a relation, of ``dep`` for one that is not kept apart."""
        name = _MERGED.get(name, name)
        return RELATIONS.index(name if name in RELATIONS else "dep")

    def batches(self, known: Sequence[Tree], chance: random.Random) -> Iterator[tuple[torch.Tensor, ...]]:
        """Yield features, tags, parents, relations and mask of sentences of like length, in random order."""
        order = list(range(len(known)))
        chance.shuffle(order)
        order.sort(key=lambda place: len(known[place].words) + chance.random() * 4)
        groups: list[list[int]] = [[]]
        for place in order:
            groups[-1].append(place)
            if sum(len(known[member].words) for member in groups[-1]) > BATCH_WORDS:
                groups.append([])
        groups = [group for group in groups if group]
        chance.shuffle(groups)
        for group in groups:
            longest = max(len(known[place].words) for place in group)
            features = np.ones((len(group), longest, _FEATURES), np.int64)
            targets = np.full((3, len(group), longest), _IGNORED)
            mask = np.zeros((len(group), longest), np.float32)
            for row, place in enumerate(group):
                tree = known[place]
                size = len(tree.words)
                features[row, :size] = self.words(_recast(tree.words, chance))
                targets[0, row, :size] = [TAGS.index(tag) for tag in tree.tags]
                targets[1, row, :size] = [parent + 1 for parent in tree.parents]
                targets[2, row, :size] = [self.relation(name) for name in tree.relations]
                mask[row, :size] = 1
            yield tuple(map(torch.tensor, (features, *targets, mask)))


def train(known: Sequence[Tree], seed: int = 1) -> tuple[Net, _Coder]:
    """Return the net trained on ``known`` and on invented news sentences, new ones every epoch of nine."""
    torch.manual_seed(seed)
    chance = random.Random(seed)
    made = [[Tree(*sentence) for sentence in invented(INVENTED, 100 * seed + variety)] for variety in range(VARIETIES)]
    coder = _Coder(known, made[0])
    net = Net(len(coder.names))
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE, betas=(0.9, 0.95))
    means = [weight.detach().clone() for weight in net.parameters()]  # of the weights over the last steps: steadier than the last ones
    step, total = 0, 0
    for epoch in range(EPOCHS):
        batches = list(coder.batches([*known, *made[epoch % VARIETIES]], chance))
        total = total or EPOCHS * len(batches)
        losses = 0.0
        for features, tags, parents, relations, mask in batches:
            for group in optimiser.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / 150) * max(0.01, 1 - step / total)
            state = net.states(features, mask)
            loss = (
                functional.cross_entropy(net.tag(state).flatten(0, 1), tags.flatten())
                + functional.cross_entropy(net.arcs(state, mask).flatten(0, 1), parents.flatten())
                + functional.cross_entropy(net.labels(state, parents.clamp(min=0)).flatten(0, 1), relations.flatten())
            )
            optimiser.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            optimiser.step()
            step += 1
            for mean, weight in zip(means, net.parameters(), strict=True):
                mean.lerp_(weight.detach(), 1 - SMOOTHING)
            losses += loss.item()
        print(f"epoch {epoch + 1}: loss {losses / len(batches):.3f}", flush=True)
    with torch.no_grad():
        for mean, weight in zip(means, net.parameters(), strict=True):
            weight.copy_(mean)
    return net, coder


def _texts(words: Sequence[str]) -> np.ndarray:
    return np.frombuffer("\n".join(words).encode(), np.uint8)


def store(net: Net, coder: _Coder, path: Path) -> None:
    """Write the weights in the form that ``annotators/parser`` reads: embeddings in one byte a number, the rest in two."""
    weights = {name: value.detach().numpy() for name, value in net.named_parameters()}
    vectors = weights["embedding.weight"]
    scale = np.abs(vectors).max(1, keepdims=True) / 127 + 1e-9
    kept = {
        "first": np.concatenate([weights["first.weight"][:, :, place].T for place in range(2 * WINDOW + 1)], 1),
        "first_bias": weights["first.bias"],
        "root_key": weights["root_key"],
        "root_label": weights["root_label"],
        "root_bias": weights["root_bias"],
        "distance": weights["distance"],
        "distance_label": weights["distance_label.weight"],
        "relation_out": weights["relation.weight"].T,
        "relation_bias": weights["relation.bias"],
    }
    half = HIDDEN // 2
    by_direction = np.r_[0:half, HIDDEN : HIDDEN + half, half:HIDDEN, HIDDEN + half : 2 * HIDDEN]
    for depth, kind in enumerate(LAYERS):
        if kind == "s":
            kept[f"layer{depth}"] = weights[f"layers.{depth}.both.weight"][by_direction].T
            kept[f"layer{depth}_bias"] = weights[f"layers.{depth}.both.bias"][by_direction]
        else:
            kept[f"layer{depth}"] = np.concatenate([weights[f"layers.{depth}.weight"][:, :, place].T for place in range(3)], 0)
            kept[f"layer{depth}_bias"] = weights[f"layers.{depth}.bias"]
    parts = [("tag", 1.0), ("query", 1 / math.sqrt(ARC)), ("key", 1.0), ("own", 1.0), ("above", 1.0)]
    kept["out"] = np.concatenate([weights[f"{name}.weight"] * scaled for name, scaled in parts], 0).T
    kept["out_bias"] = np.concatenate([weights[f"{name}.bias"] * scaled for name, scaled in parts])
    np.savez_compressed(
        path,
        embedding=np.round(vectors / scale).astype(np.int8),
        embedding_scale=scale.astype(np.float32),
        features=_texts(coder.names),
        tags=_texts(TAGS),
        relations=_texts(RELATIONS),
        layers=np.frombuffer(LAYERS.encode(), np.uint8),
        **{name: np.ascontiguousarray(value, dtype=np.float16) for name, value in kept.items()},  # type: ignore[arg-type]  # numpy's stub takes any of them for allow_pickle
    )


def main() -> None:
    """Train on the treebank named first and write the weights to the file named second."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("trees", type=Path)
    options.add_argument("weights", type=Path)
    options.add_argument("--threads", type=int, default=1, help="more are faster, but the weights may differ in the last digit")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    store(*train(list(trees(chosen.trees))), chosen.weights)


if __name__ == "__main__":
    main()
