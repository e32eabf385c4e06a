-- Happenings without a single party: nobody did it.
-- asset: fct_engagement_parties
-- severity: warn
select engagement_id, engagement_type, status, start_date
from main.fct_engagements
anti join main.fct_engagement_parties using (engagement_id)
