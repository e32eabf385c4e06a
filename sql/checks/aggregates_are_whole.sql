-- Happenings, instruments and figures that the views would not show: nothing, or something else, is gathered for them.
-- asset: agg_engagements
-- severity: error
with
figures as (
  select claim_id, claim_type, amount is not null and reporter_code is not null and partner_code is not null as is_comparable,
    reporter_code || '|' || partner_code || '|' || flow as series
  from main.fct_trade_claims
),

gathered_figures as (
  select 'main.agg_best_figures' as table_name, claim_id from main.agg_best_figures
  union all
  select 'main.agg_conflicting_figures', claim_id from main.agg_conflicting_figures
  union all
  select 'main.agg_targets', claim_id from main.agg_targets
)

select 'main.agg_engagements' as table_name, coalesce(facts.engagement_id, gathered.engagement_id) as fact_id
from main.fct_engagements as facts
full join main.agg_engagements as gathered on gathered.engagement_id = facts.engagement_id
where facts.engagement_id is null or gathered.engagement_id is null
union all
select 'main.agg_agreements', coalesce(facts.agreement_id, gathered.agreement_id)
from main.fct_agreements as facts
full join main.agg_agreements as gathered on gathered.agreement_id = facts.agreement_id
where facts.agreement_id is null or gathered.agreement_id is null
union all
select 'main.agg_promises', subject_id
from main.agg_promises
where subject_id not in (select engagement_id from main.fct_engagements union all select agreement_id from main.fct_agreements)
union all
select 'main.agg_promises', engagement_id
from main.fct_engagements
where status in ('planned', 'proposed') and engagement_id not in (select subject_id from main.agg_promises)
union all
select gathered_figures.table_name, gathered_figures.claim_id
from gathered_figures
anti join figures on figures.claim_id = gathered_figures.claim_id and figures.is_comparable
union all
select distinct 'main.agg_best_figures', series
from figures
where is_comparable and claim_type = 'actual' and series not in (select series from main.agg_best_figures)
union all
select distinct 'main.agg_targets', series
from figures
where is_comparable and claim_type = 'target' and series not in (select series from main.agg_targets)
