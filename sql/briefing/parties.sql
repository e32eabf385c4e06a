-- Names of states and organisations by code. One row per party.
select parties.party_code, parties.name, parties.party_type = 'organisation' as is_organisation
from main.dim_parties as parties
