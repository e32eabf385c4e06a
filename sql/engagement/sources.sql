-- Every current document with the story it belongs to: a syndicated copy and its original are one story, which counts once, while every
-- publisher is named. One row per current document.
with
documents as (
  select
    document_id, coalesce(duplicate_of, document_id) as story_id, duplicate_of is not null as is_duplicate,
    publisher, title, url, source_path, published_on
  from main.dim_documents
  where is_current
),

story_publishers as (
  select story_id, array_agg(distinct publisher order by publisher) filter (where publisher is not null) as publishers
  from documents
  group by story_id
),

-- The original stands for its story; where it is no longer current, the first copy does.
ranked as (
  select
    documents.*,
    row_number() over (partition by story_id order by is_duplicate, published_on, document_id) > 1 as is_copy
  from documents
)

select
  ranked.document_id, -- The document; key of main.dim_documents.
  ranked.story_id, -- The story: document_id of the original, the same for all its copies.
  ranked.is_copy, -- True for every document of a story but the one that stands for it.
  ranked.publisher, -- Outlet, agency or ministry that published this document.
  coalesce(story_publishers.publishers, []) as publishers, -- Everyone who published the story, copies included.
  ranked.title, -- Headline.
  ranked.url, -- Address the document was published at.
  ranked.source_path, -- Path in seeds/ the document came from.
  ranked.published_on -- Day of publication.
from ranked
join story_publishers on story_publishers.story_id = ranked.story_id
