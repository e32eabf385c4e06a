"""What is traded: the goods named beside a flow.

Belongs here: goods before the noun ("rice exports"), after it ("exports of rice") and after the figure ("$5bn worth of coal").
Does not belong here: parties and amounts.
"""

import re

from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words

_OF_GOODS = re.compile(r"\s+(?:of|in)\s+")
_WORTH_OF = re.compile(r"(?:[’']s?)?\s+(?:(?:worth\s+)?of|in)\s+")
_GOODS_LISTED = re.compile(r"\s*(?:[a-z-]+(?:\s[a-z-]+)?,\s){1,5}(?:[a-z-]+(?:\s[a-z-]+)?),?\s(?=and\s+[a-z])")
_LONGEST, _LONGEST_LIST = 6, 14  # tokens
_GOODS_STOP = frozenset(
    [
        "to",
        "from",
        "with",
        "by",
        "and",
        "or",
        "in",
        "on",
        "at",
        "for",
        "was",
        "were",
        "is",
        "are",
        "that",
        "which",
        "during",
        "over",
        "into",
        "through",
        "than",
        "as",
        "of",
        "the",
        "its",
        "their",
        "this",
        "per",
        "while",
        "but",
        "reached",
        "rose",
        "fell",
        "hit",
    ]
)


def commodity_of(passage: Passage, mark: Mark, anchor_start: int, anchor_end: int, stop: int) -> str | None:
    """Return the goods that the phrase of ``mark`` or of the figure names, in the words of the text; None for all goods."""
    if mark.flow not in ("exports", "imports", "total", "balance", "contract"):
        return None
    return (
        _goods_in_form(mark)
        or _goods_after(passage, mark.end, anchor_start)
        or _goods_before(passage, mark)
        or (goods_of_figure(passage, anchor_end, stop) if mark.kind == "verb" or mark.start < anchor_end else None)
    )


def _goods_in_form(mark: Mark) -> str | None:
    for word, commodity in (("services", "services"), ("non-oil", "non-oil"), ("arms", "arms")):
        if word in mark.form and "goods and" not in mark.form:
            return commodity
    return None


def _goods_before(passage: Passage, mark: Mark) -> str | None:
    """Return the nouns and adjectives right before the flow's noun, without names, numbers and words of all goods."""
    if mark.kind == "verb":
        return None
    all_goods = trade_words().lists["all_goods"]
    party_spans = [(actor.start, actor.end) for actor in passage.parties]
    kept: list = []
    for token in reversed([token for token in passage.tokens if token.end <= mark.start and token.start >= mark.start - 60]):
        if kept and passage.lower[token.end : kept[-1].start].strip(" "):
            break
        if not kept and passage.lower[token.end : mark.start].strip(" "):
            break
        if (
            token.tag not in ("NOUN", "ADJ", "PROPN", "PUNCT", "CCONJ")
            or token.lower[0].isdigit()
            or any(char.isdigit() for char in token.lower)
        ):
            break
        if any(start <= token.start < end for start, end in party_spans) or token.lower in ("’s", "'s"):
            break
        if any(amount.start <= token.start < amount.end for amount in passage.amounts):
            break
        if token.tag == "PUNCT" and token.text not in "-–&":
            break
        if (token.lower in all_goods or (token.tag == "CCONJ" and token.lower != "and")) and token.lower not in ("and",):
            break
        if any(
            other.start == token.start
            and other.kind in ("noun", "trend", "level", "cue", "rank_adjective", "rank_ordinal", "block", "verb", "giving", "receiving")
            for other in passage.marks
        ):
            break
        kept.append(token)
    while kept and (kept[-1].tag in ("PUNCT", "CCONJ")):
        kept.pop()
    if not kept or all(token.tag == "ADJ" and token.lower in all_goods for token in kept):
        return None
    if mark.flow == "balance" and all(token.tag == "ADJ" for token in kept):
        return None
    if kept[0].tag in ("CCONJ", "PUNCT"):
        return None
    if any(time.start < kept[0].end and time.end > kept[-1].start for time in passage.times):
        return None
    words = passage.text[kept[-1].start : kept[0].end]
    return words if any(char.isalpha() for char in words) else None


def _goods_after(passage: Passage, start: int, stop: int) -> str | None:
    """Return the goods of "exports of rice" or "trade in rice"."""
    opened = _OF_GOODS.match(passage.lower, start)
    return noun_phrase(passage, opened.end(), max(stop, opened.end())) if opened else None


def goods_of_figure(passage: Passage, anchor_end: int, stop: int) -> str | None:
    """Return the goods that a figure is followed by ("$5bn worth of coal", "$5bn in coal")."""
    opened = _WORTH_OF.match(passage.lower, anchor_end)
    return noun_phrase(passage, opened.end(), stop) if opened else None


def goods_of_object(passage: Passage, mark: Mark, anchor_start: int) -> str | None:
    """Return the object of a verb of trade ("bought Russian oil worth …" gives "oil")."""
    weighed = next((amount for amount in passage.amounts if amount.unit == "count" and mark.end <= amount.start < anchor_start), None)
    opened = _OF_GOODS.match(passage.lower, weighed.end) if weighed else None  # "2,000 tonnes of copra"
    return noun_phrase(passage, opened.end() if opened else mark.end, anchor_start)


def noun_phrase(passage: Passage, start: int, stop: int) -> str | None:
    """Return the noun phrase that begins at ``start``, without determiners, demonyms and words of all goods; None where nothing is left."""
    all_goods = trade_words().lists["all_goods"]
    party_spans = [(actor.start, actor.end) for actor in passage.parties]
    kept: list = []
    listed = _end_of_list(passage, start, stop)
    for token in passage.tokens:
        if token.start < start:
            continue
        if (
            token.start >= stop
            or token.tag in ("ADP", "VERB", "AUX", "SCONJ", "PRON", "SYM", "NUM", "ADV")
            or (token.lower in _GOODS_STOP and token.lower != "and")
        ):
            break
        if token.text == "," and kept and token.start < listed:
            kept.append(token)
            continue
        if (token.tag == "PUNCT" and token.text not in ("-", "–")) or token.lower[0].isdigit():
            break
        if token.tag == "DET" or (
            not kept and (token.lower in all_goods or token.lower in ("’s", "'s") or any(a <= token.start < b for a, b in party_spans))
        ):
            continue
        if kept and any(a <= token.start < b for a, b in party_spans):
            break
        if token.lower == "and" and not kept:
            break
        kept.append(token)
        if len(kept) > (_LONGEST_LIST if listed else _LONGEST):
            break
    while kept and (
        kept[-1].lower in ("and", "worth", "total", "last")
        or kept[-1].tag in ("CCONJ", "PUNCT", "PART")
        or (len(kept) > 1 and kept[-1].lower in all_goods and kept[-1].lower not in ("goods", "products", "commodities", "items"))
    ):
        kept.pop()
    if not kept or kept[0].lower in ("about", "around"):
        return None
    if any(time.start <= kept[0].start < time.end for time in passage.times):
        return None
    return passage.text[kept[0].start : kept[-1].end]


def _end_of_list(passage: Passage, start: int, stop: int) -> int:
    """Return where the last comma of goods listed from ``start`` may stand ("tea, coffee and flowers"), 0 where none are listed."""
    listed = _GOODS_LISTED.match(passage.lower, start, stop)
    return listed.end() if listed else 0
