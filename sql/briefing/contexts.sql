-- What stands around quoted words in their document, up to 300 characters on either side. One row per document and quote.
with
wanted as (
  select distinct document_id, evidence_text
  from (select unnest($documents) as document_id, unnest($quotes) as evidence_text)
),

placed as (
  select wanted.*, documents.body, strpos(documents.body, wanted.evidence_text) as place
  from wanted
  join main.dim_documents as documents on documents.document_id = wanted.document_id
)

select
  placed.document_id,
  placed.evidence_text,
  substr(placed.body, greatest(placed.place - 300, 1), placed.place - greatest(placed.place - 300, 1)) as words_before,
  substr(placed.body, placed.place + length(placed.evidence_text), 300) as words_after
from placed
where placed.place > 0
