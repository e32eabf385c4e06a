"""The shape of a person's name, and which capitalised words can be one.

Belongs here: patterns and the tests on single words. Does not belong here: titles, or who is who in an article (people).
"""

import re
from functools import cache, lru_cache

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.lexicon import settings, table

_LAST_CASED = 0x590  # Latin, Greek, Cyrillic and Armenian capitals
_UPPER = "".join(chr(code) for code in range(_LAST_CASED) if chr(code).isupper())
_LETTER = r"[^\W\d_]"
_PARTICLES = "|".join(sorted(settings("names")["particles"], key=len, reverse=True))
# A capitalised word: letters, inner hyphens and apostrophes (not a possessive), or an initial.
_TAIL = rf"{_LETTER}*(?:(?:['’ʼʻ`‘](?![sS]?(?!{_LETTER}))|[-‐‑]['’]?){_LETTER}+)*"
_WORD = rf"(?:(?:[Aa]l|[Ee]l|[Aa]n|[Aa]s|[Aa]r|[Aa]d|[Aa]sh|[dDlLO])[-'’])?[{_UPPER}]{_TAIL}"
# Initials may be written without a space before the name: "K.P.Oli".
_GLUED = rf"(?:[{_UPPER}]\.){{1,3}}[{_UPPER}]{_LETTER}{{2}}{_TAIL}"
_NAME_WORD = rf"(?:[{_UPPER}]\.(?:[ ]?[{_UPPER}]\.)*(?!\w)|{_GLUED}|{_WORD}\.?(?<=[A-Z][a-z]\.)(?=[ ][A-Z])|{_WORD})"
_MOST_WORDS = 14  # in a run of capitals; what runs on is no name, and reading must not run on with it
_SPACE = r"[ \u00a0]"
NAME = re.compile(
    rf"(?:(?:{_PARTICLES}){_SPACE})?{_NAME_WORD}"
    rf"(?:{_SPACE}(?:(?:{_PARTICLES}){_SPACE}){{0,3}}{_NAME_WORD}){{0,{_MOST_WORDS}}}"
    rf"(?:,?{_SPACE}(?:Jr|Sr)\.?(?!\w))?"
)
# A run that begins with a capital: the scan of a whole text, so nothing optional may stand first.
_RUN_WORD = rf"[{_UPPER}]{_TAIL}"
CAPITALISED_RUN = re.compile(
    rf"(?:[{_UPPER}]\.(?:[ ]?[{_UPPER}]\.)*(?![^\W_])|{_GLUED}|{_RUN_WORD})"
    rf"(?:{_SPACE}(?:(?:{_PARTICLES}){_SPACE}){{0,3}}{_NAME_WORD}){{0,{_MOST_WORDS}}}"
)


@lru_cache(maxsize=2)
def capitalised_runs(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, end) of every run of capitalised words of ``text``; remembered, as several annotators ask for the same text."""
    return tuple(found.span() for found in CAPITALISED_RUN.finditer(text) if not (found.start() and text[found.start() - 1].isalnum()))


@cache
def _given_names() -> frozenset[str]:
    return frozenset(fold(row["given_name"]) for row in table("given_names"))


_AGREEING = ({"male"}, {"male", ""}, {"female"})


@cache
def _genders() -> dict[str, str]:
    told: dict[str, set[str]] = {}
    for row in table("given_names"):
        told.setdefault(fold(row["given_name"]), set()).add(row["gender"])
    # "Tünde" is a woman, "Tunde" need not be: spellings that differ by their marks alone tell a gender where they agree.
    return {name: "male" if "male" in genders else "female" for name, genders in told.items() if genders in _AGREEING}


def gender_of_given_name(folded_word: str) -> str | None:
    """Return male or female where a first name is one only."""
    return _genders().get(folded_word)


@cache
def _never_names() -> frozenset[str]:
    names = settings("names")
    return frozenset(fold(word) for word in names["common_capitalised"])


@cache
def _body_words() -> frozenset[str]:
    names = settings("names")
    return frozenset(
        fold(word)
        for key in ("public_body_words", "company_words", "media_words", "other_body_words")
        for word in names[key]
        if " " not in word
    )


@cache
def particles() -> frozenset[str]:
    """Return the small words that stand inside names."""
    return frozenset(settings("names")["particles"])


def given_names() -> frozenset[str]:
    """Return the folded first words of people's names."""
    return _given_names()


def is_given_name(word: str) -> bool:
    """Say whether a word is known as the first word of people's names."""
    folded = fold(word).strip()
    return folded in _given_names() or (" " in folded and folded.split(" ")[0] in _given_names())


def is_never_a_name(folded_word: str) -> bool:
    """Say whether a capitalised word is a weekday, a function word or the like."""
    return folded_word in _never_names()


def is_body_word(folded_word: str) -> bool:
    """Say whether a word makes a capitalised run the name of a body, a place or a paper."""
    return folded_word in _body_words()


@cache
def public_bodies_of_two_words() -> frozenset[str]:
    """Return the pairs of words that make a public body, whatever each of them makes alone ("air force")."""
    return frozenset(word for word in settings("names")["public_body_words"] if word.count(" ") == 1)


@cache
def body_word_kinds() -> dict[str, str]:
    """Return what kind of body each word makes: public, parliament, political_party, company, media or other."""
    names = settings("names")
    kinds = dict.fromkeys((word for word in names["other_body_words"] if " " not in word), "other")
    kinds |= dict.fromkeys((word for word in names["media_words"] if " " not in word), "media")
    kinds |= dict.fromkeys((word for word in names["company_words"] if " " not in word), "company")
    kinds |= dict.fromkeys((word for word in names["public_body_words"] if " " not in word), "public")
    kinds |= {
        "parliament": "parliament",
        "senate": "parliament",
        "assembly": "parliament",
        "party": "political_party",
        "congress": "parliament",
    }
    kinds |= {
        "chamber": "company",
        "fund": "company",
        "university": "other",
        "institute": "other",
        "association": "company",
        "federation": "company",
    }
    return kinds
