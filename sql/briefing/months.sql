-- What happened, month by month: only what took place and is dated to the month. One row per month and kind of happening.
select
  date_trunc('month', happenings.start_date)::date as month,
  happenings.engagement_type,
  count(*) as happening_count
from main.fct_engagements as happenings
where happenings.status in ('occurred', 'ongoing')
  and happenings.date_precision in ('day', 'week', 'month')
group by all
