-- The day the views look from: the latest publication date that a current document states. What is "ahead", "overdue" or "in the last
-- 365 days" is counted from here, so that the same warehouse always gives the same answer. One row per warehouse.
with
documents as (
  select published_on, published_on_method
  from main.dim_documents
  where is_current
),

-- A file's own date says when it was saved, not when the news was; it decides only where nothing else does.
latest as (
  select coalesce(max(published_on) filter (where published_on_method <> 'file_modified'), max(published_on)) as as_of
  from documents
)

select
  latest.as_of -- Latest publication date that a current document states.
from latest
where latest.as_of is not null
