"""Parties in a sentence of trade: who owns a noun, who acts, whom a preposition names, who "the other side" is.

Belongs here: owners ("Pakistan's imports"), prepositions ("to China"), subjects of verbs, pronouns. Does not belong here: which of them is
reporter and which partner of a flow (trade_sides); amounts, dates, attribution.
"""

import re

from pipelines.extraction.annotators.places import capital_of
from pipelines.extraction.frames.trade_passages import Discourse, Passage
from pipelines.extraction.frames.trade_words import trade_words
from pipelines.extraction.model import Actor

_PREPOSITIONS = frozenset(
    [
        "to",
        "from",
        "with",
        "between",
        "into",
        "in",
        "by",
        "for",
        "of",
        "against",
        "towards",
        "toward",
        "vis-à-vis",
        "over",
        "through",
        "via",
        "among",
        "at",
        "on",
        "including",
        "across",
        "than",
        "under",
        "within",
        "after",
        "before",
    ]
)
LENDERS = ("IMF", "WB", "ADB", "AIIB", "AFDB", "ISDB", "EU")  # who signs a loan as its giver
_STATE_CODE = 3  # letters
_WHERE = ("in", "at", "via", "through", "across", "on", "within", "after", "before")
_WORD = re.compile(r"[^\s]+")
_PAIR_JOINERS = frozenset({"-", "–", "—", "/", " - ", " – ", "- ", " and ", "-to-"})
_COORDINATION = re.compile(r"\s*(?:,\s*(?:and\s+)?|and\s+|&\s*)(?:the\s+)?")
_REGION_RANKED = re.compile(
    r"\b((?:latin |south |central |southeast )?[a-z]+)[’']s?\s+(?:[\w-]+\s+){0,3}(?:partner|market|investor|supplier|destination|"
    r"donor|lender|creditor)\b"
)
_OF_PARTY = re.compile(r"\s+of\s+(?:the\s+)?")
_SOURCE = re.compile(r"\W*(?:as [\w ]{2,30} (?:reports|reported|notes|writes),\s+)?(?:according to|as per|citing)\s[^,]{3,120},")
_WHOSE = re.compile(r",?\s+whose\s+(?:[\w-]+\s+){0,2}$")
LARGEST_ECONOMY = re.compile(r"\b(?:to|from|with|in|into) the world[’']s ([\w-]+) economy\b")
_TO_IT = re.compile(r"\b(?:to|from|with|in) (?:it|them|there)\b")
_OWN_SIDE = {"imports": ("to", "into", "in"), "exports": ("from", "in")}
_OTHER_SIDE = re.compile(r"\b(to|from|with|in|into)\s+(?:the|its|their|that|this)\s+((?:[\w’'-]+\s+){0,4}[\w-]+)")


def code_of(actor: Actor) -> str | None:
    """Return the one party ``actor`` stands for, None where it stands for several."""
    return actor.party_codes[0] if len(actor.party_codes) == 1 else None


def is_part_of_state(actor: Actor) -> bool:
    """Tell whether a place is a city or province that trades for itself and not for its state, as a capital may."""
    return actor.form == "place" and capital_of(actor.party_codes[0]) != actor.text


def preposition_before(passage: Passage, actor: Actor) -> str | None:
    """Return the preposition that governs ``actor``, None where there is none within four words."""
    left = max(passage.start, actor.start - 45)
    words = _WORD.findall(passage.lower[left : actor.start])
    for word in reversed(words[-5:]):
        if word in _PREPOSITIONS:
            return None if word == "to" and _opens_infinitive(passage, left, actor) else word
        if word[-1] in ",;:.)" or word.endswith(("’s", "'s")):
            return None
    return None


def _opens_infinitive(passage: Passage, left: int, actor: Actor) -> bool:
    """Tell whether the "to" before ``actor`` is that of a verb with an object of its own ("to boost farming the World Bank lent …")."""
    at = passage.lower.rfind("to ", left, actor.start) + 3
    inside = [token for token in passage.tokens if at <= token.start < actor.start]
    return len(inside) > 1 and inside[0].tag == "VERB" and any(token.tag in ("NOUN", "PROPN") for token in inside[1:])


def sides_named(passage: Passage) -> list[str]:
    """Return the parties a sentence speaks of, in order; not where something only happens ("in Rome"), nor who trades with nobody."""
    no_traders = trade_words().lists["no_traders"]
    codes: dict[str, None] = {}
    for actor in passage.actors:
        if actor.form in ("name", "capital") and preposition_before(passage, actor) in _WHERE:
            continue
        codes.update(dict.fromkeys(code for code in actor.party_codes if code not in no_traders))
    return list(codes)


def are_partners_of_a_third(passage: Passage, codes: list[str]) -> bool:
    """Tell whether two states are each other's like, both partners of one who is not named ("trade with A fell, that with B rose")."""
    preposition = {
        code: preposition_before(passage, actor) for actor in reversed(passage.parties) for code in actor.party_codes if code in codes
    }
    found = set(preposition.values())
    return len(preposition) == len(codes) and len(found) == 1 and not found.isdisjoint(("with", "to", "from"))


def are_fellows(passage: Passage, first: str, second: str) -> bool:
    """Tell whether a sentence names two states in the same part, each as the owner of a flow of its own ("Qatari … and Kuwaiti …")."""
    owners = [
        actor
        for actor in passage.parties
        if actor.party_codes in ((first,), (second,)) and (actor.form == "demonym" or passage.lower.startswith(("’s", "'s"), actor.end))
    ]
    return {code for actor in owners for code in actor.party_codes} == {first, second}


def owner_of(passage: Passage, start: int) -> Actor | None:
    """Return the party whose name or demonym stands before a noun at ``start`` in the same phrase ("Pakistan’s total imports")."""
    breakers = trade_words().lists["phrase_breakers"]
    if whose := _WHOSE.search(passage.lower, max(passage.start, start - 40), start):
        return next((actor for actor in passage.parties if actor.end == whose.start()), None)
    for actor in reversed(passage.parties):
        if actor.end > start or actor.form == "place" or passage.lower.startswith("-bound", actor.end):
            continue
        gap = passage.lower[actor.end : start]
        if actor.form != "demonym" and gap.startswith((" a ", " an ", " the ")):
            return None  # "granted Benin a loan", "with Italy the top destination"
        if len(gap) > 60 or (any(mark in gap for mark in ',;:()"“”.') and not re.fullmatch(r"[^,;:()\"“”]*(?:\d\.\d[^,;:()\"“”]*)+", gap)):
            return None
        words = gap.replace("’s", " ").replace("'s", " ").split()
        if len(words) > 6 or any(word in breakers for word in words) or _acts_between(passage, actor.end, start):
            return None
        return actor
    return None


def ranks_a_region(passage: Passage) -> bool:
    """Tell whether a sentence ranks the partners of a part of the world ("Africa’s largest trading partner")."""
    regions = trade_words().lists["regions"]
    return any(match.group(1) in regions for match in _REGION_RANKED.finditer(passage.lower, passage.start, passage.end))


def _acts_between(passage: Passage, left: int, right: int) -> bool:
    """Tell whether a verb stands between, so that the name before it is a subject, not an owner ("Pakistan secured a loan")."""
    if any(left <= mark.start < right and mark.kind in ("giving", "receiving", "signing", "verb") for mark in passage.marks):
        return True
    participles = trade_words().lists["participles"]
    return any(left <= token.start < right and token.tag in ("VERB", "AUX") and token.lower not in participles for token in passage.tokens)


def joined_before(passage: Passage, actor: Actor) -> Actor | None:
    """Return the party joined to ``actor`` from the left ("UK–Egypt", "Pakistan and Iran's")."""
    for other in reversed(passage.parties):
        if other.end <= actor.start:
            return other if passage.lower[other.end : actor.start] in _PAIR_JOINERS else None
    return None


def prepositional_parties(passage: Passage, start: int, stop: int) -> list[tuple[str, Actor, bool]]:
    """Return (preposition, party, is one of several) for the parties between ``start`` and ``stop``."""
    found: list[tuple[str, Actor, bool]] = []
    inside = [actor for actor in passage.parties if start <= actor.start < stop and not _is_in_a_reason(passage, start, actor)]
    for position, actor in enumerate(inside):
        previous = inside[position - 1] if position else None
        if previous and found and found[-1][1] is previous and _are_listed(passage, previous, actor, inside[position + 1 :]):
            preposition = found[-1][0]
            found[-1] = (preposition, previous, True)
            found.append((preposition, actor, True))
            continue
        outer = inside[position - 1] if position else None
        if outer and outer.form == "metonym" and _OF_PARTY.fullmatch(passage.lower, outer.end, actor.start):
            # "to the Government of Nepal": the outer phrase says the part, the inner one who.
            before_outer = preposition_before(passage, outer)
            found = [entry for entry in found if entry[1] is not outer]
            if before_outer:
                found.append((before_outer, actor, False))
            continue
        before = preposition_before(passage, actor)
        if before and passage.lower.rfind(before, max(start - len(before), 0), actor.start) >= start - 1:
            found.append((before, actor, False))
    return found


def _is_in_a_reason(passage: Passage, start: int, actor: Actor) -> bool:
    """Tell whether a party only stands in the reason of what is told ("exports to Peru fell due to pressure from Chile")."""
    words = passage.lower[start : actor.start].rpartition(",")[2]
    return any(f" {reason} " in words for reason in trade_words().lists["reasons"])


def phrase_stop(passage: Passage, start: int, stop: int) -> int:
    """Return where the phrase after a figure ends: at a verb, a comma or a bracket, at the latest at ``stop``."""
    participles = trade_words().lists["participles"]
    for token in passage.tokens:
        if token.start < start:
            continue
        if token.start >= stop:
            return stop
        if token.tag in ("AUX", "SCONJ") and token.lower not in ("of", "in", "from", "to", "with", "by", "for"):
            return token.start
        if token.tag == "VERB" and token.lemma != token.lower and not token.lower.endswith(("s", "ing")) and token.lower not in participles:
            return token.start
        if token.tag == "PUNCT" and token.text not in ("-", "–", "’", "'", "/", "&", "."):
            return token.start
    return stop


def _are_listed(passage: Passage, first: Actor, second: Actor, later: list[Actor]) -> bool:
    """Tell whether two parties stand in one list ("to China and India"), not in two statements ("to China, and Indian exports …")."""
    if not _COORDINATION.fullmatch(passage.lower, first.end, second.start):
        return False
    joiner = passage.lower[first.end : second.start]
    following = next((token for token in passage.tokens if token.start >= second.end), None)
    if second.form == "demonym" or (
        following and following.tag in ("NOUN", "ADJ", "PROPN", "PART") and following.lower not in ("each", "respectively")
    ):
        return False
    if "and" in joiner and "," not in joiner:
        return True
    if "and" in joiner:
        return not (following and following.tag in ("VERB", "AUX"))
    return bool(later) and bool(_COORDINATION.fullmatch(passage.lower, second.end, later[0].start))


def other_side(passage: Passage, start: int, stop: int, reporter: str | None, state: Discourse, flow: str = "") -> str | None:
    """Return the other side where words as "to the Southeast Asian country" name it without a name."""
    if reporter is None:
        return None
    if (economy := LARGEST_ECONOMY.search(passage.lower, start, stop)) is not None:
        code = trade_words().economies.get(economy.group(1))
        return code if code != reporter else None
    if _TO_IT.search(passage.lower, start, stop):
        return state.other(reporter)
    for match in _OTHER_SIDE.finditer(passage.lower, start, stop):
        if match.group(1) in _OWN_SIDE.get(flow, ()):
            continue  # "imports into the country"
        words = match.group(2).split()
        sides = trade_words().lists["other_side"]
        for position, word in enumerate(words):
            last = state.last
            if word == "bloc" and last and last.partner != "WLD" and len(last.partner) != _STATE_CODE:
                return last.partner
            if word in sides or word.removesuffix("’s").removesuffix("'s") in sides:
                return state.main_other(reporter) or state.other(reporter)
            if position and word in ("to", "in", "by", "and", "for", "the", "at", "of"):
                break
    return None


def subject_of(passage: Passage, verb_start: int, left: int) -> Actor | None:
    """Return the party that does what a verb at ``verb_start`` says: the nearest before it on no preposition, else the nearest."""
    source = _SOURCE.match(passage.lower, passage.start, verb_start)
    left = max(left, source.end()) if source else left
    candidates = [
        actor
        for actor in passage.parties
        if left <= actor.start
        and actor.end <= verb_start
        and actor.form != "place"
        and not passage.lower.startswith(("’s", "'s"), actor.end)
    ]
    if candidates and acts_aside(passage, candidates[-1]):
        return candidates[-1]
    free = [
        actor
        for actor in candidates
        if preposition_before(passage, actor) not in ("to", "from", "with", "in", "into", "between", "for", "of", "on", "by", "at")
    ]
    if free:
        return free[-1]
    owners = [
        actor for actor in passage.parties if left <= actor.start and actor.end <= verb_start and _owns_a_name(passage, actor, verb_start)
    ]
    if owners:
        return owners[-1]
    by_pronoun = [
        actor
        for actor in passage.actors
        if actor.form in ("pronoun", "role")
        and actor.party_codes
        and not actor.text.lower().startswith("the ")
        and left <= actor.start
        and actor.end <= verb_start
    ]
    if by_pronoun:
        return by_pronoun[-1]
    of = [actor for actor in candidates if preposition_before(passage, actor) in ("of", "in", "by", "from")]
    return of[-1] if of else None


def acts_aside(passage: Passage, actor: Actor) -> bool:
    """Tell whether a party acts in a phrase with "with" ("with China importing goods worth …", "with Peru running a deficit of …")."""
    following = next((token for token in passage.tokens if token.start >= actor.end), None)
    is_doing = following is not None and following.tag == "VERB" and following.lower.endswith("ing")
    return is_doing and preposition_before(passage, actor) == "with"


def person_before(passage: Passage, verb_start: int) -> Actor | None:
    """Return the person or pronoun that acts for its party right before a verb ("Carney announced …", "he pledged …")."""
    for actor in reversed(passage.actors):
        if actor.end <= verb_start and len(actor.party_codes) == 1 and actor.form in ("person", "surname", "pronoun", "role"):
            between = passage.lower[actor.end : verb_start]
            return actor if len(between) < 40 and not any(mark in between for mark in ";:") else None
    return None


def _owns_a_name(passage: Passage, actor: Actor, verb_start: int) -> bool:
    """Tell whether a possessive opens the phrase that acts ("South Korea’s Hanwha won …", "the World Bank’s board approved …")."""
    if not passage.lower.startswith(("’s", "'s"), actor.end) or verb_start - actor.end > 60:
        return False
    for token in passage.tokens:
        if token.start < actor.end + 2:
            continue
        if token.start >= verb_start or token.tag in ("VERB", "AUX"):
            return token.start > actor.end + 3
        if token.tag not in ("PROPN", "NOUN", "ADJ", "ADV", "PART"):
            return False
    return False


def is_attributive(passage: Passage, actor: Actor) -> bool:
    """Tell whether a name stands before goods ("Congolese cobalt", "U.S. grain"), not alone ("of Ghana")."""
    if actor.form == "demonym":
        return True
    following = next((token for token in passage.tokens if token.start >= actor.end), None)
    return actor.form == "name" and following is not None and following.tag in ("NOUN", "ADJ", "PROPN") and following.start - actor.end <= 1
