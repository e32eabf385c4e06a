"""Figures, ranks and trends of trade, investment and finance.

Belongs here: reading the sentences of an article in order and turning drafts into claims, each once. Does not belong here: how a figure
(trade_figures), a rank (trade_ranks), a period (trade_periods) or a speaker (annotators.attribution) is found.
"""

from bisect import bisect_left
from dataclasses import replace

from pipelines.extraction.annotators.attribution import Attribution, find_attributions, speaker_at
from pipelines.extraction.frames.trade_evidence import evidence_span
from pipelines.extraction.frames.trade_figures import read_figures
from pipelines.extraction.frames.trade_merging import each_once
from pipelines.extraction.frames.trade_parties import LENDERS, are_partners_of_a_third, sides_named
from pipelines.extraction.frames.trade_partner_lists import read_partner_list
from pipelines.extraction.frames.trade_passages import WORLD, Discourse, Draft, Passage, Period, discourse_of, passages_of
from pipelines.extraction.frames.trade_placings import read_placings, with_followers
from pipelines.extraction.frames.trade_ranks import read_ranks, with_figure
from pipelines.extraction.model import Article, TradeClaim

_SURE = 0.9  # a figure whose own words name both sides


def read_trade_claims(article: Article) -> tuple[TradeClaim, ...]:
    """Return the trade claims of ``article`` in reading order, one for each figure or rank."""
    passages = passages_of(article)
    if not passages:
        return ()
    state = discourse_of(article, passages[0].lower)
    lenders = [(actor.start, code) for actor in article.actors for code in actor.party_codes if code in LENDERS]
    drafts: list[Draft] = []
    for passage in passages:
        _note_pair(passage, state, lenders)
        if not passage.marks:
            continue
        listed = read_partner_list(passage, state) or read_placings(passage, state)
        passage = listed.rest if listed else passage
        figures = read_figures(passage, state, article.published_on)
        if state.amended and state.last:
            anchor = state.last.anchor_start
            at = max(position for position, draft in enumerate(drafts) if draft.anchor_start == anchor)
            drafts[at] = state.last = state.amended
            state.amended = None
        found = _with_ranks(passage, figures, read_ranks(passage, state, figures))
        if listed:
            found = sorted((*found, *listed.drafts), key=lambda draft: draft.anchor_start)
        if listed is None or listed.drafts:
            found = with_followers(passage, found, state)
        if found:
            if listed is None or listed.drafts:
                _note_listing(found, state)
            levels = [draft for draft in found if not draft.is_earlier and draft.rank is None]
            levels = levels or [draft for draft in found if not draft.is_earlier]
            state.last_passage, state.last_paragraph = passage.number, passage.paragraph
            state.last_partners = len({draft.partner for draft in found})
            if levels:
                state.released = state.released or (_period_released(levels[0], state) if not drafts else None)
                state.main, state.last = levels[0], levels[-1]
            if levels and levels[-1].partner != WORLD and len(levels[-1].reporter) == 3:
                state.pair, state.pair_passage = (levels[-1].reporter, levels[-1].partner), passage.number
        drafts += found
    if not drafts:
        return ()
    by_number = {passage.number: passage for passage in passages}
    kept = each_once(drafts)
    attributions = find_attributions(article, max(draft.anchor_end for draft in kept))
    return tuple(_claim(draft, by_number[draft.passage], attributions, article) for draft in kept)


def _period_released(first: Draft, state: Discourse) -> Period | None:
    """Return the month or quarter that an article's first figure gives a country's trade with all the world: that of a release."""
    is_release = first.reporter == state.home and first.partner == WORLD and first.claim_type == "actual"
    return first.period if is_release and first.period is not None and first.period.precision in ("month", "quarter") else None


def _note_pair(passage: Passage, state: Discourse, lenders: list[tuple[int, str]]) -> None:
    """Keep the two states a sentence names together, for "bilateral" and "the two countries" to come."""
    state.here = passage.number
    before = bisect_left(lenders, (passage.end, ""))
    state.lender = lenders[before - 1][1] if before else None
    named = sides_named(passage)
    if len(named) == 2 and not are_partners_of_a_third(passage, named):
        state.pair, state.pair_passage = (named[0], named[1]), passage.number
        if any(mark.flow == "total" for mark in passage.marks):
            state.traded_passage = passage.number


def _note_listing(found: list[Draft], state: Discourse) -> None:
    """Keep whose partners are being told one by one, for "X was in third place" to come."""
    for draft in found:
        if draft.partner != WORLD and (draft.rank is not None or draft.flow == "investment"):
            state.listing, state.listing_passage = draft, draft.passage


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
                if rank.amount is None and not figure.is_earlier and rank.flow == figure.flow and _is_of_rank(rank, figure)
            ),
            None,
        )
        if rank and figure.commodity in (None, rank.commodity):
            left.remove(rank)
            named = figure if figure.flow != "total" and figure.confidence >= _SURE else rank
            figure = replace(
                figure,
                reporter=named.reporter,
                partner=named.partner,
                rank=rank.rank,
                rank_scope=rank.rank_scope,
                commodity=figure.commodity or rank.commodity,
                evidence_start=min(figure.evidence_start, rank.evidence_start),
                evidence_end=max(figure.evidence_end, rank.evidence_end),
            )
        joined.append(figure)
    return sorted(joined + left, key=lambda draft: draft.anchor_start)


def _is_of_rank(rank: Draft, figure: Draft) -> bool:
    """Tell whether a figure is that of a rank: of the same pair, or after it with no pair of its own ("… with a turnover of $2bn")."""
    if {rank.reporter, rank.partner} == {figure.reporter, figure.partner}:
        return True
    return (
        figure.anchor_start > rank.anchor_end
        and figure.anchor_start - rank.anchor_end < 60
        and figure.confidence < 0.9
        and not figure.rule_id.endswith("listed")
    )


def _as_ranked(figure: Draft, ranks: list[Draft]) -> Draft:
    """Turn what a buyer bought into the exports of which it is said to be the market ("… biggest market, buying goods worth $4bn")."""
    is_bought = figure.rule_id.startswith("trade.verb.imports")
    if is_bought and any(rank.flow == "exports" and (rank.reporter, rank.partner) == (figure.partner, figure.reporter) for rank in ranks):
        return replace(figure, flow="exports", reporter=figure.partner, partner=figure.reporter)
    is_sold = figure.rule_id.startswith("trade.verb.exports")
    if is_sold and any(rank.flow == "imports" and (rank.reporter, rank.partner) == (figure.partner, figure.reporter) for rank in ranks):
        return replace(
            figure, flow="imports", reporter=figure.partner, partner=figure.reporter
        )  # "… top supplier, selling goods worth $4bn"
    return figure


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
