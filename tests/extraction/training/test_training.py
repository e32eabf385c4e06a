"""What the parser is trained on: invented sentences are trees, treebanks lie over our tokens; and what is shipped."""

import gzip
from pathlib import Path

import pytest

from pipelines.extraction import annotators
from pipelines.extraction.training.news_sentences import invented
from pipelines.extraction.training.treebank import trees

MODELS = Path(annotators.__file__).parents[1] / "models"

SENTENCE = """# doc = {document}
# text = Ana didn't visit the north-east.
1\tAna\tana\tPROPN\tNNP\t_\t4\tnsubj\t_\t_
2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdid\tdo\tAUX\tVBD\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tvisit\tvisit\tVERB\tVB\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t8\tdet\t_\t_
6\tnorth\tnorth\tNOUN\tNN\t_\t8\tcompound\t_\t_
7\t-\t-\tPUNCT\tHYPH\t_\t8\tpunct\t_\t_
8\teast\teast\tNOUN\tNN\t_\t4\tobj\t_\t_
9\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_
"""


def test_invented_sentences_are_trees_and_always_the_same():
    made = invented(60, seed=4)
    assert made == invented(60, seed=4)
    for words, tags, parents, relations in made:
        assert len(words) == len(tags) == len(parents) == len(relations) <= 60
        assert parents.count(-1) == 1
        assert [relation for relation, parent in zip(relations, parents, strict=True) if parent < 0] == ["root"]
        for place in range(len(words)):
            steps = 0
            while place >= 0:
                place, steps = parents[place], steps + 1
                assert steps <= len(words)


def write(path: Path, *documents: str) -> Path:
    with gzip.open(path, "wt", encoding="utf-8") as stored:
        stored.write("\n".join(SENTENCE.format(document=document) for document in documents))
    return path


def test_a_treebank_lies_over_our_tokens(tmp_path: Path):
    (tree,) = trees(write(tmp_path / "a.conllu.gz", "weblog-1"))
    assert tree.words == ["Ana", "did", "n't", "visit", "the", "north-east", "."]
    assert tree.parents == [3, 3, 3, -1, 5, 3, 3]
    assert tree.relations[5] == "obj"


@pytest.mark.parametrize(("document", "count"), [("GUM_news_x", 1), ("GUM_fiction_x", 0), ("email-1", 1)])
def test_only_documents_that_may_be_trained_on_are_read(tmp_path: Path, document: str, count: int):
    assert len(list(trees(write(tmp_path / "a.conllu.gz", document)))) == count


def test_the_shipped_weights_are_small_and_licensed():
    assert (MODELS / "syntax.npz").stat().st_size < 1_500_000
    assert "CC BY-SA 4.0" in (MODELS / "LICENCE.md").read_text("utf-8")
