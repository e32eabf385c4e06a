"""Figures that lean on another: further members of a list, "the figure", earlier levels.

Belongs here: drafts made from the draft of another figure. Does not belong here: figures with a flow of their own (trade_figures).
"""

import re
from dataclasses import replace
from datetime import date

from pipelines.extraction.frames.trade_balances import signed_like, signed_value
from pipelines.extraction.frames.trade_clauses import opens_clause
from pipelines.extraction.frames.trade_commodities import goods_of_figure, noun_phrase
from pipelines.extraction.frames.trade_cues import claim_type_of, stands_already
from pipelines.extraction.frames.trade_givers import LIST_GAP
from pipelines.extraction.frames.trade_governors import Role, SentenceMarks, is_bracketed_level
from pipelines.extraction.frames.trade_parties import code_of, phrase_stop, prepositional_parties, subject_of
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage, Period
from pipelines.extraction.frames.trade_periods import own_period, period_named, year_before
from pipelines.extraction.frames.trade_words import trade_words
from pipelines.extraction.model import Actor, Amount, Token

_SUBJECTLESS = re.compile(
    r"^\W*(?:(?:at|in|by|during|since|for|over) [^,.;]{3,40}?,? |(?:if|once|when) [^,.;]{3,80}, )?(?:and\s+|but\s+|however,?\s+)?"
    r"(?:we|they|it|he|she|this|that|both|(?:our|the|their|its) (?:new |next |own )?(?:target|goal|aim|objective|ambition)|"
    r"the (?:two )?(?:sides|countries|nations|governments|neighbou?rs)|(?:both|the two) \w+)\b"
)
_NOTED = re.compile(
    r"\W*it (?:should|must|is to|is worth|is also|can)\s+(?:be\s+)?(?:also\s+)?"
    r"(?:noted|noting|said|stressed|emphasi[sz]ed|recalled|added)\s+that\s+"
)
_WISHED = re.compile(
    r"\b(?:hop(?:e|es|ed|ing) for|expect(?:s|ed|ing)?|want(?:s|ed|ing)?|aim(?:s|ed|ing)? (?:for|at)|target(?:s|ed|ing)?|eye(?:s|d|ing)?|"
    r"foresee(?:s|ing)?|predict(?:s|ed|ing)?|forecast(?:s|ing)?|project(?:s|ed|ing)?|see(?:s|ing)?)\s+(?:about |around |nearly |some |"
    r"up to |at least |more than |over |a |as much as )*$"
)
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
_THAN_BEFORE = re.compile(r"(?:higher than|lower than|above|below)\s+(?:the\s+)?$")
_RAISED_AGAIN = re.compile(
    r"\b(?:boost|rais|lift|bring|tak|push|increas|doubl|tripl|grow|expand|elevat|scal|driv)\w*\s+(?:that|it|this|them|"
    r"these)\s+(?:up\s+|further\s+)?to\b"
)
_COMPARES = re.compile(r"\W*(?:(?:this|that|it)|the figure) compare[sd]\b")
_AT_PRESENT = re.compile(r"\s+(?:at present|now|today|currently|presently|at the moment|at this time|a year now)\b")
_TAKES = re.compile(r"\b(?:took|takes|taking|bought|buys|purchased|absorbed|received|accounted for|accounts for)\b")
_HAS_ITS_OWN = re.compile(
    r"[’']s\s+(?:figure\s+|total\s+)?(?:to|was|were|at|stood|rose|fell|had|is|will|would|by|from)\b"
)  # "and Korea’s to increase to $6bn"
_ELSEWHERE = re.compile(r"\b(?:with|to|from)\s+(?:the\s+)?[A-Z][a-z]+(?:\s+[A-Z][a-z]+)*\b(?![’'])")
_COMES_FROM = re.compile(r"\)?\s+(?:was|were|came|comes|went|goes|is|are)\s+(?:from|to|with)\s+(?:the\s+)?")
_RANKED_FIRST = re.compile(r"\s+(?:has\s+|had\s+)?(?:ranked|ranks|came|topped|tops|led|leads)\b")
_STRAIGHT = re.compile(r"\s+(to|from|with|in)\s+(?:the\s+)?")
_TOWARDS = {
    "exports": ("to",),
    "imports": ("from",),
    "total": ("with",),
    "balance": ("with",),
    "investment": ("from",),
    "financing": ("from",),
}
_OTHER_GOODS = re.compile(r"(?:.{0,40}?[\s,])?(?:and|but)\s+([a-z][a-z -]{2,25}?)\s+(?:to|at|by)\s+(?:about |around |some |nearly )?")
_GOODS_WORTH = re.compile(
    r".{0,60}?(?:,|,?\s(?:and|but))\s+([a-z][a-z -]{2,25}?)\s+(?:worth|valued at)\s+(?:about |around |some |nearly |over |only |just )?"
)


def further_member(
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
    if model is None:
        return None
    between_start = roles[position - 1].amount.end
    partner: str | None = model.partner
    reporter: str | None = model.reporter
    named = False
    start = amount.start
    parties = prepositional_parties(passage, between_start, amount.start)
    if any(several for _, _, several in parties):
        return None
    last = next((draft for draft in reversed(drafts) if draft), model)
    owner = next(
        (
            actor
            for actor in passage.parties
            if last.anchor_end <= actor.start and actor.end <= amount.start and _HAS_ITS_OWN.match(passage.lower, actor.end)
        ),
        None,
    )
    if owner and code_of(owner) not in (None, partner):
        named, start = True, owner.start
        if model.flow in ("investment", "financing", "total"):
            partner = code_of(owner)
        else:
            reporter = code_of(owner)
    if parties and all(code_of(actor) == last.partner and last.anchor_end <= actor.start for _, actor, _ in parties):
        # "$3bn to China and $2bn to India": each has its partner after it.
        parties = prepositional_parties(passage, amount.end, phrase_stop(passage, amount.end, stop))
        start = roles[position - 1].amount.end if parties else start
        if any(several for _, _, several in parties):
            return None
    for preposition, actor, _ in parties:
        if preposition in ("to", "from", "with", "in", "into", "by", "for") and code_of(actor):
            partner, named, start = code_of(actor), True, min(start, actor.start)
    if not named:
        inside = [actor for actor in passage.parties if between_start <= actor.start and actor.end <= amount.start and code_of(actor)]
        if inside and LIST_GAP.fullmatch(passage.lower, inside[-1].end, amount.start):
            partner, named, start = code_of(inside[-1]), True, inside[-1].start
    if not named and (after := _straight_after(passage, model.flow, amount)) not in (None, reporter, last.partner):
        partner, named = after, True  # "$74m to Italy, $44m to Albania"
    opening = next(draft for at, draft in enumerate(drafts) if draft and roles[at].governor is roles[position].governor)
    if named and partner != opening.partner and _ranks_reporter(passage, opening):
        reporter, partner = partner, opening.partner  # "Iraq ranked first in imports from Jordan with $1bn, followed by Egypt ($5m)"
    between = passage.lower[between_start : amount.start]
    from_present = stands_already(passage, passage.start, roles[shares].amount.start)
    leaves_present = from_present and between.rstrip().endswith(" to")
    if not named and "of which" in between and (told := _COMES_FROM.match(passage.lower, amount.end, stop)):
        other = next((actor for actor in passage.parties if actor.start == told.end()), None)
        if other and code_of(other) not in (None, reporter):
            partner, named = code_of(other), True  # "of which 82 percent ($5bn) was from India"
    period = own_period(passage, between_start, amount.start, amount.start, amount.end, stop)
    has_verb = any(between_start <= verb.start < amount.start for verb in (*marks.trends, *marks.levels))
    has_cue = any(cue.kind == "cue" and cue.sense != "raise" and between_start <= cue.start < amount.start for cue in marks.others)
    component = _component(passage, between_start, amount, model.commodity is not None) or goods_of_figure(passage, amount.end, stop)
    adds_nothing = not named and not has_verb and period is None and component is None
    if adds_nothing and (re.match(r"\s*\(", between) or re.search(r"\bor\s+$|\($", between)):
        return None  # the same figure in other money
    if partner is None or reporter is None or (named and partner == reporter):
        return None
    if not named and _ELSEWHERE.search(passage.text, between_start, amount.start):
        return None  # with somebody who is no party of ours
    return replace(
        model,
        reporter=reporter,
        partner=partner,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=_evidence_start(passage, between_start, start),
        evidence_end=amount.end,
        rule_id=model.rule_id + ".listed",
        amount=signed_like(model, amount.value),
        amount_high=None if amount.value_high is None else signed_like(model, amount.value_high),
        qualifier=amount.qualifier,
        currency=amount.currency,
        commodity=component or model.commodity,
        period=period or (model.period if component else None),
        change=None,
        trend=None,
        claim_type="actual"
        if stands_already(passage, between_start, amount.start)
        else claim_type_of(
            passage,
            marks,
            passage.start if leaves_present else between_start,
            amount.start,
            amount.end,
            stop,
            model.flow,
            period.end if period else None,
            published,
        )
        if leaves_present or (has_verb and not _goes_on_bare(passage, between_start, amount.start)) or has_cue
        else (last if from_present else model).claim_type,
    )


def _straight_after(passage: Passage, flow: str, amount: Amount) -> str | None:
    """Return the partner named right after a figure ("44 million euros to Albania")."""
    opened = _STRAIGHT.match(passage.lower, amount.end)
    if opened is None or opened.group(1) not in _TOWARDS.get(flow, ()):
        return None
    return next((code_of(actor) for actor in passage.parties if actor.start == opened.end()), None)


def _ranks_reporter(passage: Passage, model: Draft) -> bool:
    """Tell whether a list ranks those who trade, not their partners: who opens it does what it tells, and is ranked."""
    first = next((actor for actor in passage.parties if code_of(actor) in (model.reporter, model.partner)), None)
    if first is None or code_of(first) != model.reporter or first.form == "demonym":
        return False
    return _RANKED_FIRST.match(passage.lower, first.end) is not None


def _goes_on_bare(passage: Passage, start: int, stop: int) -> bool:
    """Tell whether the verb of a further figure is bare ("and rise to $400 million"), so that the mood of the verb before holds."""
    verbs = [token for token in passage.tokens if start <= token.start < stop and token.tag in ("VERB", "AUX")]
    return bool(verbs) and all(token.lemma == token.lower for token in verbs)


def _component(passage: Passage, start: int, amount: Amount, model_has_goods: bool) -> str | None:
    """Return the goods whose part of the total is told ("of which sugar alone fetched over $260m", "$5bn of it in coal")."""
    lower = passage.lower
    other = _OTHER_GOODS.fullmatch(lower, start, amount.start) if model_has_goods else None
    worth = None if other else _GOODS_WORTH.fullmatch(lower, start, amount.start)
    if worth:  # "and tin worth $180 million"
        inside = [token for token in passage.tokens if worth.start(1) <= token.start < worth.end(1)]
        if len(inside) == 1 and inside[0].tag == "VERB":
            return inside[0].text  # a plural taken for a verb ("flowers worth …")
        if goods := noun_phrase(passage, worth.start(1), worth.end(1)):
            return goods
    if other:
        inside = [token for token in passage.tokens if other.start(1) <= token.start < other.end(1)]
        if inside and all(token.tag == "NOUN" for token in inside):
            return passage.text[inside[0].start : inside[-1].end]  # "rubber … and tin to $180 million"
    opened = re.search(r"\b(?:of which|including|of this|of that|among them|out of which|of these)\b", lower[start : amount.start])
    if not opened:
        return None
    after = re.match(
        r"\s+(?:worth\s+)?(?:of|in|for|from)\s+([a-z][\w-]+(?:\s+(?:and\s+)?[a-z][\w-]+)?)", lower[amount.end : amount.end + 60]
    )
    tokens = [token for token in passage.tokens if start + opened.end() <= token.start < amount.start]
    nouns: list[Token] = []
    for token in tokens:
        if token.lower in trade_words().lists["all_goods"]:
            continue
        if (token.tag in ("NOUN", "PROPN", "ADJ") or (not nouns and token.tag == "VERB")) and not any(
            mark.start == token.start and mark.kind in ("level", "trend", "verb") for mark in passage.marks
        ):
            nouns.append(token)
        elif nouns:
            break
    if nouns:
        return passage.text[nouns[0].start : nouns[-1].end]
    return passage.text[amount.end + after.start(1) : amount.end + after.end(1)] if after else None


def figure_from_before(
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
    if model is None or (model.rank is not None and model.amount is None):
        return None
    opens = passage.lower.rfind(";", passage.start, amount.start) + 1 or passage.start
    if noted := _NOTED.match(passage.lower, opens, amount.start):
        opens = noted.end()  # "It should be noted that …": "it" is nothing told before
    opening = passage.lower[opens : amount.start]
    verbs = [
        verb
        for verb in (*marks.levels, *marks.trends, *marks.others)
        if opens <= verb.start and verb.end <= amount.start and verb.kind in ("level", "trend", "cue")
    ]
    figure = any(word in opening for word in _FIGURE_WORD) or _RAISED_AGAIN.search(opening) is not None
    wished = _is_wished_by_a_side(passage, opens, amount, model)
    if not figure and not wished and not (verbs and _SUBJECTLESS.match(opening.lstrip("“\"'‘"))):
        return None
    if figure and not verbs and "figure" not in opening and not _RAISED_AGAIN.search(opening) and not _taker(passage, model, amount):
        return None
    if not figure and model.amount is not None and model.currency != amount.currency:
        return None
    taker = _taker(passage, model, amount)
    other = _other_named(passage, opens, amount, model) if taker is None else None
    if other is not None:
        if not LIST_GAP.fullmatch(passage.lower, other.end, amount.start):
            return None
        if model.partner == WORLD:
            model = replace(model, reporter=code_of(other) or model.reporter)
        else:
            taker = code_of(other)  # "This is followed by Chad, with $3bn"
    period = own_period(passage, left, amount.start, amount.start, amount.end, stop)
    is_same_kind = claim_type_of(
        passage, marks, opens, amount.start, amount.end, stop, model.flow, period.end if period else None, published
    )
    start = opens + len(opening) - len(opening.lstrip())
    return replace(
        model,
        partner=taker or model.partner,
        anchor_start=amount.start,
        anchor_end=amount.end,
        evidence_start=start,
        evidence_end=amount.end,
        rule_id=f"trade.anaphor.{model.flow}",
        passage=passage.number,
        amount=signed_like(model, amount.value),
        amount_high=None if amount.value_high is None else signed_like(model, amount.value_high),
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


def _is_wished_by_a_side(passage: Passage, start: int, amount: Amount, model: Draft) -> bool:
    """Tell whether one of the two sides of the last figure looks to another ("Lima hopes for 1.5 billion in 2026")."""
    if model.flow != "total" or not _WISHED.search(passage.lower, start, amount.start):
        return False
    named = {code for actor in passage.parties if start <= actor.start < amount.start for code in actor.party_codes}
    return bool(named) and named <= {model.reporter, model.partner}


def _other_named(passage: Passage, start: int, amount: Amount, model: Draft) -> Actor | None:
    """Return the last party between ``start`` and an amount that is neither side of the figure before."""
    named = [actor for actor in passage.parties if start <= actor.start and actor.end <= amount.start]
    return next((actor for actor in reversed(named) if not {model.reporter, model.partner}.issuperset(actor.party_codes)), None)


def _taker(passage: Passage, model: Draft, amount: Amount) -> str | None:
    """Return the party that takes its part of exports told before ("China took 38% of the volume, for $640 million")."""
    if model.flow != "exports":
        return None
    verb = _TAKES.search(passage.lower, passage.start, amount.start)
    subject = subject_of(passage, verb.start(), passage.start) if verb else None
    code = code_of(subject) if subject else None
    return code if code != model.reporter else None


def earlier_level(
    passage: Passage,
    marks: SentenceMarks,
    roles: list[Role],
    position: int,
    by_anchor: dict[int, Draft],
    bare: list[Draft],
    state: Discourse,
) -> Draft | None:
    """Return the row of an earlier level, where the text says of when it is; ``bare`` are changes of the sentence told without a level."""
    role = roles[position]
    amount = role.amount
    if role.base is not None and role.base < len(roles):
        model = by_anchor.get(roles[role.base].amount.start)
    else:
        is_told_of_last = is_bracketed_level(passage, amount) or _COMPARES.match(passage.lower, passage.start)
        model = state.last if is_told_of_last and passage.number - state.last_passage <= 1 else None
    model = model or next((draft for draft in reversed(bare) if draft.anchor_end <= amount.start), None)
    if model is None:
        return None
    following = roles[position + 1].amount.start if position + 1 < len(roles) else passage.end
    stop = following
    for mark in marks.governors:
        if amount.end < mark.start < stop and mark.kind == "noun" and opens_clause(passage, amount.end, mark):
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
            if position and role.base is not None and role.base < position
            else None
        )
        period = gap_times if gap_times and model.period and gap_times.start != model.period.start else None
    other = next(
        (
            code_of(actor)
            for preposition, actor, _ in prepositional_parties(passage, amount.end, phrase_stop(passage, amount.end, stop))
            if preposition in ("with", "to", "from") and code_of(actor) not in (None, model.reporter, model.partner)
        ),
        None,
    )
    if other and period is None:
        model, period = replace(model, partner=other), model.period  # "$118bn, compared with $117bn with China"
    elif period is None and not (model.claim_type != "actual" and _AT_PRESENT.match(passage.lower, amount.end)):
        return None
    noun = next((mark for mark in marks.governors if left_start <= mark.start < amount.start and mark.flow == model.flow), None) or next(
        (mark for mark in marks.governors if amount.end <= mark.start <= amount.end + 12 and mark.flow == model.flow), None
    )
    value = signed_value(passage, noun, amount)[0] if noun and model.flow == "balance" else signed_like(model, amount.value)
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
        passage=passage.number,
        is_earlier=True,
        claim_type="actual",
    )


def _period_inside(passage: Passage, marks: SentenceMarks, amount: Amount) -> Period | None:
    """Return the period between the comparing word and its level ("from January’s 7.2 billion")."""
    opener = next((mark for mark in reversed(marks.earlier) if mark.end <= amount.start), None)
    if opener is None or amount.start - opener.end > 70 or any(opener.end <= other.start < amount.start for other in passage.amounts):
        return None
    inside = [time for time in passage.times if opener.end <= time.start and time.end <= amount.start and time.start_date]
    inside = [time for time in inside if time.precision not in ("day", "week", "unknown")]
    return period_named(passage, inside[-1]) if inside else None


def _evidence_start(passage: Passage, left: int, first: int) -> int:
    """Return where the words of a later figure begin: at the comparing or joining word before it."""
    opened = re.search(
        r"(?:from|against|compared (?:with|to)|versus|up from|down from|and those|those|than|including|of which|and)\s[^,;]*$",
        passage.lower[left:first],
    )
    return left + opened.start() if opened else first
