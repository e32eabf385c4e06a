"""The sentence around the words a fact rests on, for readers. Nothing is read out of it: the engine splits sentences in earnest."""

import re
from dataclasses import dataclass

_LONGEST = 420
_WINDOW = 300
# The end of a sentence: not an initial, nor a short capitalised word with a stop, which is an abbreviation more often than not.
_END = re.compile(r"(?<![A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})[.!?…][\"”’»)\]]*(?=\s+[\"“‘«(\[]?[A-Z0-9À-ÞĀ-Ž]|\s*$)")


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words and the rest of their sentence; an ellipsis of ours marks where either was cut."""

    before: str
    words: str
    after: str


def quote_of(words: str, before: str = "", after: str = "") -> Quote:
    """Return the quote of ``words`` that stand between ``before`` and ``after`` in the text; white space is made plain."""
    if len(words) > _LONGEST:
        return Quote("", _plain(words[:_LONGEST]).rstrip() + "…", "")
    return Quote(_start_of_sentence(before), _plain(words), "" if _END.search(words[-3:] + " ") else _end_of_sentence(after))


def _start_of_sentence(before: str) -> str:
    is_cut = len(before) >= _WINDOW and "\n" not in before
    paragraph = before.rpartition("\n")[2]
    ends = [match.end() for match in _END.finditer(paragraph + "X") if match.end() < len(paragraph)]
    # The look-ahead needs a letter to follow: the quoted words themselves begin with one.
    sentence = paragraph[ends[-1] :] if ends else paragraph
    text = _plain(sentence).lstrip()
    return "… " + text.partition(" ")[2] if is_cut and not ends else text


def _end_of_sentence(after: str) -> str:
    paragraph, newline, _ = after.partition("\n")
    match = _END.search(paragraph)
    if match and (match.end() < len(paragraph) or newline or len(after) < _WINDOW):
        return _plain(paragraph[: match.end()]).rstrip()
    if newline or len(after) < _WINDOW:
        return _plain(paragraph).rstrip()
    return _plain(paragraph.rpartition(" ")[0]).rstrip() + " …"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)
