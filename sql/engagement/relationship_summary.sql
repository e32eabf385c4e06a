-- How things stand between two parties, in one line to read every morning: the last contact and its level, contacts in the last 365 days
-- against the 365 before, what is ahead, friction, agreements, promises open and overdue, the latest trade figure, and the topics that rise
-- and fall. Pairs that only share a crowded summit are here too; sort by contacts. One row per pair.
with
happenings as (
  select
    happenings.engagement_id, happenings.engagement_type, happenings.status, happenings.level, happenings.end_date,
    happenings.last_reported_on,
    coalesce(happenings.start_date, happenings.first_reported_on) as dated_on,
    types.plover_event is not distinct from 'CONSULT' or happenings.engagement_type = 'signing' as is_contact,
    coalesce(types.quad_class >= 3, false) as is_friction,
    as_of.as_of
  from main.fct_engagements as happenings
  left join main.dim_engagement_types as types on types.engagement_type = happenings.engagement_type
  cross join engagement.as_of as as_of
),

pairs as (
  select a.engagement_id, a.party_code as party_a, b.party_code as party_b
  from main.fct_engagement_parties as a
  join main.fct_engagement_parties as b on b.engagement_id = a.engagement_id and b.party_code > a.party_code
),

by_pair as (
  select
    pairs.party_a, pairs.party_b, happenings.*,
    happenings.status in ('occurred', 'ongoing') as has_happened,
    happenings.status in ('planned', 'proposed') and happenings.end_date >= happenings.as_of as is_ahead,
    happenings.dated_on > happenings.as_of - 365 and happenings.dated_on <= happenings.as_of as is_last_year,
    happenings.dated_on > happenings.as_of - 730 and happenings.dated_on <= happenings.as_of - 365 as is_year_before
  from pairs
  join happenings on happenings.engagement_id = pairs.engagement_id
),

dealings as (
  select
    party_a, party_b,
    max(last_reported_on) as last_reported_on,
    arg_max(
      struct_pack(day := dated_on, kind := engagement_type, level := level, engagement_id := engagement_id),
      struct_pack(day := dated_on, tie := engagement_id)
    ) filter (where is_contact and has_happened) as last_contact,
    max(dated_on) filter (where is_contact and has_happened and level in ('head_of_state', 'head_of_government', 'monarch'))
      as last_top_level_contact_on,
    count(*) filter (where is_contact and has_happened and is_last_year) as contacts_last_365_days,
    count(*) filter (where is_contact and has_happened and is_year_before) as contacts_year_before,
    count(*) filter (where is_friction and has_happened and is_last_year) as frictions_last_365_days,
    count(*) filter (where is_friction and has_happened and is_year_before) as frictions_year_before,
    count(*) filter (where is_ahead) as ahead_count,
    arg_min(
      struct_pack(due_by := end_date, kind := engagement_type), struct_pack(day := end_date, tie := engagement_id)
    ) filter (where is_ahead) as next
  from by_pair
  group by party_a, party_b
),

-- Who took part in each pair's last contact, and the latest words that tell it.
last_contact_people as (
  select members.engagement_id, list_sort(array_agg(names.name)) as people
  from main.fct_engagement_people as members
  join main.dim_people as names on names.person_id = members.person_id
  where members.engagement_id in (select last_contact.engagement_id from dealings)
  group by members.engagement_id
),

last_contact_words as (
  select
    mentions.engagement_id,
    arg_max(
      struct_pack(words := mentions.evidence_text, document_id := mentions.document_id),
      struct_pack(
        has_happened := mentions.status in ('occurred', 'ongoing'), is_original := not sources.is_copy,
        published_on := sources.published_on, confidence := mentions.confidence, tie := mentions.mention_id
      )
    ) as told
  from main.fct_engagement_mentions as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
  where mentions.engagement_id in (select last_contact.engagement_id from dealings)
  group by mentions.engagement_id
),

instrument_members as (
  select parties.agreement_id, parties.party_code, instruments.status, instruments.instrument_count, instruments.last_reported_on
  from main.fct_agreement_parties as parties
  join main.fct_agreements as instruments on instruments.agreement_id = parties.agreement_id
),

instruments as (
  select
    a.party_code as party_a, b.party_code as party_b,
    coalesce(sum(a.instrument_count) filter (where a.status in ('signed', 'in_force')), 0)::bigint as agreements_signed,
    coalesce(sum(a.instrument_count) filter (where a.status in ('agreed', 'negotiating', 'planned')), 0)::bigint
      as agreements_in_the_making,
    max(a.last_reported_on) as last_reported_on
  from instrument_members as a
  join instrument_members as b on b.agreement_id = a.agreement_id and b.party_code > a.party_code
  group by a.party_code, b.party_code
),

promises as (
  select
    a.code as party_a, b.code as party_b,
    count(*) filter (where state in ('open', 'under_way')) as promises_open,
    count(*) filter (where state in ('overdue', 'slipped')) as promises_late,
    count(*) filter (where state = 'silent') as promises_silent,
    count(*) filter (where state = 'done') as promises_done
  from engagement.follow_through
  cross join unnest(party_codes) as a (code)
  cross join unnest(party_codes) as b (code)
  where b.code > a.code
  group by a.code, b.code
),

trade as (
  select
    party_a, party_b,
    max(last_claimed_on) as last_reported_on,
    arg_max(
      struct_pack(figure := figure, amount_usd := amount_usd, period_label := period_label, trend := trend, change_pct := change_pct,
        claimed_on := last_claimed_on, claim_id := claim_id),
      struct_pack(day := coalesce(period_end, last_claimed_on), is_official := is_official, tie := claim_id)
    ) filter (where flow = 'total' and commodity is null) as latest
  from trade.bilateral_trade
  where party_a <> 'WLD' and party_b <> 'WLD'
  group by party_a, party_b
),

topics as (
  select
    party_a, party_b,
    max(last_on) as last_reported_on,
    list_sort(array_agg(topic) filter (where trend in ('rising', 'new'))) as topics_rising,
    list_sort(array_agg(topic) filter (where trend in ('falling', 'dormant'))) as topics_falling
  from engagement.topics_by_pair
  group by party_a, party_b
),

known as (
  select party_a, party_b, max(last_reported_on) as last_reported_on
  from (
    select party_a, party_b, last_reported_on from dealings
    union all
    select party_a, party_b, last_reported_on from instruments
    union all
    select party_a, party_b, last_reported_on from trade
    union all
    select party_a, party_b, last_reported_on from topics
  ) as each_source
  group by party_a, party_b
),

joined as (
  select
    known.party_a, known.party_b, known.last_reported_on, a.name as party_a_name, b.name as party_b_name, as_of.as_of,
    last_contact.day as last_contact_on, last_contact.kind as last_contact_type, last_contact.level as last_contact_level,
    coalesce(last_contact_people.people, []) as last_contact_people,
    last_contact_words.told.words as evidence_text, last_contact_words.told.document_id, last_contact.engagement_id,
    as_of.as_of - last_contact.day as days_since_contact,
    dealings.last_top_level_contact_on,
    coalesce(dealings.contacts_last_365_days, 0) as contacts_last_365_days,
    coalesce(dealings.contacts_year_before, 0) as contacts_year_before,
    coalesce(dealings.frictions_last_365_days, 0) as frictions_last_365_days,
    coalesce(dealings.frictions_year_before, 0) as frictions_year_before,
    coalesce(dealings.ahead_count, 0) as ahead_count,
    dealings.next.kind as next_type, dealings.next.due_by as next_due_by,
    coalesce(instruments.agreements_signed, 0) as agreements_signed,
    coalesce(instruments.agreements_in_the_making, 0) as agreements_in_the_making,
    coalesce(promises.promises_open, 0) as promises_open, coalesce(promises.promises_late, 0) as promises_late,
    coalesce(promises.promises_silent, 0) as promises_silent, coalesce(promises.promises_done, 0) as promises_done,
    trade.latest.figure as trade_figure, trade.latest.amount_usd as trade_usd, trade.latest.period_label as trade_period_label,
    trade.latest.trend as trade_trend, trade.latest.change_pct as trade_change_pct, trade.latest.claimed_on as trade_claimed_on,
    trade.latest.claim_id as trade_claim_id,
    coalesce(topics.topics_rising, []) as topics_rising, coalesce(topics.topics_falling, []) as topics_falling
  from known
  cross join engagement.as_of as as_of
  left join main.dim_parties as a on a.party_code = known.party_a
  left join main.dim_parties as b on b.party_code = known.party_b
  left join dealings on dealings.party_a = known.party_a and dealings.party_b = known.party_b
  left join last_contact_people on last_contact_people.engagement_id = dealings.last_contact.engagement_id
  left join last_contact_words on last_contact_words.engagement_id = dealings.last_contact.engagement_id
  left join instruments on instruments.party_a = known.party_a and instruments.party_b = known.party_b
  left join promises on promises.party_a = known.party_a and promises.party_b = known.party_b
  left join trade on trade.party_a = known.party_a and trade.party_b = known.party_b
  left join topics on topics.party_a = known.party_a and topics.party_b = known.party_b
),

judged as (
  select
    joined.*,
    case
      when last_contact_on is null then 'none'
      when contacts_last_365_days = 0 then 'dormant'
      when contacts_year_before = 0 then 'new'
      when contacts_last_365_days >= 1.25 * contacts_year_before then 'rising'
      when contacts_last_365_days <= 0.8 * contacts_year_before then 'falling'
      else 'steady'
    end as contact_trend
  from joined
)

select
  judged.party_a, -- The pair's first party in the alphabet.
  judged.party_a_name, -- Its name.
  judged.party_b, -- The pair's second party.
  judged.party_b_name, -- Its name.
  judged.last_contact_on, -- Day of the latest contact that took place: visit, meeting, talks, call, summit, mediation or signing.
  judged.last_contact_type, -- Its kind.
  judged.last_contact_level, -- Highest office present.
  judged.last_contact_people, -- People who took part, by name.
  judged.days_since_contact, -- Days from it to as_of.
  judged.last_top_level_contact_on, -- Day of the latest contact with a head of state or government present.
  judged.contact_trend, -- rising (by a quarter or more), falling (by a fifth or more), steady, new, dormant (none in 365 days) or none.
  judged.contacts_last_365_days, -- Contacts in the 365 days up to as_of.
  judged.contacts_year_before, -- Contacts in the 365 days before that.
  judged.ahead_count, -- Planned and proposed happenings still ahead: see engagement.calendar.
  judged.next_type, -- Kind of the one due first.
  judged.next_due_by, -- Last day of its date.
  judged.frictions_last_365_days, -- Criticism, rejection, threats, protests, sanctions and worse in the 365 days up to as_of.
  judged.frictions_year_before, -- The same in the 365 days before that.
  judged.agreements_signed, -- Instruments signed or in force.
  judged.agreements_in_the_making, -- Instruments agreed, negotiated or planned, and not yet signed.
  judged.promises_open, -- Promises open or under way: see engagement.follow_through.
  judged.promises_late, -- Promises overdue or slipped.
  judged.promises_silent, -- Promises without a date of which nothing was heard for 90 days.
  judged.promises_done, -- Promises kept.
  judged.trade_figure, -- Latest best figure of two-way trade in words: see trade.bilateral_trade.
  judged.trade_usd, -- The same in US dollars.
  judged.trade_period_label, -- Its period in words; null where no text gives one.
  judged.trade_trend, -- up, down or flat, as claimed with it.
  judged.trade_change_pct, -- Change on the earlier level, per cent, as claimed with it.
  judged.trade_claimed_on, -- Latest publication that gives it.
  judged.topics_rising, -- Topics named for the first time, or more often, in the last 365 days.
  judged.topics_falling, -- Topics named less often, or not at all, in the last 365 days.
  judged.evidence_text, -- The words that tell the last contact, verbatim.
  judged.last_reported_on, -- Latest publication that tells anything of the pair.
  judged.as_of, -- Day the view looks from: see engagement.as_of.
  judged.trade_claim_id, -- The trade figure; key of main.fct_trade_claims.
  judged.document_id, -- The document that tells the last contact; key of main.dim_documents.
  judged.engagement_id -- The last contact; key of main.fct_engagements.
from judged
