"""Long and short names of bodies that speak: "State Bank (SB)", "the department".

Belongs here: which words of a text write such a name out. Does not belong here: who says what (attribution).
"""

import re
from functools import cache

_ABBREVIATION = re.compile(r"\(([A-Z][A-Za-z&.-]{1,9})\)")


@cache
def full_names(head: str) -> re.Pattern[str]:
    """Return the pattern of proper names of bodies of one kind ("Central Bank", "Ministry of Trade and Industry")."""
    noun = re.escape(head.capitalize())
    return re.compile(
        rf"\b(?:(?!(?:The|This|That|Its|An?)\b)[A-Z][\w&’'-]+\s){{0,4}}{noun}\b"
        r"(?:\s(?:of|for)\s(?:the\s)?[A-Z][\w-]+(?:(?:,?\sand\s|,\s|\s&\s|\sof\s|\s)[A-Z][\w-]+){0,5})?"
    )


def abbreviations(text: str, bodies: frozenset[str]) -> dict[str, str]:
    """Return the short names that the text introduces in brackets ("State Bank of Pakistan (SBP)")."""
    found: dict[str, str] = {}
    for match in _ABBREVIATION.finditer(text):
        short = match.group(1)
        before = text[max(0, match.start() - 90) : match.start()].split()
        initials = [char for char in short if char.isupper()]
        for count in range(min(len(before), len(initials) + 4), 1, -1):
            words = before[-count:]
            capitals = [word[0] for word in words if word[0].isupper()]
            if capitals == initials and words[0][0].isupper() and not any(word[-1] in ",.;:" for word in words[:-1]):
                found.setdefault(short, " ".join(words))
                break
            is_body = words[-1].lower() in bodies and words[0][0].isupper()
            if is_body and not any(word[-1] in ".;:" for word in words) and sorted(short.upper()) == sorted(capitals):
                found.setdefault(short, " ".join(words))  # in another order: "Trade and Industry Ministry (MTI)"
                break
    return found
