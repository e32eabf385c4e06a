-- The network of parties, ready for graph tools: who deals with whom, in what way, how much. Happenings that took place and instruments
-- signed are counted, trade is the latest yearly figure. Where one side acts (visits, gives, accuses, sells) the edge points from it, and
-- is_directed is true. One row per source, target and kind of edge.
with
happenings as (
  select engagement_id, engagement_type, document_count, coalesce(start_date, first_reported_on) as dated_on
  from main.fct_engagements
  where status in ('occurred', 'ongoing')
),

members as (
  select
    engagement_id, party_code,
    role in ('visitor', 'donor', 'source', 'mediator') as is_acting,
    role in ('host', 'recipient', 'target') as is_acted_upon
  from main.fct_engagement_parties
),

directed as (
  select
    happenings.engagement_type, happenings.dated_on, happenings.document_count,
    a.party_code as party_a, b.party_code as party_b,
    a.is_acting and b.is_acted_upon as is_forward,
    b.is_acting and a.is_acted_upon as is_backward
  from happenings
  join members as a on a.engagement_id = happenings.engagement_id
  join members as b on b.engagement_id = happenings.engagement_id and b.party_code > a.party_code
),

dealings as (
  select
    if(is_backward, party_b, party_a) as source, if(is_backward, party_a, party_b) as target, engagement_type as edge_type,
    is_forward or is_backward as is_directed,
    count(*) as weight, null::double as amount_usd, min(dated_on) as first_on, max(dated_on) as last_on,
    sum(document_count)::bigint as document_count
  from directed
  group by all
),

instrument_members as (
  select
    parties.party_code, instruments.agreement_id, instruments.instrument_count, instruments.document_count,
    coalesce(instruments.start_date, instruments.first_reported_on) as dated_on
  from main.fct_agreements as instruments
  join main.fct_agreement_parties as parties on parties.agreement_id = instruments.agreement_id
  where instruments.status in ('signed', 'in_force')
),

instruments as (
  select
    a.party_code as source, b.party_code as target, 'agreement' as edge_type, false as is_directed,
    sum(a.instrument_count)::bigint as weight, null::double as amount_usd, min(a.dated_on) as first_on, max(a.dated_on) as last_on,
    sum(a.document_count)::bigint as document_count
  from instrument_members as a
  join instrument_members as b on b.agreement_id = a.agreement_id and b.party_code > a.party_code
  group by all
),

trade as (
  select
    party_code as source, partner_code as target, if(measure = 'total', 'trade', 'exports') as edge_type,
    measure = 'exports' as is_directed, 1::bigint as weight, amount_usd,
    make_date(year, 1, 1) as first_on, make_date(year, 12, 31) as last_on, null::bigint as document_count
  from trade.top_partners
  where measure = 'exports' or measure = 'total' and party_code < partner_code
),

edges as (
  select * from dealings
  union all
  select * from instruments
  union all
  select * from trade
),

named as (
  select edges.*, sources.name as source_name, targets.name as target_name
  from edges
  left join main.dim_parties as sources on sources.party_code = edges.source
  left join main.dim_parties as targets on targets.party_code = edges.target
)

select
  named.source, -- Code of the party the edge leaves; for an edge without direction, the first in the alphabet.
  named.target, -- Code of the party the edge reaches.
  named.edge_type, -- Kind of happening (visit, meeting, criticism …), agreement, trade (two-way) or exports.
  named.is_directed, -- True where the source acts upon the target.
  named.weight, -- Happenings, or instruments; 1 for trade.
  named.amount_usd, -- Latest yearly figure of trade, US dollars; null for other kinds.
  named.first_on, -- First day; for trade the first day of the figure's year.
  named.last_on, -- Latest day; for trade the last day of the figure's year.
  named.document_count, -- Documents behind it, copies counted once for each happening; null for trade.
  named.source_name, -- Name of the source.
  named.target_name -- Name of the target.
from named
