-- What is told of a happening or an instrument that was promised: the first promise, the latest word of it, and the first news that it came
-- about. Written for the happenings and instruments in stale_ids, which are new or have changed. One row per promise.
with
happening_mentions as (
  select
    mentions.engagement_id as subject_id, mentions.mention_id, mentions.status, mentions.start_date, mentions.end_date,
    mentions.date_precision, sources.is_copy, sources.published_on,
    case
      when mentions.status in ('planned', 'proposed') or mentions.engagement_type = 'commitment' and mentions.status = 'occurred'
        then 'promise'
      when mentions.status in ('occurred', 'ongoing') then 'news'
    end as says
  from main.fct_engagement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  where mentions.engagement_id in (from stale_ids)
),

instrument_mentions as (
  select
    mentions.agreement_id as subject_id, mentions.mention_id, mentions.status, mentions.start_date, mentions.end_date,
    mentions.date_precision, sources.is_copy, sources.published_on,
    case
      when mentions.status in ('agreed', 'negotiating', 'planned') then 'promise'
      when mentions.status in ('signed', 'in_force') then 'news'
    end as says
  from main.fct_agreement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  where mentions.agreement_id in (from stale_ids)
),

mentions as (
  select 'happening' as promise_kind, *
  from happening_mentions
  union all
  select 'instrument', *
  from instrument_mentions
),

-- A copy is read only where nothing else says it.
histories as (
  select
    promise_kind, subject_id,
    arg_min(
      struct_pack(mention_id, status, published_on, end_date), struct_pack(published_on, is_copy, mention_id)
    ) filter (where says = 'promise') as promise,
    arg_max(
      struct_pack(mention_id, status, published_on, start_date, end_date, date_precision),
      struct_pack(published_on, is_original := not is_copy, mention_id)
    ) filter (where says = 'promise') as latest,
    arg_min(mention_id, struct_pack(published_on, is_copy, mention_id)) filter (where says = 'news') as news_mention_id,
    min(published_on) filter (where says = 'news') as news_on,
    max(published_on) as last_heard_on
  from mentions
  group by promise_kind, subject_id
)

select
  promise_kind, subject_id,
  promise.mention_id as promise_mention_id, promise.status as promised_status, promise.published_on as promised_on,
  promise.end_date as first_end,
  latest.mention_id as latest_mention_id, latest.status as latest_promise_status, latest.published_on as repeated_on,
  latest.start_date as latest_start, latest.end_date as latest_end, latest.date_precision as due_precision,
  news_mention_id, news_on, last_heard_on
from histories
where promise is not null
