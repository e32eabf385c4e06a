"""Figures of a sentence as drafts of claims: level, earlier level, change, with their parties.

Belongs here: putting together what the neighbouring rooms find for each amount. Does not belong here: how they find it, or ranks.
"""

import re
from dataclasses import replace
from datetime import date

from pipelines.extraction.frames.trade_balances import side_in_favour, signed_value
from pipelines.extraction.frames.trade_changes import Change, changes_of, unattached_change
from pipelines.extraction.frames.trade_clauses import clause_start, clause_window, is_limited, is_only_bounded, opens_clause
from pipelines.extraction.frames.trade_commodities import commodity_of, goods_of_object
from pipelines.extraction.frames.trade_continuations import earlier_level, figure_from_before, further_member
from pipelines.extraction.frames.trade_cues import claim_type_of, stands_already
from pipelines.extraction.frames.trade_givers import bought_from_last, sides_of
from pipelines.extraction.frames.trade_governors import Role, SentenceMarks, marks_by_kind, roles_of
from pipelines.extraction.frames.trade_parties import code_of, prepositional_parties, ranks_a_region
from pipelines.extraction.frames.trade_passages import Discourse, Draft, Passage, Period
from pipelines.extraction.frames.trade_periods import own_period, with_shared_periods
from pipelines.extraction.frames.trade_respective import respective_readings
from pipelines.extraction.frames.trade_settling import RECOVERED, is_near, settled_pair
from pipelines.extraction.frames.trade_sides import Sides
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Amount

_ABOUT_LAST = re.compile(
    r"\W*(?:(?:as|according to) [^,]{3,60}, )?(?:this|that|it|(?:this|the|that) (?:figure|indicator|index|number|volume|value|"
    r"amount|turnover))\s"
    r"(?:is|was|has|had|represents|marks|increased|decreased|grew|rose|fell|declined|dropped|marked|represented|shows|compares|jumped)\b"
)
_BRACKET = re.compile(r" \((?:(?:up|down|plus|minus)? ?[+-]?[\d.,]+ ?(?:%|pct|percent|per cent|pc),? (?:to|at) )?")
_NAME_BEFORE_BRACKET = re.compile(r"\b(?:(?:to|from|with|in|and)\s(?:the\s)?|,\s)([A-Z][\w-]+(?:\s[A-Z][\w-]+)*)\s\([-–+]?$")
_AND_NOUN = re.compile(r",?\s+and\s+(?:the\s+)?[\w-]+\s+(?:to\s+|at\s+|of\s+)?(?:about\s+|around\s+|some\s+|nearly\s+|over\s+)?")
_TO_DO = re.compile(r"(?<!used )\bto $")  # "E.U. to purchase $750bn": still to be done
_COUNTERFACTUAL = re.compile(r"\b(?:(?:could|would|might|should) have|had it not been|had there been|were it not)\b")  # it never was
_IN_PLACE = re.compile(r"\b(?:in (?:place|force|effect)|running|available|agreed|signed|open)\s+$")
_NEAR = 25  # characters in which a date after an earlier level is that level's
_REACH_OF_UNTOLD = 3  # sentences that the period of a flow with many states stays in force
LEAST = 10_000  # a smaller sum is a price, not a flow


def read_figures(passage: Passage, state: Discourse, published: date | None) -> list[Draft]:
    """Return the drafts of the figures of one sentence; ``state`` tells what earlier sentences left in force."""
    readings = respective_readings(passage)
    if not readings:
        return _read_figures(passage, state, published)
    found: list[Draft] = []
    for position, reading in enumerate(readings):
        for draft in _read_figures(reading.passage, state, published):
            figure = reading.moved.get(draft.anchor_start)
            if figure is not None:
                end = max(draft.evidence_end, figure.end)
                found.append(replace(draft, anchor_start=figure.start, anchor_end=figure.end, evidence_end=end))
            elif position == 0:
                found.append(draft)
    return sorted(found, key=lambda draft: draft.anchor_start)


def _read_figures(passage: Passage, state: Discourse, published: date | None) -> list[Draft]:
    money = [amount for amount in passage.amounts if amount.unit == "money"]
    if not money and not any(amount.unit in ("percent", "factor") for amount in passage.amounts):
        return []
    marks = marks_by_kind(passage)
    if not marks.governors and state.last is None:
        return []
    if ranks_a_region(passage):
        state.several_passage = passage.number
    roles = roles_of(passage, marks, money)
    drafts: list[Draft | None] = []
    for position, role in enumerate(roles):
        drafts.append(_level(passage, marks, roles, position, drafts, state, published) if role.kind == "level" else None)
    changes = changes_of(passage, marks, [role for role in roles if role.kind == "level"])
    for position, draft in enumerate(drafts):
        if draft:
            drafts[position] = _with_change(draft, changes.get(draft.anchor_start))
    taken = tuple(
        (role.amount.end, roles[at + 1].amount.start if at + 1 < len(roles) else role.amount.end + 50)
        for at, role in enumerate(roles)
        if role.kind == "earlier"
    )
    levels = with_shared_periods(passage, [draft for draft in drafts if draft], period_in_force(passage, state), taken, published)
    by_anchor = {draft.anchor_start: draft for draft in levels}
    bare = _bare_changes(passage, marks, levels, state, changes, published)
    found = [*levels, *bare]
    for position, role in enumerate(roles):
        if role.kind == "earlier":
            earlier = earlier_level(passage, marks, roles, position, by_anchor, bare, state)
            if earlier:
                found.append(earlier)
    _amend_last(passage, marks, changes, state)
    if any(role.kind == "none" for role in roles) and not levels:
        state.blocked_passage = passage.number
    _note_untold(passage, roles, levels, state)
    return sorted(found, key=lambda draft: draft.anchor_start)


def _is_lost(passage: Passage, left: int, amount: Amount) -> bool:
    """Tell whether a sum is what did not come in ("lost out on more than $6bn in export revenue")."""
    words = passage.lower[max(left, amount.start - _NEAR) : amount.start].split()
    return not trade_words().lists["losing"].isdisjoint(words)


def _is_only_to_be(passage: Passage, start: int) -> bool:
    """Tell whether the verb of a change is an infinitive ("accords to reduce shipments by 30 percent")."""
    verb = next((mark for mark in reversed(passage.marks) if mark.kind in ("trend", "other", "cue") and mark.end <= start), None)
    return verb is not None and _TO_DO.search(passage.lower, verb.start - 4, verb.start) is not None


def _partner_after(passage: Passage, mark: Mark, start: int, stop: int) -> str | None:
    """Return the one partner named between two changes of a flow."""
    towards = {"exports": "to", "imports": "from"}.get(mark.flow, "with")
    named = [actor for preposition, actor, _ in prepositional_parties(passage, start, stop) if preposition == towards]
    return code_of(named[0]) if len(named) == 1 else None


def _note_untold(passage: Passage, roles: list[Role], levels: list[Draft], state: Discourse) -> None:
    """Keep the period of a flow with many states, which is no claim, for the states told of next."""
    if levels or not roles or roles[0].kind != "level" or state.several_passage != passage.number:
        return
    amount = roles[0].amount
    period = own_period(passage, passage.start, passage.start, amount.start, amount.end, passage.end)
    if period:
        state.untold_period, state.untold_passage = period, passage.number


def _amend_last(passage: Passage, marks: SentenceMarks, changes: dict[int, Change], state: Discourse) -> None:
    """Note the change of the last figure where a sentence tells it ("This figure decreased by 11.7 percent")."""
    last = state.last
    if last is None or last.amount is None or last.change is not None or passage.number - state.last_passage > 1:
        return
    if not _ABOUT_LAST.match(passage.lower, passage.start):
        return
    change = unattached_change(passage, marks, changes)
    if change:
        state.amended = replace(last, change=change.percent, trend=change.trend)


def period_in_force(passage: Passage, state: Discourse) -> Period | None:
    """Return the period that the sentence before left in force, where it is too far away that of the release, if there is one."""
    last = state.last
    if state.untold_passage > state.last_passage and passage.number - state.untold_passage <= _REACH_OF_UNTOLD:
        return state.untold_period
    if last is None or last.period is None or last.claim_type != "actual" or last.flow not in RECOVERED:
        return state.released
    is_near = passage.paragraph == state.last_paragraph or passage.number - state.last_passage == 1
    if not is_near:
        return state.released
    main = state.main.period if state.main is not None and state.main.flow == last.flow else None
    if main and main.start and last.period.start and last.period.start < main.start:
        return main  # not that of the level with which the figure was compared
    return last.period


def _level(
    passage: Passage,
    marks: SentenceMarks,
    roles: list[Role],
    position: int,
    drafts: list[Draft | None],
    state: Discourse,
    published: date | None,
) -> Draft | None:
    role = roles[position]
    amount, mark = role.amount, role.governor
    previous = next((draft for draft in reversed(drafts) if draft), None)
    left, stop = clause_window(passage, marks, roles, position)
    if mark is None:
        return figure_from_before(passage, marks, role, left, stop, previous, state, published)
    shares = next((at for at in range(position - 1, -1, -1) if drafts[at] and roles[at].governor is mark), None)
    if shares is not None:
        member = further_member(passage, marks, roles, position, shares, drafts, left, stop, state, published)
        named = _in_brackets_after(passage, amount)
        return replace(member, partner=named) if member and named not in (None, member.reporter) else member
    sides = side_in_favour(passage, mark, amount, sides_of(passage, marks, role, left, stop, state), state)
    if mark.sense == "listed":
        return None  # of one of several partners (trade_partner_lists)
    if _is_of_several(passage, mark, sides, state):
        return None
    if sides.reporter and sides.partner is None and (told := _in_brackets_after(passage, amount)) not in (None, sides.reporter):
        sides = replace(sides, partner=told)
    settled = settled_pair(passage, mark, sides, previous, state, amount, stop)
    flow, rule = mark.flow if mark.flow != "contract" else "exports", ""
    if settled is None and mark.kind == "verb" and mark.sense == "buyer":
        settled, flow, rule = bought_from_last(passage, sides, previous, state), "exports", "bought"
    if settled is None:
        return None
    reporter, partner = settled
    if mark.kind == "noun" and flow != "balance" and _is_lost(passage, left, amount):
        return None
    if is_only_bounded(passage, mark, amount.start if role.is_right else None) or _COUNTERFACTUAL.search(passage.lower, left, amount.start):
        return None
    value, high = signed_value(passage, mark, amount)
    if abs(value) < LEAST:
        return None
    first = min(mark.start, amount.start, sides.start if sides.start is not None else mark.start)
    opens = left if left == passage.start else max(left, clause_start(passage, min(mark.start, amount.start)))
    compared = tuple(
        (other.amount.end, min(other.amount.end + _NEAR, amount.start))
        for other in roles
        if other.kind == "earlier" and other.amount.end < amount.start
    )
    period = own_period(passage, opens, mark.start, amount.start, max(amount.end, mark.end), stop, compared)
    if stands_already(passage, left, amount.start):
        period = None  # the date is of what it shall become
    elif period and flow == "financing" and _IN_PLACE.search(passage.text, amount.end, passage.text.find(period.text, amount.end)):
        period = None  # since when the loan stands, not when it was paid
    commodity = commodity_of(passage, mark, amount.start, amount.end, stop)
    if commodity is None and rule == "bought":
        bought = previous or state.last
        commodity = bought.commodity if bought else None
    if commodity is None and mark.kind == "verb" and flow in ("exports", "imports"):
        commodity = goods_of_object(passage, mark, amount.start if amount.start > mark.end else stop)
    if commodity and not trade_words().lists["no_goods"].isdisjoint(commodity.lower().split()):
        return None
    if (
        previous
        and previous.claim_type != "actual"
        and role.is_right is False
        and _AND_NOUN.fullmatch(passage.lower, previous.anchor_end, amount.start)
    ):
        previous_type, period = previous.claim_type, period or previous.period  # "exports are to reach $22bn and imports $14bn"
    else:
        previous_type = None
    claim_type = previous_type or claim_type_of(
        passage, marks, left, amount.start, amount.end, stop, flow, period.end if period else None, published
    )
    if claim_type == "actual" and mark.kind == "verb" and _TO_DO.search(passage.lower, passage.start, mark.start):
        claim_type = "target"
    if claim_type == "target" and period and period.end and published and period.end < published:
        period = None  # when the aim was set
    if claim_type == "actual" and period and period.start and published and period.start >= published and flow in RECOVERED:
        period = None  # it dates what is yet to come
    return Draft(
        flow=flow,
        reporter=reporter,
        partner=partner,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=first,
        evidence_end=max(amount.end, mark.end if role.is_right else amount.end),
        rule_id=f"trade.{mark.kind}.{flow}" + (".after" if role.is_right else ""),
        passage=passage.number,
        claim_type=claim_type,
        amount=value,
        amount_high=high,
        qualifier=amount.qualifier,
        currency=amount.currency,
        commodity=commodity,
        period=period,
        is_earlier=bool(period) and " when " in passage.lower[max(passage.start, mark.start - 30) : mark.start],
        is_headline=passage.kind == "headline",
        confidence=0.9 if sides.reporter and sides.partner else 0.75,
    )


def _in_brackets_after(passage: Passage, amount: Amount) -> str | None:
    """Return the party that an amount in brackets belongs to ("Belarus ($55bn) and Kazakhstan (up 5% to $26bn)")."""
    return next((code_of(actor) for actor in passage.parties if _BRACKET.fullmatch(passage.lower, actor.end, amount.start)), None)


def _is_of_another(passage: Passage, amount: Amount) -> bool:
    """Tell whether an amount in brackets follows the name of who is no party of ours ("exports to Asia (5%)")."""
    name = _NAME_BEFORE_BRACKET.search(passage.text, passage.start, amount.start)
    return name is not None and not any(actor.start < name.end(1) and name.start(1) < actor.end for actor in passage.actors)


def _is_of_several(passage: Passage, mark: Mark, sides: Sides, state: Discourse) -> bool:
    """Tell whether a figure goes on with a group of states that has no code, and note whose such a figure is."""
    if sides.is_several:
        state.several_passage = passage.number
        if sides.reporter:
            state.several_of[mark.flow] = (sides.reporter, passage.number)
        return False  # the pair is settled as that of no claim
    since = passage.number - state.several_passage
    if since > 1 or sides.partner is not None or mark.flow not in RECOVERED:
        return False
    return since == 0 or sides.reporter is None


def _with_change(draft: Draft, change: Change | None) -> Draft:
    if change is None or draft.claim_type in ("target", "potential"):
        return (
            draft
            if change is None or change.percent is None or draft.claim_type == "potential" or change.is_factor
            else replace(draft, change=change.percent)
        )
    return replace(
        draft,
        change=change.percent,
        trend=change.trend,
        evidence_end=max(draft.evidence_end, change.end if change.end - draft.evidence_end < 60 else 0),
    )


def _bare_changes(
    passage: Passage, marks: SentenceMarks, levels: list[Draft], state: Discourse, changes: dict[int, Change], published: date | None
) -> list[Draft]:
    """Return rows for changes without a level: "Exports to China fell 5 percent", or a second percentage on one figure."""
    found: list[Draft] = []
    for change in changes.values():
        mark = change.governor
        if mark is None or change.percent is None:
            continue
        stop = next(
            (
                other.start
                for other in marks.governors
                if other.start > max(change.end, mark.end)
                and other.kind == "noun"
                and (mark.end <= change.start or opens_clause(passage, change.end, other))
            ),
            passage.end,
        )
        role = Role(Amount(change.start, change.end, "", "percent", 0.0, None, None, "exact"), "level", mark)
        sides = sides_of(passage, marks, role, passage.start, stop, state)
        if (partner := _in_brackets_after(passage, role.amount)) not in (None, sides.reporter):
            sides = replace(sides, partner=partner, is_several=False)  # "exports rose to Italy (5%), Spain (3%) and Greece (1%)"
        elif _is_of_another(passage, role.amount):
            continue
        told_before = max((draft.anchor_end for draft in found if mark.start <= draft.anchor_start < change.start), default=None)
        if told_before is not None and (other := _partner_after(passage, mark, told_before, change.start)) not in (None, sides.reporter):
            sides = replace(sides, partner=other, is_several=False)  # "exports to Peru fell 3%, and those to Chad 5%"
        is_told = not mark.sense.startswith("weak") or (sides.reporter and sides.partner)
        if _is_of_several(passage, mark, sides, state) or sides.is_several or not is_told or mark.kind != "noun":
            continue
        before = [draft for draft in (*levels, *found) if draft.anchor_end <= change.start]
        previous = max(before, key=lambda draft: draft.anchor_start, default=None)
        told = previous or (state.last if is_near(passage, state) else None)
        if not (sides.reporter or sides.partner) and not (told and told.flow in RECOVERED):
            continue
        settled = settled_pair(passage, mark, sides, previous, state, role.amount, stop)
        if (
            settled is None
            or is_only_bounded(passage, mark, change.start)
            or is_limited(passage, change.start, mark)
            or mark.flow not in ("exports", "imports", "total", "balance", "investment")
        ):
            continue
        period = own_period(passage, passage.start, mark.start, change.start, change.end, stop)
        claim_type = claim_type_of(
            passage, marks, passage.start, change.start, change.end, stop, mark.flow, period.end if period else None, published
        )
        if claim_type == "actual" and _is_only_to_be(passage, change.start):
            continue
        found.append(
            Draft(
                flow=mark.flow,
                reporter=settled[0],
                partner=settled[1],
                anchor_start=change.start,
                anchor_end=change.end,
                evidence_start=min(mark.start, change.start, sides.start if sides.start is not None else mark.start),
                evidence_end=max(change.end, mark.end),
                rule_id=f"trade.change.{mark.flow}",
                passage=passage.number,
                claim_type=claim_type,
                qualifier=change.qualifier,
                change=change.percent,
                trend=change.trend,
                commodity=commodity_of(passage, mark, change.start, change.end, stop),
                period=period,
                is_headline=passage.kind == "headline",
                confidence=0.7,
            )
        )
    periods = {level.period for level in levels if level.claim_type == "actual"}
    shared = periods.pop() if len(periods) == 1 else period_in_force(passage, state) if not levels else None
    return with_shared_periods(passage, found, shared)
