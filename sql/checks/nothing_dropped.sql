-- What came in and is nowhere: files that gave neither a document nor a refusal, documents never extracted, mentions that became no fact.
-- asset: rejected_rows
-- severity: error
select 'file without document or refusal' as loss, source_path as lost
from staging.source_files
anti join staging.file_documents using (source_path)
anti join ops.rejected_documents using (source_path)
union all
select 'document read but not kept', document_id
from staging.file_documents
anti join main.dim_documents using (document_id)
union all
select 'document kept but not extracted', document_id
from main.dim_documents
where is_current and extractor_version is null
union all
select 'document still waiting for ' || step, document_id
from staging.pending_documents
where step <> 'checks'
union all
select 'happening that became no fact', mention_id
from staging.engagement_mentions
anti join main.fct_engagement_mentions using (mention_id)
anti join (
  select json_extract_string(row_json, 'mention_id') as mention_id from ops.rejected_rows where table_name = 'main.fct_engagement_mentions'
) using (mention_id)
union all
select 'instrument that became no fact', mention_id
from staging.agreement_mentions
anti join main.fct_agreement_mentions using (mention_id)
anti join (
  select json_extract_string(row_json, 'mention_id') as mention_id from ops.rejected_rows where table_name = 'main.fct_agreement_mentions'
) using (mention_id)
union all
select 'claim that became no fact', claim_id
from staging.trade_claims
anti join main.fct_trade_claims using (claim_id)
anti join (
  select json_extract_string(row_json, 'claim_id') as claim_id from ops.rejected_rows where table_name = 'main.fct_trade_claims'
) using (claim_id)
