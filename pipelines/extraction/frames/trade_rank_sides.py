"""Whose rank it is, and among whose partners: the sides of "China is Poland's second-largest source of imports".

Belongs here: from a word of rank and the parties around it to reporter and partner. Does not belong here: finding ranks and their figures
(trade_ranks).
"""

import re
from dataclasses import dataclass
from functools import cache

from pipelines.extraction.frames.trade_commodities import noun_phrase
from pipelines.extraction.frames.trade_parties import code_of, is_attributive, owner_of, preposition_before, subject_of
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Passage
from pipelines.extraction.frames.trade_words import Mark, any_of
from pipelines.extraction.model import Actor

_COPULA_AFTER = re.compile(r"\s*(?:,|\(|is|was|remains|remained|being|has been|after|–|—|:)\s*(?:the\s+|still\s+)*")
_OF_GOODS = re.compile(r"\s+(?:of|for)\s+(?:the\s+|its\s+)?")
_ASIDE = re.compile(
    r"(?:,|\s\(|\s[–—-])\s*(?:(?P<own>(?:its|their|the (?:country|nation|kingdom|republic|island)[’']s)\s+)|[\w.’' -]{2,30}[’']s?\s+)"
    r"(?:[\w-]+\s+){0,2}$"
)


@cache
def overtakes() -> re.Pattern[str]:
    """Return what tells that one party takes another's place ("overtaking Spain as")."""
    return re.compile(rf"\b{any_of('overtaking')}\s+(?P<by>by\s+)?[\w.’' -]{{2,40}}\sas\s")


@cache
def _overtook() -> re.Pattern[str]:
    return re.compile(rf"\b{any_of('overtaking', 'outrunning')}\b")


@dataclass(frozen=True, slots=True)
class Ranked:
    """A rank with the noun it ranks. ``noun`` is None for an ellipsis ("and its fifth largest overall")."""

    start: int
    end: int
    rank: int
    noun: Mark | None
    after: int  # where the words after the rank phrase begin


def apposed_to(passage: Passage, ranked: Ranked, owner: str | None, state: Discourse) -> tuple[str | None, str | None] | None:
    """Return owner and holder of a rank said aside of a name: "exports to Iraq, its largest buyer"."""
    opened = _ASIDE.search(passage.lower, passage.start, ranked.start)
    holder = next((actor for actor in passage.parties if opened and actor.end == opened.start()), None)
    if holder is None or opened is None or code_of(holder) is None:
        return None
    if not opened.group("own"):
        return (owner, code_of(holder)) if owner not in (None, code_of(holder)) else None
    others = [actor for actor in passage.parties if actor.end <= holder.start and code_of(actor) not in (None, code_of(holder))]
    told = state.last.reporter if state.last and state.last.reporter != WORLD else state.home
    whose = code_of(others[-1]) if others else told
    return (whose if whose != code_of(holder) else None), code_of(holder)


def overtaker_in(passage: Passage, ranked: Ranked, owner: str | None) -> tuple[str | None, str | None]:
    """Return owner and holder where one takes another's rank: "overtaking Spain as its second-largest supplier"."""
    verb = overtakes().search(passage.lower, passage.start, ranked.start)
    assert verb is not None
    before = [actor for actor in passage.parties if actor.end <= verb.start() and code_of(actor)]
    after = next((actor for actor in passage.parties if verb.start() < actor.start and actor.end <= ranked.start), None)
    if verb.group("by"):
        return owner, code_of(after) if after else None
    holder = code_of(before[0]) if before else None
    others = [code_of(actor) for actor in before[1:] if code_of(actor) != holder]
    return owner if owner and after and owner != code_of(after) else (others[-1] if others else owner), holder


def owner_of_rank(passage: Passage, ranked: Ranked, noun: Mark, sense: str, stop: int) -> tuple[str | None, str | None, int]:
    """Return whose list it is, the goods it is about, and where the phrase ends."""
    owner = owner_of(passage, ranked.start) or (owner_of(passage, noun.start) if noun.start > ranked.after else None)
    code = code_of(owner) if owner else None
    commodity: str | None = None
    after = ranked.after
    opened = _OF_GOODS.match(passage.lower, ranked.after)
    if opened:
        named = next((actor for actor in passage.parties if actor.start == opened.end()), None)
        named = named or next(
            (actor for actor in passage.actors if actor.form == "role" and actor.start < opened.end() < actor.end and code_of(actor)), None
        )  # "the largest buyer of Kenyan" read as one who holds a role
        if named and (named.form == "role" or is_attributive(passage, named)) and sense in ("market", "importer", "source", "exporter"):
            code = code or code_of(named)
            commodity = noun_phrase(passage, named.end, stop)
            after = named.end + (len(commodity) + 1 if commodity else 0)
        elif named and preposition_before(passage, named) in ("of", "for"):
            code = code or code_of(named)
            after = named.end
            if passage.lower[named.end : named.end + 2] in ("’s", "'s"):
                commodity = noun_phrase(passage, named.end + 2, stop)
        elif sense in ("market", "source", "exporter", "importer"):
            commodity = noun_phrase(passage, opened.end(), stop)
            after = opened.end() + len(commodity) if commodity else after
            whose = next((actor for actor in passage.parties if after < actor.start <= after + 8), None) if commodity else None
            if whose and code is None and preposition_before(passage, whose) in ("of", "to", "for"):
                code, after = code_of(whose), whose.end  # "the largest supplier of crude oil of India"
    wanted = {
        "investor": ("in", "into", "to", "for"),
        "lender": ("to", "of", "for"),
        "source": ("to", "for", "into"),
        "market": ("for", "of", "from"),
        "partner": ("of", "for"),
        "exporter": ("to",),
        "importer": ("from",),
        "destination": ("for",),
        "receiver": ("of", "from"),
    }.get(sense, ())
    if code is None:
        for actor in passage.parties:
            if (
                after <= actor.start < stop
                and actor.start - after < 40
                and preposition_before(passage, actor) in wanted
                and not re.search(r"[,;]", passage.lower[after : actor.start])
            ):
                code, after = code_of(actor), actor.end
                break
    return code, commodity, after


def ranked_party(passage: Passage, ranked: Ranked, owner: str | None, after: int, state: Discourse) -> str | None:
    """Return who holds the rank: the subject before, or the name right after the rank ("its largest partner, China")."""
    follower = _COPULA_AFTER.match(passage.lower, after)
    if follower:
        named = next((actor for actor in passage.parties if actor.start == follower.end()), None)
        opener = follower.group().strip().split(" ")[0] if follower.group().strip() else ""
        if (
            named
            and opener not in ("after", "")
            and code_of(named)
            and code_of(named) != owner
            and preposition_before(passage, named) != "after"
        ):
            return code_of(named)
    left = clause_left(passage, ranked.start)
    candidates = [
        actor
        for actor in passage.parties
        if left <= actor.start
        and actor.end <= ranked.start
        and code_of(actor)
        and code_of(actor) != owner
        and not passage.lower.startswith(("’s", "'s"), actor.end)
    ]
    free = [
        actor for actor in candidates if preposition_before(passage, actor) in (None, "with", "on", "by", "at", "over", "on", "including")
    ]
    if _overtook().search(passage.lower, passage.start, ranked.start):
        first = next((actor for actor in passage.parties if actor.end <= ranked.start and code_of(actor) not in (None, owner)), None)
        return code_of(first) if first else None
    if free:
        return code_of(free[-1])
    subject = subject_of(passage, ranked.start, passage.start)
    if subject and code_of(subject) != owner:
        return code_of(subject)
    opening = passage.lower[passage.start : ranked.start].lstrip("“\"' ")
    if re.match(r"(?:it|the country|the nation|they|the kingdom|the republic|the bloc)\b", opening) or re.search(
        r"(?:^|[,;]\s|\band\s|\bwhich\s)(?:it|the country|the bloc|which)\s[^,;]*$", opening
    ):
        if state.last and state.last_passage >= passage.number - 1:
            members = [state.last.partner, state.last.reporter]
            return next((code for code in members if code not in (owner, WORLD)), None)
        return state.other(owner) if owner else state.home
    return None


def settled_sides(sense: str, owner: str | None, subject: str | None, is_owned: bool) -> tuple[str, str, str] | None:
    """Return flow, reporter and partner by what the rank's noun means."""
    if sense in ("exporter", "importer"):
        if subject is None or subject == owner:
            return None
        if owner and is_owned:
            return ("exports" if sense == "exporter" else "imports"), owner, subject
        if owner and sense == "importer":
            return "exports", owner, subject
        if owner and sense == "exporter":
            return "imports", owner, subject
        return ("exports" if sense == "exporter" else "imports"), subject, WORLD
    if owner is None or subject is None or owner == subject:
        return None
    if sense in ("destination", "receiver"):
        return "-", subject, owner
    return "-", owner, subject


def clause_left(passage: Passage, at: int) -> int:
    """Return where the clause before ``at`` begins."""
    best = passage.start
    for match in re.finditer(
        r"; |, (?:and|but|while|with|whereas) |\bthat |\bas |\bbecause |\bsince |\bwith ", passage.lower[passage.start : at]
    ):
        if any(actor.start >= passage.start + match.end() and actor.end <= at for actor in passage.parties):
            best = passage.start + match.end()
    return best


def owner_of_list(passage: Passage, at: int) -> str | None:
    """Return whose partners "among Vietnam's partners" are."""
    opened = re.compile(r"\s+(?:among|amongst|of)\s+(?:the\s+)?").match(passage.lower, at)
    if not opened:
        return None
    named: Actor | None = next((actor for actor in passage.parties if actor.start == opened.end()), None)
    return code_of(named) if named else None
