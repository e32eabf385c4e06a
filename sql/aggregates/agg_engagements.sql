-- What engagement.happenings shows of a happening and takes long to gather: who takes part, who tells it, and the mention that says best
-- how it stands. Written for the happenings in stale_ids, which are new or have changed. One row per happening.
with
engagements as (
  select engagement_id, status
  from main.fct_engagements
  where engagement_id in (from stale_ids)
),

mentions as (
  select
    mentions.engagement_id, mentions.mention_id, mentions.status, mentions.confidence,
    sources.story_id, sources.is_copy, sources.published_on, array_to_string(sources.publishers, chr(31)) as publishers
  from main.fct_engagement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  where mentions.engagement_id in (from stale_ids)
),

-- Lists are gathered as strings with a separator and split again: for many small groups that takes half the time of array_agg.
parties as (
  select
    members.engagement_id,
    string_agg(members.party_code, ' ') as party_codes,
    string_agg(coalesce(names.name, members.party_code), chr(31)) as parties,
    string_agg(members.party_code, ' ') filter (where members.role in ('visitor', 'donor', 'source', 'mediator')) as from_codes,
    string_agg(members.party_code, ' ') filter (where members.role in ('host', 'recipient', 'target')) as to_codes
  from main.fct_engagement_parties as members
  left join main.dim_parties as names on names.party_code = members.party_code
  where members.engagement_id in (from stale_ids)
  group by members.engagement_id
),

people as (
  select members.engagement_id, list_sort(string_split(string_agg(names.name, chr(31)), chr(31))) as people
  from main.fct_engagement_people as members
  join main.dim_people as names on names.person_id = members.person_id
  where members.engagement_id in (from stale_ids)
  group by members.engagement_id
),

-- The mention that gives the current status, in an original rather than a copy, the newest first.
coverage as (
  select
    mentions.engagement_id,
    count(distinct mentions.story_id) as story_count,
    string_agg(nullif(mentions.publishers, ''), chr(31)) as publishers,
    arg_max(
      mentions.mention_id,
      struct_pack(
        gives_status := mentions.status = engagements.status, is_original := not mentions.is_copy,
        published_on := mentions.published_on, confidence := mentions.confidence, tie := mentions.mention_id
      )
    ) as mention_id
  from mentions
  join engagements on engagements.engagement_id = mentions.engagement_id
  group by mentions.engagement_id
)

select
  coverage.engagement_id,
  coverage.mention_id,
  coverage.story_count,
  coalesce(list_sort(list_distinct(string_split(coverage.publishers, chr(31)))), []) as publishers,
  coalesce(list_sort(string_split(parties.party_codes, ' ')), []) as party_codes,
  array_to_string(list_sort(string_split(parties.parties, chr(31))), ', ') as parties,
  coalesce(list_sort(string_split(parties.from_codes, ' ')), []) as from_codes,
  coalesce(list_sort(string_split(parties.to_codes, ' ')), []) as to_codes,
  coalesce(people.people, []) as people
from coverage
left join parties on parties.engagement_id = coverage.engagement_id
left join people on people.engagement_id = coverage.engagement_id
