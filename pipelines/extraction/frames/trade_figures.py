"""Figures of a sentence as drafts of claims: level, earlier level, change, with their parties.

Belongs here: putting together what the neighbouring rooms find for each amount. Does not belong here: how they find it, or ranks.
"""

import re
from dataclasses import replace
from datetime import date

from pipelines.extraction.frames.trade_changes import Change, changes_of
from pipelines.extraction.frames.trade_commodities import commodity_of, goods_of_object
from pipelines.extraction.frames.trade_cues import claim_type_of
from pipelines.extraction.frames.trade_governors import Role, SentenceMarks, marks_by_kind, roles_of
from pipelines.extraction.frames.trade_parties import (
    Sides,
    code_of,
    owner_of,
    person_before,
    phrase_stop,
    preposition_before,
    prepositional_parties,
    sides_of_contract,
    sides_of_noun,
    sides_of_verb,
    subject_of,
)
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage, Period
from pipelines.extraction.frames.trade_periods import is_a_period, own_period, period_named, with_shared_periods, year_before
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Amount

_SUBJECTLESS = re.compile(r"^\W*(?:and\s+|but\s+|however,?\s+)?(?:we|they|it|he|she|this|that)\b")
_FIGURE_WORD = (
    "the figure",
    "that figure",
    "this figure",
    "the figures",
    "the volume",
    "the total",
    "the number",
    "the amount",
    "the value",
    "the indicator",
    "this indicator",
    "a figure of",
)
_HELD_BY = re.compile(r"([\w-]+)\s+(?:of|on|to|against|for|from|over|limiting)\s+(?:(?!of|on|to|and)[\w’'.-]+\s+){0,3}$")
_OTHER_ACCOUNT = re.compile(
    r"\s+(?:on|in|of|for)\s+(?:the\s+|its\s+|their\s+|(?:the\s+)?[\w’]+[’']s\s+)?(?:overall\s+)?"
    r"(?:current|capital|balance of payments|payments|invisible|budget|fiscal|services|transfer|long-term|public)"
)
_SENTENCE_BREAK = re.compile(r"(?<![A-Z.])\.\s(?=[A-Z])")
_THAN_BEFORE = re.compile(r"(?:higher than|lower than|above|below)\s+(?:the\s+)?$")
_RAISED_AGAIN = re.compile(
    r"\b(?:boost|rais|lift|bring|tak|push|increas|doubl|tripl|grow|expand|elevat|scal|driv)\w*\s+(?:that|it|this|them|these)\s+(?:up\s+|further\s+)?to\b"
)
_TAKES = re.compile(r"\b(?:took|takes|taking|bought|buys|purchased|absorbed|received|accounted for|accounts for)\b")
_THE_LENDER = re.compile(
    r"\b(?:the|its) (?:bank|lender|fund|institution|development bank|multilateral lender|washington-based lender|manila-based lender)\b"
)
_GIVEN_AT_HOME = re.compile(
    r"\b(?:to|for) (?:(?:the|its|small|local|poor|young|needy|affected|low-income|domestic|state-owned|private)\s+){0,2}"
    r"(?:farmers|companies|businesses|firms|students|victims|households|families|banks|workers|citizens|women|youth|startups|municipalities|provinces|states|schools|exporters)\b"
)
_FAVOUR_AFTER = re.compile(r"[’']s? favou?r")
_FAVOUR_BEFORE = re.compile(r"in favou?r of (?:the )?$")
_NO_OBJECT = re.compile(r"\b(?:to|for|from|of|access|by|that|whether|in|on|at)\b(?! (?:much|least))")
_HAS_ITS_OWN = re.compile(r"[’']s\s+(?:to|was|were|at|stood|rose|fell|had|is|will|would|by|from)\b")  # "and Korea’s to increase to $6bn"
_OF_IT = re.compile(r"\s+(?:of|from|out of) (?:it|that|this|them|the total|the amount|that amount)\b")
_NEGATIVE = re.compile(r"\b(?:negative|minus|deficit|shortfall|in the red|unfavou?rable)\b")
_LIST_GAP = re.compile(
    r"[\s(:,–—-]*(?:(?:with|at|worth|by|accounted for|stood at|received|bought|took)\s+)?(?:about |some |nearly |over |around |a )?$"
)
_RECOVERED = ("exports", "imports", "total", "balance")


_LENDING_BODY = re.compile(r"\b(?:fund|bank|eximbank|exim|jica|afd|kfw|agency for|development agency)\b")
LEAST = 10_000  # a smaller sum is a price, not a flow
LENDERS = ("IMF", "WB", "ADB", "AIIB", "AFDB", "ISDB", "EU")  # who signs a loan as its giver


def read_figures(passage: Passage, state: Discourse, published: date | None) -> list[Draft]:
    """Return the drafts of the figures of one sentence; ``state`` tells what earlier sentences left in force."""
    money = [amount for amount in passage.amounts if amount.unit == "money"]
    if not money and not any(amount.unit in ("percent", "factor") for amount in passage.amounts):
        return []
    marks = marks_by_kind(passage)
    if not marks.governors and state.last is None:
        return []
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
    levels = with_shared_periods(passage, [draft for draft in drafts if draft], _in_force(passage, state), taken)
    by_anchor = {draft.anchor_start: draft for draft in levels}
    found = list(levels)
    for position, role in enumerate(roles):
        if role.kind == "earlier":
            earlier = _earlier(passage, marks, roles, position, by_anchor)
            if earlier:
                found.append(earlier)
    found += _bare_changes(passage, marks, money, state, changes, published)
    if any(role.kind == "none" for role in roles) and not levels:
        state.blocked_passage = passage.number
    return sorted(found, key=lambda draft: draft.anchor_start)


def _in_force(passage: Passage, state: Discourse):
    """Return the period that the sentence before left in force, None where too far away."""
    last = state.last
    if last is None or last.period is None or last.claim_type != "actual" or last.flow not in _RECOVERED:
        return None
    is_near = passage.paragraph == state.last_paragraph or passage.number - state.last_passage == 1
    return last.period if is_near else None


# ------------------------------------------------------------------------------------------------ levels


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
    left, stop = _window(passage, marks, roles, position)
    if mark is None:
        return _from_before(passage, marks, role, left, stop, previous, state, published)
    shares = next((at for at in range(position - 1, -1, -1) if drafts[at] and roles[at].governor is mark), None)
    if shares is not None:
        return _listed(passage, marks, roles, position, shares, drafts, left, stop, state, published)
    sides = _in_favour(passage, mark, amount, _sides(passage, marks, role, left, stop, state), state)
    if mark.sense == "listed":
        sides = _first_of_list(passage, mark, amount, sides)
    if sides.is_several:
        state.several_passage = passage.number
    elif state.several_passage == passage.number and sides.partner is None and mark.flow in _RECOVERED:
        return None  # goes on with a group of states that has no code
    settled = _settled(passage, mark, sides, previous, state, amount, stop)
    flow, rule = mark.flow if mark.flow != "contract" else "exports", ""
    if settled is None and mark.kind == "verb" and mark.sense == "buyer":
        settled, flow, rule = _bought_from_last(passage, sides, previous, state), "exports", "bought"
    if settled is None:
        return None
    reporter, partner = settled
    if _is_only_bounded(passage, mark, amount.start if role.is_right else None):
        return None
    value, high = _signed(passage, mark, amount)
    if abs(value) < LEAST:
        return None
    first = min(mark.start, amount.start, sides.start if sides.start is not None else mark.start)
    opens = left if left == passage.start else max(left, _clause_start(passage, min(mark.start, amount.start)))
    period = own_period(passage, opens, mark.start, amount.start, max(amount.end, mark.end), stop)
    commodity = commodity_of(passage, mark, amount.start, amount.end, stop)
    if commodity is None and rule == "bought":
        commodity = (previous or state.last).commodity
    if commodity is None and mark.kind == "verb" and flow in ("exports", "imports"):
        commodity = goods_of_object(passage, mark, amount.start if amount.start > mark.end else stop)
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
        claim_type=claim_type_of(passage, marks, left, amount.start, amount.end, stop, flow, period.end if period else None, published),
        amount=value,
        amount_high=high,
        qualifier=amount.qualifier,
        currency=amount.currency,
        commodity=commodity,
        period=period,
        is_headline=passage.kind == "headline",
        confidence=0.9 if sides.reporter and sides.partner else 0.75,
    )


def _in_favour(passage: Passage, mark: Mark, amount: Amount, sides: Sides, state: Discourse) -> Sides:
    """Turn a balance "in Japan’s favour" to the side that has the surplus."""
    if mark.flow != "balance":
        return sides
    for actor in passage.parties:
        if not mark.start <= actor.start or code_of(actor) is None or actor.start - amount.end > 40:
            continue
        if _FAVOUR_AFTER.match(passage.lower, actor.end) or _FAVOUR_BEFORE.search(passage.lower, passage.start, actor.start):
            winner = code_of(actor)
            loser = next((code for code in (sides.reporter, sides.partner) if code not in (None, winner)), None)
            return replace(sides, reporter=winner, partner=loser or state.other(winner))
    return sides


def _bought_from_last(passage: Passage, sides: Sides, previous: Draft | None, state: Discourse) -> tuple[str, str] | None:
    """Return the sides of "the United States bought $590 million" right after another's exports."""
    last = previous or (state.last if passage.number - state.last_passage <= 1 else None)
    if last is None or last.flow != "exports" or sides.reporter in (None, last.reporter) or sides.partner or sides.is_several:
        return None
    return last.reporter, sides.reporter


def _first_of_list(passage: Passage, mark: Mark, amount: Amount, sides: Sides) -> Sides:
    """Return the owner of a list with its first member ("Ghana’s main trading partners were China ($9bn), …"), no sides where there is none."""
    members = [actor for actor in passage.parties if mark.end <= actor.start and actor.end <= amount.start and code_of(actor)]
    if not members or not sides.reporter or not _LIST_GAP.fullmatch(passage.lower, members[-1].end, amount.start):
        return Sides(is_several=True)
    return Sides(sides.reporter, code_of(members[-1]), start=members[-1].start)


def _is_only_bounded(passage: Passage, mark: Mark, start: int | None = None) -> bool:
    """Tell whether the flow is only what something is put on ("curbs on exports", "a list of controlled exports")."""
    before = passage.lower[max(passage.start, mark.start - 50) : mark.start]
    held = trade_words().lists["not_levels"]
    opened = _HELD_BY.search(before)
    if opened and opened.group(1) in held:
        return True
    if start is None:
        return False
    opened = _HELD_BY.search(passage.lower[max(passage.start, start - 50) : start])
    return bool(opened) and opened.group(1) in held


def _is_limited(passage: Passage, start: int, mark: Mark) -> bool:
    """Tell whether a bare percentage is what a rule allows or demands ("a limit on growth of exports", "a mandatory cut in the surplus")."""
    around = passage.lower[max(passage.start, min(start, mark.start) - 60) : max(start, mark.end)].split()
    return any(word.strip(",.") in trade_words().lists["rules"] for word in around)


def _window(passage: Passage, marks: SentenceMarks, roles: list[Role], position: int) -> tuple[int, int]:
    """Return where the clause of an amount begins and ends, by the amounts and flow words of its neighbours."""
    role = roles[position]
    left = passage.start
    for other in reversed(roles[:position]):
        if other.kind in ("level", "none", "earlier"):
            left = other.amount.end
            break
    if role.governor and role.governor.start < left:
        left = role.governor.start
    right = passage.end
    if position + 1 < len(roles):
        right = roles[position + 1].amount.start
    broken = _SENTENCE_BREAK.search(passage.text, role.amount.end, right)
    if broken:
        right = broken.start()
    edge = max(role.amount.end, role.governor.end if role.governor else 0)
    for mark in marks.governors:
        if edge < mark.start < right and mark.kind == "noun" and _opens_clause(passage, edge, mark):
            right = mark.start
            break
    return left, right


def _opens_clause(passage: Passage, edge: int, mark: Mark) -> bool:
    """Tell whether a flow noun after a figure begins a statement of its own ("…, while imports fell")."""
    between = passage.lower[edge : mark.start]
    return "," in between or ";" in between or bool(re.search(r"\b(?:and|while|but|with|as|whereas|against|from|compared)\b", between))


def _sides(passage: Passage, marks: SentenceMarks, role: Role, left: int, stop: int, state: Discourse) -> Sides:
    mark = role.governor
    clause_left = max(left, _clause_start(passage, mark.start))
    stop = phrase_stop(passage, max(mark.end, role.amount.end), stop)
    if mark.kind == "verb":
        sides = sides_of_verb(passage, mark, stop, clause_left, state)
    elif mark.flow == "contract":
        sides = sides_of_contract(passage, mark, stop, clause_left)
    else:
        sides = sides_of_noun(passage, mark, stop, state)
        if role.is_right and not (sides.reporter or sides.partner or sides.is_several):
            sides = sides_of_noun(passage, mark, stop, state, role.amount.start)
        sides = _with_giver(passage, marks, mark, role.amount, sides, clause_left, stop, state)
    return sides


def _clause_start(passage: Passage, at: int) -> int:
    """Return where the clause around ``at`` begins: after the last semicolon or coordinating comma before it."""
    lower = passage.lower
    best = passage.start
    for match in re.finditer(r"; |, (?:and|but|while|whereas) |\bthat |, (?:with|leaving) ", lower[passage.start : at]):
        best = passage.start + match.end()
    for match in _SENTENCE_BREAK.finditer(passage.text, passage.start, at):
        best = max(best, match.end())
    return best


def _with_giver(
    passage: Passage, marks: SentenceMarks, mark: Mark, amount: Amount, sides: Sides, left: int, stop: int, state: Discourse
) -> Sides:
    """Fill a missing side from the subject of the verb before the noun ("The IMF approved a loan", "Ecuador posted a deficit")."""
    first = min(mark.start, amount.start)
    giving = [verb for verb in marks.others if verb.kind in ("giving", "receiving", "signing") and passage.start <= verb.start < first]
    lender = _signed_with_lender(passage, giving[-1]) if giving and giving[-1].kind == "signing" and mark.flow == "financing" else None
    if lender:
        return replace(sides, reporter=lender[0], partner=lender[1], start=passage.start)
    subject = subject_of(passage, giving[-1].start if giving else first, max(left, passage.start) if not giving else passage.start)
    if subject is None and giving:
        subject = person_before(passage, giving[-1].start)
    if subject is None or code_of(subject) is None:
        return sides
    code = code_of(subject)
    if (
        preposition_before(passage, subject) in ("to", "with", "from", "for", "between", "against")
        or subject.form == "demonym"
        and subject.end + 2 > mark.start
    ):
        return sides
    if mark.flow == "investment" and sides.reporter is None and sides.partner is None and not giving:
        where = next(
            (
                code_of(actor)
                for preposition, actor, _ in prepositional_parties(passage, subject.end, first)
                if preposition in ("in", "into")
            ),
            None,
        )
        return replace(sides, reporter=where, partner=code, start=subject.start) if where and where != code else sides
    if mark.flow in ("financing", "investment"):
        if not giving:
            if (
                mark.flow == "financing"
                and "debt" not in mark.sense
                and sides.reporter
                and sides.partner is None
                and code != sides.reporter
            ):
                return replace(sides, partner=code, start=subject.start)
            return sides
        is_lender = code in LENDERS or _LENDING_BODY.search(passage.lower, subject.start, max(giving[-1].start, subject.start)) is not None
        is_giving = giving[-1].kind == "giving" or (giving[-1].kind == "signing" and is_lender)
        if giving[-1].kind == "signing" and is_lender and sides.partner and sides.partner != code and sides.reporter is None:
            return replace(sides, reporter=sides.partner, partner=code, start=subject.start)
        passive = re.search(
            r"\b(?:was|were|been|be|being|is)\s+$", passage.lower[max(passage.start, giving[-1].start - 8) : giving[-1].start]
        )
        if passive:
            return sides
        if is_giving and sides.partner is None and code != sides.reporter:
            recipient = sides.reporter or _given_to(passage, giving[-1], first)
            return replace(sides, partner=code, reporter=recipient, start=min(sides.start or subject.start, subject.start))
        if not is_giving and sides.reporter is None and code != sides.partner:
            return replace(sides, reporter=code, start=subject.start)
        return sides
    if sides.reporter is None and sides.partner != code and not sides.is_several:
        return replace(sides, reporter=code, start=subject.start if subject.start >= left else sides.start)
    return sides


def _signed_with_lender(passage: Passage, verb: Mark) -> tuple[str, str] | None:
    """Return borrower and lender of "Ethiopia and the World Bank signed …", where just one of the two is a lender."""
    codes = list(dict.fromkeys(code for actor in passage.parties if actor.end <= verb.start for code in actor.party_codes))
    lenders = [code for code in codes if code in LENDERS]
    return (next(code for code in codes if code not in LENDERS), lenders[0]) if len(codes) == 2 and len(lenders) == 1 else None


def _given_to(passage: Passage, verb: Mark, stop: int) -> str | None:
    """Return who is given something right after the verb ("gave Pakistan a $3bn loan")."""
    for actor in passage.parties:
        if verb.end <= actor.start < stop and actor.start - verb.end <= 5 and actor.form != "demonym":
            return code_of(actor)
    return None


def _settled(
    passage: Passage, mark: Mark, sides: Sides, previous: Draft | None, state: Discourse, amount: Amount, stop: int
) -> tuple[str, str] | None:
    """Return reporter and partner, filled from the sentence's last figure, the pair in force or the world; None where no claim can be made."""
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
        if reporter is None and partner is None:
            return None
        if mark.sense == "outward":
            return (reporter or WORLD, partner) if partner else None
        if reporter is None:
            other = state.other(partner) if partner else None
            return (other, partner) if other else None
        is_inflow = "foreign" in mark.form or "fdi" in mark.form or mark.form.endswith(("inflows", "capital"))
        if partner is None and not is_inflow:
            if "two-way" in mark.form or "mutual" in mark.form or "bilateral" in mark.form:
                partner = state.other(reporter)
            elif not re.search(r"\bforeign\b", passage.lower[max(passage.start, mark.start - 25) : mark.start]):
                return None
        return reporter, partner or WORLD
    if flow == "financing":
        if mark.kind == "verb" and mark.end <= amount.start and _NO_OBJECT.search(passage.lower, mark.end, amount.start):
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
    """Settle a loan or grant: who is not named is the lender spoken of before, or the other side of the pair in force."""
    if reporter and partner:
        return reporter, partner
    if mark.sense.startswith("weak") or _GIVEN_AT_HOME.search(passage.lower, passage.start, passage.end):
        return None
    if reporter and _THE_LENDER.search(passage.lower, passage.start, amount.start):
        return (reporter, state.lender) if state.lender and state.lender != reporter else None
    known, recent = reporter or partner, state.recent_pair()
    if known is None or recent is None or known not in recent:
        return None
    other = recent[1] if recent[0] == known else recent[0]
    return (known, other) if reporter else (other, known)


def _settled_total(
    passage: Passage, mark: Mark, reporter: str | None, partner: str | None, previous: Draft | None, state: Discourse
) -> tuple[str, str] | None:
    if reporter and partner:
        return reporter, partner
    if mark.sense == "world" and not partner:
        reporter = reporter or state.home
        return (reporter, WORLD) if reporter else None
    if partner:
        near = previous.reporter if previous and previous.reporter not in (partner, WORLD) else None
        recent = state.recent_pair()
        other = near or (state.other(partner) if recent and partner in recent else None)
        other = other or (state.home if state.home != partner else None) or state.other(partner)
        return (other, partner) if other else None
    if reporter and not _is_mutual(passage, mark):
        return reporter, WORLD
    if reporter:
        if previous and reporter in (previous.reporter, previous.partner) and previous.partner != WORLD:
            return previous.reporter, previous.partner
        named = {code for actor in passage.parties for code in actor.party_codes}
        other = next(iter(named - {reporter}), None) if len(named) == 2 else None
        other = other or state.other(reporter) or (state.home if state.home != reporter else None)
        return (reporter, other) if other else None
    named_groups = [actor.party_codes for actor in passage.actors if len(actor.party_codes) == 2]
    if named_groups:
        return tuple(named_groups[0])
    if mark.sense == "weak" and (previous is None or previous.flow != "total") and not (state.last and state.last.flow == "total"):
        return None
    if previous and previous.partner != WORLD:
        return previous.reporter, previous.partner
    if mark.sense == "pair":
        return _pair_meant(passage, state)
    if previous:
        return previous.reporter, previous.partner
    named = list(dict.fromkeys(code for actor in passage.parties for code in actor.party_codes))
    if len(named) == 2:
        return named[0], named[1]
    return state.recent_pair()


def _is_mutual(passage: Passage, mark: Mark) -> bool:
    """Tell whether a flow is between two sides by its own words ("bilateral trade", "their annual trade")."""
    if any(word in mark.form for word in ("bilateral", "two-way", "mutual", "reciprocal", "border", "inter-state", "between")):
        return True
    before = passage.lower[max(passage.start, mark.start - 30) : mark.start]
    return bool(re.search(r"\b(?:their|bilateral|two-way|mutual|reciprocal|joint|cross-border)\s+(?:[\w-]+\s+){0,2}$", before))


def _pair_meant(passage: Passage, state: Discourse) -> tuple[str, str] | None:
    """Return the two sides of a "bilateral" figure that names none: those of its sentence, of the sentences just before, of the article."""
    named = list(dict.fromkeys(code for actor in passage.actors for code in actor.party_codes))
    if len(named) == 2:
        return named[0], named[1]
    recent = state.recent_pair()
    if len(named) == 1 and not (recent and named[0] in recent):
        other = state.other(named[0]) or (state.home if state.home != named[0] else None)
        return (named[0], other) if other else recent or state.article_pair
    return recent or state.article_pair


def _settled_goods(
    passage: Passage, mark: Mark, reporter: str | None, partner: str | None, previous: Draft | None, state: Discourse, amount: Amount
) -> tuple[str, str] | None:
    """Settle exports, imports and balances: a bare noun goes on with the pair just spoken of, else it is with the world."""
    weak = mark.sense.startswith("weak")
    if weak and mark.flow == "balance" and _is_other_balance(passage, mark):
        return None
    last = previous or (state.last if _is_near(passage, state) else None)
    has_context = last is not None and last.flow in _RECOVERED
    if weak and not has_context and not (reporter and partner) and not (mark.flow != "balance" and partner):
        return None
    if weak and mark.flow == "balance" and state.blocked_passage >= passage.number - 1:
        return None
    if mark.kind == "verb" and reporter and partner is None and mark.sense in ("buyer", "seller"):
        recent = state.recent_pair()
        if recent and reporter in recent and not _says_whole_world(passage, mark):
            partner = recent[1] if recent[0] == reporter else recent[0]
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
        and _goes_on(passage, mark, last, reporter)
        and (reporter is None or reporter in (last.reporter, last.partner))
    ):
        bilateral = {last.reporter, last.partner}
        if reporter is None:
            reporter = last.reporter if last.flow != "total" else (state.home if state.home in bilateral else last.reporter)
        partner = next(iter(bilateral - {reporter}), None)
    if reporter is None:
        if last and last.flow != "total" and last.reporter != WORLD and last.reporter != partner:
            reporter = last.reporter
        else:
            reporter = state.home if state.home != partner else state.other(partner) if partner else None
    if reporter is None:
        return None
    if partner is None and _OF_IT.match(passage.lower, amount.end):
        partner = state.other(reporter)
    return reporter, partner or WORLD


def _is_other_balance(passage: Passage, mark: Mark) -> bool:
    """Tell whether a deficit or surplus is of something else than trade ("budget deficit", "the current account showed a … surplus")."""
    if _OTHER_ACCOUNT.match(passage.lower, mark.end):
        return True
    governors = [other for other in passage.marks if other.end <= mark.start and other.kind in ("noun", "verb", "block")]
    if governors and governors[-1].kind == "block":
        return True
    modifier = commodity_of(passage, mark, mark.start, mark.start, mark.end)
    return modifier is not None and not modifier.lower().endswith(("goods", "products"))


def _goes_on(passage: Passage, mark: Mark, last: Draft, reporter: str | None) -> bool:
    """Tell whether a bare noun goes on with the pair of the last figure: in one sentence always, in the next without a new owner."""
    if last.passage == passage.number:
        return True
    return passage.number - last.passage <= 1 and (reporter is None or reporter == last.reporter and owner_of(passage, mark.start) is None)


def _is_near(passage: Passage, state: Discourse) -> bool:
    return passage.paragraph == state.last_paragraph or passage.number - state.last_passage <= 1


def _says_whole_world(passage: Passage, mark: Mark) -> bool:
    before = passage.lower[max(passage.start, mark.start - 40) : mark.start]
    opening = passage.lower[passage.start : passage.start + 25]
    return bool(
        re.search(r"\b(?:overall|total|global|worldwide|combined|aggregate|country[’']s)\s+(?:\w+\s+)?$", before)
    ) or opening.startswith(("overall", "in total", "altogether", "globally", "in all"))


def _signed(passage: Passage, mark: Mark, amount: Amount) -> tuple[float, float | None]:
    """Return the amount with the sign of a balance: deficits are negative."""
    if mark.flow != "balance":
        return amount.value, amount.value_high
    is_deficit = "deficit" in mark.sense or mark.sense == "loser"
    if mark.sense == "balance" or mark.form in ("gap", "imbalance"):
        around = passage.lower[max(passage.start, mark.start - 30) : amount.start]
        is_deficit = (
            bool(_NEGATIVE.search(around)) or "deficit" in mark.sense or bool(_NEGATIVE.search(passage.lower[amount.end : amount.end + 20]))
        )
    sign = -1.0 if is_deficit else 1.0
    return sign * abs(amount.value), None if amount.value_high is None else sign * abs(amount.value_high)


# ------------------------------------------------------------------------------------------------ lists, ellipses and earlier levels


def _listed(
    passage: Passage,
    marks: SentenceMarks,
    roles: list[Role],
    position: int,
    shares: int,
    drafts: list[Draft | None],
    left: int,
    stop: int,
    state: Discourse,
    published: date | None,
) -> Draft | None:
    """Read a further amount of the same noun: another partner ("and those to Sri Lanka"), other goods, or another period."""
    model, amount = drafts[shares], roles[position].amount
    between_start = roles[position - 1].amount.end
    partner, reporter, named = model.partner, model.reporter, False
    start = amount.start
    parties = prepositional_parties(passage, between_start, amount.start)
    if any(several for _, _, several in parties):
        return None
    owner = next(
        (
            actor
            for actor in passage.parties
            if between_start <= actor.start and actor.end <= amount.start and _HAS_ITS_OWN.match(passage.lower, actor.end)
        ),
        None,
    )
    if owner and code_of(owner) and code_of(owner) != partner:
        reporter, named, start = code_of(owner), True, owner.start
    for preposition, actor, _ in parties:
        if preposition in ("to", "from", "with", "in", "into", "by", "for") and code_of(actor):
            partner, named, start = code_of(actor), True, min(start, actor.start)
    if not named:
        inside = [actor for actor in passage.parties if between_start <= actor.start and actor.end <= amount.start and code_of(actor)]
        if inside and _LIST_GAP.fullmatch(passage.lower, inside[-1].end, amount.start):
            partner, named, start = code_of(inside[-1]), True, inside[-1].start
    between = passage.lower[between_start : amount.start]
    period = own_period(passage, between_start, amount.start, amount.start, amount.end, stop)
    has_verb = any(between_start <= verb.start < amount.start for verb in (*marks.trends, *marks.levels))
    has_cue = any(cue.kind == "cue" and between_start <= cue.start < amount.start for cue in marks.others)
    component = _component(passage, between_start, amount)
    if not named and not has_verb and period is None and component is None:
        if re.match(r"\s*\(", between) or re.search(r"\bor\s+$|\($|\($", between):
            return None  # the same figure in other money
    if named and partner == reporter:
        return None
    return replace(
        model,
        reporter=reporter,
        partner=partner,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=_evidence_start(passage, between_start, start),
        evidence_end=amount.end,
        rule_id=model.rule_id + ".listed",
        amount=_like(model, amount.value),
        amount_high=None if amount.value_high is None else _like(model, amount.value_high),
        qualifier=amount.qualifier,
        currency=amount.currency,
        commodity=component or model.commodity,
        period=period or (model.period if component else None),
        change=None,
        trend=None,
        claim_type=claim_type_of(
            passage, marks, between_start, amount.start, amount.end, stop, model.flow, period.end if period else None, published
        )
        if (has_verb and not _goes_on_bare(passage, between_start, amount.start)) or has_cue
        else model.claim_type,
    )


def _goes_on_bare(passage: Passage, start: int, stop: int) -> bool:
    """Tell whether the verb of a further figure is bare ("and rise to $400 million"), so that the mood of the verb before holds."""
    verbs = [token for token in passage.tokens if start <= token.start < stop and token.tag in ("VERB", "AUX")]
    return bool(verbs) and all(token.lemma == token.lower for token in verbs)


def _like(model: Draft, value: float) -> float:
    return -abs(value) if model.amount is not None and model.amount < 0 else value


def _component(passage: Passage, start: int, amount: Amount) -> str | None:
    """Return the goods whose part of the total is told ("of which sugar alone fetched over $260m", "$5bn of it in coal")."""
    lower = passage.lower
    opened = re.search(r"\b(?:of which|including|of this|of that|among them|out of which|of these)\b", lower[start : amount.start])
    if not opened:
        return None
    after = re.match(
        r"\s+(?:worth\s+)?(?:of|in|for|from)\s+([a-z][\w-]+(?:\s+(?:and\s+)?[a-z][\w-]+)?)", lower[amount.end : amount.end + 60]
    )
    tokens = [token for token in passage.tokens if start + opened.end() <= token.start < amount.start]
    nouns = []
    for token in tokens:
        if (token.tag in ("NOUN", "PROPN", "ADJ") or (not nouns and token.tag == "VERB")) and not any(
            mark.start == token.start and mark.kind in ("level", "trend", "verb") for mark in passage.marks
        ):
            nouns.append(token)
        elif nouns:
            break
    if nouns:
        return passage.text[nouns[0].start : nouns[-1].end]
    return passage.text[amount.end + after.start(1) : amount.end + after.end(1)] if after else None


def _from_before(
    passage: Passage,
    marks: SentenceMarks,
    role: Role,
    left: int,
    stop: int,
    previous: Draft | None,
    state: Discourse,
    published: date | None,
) -> Draft | None:
    """Read an amount whose flow is named only before: "the figure", "it", "we may even finish around $33bn"."""
    amount = role.amount
    before = state.main if state.main and state.main.flow == "total" else state.last
    model = previous or (before if passage.number - state.last_passage <= 1 and state.blocked_passage != passage.number - 1 else None)
    if model is None or model.rank is not None and model.amount is None:
        return None
    opening = passage.lower[passage.start : amount.start]
    verbs = [
        verb
        for verb in (*marks.levels, *marks.trends, *marks.others)
        if verb.end <= amount.start and verb.kind in ("level", "trend", "cue")
    ]
    figure = any(word in opening for word in _FIGURE_WORD) or _RAISED_AGAIN.search(opening) is not None
    if not figure and not (verbs and _SUBJECTLESS.match(opening.lstrip("“\"'‘"))):
        return None
    if figure and not verbs and "figure" not in opening and not _RAISED_AGAIN.search(opening) and not _taker(passage, model, amount):
        return None
    if not figure and model.currency != amount.currency:
        return None
    taker = _taker(passage, model, amount)
    period = own_period(passage, left, amount.start, amount.start, amount.end, stop)
    is_same_kind = claim_type_of(
        passage, marks, passage.start, amount.start, amount.end, stop, model.flow, period.end if period else None, published
    )
    start = passage.start
    return replace(
        model,
        partner=taker or model.partner,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=start,
        evidence_end=amount.end,
        rule_id=f"trade.anaphor.{model.flow}",
        passage=passage.number,
        amount=_like(model, amount.value),
        amount_high=None if amount.value_high is None else _like(model, amount.value_high),
        qualifier=amount.qualifier,
        currency=amount.currency,
        period=period or (model.period if is_same_kind in ("forecast", "target") and model.claim_type != "actual" else None),
        change=None,
        trend=None,
        rank=None,
        rank_scope=None,
        claim_type=is_same_kind,
        is_headline=passage.kind == "headline",
        confidence=0.65,
    )


def _taker(passage: Passage, model: Draft, amount: Amount) -> str | None:
    """Return the party that takes its part of exports told before ("China took 38% of the volume, for $640 million")."""
    if model.flow != "exports":
        return None
    verb = _TAKES.search(passage.lower, passage.start, amount.start)
    subject = subject_of(passage, verb.start(), passage.start) if verb else None
    code = code_of(subject) if subject else None
    return code if code != model.reporter else None


def _earlier(passage: Passage, marks: SentenceMarks, roles: list[Role], position: int, by_anchor: dict[int, Draft]) -> Draft | None:
    """Return the row of an earlier level, where the text says of when it is."""
    role = roles[position]
    if role.base is None or role.base >= len(roles):
        return None
    model = by_anchor.get(roles[role.base].amount.start)
    if model is None:
        return None
    amount = role.amount
    following = roles[position + 1].amount.start if position + 1 < len(roles) else passage.end
    stop = following
    for mark in marks.governors:
        if amount.end < mark.start < stop and mark.kind == "noun" and _opens_clause(passage, amount.end, mark):
            stop = mark.start
            break
    period = (
        year_before(passage, amount.end, stop, model.period)
        or _period_inside(passage, marks, amount)
        or own_period(passage, amount.end, amount.end, amount.end, amount.end, stop)
    )
    left_start = roles[position - 1].amount.end if position else passage.start
    if period is None:
        gap_times = (
            own_period(passage, left_start, amount.start, amount.start, amount.start, amount.start)
            if position and role.base < position
            else None
        )
        period = gap_times if gap_times and model.period and gap_times.start != model.period.start else None
    if period is None:
        return None
    noun = next((mark for mark in marks.governors if left_start <= mark.start < amount.start and mark.flow == model.flow), None) or next(
        (mark for mark in marks.governors if amount.end <= mark.start <= amount.end + 12 and mark.flow == model.flow), None
    )
    value = _signed(passage, noun, amount)[0] if noun and model.flow == "balance" else _like(model, amount.value)
    return replace(
        model,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=_evidence_start(passage, left_start, amount.start),
        evidence_end=amount.end,
        rule_id=model.rule_id + ".earlier",
        amount=value,
        amount_high=amount.value_high,
        qualifier="exact"
        if amount.qualifier in ("over", "under") and _THAN_BEFORE.search(passage.lower, left_start, amount.start)
        else amount.qualifier,
        currency=amount.currency or model.currency,
        change=None,
        trend=None,
        rank=None,
        rank_scope=None,
        period=period,
        is_earlier=True,
        claim_type="actual",
    )


def _period_inside(passage: Passage, marks: SentenceMarks, amount: Amount) -> Period | None:
    """Return the period between the comparing word and its level ("from January’s 7.2 billion")."""
    opener = next((mark for mark in reversed(marks.earlier) if mark.end <= amount.start), None)
    if opener is None or amount.start - opener.end > 40 or any(opener.end <= other.start < amount.start for other in passage.amounts):
        return None
    inside = [time for time in passage.times if opener.end <= time.start and time.end <= amount.start and is_a_period(passage, time)]
    return period_named(passage, inside[-1]) if inside else None


def _evidence_start(passage: Passage, left: int, first: int) -> int:
    """Return where the words of a later figure begin: at the comparing or joining word before it."""
    opened = re.search(
        r"(?:from|against|compared (?:with|to)|versus|up from|down from|and those|those|than|including|of which|and)\s[^,;]*$",
        passage.lower[left:first],
    )
    return left + opened.start() if opened else first


# ------------------------------------------------------------------------------------------------ changes


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
    passage: Passage, marks: SentenceMarks, money: list[Amount], state: Discourse, changes: dict[int, Change], published: date | None
) -> list[Draft]:
    """Return rows for changes without a level: "Exports to China fell 5 percent", or a second percentage on one figure."""
    found = []
    for change in changes.values():
        mark = change.governor
        if mark is None or change.percent is None:
            continue
        stop = next(
            (
                other.start
                for other in marks.governors
                if other.start > max(change.end, mark.end) and other.kind == "noun" and _opens_clause(passage, change.end, other)
            ),
            passage.end,
        )
        role = Role(Amount(change.start, change.end, "", "percent", 0.0, None, None, "exact"), "level", mark)
        sides = _sides(passage, marks, role, passage.start, stop, state)
        if sides.is_several or mark.sense.startswith("weak") or mark.kind != "noun":
            continue
        if not (sides.reporter or sides.partner) and not (state.last and _is_near(passage, state) and state.last.flow in _RECOVERED):
            continue
        settled = _settled(passage, mark, sides, None, state, role.amount, stop)
        if (
            settled is None
            or _is_only_bounded(passage, mark, change.start)
            or _is_limited(passage, change.start, mark)
            or mark.flow not in ("exports", "imports", "total", "balance", "investment")
        ):
            continue
        period = own_period(passage, passage.start, mark.start, change.start, change.end, stop)
        claim_type = claim_type_of(
            passage, marks, passage.start, change.start, change.end, stop, mark.flow, period.end if period else None, published
        )
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
                trend=change.trend if claim_type in ("actual", "forecast") else None,
                commodity=commodity_of(passage, mark, change.start, change.end, stop),
                period=period,
                is_headline=passage.kind == "headline",
                confidence=0.7,
            )
        )
    return with_shared_periods(passage, found, None)
