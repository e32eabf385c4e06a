"""Where a name is at home: a weak hint of whose an official is.

Belongs here: the look-up of name words in the table of communities. Does not belong here: weighing it against other hints (belonging).
"""

from functools import cache

from pipelines.extraction.lexicon import settings

_SHORTEST_STEM = 3  # letters that an ending leaves of a family name


@cache
def _homes() -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    names: dict[str, set[str]] = {}
    endings: dict[str, set[str]] = {}
    for community in settings("name_origins").values():
        for table, words in ((names, community["names"]), (endings, community.get("endings", ()))):
            for word in words:
                table.setdefault(word, set()).update(community["countries"])
    return {word: frozenset(codes) for word, codes in names.items()}, {word: frozenset(codes) for word, codes in endings.items()}


@cache
def _longest_ending() -> int:
    return max(map(len, _homes()[1]))


def _homes_of(word: str) -> frozenset[str]:
    """Return the states where a name word is at home by itself or, as a family name, by the longest ending that is known."""
    names, endings = _homes()
    if word in names:
        return names[word]
    for length in range(min(_longest_ending(), len(word) - _SHORTEST_STEM), 0, -1):
        if word[-length:] in endings:
            return endings[word[-length:]]
    return frozenset()


def at_home(words: tuple[str, ...]) -> dict[str, float]:
    """Return how much of a name is at home in each state, from 0 to 1; empty where no word of it is known."""
    known = [homes for homes in map(_homes_of, words) if homes]
    return {code: sum(code in homes for homes in known) / len(known) for code in frozenset().union(*known)} if known else {}
