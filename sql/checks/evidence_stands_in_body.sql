-- Evidence that is not, word for word, what stands in the document's body at its offsets.
-- asset: fct_engagement_mentions
-- severity: error
with
documents as (
  select document_id, body
  from main.dim_documents
  semi join staging.documents_to_check using (document_id)
),

evidence as (
  select 'fct_person_mentions' as table_name, document_id, evidence_text, evidence_start, evidence_end
  from main.fct_person_mentions
  union all
  select 'fct_engagement_mentions', document_id, evidence_text, evidence_start, evidence_end
  from main.fct_engagement_mentions
  union all
  select 'fct_agreement_mentions', document_id, evidence_text, evidence_start, evidence_end
  from main.fct_agreement_mentions
  union all
  select 'fct_trade_claims', document_id, evidence_text, evidence_start, evidence_end
  from main.fct_trade_claims
  union all
  select 'fct_cooperation_topics', document_id, evidence_text, evidence_start, evidence_end
  from main.fct_cooperation_topics
)

select evidence.table_name, evidence.document_id, evidence.evidence_start, evidence.evidence_end, evidence.evidence_text
from evidence
join documents on documents.document_id = evidence.document_id
where evidence.evidence_text <> substr(documents.body, evidence.evidence_start + 1, evidence.evidence_end - evidence.evidence_start)
