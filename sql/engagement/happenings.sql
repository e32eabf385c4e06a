-- Everything about a happening in one line: what, when, where, who, at what level, who reported it, and the sentence that says so best.
-- The views by pair and by date are cut from it. One row per happening.
with
engagements as (
  select
    engagement_id, engagement_type, status, start_date, end_date, date_precision, place_name, place_country, level, has_conflict,
    first_reported_on, last_reported_on
  from main.fct_engagements
),

mentions as (
  select
    mentions.engagement_id, mentions.mention_id, mentions.status, mentions.confidence,
    sources.story_id, sources.is_copy, sources.published_on, array_to_string(sources.publishers, chr(31)) as publishers
  from main.fct_engagement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
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
  group by members.engagement_id
),

party_lists as (
  select
    engagement_id,
    list_sort(string_split(party_codes, ' ')) as party_codes,
    array_to_string(list_sort(string_split(parties, chr(31))), ', ') as parties,
    coalesce(list_sort(string_split(from_codes, ' ')), []) as from_codes,
    coalesce(list_sort(string_split(to_codes, ' ')), []) as to_codes
  from parties
),

people as (
  select members.engagement_id, list_sort(string_split(string_agg(names.name, chr(31)), chr(31))) as people
  from main.fct_engagement_people as members
  join main.dim_people as names on names.person_id = members.person_id
  group by members.engagement_id
),

instruments as (
  select engagement_id, list_sort(array_agg(title)) as agreements
  from main.fct_agreements
  where engagement_id is not null and title is not null
  group by engagement_id
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
),

evidence as (
  select
    coverage.engagement_id, coverage.mention_id, coverage.story_count,
    coalesce(list_sort(list_distinct(string_split(coverage.publishers, chr(31)))), []) as publishers,
    mentions.evidence_text, mentions.document_id, sources.title, sources.url
  from coverage
  join main.fct_engagement_mentions as mentions on mentions.mention_id = coverage.mention_id
  join engagement.sources as sources on sources.document_id = mentions.document_id
),

labelled as (
  select
    engagements.*,
    coalesce(engagements.start_date, engagements.first_reported_on) as dated_on,
    case
      when engagements.date_precision = 'unknown' then null
      when engagements.date_precision = 'year' then strftime(engagements.start_date, '%Y')
      when engagements.date_precision = 'half_year'
        then if(month(engagements.start_date) <= 6, 'H1', 'H2') || strftime(engagements.start_date, ' %Y')
      when engagements.date_precision = 'quarter' then 'Q' || quarter(engagements.start_date) || strftime(engagements.start_date, ' %Y')
      when engagements.date_precision = 'month' then strftime(engagements.start_date, '%B %Y')
      when engagements.start_date = engagements.end_date then strftime(engagements.start_date, '%-d %B %Y')
      when date_trunc('month', engagements.start_date) = date_trunc('month', engagements.end_date)
        then strftime(engagements.start_date, '%-d–') || strftime(engagements.end_date, '%-d %B %Y')
      else strftime(engagements.start_date, '%-d %B – ') || strftime(engagements.end_date, '%-d %B %Y')
    end as date_label,
    types.plover_event is not distinct from 'CONSULT' or engagements.engagement_type = 'signing' as is_contact,
    coalesce(types.quad_class >= 3, false) as is_friction
  from engagements
  left join main.dim_engagement_types as types on types.engagement_type = engagements.engagement_type
),

joined as (
  select
    labelled.*,
    evidence.mention_id, evidence.evidence_text, evidence.document_id, evidence.title, evidence.url, evidence.story_count,
    evidence.publishers,
    coalesce(party_lists.party_codes, []) as party_codes, party_lists.parties,
    coalesce(party_lists.from_codes, []) as from_codes, coalesce(party_lists.to_codes, []) as to_codes,
    case when len(party_lists.party_codes) = 2 then party_lists.party_codes[1] end as party_a,
    case when len(party_lists.party_codes) = 2 then party_lists.party_codes[2] end as party_b,
    coalesce(people.people, []) as people, coalesce(instruments.agreements, []) as agreements
  from labelled
  join evidence on evidence.engagement_id = labelled.engagement_id
  left join party_lists on party_lists.engagement_id = labelled.engagement_id
  left join people on people.engagement_id = labelled.engagement_id
  left join instruments on instruments.engagement_id = labelled.engagement_id
)

select
  joined.engagement_id, -- The happening; key of main.fct_engagements.
  joined.engagement_type, -- Kind of happening, by the codebook.
  joined.status, -- Latest known state: occurred, ongoing, planned, proposed or cancelled.
  joined.date_label, -- The date in words, as wide as it is known: "9 September 2025", "November 2025", "Q3 2025".
  joined.start_date, -- First day of the interval the text gives; null where it gives none.
  joined.end_date, -- Last day of that interval.
  joined.date_precision, -- Width of that interval.
  joined.dated_on, -- Day to sort by: start_date, or the first report where no date is given.
  joined.place_name, -- City where it takes place.
  joined.place_country, -- Country where it takes place.
  joined.party_a, -- The pair's first party in the alphabet; null unless exactly two take part.
  joined.party_b, -- The pair's second party; null unless exactly two take part.
  joined.party_codes, -- Every party, in alphabetical order.
  joined.parties, -- Their names.
  joined.from_codes, -- Parties that act: visitor, donor, mediator, source of a criticism or sanction.
  joined.to_codes, -- Parties acted upon: host, recipient, target.
  joined.people, -- People who take part, by name.
  joined.level, -- Highest office present.
  joined.is_contact, -- True where the parties speak with each other: visit, meeting, talks, call, summit, mediation, signing.
  joined.is_friction, -- True for conflict in word or deed: CAMEO quad classes 3 and 4.
  joined.agreements, -- Titles of the instruments signed there.
  joined.has_conflict, -- True where documents disagree on date, place or status.
  joined.story_count, -- Stories that tell it, syndicated copies counted once.
  joined.publishers, -- Everyone who published it, copies included.
  joined.first_reported_on, -- First publication.
  joined.last_reported_on, -- Latest publication.
  joined.evidence_text, -- The sentence part that gives the current status, verbatim.
  joined.title, -- Headline of the document it stands in.
  joined.url, -- Address of that document.
  joined.document_id, -- That document; key of main.dim_documents.
  joined.mention_id -- That mention; key of main.fct_engagement_mentions.
from joined
