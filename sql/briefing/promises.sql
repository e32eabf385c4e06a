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
        follow_through.document_id, follow_through.engagement_id, follow_through.agreement_id, follow_through.evidence_text
    ) as place
  from temp.all_promises as follow_through
  where ($parties::varchar[] is null or list_has_any(follow_through.party_codes, $parties::varchar[]))
)

select
  promises.state, promises.state_count, promises.promise_kind, promises.promise_type as type, promises.subject_title as subject, promises.people,
  promises.party_codes, coalesce(happenings.from_codes, []) as from_codes, coalesce(happenings.to_codes, []) as to_codes,
  promises.promised_status, promises.promised_on, promises.evidence_text, promises.due_by, promises.due_precision, promises.first_due_by,
  promises.outcome_status, promises.outcome_on, promises.outcome_evidence_text, promises.days_to_outcome, promises.days_since_due,
  promises.last_heard_on, promises.title, promises.publishers, promises.url, promises.document_id,
  sources.published_on, sources.source_path,
  promises.outcome_title, promises.outcome_publishers, promises.outcome_url, promises.outcome_document_id,
  outcome_sources.published_on as outcome_published_on, outcome_sources.source_path as outcome_source_path
from promises
join engagement.sources as sources on sources.document_id = promises.document_id
left join engagement.sources as outcome_sources on outcome_sources.document_id = promises.outcome_document_id
left join main.agg_engagements as happenings
  on happenings.engagement_id = promises.engagement_id and promises.promise_kind = 'happening'
where promises.place <= $rows
order by promises.state, promises.place
