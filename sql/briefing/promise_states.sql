-- How many promises stand in which state. One row per state.
select follow_through.state, count(*) as promise_count
from engagement.follow_through as follow_through
group by follow_through.state
