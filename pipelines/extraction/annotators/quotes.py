"""Words in quotation marks, and who is said to have spoken them.

Belongs here: marks, and the attribution directly beside them. Does not belong here: who that speaker is (actors).
Only outermost quotes are returned; quotes inside quotes are part of them. A quote that runs over paragraphs, its opening mark repeated,
is one quote. An unclosed quote ends with its paragraph.
"""

import re
from functools import cache

from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Quote

# Single marks count only where they cannot be apostrophes: before a word with none in front, or behind one with none after.
_MARK = re.compile(r"[\"“”„«»‟]|(?<![\w’'])[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)|''|``")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "‘": "’'", "'": "'’", '"': '"', "``": "''"}
_NAME = r"[^.;:!?\"“”„«»()\n]"
_REACH = 140


@cache
def _verbs() -> str:
    return "|".join(sorted(map(re.escape, settings("structure")["speech_verbs"]), key=len, reverse=True))


@cache
def _after() -> re.Pattern[str]:
    """“…,” said X / “…,” X said / “…,” he told Y."""
    return re.compile(
        rf"\s*[,–—-]?\s*(?:(?:{_verbs()})\s+(?P<behind>(?!that\b|in\b|on\b|at\b|to\b|reporters\b){_NAME}{{2,90}}?)(?=[.;:!?\"“(]|,\s|\s(?:on|in|at|after|during|while|when|as|to|told|adding)\s|$)"
        rf"|(?P<before>{_NAME}{{1,90}}?)\s+(?:also\s+|later\s+|then\s+|has\s+|had\s+|was quoted as\s+)?(?:{_verbs()})\b)"
    )


@cache
def _ahead() -> re.Pattern[str]:
    """X said: “…” / X told Y that “…” / According to X, “…”."""
    return re.compile(
        rf"(?:^|[.;!?\"”\n]\s*)(?:[Aa]ccording to\s+(?P<source>{_NAME}{{2,90}}?),?|(?P<speaker>{_NAME}{{1,100}}?)\s+(?:{_verbs()})\b{_NAME}{{0,60}}?[,:]?(?:\sthat)?)\s*$"
    )


def _spans(text: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the outermost quotes, within the paragraphs ``bounds``."""
    spans: list[tuple[int, int]] = []
    running: int | None = None  # where a quote that its paragraph did not close began
    previous_end = 0
    for start, end in bounds:
        opened: int | None = None
        closers = ""
        if running is not None:
            if text[start] in _OPENERS:
                opened, closers = running, _OPENERS[text[start]]
            else:
                spans.append((running, previous_end))
            running = None
        continued = opened is not None
        for found in _MARK.finditer(text, start, end):
            mark = found[0]
            if opened is None:
                if mark in _OPENERS and found.end() < end:
                    opened, closers = found.start(), _OPENERS[mark]
            elif continued and found.start() == start:
                continue
            elif mark in closers:
                spans.append((opened, found.end()))
                opened = None
        if opened is not None:
            if text[opened] in "'‘`":
                pass  # an apostrophe after all
            else:
                running = opened
        previous_end = end
    if running is not None:
        spans.append((running, previous_end))
    return spans


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | tuple[None, None]:
    """Return the last comma-free stretch of a would-be speaker, or nothing if it is empty or no name."""
    words = text[start:end]
    start += len(words) - len(words.lstrip(" ,–—-"))
    end -= len(words) - len(words.rstrip(" ,–—-"))
    return (start, end) if start < end else (None, None)


def _speaker(text: str, start: int, end: int, left: int, right: int) -> tuple[int | None, int | None]:
    """Return where the words stand that name who speaks the quote at ``start``:``end``; ``left`` and ``right`` limit the search."""
    found = _after().match(text, end, min(right, end + _REACH))
    if found:
        group = "behind" if found["behind"] else "before"
        return _trimmed(text, *found.span(group))
    before = text[max(left, start - _REACH) : start]
    found = _ahead().search(before)
    if found:
        group = "source" if found["source"] else "speaker"
        offset = start - len(before)
        return _trimmed(text, offset + found.start(group), offset + found.end(group))
    return None, None


def find_quotes(text: str, bounds: list[tuple[int, int]]) -> tuple[Quote, ...]:
    """Return the quotes of ``text``; ``bounds`` are its paragraphs, in order."""
    spans = _spans(text, bounds)
    quotes = []
    index = 0
    for position, (start, end) in enumerate(spans):
        while index < len(bounds) - 1 and bounds[index][1] < start:
            index += 1
        left = max(bounds[index][0], spans[position - 1][1] if position else 0)
        right = spans[position + 1][0] if position + 1 < len(spans) else len(text)
        last = index
        while last < len(bounds) - 1 and bounds[last][1] < end:
            last += 1
        quotes.append(Quote(start, end, text[start:end], *_speaker(text, start, end, left, min(right, bounds[last][1]))))
    return tuple(quotes)
