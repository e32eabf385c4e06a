"""Words and marks with lemma and part of speech.

Belongs here: cutting a sentence into tokens. Does not belong here: how tag and governing word are chosen (parser), how lemmas are found
(lemmas), or arguments of verbs (clauses).
Hyphenated words, numbers with their letters ("9.36bn") and dotted abbreviations are one token; clitics ("n't", "'s") are their own.
"""

import re
from collections.abc import Sequence
from functools import partial

from pipelines.extraction.annotators.lemmas import lemma_of
from pipelines.extraction.annotators.parser import read_words
from pipelines.extraction.model import Layout, Token

_PIECE = re.compile(
    r"""https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.]+\w
    |(?:[A-Za-z]\.){2,}(?:-\w[\w-]*)?                                  # U.S., a.m., U.S.-led
    |[A-Za-z]{1,4}\d+(?:[.,]\d+)*[^\W_]*(?:[-‐‑–]\w+)*                 # Rs500, Sh124.1, COP30, G20-style
    |[A-Z]{1,3}\$                                                      # US$
    |\d+(?:[.,:/]\d+)*(?:[^\W_]+|[-‐‑–]\w+)*                           # 11.58, 9.36bn, 13-member, 2025/26, 9MFY25
    |[^\W\d_]+?(?=n['’]t(?!\w))|n['’]t(?!\w)
    |['’](?:s|re|ve|ll|d|m|S)(?!\w)
    |\w+(?:(?!['’](?:s|re|ve|ll|d|m|S)(?!\w))(?:[-‐‑–'’&]\w+|\.[a-z]\w*))*(?:\.(?=[,;:]))?
    |\.{2,}|--+|.""",
    re.VERBOSE | re.DOTALL,
)
_CACHE_LIMIT = 100_000
_LONGEST_CACHED = 30
_token = partial(tuple.__new__, Token)  # what Token._make does, in half the time
_Pieces = tuple[tuple[int, int, str], ...] | None
_known: dict[str, _Pieces] = {}  # chunk inside a sentence → its pieces, None where it is one word


def _pieces(chunk: str, closes: bool) -> _Pieces:
    """Cut what stands between two spaces; inside a sentence a full stop belongs to its abbreviation."""
    pieces = [(found.start(), found.end(), found[0]) for found in _PIECE.finditer(chunk)]
    if not closes and len(pieces) > 1 and pieces[-1][2] == "." and pieces[-2][2][-1].isalnum():
        start, _, word = pieces[-2]
        pieces[-2:] = [(start, start + len(word) + 1, word + ".")]
    return tuple(pieces) if len(pieces) > 1 else None


def _known_pieces(chunk: str) -> _Pieces:
    if len(_known) > _CACHE_LIMIT:
        _known.clear()
    pieces = _pieces(chunk, False)
    if len(chunk) <= _LONGEST_CACHED:
        _known[chunk] = pieces
    return pieces


def cut_words(text: str, offset: int = 0) -> tuple[list[int], list[int], list[str]]:
    """Return starts, ends and words of every token of one sentence, ``offset`` added to every place."""
    starts: list[int] = []
    ends: list[int] = []
    words: list[str] = []
    chunks = text.split()
    position = 0
    last = len(chunks) - 1
    for count, chunk in enumerate(chunks):
        position = text.find(chunk, position)
        start = offset + position
        position += len(chunk)
        pieces = (_known[chunk] if chunk in _known else _known_pieces(chunk)) if count < last else _pieces(chunk, True)
        if pieces is None:
            starts.append(start)
            ends.append(offset + position)
            words.append(chunk)
        else:
            for first, stop, word in pieces:
                starts.append(start + first)
                ends.append(start + stop)
                words.append(word)
    return starts, ends, words


class TokensWhenAsked(Sequence[tuple[Token, ...]]):
    """The tokens of each sentence of a layout, read when the first of them is asked for."""

    __slots__ = ("_layout", "_tokens")

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self._tokens: tuple[tuple[Token, ...], ...] | None = None

    def all(self) -> tuple[tuple[Token, ...], ...]:
        """Return the tokens of every sentence."""
        if self._tokens is None:
            self._tokens = find_tokens(self._layout)
        return self._tokens

    def __len__(self) -> int:
        return len(self._layout.sentences)

    def __getitem__(self, index):  # type: ignore[no-untyped-def]
        return self.all()[index]


def find_tokens(layout: Layout) -> tuple[tuple[Token, ...], ...]:
    """Return the tokens of each sentence of ``layout``, offsets counted from the beginning of the text."""
    cut = [cut_words(sentence.text, sentence.start) for sentence in layout.sentences]
    read = read_words([words for _, _, words in cut])
    return tuple(
        [
            tuple(
                map(
                    _token,
                    zip(starts, ends, words, map(str.lower, words), map(lemma_of, words, tags), tags, parents, relations, strict=True),
                )
            )
            for (starts, ends, words), (tags, parents, relations) in zip(cut, read, strict=True)
        ]
    )
