-- The latest best figures of trade between two parties, with the change on the level before: as claimed with the figure, else computed
-- from the best figure of the year before where both rest on the same kind of year. One row per figure.
with
figures as (
  select
    best.*,
    lag(best.amount_usd) over earlier_first as amount_usd_before,
    lag(best.year) over earlier_first as year_before
  from trade.bilateral_trade as best
  window earlier_first as (
    partition by best.reporter_code, best.partner_code, best.flow, best.commodity, best.year_method order by best.year
  )
),

judged as (
  select
    figures.*,
    case
      when change_pct is null and year_before = year - 1 and year_method in ('calendar_year', 'fiscal_year') and flow <> 'balance'
        and amount_usd_before > 0
        then round(100 * (amount_usd / amount_usd_before - 1), 1)
    end as computed_change_pct
  from figures
)

select
  'claim' as kind, judged.claim_id as fact_id, judged.flow as type, 'actual' as status, judged.commodity as subject,
  judged.figure, judged.period_label as date_label, judged.reporter_code, judged.partner_code,
  [judged.reporter_code, judged.partner_code] as party_codes,
  judged.amount_usd, coalesce(judged.change_pct, judged.computed_change_pct) as change_pct,
  judged.change_pct is null as is_computed, judged.trend, judged.speaker_name, judged.is_official, judged.figure_count,
  judged.evidence_text, judged.title, judged.publishers, judged.url, judged.document_id,
  sources.published_on, sources.source_path,
  count(*) over () as row_count
from judged
join engagement.sources as sources on sources.document_id = judged.document_id
where judged.partner_code is not null and judged.figure is not null
  and ($parties::varchar[] is null or list_has_any([judged.reporter_code, judged.partner_code], $parties::varchar[]))
order by judged.last_claimed_on desc, judged.amount_usd desc nulls last, judged.claim_id
limit $rows
