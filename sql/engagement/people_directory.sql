-- Who is who: every person of the register with office, spellings, earlier offices, and what they last did. One row per person.
with
people as (
  select person_id, name, aliases, party_code, office, title_text, first_seen_on, last_seen_on
  from main.dim_people
),

mentions as (
  select
    mentions.person_id, mentions.office, mentions.party_code, mentions.is_former, mentions.document_id,
    sources.story_id, sources.published_on
  from main.fct_person_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
),

coverage as (
  select person_id, count(distinct story_id) as story_count, arg_max(is_former, struct_pack(published_on, document_id)) as is_former
  from mentions
  group by person_id
),

held as (
  select person_id, office, min(published_on) as first_on, max(published_on) as last_on
  from mentions
  where not is_former
  group by person_id, office
),

offices as (
  select
    person_id,
    list_sort(array_agg(struct_pack(first_on := first_on, last_on := last_on, office := office))) as offices
  from held
  group by person_id
),

engagements as (
  select
    members.person_id,
    count(*) filter (where happenings.status in ('occurred', 'ongoing')) as engagement_count,
    max(happenings.dated_on) filter (where happenings.status in ('occurred', 'ongoing')) as last_engaged_on,
    arg_max(happenings.engagement_type, struct_pack(day := happenings.dated_on, tie := happenings.engagement_id))
      filter (where happenings.status in ('occurred', 'ongoing')) as last_engagement_type,
    arg_max(happenings.parties, struct_pack(day := happenings.dated_on, tie := happenings.engagement_id))
      filter (where happenings.status in ('occurred', 'ongoing')) as last_engagement_parties,
    count(*) filter (where happenings.status in ('planned', 'proposed') and happenings.end_date >= as_of.as_of) as ahead_count
  from main.fct_engagement_people as members
  join engagement.happenings as happenings on happenings.engagement_id = members.engagement_id
  cross join engagement.as_of as as_of
  group by members.person_id
),

joined as (
  select
    people.*, parties.name as party_name, coverage.story_count, coverage.is_former,
    coalesce(offices.offices, []) as offices,
    coalesce(engagements.engagement_count, 0) as engagement_count,
    engagements.last_engaged_on, engagements.last_engagement_type, engagements.last_engagement_parties,
    coalesce(engagements.ahead_count, 0) as ahead_count
  from people
  join coverage on coverage.person_id = people.person_id
  left join main.dim_parties as parties on parties.party_code = people.party_code
  left join offices on offices.person_id = people.person_id
  left join engagements on engagements.person_id = people.person_id
)

select
  joined.name, -- Fullest spelling of the name.
  joined.party_code, -- State or organisation the person serves.
  joined.party_name, -- Its name.
  joined.office, -- Latest office, by the codebook's list.
  joined.title_text, -- Latest title, in the words of a text.
  joined.is_former, -- True where the latest document gives the office as a past one.
  joined.offices, -- Every office seen, with the first and last publication that gave it.
  joined.aliases, -- Every spelling met so far.
  joined.first_seen_on, -- First publication that names the person.
  joined.last_seen_on, -- Latest publication that names the person.
  joined.story_count, -- Stories that name the person, syndicated copies counted once.
  joined.engagement_count, -- Happenings the person took part in.
  joined.last_engaged_on, -- Day of the latest of them.
  joined.last_engagement_type, -- Its kind.
  joined.last_engagement_parties, -- Its parties.
  joined.ahead_count, -- Planned or proposed happenings still ahead: see engagement.calendar.
  joined.person_id -- The person; key of main.dim_people.
from joined
