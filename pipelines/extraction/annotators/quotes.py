"""Words in quotation marks, and who is said to have spoken them.

Belongs here: marks, and the attribution directly beside them. Does not belong here: who that speaker is (actors).
Only outermost quotes are returned; quotes inside quotes are part of them. A quote that runs over paragraphs, its opening mark repeated,
is one quote. An unclosed quote ends with its paragraph.
"""

import re
from functools import cache

from pipelines.extraction.lexicon import settings
from pipelines.extraction.model import Quote

_MARK = re.compile(r"[\"“”„«»‟‘’'`]")
_OPENERS = {"“": "”", "„": "“”", "«": "»", "‟": "”", "‘": "’'", "'": "'’", '"': '"', "`": "'’"}
_SINGLE = frozenset("‘’'`")
_WORD = re.compile(r"\S+")
_PAUSES = frozenset(",?!…—–-")
_REACH = 160
_MOST_WORDS = 14
_STOPS = frozenset(
    (
        "on",
        "in",
        "at",
        "after",
        "during",
        "while",
        "when",
        "as",
        "to",
        "told",
        "adding",
        "who",
        "that",
        "by",
        "for",
        "before",
        "with",
        "from",
    )
)
_FRAMING = frozenset(
    (
        "in",
        "on",
        "at",
        "after",
        "during",
        "while",
        "when",
        "as",
        "before",
        "since",
        "asked",
        "speaking",
        "earlier",
        "later",
        "meanwhile",
        "however",
        "but",
        "and",
        "also",
        "for",
        "yet",
        "so",
    )
)
_BESIDE_VERB = frozenset(("also", "later", "then", "has", "had", "have", "was", "quoted", "as", "further"))
_ENDS = (".", "!", "?", ";", ":")


@cache
def _verbs() -> frozenset[str]:
    return frozenset(settings("structure")["speech_verbs"])


def _counts(text: str, place: int, opened: bool) -> bool:
    """Whether a single mark can be a quotation mark: it opens before a word and after none, and closes behind a word and before none."""
    before = text[place - 1 : place]
    after = text[place + 1 : place + 2]
    if opened:
        return not after.isalnum() and not before.isspace()
    return text[place] != "’" and after.isalnum() and not before.isalnum() and before not in _SINGLE


def _spans(text: str, bounds: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the outermost quotes, within the paragraphs ``bounds``."""
    marks = [found.start() for found in _MARK.finditer(text)]
    spans: list[tuple[int, int]] = []
    running: int | None = None  # where a quote that its paragraph did not close began
    previous_end = 0
    position = 0
    for start, end in bounds:
        while position < len(marks) and marks[position] < start:
            position += 1
        opened: int | None = None
        closers = ""
        if running is not None:
            if text[start] in _OPENERS and text[start] not in _SINGLE:
                opened, closers = running, _OPENERS[text[start]]
                position += 1
            else:
                spans.append((running, previous_end))
            running = None
        while position < len(marks) and marks[position] < end:
            place = marks[position]
            mark = text[place]
            position += 1
            if opened is None:
                if mark in _OPENERS and place + 1 < end and (mark not in _SINGLE or _counts(text, place, False)):
                    opened, closers = place, _OPENERS[mark]
            elif mark in closers and (mark not in _SINGLE or _counts(text, place, True)):
                spans.append((opened, place + 1))
                opened = None
        if opened is not None and text[opened] not in _SINGLE:
            running = opened
        previous_end = end
    if running is not None:
        spans.append((running, previous_end))
    return spans


def _stops_sentence(word: str) -> bool:
    """Whether a word ends a sentence; a title or initial with its full stop does not."""
    bare = word.rstrip("\"”’'»)")
    return bare.endswith(_ENDS) and not (
        bare.endswith(".") and (len(bare) <= 2 or (bare[0].isupper() and len(bare) <= 5) or "." in bare[:-1])
    )


def _span_of(words: list[re.Match[str]]) -> tuple[int, int] | None:
    """Return the span of ``words`` without the marks around them."""
    if not words:
        return None
    start, end = words[0].start(), words[-1].end()
    text = words[0].string[start:end]
    start += len(text) - len(text.lstrip(' ,–—-("“'))
    end -= len(text) - len(text.rstrip(' ,–—-;:)"”.'))
    return (start, end) if start < end else None


def _speaker_behind(text: str, end: int, limit: int) -> tuple[int, int] | None:
    """“…,” said X / “…,” X said / “…,” according to X."""
    words = []
    for found in _WORD.finditer(text, end, min(limit, end + _REACH)):
        if found[0].strip(",–—-"):
            words.append(found)
        if len(words) == _MOST_WORDS or _stops_sentence(found[0]):
            break
    bare = [found[0].strip(',.;:!?–—-"“”').lower() for found in words]
    if bare[:2] == ["according", "to"]:
        begin = 2
    elif bare and bare[0] in _verbs():
        begin = 1
    else:
        for place, word in enumerate(bare[1:], 1):
            if word in _verbs():
                while place > 1 and bare[place - 1] in _BESIDE_VERB:
                    place -= 1
                return _span_of(words[:place])
        return None
    stop = begin
    while stop < len(words) and bare[stop] not in _STOPS:
        stop += 1
        if words[stop - 1][0].endswith((",", ".", ";", ":")) and (words[stop - 1][0][-1] != "." or _stops_sentence(words[stop - 1][0])):
            break
    return _span_of(words[begin:stop])


def _subject_before(words: list[re.Match[str]], verb: int) -> tuple[int, int] | None:
    """Return the first comma-free stretch before the verb that is no framing ("In a statement, X said")."""
    begin = 0
    for place in range(verb):
        if words[place][0].lower() == "who":
            while begin < place and not words[begin][0][0].isupper():
                begin += 1
            stretch = place
            while stretch > begin and words[stretch - 1][0][0].isupper():
                stretch -= 1
            return _span_of(words[stretch:place])
        if words[place][0].endswith(",") or place == verb - 1:
            if words[begin][0].lower().strip(",") not in _FRAMING or place == verb - 1:
                return _span_of(words[begin : place + 1])
            begin = place + 1
    return None


def _speaker_ahead(text: str, start: int, limit: int) -> tuple[int, int] | None:
    """X said: “…” / X told Y that “…” / According to X, “…”."""
    words = list(_WORD.finditer(text, max(limit, start - _REACH), start))
    for place in range(len(words) - 1, -1, -1):
        if place < len(words) - 1 and _stops_sentence(words[place][0]):
            words = words[place + 1 :]
            break
    bare = [found[0].strip(',.;:!?"“”').lower() for found in words]
    if bare[:2] == ["according", "to"]:
        stop = 2
        while stop < len(words) and not words[stop][0].endswith(","):
            stop += 1
        return _span_of(words[2 : stop + 1])
    for place in range(len(words) - 1, max(0, len(words) - 10), -1):
        if bare[place] in _verbs():
            while place > 1 and bare[place - 1] in _BESIDE_VERB:
                place -= 1
            return _subject_before(words, place)
    return None


def _speaker(text: str, start: int, end: int, left: int, right: int) -> tuple[int, int] | tuple[None, None]:
    """Return where the words stand that name who speaks the quote at ``start``:``end``; ``left`` and ``right`` limit the search."""
    pauses = text[end - 2 : end - 1] in _PAUSES or text[end : end + 1] in _PAUSES
    found = _speaker_behind(text, end, right) if pauses else None
    return found or _speaker_ahead(text, start, left) or (None, None)


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
