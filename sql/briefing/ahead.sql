-- What is ahead, the nearest first. One row per happening.
select
  'happening' as kind, calendar.engagement_id as fact_id, calendar.engagement_id, calendar.engagement_type as type, calendar.status,
  calendar.date_label, calendar.start_date, calendar.end_date, calendar.date_precision, calendar.days_ahead,
  calendar.party_codes, calendar.from_codes, calendar.to_codes, calendar.people, calendar.place_name, calendar.place_country, calendar.level,
  calendar.has_conflict, calendar.as_of, calendar.evidence_text, calendar.title, calendar.publishers, calendar.url, calendar.document_id,
  sources.published_on, sources.source_path,
  count(*) over () as row_count
from engagement.calendar as calendar
join engagement.sources as sources on sources.document_id = calendar.document_id
where ($parties::varchar[] is null or list_has_any(calendar.party_codes, $parties::varchar[]))
order by calendar.start_date, calendar.end_date, calendar.engagement_id
limit $rows
