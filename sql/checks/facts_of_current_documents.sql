-- Facts of documents that are no longer current: an edited or pruned document takes its facts with it.
-- asset: fct_engagement_mentions
-- severity: error
with
outdated as (
  select document_id
  from main.dim_documents
  where not is_current
)

select 'fct_person_mentions' as table_name, document_id from main.fct_person_mentions semi join outdated using (document_id)
union all
select 'fct_engagement_mentions', document_id from main.fct_engagement_mentions semi join outdated using (document_id)
union all
select 'fct_agreement_mentions', document_id from main.fct_agreement_mentions semi join outdated using (document_id)
union all
select 'fct_trade_claims', document_id from main.fct_trade_claims semi join outdated using (document_id)
union all
select 'fct_cooperation_topics', document_id from main.fct_cooperation_topics semi join outdated using (document_id)
