-- Promises of each state, with the words of both articles and how many more there are: the latest due, or the latest heard of, first. One
-- row per promise.
with
promises as (
  select
    follow_through.*,
    count(*) over (partition by follow_through.state) as state_count,
    row_number() over (
      partition by follow_through.state
      order by
        coalesce(follow_through.outcome_on, follow_through.due_by, follow_through.last_heard_on) desc,
        follow_through.document_id, follow_through.engagement_id, follow_through.agreement_id
    ) as place
  from temp.all_promises as follow_through
  where ($parties::varchar[] is null or list_has_any(follow_through.party_codes, $parties::varchar[]))
  qualify place <= $rows
),

quoted as (
  select promise_mention_id as mention_id
  from promises
  union
  select outcome_mention_id
  from promises
),

statements as (
  select
    mentions.mention_id, mentions.evidence_text, mentions.document_id,
    sources.title, sources.publishers, sources.url, sources.published_on, sources.source_path
  from (
    select mention_id, evidence_text, document_id from main.fct_engagement_mentions where mention_id in (from quoted)
    union all
    select mention_id, evidence_text, document_id from main.fct_agreement_mentions where mention_id in (from quoted)
  ) as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
)

select
  promises.state, promises.state_count, promises.promise_kind, promises.promise_type as type, promises.subject_title as subject,
  promises.people, promises.party_codes,
  coalesce(happenings.from_codes, []) as from_codes, coalesce(happenings.to_codes, []) as to_codes,
  promises.promised_status, promises.promised_on, promises.due_by, promises.due_precision, promises.first_due_by,
  promises.outcome_status, promises.outcome_on, promises.days_to_outcome, promises.days_since_due, promises.last_heard_on,
  promise.evidence_text, promise.title, promise.publishers, promise.url, promise.document_id, promise.published_on, promise.source_path,
  outcome.evidence_text as outcome_evidence_text, outcome.title as outcome_title, outcome.publishers as outcome_publishers,
  outcome.url as outcome_url, outcome.document_id as outcome_document_id, outcome.published_on as outcome_published_on,
  outcome.source_path as outcome_source_path
from promises
join statements as promise on promise.mention_id = promises.promise_mention_id
left join statements as outcome on outcome.mention_id = promises.outcome_mention_id
left join main.agg_engagements as happenings
  on happenings.engagement_id = promises.engagement_id and promises.promise_kind = 'happening'
order by promises.state, promises.place
