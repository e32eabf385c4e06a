"""Numbers as news writes them: digits with every kind of separator, and number words.

Belongs here: turning the characters of a number into its value. Does not belong here: units, currencies, qualifiers.
"""

import re
from functools import cache

from pipelines.extraction.lexicon import settings

SPACES = " \u00a0\u2009\u202f"

# Digits with their separators; groups parted by spaces come first, so that "1 234 567" is one number.
NUMBER = re.compile(
    r"\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3})+(?:[.,]\d{1,2})?(?![\d]|[,.]\d)"  # 1 234 567,8
    r"|\d+(?:[.,]\d+)*(?:[ -]1/[234]\b)?[½¼¾]?"  # 1,234.5  12,34,567  4,9  2 1/2
)
_VULGAR = {"½": 0.5, "¼": 0.25, "¾": 0.75, "/2": 0.5, "/3": 1 / 3, "/4": 0.25}


def value_of_digits(words: str) -> float | None:
    """Return the value of ``words`` ("1,234.5", "12,34,567", "4,9", "1 234"), None where it is no number ("12.05.2025")."""
    extra = 0.0
    if words[-1] in _VULGAR:
        extra, words = _VULGAR[words[-1]], words[:-1]
    elif words[-2:] in _VULGAR:
        extra, words = _VULGAR[words[-2:]], words[:-4]
    for space in SPACES:
        words = words.replace(space, "")
    if not words:
        return extra or None
    if words.isascii() and words.isdigit():
        return float(words) + extra if len(words) < 300 else None
    plain = _with_point(words)
    try:
        return float(plain) + extra if plain is not None else None
    except ValueError:
        return None


def _with_point(words: str) -> str | None:
    """Return ``words`` with its thousands separators taken out and its decimal mark a point."""
    commas, points = words.count(","), words.count(".")
    if not commas:
        if points <= 1:
            return words
        return words.replace(".", "") if _are_groups(words.split(".")) else None
    if not points:
        groups = words.split(",")
        if _are_groups(groups):
            return words.replace(",", "")
        return words.replace(",", ".") if commas == 1 else None
    whole, mark, part = words.rpartition("," if words.rindex(",") > words.rindex(".") else ".")
    other = "." if mark == "," else ","
    return None if mark in whole else whole.replace(other, "") + "." + part


def _are_groups(groups: list[str]) -> bool:
    """Tell whether ``groups`` are thousands ("1,234,567") or the Indian kind ("12,34,567")."""
    if len(groups[-1]) != 3 or not 1 <= len(groups[0]) <= 3 or (groups[0] == "0" and len(groups) == 2):
        return False
    middle = {len(group) for group in groups[1:-1]}
    return middle <= {3} or (middle == {2} and len(groups[0]) <= 2)


@cache
def _words() -> tuple[dict[str, float], dict[str, float], dict[str, float]]:
    words = settings("amount_words")
    return words["number_words"], words["multipliers"], words["fractions"]


def value_of_words(words: list[str]) -> float | None:
    """Return the value of number words in order ("two", "hundred", "million"; "half", "a", "billion"), None where they make none."""
    numbers, multipliers, fractions = _words()
    total, current, has_number = 0.0, 0.0, False
    for position, word in enumerate(words):
        if word in ("and", "of"):
            continue
        if word in ("a", "an"):
            if not has_number and not (position + 1 < len(words) and words[position + 1] in numbers):
                current, has_number = 1.0, True  # "a billion", but not "a two billion franc surplus"
            continue
        if word in numbers:
            current, has_number = current + numbers[word], True
        elif word in fractions:
            share = fractions[word] / 100
            joined = position > 0 and words[position - 1] in ("and", "a", "an") and position > 1
            current = current + share if joined else share * (current or 1.0)
            has_number = True
        elif word in multipliers:
            factor = multipliers[word]
            if not has_number:
                return None
            if factor == 100.0:
                current = (current or 1.0) * factor
            else:
                total = total + (current or 1.0) * factor if current or not total else total * factor  # "lakh crore" multiplies
                current = 0.0
        else:
            return None
    value = total + current
    return value if has_number and value else None
