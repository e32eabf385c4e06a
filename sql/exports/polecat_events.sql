-- Events with the columns of POLECAT, coded after PLOVER, in its order. What the register does not know is null: docs/exports.md says
-- which and why. Remarks that PLOVER has no event for are left out. One row per happening and pair.
select
  dyads.engagement_id as "Event ID",
  case when dyads.date_precision = 'day' then dyads.start_date end as "Event Date",
  dyads.plover_event as "Event Type",
  dyads.plover_mode as "Event Mode",
  null::double as "Intensity",
  case
    when dyads.plover_event in ('AGREE', 'CONSULT', 'SUPPORT', 'CONCEDE') then 'VERBAL COOPERATION'
    when dyads.plover_event in ('COOPERATE', 'AID', 'RETREAT') then 'MATERIAL COOPERATION'
    when dyads.plover_event in ('REQUEST', 'ACCUSE', 'REJECT', 'THREATEN') then 'VERBAL CONFLICT'
    when dyads.plover_event in ('PROTEST', 'SANCTION', 'MOBILIZE', 'COERCE', 'ASSAULT') then 'MATERIAL CONFLICT'
  end as "Quad Code",
  null::varchar as "Contexts",
  coalesce(dyads.actor_people, dyads.actor_name) as "Actor Name",
  if(dyads.actor_type = 'country', dyads.actor, null) as "Actor Country",
  null::varchar as "Actor COW",
  dyads.actor_sector as "Primary Actor Sector",
  dyads.actor_sector as "Actor Sectors",
  dyads.actor_titles as "Actor Title",
  null::varchar as "Actor Name Raw",
  null::varchar as "Wikipedia Actor ID",
  coalesce(dyads.recipient_people, dyads.recipient_name) as "Recipient Name",
  if(dyads.recipient_type = 'country', dyads.recipient, null) as "Recipient Country",
  null::varchar as "Recipient COW",
  dyads.recipient_sector as "Primary Recipient Sector",
  dyads.recipient_sector as "Recipient Sectors",
  dyads.recipient_titles as "Recipient Title",
  null::varchar as "Recipient Name Raw",
  null::varchar as "Wikipedia Recipient ID",
  dyads.place_name as "Placename",
  dyads.place_name as "City",
  null::varchar as "District",
  null::varchar as "Province",
  dyads.place_country as "Country",
  dyads.latitude as "Latitude",
  dyads.longitude as "Longitude",
  null::varchar as "GeoNames ID",
  null::varchar as "Raw Placename",
  null::varchar as "Feature Type",
  dyads.publisher as "Source",
  dyads.published_on as "Publication Date",
  nullif(array_to_string(dyads.people, '; '), '') as "Story People",
  null::varchar as "Story Organizations",
  null::varchar as "Story Locations",
  dyads.language as "Language",
  'chancery ' || dyads.extractor_version as "Version"
from export_dyads as dyads
where dyads.plover_event is not null
order by "Event Date", dyads.engagement_id, dyads.actor, dyads.recipient
