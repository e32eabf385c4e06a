-- Copies whose original is unknown, or is itself taken for a copy.
-- asset: dim_documents
-- severity: warn
select copies.document_id, copies.duplicate_of, originals.duplicate_of as original_is_copy_of
from main.dim_documents as copies
left join main.dim_documents as originals on originals.document_id = copies.duplicate_of
where copies.is_current
  and copies.duplicate_of is not null
  and (originals.document_id is null or originals.duplicate_of is not null)
