-- Every current document with the story it belongs to: a syndicated copy and its original are one story, which counts once, while every
-- publisher is named. One row per current document.
with
documents as (
  select document_id, duplicate_of, publisher, title, url, source_path, published_on
  from main.dim_documents
  where is_current
),

-- Stories that more than one document tells. The original stands for its story; where it is no longer current, the first copy does.
retold as (
  select
    told.story_id,
    arg_min(told.document_id, struct_pack(told.is_duplicate, told.published_on, told.document_id)) as first_document_id,
    list_sort(list_distinct(array_agg(told.publisher) filter (where told.publisher is not null))) as publishers
  from (
    select duplicate_of as story_id, true as is_duplicate, document_id, published_on, publisher
    from documents
    where duplicate_of is not null
    union all
    select document_id, false, document_id, published_on, publisher
    from documents
    where document_id in (select duplicate_of from documents where duplicate_of is not null)
  ) as told
  group by told.story_id
),

ranked as (
  select
    documents.document_id, documents.publisher, documents.title, documents.url, documents.source_path, documents.published_on,
    coalesce(documents.duplicate_of, documents.document_id) as story_id,
    coalesce(retold.first_document_id <> documents.document_id, false) as is_copy,
    coalesce(retold.publishers, list_filter([documents.publisher], lambda name: name is not null)) as publishers
  from documents
  left join retold on retold.story_id = coalesce(documents.duplicate_of, documents.document_id)
)

select
  ranked.document_id, -- The document; key of main.dim_documents.
  ranked.story_id, -- The story: document_id of the original, the same for all its copies.
  ranked.is_copy, -- True for every document of a story but the one that stands for it.
  ranked.publisher, -- Outlet, agency or ministry that published this document.
  ranked.publishers, -- Everyone who published the story, copies included.
  ranked.title, -- Headline.
  ranked.url, -- Address the document was published at.
  ranked.source_path, -- Path in seeds/ the document came from.
  ranked.published_on -- Day of publication.
from ranked
