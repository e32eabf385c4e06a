-- What happened between two parties, and what is to come, in order of date. A happening of several parties stands under each of their
-- pairs; one with a single known party stands with an empty party_b. One row per pair and happening.
with
happenings as (
  select *
  from engagement.happenings
),

pairs as (
  select a.engagement_id, a.party_code as party_a, b.party_code as party_b
  from main.fct_engagement_parties as a
  join main.fct_engagement_parties as b on b.engagement_id = a.engagement_id and b.party_code > a.party_code
),

by_pair as (
  select
    happenings.* exclude (party_a, party_b),
    coalesce(pairs.party_a, happenings.party_codes[1]) as party_a,
    pairs.party_b
  from happenings
  left join pairs on pairs.engagement_id = happenings.engagement_id
),

directed as (
  select
    by_pair.*,
    a.name as party_a_name, b.name as party_b_name,
    case
      when list_contains(from_codes, party_a) and list_contains(to_codes, party_b) then party_a
      when list_contains(from_codes, party_b) and list_contains(to_codes, party_a) then party_b
    end as from_code
  from by_pair
  left join main.dim_parties as a on a.party_code = by_pair.party_a
  left join main.dim_parties as b on b.party_code = by_pair.party_b
)

select
  directed.party_a, -- The pair's first party in the alphabet.
  directed.party_a_name, -- Its name.
  directed.party_b, -- The pair's second party; null where only one is known.
  directed.party_b_name, -- Its name.
  directed.dated_on, -- Day to sort by: start_date, or the first report where no date is given.
  directed.date_label, -- The date in words, as wide as it is known.
  directed.engagement_type, -- Kind of happening, by the codebook.
  directed.status, -- Latest known state.
  directed.from_code, -- Which of the two acts (visits, gives, accuses …); null where both do.
  directed.people, -- People who take part, by name.
  directed.level, -- Highest office present.
  directed.place_name, -- City where it takes place.
  directed.place_country, -- Country where it takes place.
  directed.agreements, -- Titles of the instruments signed there.
  directed.evidence_text, -- The sentence part that says so, verbatim.
  directed.title, -- Headline of the document it stands in.
  directed.publishers, -- Everyone who published it, copies included.
  directed.story_count, -- Stories that tell it, syndicated copies counted once.
  directed.has_conflict, -- True where documents disagree on date, place or status.
  directed.is_contact, -- True where the parties speak with each other.
  directed.is_friction, -- True for conflict in word or deed.
  directed.start_date, -- First day of the interval the text gives.
  directed.end_date, -- Last day of that interval.
  directed.date_precision, -- Width of that interval.
  directed.party_codes, -- Every party, where there are more than the pair.
  directed.url, -- Address of the document.
  directed.document_id, -- The document; key of main.dim_documents.
  directed.engagement_id -- The happening; key of main.fct_engagements.
from directed
