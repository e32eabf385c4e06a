-- Each target of trade.targets once, however often it is named. Written from stale_claims, the claims of all series with a change. One row
-- per target.
with
claims as (
  select
    series, claim_group_id, claim_id, document_id, published_on, period_end,
    is_official, array_to_string(publishers, chr(31)) as publishers
  from stale_claims
  where claim_type = 'target' and amount is not null
),

targets as (
  select
    series, claim_group_id,
    count(distinct document_id) as story_count,
    min(published_on) as first_set_on,
    max(published_on) as last_named_on,
    string_agg(nullif(publishers, ''), chr(31)) as publishers,
    arg_max(
      claim_id,
      struct_pack(has_period := period_end is not null, is_official := is_official, published_on := published_on, tie := claim_id)
    ) as claim_id
  from claims
  group by series, claim_group_id
)

select
  targets.series, targets.claim_id, targets.story_count, targets.first_set_on, targets.last_named_on,
  coalesce(list_sort(list_distinct(string_split(targets.publishers, chr(31)))), []) as publishers
from targets
