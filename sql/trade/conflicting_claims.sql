-- Who says what where the figures differ: same pair, flow, commodity and kind of claim, the same period (or periods that overlap by three
-- quarters of the days they span together), figures more than 2 per cent apart. Claims without a period are set beside others without one
-- of the same year of publication. Figures are compared in US dollars, or in their own currency where no rate is known. One row per
-- conflict and figure.
with
-- What contradicts what is settled once, when a figure of its series changes: sql/aggregates says how.
joined as (
  select claims.* exclude (is_official, publishers), conflicts.* exclude (series, claim_id)
  from main.agg_conflicting_figures as conflicts
  join trade.claims as claims on claims.claim_id = conflicts.claim_id
)

select
  joined.party_a, -- The pair's first party in the alphabet.
  joined.party_b, -- The pair's second party; WLD is the world.
  joined.reporter_name, -- Party the figures belong to.
  joined.partner_name, -- The other party.
  joined.flow, -- total, exports (reporter to partner), imports, balance, investment, financing.
  joined.claim_type, -- actual, target, potential or forecast.
  joined.commodity, -- Goods the figures are about; null for all goods.
  joined.period_label, -- The period of this figure in words; null where the text gives none.
  joined.figure, -- This figure in words.
  joined.publishers, -- Everyone who published it, copies included.
  joined.speakers, -- Everyone it is attributed to.
  joined.is_newest, -- True where no other figure of the conflict was published later.
  joined.is_official, -- True where it is attributed to a holder of public office or to a named body.
  joined.is_most_repeated, -- True where no other figure of the conflict is told by more stories.
  joined.story_count, -- Stories that give it, syndicated copies counted once.
  joined.first_claimed_on, -- First publication that gives it.
  joined.last_claimed_on, -- Latest publication that gives it.
  joined.figure_count, -- Different figures in the conflict.
  joined.lowest, -- Lowest of them, in measured_in.
  joined.highest, -- Highest of them, in measured_in.
  joined.spread_pct, -- How far the highest is above the lowest, per cent.
  joined.measure, -- This figure in measured_in.
  joined.measured_in, -- Currency of the comparison.
  joined.evidence_text, -- The words that give it, verbatim.
  joined.title, -- Headline of the document they stand in.
  joined.url, -- Address of that document.
  joined.reporter_code, -- Code of the party the figures belong to.
  joined.partner_code, -- Code of the other party.
  joined.period_start, -- First day this figure is about.
  joined.period_end, -- Last day this figure is about.
  joined.conflict_id, -- The conflict: the same for all its figures.
  joined.claim_group_id, -- The figure; trade.claims has every claim of it.
  joined.document_id, -- The document; key of main.dim_documents.
  joined.claim_id -- The claim; key of main.fct_trade_claims.
from joined
