-- What is ahead: planned, proposed and running happenings that were not over on the day the register looks from. On a day of your own:
-- `where end_date >= current_date`. Happenings without a date stay out: engagement.follow_through keeps them. One row per happening.
with
happenings as (
  select *
  from engagement.happenings
  where status in ('planned', 'proposed', 'ongoing')
),

ahead as (
  select
    happenings.*,
    as_of.as_of,
    greatest(happenings.start_date - as_of.as_of, 0) as days_ahead
  from happenings
  cross join engagement.as_of as as_of
  where happenings.end_date >= as_of.as_of
)

select
  ahead.start_date, -- First day of the interval the text gives.
  ahead.end_date, -- Last day of that interval.
  ahead.date_label, -- The date in words, as wide as it is known.
  ahead.date_precision, -- Width of the interval: a month means some day in that month.
  ahead.days_ahead, -- Days from as_of to the first day; 0 where it has begun.
  ahead.engagement_type, -- Kind of happening, by the codebook.
  ahead.status, -- planned, proposed (no answer yet) or ongoing.
  ahead.parties, -- Names of all parties.
  ahead.party_a, -- The pair's first party in the alphabet; null unless exactly two take part.
  ahead.party_b, -- The pair's second party; null unless exactly two take part.
  ahead.party_codes, -- Every party, in alphabetical order.
  ahead.from_codes, -- Who comes: visitors, donors.
  ahead.to_codes, -- Who receives: hosts, recipients.
  ahead.people, -- People who take part, by name.
  ahead.level, -- Highest office present.
  ahead.place_name, -- City where it takes place.
  ahead.place_country, -- Country where it takes place.
  ahead.has_conflict, -- True where documents disagree on date, place or status.
  ahead.evidence_text, -- The sentence part that says so, verbatim.
  ahead.title, -- Headline of the document it stands in.
  ahead.publishers, -- Everyone who published it, copies included.
  ahead.first_reported_on, -- First publication.
  ahead.last_reported_on, -- Latest publication.
  ahead.as_of, -- Day the view looks from: see engagement.as_of.
  ahead.url, -- Address of the document.
  ahead.document_id, -- The document; key of main.dim_documents.
  ahead.engagement_id -- The happening; key of main.fct_engagements.
from ahead
