-- Happenings that took place, cut into pairs of who acts and who is acted upon, with where each stands and who reported it. Where nobody
-- acts upon another (a meeting, a signing) the first of the pair in the alphabet stands as the actor. Planned, proposed and cancelled
-- happenings are left out: event data has no place for what did not happen. One row per happening and pair.
with
happenings as (
  select *
  from engagement.happenings
  where status in ('occurred', 'ongoing')
),

-- Who acts and who is acted upon; a side that the roles leave open is filled with the other parties.
sides as (
  select
    engagement_id, party_codes,
    case
      when len(from_codes) > 0 then from_codes
      when len(to_codes) > 0 then list_filter(party_codes, lambda code: not list_contains(to_codes, code))
      else []
    end as acting,
    case
      when len(to_codes) > 0 then to_codes
      when len(from_codes) > 0 then list_filter(party_codes, lambda code: not list_contains(from_codes, code))
      else []
    end as acted_upon
  from happenings
),

acts as (
  select engagement_id, actor, unnest(acted_upon) as recipient, true as is_directed
  from (select engagement_id, unnest(acting) as actor, acted_upon from sides where len(acting) > 0 and len(acted_upon) > 0)
),

together as (
  select engagement_id, actor, recipient, false as is_directed
  from (
    select engagement_id, actor, unnest(party_codes) as recipient
    from (select engagement_id, unnest(party_codes) as actor, party_codes from sides where len(acting) = 0 or len(acted_upon) = 0)
  )
  where actor < recipient
),

alone as (
  select engagement_id, party_codes[1] as actor, null as recipient, false as is_directed
  from sides
  where len(party_codes) <= 1
),

dyads as (
  select * from acts where actor <> recipient
  union all
  select * from together
  union all
  select * from alone
),

mentions as (
  select
    mentions.engagement_id, mentions.document_id, mentions.place_name, mentions.latitude, mentions.longitude, mentions.confidence,
    mentions.evidence_start, documents.published_on, documents.publisher, documents.url, documents.ingested_at, documents.language,
    documents.extractor_version,
    -- Where the first paragraph below the headline ends.
    if(
      documents.title is null,
      length(split_part(documents.body, chr(10) || chr(10), 1)),
      length(split_part(documents.body, chr(10) || chr(10), 1)) + 2 + length(split_part(documents.body, chr(10) || chr(10), 2))
    ) as lead_end
  from main.fct_engagement_mentions as mentions
  join main.dim_documents as documents on documents.document_id = mentions.document_id and documents.is_current
  where mentions.status in ('occurred', 'ongoing')
),

-- The first report that it took place, not the announcement: the earliest published, the earliest read.
told as (
  select
    engagement_id,
    count(*) as mention_count,
    min(published_on) as published_on,
    min(ingested_at) as first_ingested_at,
    arg_min(evidence_start < lead_end, (published_on, ingested_at, document_id)) as is_in_lead,
    arg_min(url, (published_on, ingested_at, document_id)) as url,
    arg_min(publisher, (published_on, ingested_at, document_id)) as publisher,
    arg_min(language, (published_on, ingested_at, document_id)) as language,
    arg_max(extractor_version, (published_on, ingested_at, document_id)) as extractor_version
  from mentions
  group by engagement_id
),

coordinates as (
  select
    engagement_id, place_name,
    arg_max(latitude, (confidence, document_id)) as latitude,
    arg_max(longitude, (confidence, document_id)) as longitude
  from mentions
  where latitude is not null
  group by engagement_id, place_name
),

-- Sector by office, after the codes of CAMEO and POLECAT.
officials as (
  select
    members.engagement_id, coalesce(members.party_code, people.party_code) as party_code, people.name, people.title_text,
    case
      when coalesce(members.office, people.office) = 'legislator' then 'LEG'
      when coalesce(members.office, people.office) = 'military_chief' then 'MIL'
      when coalesce(members.office, people.office) = 'business_leader' then 'BUS'
      when coalesce(members.office, people.office) not in ('igo_head', 'royal', 'other') then 'GOV'
    end as sector
  from main.fct_engagement_people as members
  join main.dim_people as people on people.person_id = members.person_id
),

people as (
  select
    engagement_id, party_code,
    string_agg(name, '; ' order by name) as names,
    string_agg(title_text, '; ' order by name) as titles,
    -- The text may name several; a sector is given where they agree, else that of government.
    case when count(distinct sector) = 1 then min(sector) when bool_or(sector = 'GOV') then 'GOV' end as sector
  from officials
  group by engagement_id, party_code
),

joined as (
  select
    dyads.engagement_id, dyads.actor, dyads.recipient, dyads.is_directed,
    happenings.engagement_type, happenings.start_date, happenings.end_date, happenings.date_precision,
    happenings.place_name, happenings.place_country, happenings.people, told.published_on,
    facts.document_count, facts.publisher_count,
    types.plover_event, types.plover_mode, types.cameo_code, types.quad_class, types.goldstein,
    told.mention_count, told.first_ingested_at, told.is_in_lead, told.url, told.publisher, told.language, told.extractor_version,
    coordinates.latitude, coordinates.longitude, places.name as place_country_name, place_codes.fips as place_fips,
    actors.name as actor_name, actors.party_type as actor_type, actor_codes.cameo_country as actor_cameo,
    actor_codes.cameo_group as actor_group, actor_people.names as actor_people, actor_people.titles as actor_titles,
    if(actors.party_type = 'organisation', 'IGO', actor_people.sector) as actor_sector,
    recipients.name as recipient_name, recipients.party_type as recipient_type, recipient_codes.cameo_country as recipient_cameo,
    recipient_codes.cameo_group as recipient_group, recipient_people.names as recipient_people,
    recipient_people.titles as recipient_titles,
    if(recipients.party_type = 'organisation', 'IGO', recipient_people.sector) as recipient_sector
  from dyads
  join happenings on happenings.engagement_id = dyads.engagement_id
  join main.fct_engagements as facts on facts.engagement_id = dyads.engagement_id
  join main.dim_engagement_types as types on types.engagement_type = happenings.engagement_type
  join told on told.engagement_id = dyads.engagement_id
  left join coordinates on coordinates.engagement_id = dyads.engagement_id and coordinates.place_name = happenings.place_name
  left join main.dim_parties as places on places.party_code = happenings.place_country
  left join export_codes as place_codes on place_codes.party_code = happenings.place_country
  left join main.dim_parties as actors on actors.party_code = dyads.actor
  left join export_codes as actor_codes on actor_codes.party_code = dyads.actor
  left join people as actor_people on actor_people.engagement_id = dyads.engagement_id and actor_people.party_code = dyads.actor
  left join main.dim_parties as recipients on recipients.party_code = dyads.recipient
  left join export_codes as recipient_codes on recipient_codes.party_code = dyads.recipient
  left join people as recipient_people
    on recipient_people.engagement_id = dyads.engagement_id and recipient_people.party_code = dyads.recipient
)

select *
from joined
