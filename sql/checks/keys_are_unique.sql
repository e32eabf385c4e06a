-- Keys that stand more than once in a table.
-- asset: dim_documents
-- severity: error
select 'dim_documents' as table_name, document_id as key, count(*) as rows
from main.dim_documents group by key having rows > 1
union all
select 'dim_parties', party_code as key, count(*) as rows
from main.dim_parties group by key having rows > 1
union all
select 'dim_people', person_id as key, count(*) as rows
from main.dim_people group by key having rows > 1
union all
select 'dim_engagement_types', engagement_type as key, count(*) as rows
from main.dim_engagement_types group by key having rows > 1
union all
select 'fct_person_mentions', document_id || ' ' || person_id as key, count(*) as rows
from main.fct_person_mentions group by key having rows > 1
union all
select 'fct_engagement_mentions', mention_id as key, count(*) as rows
from main.fct_engagement_mentions group by key having rows > 1
union all
select 'fct_engagements', engagement_id as key, count(*) as rows
from main.fct_engagements group by key having rows > 1
union all
select 'fct_engagement_status', engagement_id || ' ' || mention_id as key, count(*) as rows
from main.fct_engagement_status group by key having rows > 1
union all
select 'fct_engagement_parties', engagement_id || ' ' || party_code as key, count(*) as rows
from main.fct_engagement_parties group by key having rows > 1
union all
select 'fct_engagement_people', engagement_id || ' ' || person_id as key, count(*) as rows
from main.fct_engagement_people group by key having rows > 1
union all
select 'fct_agreement_mentions', mention_id as key, count(*) as rows
from main.fct_agreement_mentions group by key having rows > 1
union all
select 'fct_agreements', agreement_id as key, count(*) as rows
from main.fct_agreements group by key having rows > 1
union all
select 'fct_agreement_parties', agreement_id || ' ' || party_code as key, count(*) as rows
from main.fct_agreement_parties group by key having rows > 1
union all
select 'fct_trade_claims', claim_id as key, count(*) as rows
from main.fct_trade_claims group by key having rows > 1
union all
select 'fct_cooperation_topics', concat_ws(' ', document_id, party_a, party_b, topic) as key, count(*) as rows
from main.fct_cooperation_topics group by key having rows > 1
