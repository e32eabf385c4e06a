-- Who is whose largest partner, as it is said: every rank claimed for a partner, with the latest words for it and the rank claimed before.
-- One row per reporter, partner, flow, commodity, scope, period and rank.
with
claims as (
  select
    reporter_code, partner_code, flow, rank, period_start, period_end, claim_id, document_id, published_on, is_official, publishers,
    coalesce(commodity, '') as goods, coalesce(lower(rank_scope), '') as scope
  from trade.claims
  where rank is not null
),

ranks as (
  select
    reporter_code, partner_code, flow, goods, scope, period_start, period_end, rank,
    count(distinct document_id) as story_count,
    min(published_on) as first_claimed_on,
    max(published_on) as last_claimed_on,
    list_sort(list_distinct(flatten(array_agg(publishers)))) as publishers,
    arg_max(claim_id, struct_pack(published_on := published_on, is_official := is_official, tie := claim_id)) as claim_id
  from claims
  group by reporter_code, partner_code, flow, goods, scope, period_start, period_end, rank
),

ordered as (
  select
    ranks.*,
    lag(rank) over earlier_first as previous_rank,
    row_number() over (
      partition by reporter_code, partner_code, flow, goods, scope
      order by coalesce(period_end, last_claimed_on) desc, last_claimed_on desc, claim_id desc
    ) = 1 as is_latest
  from ranks
  window earlier_first as (
    partition by reporter_code, partner_code, flow, goods, scope order by coalesce(period_end, last_claimed_on), last_claimed_on, claim_id
  )
),

joined as (
  select
    ordered.story_count, ordered.first_claimed_on, ordered.last_claimed_on, ordered.publishers, ordered.previous_rank, ordered.is_latest,
    claims.* exclude (publishers)
  from ordered
  join trade.claims as claims on claims.claim_id = ordered.claim_id
)

select
  joined.reporter_code, -- Party whose list it is.
  joined.reporter_name, -- Its name.
  joined.partner_code, -- Party that is ranked.
  joined.partner_name, -- Its name.
  joined.flow, -- What the ranking is by.
  joined.rank, -- Place, 1 is the largest.
  joined.rank_scope, -- What the ranking is among, in the words of the text.
  joined.commodity, -- Goods the ranking is about; null for all goods.
  joined.period_label, -- The period in words; null where the text gives none.
  joined.previous_rank, -- Rank claimed before for the same thing.
  joined.is_latest, -- True for the latest rank claimed for the same thing.
  joined.figure, -- The amount claimed together with it.
  joined.speaker_name, -- Person or body it is attributed to.
  joined.story_count, -- Stories that say so, syndicated copies counted once.
  joined.publishers, -- Everyone who published it, copies included.
  joined.first_claimed_on, -- First publication that says so.
  joined.last_claimed_on, -- Latest publication that says so.
  joined.evidence_text, -- The words of the latest, verbatim.
  joined.title, -- Headline of the document they stand in.
  joined.url, -- Address of that document.
  joined.party_a, -- The pair's first party in the alphabet.
  joined.party_b, -- The pair's second party.
  joined.period_start, -- First day the ranking is about.
  joined.period_end, -- Last day the ranking is about.
  joined.document_id, -- The document; key of main.dim_documents.
  joined.claim_id -- The claim; key of main.fct_trade_claims.
from joined
