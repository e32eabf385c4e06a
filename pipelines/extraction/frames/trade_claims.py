"""Figures, ranks and trends of trade, investment and finance.

Belongs here: reading the sentences of an article in order and turning drafts into claims, each once. Does not belong here: how a figure
(trade_figures), a rank (trade_ranks), a period (trade_periods) or a speaker (annotators.attribution) is found.
"""

from dataclasses import replace

from pipelines.extraction.annotators.attribution import Attribution, find_attributions, speaker_at
from pipelines.extraction.frames.trade_evidence import evidence_span
from pipelines.extraction.frames.trade_figures import read_figures
from pipelines.extraction.frames.trade_givers import LENDERS
from pipelines.extraction.frames.trade_parties import sides_named
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage, discourse_of, passages_of
from pipelines.extraction.frames.trade_ranks import read_ranks, with_figure
from pipelines.extraction.model import Article, TradeClaim

_ROUNDING = 0.05  # a headline's figure may be rounded this much


def read_trade_claims(article: Article) -> tuple[TradeClaim, ...]:
    """Return the trade claims of ``article`` in reading order, one for each figure or rank."""
    passages = passages_of(article)
    if not passages:
        return ()
    state = discourse_of(article, passages[0].lower)
    drafts: list[Draft] = []
    for passage in passages:
        _note_pair(passage, state, article)
        if not passage.marks:
            continue
        figures = read_figures(passage, state, article.published_on)
        found = _with_ranks(passage, figures, read_ranks(passage, state, figures))
        if found:
            levels = [draft for draft in found if not draft.is_earlier and draft.rank is None] or found
            state.main = levels[0]
            state.last, state.last_passage, state.last_paragraph = levels[-1], passage.number, passage.paragraph
            if levels[-1].partner != WORLD and len(levels[-1].reporter) == 3:
                state.pair, state.pair_passage = (levels[-1].reporter, levels[-1].partner), passage.number
        drafts += found
    if not drafts:
        return ()
    by_number = {passage.number: passage for passage in passages}
    kept = _each_once(drafts)
    attributions = find_attributions(article, max(draft.anchor_end for draft in kept))
    return tuple(_claim(draft, by_number[draft.passage], attributions, article) for draft in kept)


def _note_pair(passage: Passage, state: Discourse, article: Article) -> None:
    """Keep the two states a sentence names together, for "bilateral" and "the two countries" to come."""
    state.here = passage.number
    state.lender = next(
        (code for actor in reversed(article.actors) if actor.start < passage.end for code in actor.party_codes if code in LENDERS), None
    )
    named = sides_named(passage)
    if len(named) == 2:
        state.pair, state.pair_passage = (named[0], named[1]), passage.number


def _with_ranks(passage: Passage, figures: list[Draft], ranks: list[Draft]) -> list[Draft]:
    """Join a rank and a figure of the same flow in one sentence to one row."""
    taken = {figure.anchor_start for figure in figures}
    left = [with_figure(passage, rank, taken) for rank in ranks]
    joined: list[Draft] = []
    for figure in figures:
        figure = _as_ranked(figure, left)
        rank = next(
            (
                rank
                for rank in left
                if rank.amount is None
                and not figure.is_earlier
                and rank.flow == figure.flow
                and {rank.reporter, rank.partner} == {figure.reporter, figure.partner}
            ),
            None,
        )
        if rank and figure.commodity in (None, rank.commodity):
            left.remove(rank)
            figure = replace(
                figure,
                reporter=rank.reporter,
                partner=rank.partner,
                rank=rank.rank,
                rank_scope=rank.rank_scope,
                commodity=figure.commodity or rank.commodity,
                evidence_start=min(figure.evidence_start, rank.evidence_start),
                evidence_end=max(figure.evidence_end, rank.evidence_end),
            )
        joined.append(figure)
    return sorted(joined + left, key=lambda draft: draft.anchor_start)


def _as_ranked(figure: Draft, ranks: list[Draft]) -> Draft:
    """Turn what a buyer bought into the exports of which it is said to be the market ("… biggest market, buying goods worth $4bn")."""
    is_bought = figure.rule_id.startswith("trade.verb.imports")
    if is_bought and any(rank.flow == "exports" and (rank.reporter, rank.partner) == (figure.partner, figure.reporter) for rank in ranks):
        return replace(figure, flow="exports", reporter=figure.partner, partner=figure.reporter)
    return figure


def _each_once(drafts: list[Draft]) -> list[Draft]:
    """Merge rows that tell the same figure again; a headline gives way to the body."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.is_headline, draft.is_earlier, draft.anchor_start)):
        same = next((at for at, other in enumerate(kept) if _is_same(draft, other)), None)
        if same is None:
            if not (draft.is_headline and draft.amount is None and draft.rank is None and any(other.flow == draft.flow for other in kept)):
                kept.append(draft)
            continue
        first = kept[same]
        kept[same] = replace(
            first,
            period=first.period or draft.period,
            change=first.change if first.change is not None else draft.change,
            trend=first.trend or draft.trend,
            rank=first.rank if first.rank is not None else draft.rank,
            rank_scope=first.rank_scope or draft.rank_scope,
            commodity=first.commodity or draft.commodity,
        )
    return sorted(kept, key=lambda draft: draft.anchor_start)


def _is_same(draft: Draft, other: Draft) -> bool:
    """Tell whether two drafts are one claim told twice."""
    if draft.flow != other.flow:
        return False
    if {draft.reporter, draft.partner} != {other.reporter, other.partner} and not (draft.is_headline and draft.amount is not None):
        return False
    if draft.rank is not None and other.rank is not None and draft.amount is None:
        return draft.rank == other.rank and draft.rank_scope in (None, other.rank_scope) and draft.commodity == other.commodity
    if (draft.amount is None) != (other.amount is None):
        return False
    if draft.claim_type != other.claim_type and not draft.is_headline:
        return False
    slack = _ROUNDING if draft.is_headline else 0.005
    if draft.amount is not None and other.amount is not None:
        if draft.currency != other.currency or abs(draft.amount - other.amount) > slack * max(abs(draft.amount), abs(other.amount)):
            return False
    elif draft.change is None or other.change is None or abs(draft.change - other.change) > (1.0 if draft.is_headline else 0.01):
        return False
    if draft.commodity and other.commodity and draft.commodity.lower() != other.commodity.lower():
        return False
    periods = (draft.period, other.period)
    return draft.is_headline or None in periods or (periods[0].start, periods[0].end) == (periods[1].start, periods[1].end)


def _claim(draft: Draft, passage: Passage, attributions: tuple[Attribution, ...], article: Article) -> TradeClaim:
    reporter, partner = draft.reporter, draft.partner
    if draft.flow == "total" and draft.rank is None and partner != WORLD:
        reporter, partner = sorted((reporter, partner))
    start, end = evidence_span(passage, draft)
    speaker = speaker_at(attributions, draft.anchor_start)
    period = draft.period
    return TradeClaim(
        flow=draft.flow,
        claim_type=draft.claim_type,
        reporter_code=reporter,
        partner_code=partner,
        amount=draft.amount,
        amount_high=draft.amount_high,
        qualifier=draft.qualifier if draft.amount is not None else "exact",
        currency=draft.currency if draft.amount is not None else None,
        change_pct=draft.change,
        trend=draft.trend,
        rank=draft.rank,
        rank_scope=draft.rank_scope,
        commodity=draft.commodity,
        period_start=period.start if period else None,
        period_end=period.end if period else None,
        period_precision=period.precision if period else None,
        period_text=period.text if period else None,
        speaker_name=speaker.name if speaker else None,
        speaker_person=speaker.person if speaker else None,
        confidence=draft.confidence,
        rule_id=draft.rule_id,
        evidence_start=start,
        evidence_end=end,
        evidence_text=article.text[start:end],
    )
