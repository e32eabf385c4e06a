-- Which claims trade.conflicting_claims sets beside each other. Written from stale_claims, the claims of all series with a change. One row
-- per conflict and figure.
with
claims as (
  select
    reporter_code, partner_code, flow, claim_type, claim_group_id, claim_id, document_id, published_on, is_official, speaker_name,
    qualifier = 'exact' as is_exact,
    array_to_string(publishers, chr(31)) as publishers,
    coalesce(period_start, date_trunc('year', published_on)::date) as compared_from,
    coalesce(period_end, (date_trunc('year', published_on) + interval 1 year - interval 1 day)::date) as compared_to,
    period_start is not null and period_end is not null as has_period,
    case when amount_usd is null then currency else 'USD' end as measured_in,
    coalesce(amount_usd, amount) as measure,
    coalesce(commodity, '') as goods
  from stale_claims
  where amount is not null
),

periods as (
  select distinct reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, compared_from, compared_to
  from claims
),

-- Every period joins the earliest, widest one that it nearly coincides with.
anchored as (
  select
    periods.*,
    arg_min(
      struct_pack(first_day := anchors.compared_from, last_day := anchors.compared_to),
      struct_pack(first_day := anchors.compared_from, width := anchors.compared_from - anchors.compared_to)
    ) as anchor
  from periods
  join periods as anchors
    on anchors.reporter_code = periods.reporter_code
    and anchors.partner_code = periods.partner_code
    and anchors.flow = periods.flow
    and anchors.claim_type = periods.claim_type
    and anchors.goods = periods.goods
    and anchors.measured_in = periods.measured_in
    and anchors.has_period = periods.has_period
  where
    least(anchors.compared_to, periods.compared_to) - greatest(anchors.compared_from, periods.compared_from) + 1
    >= 0.75 * (greatest(anchors.compared_to, periods.compared_to) - least(anchors.compared_from, periods.compared_from) + 1)
  group by all
),

figures as (
  select
    claims.reporter_code, claims.partner_code, claims.flow, claims.claim_type, claims.goods, claims.measured_in, claims.has_period,
    anchored.anchor, claims.claim_group_id,
    count(distinct claims.document_id) as story_count,
    bool_or(claims.is_official) as is_official,
    min(claims.published_on) as first_claimed_on,
    max(claims.published_on) as last_claimed_on,
    string_agg(nullif(claims.publishers, ''), chr(31)) as publishers,
    string_agg(claims.speaker_name, chr(31)) as speakers,
    arg_max(
      struct_pack(claim_id := claims.claim_id, measure := claims.measure),
      struct_pack(
        is_official := claims.is_official, is_exact := claims.is_exact, published_on := claims.published_on,
        tie := claims.claim_id
      )
    ) as best
  from claims
  join anchored
    on anchored.reporter_code = claims.reporter_code
    and anchored.partner_code = claims.partner_code
    and anchored.flow = claims.flow
    and anchored.claim_type = claims.claim_type
    and anchored.goods = claims.goods
    and anchored.measured_in = claims.measured_in
    and anchored.has_period = claims.has_period
    and anchored.compared_from = claims.compared_from
    and anchored.compared_to = claims.compared_to
  group by all
),

compared as (
  select
    figures.* exclude (best), best.claim_id, best.measure,
    count(*) over same_thing as figure_count,
    min(best.measure) over same_thing as lowest,
    max(best.measure) over same_thing as highest,
    max(last_claimed_on) over same_thing as newest_on,
    max(story_count) over same_thing as most_stories,
    md5(concat_ws('|', reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, anchor.first_day, anchor.last_day))
      as conflict_id
  from figures
  window same_thing as (partition by reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, anchor)
),

conflicts as (
  select
    compared.*,
    round(100 * (highest - lowest) / nullif(abs(lowest), 0), 1) as spread_pct
  from compared
  where figure_count > 1 and highest - lowest > 0.02 * greatest(abs(lowest), abs(highest))
)

select
  conflicts.reporter_code || '|' || conflicts.partner_code || '|' || conflicts.flow as series,
  conflicts.claim_id, conflicts.conflict_id, conflicts.figure_count, conflicts.lowest, conflicts.highest, conflicts.spread_pct,
  conflicts.measured_in, conflicts.measure, conflicts.story_count, conflicts.is_official, conflicts.first_claimed_on,
  conflicts.last_claimed_on,
  coalesce(list_sort(list_distinct(string_split(conflicts.publishers, chr(31)))), []) as publishers,
  coalesce(list_sort(list_distinct(string_split(conflicts.speakers, chr(31)))), []) as speakers,
  conflicts.last_claimed_on = conflicts.newest_on as is_newest,
  conflicts.story_count = conflicts.most_stories and conflicts.story_count > 1 as is_most_repeated
from conflicts
