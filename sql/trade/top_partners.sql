-- Each party's partners by size, as far as figures are known: the latest yearly figure of trade.trade_by_pair_year for each partner, for
-- two-way trade, exports and imports. The place is among the partners with a figure, not among all. One row per party, measure and partner.
with
years as (
  select *
  from trade.trade_by_pair_year
  where party_b <> 'WLD' and party_a <> 'WLD'
),

seen_from_each_side as (
  select party_a as party_code, party_b as partner_code, 'total' as measure, total_usd as amount_usd, total_method as year_method, year
  from years
  union all
  select party_b, party_a, 'total', total_usd, total_method, year
  from years
  union all
  select party_a, party_b, 'exports', a_exports_usd, a_exports_method, year
  from years
  union all
  select party_b, party_a, 'exports', b_exports_usd, b_exports_method, year
  from years
  union all
  select party_a, party_b, 'imports', b_exports_usd, b_exports_method, year
  from years
  union all
  select party_b, party_a, 'imports', a_exports_usd, a_exports_method, year
  from years
),

latest as (
  select
    party_code, partner_code, measure,
    max(year) as year,
    arg_max(amount_usd, year) as amount_usd,
    arg_max(year_method, year) as year_method
  from seen_from_each_side
  where amount_usd is not null
  group by party_code, partner_code, measure
),

placed as (
  select
    latest.*,
    rank() over largest_first as place,
    count(*) over (partition by party_code, measure) as partner_count,
    round(100 * amount_usd / sum(amount_usd) over (partition by party_code, measure), 1) as share_of_known_pct
  from latest
  window largest_first as (partition by party_code, measure order by amount_usd desc)
),

named as (
  select placed.*, parties.name as party_name, partners.name as partner_name
  from placed
  left join main.dim_parties as parties on parties.party_code = placed.party_code
  left join main.dim_parties as partners on partners.party_code = placed.partner_code
)

select
  named.party_code, -- Party whose partners they are.
  named.party_name, -- Its name.
  named.measure, -- total (two-way trade), exports (to the partner) or imports (from the partner).
  named.place, -- Place among the partners with a figure, 1 is the largest.
  named.partner_code, -- The partner.
  named.partner_name, -- Its name.
  named.amount_usd, -- Latest yearly figure, US dollars.
  named.year, -- Its year.
  named.year_method, -- What the year rests on: calendar_year, fiscal_year, or published (the text gives no period).
  named.share_of_known_pct, -- Share in the sum of the figures known, per cent.
  named.partner_count -- Partners with a figure.
from named
