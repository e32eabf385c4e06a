-- The register of instruments: what was signed, is agreed, being negotiated or planned, by whom, when, at which ceremony, and who says so.
-- One row per instrument or counted set of them.
with
agreements as (
  select
    agreement_id, agreement_type, status, title, instrument_count, start_date, end_date, date_precision, engagement_id, has_conflict,
    first_reported_on, last_reported_on
  from main.fct_agreements
),

mentions as (
  select
    mentions.agreement_id, mentions.mention_id, mentions.status, mentions.confidence,
    sources.story_id, sources.is_copy, sources.published_on, array_to_string(sources.publishers, chr(31)) as publishers
  from main.fct_agreement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
),

-- Lists are gathered as strings with a separator and split again: for many small groups that takes half the time of array_agg.
parties as (
  select
    members.agreement_id,
    list_sort(string_split(string_agg(members.party_code, ' '), ' ')) as party_codes,
    array_to_string(list_sort(string_split(string_agg(coalesce(names.name, members.party_code), chr(31)), chr(31))), ', ') as parties
  from main.fct_agreement_parties as members
  left join main.dim_parties as names on names.party_code = members.party_code
  group by members.agreement_id
),

-- Who was at the ceremony.
people as (
  select members.engagement_id, list_sort(string_split(string_agg(names.name, chr(31)), chr(31))) as people
  from main.fct_engagement_people as members
  join main.dim_people as names on names.person_id = members.person_id
  group by members.engagement_id
),

ceremonies as (
  select engagement_id, place_name, place_country
  from main.fct_engagements
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
),

evidence as (
  select
    coverage.agreement_id, coverage.mention_id, coverage.story_count,
    coalesce(list_sort(list_distinct(string_split(coverage.publishers, chr(31)))), []) as publishers,
    mentions.evidence_text, mentions.document_id, sources.title as document_title, sources.url
  from coverage
  join main.fct_agreement_mentions as mentions on mentions.mention_id = coverage.mention_id
  join engagement.sources as sources on sources.document_id = mentions.document_id
),

labelled as (
  select
    agreements.*,
    case
      when agreements.date_precision = 'unknown' then null
      when agreements.date_precision = 'year' then strftime(agreements.start_date, '%Y')
      when agreements.date_precision = 'half_year'
        then if(month(agreements.start_date) <= 6, 'H1', 'H2') || strftime(agreements.start_date, ' %Y')
      when agreements.date_precision = 'quarter' then 'Q' || quarter(agreements.start_date) || strftime(agreements.start_date, ' %Y')
      when agreements.date_precision = 'month' then strftime(agreements.start_date, '%B %Y')
      when agreements.start_date = agreements.end_date then strftime(agreements.start_date, '%-d %B %Y')
      when date_trunc('month', agreements.start_date) = date_trunc('month', agreements.end_date)
        then strftime(agreements.start_date, '%-d–') || strftime(agreements.end_date, '%-d %B %Y')
      else strftime(agreements.start_date, '%-d %B – ') || strftime(agreements.end_date, '%-d %B %Y')
    end as date_label
  from agreements
),

joined as (
  select
    labelled.*,
    coalesce(parties.party_codes, []) as party_codes, parties.parties,
    case when len(parties.party_codes) = 2 then parties.party_codes[1] end as party_a,
    case when len(parties.party_codes) = 2 then parties.party_codes[2] end as party_b,
    ceremonies.place_name, ceremonies.place_country,
    coalesce(people.people, []) as people,
    evidence.mention_id, evidence.evidence_text, evidence.document_id, evidence.document_title, evidence.url, evidence.story_count,
    evidence.publishers
  from labelled
  join evidence on evidence.agreement_id = labelled.agreement_id
  left join parties on parties.agreement_id = labelled.agreement_id
  left join ceremonies on ceremonies.engagement_id = labelled.engagement_id
  left join people on people.engagement_id = labelled.engagement_id
)

select
  joined.agreement_id, -- The instrument; key of main.fct_agreements.
  joined.agreement_type, -- Kind of instrument, by the codebook.
  joined.title, -- Its name or subject, in the words of the text.
  joined.instrument_count, -- Instruments the row stands for.
  joined.status, -- Latest known state: signed, agreed, negotiating, planned, in_force or ended.
  joined.date_label, -- The date of that state in words: "9 September 2025", "April 2025".
  joined.start_date, -- First day of the date of that state (for a signed one, of the signing).
  joined.end_date, -- Last day of that date.
  joined.date_precision, -- Width of that date.
  joined.party_a, -- The pair's first party in the alphabet; null unless there are exactly two.
  joined.party_b, -- The pair's second party; null unless there are exactly two.
  joined.party_codes, -- Every party, in alphabetical order.
  joined.parties, -- Their names.
  joined.place_name, -- City of the ceremony.
  joined.place_country, -- Country of the ceremony.
  joined.people, -- People at the ceremony, by name.
  joined.has_conflict, -- True where documents disagree on date or status.
  joined.story_count, -- Stories that tell it, syndicated copies counted once.
  joined.publishers, -- Everyone who published it, copies included.
  joined.first_reported_on, -- First publication.
  joined.last_reported_on, -- Latest publication.
  joined.evidence_text, -- The sentence part that gives the current status, verbatim.
  joined.document_title, -- Headline of the document it stands in.
  joined.url, -- Address of that document.
  joined.document_id, -- That document; key of main.dim_documents.
  joined.mention_id, -- That mention; key of main.fct_agreement_mentions.
  joined.engagement_id -- The ceremony; key of main.fct_engagements.
from joined
