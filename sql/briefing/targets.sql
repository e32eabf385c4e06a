-- Targets beside what was reached, those due first first. One row per target.
select
  'claim' as kind, targets.claim_id as fact_id, targets.flow as type, 'target' as status, targets.commodity as subject,
  targets.target_figure as figure, targets.due_on, targets.reporter_code, targets.partner_code,
  [targets.reporter_code, targets.partner_code] as party_codes,
  targets.actual_figure, targets.actual_period_label, targets.state, targets.reached_pct, targets.growth_needed_pct, targets.years_left,
  targets.speaker_name, targets.evidence_text, targets.title, targets.publishers, targets.url, targets.document_id,
  sources.published_on, sources.source_path,
  count(*) over () as row_count
from trade.targets as targets
join engagement.sources as sources on sources.document_id = targets.document_id
where targets.partner_code is not null
  and ($parties::varchar[] is null or list_has_any([targets.reporter_code, targets.partner_code], $parties::varchar[]))
order by targets.state = 'no_actual', targets.due_on nulls last, targets.claim_id
limit $rows
