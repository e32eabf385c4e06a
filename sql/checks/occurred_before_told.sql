-- Happenings told as past that begin after the document was published: either the date or the status was misread.
-- asset: fct_engagement_mentions
-- severity: warn
select mentions.mention_id, mentions.engagement_type, mentions.status, mentions.start_date, documents.published_on, mentions.evidence_text
from main.fct_engagement_mentions as mentions
join main.dim_documents as documents on documents.document_id = mentions.document_id
-- A day's grace: west of the outlet it is still yesterday.
where mentions.status = 'occurred' and mentions.start_date > documents.published_on + 1
