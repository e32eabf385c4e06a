-- What happened, month by month, in the two years up to the day the register looks from. One row per month and kind of happening.
select
  date_trunc('month', happenings.start_date)::date as month,
  happenings.engagement_type,
  count(*) as happening_count
from engagement.happenings as happenings
cross join engagement.as_of as as_of
where happenings.status in ('occurred', 'ongoing')
  and happenings.date_precision in ('day', 'week', 'month')
  and happenings.start_date > last_day(as_of.as_of) - interval 24 month
  and happenings.start_date <= as_of.as_of
group by all
