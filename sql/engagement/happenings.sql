-- Everything about a happening in one line: what, when, where, who, at what level, who reported it, and the sentence that says so best.
-- The views by pair and by date are cut from it. One row per happening.
with
engagements as (
  select
    engagement_id, engagement_type, status, start_date, end_date, date_precision, place_name, place_country, level, has_conflict,
    first_reported_on, last_reported_on
  from main.fct_engagements
),

instruments as (
  select engagement_id, list_sort(array_agg(title)) as agreements
  from main.fct_agreements
  where engagement_id is not null and title is not null
  group by engagement_id
),

-- Lists and counts are gathered once, when a happening changes: sql/aggregates says how.
gathered as (
  select
    told.engagement_id, told.mention_id, told.story_count, told.publishers, told.party_codes, told.parties, told.from_codes, told.to_codes,
    told.people, mentions.evidence_text, mentions.document_id, documents.title, documents.url
  from main.agg_engagements as told
  join main.fct_engagement_mentions as mentions on mentions.mention_id = told.mention_id
  join main.dim_documents as documents on documents.document_id = mentions.document_id
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
    gathered.* exclude (engagement_id),
    case when len(gathered.party_codes) = 2 then gathered.party_codes[1] end as party_a,
    case when len(gathered.party_codes) = 2 then gathered.party_codes[2] end as party_b,
    coalesce(instruments.agreements, []) as agreements
  from labelled
  join gathered on gathered.engagement_id = labelled.engagement_id
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
