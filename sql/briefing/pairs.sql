-- The pairs with most contacts in the 365 days up to the day the register looks from, with a count for each of the last twelve months.
-- One row per pair.
with
contacts as (
  select
    timeline.party_a, timeline.party_b, timeline.engagement_id, timeline.engagement_type, timeline.dated_on, timeline.level,
    timeline.date_label, as_of.as_of,
    date_diff('month', timeline.dated_on, as_of.as_of) as months_ago
  from engagement.timeline as timeline
  cross join engagement.as_of as as_of
  where timeline.is_contact
    and timeline.status in ('occurred', 'ongoing')
    and timeline.party_b is not null
    and ($parties::varchar[] is null or list_has_any([timeline.party_a, timeline.party_b], $parties::varchar[]))
    and timeline.dated_on > as_of.as_of - 730
    and timeline.dated_on <= as_of.as_of
),

counted as (
  select
    party_a, party_b,
    count(*) filter (where dated_on > as_of - 365) as contacts_last_365_days,
    count(*) filter (where dated_on <= as_of - 365) as contacts_year_before,
    list_transform(
      range(11, -1, -1),
      lambda ago: list_count(list_filter(array_agg(months_ago), lambda month: month = ago))
    ) as contacts_by_month,
    max(dated_on) as last_contact_on,
    arg_max(engagement_type, struct_pack(day := dated_on, tie := engagement_id)) as last_contact_type,
    arg_max(level, struct_pack(day := dated_on, tie := engagement_id)) filter (where level is not null) as last_contact_level
  from contacts
  group by party_a, party_b
),

trade as (
  select party_a, party_b, max(year) as year, arg_max(total_usd, year) as total_usd, arg_max(total_method, year) as total_method
  from trade.trade_by_pair_year
  where total_usd is not null
  group by party_a, party_b
),

promises as (
  select party_a, party_b, count(*) as open_promises
  from engagement.follow_through
  where state in ('open', 'under_way', 'slipped', 'overdue', 'silent')
  group by party_a, party_b
)

select
  counted.*,
  [counted.party_a, counted.party_b] as party_codes,
  trade.year as trade_year, trade.total_usd, trade.total_method,
  coalesce(promises.open_promises, 0) as open_promises,
  count(*) over () as row_count
from counted
left join trade on trade.party_a = counted.party_a and trade.party_b = counted.party_b
left join promises on promises.party_a = counted.party_a and promises.party_b = counted.party_b
order by counted.contacts_last_365_days desc, counted.last_contact_on desc, counted.party_a, counted.party_b
limit $rows
