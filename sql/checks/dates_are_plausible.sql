-- Dates no news speaks of: before 1900, or more than half a century ahead of the document.
-- asset: fct_engagement_mentions
-- severity: warn
with
dates as (
  select 'fct_engagement_mentions' as table_name, document_id, start_date as first_day, end_date as last_day, evidence_text
  from main.fct_engagement_mentions
  union all
  select 'fct_agreement_mentions', document_id, start_date, end_date, evidence_text
  from main.fct_agreement_mentions
  union all
  select 'fct_trade_claims', document_id, period_start, period_end, evidence_text
  from main.fct_trade_claims
)

select dates.table_name, dates.document_id, dates.first_day, dates.last_day, documents.published_on, dates.evidence_text
from dates
join main.dim_documents as documents on documents.document_id = dates.document_id
where dates.first_day < date '1900-01-01' or dates.last_day > documents.published_on + interval 50 years
