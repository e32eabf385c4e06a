-- What engagement.agreements_register shows of an instrument and takes long to gather: the parties, who tells it, and the mention that says
-- best how it stands. Written for the instruments in stale_ids, which are new or have changed. One row per instrument.
with
agreements as (
  select agreement_id, status
  from main.fct_agreements
  where agreement_id in (from stale_ids)
),

mentions as (
  select
    mentions.agreement_id, mentions.mention_id, mentions.status, mentions.confidence,
    sources.story_id, sources.is_copy, sources.published_on, array_to_string(sources.publishers, chr(31)) as publishers
  from main.fct_agreement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  where mentions.agreement_id in (from stale_ids)
),

-- Lists are gathered as strings with a separator and split again: for many small groups that takes half the time of array_agg.
parties as (
  select
    members.agreement_id,
    list_sort(string_split(string_agg(members.party_code, ' '), ' ')) as party_codes,
    array_to_string(list_sort(string_split(string_agg(coalesce(names.name, members.party_code), chr(31)), chr(31))), ', ') as parties
  from main.fct_agreement_parties as members
  left join main.dim_parties as names on names.party_code = members.party_code
  where members.agreement_id in (from stale_ids)
  group by members.agreement_id
),

-- The mention that gives the current status, in an original rather than a copy, the newest first.
coverage as (
  select
    mentions.agreement_id,
    count(distinct mentions.story_id) as story_count,
    string_agg(nullif(mentions.publishers, ''), chr(31)) as publishers,
    arg_max(
      mentions.mention_id,
      struct_pack(
        gives_status := mentions.status = agreements.status, is_original := not mentions.is_copy,
        published_on := mentions.published_on, confidence := mentions.confidence, tie := mentions.mention_id
      )
    ) as mention_id
  from mentions
  join agreements on agreements.agreement_id = mentions.agreement_id
  group by mentions.agreement_id
)

select
  coverage.agreement_id,
  coverage.mention_id,
  coverage.story_count,
  coalesce(list_sort(list_distinct(string_split(coverage.publishers, chr(31)))), []) as publishers,
  coalesce(parties.party_codes, []) as party_codes,
  parties.parties
from coverage
left join parties on parties.agreement_id = coverage.agreement_id
