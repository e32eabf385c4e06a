-- What the new documents tell: happenings, instruments and figures, the newest first, those of the highest office and most told before
-- others of their day. $since is the end of the refresh before, null where there was none. One row per happening, instrument or figure.
with
new_documents as (
  select documents.document_id
  from main.dim_documents as documents
  where documents.is_current and documents.ingested_at > coalesce($since, timestamp '0001-01-01')
),

happenings as (
  select
    'happening' as kind, facts.engagement_id as fact_id, facts.engagement_type as type, facts.status,
    news.is_first_report, news.status_before, facts.date_label, facts.party_codes, facts.from_codes, facts.to_codes, facts.people,
    facts.place_name, facts.level, null::varchar as subject, 1 as instrument_count,
    null::varchar as figure, null::double as change_pct,
    facts.story_count, facts.has_conflict, facts.evidence_text, facts.title, facts.publishers, facts.url, facts.document_id
  from engagement.happenings as facts
  join temp.all_news as news on news.fact_id = facts.engagement_id
),

agreements as (
  select
    'agreement' as kind, facts.agreement_id as fact_id, facts.agreement_type as type, facts.status,
    news.is_first_report, news.status_before, facts.date_label, facts.party_codes, [] as from_codes, [] as to_codes, [] as people,
    facts.place_name, null as level, facts.title as subject, facts.instrument_count, null as figure, null as change_pct,
    facts.story_count, facts.has_conflict, facts.evidence_text, facts.document_title as title, facts.publishers, facts.url,
    facts.document_id
  from engagement.agreements_register as facts
  join temp.all_news as news on news.fact_id = facts.agreement_id
),

claims as (
  select
    'claim' as kind, facts.claim_id as fact_id, facts.flow as type, facts.claim_type as status,
    true as is_first_report, null as status_before, facts.period_label as date_label,
    list_filter([facts.reporter_code, facts.partner_code], lambda code: code is not null) as party_codes,
    [] as from_codes, [] as to_codes, list_filter([facts.speaker_name], lambda name: name is not null) as people,
    null as place_name, null as level, facts.commodity as subject, 1 as instrument_count, facts.figure, facts.change_pct,
    1 as story_count, false as has_conflict, facts.evidence_text, facts.title, facts.publishers, facts.url, facts.document_id
  from trade.claims as facts
  join new_documents on new_documents.document_id = facts.document_id
  where facts.figure is not null and facts.partner_code is not null
),

news as (
  select * from happenings
  union all by name
  select * from agreements
  union all by name
  select * from claims
)

select
  news.*,
  sources.published_on,
  sources.source_path,
  count(*) over () as row_count
from news
join engagement.sources as sources on sources.document_id = news.document_id
where ($parties::varchar[] is null or list_has_any(news.party_codes, $parties::varchar[]))
order by
  sources.published_on desc,
  news.level in ('head_of_state', 'head_of_government', 'monarch') desc nulls last,
  news.story_count desc,
  news.fact_id
limit $rows
