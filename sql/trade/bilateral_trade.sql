-- The best figure there is for each pair, flow, commodity and period, with its sources. Only actual figures compete, and the best is, in
-- this order: attributed to an official or a named body; the newest; the most repeated; the most exact. How many others there were, and
-- between what bounds, stands beside it. A figure without a period stands under the year it was published in. One row per reporter,
-- partner, flow, commodity and period.
with
claims as (
  select
    reporter_code, partner_code, flow, commodity, period_start, period_end, claim_group_id, claim_id, document_id, published_on,
    is_official, qualifier = 'exact' as is_exact, amount_usd,
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
  from trade.claims
  where claim_type = 'actual' and amount is not null and reporter_code is not null and partner_code is not null
),

-- The same figure, repeated, rounded or converted, is one candidate. Names are gathered in one string, which is quick, and split below.
figures as (
  select
    reporter_code, partner_code, flow, commodity, year_method, year, period_start, period_end, claim_group_id,
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
  group by reporter_code, partner_code, flow, commodity, year_method, year, period_start, period_end, claim_group_id
),

best as (
  select
    year_method, year,
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
  group by reporter_code, partner_code, flow, commodity, year_method, year, period_start, period_end
),

joined as (
  select
    claims.* exclude (is_official, publishers),
    best.year_method, best.year, best.figure_count, best.lowest_usd, best.highest_usd,
    best.figure.is_official, best.figure.story_count, best.figure.last_claimed_on,
    coalesce(list_sort(list_distinct(string_split(best.figure.publishers, chr(31)))), []) as publishers
  from best
  join trade.claims as claims on claims.claim_id = best.figure.claim_id
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
