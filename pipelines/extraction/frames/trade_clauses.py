"""Where the clause of a figure begins and ends, and what only bounds a flow.

Belongs here: the edges of a statement inside a sentence. Does not belong here: parties, periods, values.
"""

import re

from pipelines.extraction.frames.trade_governors import Role, SentenceMarks
from pipelines.extraction.frames.trade_passages import Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words

_HELD_BY = re.compile(r"([\w-]+)\s+(?:of|on|to|against|for|from|over|limiting|worth)\s+(?:up to\s+)?(?:(?!of|on|to|and)[\w’'.-]+\s+){0,3}$")
_JOINED = re.compile(r",?\s+(?:and|while|but|whereas)\s+(?:with|to|from)\s+[^,;]*$")
_SENTENCE_BREAK = re.compile(r"(?<![A-Z.])\.\s(?=[A-Z])")


def is_only_bounded(passage: Passage, mark: Mark, start: int | None = None) -> bool:
    """Tell whether the flow is only what something is put on ("curbs on exports", "a list of controlled exports")."""
    before = passage.lower[max(passage.start, mark.start - 50) : mark.start]
    held = trade_words().lists["not_levels"]
    opened = _HELD_BY.search(before)
    if opened and opened.group(1) in held:
        return True
    if start is None:
        return False
    opened = _HELD_BY.search(passage.lower[max(passage.start, start - 50) : start])
    return opened is not None and opened.group(1) in held


def is_limited(passage: Passage, start: int, mark: Mark) -> bool:
    """Tell whether a bare percentage is what a rule allows or demands ("a limit on growth of exports", "a mandatory cut")."""
    around = passage.lower[max(passage.start, min(start, mark.start) - 60) : max(start, mark.end)].split()
    return any(word.strip(",.") in trade_words().lists["rules"] for word in around)


def clause_window(passage: Passage, marks: SentenceMarks, roles: list[Role], position: int) -> tuple[int, int]:
    """Return where the clause of an amount begins and ends, by the amounts and flow words of its neighbours."""
    role = roles[position]
    left = passage.start
    for other in reversed(roles[:position]):
        if other.kind in ("level", "none") or (other.kind == "earlier" and other.base != position):
            left = other.amount.end
            break
    if role.governor and role.governor.start < left:
        left = role.governor.start
    right = passage.end
    if position + 1 < len(roles):
        right = roles[position + 1].amount.start
    broken = _SENTENCE_BREAK.search(passage.text, role.amount.end, right)
    if broken:
        right = broken.start()
    edge = max(role.amount.end, role.governor.end if role.governor else 0)
    for mark in marks.governors:
        if edge < mark.start < right and mark.kind == "noun" and opens_clause(passage, edge, mark):
            joined = _JOINED.search(passage.lower, edge, mark.start)
            right = joined.start() if joined else mark.start  # "… and with Canada the deficit fell"
            break
    return left, right


def opens_clause(passage: Passage, edge: int, mark: Mark) -> bool:
    """Tell whether a flow noun after a figure begins a statement of its own ("…, while imports fell")."""
    between = passage.lower[edge : mark.start]
    return "," in between or ";" in between or bool(re.search(r"\b(?:and|while|but|with|as|whereas|against|from|compared)\b", between))


def clause_start(passage: Passage, at: int) -> int:
    """Return where the clause around ``at`` begins: after the last semicolon or coordinating comma before it."""
    lower = passage.lower
    best = passage.start
    for match in re.finditer(r"; |, (?:and|but|while|whereas) |\bthat |, (?:with|leaving) ", lower[passage.start : at]):
        best = passage.start + match.end()
    for match in _SENTENCE_BREAK.finditer(passage.text, passage.start, at):
        best = max(best, match.end())
    return best
