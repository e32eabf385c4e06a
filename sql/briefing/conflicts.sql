-- Figures that contradict each other, the conflicts last spoken of first; of many figures the outermost and those with most to say for
-- themselves. One row per conflict and figure.
with
conflicts as (
  select
    claims.*,
    dense_rank() over (order by latest_on desc, conflict_id) as place,
    row_number() over (
      partition by conflict_id
      order by measure in (lowest, highest) desc, is_official desc, is_newest desc, is_most_repeated desc, last_claimed_on desc, claim_id
    ) as weight
  from (
    select claims.*, max(claims.last_claimed_on) over (partition by claims.conflict_id) as latest_on
    from trade.conflicting_claims as claims
    where ($parties::varchar[] is null or list_has_any([claims.reporter_code, claims.partner_code], $parties::varchar[]))
  ) as claims
)

select
  conflicts.place, conflicts.conflict_id, conflicts.flow as type, conflicts.claim_type as status, conflicts.commodity as subject,
  conflicts.reporter_code, conflicts.partner_code, [conflicts.reporter_code, conflicts.partner_code] as party_codes,
  conflicts.period_label as date_label, conflicts.figure, conflicts.measure, conflicts.measured_in, conflicts.highest,
  conflicts.spread_pct, conflicts.figure_count, conflicts.speakers, conflicts.is_newest, conflicts.is_official, conflicts.is_most_repeated,
  conflicts.story_count, conflicts.evidence_text, conflicts.title, conflicts.publishers, conflicts.url, conflicts.document_id,
  sources.published_on, sources.source_path,
  max(conflicts.place) over () as conflict_count
from conflicts
join engagement.sources as sources on sources.document_id = conflicts.document_id
where conflicts.weight <= $figures
qualify conflicts.place <= $rows
order by conflicts.place, conflicts.measure desc, conflicts.claim_id
