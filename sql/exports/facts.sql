-- Every fact of every current document with its words: happenings, instruments, trade claims and people, planned ones marked as such by
-- their status. One row per fact of a document.
with
documents as (
  select document_id, title, publisher, published_on, url, source_path, extractor_version
  from main.dim_documents
  where is_current
),

engagement_parties as (
  select engagement_id, list_sort(array_agg(struct_pack(party_code := party_code, role := role))) as parties
  from main.fct_engagement_parties
  group by engagement_id
),

engagement_people as (
  select engagement_id, list_sort(array_agg(person_id)) as person_ids
  from main.fct_engagement_people
  group by engagement_id
),

agreement_parties as (
  select agreement_id, list_sort(array_agg(struct_pack(party_code := party_code, role := 'signatory'))) as parties
  from main.fct_agreement_parties
  group by agreement_id
),

happenings as (
  select
    'happening' as fact_kind, mentions.mention_id as fact_id, mentions.engagement_id as subject_id, mentions.engagement_type as type,
    mentions.status, mentions.start_date, mentions.end_date, mentions.date_precision, mentions.date_text, mentions.date_method,
    parties.parties, people.person_ids, mentions.place_name, mentions.place_country, mentions.latitude, mentions.longitude,
    mentions.confidence, mentions.rule_id, mentions.evidence_text, mentions.evidence_start, mentions.evidence_end, mentions.document_id
  from main.fct_engagement_mentions as mentions
  left join engagement_parties as parties on parties.engagement_id = mentions.engagement_id
  left join engagement_people as people on people.engagement_id = mentions.engagement_id
),

agreements as (
  select
    'agreement' as fact_kind, mentions.mention_id as fact_id, mentions.agreement_id as subject_id, mentions.agreement_type as type,
    mentions.status, mentions.start_date, mentions.end_date, mentions.date_precision, mentions.date_text, mentions.date_method,
    parties.parties, mentions.title as instrument_title, mentions.instrument_count, mentions.engagement_id as ceremony_id,
    mentions.confidence, mentions.rule_id, mentions.evidence_text, mentions.evidence_start, mentions.evidence_end, mentions.document_id
  from main.fct_agreement_mentions as mentions
  left join agreement_parties as parties on parties.agreement_id = mentions.agreement_id
),

claims as (
  select
    'trade_claim' as fact_kind, claims.claim_id as fact_id, claims.claim_group_id as subject_id, claims.flow as type,
    claims.claim_type as status, claims.period_start as start_date, claims.period_end as end_date,
    claims.period_precision as date_precision, claims.period_text as date_text,
    list_filter(
      [
        struct_pack(party_code := claims.reporter_code, role := 'reporter'), struct_pack(party_code := claims.partner_code, role := 'partner')
      ],
      lambda party: party.party_code is not null
    ) as parties,
    claims.amount, claims.amount_high, claims.qualifier, claims.currency, claims.amount_usd, claims.usd_rate_on, claims.usd_rate_method,
    claims.change_pct, claims.trend, claims.rank, claims.rank_scope, claims.commodity, claims.speaker_name, claims.speaker_person_id,
    claims.confidence, claims.rule_id, claims.evidence_text, claims.evidence_start, claims.evidence_end, claims.document_id
  from main.fct_trade_claims as claims
),

people as (
  select
    'person' as fact_kind, mentions.document_id || ':' || mentions.person_id as fact_id, mentions.person_id as subject_id,
    mentions.office as type, if(mentions.is_former, 'former', 'current') as status, [mentions.person_id] as person_ids,
    mentions.name_text, mentions.title_text,
    if(mentions.party_code is null, [], [struct_pack(party_code := mentions.party_code, role := 'affiliation')]) as parties,
    mentions.evidence_text, mentions.evidence_start, mentions.evidence_end, mentions.document_id
  from main.fct_person_mentions as mentions
),

facts as (
  select * from happenings
  union all by name
  select * from agreements
  union all by name
  select * from claims
  union all by name
  select * from people
)

select
  facts.*,
  documents.title as document_title, documents.publisher, documents.published_on, documents.url, documents.source_path,
  documents.extractor_version
from facts
join documents on documents.document_id = facts.document_id
order by documents.published_on, facts.document_id, facts.evidence_start, facts.fact_kind, facts.fact_id
