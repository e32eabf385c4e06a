-- What happened, month by month: only what took place and is dated to the month. One row per month and kind of happening.
select
  date_trunc('month', happenings.start_date)::date as month,
  happenings.engagement_type,
  count(*) as happening_count
from main.fct_engagements as happenings
where happenings.status in ('occurred', 'ongoing')
  and happenings.date_precision in ('day', 'week', 'month')
  and ($parties::varchar[] is null or happenings.engagement_id in (
    select engagement_id from main.fct_engagement_parties where list_contains($parties::varchar[], party_code)
  ))
group by all
