"""The words of the text that show a claim.

Belongs here: the span of the clause that holds a figure. Does not belong here: anything about its meaning.
"""

import re

from pipelines.extraction.frames.trade_passages import Draft, Passage

_OPENERS = re.compile(r"\s*(?:(?:and|but|while|whereas|that|,|;|–|—)\s+)*")
_BREAK = re.compile(r"(?<![A-Z.])\.\s(?=[A-Z])")
_COMPARING = re.compile(r"(?:from|against|compared|versus|up|down|than|including|of|and)\s")
_LONGEST = 300


def evidence_span(passage: Passage, draft: Draft) -> tuple[int, int]:
    """Return the offsets of the clause that holds the figure, from its flow word to the figure and the period right after it."""
    start, end = max(draft.evidence_start, passage.start), min(draft.evidence_end, passage.end)
    end = max(end, min(draft.anchor_end, passage.end))
    start = min(start, draft.anchor_start)
    if draft.period and draft.period.text:
        at = passage.text.find(draft.period.text, end, min(passage.end, end + 45 + len(draft.period.text)))
        if at >= 0 and not any(mark in passage.text[end:at] for mark in ",;"):
            end = at + len(draft.period.text)
    if not _COMPARING.match(passage.lower, start):
        start = _at_phrase_start(passage, start)
    broken = [match.end() for match in _BREAK.finditer(passage.text, start, draft.anchor_start)]
    start = broken[-1] if broken else start
    opened = _OPENERS.match(passage.lower, start, end)
    if opened and opened.end() < draft.anchor_start:
        start = opened.end()
    if end - start > _LONGEST and draft.anchor_start - start > _LONGEST // 2:
        start = draft.anchor_start - _LONGEST // 2
        start = passage.text.find(" ", start, draft.anchor_start) + 1 or draft.anchor_start
    while end > start and passage.text[end - 1] in " ,;":
        end -= 1
    return start, end


def _at_phrase_start(passage: Passage, start: int) -> int:
    """Return ``start`` moved left over the words of its own noun phrase."""
    tokens = [token for token in passage.tokens if token.end <= start]
    for token in reversed(tokens):
        if (
            passage.text[token.end : start].strip()
            or token.tag not in ("DET", "ADJ", "NOUN", "PROPN", "PART", "NUM")
            or start - token.start > 60
        ):
            break
        start = token.start
    return start
