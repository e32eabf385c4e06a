-- Happenings and instruments that the views would not show: nothing, or something else, is gathered for them.
-- asset: agg_engagements
-- severity: error
select 'main.agg_engagements' as table_name, coalesce(facts.engagement_id, gathered.engagement_id) as fact_id
from main.fct_engagements as facts
full join main.agg_engagements as gathered on gathered.engagement_id = facts.engagement_id
where facts.engagement_id is null or gathered.engagement_id is null
union all
select 'main.agg_agreements', coalesce(facts.agreement_id, gathered.agreement_id)
from main.fct_agreements as facts
full join main.agg_agreements as gathered on gathered.agreement_id = facts.agreement_id
where facts.agreement_id is null or gathered.agreement_id is null
