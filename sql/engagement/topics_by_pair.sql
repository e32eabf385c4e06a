-- What a pair talks about, and whether more or less than before: each area with the stories that name it in the last 365 days against the
-- 365 before. One row per pair and topic.
with
topics as (
  select
    topics.party_a, topics.party_b, topics.topic, topics.engagement_id, topics.evidence_text, topics.document_id,
    sources.story_id, sources.is_copy, sources.publishers, sources.published_on, sources.title, sources.url,
    as_of.as_of
  from main.fct_cooperation_topics as topics
  join engagement.sources as sources on sources.document_id = topics.document_id
  cross join engagement.as_of as as_of
),

counted as (
  select
    party_a, party_b, topic, as_of,
    count(distinct story_id) as story_count,
    count(distinct story_id) filter (where published_on > as_of - 365) as stories_last_365_days,
    count(distinct story_id) filter (where published_on <= as_of - 365 and published_on > as_of - 730) as stories_year_before,
    count(distinct engagement_id) as engagement_count,
    min(published_on) as first_on,
    max(published_on) as last_on,
    arg_max(document_id, struct_pack(is_original := not is_copy, published_on := published_on, tie := document_id)) as document_id
  from topics
  group by party_a, party_b, topic, as_of
),

judged as (
  select
    counted.*,
    case
      when stories_last_365_days = 0 then 'dormant'
      when first_on > as_of - 365 then 'new'
      when stories_last_365_days > stories_year_before then 'rising'
      when stories_last_365_days < stories_year_before then 'falling'
      else 'steady'
    end as trend
  from counted
),

named as (
  select
    judged.*, a.name as party_a_name, b.name as party_b_name,
    latest.evidence_text, latest.publishers, latest.title, latest.url
  from judged
  join topics as latest
    on latest.document_id = judged.document_id
    and latest.party_a = judged.party_a
    and latest.party_b = judged.party_b
    and latest.topic = judged.topic
  left join main.dim_parties as a on a.party_code = judged.party_a
  left join main.dim_parties as b on b.party_code = judged.party_b
)

select
  named.party_a, -- The pair's first party in the alphabet.
  named.party_a_name, -- Its name.
  named.party_b, -- The pair's second party.
  named.party_b_name, -- Its name.
  named.topic, -- Area of cooperation, by the codebook.
  named.trend, -- new (first named in the last 365 days), rising, steady, falling, or dormant (not named in the last 365 days).
  named.story_count, -- Stories that name it, syndicated copies counted once.
  named.stories_last_365_days, -- Of these, published in the 365 days up to as_of.
  named.stories_year_before, -- Of these, published in the 365 days before that.
  named.engagement_count, -- Happenings it came up in.
  named.first_on, -- First publication.
  named.last_on, -- Latest publication.
  named.evidence_text, -- The words that name it in the latest document, verbatim.
  named.title, -- Headline of that document.
  named.publishers, -- Everyone who published that story, copies included.
  named.url, -- Address of that document.
  named.document_id, -- That document; key of main.dim_documents.
  named.as_of -- Day the view looks from: see engagement.as_of.
from named
