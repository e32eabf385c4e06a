-- The masthead: the day the register looks from, what it holds, and which documents are new. New are those of the latest refresh that
-- brought any: read after the refresh before it had ended; all of them where it was the first. One row.
with
latest as (
  select started_at
  from ops.refreshes
  where documents_new > 0
  order by started_at desc
  limit 1
),

earlier as (
  select max(refreshes.finished_at) as since
  from ops.refreshes as refreshes
  cross join latest
  where refreshes.started_at < latest.started_at
),

documents as (
  select document_id, publisher, published_on, ingested_at, duplicate_of is not null as is_copy
  from main.dim_documents
  where is_current
),

counted as (
  select
    count(*) as document_count,
    count(distinct documents.publisher) as publisher_count,
    min(documents.published_on) as first_published_on,
    max(documents.published_on) as last_published_on,
    count(*) filter (where documents.ingested_at > coalesce(earlier.since, timestamp '0001-01-01')) as new_document_count
  from documents
  cross join earlier
)

select
  (select as_of from engagement.as_of) as as_of,
  earlier.since,
  counted.*,
  (select max(coalesce(finished_at, started_at)) from ops.refreshes) as refreshed_at,
  (select arg_max(extractor_version, started_at) from ops.refreshes) as extractor_version,
  (select count(*) from main.fct_engagements) as happening_count,
  (select count(*) from main.fct_agreements) as agreement_count,
  (select count(*) from main.fct_trade_claims) as claim_count,
  (select count(*) from main.dim_people) as person_count,
  (select count(*) from ops.rejected_documents) as rejected_document_count,
  (select count(*) from ops.rejected_rows) as rejected_row_count
from counted
cross join earlier
