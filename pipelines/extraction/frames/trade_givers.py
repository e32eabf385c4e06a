"""Who gives, sells or signs: the sides that the verbs around a flow's noun name.

Belongs here: sides from verbs and lists of one sentence. Does not belong here: what earlier sentences left in force (trade_settling).
"""

import re
from dataclasses import replace

from pipelines.extraction.annotators.currencies import currency_book
from pipelines.extraction.frames.trade_clauses import clause_start
from pipelines.extraction.frames.trade_governors import Role, SentenceMarks
from pipelines.extraction.frames.trade_parties import (
    LENDERS,
    acts_aside,
    code_of,
    joined_before,
    other_side,
    person_before,
    phrase_stop,
    preposition_before,
    prepositional_parties,
    subject_of,
)
from pipelines.extraction.frames.trade_passages import Discourse, Draft, Passage
from pipelines.extraction.frames.trade_sides import Sides, sides_of_contract, sides_of_noun, sides_of_verb
from pipelines.extraction.frames.trade_words import Mark, trade_words
from pipelines.extraction.model import Amount

LIST_GAP = re.compile(
    r"[\s(:,–—-]*(?:[\d.,]+\s?(?:percent|per cent|pct|pc|%)\s*(?:or|,)\s*)?(?:(?:with|at|worth|by|accounted for|stood at|received|"
    r"bought|took)\s+)?(?:about |some |nearly |over |around |a )?$"
)
_IN_BRACKETS = re.compile(r"\s*\([^()]{1,30}\)(?=\s)")
_LENDING_BODY = re.compile(r"\b(?:fund|bank|eximbank|exim|jica|afd|kfw|agency for|development agency)\b")


def bought_from_last(passage: Passage, sides: Sides, previous: Draft | None, state: Discourse) -> tuple[str, str] | None:
    """Return the sides of "the United States bought $590 million" right after another's exports."""
    last = previous or (state.last if passage.number - state.last_passage <= 1 else None)
    if last is None or last.flow != "exports" or sides.reporter in (None, last.reporter) or sides.partner or sides.is_several:
        return None
    return last.reporter, sides.reporter


def sides_of(passage: Passage, marks: SentenceMarks, role: Role, left: int, stop: int, state: Discourse) -> Sides:
    mark = role.governor
    if mark is None:
        return Sides()
    clause_left = max(left, clause_start(passage, mark.start))
    aside = _IN_BRACKETS.match(passage.text, role.amount.end, stop)  # "$1bn ($1.5bn) in …"
    stop = phrase_stop(passage, max(mark.end, aside.end() if aside else role.amount.end), stop)
    if mark.kind == "verb":
        # "$41 billion worth of goods exported to China": the verb is passive, whoever stands before.
        is_passive = role.is_right and not mark.form.endswith("ing")
        sides = sides_of_verb(passage, mark, stop, mark.start if is_passive else clause_left, state)
    elif mark.flow == "contract":
        sides = sides_of_contract(passage, mark, stop, clause_left)
    else:
        sides = sides_of_noun(passage, mark, stop, state)
        if role.is_right and not (sides.reporter or sides.partner or sides.is_several):
            sides = sides_of_noun(passage, mark, stop, state, role.amount.start)
        sides = _with_giver(passage, marks, mark, role.amount, sides, clause_left, stop, state)
    return sides


def _with_giver(
    passage: Passage, marks: SentenceMarks, mark: Mark, amount: Amount, sides: Sides, left: int, stop: int, state: Discourse
) -> Sides:
    """Fill a missing side from the subject of the verb before the noun ("The IMF approved a loan", "Ecuador posted a deficit")."""
    first = min(mark.start, amount.start)
    giving = [verb for verb in marks.others if verb.kind in ("giving", "receiving", "signing") and passage.start <= verb.start < first]
    lender = (
        _signed_with_lender(passage, giving[-1], amount) if giving and giving[-1].kind == "signing" and mark.flow == "financing" else None
    )
    if lender:
        return replace(sides, reporter=lender[0], partner=lender[1], start=passage.start)
    subject = subject_of(passage, giving[-1].start if giving else first, max(left, passage.start) if not giving else passage.start)
    if subject is None and giving:
        subject = person_before(passage, giving[-1].start)
    if subject is None or code_of(subject) is None:
        return sides
    code = code_of(subject)
    if mark.flow not in ("financing", "investment") and code in trade_words().lists["no_traders"]:
        return sides  # "the World Bank forecasts export growth"
    is_aside = acts_aside(passage, subject)
    if (not is_aside and preposition_before(passage, subject) in ("to", "with", "from", "for", "between", "against")) or (
        subject.form == "demonym" and subject.end + 2 > mark.start
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
    if mark.flow == "investment" and not giving and sides.reporter not in (None, code) and sides.partner is None:
        return replace(sides, partner=code, start=subject.start)  # "undertook to promote $20bn of investment into India"
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
            recipient = sides.reporter or _given_to(passage, giving[-1], first) or other_side(passage, first, stop, code, state)
            return replace(sides, partner=code, reporter=recipient, start=min(sides.start or subject.start, subject.start))
        if not is_giving and sides.reporter is None and code != sides.partner:
            return replace(sides, reporter=code, start=subject.start)
        return sides
    if sides.reporter is None and sides.partner != code and not sides.is_several:
        joined = joined_before(passage, subject) if mark.flow == "total" and sides.partner is None else None
        if joined and code_of(joined):
            return replace(sides, reporter=code_of(joined), partner=code, start=joined.start)
        return replace(sides, reporter=code, start=subject.start if subject.start >= left else sides.start)
    return sides


def _signed_with_lender(passage: Passage, verb: Mark, amount: Amount) -> tuple[str, str] | None:
    """Return borrower and lender of "Ethiopia and the World Bank signed …", where just one of the two is a lender."""
    named = [actor for actor in passage.parties if actor.end <= verb.start]
    named = named if len(named) > 1 else [actor for actor in passage.actors if actor.end <= verb.start]  # by their ministers
    codes = list(dict.fromkeys(code for actor in named for code in actor.party_codes))
    lenders = [code for code in codes if code in LENDERS]
    if not lenders and len(codes) == 2 and amount.currency and amount.currency != "EUR":
        # Who lends in its own money: "India and Japan signed loan agreements worth 190 billion yen".
        lenders = [code for code in codes if code in currency_book().countries.get(amount.currency, ())]
    return (next(code for code in codes if code not in lenders), lenders[0]) if len(codes) == 2 and len(lenders) == 1 else None


def _given_to(passage: Passage, verb: Mark, stop: int) -> str | None:
    """Return who is given something right after the verb ("gave Pakistan a $3bn loan")."""
    for actor in passage.parties:
        if verb.end <= actor.start < stop and actor.start - verb.end <= 5 and actor.form != "demonym":
            return code_of(actor)
    return None
