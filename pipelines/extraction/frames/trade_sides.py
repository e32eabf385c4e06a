"""Reporter and partner of a flow, by its noun, its verb or its contract.

Belongs here: the part that each party around a flow's word plays. Does not belong here: finding the parties (trade_parties), what earlier
sentences left in force (trade_settling).
"""

import re
from dataclasses import dataclass

from pipelines.extraction.frames.trade_parties import (
    LARGEST_ECONOMY,
    code_of,
    is_attributive,
    is_part_of_state,
    joined_before,
    other_side,
    owner_of,
    person_before,
    preposition_before,
    prepositional_parties,
    subject_of,
)
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Passage
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Actor

_TIED_TO = re.compile(r"[-–]((?:latin |south |central |southeast )?[a-z]+)\s+(?:[a-z-]+\s+){0,2}$")
_TO_WHOM = re.compile(
    r"\b(?:with|to|from|and|into|in)\s+(?:the\s+)?((?:latin |south |central |southeast |middle |north |west |east |southern |"
    r"sub-saharan )?[a-z]+)\b"
)
_ONE_STATE = re.compile(
    r"\s+(?:[\w-]+\s+)?(?:country|nation|neighbou?r|state|kingdom|republic|giant|ally|economy|island|partner|emirate|sultanate)\b"
)
_LABEL = re.compile(r"[\s•·▪●*–—-]*([^\W\d_][^.;:\n]{2,70}): ")
_OPENING_WITH = re.compile(r"\W*(?:with|to|from)\s+(?:the\s+)?")
_SEVERAL_STATES = re.compile(
    r"\b(?:with|to|from|among)\s+(?:the\s+|its\s+|all\s+)?(?:[\w-]+\s+){0,3}(?:countries|nations|states|neighbours|neighbors|"
    r"economies|republics|members)\b"
)
_WITH_OTHERS = re.compile(
    r"\W*(?:with|to|from)\s+(?:other|most|all|many|several|the rest of the)\b[^,]*\b(?:countries|nations|states|economies|members)\b[^,]*,"
)
_TO_THE = re.compile(r"\s+(to|from|with)\s+the\s+")
_NAME_OF = re.compile(r"\s+(?:the\s+)?(?:[A-Z][\w-]+\s+){1,4}of\s+")  # "owed the Export Bank of China"
_IS_PASSIVE = re.compile(r"\b(?:was|were|been|is|are|be|being)\s+(?:[a-z]+ly\s+)?$")
_NEAR_BOUND = 30  # characters from "U.S.-bound" to its noun
_AND_ALSO = re.compile(r"(?:[^,;]{3,30})?,?\s+(?:and|but|while)\s+(?:also\s+|only\s+|in turn\s+)?")
_OWN = re.compile(r"\b(?:its|their|our)\s+(?:[\w%-]+\s+){0,4}$")
_THE_COUNTRY = re.compile(r"\bthe (?:country|nation|kingdom|republic|island|bloc|state|emirate|sultanate)[’']s\s+(?:[\w%-]+\s+){0,4}$")
# The part a preposition's party plays: r the reporter, p the partner, b both.
_PARTS = {
    "exports": {"to": "p", "into": "p", "for": "p", "with": "p", "towards": "p", "from": "r", "of": "r", "by": "r"},
    "imports": {"from": "p", "of": "?", "to": "r", "into": "r", "by": "r", "with": "p"},
    "total": {"with": "p", "between": "b", "of": "r", "and": "b", "to": "p", "from": "p", "among": "b"},
    "balance": {
        "with": "p",
        "against": "p",
        "to": "p",
        "towards": "p",
        "toward": "p",
        "vis-à-vis": "p",
        "over": "p",
        "of": "r",
        "for": "r",
        "between": "b",
        "from": "p",
    },
    "investment": {
        "in": "r",
        "into": "r",
        "to": "r",
        "from": "p",
        "by": "p",
        "of": "p",
        "between": "b",
        "across": "r",
        "for": "r",
        "within": "r",
    },
    "financing": {"to": "r", "for": "r", "into": "r", "towards": "r", "from": "p", "by": "p", "of": "p", "with": "p", "in": "r"},
}
_TOLD_OF = 2  # sentences after a figure in which "the country" is the one it is of
_WHERE_PARTY = re.compile(r",\s+where\s+(?:[\w’'-]+\s+){0,3}$")
_OF_DEBT = {"to": "p", "towards": "p", "with": "p", "from": "p", "of": "r", "by": "r"}


@dataclass(frozen=True, slots=True)
class Sides:
    """Reporter and partner as far as the words give them. ``is_several``: a side is a list of states, for which there is no code."""

    reporter: str | None = None
    partner: str | None = None
    is_several: bool = False
    start: int | None = None  # where the first party's words begin


def _with_the_unknown(passage: Passage, mark: Mark, stop: int) -> bool:
    """Tell whether a partner is named right after a flow's noun that is no party of ours ("exports to the islands")."""
    preposition = {"exports": "to", "imports": "from"}.get(mark.flow, "with")
    if LARGEST_ECONOMY.search(passage.lower, mark.end, stop):
        return False
    tokens = iter([token for token in passage.tokens if mark.end <= token.start < stop])
    if getattr(next(tokens, None), "lower", None) != preposition:
        return False
    for token in tokens:
        if token.tag in ("DET", "ADJ", "NUM", "ADV"):
            continue
        if token.tag not in ("NOUN", "PROPN"):
            return False
        covered = any(time.start <= token.start < time.end for time in passage.times) or any(
            a.start <= token.start < a.end for a in passage.actors
        )
        lists = trade_words().lists
        return not covered and token.lower not in lists["other_side"] and token.lower not in lists["the_world"]
    return False


def _with_one_unsaid(passage: Passage, mark: Mark, stop: int) -> bool:
    """Tell whether the noun's partner is one state that has to be known from before ("exports to the kingdom")."""
    opened = _TO_THE.match(passage.lower, mark.end, stop)
    if opened is None or opened.group(1) != {"exports": "to", "imports": "from"}.get(mark.flow, "with"):
        return False
    words = [token.lower for token in passage.tokens if opened.end() <= token.start < stop][:3]
    return any(word in trade_words().lists["other_side"] and word not in ("market", "economy") for word in words)


def _with_a_region(passage: Passage, mark: Mark, stop: int) -> bool:
    """Tell whether a side is a part of the world without a code ("trade with Africa", "China-Africa trade")."""
    regions = trade_words().lists["regions"]
    before = _TIED_TO.search(passage.lower[max(passage.start, mark.start - 40) : mark.start])
    if before and (before.group(1) in regions or _is_a_name_without_code(passage, mark.start - len(before.group()) + 1)):
        return True
    for match in _TO_WHOM.finditer(passage.lower, mark.end, stop):
        if match.group().startswith("in ") and mark.flow not in ("investment", "financing"):
            continue  # where it happens
        named = any(actor.start < match.end(1) and match.start(1) < actor.end for actor in passage.parties)
        named = named or _ONE_STATE.match(passage.lower, match.end(1)) is not None
        if not named and (match.group(1) in regions or match.group(1).split()[0] in regions):
            return True
    return False


def _is_a_name_without_code(passage: Passage, at: int) -> bool:
    """Tell whether a name that is no party of ours is tied to another before a flow ("India-Virginia trade")."""
    if not passage.text[at : at + 1].isupper() or any(actor.start <= at < actor.end for actor in passage.actors):
        return False
    return any(actor.end == at - 1 for actor in passage.parties)


def _opening_party(passage: Passage, before: int) -> Actor | None:
    """Return the partner that a sentence opens with ("With China, Japan posted a deficit of …"), or a line of a list ("Peru: exports")."""
    label = _LABEL.match(passage.lower, passage.start, before)
    if label:
        named = next((actor for actor in passage.parties if actor.start == label.start(1)), None)
        return named if named and passage.lower.startswith((",", ":", " ("), named.end) else None
    opened = _OPENING_WITH.match(passage.lower, passage.start, before)
    if not opened:
        return None
    named = next((actor for actor in passage.parties if actor.start == opened.end()), None)
    return named if named and passage.lower.startswith((",", " the ", " its ", " it "), named.end) else None


def sides_of_noun(passage: Passage, mark: Mark, stop: int, state: Discourse, anchor: int | None = None) -> Sides:
    """Return the sides that the phrase around a flow's noun names, looking right as far as ``stop``."""
    flow = mark.flow
    parts = _OF_DEBT if "debt" in mark.sense else _PARTS[flow]
    reporter = partner = None
    several = False
    first: int | None = None
    owner = owner_of(passage, mark.start if anchor is None else min(mark.start, anchor))
    if anchor is not None and owner and owner.form != "demonym" and not passage.lower.startswith(("’", "'"), owner.end):
        owner = None  # "offered Tanzania $2bn in loans": given to, not owned
    own_code: str | None = None
    if owner:
        first = owner.start
        joined = joined_before(passage, owner)
        if len(owner.party_codes) == 2:
            reporter, partner = sorted(owner.party_codes)
        elif joined and code_of(joined) and code_of(owner):
            reporter, partner, first = code_of(joined), code_of(owner), joined.start
        elif len(owner.party_codes) > 2:
            several = True
        else:
            own_code = code_of(owner)
    else:
        before = passage.lower[max(passage.start, mark.start - 70) : mark.start]
        if own := (_OWN.search(before) or _THE_COUNTRY.search(before)):
            own_code = _own_code(passage, mark.start - len(before) + own.start(), state)
    found = prepositional_parties(passage, mark.end, stop)
    if flow in ("total", "exports", "imports", "balance") and any(is_part_of_state(actor) for _, actor, _ in found):
        return Sides(is_several=True)  # "trade between Shanghai and Peru"
    is_placed = flow == "investment" and any(preposition in ("in", "into") for preposition, _, _ in found)
    pair = None if is_placed else _pair_between(found)
    if pair:
        reporter, partner = pair
    for preposition, actor, one_of_several in found:
        part = parts.get(preposition)
        if part is None or pair:
            continue
        if len(actor.party_codes) == 2 and flow in ("total", "balance", "investment") and preposition in ("between", "of", "by"):
            reporter, partner = reporter or actor.party_codes[0], partner or actor.party_codes[1]
            continue
        if one_of_several or len(actor.party_codes) > 1:
            several = several or preposition in ("to", "from", "with", "between", "into")
            continue
        if part == "?":
            part = "p" if actor.form == "demonym" else "r"
        if mark.form.endswith(("deposit", "deposits")) and preposition in ("with", "at"):
            part = "r"  # who holds it owes it
        if part == "r" and flow in ("exports", "imports") and own_code and preposition in ("of", "by"):
            continue
        if part == "r" and reporter is None:
            reporter = code_of(actor)
        elif part == "p" and partner is None:
            partner = code_of(actor)
        first = min(first, actor.start) if first is not None else first
    if partner is None and not found and passage.lower.startswith(" there ", mark.end) and state.last and state.last.partner != WORLD:
        reporter, partner = reporter or state.last.reporter, state.last.partner  # "Sales there tripled"
    if (
        partner is None
        and flow in ("exports", "imports", "total")
        and (where := _WHERE_PARTY.search(passage.lower, passage.start, mark.start))
    ):
        named = next((actor for actor in passage.parties if actor.end == where.start()), None)
        partner = code_of(named) if named else None  # "in France, where German exports rose to …"
    states = _SEVERAL_STATES.search(passage.lower, mark.end, found[0][1].start if found else stop)
    if states and not (found and passage.lower.startswith(" of ", states.end())):
        several = True
    if partner is None and flow != "financing" and _WITH_OTHERS.match(passage.lower, passage.start, mark.start):
        several = True
    bound = next((actor for actor in passage.parties if passage.lower.startswith("-bound ", actor.end)), None)
    if partner is None and flow == "exports" and bound and bound.end <= mark.start <= bound.end + _NEAR_BOUND:
        partner = code_of(bound)  # "Japan’s U.S.-bound car exports"
    if partner is None and not found and flow in ("exports", "imports", "total", "balance") and _with_the_unknown(passage, mark, stop):
        several = True
    is_unsaid = partner is None and not found and flow in ("exports", "imports", "total") and _with_one_unsaid(passage, mark, stop)
    if (reporter is None or partner is None) and _with_a_region(passage, mark, stop):
        several = True
    if (
        partner is None
        and not several
        and flow in ("total", "balance", "exports", "imports")
        and (opener := _opening_party(passage, mark.start))
    ) and opener.start != (owner.start if owner else -1):
        partner = code_of(opener)
    into = next((code_of(actor) for preposition, actor, _ in found if preposition in ("to", "into")), None)
    if own_code and flow == "imports" and into not in (None, own_code) and owner is not None and owner.form == "demonym":
        reporter, partner = into, own_code  # "Indian imports to the UK"
    elif own_code:
        reporter, partner = _with_owner(mark, own_code, owner, reporter, partner, found)
    if partner is None and reporter is not None and not several:
        partner = other_side(passage, mark.end, stop, reporter, state, flow)
    elif partner is None and not several:
        partner = other_side(passage, mark.end, stop, own_code or state.home, state, flow)
    if is_unsaid and partner is None:
        several = True  # "exports to the kingdom", which nobody has named
    if flow in ("financing", "investment") and reporter is None and partner and not several:
        reporter = other_side(passage, mark.end, stop, partner, state)
    return Sides(reporter, partner if partner != reporter else None, several, first)


def _with_owner(
    mark: Mark, own: str, owner: Actor | None, reporter: str | None, partner: str | None, found: list
) -> tuple[str | None, str | None]:
    """Give the owner of a flow its part: mostly the reporter, but who owns an investment or a loan gives it."""
    if mark.flow == "investment" and mark.sense != "outward":
        has_destination = reporter is not None or any(preposition in ("in", "into", "to") for preposition, _, _ in found)
        is_inflow = mark.form.endswith(("inflows", "inflow", "stock", "capital", "flows")) or "foreign" in mark.form or mark.form == "fdi"
        gives = has_destination or (not is_inflow and owner is not None and owner.form in ("demonym", "capital"))
        if gives and own != reporter:
            return reporter, own
        return own, partner
    if mark.flow == "financing" and "debt" not in mark.sense:
        return (reporter, own) if own != reporter else (reporter, partner)
    if mark.flow == "investment":
        return reporter, own
    if mark.flow == "total" and reporter and not partner and own != reporter:
        return own, reporter
    return own, partner if partner != own else (reporter if reporter != own else None)


def _pair_between(found: list[tuple[str, Actor, bool]]) -> tuple[str, str] | None:
    """Return the pair of "between A and B"."""
    names = [actor for preposition, actor, _ in found if preposition == "between"]
    codes = [code for actor in names for code in actor.party_codes]
    if len(set(codes)) == 2 and len(names) <= 2:
        return codes[0], codes[1]
    return None


def _own_code(passage: Passage, at: int, state: Discourse) -> str | None:
    """Return whose "its" is: a pronoun resolved, else the party that opened the sentence, else the last reporter."""
    if passage.lower.startswith(("our ", "we "), at):
        speakers = [actor for actor in passage.actors if actor.form in ("person", "surname") and len(actor.party_codes) == 1]
        if speakers:
            return code_of(speakers[0])
    if (
        state.last
        and passage.lower.startswith("the ", at)
        and passage.number - state.last_passage <= _TOLD_OF
        and state.last.reporter != WORLD
    ):
        return state.last.reporter  # "the country’s exports" in a passage on one country's trade
    for actor in passage.actors:
        if actor.form in ("pronoun", "role", "group") and at <= actor.start <= at + 12 and actor.party_codes:
            return code_of(actor)
    before = [actor for actor in passage.parties if actor.end <= at and len(actor.party_codes) == 1]
    acting = [
        actor
        for actor in before
        if passage.lower.startswith(("’s", "'s", "’", "'"), actor.end)
        or preposition_before(passage, actor) not in ("to", "from", "with", "in", "into", "against")
    ]
    if acting:
        return code_of(acting[-1])
    if before:
        return code_of(before[0])
    if state.last and state.last.reporter != WORLD:
        return state.last.reporter
    return state.home


def _is_a_body(passage: Passage, demonym: Actor, stop: int) -> bool:
    """Tell whether a demonym opens the name of companies or authorities ("Kazakh businesses have invested")."""
    bodies = trade_words().lists["investing_bodies"]
    return any(demonym.end <= token.start < stop and (token.lower in bodies or token.tag == "PROPN") for token in passage.tokens)


def sides_of_verb(passage: Passage, mark: Mark, stop: int, left: int, state: Discourse) -> Sides:
    """Return the sides of a verb of trade or money: its subject, the goods' demonym, and the prepositions after it."""
    sense, flow = mark.sense, mark.flow
    subject = subject_of(passage, mark.start, left)
    is_object = subject is not None and (subject.form == "demonym" or preposition_before(passage, subject) in ("to", "from"))
    if subject and is_object and _AND_ALSO.fullmatch(passage.lower, subject.end, mark.start):
        subject = subject_of(passage, subject.start, passage.start)  # "imported … from Brazil and exported …": who imported exports
    own = code_of(subject) if subject else None
    if subject is None:
        pronoun = re.search(
            r"\b(?:it|they|we|the country|the nation|the kingdom)\s+(?:[\w]+\s+){0,3}$",
            passage.lower[max(passage.start, mark.start - 40) : mark.start],
        )
        if pronoun and sense in ("investor", "lender"):
            goes_on = state.last is not None and state.last.flow == flow and not pronoun.group().startswith("we")
            own = state.last.partner if state.last and goes_on else None
        elif pronoun:
            own = state.last.reporter if state.last and state.last.reporter != WORLD else state.home
    reporter = partner = None
    several = bool(subject and len(subject.party_codes) > 1)
    between = _pair_between(prepositional_parties(passage, mark.end, stop)) if sense == "trader" else None
    if between:
        return Sides(*between)
    joined = joined_before(passage, subject) if subject and sense == "trader" else None
    if joined and code_of(joined) and own:
        return Sides(code_of(joined), own, start=joined.start)
    for preposition, actor, one_of_several in prepositional_parties(passage, mark.end, stop):
        code = code_of(actor)
        if one_of_several or code is None:
            several = several or preposition in ("to", "from", "in", "into")
            continue
        part = _PARTS[flow].get(preposition)
        if flow in ("exports", "imports") and part == "?":
            part = "p" if actor.form == "demonym" else None
        if sense == "trader":
            part = "p" if preposition == "with" else None
        if part == "p" and partner is None and code != own:
            partner = code
        elif part == "r" and reporter is None and code != own:
            reporter = code
    goods = _goods_demonym(passage, mark.end, stop)
    if sense in ("seller", "buyer", "trader"):
        reporter = own or reporter
        if sense == "buyer" and partner is None and goods and goods != reporter:
            partner = goods
        if sense == "seller" and own is None and goods:
            reporter = goods
        if sense == "seller" and partner is None:
            partner = _indirect_object(passage, mark.end, stop)
    elif sense == "lender" and subject and _IS_PASSIVE.search(passage.lower, passage.start, mark.start):
        giver = next(
            (code_of(actor) for preposition, actor, _ in prepositional_parties(passage, mark.end, stop) if preposition == "by"), None
        )
        reporter, partner = (own, giver) if giver else (reporter, None)  # "Chad was lent $2bn by Spain"
    elif sense in ("investor", "lender"):
        if subject and subject.form == "demonym" and not _is_a_body(passage, subject, mark.start):
            return Sides()  # people, or a law: no state gives here
        partner = own or partner
        person = person_before(passage, mark.start) if partner is None else None
        if person and person.text.lower() != "we":
            partner, subject = code_of(person), person
            if person.text.lower() in ("it", "they") and state.last and state.last.flow == flow:
                partner = state.last.partner  # the lender or investor goes on
        reporter = reporter or (other_side(passage, mark.end, stop, partner, state) if partner else None)
        reporter = reporter or (_indirect_object(passage, mark.end, stop) if flow == "financing" else None)
    elif sense in ("receiver", "debtor", "loser"):
        found_partner = partner
        if sense in ("debtor", "loser"):
            found_partner = (
                next(
                    (code_of(actor) for preposition, actor, _ in prepositional_parties(passage, mark.end, stop) if preposition == "to"),
                    None,
                )
                or partner
            )
            if found_partner is None:
                found_partner = _indirect_object(passage, mark.end, stop)
        reporter, partner = own or reporter, found_partner
    if partner is None and reporter is not None and not several:
        partner = other_side(passage, mark.end, stop, reporter, state, flow)
    if partner is None and flow in ("exports", "imports", "total") and _SEVERAL_STATES.search(passage.lower, mark.end, stop):
        several = True
    start = subject.start if subject else None
    return Sides(reporter, partner if partner != reporter else None, several, start)


def _goods_demonym(passage: Passage, start: int, stop: int) -> str | None:
    """Return the country whose demonym stands before the goods ("imported Indian goods")."""
    for actor in passage.parties:
        if (
            start <= actor.start < stop
            and is_attributive(passage, actor)
            and preposition_before(passage, actor) in (None, "of", "over", "than")
        ):
            return code_of(actor)
    return None


def _indirect_object(passage: Passage, start: int, stop: int) -> str | None:
    """Return the party right after a verb of giving ("gave Pakistan a loan")."""
    for actor in passage.parties:
        if start <= actor.start < stop:
            is_next = actor.start - start <= 5 or _NAME_OF.fullmatch(passage.text, start, actor.start)
            return code_of(actor) if is_next and actor.form != "demonym" else None
    return None


def sides_of_contract(passage: Passage, mark: Mark, stop: int, left: int) -> Sides:
    """Return supplier (reporter) and buyer (partner) of a contract, by the verb that says who sells or buys."""
    subject = subject_of(passage, mark.start, left) or next(
        (actor for actor in passage.actors if actor.form in ("person", "role") and left <= actor.start and actor.end <= mark.start), None
    )
    own = code_of(subject) if subject else None
    deeds = {
        verb.sense
        for verb in passage.marks
        if verb.kind == "verb" and verb.sense in ("buyer", "seller") and verb.start >= left and verb.start < stop
    }
    wins = any(
        word in passage.lower[left : mark.start]
        for word in ("won ", "win ", "wins ", "secured ", "awarded ", "clinched ", "landed ", "bagged ")
    )
    others = [
        (preposition, code_of(actor))
        for preposition, actor, _ in prepositional_parties(passage, left, stop)
        if actor is not subject and code_of(actor)
    ]
    by_preposition = dict(reversed(others))
    start = subject.start if subject else None
    if "buyer" in deeds or (mark.form in ("purchase contract", "purchase agreement", "procurement contract") and not wins):
        supplier = by_preposition.get("from") or by_preposition.get("with") or by_preposition.get("by")
        return Sides(supplier, own if own != supplier else None, start=start)
    if mark.form in ("purchase", "acquisition", "procurement"):
        supplier = by_preposition.get("from") or by_preposition.get("of")
        buyer = by_preposition.get("for") or by_preposition.get("by") or own
        return Sides(supplier, buyer if buyer != supplier else None, start=start)
    if mark.form.endswith("sale") or mark.form.endswith("sales"):
        owner = owner_of(passage, mark.start)
        supplier = by_preposition.get("by") or (code_of(owner) if owner else None) or own
        return Sides(supplier, by_preposition.get("to") if by_preposition.get("to") != supplier else None, start=start)
    if "seller" in deeds or wins or mark.form in ("export contract", "export deal", "supply contract", "supply deal"):
        buyer = (
            by_preposition.get("to")
            or by_preposition.get("with")
            or by_preposition.get("from")
            or by_preposition.get("for")
            or by_preposition.get("in")
        )
        return Sides(own, buyer if buyer != own else None, start=start)
    return Sides()
