-- References that a fact can do without, but that point at nothing where they are given.
-- asset: fct_trade_claims
-- severity: warn
select 'fct_trade_claims.reporter_code' as reference, reporter_code as value
from main.fct_trade_claims
anti join main.dim_parties on main.dim_parties.party_code = reporter_code
where reporter_code is not null
union all
select 'fct_trade_claims.partner_code', partner_code
from main.fct_trade_claims
anti join main.dim_parties on main.dim_parties.party_code = partner_code
where partner_code is not null and partner_code <> 'WLD'
union all
select 'fct_trade_claims.speaker_person_id', speaker_person_id
from main.fct_trade_claims
anti join main.dim_people on main.dim_people.person_id = speaker_person_id
where speaker_person_id is not null
union all
select 'dim_people.party_code', dim_people.party_code
from main.dim_people
anti join main.dim_parties using (party_code)
where dim_people.party_code is not null
union all
select 'fct_agreements.engagement_id', fct_agreements.engagement_id
from main.fct_agreements
anti join main.fct_engagements using (engagement_id)
where fct_agreements.engagement_id is not null
union all
select 'fct_cooperation_topics.engagement_id', fct_cooperation_topics.engagement_id
from main.fct_cooperation_topics
anti join main.fct_engagements using (engagement_id)
where fct_cooperation_topics.engagement_id is not null
