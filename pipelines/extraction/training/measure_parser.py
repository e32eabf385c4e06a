"""Measures the shipped parser on a treebank it has not seen.

    python -m pipelines.extraction.training.measure_parser TREES.conllu.gz

Prints accuracy of tags and governors, and F1 of the tags and relations clauses are built from. Passive and active subjects count as one
relation, as do the kinds of noun modifiers that different treebanks tell apart differently.
"""

import argparse
from collections import Counter
from pathlib import Path

from pipelines.extraction.annotators.parser import read_words
from pipelines.extraction.training.treebank import trees

_SHOWN_TAGS = ("VERB", "AUX", "NOUN", "PROPN", "ADJ", "ADP")
_SHOWN = (
    "subject",
    "object",
    "oblique",
    "noun modifier",
    "prepositional phrase",
    "conjunct",
    "relative clause",
    "adverbial clause",
    "complement clause",
    "infinitive",
)
_KINDS = {
    "nsubj": "subject",
    "nsubj:pass": "subject",
    "nsubj:outer": "subject",
    "obj": "object",
    "obl": "oblique",
    "obl:agent": "oblique",
    "nmod": "noun modifier",
    "conj": "conjunct",
    "acl:relcl": "relative clause",
    "advcl": "adverbial clause",
    "ccomp": "complement clause",
    "xcomp": "infinitive",
}


def measure(path: Path) -> dict[str, float]:
    """Return the shipped parser's figures on the treebank at ``path``."""
    gold = list(trees(path))
    read = read_words([tree.words for tree in gold])
    count: Counter[tuple[str, str]] = Counter()
    words = tags = parents = 0
    for tree, found in zip(gold, read, strict=True):
        for place in range(len(tree.words)):
            words += 1
            tags += tree.tags[place] == found.tags[place]
            same_parent = tree.parents[place] == found.parents[place]
            parents += same_parent
            pairs = [(tree.tags[place], found.tags[place], True)]
            true_kind, found_kind = _KINDS.get(tree.relations[place], ""), _KINDS.get(found.relations[place], "")
            pairs.append((true_kind, found_kind, same_parent))
            both = ("oblique", "noun modifier")
            pairs.append(
                ("prepositional phrase" if true_kind in both else "", "prepositional phrase" if found_kind in both else "", same_parent)
            )
            for true, guess, fits in pairs:
                count["gold", true] += 1
                count["found", guess] += 1
                count["right", true] += true == guess and fits
    figures = {"tag accuracy": tags / words, "governor accuracy": parents / words}
    for name in _SHOWN_TAGS + _SHOWN:
        figures[f"F1 {name}"] = 2 * count["right", name] / max(1, count["gold", name] + count["found", name])
    return figures


def main() -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("trees", type=Path)
    for name, value in measure(options.parse_args().trees).items():
        print(f"{name:28} {value:.3f}")


if __name__ == "__main__":
    main()
