"""Words and marks with lemma and part of speech.

Belongs here: cutting a sentence into tokens, and lemmas. Does not belong here: how tag and governing word are chosen (parser), or arguments of verbs (clauses).
Hyphenated words, numbers with their letters ("9.36bn") and dotted abbreviations are one token; clitics ("n't", "'s") are their own.
"""

import re

from pipelines.extraction.annotators.lemmas import lemma_of
from pipelines.extraction.annotators.parser import read_words
from pipelines.extraction.model import Layout, Token

_CHUNK = re.compile(r"\S+")
_PIECE = re.compile(
    r"""https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+\w
    |(?:[A-Za-z]\.){2,}(?:-\w[\w-]*)?                                  # U.S., a.m., U.S.-led
    |[A-Z]{1,3}\$                                                      # US$
    |\d+(?:[.,:/]\d+)*(?:[^\W\d_]+|[-‐‑]\w+)*                          # 11.58, 9.36bn, 13-member, 2025/26
    |[^\W\d_]+?(?=n['’]t(?!\w))|n['’]t(?!\w)
    |['’](?:s|re|ve|ll|d|m|S)(?!\w)
    |\w+(?:(?!['’](?:s|re|ve|ll|d|m|S)(?!\w))(?:[-‐‑'’&]\w+|\.[a-z]\w*))*(?:\.(?=[,;:]))?
    |\.{2,}|--+|.""",
    re.VERBOSE | re.DOTALL,
)
_CACHE_LIMIT = 200_000
_inner: dict[str, tuple[tuple[int, int, str], ...]] = {}
_last: dict[str, tuple[tuple[int, int, str], ...]] = {}


def _pieces(chunk: str, closes: bool) -> tuple[tuple[int, int, str], ...]:
    """Cut what stands between two spaces; inside a sentence a full stop belongs to its abbreviation."""
    pieces = [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(chunk)]
    if not closes and len(pieces) > 1 and pieces[-1][2] == "." and pieces[-2][2][-1].isalnum():
        start, _, word = pieces[-2]
        pieces[-2:] = [(start, start + len(word) + 1, word + ".")]
    return tuple(pieces)


def cut_words(text: str) -> list[tuple[int, int, str]]:
    """Return (start, end, word) of every token of one sentence."""
    words: list[tuple[int, int, str]] = []
    chunks = list(_CHUNK.finditer(text))
    if len(_inner) > _CACHE_LIMIT:
        _inner.clear()
    for found in chunks[:-1]:
        chunk = found[0]
        pieces = _inner.get(chunk)
        if pieces is None:
            pieces = _pieces(chunk, False)
            if len(chunk) < 30:
                _inner[chunk] = pieces
        start = found.start()
        for first, last, word in pieces:
            words.append((start + first, start + last, word))
    if chunks:
        start = chunks[-1].start()
        words.extend((start + first, start + last, word) for first, last, word in _pieces(chunks[-1][0], True))
    return words


def find_tokens(layout: Layout) -> tuple[tuple[Token, ...], ...]:
    """Return the tokens of each sentence of ``layout``, offsets counted from the beginning of the text."""
    cut = [cut_words(sentence.text) for sentence in layout.sentences]
    read = read_words([[word for _, _, word in pieces] for pieces in cut])
    sentences = []
    for sentence, pieces, (tags, parents, relations) in zip(layout.sentences, cut, read, strict=True):
        offset = sentence.start
        sentences.append(
            tuple(
                Token(offset + start, offset + end, word, word.lower(), lemma_of(word, tag), tag, parent, relation)
                for (start, end, word), tag, parent, relation in zip(pieces, tags, parents, relations, strict=True)
            )
        )
    return tuple(sentences)
