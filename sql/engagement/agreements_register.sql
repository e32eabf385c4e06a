-- The register of instruments: what was signed, is agreed, being negotiated or planned, by whom, when, at which ceremony, and who says so.
-- One row per instrument or counted set of them.
with
agreements as (
  select
    agreement_id, agreement_type, status, title, instrument_count, start_date, end_date, date_precision, engagement_id, has_conflict,
    first_reported_on, last_reported_on
  from main.fct_agreements
),

-- Where the ceremony was, and who was there.
ceremonies as (
  select happenings.engagement_id, happenings.place_name, happenings.place_country, told.people
  from main.fct_engagements as happenings
  join main.agg_engagements as told on told.engagement_id = happenings.engagement_id
),

-- Lists and counts are gathered once, when an instrument changes: sql/aggregates says how.
gathered as (
  select
    told.agreement_id, told.mention_id, told.story_count, told.publishers, told.party_codes, told.parties,
    mentions.evidence_text, mentions.document_id, documents.title as document_title, documents.url
  from main.agg_agreements as told
  join main.fct_agreement_mentions as mentions on mentions.mention_id = told.mention_id
  join main.dim_documents as documents on documents.document_id = mentions.document_id
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
    gathered.* exclude (agreement_id),
    case when len(gathered.party_codes) = 2 then gathered.party_codes[1] end as party_a,
    case when len(gathered.party_codes) = 2 then gathered.party_codes[2] end as party_b,
    ceremonies.place_name, ceremonies.place_country,
    coalesce(ceremonies.people, []) as people
  from labelled
  join gathered on gathered.agreement_id = labelled.agreement_id
  left join ceremonies on ceremonies.engagement_id = labelled.engagement_id
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
