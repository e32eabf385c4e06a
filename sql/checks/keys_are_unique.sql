-- Keys that stand more than once in a table. Within a refresh only keys that its documents bear on are looked at.
-- asset: dim_documents
-- severity: error
with
documents as (
  select document_id
  from staging.documents_to_check
),

people as (
  select distinct person_id
  from main.fct_person_mentions
  semi join documents using (document_id)
),

engagements as (
  select distinct engagement_id
  from main.fct_engagement_mentions
  semi join documents using (document_id)
),

agreements as (
  select distinct agreement_id
  from main.fct_agreement_mentions
  semi join documents using (document_id)
),

claims as (
  select claim_id
  from main.fct_trade_claims
  semi join documents using (document_id)
),

keys as (
  select 'dim_documents' as table_name, document_id as key from main.dim_documents semi join documents using (document_id)
  union all
  select 'dim_parties', party_code from main.dim_parties
  union all
  select 'dim_engagement_types', engagement_type from main.dim_engagement_types
  union all
  select 'dim_people', person_id from main.dim_people semi join people using (person_id)
  union all
  select 'fct_person_mentions', document_id || ' ' || person_id from main.fct_person_mentions semi join documents using (document_id)
  union all
  select 'fct_engagement_mentions', mention_id from main.fct_engagement_mentions semi join documents using (document_id)
  union all
  select 'fct_engagements', engagement_id from main.fct_engagements semi join engagements using (engagement_id)
  union all
  select 'fct_engagement_status', engagement_id || ' ' || mention_id
  from main.fct_engagement_status semi join engagements using (engagement_id)
  union all
  select 'fct_engagement_parties', engagement_id || ' ' || party_code
  from main.fct_engagement_parties semi join engagements using (engagement_id)
  union all
  select 'fct_engagement_people', engagement_id || ' ' || person_id
  from main.fct_engagement_people semi join engagements using (engagement_id)
  union all
  select 'fct_agreement_mentions', mention_id from main.fct_agreement_mentions semi join documents using (document_id)
  union all
  select 'fct_agreements', agreement_id from main.fct_agreements semi join agreements using (agreement_id)
  union all
  select 'fct_agreement_parties', agreement_id || ' ' || party_code
  from main.fct_agreement_parties semi join agreements using (agreement_id)
  union all
  select 'fct_trade_claims', claim_id from main.fct_trade_claims semi join documents using (document_id)
  union all
  select 'fct_cooperation_topics', concat_ws(' ', document_id, party_a, party_b, topic)
  from main.fct_cooperation_topics semi join documents using (document_id)
  union all
  select 'agg_engagements', engagement_id from main.agg_engagements semi join engagements using (engagement_id)
  union all
  select 'agg_agreements', agreement_id from main.agg_agreements semi join agreements using (agreement_id)
  union all
  select 'agg_promises', subject_id
  from main.agg_promises
  where subject_id in (from engagements) or subject_id in (from agreements)
  union all
  select 'agg_best_figures', claim_id from main.agg_best_figures semi join claims using (claim_id)
  union all
  select 'agg_conflicting_figures', claim_id from main.agg_conflicting_figures semi join claims using (claim_id)
  union all
  select 'agg_targets', claim_id from main.agg_targets semi join claims using (claim_id)
)

select table_name, key, count(*) as rows
from keys
group by table_name, key
having count(*) > 1
