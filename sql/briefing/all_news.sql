-- The happenings and instruments that the new documents tell, and how they stood before. $since is the end of the refresh before, null where
-- there was none. One row per happening or instrument.
with
new_documents as (
  select documents.document_id
  from main.dim_documents as documents
  where documents.is_current and documents.ingested_at > coalesce($since, timestamp '0001-01-01')
),

happening_news as (
  select
    states.engagement_id as fact_id,
    bool_and(new_documents.document_id is not null) as is_first_report,
    arg_max(states.status, struct_pack(day := states.observed_on, tie := states.mention_id))
      filter (where new_documents.document_id is null) as status_before
  from main.fct_engagement_status as states
  left join new_documents on new_documents.document_id = states.document_id
  where states.engagement_id in (select engagement_id from main.fct_engagement_status semi join new_documents using (document_id))
  group by states.engagement_id
),

agreement_news as (
  select
    mentions.agreement_id as fact_id,
    bool_and(new_documents.document_id is not null) as is_first_report,
    arg_max(mentions.status, struct_pack(day := sources.published_on, tie := mentions.mention_id))
      filter (where new_documents.document_id is null) as status_before
  from main.fct_agreement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  left join new_documents on new_documents.document_id = mentions.document_id
  where mentions.agreement_id in (select agreement_id from main.fct_agreement_mentions semi join new_documents using (document_id))
  group by mentions.agreement_id
)

select *
from happening_news
union all
select *
from agreement_news
