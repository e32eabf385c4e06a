"""The pair of a figure, once its own words are read: gaps filled from the figure before, the pair in force, or the world.

Belongs here: that filling, flow by flow. Does not belong here: reading words of the phrase (trade_parties, trade_givers).
"""

import re

from pipelines.extraction.frames.trade_balances import is_other_balance
from pipelines.extraction.frames.trade_commodities import commodity_of
from pipelines.extraction.frames.trade_parties import LENDERS, are_fellows, code_of, owner_of, preposition_before, sides_named
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage
from pipelines.extraction.frames.trade_sides import Sides
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Actor, Amount

_THE_LENDER = re.compile(
    r"\b(?:the|its) (?:bank|lender|fund|institution|development bank|multilateral lender|washington-based lender|manila-based lender)\b"
)
_GIVEN_AT_HOME = re.compile(
    r"\b(?:to|for) (?:(?:the|its|small|local|poor|young|needy|affected|low-income|domestic|state-owned|private)\s+){0,2}"
    r"(?:farmers|companies|businesses|firms|students|victims|households|families|banks|workers|citizens|women|youth|startups|"
    r"municipalities|provinces|states|schools|exporters)\b"
)
_NO_OBJECT = re.compile(r"(?<!\bup )\b(?:to|for|from|of|access|by|that|whether|in|on|at)\b(?! (?:much|least))")
_OF_IT = re.compile(r"\s+(?:of|from|out of) (?:it|that|this|them|the total|the amount|that amount)\b")
_BALANCE_REACH = 3  # sentences after a figure of trade in which "the deficit with X" is one of trade
_OF_ITS = 8  # characters from a flow to its owner ("exports of UK goods")
_GIFT_REACH = 3  # sentences that the recipient of aid stays in force
_INFLOW = re.compile(r"\b(?:foreign|fdi|inflows?)\b")
_TOTAL_INFLOW = re.compile(r"\b(?:total|overall|foreign)\s+(?:[\w-]+\s+){0,2}$")
_THIS = re.compile(r"\b(?:the|this|that)\s+$")
_OF_WHICH = re.compile(r",?\s+(?:out )?of which\b")  # a part of it goes to one state, the whole to all
_ALSO = re.compile(
    r"(?:\s+(?:worth\s+)?(?:of|in|to|from)\s+(?:the\s+)?[\w-]+){0,2}"
    r"(?:\s+(?:annually|(?:a|per|each|every|last|this) year))?,?\s+(?:and|but|while)\s+(?:also\s+|only\s+|in turn\s+)?"
)
_OF_ALL = ("world trade", "global trade", "international trade")  # of all states together
_CITIES = ("capital", "place")
_TO_WHOM = ("to", "for", "in", "of", "into", "towards", "across")
RECOVERED = ("exports", "imports", "total", "balance")


def settled_pair(
    passage: Passage, mark: Mark, sides: Sides, previous: Draft | None, state: Discourse, amount: Amount, stop: int
) -> tuple[str, str] | None:
    """Return reporter and partner, filled from the last figure, the pair in force or the world; None where no claim can be made."""
    if sides.is_several:
        return None
    reporter, partner, flow = sides.reporter, sides.partner, mark.flow
    if flow == "total":
        return _settled_total(passage, mark, reporter, partner, previous, state)
    if flow in ("exports", "imports", "balance"):
        return _settled_goods(passage, mark, reporter, partner, previous, state, amount)
    if flow == "investment":
        if mark.kind == "verb":
            return (reporter, partner or WORLD) if reporter and (partner or mark.sense == "receiver") else None
        told = state.last if state.last and state.last.flow == "investment" and is_near(passage, state) else None
        if reporter is None and partner is None:
            return _investment_told_of(passage, mark, told)
        if mark.sense == "outward":
            return (reporter or WORLD, partner) if partner else None
        if reporter is None:
            return _invested_in(passage, partner, told, state) if partner else None
        is_inflow = "foreign" in mark.form or "fdi" in mark.form or mark.form.endswith(("inflows", "capital"))
        if partner is None and not is_inflow:
            if "two-way" in mark.form or "mutual" in mark.form or "bilateral" in mark.form:
                partner = state.other(reporter)
            elif not re.search(r"\bforeign\b", passage.lower[max(passage.start, mark.start - 25) : mark.start]):
                return None
        return reporter, partner or WORLD
    if flow == "financing":
        named = [actor.end for actor in passage.parties if mark.end <= actor.start and actor.end <= amount.start]
        opens = max((mark.end, *(named if mark.sense == "debtor" else ())))  # "owed the Export Bank of China $2bn"
        if mark.kind == "verb" and mark.end <= amount.start and _NO_OBJECT.search(passage.lower, opens, amount.start):
            return None
        if "debt" in mark.sense:
            reporter = reporter or (previous.reporter if previous and previous.flow == "financing" else None)
            if mark.sense == "weak debt" and not partner:
                return None
            return (reporter, partner or WORLD) if reporter else None
        return _settled_financing(passage, mark, reporter, partner, amount, state)
    return (reporter, partner) if reporter and partner else None


def _settled_financing(
    passage: Passage, mark: Mark, reporter: str | None, partner: str | None, amount: Amount, state: Discourse
) -> tuple[str, str] | None:
    """Settle a loan or grant: who is not named is the lender or the recipient spoken of before, or the other side of the pair in force."""
    if reporter and partner:
        return reporter, partner
    is_weak = mark.sense.startswith("weak")
    if _GIVEN_AT_HOME.search(passage.lower, passage.start, passage.end):
        return None
    if _is_of_many(passage):
        return None
    if reporter is None and (giver := partner or _lender_told_of(passage, state)) and (giver in LENDERS or not is_weak):
        recipient = _recipient(passage, giver, amount, state, is_subject=partner is not None)
        if recipient:
            return recipient, giver
    if reporter and (lender := _lender_told_of(passage, state)) not in (None, reporter):
        return reporter, lender
    if is_weak:
        return None
    if reporter and _THE_LENDER.search(passage.lower, passage.start, amount.start):
        return (reporter, state.lender) if state.lender and state.lender != reporter else None
    known, recent = reporter or partner, state.recent_pair()
    if known is None or recent is None or known not in recent or _others_named(passage, set(recent)):
        return None
    other = recent[1] if recent[0] == known else recent[0]
    return (known, other) if reporter else (other, known)


def _others_named(passage: Passage, known: set[str]) -> list[str]:
    """Return the parties of a sentence but those known, in order; no city in which something only happens."""
    named = (actor for actor in _named(passage) if not (actor.form in _CITIES and preposition_before(passage, actor) in ("in", "at")))
    return list(dict.fromkeys(code for actor in named for code in actor.party_codes if code not in known))


def _named(passage: Passage) -> list[Actor]:
    """Return the parties of a sentence with those that "the country" stands for."""
    return [*passage.parties, *(actor for actor in passage.actors if actor.form == "pronoun" and actor.text.lower().startswith("the "))]


def _invested_in(passage: Passage, partner: str, told: Draft | None, state: Discourse) -> tuple[str, str] | None:
    """Return the pair of an investment whose destination is not named: the last one's, else the country of the article."""
    if told and told.reporter != partner:
        return told.reporter, partner
    other = state.main_other(partner) or state.other(partner)
    if other is None or are_fellows(passage, other, partner):
        other = state.home if state.home != partner else None
    return (other, partner) if other else None


def _investment_told_of(passage: Passage, mark: Mark, told: Draft | None) -> tuple[str, str] | None:
    """Return the pair of "the investment" that names none: that of the last figure; with inflows the world."""
    if told is None:
        return None
    if _INFLOW.search(mark.form) or _TOTAL_INFLOW.search(passage.lower, passage.start, mark.start):
        return told.reporter, WORLD
    return (told.reporter, told.partner) if _THIS.search(passage.lower, max(passage.start, mark.start - 8), mark.start) else None


def _lender_told_of(passage: Passage, state: Discourse) -> str | None:
    """Return the one development bank or fund that a sentence names, or that it calls "the bank"."""
    lenders = {code for actor in passage.parties for code in actor.party_codes if code in LENDERS}
    if len(lenders) == 1:
        return lenders.pop()
    return state.lender if not lenders and _THE_LENDER.search(passage.lower, passage.start, passage.end) else None


def _is_of_many(passage: Passage) -> bool:
    """Tell whether a sentence speaks of many states or a part of the world, so that money goes to none in particular."""
    words = passage.lower[passage.start : passage.end].replace(",", " ").split()
    return not trade_words().lists["many_states"].isdisjoint(words)


def _recipient(passage: Passage, giver: str, amount: Amount, state: Discourse, is_subject: bool) -> str | None:
    """Return who is given: the one state named after the figure, else who was given before, else the article's country."""
    others = _others_named(passage, {giver})
    if others:
        given = {
            code
            for actor in _named(passage)
            if not is_subject or (actor.start >= amount.end and (actor.form == "demonym" or preposition_before(passage, actor) in _TO_WHOM))
            for code in actor.party_codes
        }
        return others[0] if len(others) == 1 and others[0] in given and others[0] not in LENDERS else None
    last = state.last
    if last and last.flow == "financing" and last.reporter != giver and passage.number - state.last_passage <= _GIFT_REACH:
        return last.reporter
    return state.home if giver in LENDERS and state.home != giver else None


def _settled_total(
    passage: Passage, mark: Mark, reporter: str | None, partner: str | None, previous: Draft | None, state: Discourse
) -> tuple[str, str] | None:
    if reporter and partner:
        return reporter, partner
    is_border = "border" in mark.form + passage.lower[max(passage.start, mark.start - 8) : mark.start]
    is_told = state.recent_pair() is not None or (previous is not None and previous.partner != WORLD)
    if is_border and partner is None and not is_told:
        return None  # with all neighbours
    if mark.form in _OF_ALL and not reporter:
        return None
    if mark.sense == "world" and not partner:
        reporter = reporter or state.home
        return (reporter, WORLD) if reporter else None
    if partner:
        near = previous.reporter if previous and previous.reporter not in (partner, WORLD) else None
        recent = state.recent_pair()
        other = near or (state.other(partner) if recent and partner in recent else None)
        other = other or _trader_told_of(passage, partner, state) or (state.home if state.home != partner else None) or state.other(partner)
        return (other, partner) if other else None
    if reporter and not _is_mutual(passage, mark):
        whose = next(
            (owner_of(passage, rank.start) for rank in passage.marks if rank.sense in ("partner", "listed") and rank.end <= mark.start),
            None,
        )
        code = code_of(whose) if whose else None
        return (code, reporter) if code not in (None, reporter) else (reporter, WORLD)
    if reporter:
        if previous and reporter in (previous.reporter, previous.partner) and previous.partner != WORLD:
            return previous.reporter, previous.partner
        named = {code for actor in passage.parties for code in actor.party_codes}
        other = next(iter(named - {reporter}), None) if len(named) == 2 else None
        other = other or state.other(reporter) or (state.home if state.home != reporter else None)
        return (reporter, other) if other else None
    named_groups = [actor.party_codes for actor in passage.actors if len(actor.party_codes) == 2]
    if named_groups:
        return named_groups[0][0], named_groups[0][1]
    if (nation := _all_trade_of(passage, mark, state)) is not None:
        return nation, WORLD
    if mark.form in ("cargo", "freight", "rail cargo") and state.here - state.pair_passage <= 1:
        return state.recent_pair()
    is_of_pair = mark.form == "turnover" and state.here - state.traded_passage <= 1
    if (
        mark.sense == "weak"
        and not is_of_pair
        and (previous is None or previous.flow != "total")
        and not (state.last and state.last.flow == "total")
    ):
        return None
    if previous and previous.partner != WORLD:
        return previous.reporter, previous.partner
    if mark.sense == "pair":
        return _pair_meant(passage, state)
    if previous:
        return previous.reporter, previous.partner
    in_order = list(dict.fromkeys(code for actor in passage.parties for code in actor.party_codes))
    if len(in_order) == 2:
        return in_order[0], in_order[1]
    return state.recent_pair()


def _trader_told_of(passage: Passage, partner: str, state: Discourse) -> str | None:
    """Return whose trade with another was told just before, where a sentence goes on with one more partner."""
    last = state.last
    if last is None or last.flow not in RECOVERED or not is_near(passage, state) or partner in (last.reporter, last.partner):
        return None
    return last.reporter if last.reporter != WORLD else None


def _all_trade_of(passage: Passage, mark: Mark, state: Discourse) -> str | None:
    """Return whose "total trade" is told where no side is named, after what a country trades with the world."""
    last = state.last
    if last is None or last.partner != WORLD or last.flow not in RECOVERED or last.reporter != state.home:
        return None
    if not (mark.form.startswith("total ") or _says_whole_world(passage, mark)) or _is_mutual(passage, mark) or sides_named(passage):
        return None
    return last.reporter


def _is_mutual(passage: Passage, mark: Mark) -> bool:
    """Tell whether a flow is between two sides by its own words ("bilateral trade", "their annual trade")."""
    if any(word in mark.form for word in ("bilateral", "two-way", "mutual", "reciprocal", "border", "inter-state", "between")):
        return True
    before = passage.lower[max(passage.start, mark.start - 30) : mark.start]
    return bool(re.search(r"\b(?:their|bilateral|two-way|mutual|reciprocal|joint|cross-border)\s+(?:[\w-]+\s+){0,2}$", before))


def _pair_meant(passage: Passage, state: Discourse) -> tuple[str, str] | None:
    """Return the two sides of a "bilateral" figure that names none: those of its sentence, of the sentences just before, of the article."""
    named = sides_named(passage)
    if len(named) == 2:
        return named[0], named[1]
    recent = state.recent_pair()
    if len(named) == 1 and state.article_pair and named[0] in state.article_pair and not (recent and named[0] in recent):
        return state.article_pair
    return recent or state.article_pair


def _settled_goods(
    passage: Passage, mark: Mark, reporter: str | None, partner: str | None, previous: Draft | None, state: Discourse, amount: Amount
) -> tuple[str, str] | None:
    """Settle exports, imports and balances: a bare noun goes on with the pair just spoken of, else it is with the world."""
    weak = mark.sense.startswith("weak")
    if weak and mark.flow == "balance" and is_other_balance(passage, mark):
        return None
    last = previous or (state.last if is_near(passage, state) else None)
    has_context = last is not None and last.flow in RECOVERED
    if weak and mark.flow == "balance" and partner and state.last and state.last.flow in RECOVERED:
        has_context = has_context or passage.number - state.last_passage <= _BALANCE_REACH
    if weak and not has_context and not (reporter and partner) and not (mark.flow != "balance" and partner):
        return None
    if weak and mark.flow == "balance" and state.blocked_passage >= passage.number - 1:
        return None
    if mark.kind == "verb" and reporter and partner is None and mark.sense in ("buyer", "seller"):
        recent = state.recent_pair()
        is_told_of = state.article_pair is not None and recent is not None and set(recent) == set(state.article_pair)
        if (
            recent
            and is_told_of
            and reporter in recent
            and not _says_whole_world(passage, mark)
            and not _OF_WHICH.match(passage.lower, amount.end)
        ):
            partner = recent[1] if recent[0] == reporter else recent[0]
    if mark.kind == "verb" and reporter is None and partner and last and partner in (last.reporter, last.partner) and last.partner != WORLD:
        reporter = last.partner if partner == last.reporter else last.reporter
    if (
        mark.kind == "verb"
        and partner is None
        and previous
        and reporter in (None, previous.reporter)
        and _ALSO.fullmatch(passage.lower, previous.anchor_end, mark.start)
    ):
        return previous.reporter, previous.partner  # "sold Peru goods worth $2bn and bought $1bn’s worth"
    if mark.kind == "verb" and not (
        reporter and (partner or mark.form in ("exported", "imported", "export", "import", "exports", "imports"))
    ):
        return None
    is_world = partner is None and _says_whole_world(passage, mark)
    if (
        partner is None
        and not is_world
        and last
        and last.partner != WORLD
        and (last.passage == passage.number or (state.several_passage != last.passage and state.last_partners == 1))
        and _goes_on(passage, mark, last, reporter, amount)
        and (reporter is None or reporter in (last.reporter, last.partner))
    ):
        bilateral = {last.reporter, last.partner}
        if reporter is None:
            reporter = last.reporter if last.flow != "total" else (state.home if state.home in bilateral else last.reporter)
        partner = next(iter(bilateral - {reporter}), None)
    if reporter is None:
        if last and last.flow != "total" and last.reporter != WORLD and last.reporter != partner:
            reporter = last.reporter
        elif last and partner in (last.reporter, last.partner) and WORLD not in (last.reporter, last.partner):
            reporter = last.partner if partner == last.reporter else last.reporter
        else:
            counts = _counting_state(passage, mark)
            home = counts if counts and partner else state.home
            reporter = home if home != partner else state.other(partner) if partner else None
    if reporter is None:
        return None
    if partner is None and state.is_with_region and not is_world:
        return None
    if partner is None and _OF_IT.match(passage.lower, amount.end):
        partner = state.other(reporter)
    return reporter, partner or WORLD


def _counting_state(passage: Passage, mark: Mark) -> str | None:
    """Return the state whose office tells a figure that names no reporter ("Norway’s customs said exports to Peru fell")."""
    offices = trade_words().lists["counting_offices"]
    opener = next((actor for actor in passage.parties if actor.end <= mark.start), None)
    if opener is None or len(opener.party_codes) != 1:
        return None
    following = [token.lower for token in passage.tokens if opener.start <= token.start < mark.start][:6]
    return code_of(opener) if not offices.isdisjoint(following) else None


def _is_part_of(amount: Amount, last: Draft) -> bool:
    """Tell whether a figure can be one side's part of a pair's trade: in its money and not above it."""
    return last.flow == "total" and last.amount is not None and amount.currency == last.currency and (amount.value or 0) < last.amount


def _goes_on(passage: Passage, mark: Mark, last: Draft, reporter: str | None, amount: Amount) -> bool:
    """Tell whether a bare noun goes on with the pair of the last figure: in one sentence always, in the next without a new owner."""
    if last.passage == passage.number:
        # A balance with an owner of its own is with the world, unless it sums up what was just said of the pair.
        return mark.flow != "balance" or last.flow != "balance" or owner_of(passage, mark.start) is None
    goods = commodity_of(passage, mark, mark.end, mark.end, mark.end)
    if goods and last.commodity and goods.lower() != last.commodity.lower() and mark.flow == last.flow:
        return False  # other goods, to the world
    return passage.number - last.passage <= 1 and (
        reporter is None
        or (mark.flow in ("exports", "imports") and _is_part_of(amount, last))
        or (
            reporter == last.reporter
            and not any(reporter in actor.party_codes and actor.start <= mark.end + _OF_ITS for actor in passage.parties)
        )
    )


def is_near(passage: Passage, state: Discourse) -> bool:
    return passage.paragraph == state.last_paragraph or passage.number - state.last_passage <= 1


def _says_whole_world(passage: Passage, mark: Mark) -> bool:
    before = passage.lower[max(passage.start, mark.start - 40) : mark.start]
    opening = passage.lower[passage.start : passage.start + 25]
    return bool(
        re.search(r"\b(?:overall|total|global|worldwide|combined|aggregate|country[’']s)\s+(?:\w+\s+)?$", before)
    ) or opening.startswith(("overall", "in total", "altogether", "globally", "in all"))
