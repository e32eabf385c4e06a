-- Keys that point at a row which is not there.
-- asset: fct_engagements
-- severity: error
select 'fct_person_mentions.person_id' as reference, person_id as value
from main.fct_person_mentions anti join main.dim_people using (person_id)
union all
select 'fct_person_mentions.document_id', document_id
from main.fct_person_mentions anti join main.dim_documents using (document_id)
union all
select 'fct_engagement_mentions.engagement_id', engagement_id
from main.fct_engagement_mentions anti join main.fct_engagements using (engagement_id)
union all
select 'fct_engagement_mentions.document_id', document_id
from main.fct_engagement_mentions anti join main.dim_documents using (document_id)
union all
select 'fct_engagements.engagement_id without a mention', engagement_id
from main.fct_engagements anti join main.fct_engagement_mentions using (engagement_id)
union all
select 'fct_engagements.engagement_type', engagement_type
from main.fct_engagements anti join main.dim_engagement_types using (engagement_type)
union all
select 'fct_engagement_status.engagement_id', engagement_id
from main.fct_engagement_status anti join main.fct_engagements using (engagement_id)
union all
select 'fct_engagement_parties.engagement_id', engagement_id
from main.fct_engagement_parties anti join main.fct_engagements using (engagement_id)
union all
select 'fct_engagement_parties.party_code', party_code
from main.fct_engagement_parties anti join main.dim_parties using (party_code)
union all
select 'fct_engagement_people.engagement_id', engagement_id
from main.fct_engagement_people anti join main.fct_engagements using (engagement_id)
union all
select 'fct_engagement_people.person_id', person_id
from main.fct_engagement_people anti join main.dim_people using (person_id)
union all
select 'fct_agreement_mentions.agreement_id', agreement_id
from main.fct_agreement_mentions anti join main.fct_agreements using (agreement_id)
union all
select 'fct_agreement_mentions.document_id', document_id
from main.fct_agreement_mentions anti join main.dim_documents using (document_id)
union all
select 'fct_agreement_parties.agreement_id', agreement_id
from main.fct_agreement_parties anti join main.fct_agreements using (agreement_id)
union all
select 'fct_agreement_parties.party_code', party_code
from main.fct_agreement_parties anti join main.dim_parties using (party_code)
union all
select 'fct_trade_claims.document_id', document_id
from main.fct_trade_claims anti join main.dim_documents using (document_id)
union all
select 'fct_cooperation_topics.document_id', document_id
from main.fct_cooperation_topics anti join main.dim_documents using (document_id)
