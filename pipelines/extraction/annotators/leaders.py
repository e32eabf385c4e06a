"""Well-known leaders and how each country is governed: what texts take as known.

Belongs here: look-ups in the tables of leaders and governments. Does not belong here: weighing that knowledge against what a text says
(belonging).
"""

from functools import cache

from pipelines.extraction.annotators.folding import fold
from pipelines.extraction.annotators.names import particles
from pipelines.extraction.lexicon import settings, table

# The year the table's offices were held in: a text of another year that names no office leaves it open.
OFFICES_HELD_IN = 2025
_FAMILY_NAME_FIRST = frozenset({"CHN", "KOR", "PRK", "VNM", "TWN", "KHM", "MMR"})


@cache
def _unspoken() -> frozenset[str]:
    """Return the words of a name that tell nobody apart: particles, and those of generations ("Jr")."""
    return particles() | frozenset(settings("names")["generational"])


@cache
def _leaders() -> dict[str, tuple[tuple[tuple[str, ...], str, str | None, str], ...]]:
    """Known leaders by last name word (and by the first, where the family name stands first)."""
    small = _unspoken()
    by_word: dict[str, list] = {}
    for row in table("leaders"):
        words = tuple(word for word in fold(row["name"]).split() if word not in small)
        entry = (words, row["party_code"], row["office"] or None, fold(row["known_as"]))
        for word in dict.fromkeys((words[-1], words[0])):
            by_word.setdefault(word, []).append(entry)
    return {word: tuple(entries) for word, entries in by_word.items()}


def known_leader(words: tuple[str, ...], office: str | None = None) -> tuple[str, str | None] | None:
    """Return (party, office) of a well-known leader named by ``words``: a full name, or a family name that only one has.

    A family name alone means a former leader only where ``office``, what the text calls the person, leads a state.
    """
    own = [word for word in words if len(word) > 1 and word not in _unspoken()] or list(words)
    if len(own) == 1:
        found = [
            entry
            for entry in _leaders().get(own[0], ())
            if entry[0][-1] == own[0] or (entry[0][0] == own[0] and entry[1] in _FAMILY_NAME_FIRST)
        ]
        meant = [entry for entry in found if entry[3] == own[0] or (office and entry[2] == office)]
        if len({entry[1] for entry in found}) == 1 and (meant or office in ("head_of_state", "head_of_government")):
            return (meant or found)[0][1:3]
        return None
    for word in (own[-1], own[0]):
        for entry in _leaders().get(word, ()):
            shared = set(own) & set(entry[0])
            if len(shared) >= 2 and (shared == set(own) or shared == set(entry[0])):
                return entry[1], entry[2]
    if office in ("head_of_state", "head_of_government"):
        for entry in _leaders().get(own[-1], ()):
            if entry[3] == own[-1] == entry[0][-1] and own[0][0] == entry[0][0][0]:
                return entry[1:3]  # "President Joseph Biden": the longer form of the name that is known
    return None


@cache
def leaders_known_by_one_word() -> frozenset[str]:
    """Return the folded names that alone mean one well-known leader ("Macron")."""
    return frozenset(
        fold(row["known_as"]) for row in table("leaders") if row["known_as"] and " " not in row["known_as"] and "-" not in row["known_as"]
    )


@cache
def _governments() -> dict[str, dict[str, str]]:
    return {row["party_code"]: row for row in table("governments")}


def leading_office(party_code: str | None) -> str:
    """Return which office "the leader" of a country holds."""
    government = _governments().get(party_code or "")
    if government is None:
        return "head_of_state"
    if government["leads"] == "head_of_government":
        return "head_of_government"
    return "monarch" if government["head_of_state"] == "monarch" else "head_of_state"


def may_have(party_code: str, office: str, words: str) -> bool:
    """Say whether a country has an office of these folded title words: no president where a king reigns, no minister in Washington."""
    government = _governments().get(party_code)
    if government is None:
        return True
    if office == "head_of_state" and " president " in words:
        return "president" in (government["head_of_state"], government["head_of_government"])
    if office == "head_of_government":
        wanted = "chancellor" if " chancellor " in words else "prime_minister"
        return government["head_of_government"] == wanted
    if office in ("monarch", "royal"):
        return government["head_of_state"] == "monarch" or party_code == "ARE"
    if office.endswith("_minister"):
        if " minister " in words:
            return government["ministers"] != "secretary"
        if " secretary " in words:
            return government["ministers"] != "minister"
    return True
