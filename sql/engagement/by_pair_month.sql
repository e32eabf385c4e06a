-- How busy a pair was, month by month: contacts by kind, at what level, agreements signed, help given, friction. Only what happened is
-- counted (occurred, ongoing), in the month it began; what is dated no better than a quarter stands under an empty month. One row per pair
-- and month.
with
happenings as (
  select
    happenings.engagement_id, happenings.engagement_type, happenings.level, happenings.document_count,
    types.plover_event is not distinct from 'CONSULT' or happenings.engagement_type = 'signing' as is_contact,
    coalesce(types.quad_class >= 3, false) as is_friction,
    case
      when happenings.date_precision in ('day', 'week', 'month') then date_trunc('month', happenings.start_date)::date
    end as month
  from main.fct_engagements as happenings
  left join main.dim_engagement_types as types on types.engagement_type = happenings.engagement_type
  where happenings.status in ('occurred', 'ongoing')
),

members as (
  select engagement_id, party_code
  from main.fct_engagement_parties
),

pairs as (
  select a.engagement_id, a.party_code as party_a, b.party_code as party_b
  from members as a
  join members as b on b.engagement_id = a.engagement_id and b.party_code > a.party_code
),

counted as (
  select
    pairs.party_a, pairs.party_b, happenings.month,
    count(*) as happenings,
    count(*) filter (where happenings.is_contact) as contacts,
    count(*) filter (where happenings.is_contact and happenings.level in ('head_of_state', 'head_of_government', 'monarch'))
      as top_level_contacts,
    count(*) filter (where happenings.engagement_type = 'visit') as visits,
    count(*) filter (where happenings.engagement_type in ('meeting', 'talks', 'summit', 'mediation')) as meetings,
    count(*) filter (where happenings.engagement_type = 'call') as calls,
    count(*) filter (where happenings.engagement_type = 'signing') as signings,
    count(*) filter (where happenings.engagement_type = 'commitment') as commitments,
    count(*) filter (where happenings.engagement_type in ('cooperation', 'aid', 'concession')) as cooperation,
    count(*) filter (where happenings.is_friction) as frictions,
    sum(happenings.document_count)::bigint as document_count
  from happenings
  join pairs on pairs.engagement_id = happenings.engagement_id
  group by pairs.party_a, pairs.party_b, happenings.month
),

named as (
  select counted.*, a.name as party_a_name, b.name as party_b_name
  from counted
  left join main.dim_parties as a on a.party_code = counted.party_a
  left join main.dim_parties as b on b.party_code = counted.party_b
)

select
  named.party_a, -- The pair's first party in the alphabet.
  named.party_a_name, -- Its name.
  named.party_b, -- The pair's second party.
  named.party_b_name, -- Its name.
  named.month, -- First day of the month; null for happenings dated no better than a quarter.
  named.happenings, -- Happenings of any kind.
  named.contacts, -- Of these, contacts: visits, meetings, talks, calls, summits, mediations, signings.
  named.top_level_contacts, -- Contacts with a head of state or government present.
  named.visits, -- Visits.
  named.meetings, -- Meetings, talks, summits and mediations.
  named.calls, -- Calls by telephone or video.
  named.signings, -- Signing ceremonies; engagement.agreements_register counts the instruments.
  named.commitments, -- Promises made.
  named.cooperation, -- Joint deeds, aid and concessions.
  named.frictions, -- Conflict in word or deed.
  named.document_count -- Documents that tell of them, copies counted once; a document counts for each happening it tells.
from named
