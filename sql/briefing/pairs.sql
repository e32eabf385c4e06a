-- The pairs with most contacts in the 365 days up to the day the register looks from, with a count for each of the last twelve months.
-- One row per pair.
with
contacts as (
  select
    a.party_code as party_a, b.party_code as party_b, happenings.engagement_id, happenings.engagement_type, happenings.level, as_of.as_of,
    coalesce(happenings.start_date, happenings.first_reported_on) as dated_on,
    date_diff('month', coalesce(happenings.start_date, happenings.first_reported_on), as_of.as_of) as months_ago
  from main.fct_engagements as happenings
  join main.dim_engagement_types as types on types.engagement_type = happenings.engagement_type
  cross join engagement.as_of as as_of
  join main.fct_engagement_parties as a on a.engagement_id = happenings.engagement_id
  join main.fct_engagement_parties as b on b.engagement_id = happenings.engagement_id and b.party_code > a.party_code
  where (types.plover_event = 'CONSULT' or happenings.engagement_type = 'signing')
    and happenings.status in ('occurred', 'ongoing')
    and ($parties::varchar[] is null or list_has_any([a.party_code, b.party_code], $parties::varchar[]))
    and coalesce(happenings.start_date, happenings.first_reported_on) > as_of.as_of - 730
    and coalesce(happenings.start_date, happenings.first_reported_on) <= as_of.as_of
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
  from temp.all_promises
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
