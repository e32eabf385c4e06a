-- Who met or spoke with whom, and how often before: people of different parties in the same visit, meeting, talks, call, mediation or
-- signing. Summits stay out: to attend the same one is not to meet. One row per happening and pair of people.
with
happenings as (
  select *
  from engagement.happenings
  where is_contact and engagement_type <> 'summit' and status in ('occurred', 'ongoing')
),

members as (
  select
    members.engagement_id, members.person_id, names.name,
    coalesce(members.party_code, names.party_code) as party_code,
    coalesce(members.office, names.office) as office
  from main.fct_engagement_people as members
  join main.dim_people as names on names.person_id = members.person_id
),

encounters as (
  select
    a.engagement_id,
    a.person_id as person_a_id, a.name as person_a, a.party_code as person_a_party, a.office as person_a_office,
    b.person_id as person_b_id, b.name as person_b, b.party_code as person_b_party, b.office as person_b_office
  from members as a
  join members as b
    on b.engagement_id = a.engagement_id
    and (b.name, b.person_id) > (a.name, a.person_id)
    and b.party_code is distinct from a.party_code
),

dated as (
  select
    encounters.*,
    happenings.dated_on, happenings.date_label, happenings.engagement_type, happenings.status, happenings.place_name,
    happenings.place_country, happenings.evidence_text, happenings.title, happenings.publishers, happenings.url, happenings.document_id
  from encounters
  join happenings on happenings.engagement_id = encounters.engagement_id
),

numbered as (
  select
    dated.*,
    row_number() over earlier_first as encounter_number,
    dated_on - lag(dated_on) over earlier_first as days_since_previous
  from dated
  window earlier_first as (partition by person_a_id, person_b_id order by dated_on, engagement_id)
)

select
  numbered.dated_on, -- Day of the encounter, or of its first report where no date is given.
  numbered.date_label, -- The date in words, as wide as it is known.
  numbered.person_a, -- The person whose name comes first in the alphabet.
  numbered.person_a_party, -- State or organisation they serve.
  numbered.person_a_office, -- Their office then.
  numbered.person_b, -- The other person.
  numbered.person_b_party, -- State or organisation they serve.
  numbered.person_b_office, -- Their office then.
  numbered.engagement_type, -- Kind of happening.
  numbered.status, -- occurred or ongoing.
  numbered.place_name, -- City.
  numbered.place_country, -- Country.
  numbered.encounter_number, -- 1 for the first encounter of the two in the register, 2 for the second …
  numbered.days_since_previous, -- Days since the one before; null for the first.
  numbered.evidence_text, -- The sentence part that says so, verbatim.
  numbered.title, -- Headline of the document it stands in.
  numbered.publishers, -- Everyone who published it, copies included.
  numbered.url, -- Address of the document.
  numbered.document_id, -- The document; key of main.dim_documents.
  numbered.engagement_id, -- The happening; key of main.fct_engagements.
  numbered.person_a_id, -- Key of main.dim_people.
  numbered.person_b_id -- Key of main.dim_people.
from numbered
