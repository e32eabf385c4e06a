-- Trade of a pair year by year, in US dollars: the total, each side's exports, the balance and the growth. Each number is the best figure
-- of trade.bilateral_trade for all goods; for each, a calendar year is preferred to a fiscal year, and that to a figure without a period,
-- which stands under its year of publication: the *_method columns say which it was. What one side imports is what the other exports.
-- Figures in a currency without a known rate are in trade.bilateral_trade only. One row per pair and year.
with
figures as (
  select
    *,
    case
      when flow = 'total' then 'total'
      when flow = 'exports' and reporter_code = party_a then 'a_exports'
      when flow = 'exports' then 'b_exports'
      when reporter_code = party_a then 'b_exports'
      else 'a_exports'
    end as measure
  from trade.bilateral_trade
  where
    flow in ('total', 'exports', 'imports') and commodity is null and amount_usd is not null
    and year_method in ('calendar_year', 'fiscal_year', 'published')
),

best as (
  select
    party_a, party_b, year, measure,
    arg_max(
      struct_pack(
        amount_usd := amount_usd, method := year_method, claim_id := claim_id, publishers := publishers, change_pct := change_pct
      ),
      struct_pack(
        preference := case year_method when 'calendar_year' then 3 when 'fiscal_year' then 2 else 1 end,
        is_official := is_official, last_claimed_on := last_claimed_on, is_direct := flow <> 'imports', tie := claim_id
      )
    ) as figure
  from figures
  group by party_a, party_b, year, measure
),

by_year as (
  select
    party_a, party_b, year,
    any_value(figure) filter (where measure = 'total') as total,
    any_value(figure) filter (where measure = 'a_exports') as a_exports,
    any_value(figure) filter (where measure = 'b_exports') as b_exports,
    list_sort(list_distinct(flatten(array_agg(figure.publishers)))) as publishers,
    list_sort(array_agg(figure.claim_id)) as claim_ids
  from best
  group by party_a, party_b, year
),

measured as (
  select
    by_year.party_a, by_year.party_b, by_year.year, by_year.publishers, by_year.claim_ids,
    a.name as party_a_name,
    case by_year.party_b when 'WLD' then 'World' else b.name end as party_b_name,
    total.amount_usd as total_usd, total.method as total_method, total.change_pct as claimed_change_pct,
    a_exports.amount_usd as a_exports_usd, a_exports.method as a_exports_method,
    b_exports.amount_usd as b_exports_usd, b_exports.method as b_exports_method,
    a_exports.amount_usd - b_exports.amount_usd as a_balance_usd
  from by_year
  left join main.dim_parties as a on a.party_code = by_year.party_a
  left join main.dim_parties as b on b.party_code = by_year.party_b
),

grown as (
  select
    *,
    case
      when lag(year) over years = year - 1 then round(100 * (total_usd / nullif(lag(total_usd) over years, 0) - 1), 1)
    end as growth_pct
  from measured
  window years as (partition by party_a, party_b, total_method order by year)
)

select
  grown.party_a, -- The pair's first party in the alphabet.
  grown.party_a_name, -- Its name.
  grown.party_b, -- The pair's second party; WLD is the world.
  grown.party_b_name, -- Its name.
  grown.year, -- Year; for a fiscal year the one it ends in.
  grown.total_usd, -- Two-way trade, US dollars.
  grown.total_method, -- What its year rests on: calendar_year, fiscal_year, or published (the text gives no period).
  grown.growth_pct, -- Change on the total of the year before, per cent, where both rest on the same kind of year.
  grown.claimed_change_pct, -- Change claimed together with the total, per cent.
  grown.a_exports_usd, -- Exports of party_a to party_b, US dollars.
  grown.a_exports_method, -- What their year rests on.
  grown.b_exports_usd, -- Exports of party_b to party_a, US dollars.
  grown.b_exports_method, -- What their year rests on.
  grown.a_balance_usd, -- Exports of party_a less those of party_b, US dollars; positive is party_a's surplus.
  grown.publishers, -- Everyone who published these figures, copies included.
  grown.claim_ids -- The claims; keys of main.fct_trade_claims.
from grown
