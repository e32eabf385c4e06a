-- The best figure there is for each pair, flow, commodity and period, with its sources. Only actual figures compete, and the best is, in
-- this order: attributed to an official or a named body; the newest; the most repeated; the most exact. How many others there were, and
-- between what bounds, stands beside it. A figure without a period stands under the year it was published in. One row per reporter,
-- partner, flow, commodity and period.
with
-- Which figure is the best is settled once, when a figure of its series changes: sql/aggregates says how.
joined as (
  select
    claims.* exclude (is_official, publishers),
    best.year_method, best.year, best.figure_count, best.lowest_usd, best.highest_usd, best.is_official, best.story_count,
    best.last_claimed_on, best.publishers
  from main.agg_best_figures as best
  join trade.claims as claims on claims.claim_id = best.claim_id
)

select
  joined.party_a, -- The pair's first party in the alphabet.
  joined.party_b, -- The pair's second party; WLD is the world.
  joined.reporter_code, -- Party the figure belongs to; for total the first of the pair in the alphabet.
  joined.reporter_name, -- Its name.
  joined.partner_code, -- The other party; WLD is the world.
  joined.partner_name, -- Its name.
  joined.flow, -- total, exports (reporter to partner), imports, balance, investment, financing.
  joined.commodity, -- Goods the figure is about; null for all goods.
  joined.period_label, -- The period in words; null where no text gives one.
  joined.period_start, -- First day the figure is about.
  joined.period_end, -- Last day the figure is about.
  joined.year, -- Year the period ends in; the year of publication where no period is given.
  joined.year_method, -- What year rests on: calendar_year, fiscal_year, part_year, several_years, or published (no period given).
  joined.figure, -- The best figure in words.
  joined.amount, -- The same in units of currency, lower bound of a range.
  joined.amount_high, -- Upper bound of a range.
  joined.qualifier, -- exact, about, over, under or up_to.
  joined.currency, -- ISO 4217.
  joined.amount_usd, -- The same in US dollars; null where no rate is known.
  joined.change_pct, -- Change on the earlier level, per cent, as claimed with it.
  joined.trend, -- up, down or flat, as claimed with it.
  joined.is_official, -- True where it is attributed to a holder of public office or to a named body.
  joined.speaker_name, -- Person or body it is attributed to.
  joined.story_count, -- Stories that give this figure, syndicated copies counted once.
  joined.publishers, -- Everyone who published it, copies included.
  joined.last_claimed_on, -- Latest publication that gives this figure.
  joined.figure_count, -- Different figures there are for the same thing; more than 1: see trade.conflicting_claims.
  joined.lowest_usd, -- Lowest of them in US dollars.
  joined.highest_usd, -- Highest of them in US dollars.
  joined.evidence_text, -- The words that give the best figure, verbatim.
  joined.title, -- Headline of the document they stand in.
  joined.url, -- Address of that document.
  joined.claim_group_id, -- The figure; trade.claims has every claim of it.
  joined.document_id, -- That document; key of main.dim_documents.
  joined.claim_id -- That claim; key of main.fct_trade_claims.
from joined
