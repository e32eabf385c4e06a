-- A warehouse of news most of whose documents say nothing: the wrong seeds, or an engine that no longer reads them.
-- asset: fct_trade_claims
-- severity: warn
with
documents as (
  select document_id
  from main.dim_documents
  where is_current and coalesce(language, 'en') = 'en' and word_count >= 50
),

silent as (
  select document_id
  from documents
  anti join main.fct_engagement_mentions using (document_id)
  anti join main.fct_agreement_mentions using (document_id)
  anti join main.fct_trade_claims using (document_id)
),

shares as (
  select (select count(*) from documents) as documents, (select count(*) from silent) as silent
)

select documents, silent
from shares
where documents >= 20 and silent > 0.9 * documents
