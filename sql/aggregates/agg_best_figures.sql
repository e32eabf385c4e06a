-- Which claim trade.bilateral_trade shows for each pair, flow, commodity and period. The best figure is, in this order: attributed to an
-- official or a named body; the newest; the most repeated; the most exact. Written from stale_claims, the claims of all series with a
-- change. One row per reporter, partner, flow, commodity and period.
with
claims as (
  select
    series, commodity, period_start, period_end, claim_group_id, claim_id, document_id, published_on, is_official,
    qualifier = 'exact' as is_exact, amount_usd,
    coalesce(amount_usd * amount_high / amount, amount_usd) as amount_high_usd,
    array_to_string(publishers, chr(31)) as publishers,
    case
      when period_start is null or period_end is null then 'published'
      when month(period_start) = 1 and day(period_start) = 1 and period_end = make_date(year(period_start), 12, 31) then 'calendar_year'
      when period_end - period_start between 350 and 380 then 'fiscal_year'
      when period_end - period_start < 350 then 'part_year'
      else 'several_years'
    end as year_method,
    year(coalesce(period_end, published_on)) as year
  from stale_claims
  where claim_type = 'actual' and amount is not null
),

-- The same figure, repeated, rounded or converted, is one candidate. Names are gathered in one string, which is quick, and split below.
figures as (
  select
    series, commodity, year_method, year, period_start, period_end, claim_group_id,
    bool_or(is_official) as is_official,
    bool_or(is_exact) as is_exact,
    max(published_on) as last_claimed_on,
    count(distinct document_id) as story_count,
    string_agg(nullif(publishers, ''), chr(31)) as publishers,
    min(amount_usd) as lowest_usd,
    max(amount_high_usd) as highest_usd,
    arg_max(
      claim_id, struct_pack(is_official := is_official, is_exact := is_exact, published_on := published_on, tie := claim_id)
    ) as claim_id
  from claims
  group by series, commodity, year_method, year, period_start, period_end, claim_group_id
),

best as (
  select
    series, year_method, year,
    count(*) as figure_count,
    min(lowest_usd) as lowest_usd,
    max(highest_usd) as highest_usd,
    arg_max(
      struct_pack(
        claim_id := claim_id, is_official := is_official, story_count := story_count, publishers := publishers,
        last_claimed_on := last_claimed_on
      ),
      struct_pack(
        is_official := is_official, last_claimed_on := last_claimed_on, story_count := story_count, is_exact := is_exact, tie := claim_id
      )
    ) as figure
  from figures
  group by series, commodity, year_method, year, period_start, period_end
)

select
  best.series, best.figure.claim_id, best.year, best.year_method, best.figure_count, best.lowest_usd, best.highest_usd,
  best.figure.is_official, best.figure.story_count, best.figure.last_claimed_on,
  coalesce(list_sort(list_distinct(string_split(best.figure.publishers, chr(31)))), []) as publishers
from best
