-- Events with the columns of GDELT 2.0, in its order. What the register does not know is null: docs/exports.md says which and why.
-- One row per happening and pair.
select
  -- Fifteen hexadecimal digits fit a signed number of 64 bits.
  ('0x' || left(md5(concat_ws('|', dyads.engagement_id, dyads.actor, dyads.recipient)), 15))::bigint as "GLOBALEVENTID",
  case when dyads.date_precision = 'day' then strftime(dyads.start_date, '%Y%m%d')::integer end as "SQLDATE",
  case when strftime(dyads.start_date, '%Y%m') = strftime(dyads.end_date, '%Y%m') then strftime(dyads.start_date, '%Y%m')::integer end
    as "MonthYear",
  case when year(dyads.start_date) = year(dyads.end_date) then year(dyads.start_date)::integer end as "Year",
  case
    when dyads.date_precision = 'day'
      then round(year(dyads.start_date) + (month(dyads.start_date) * 30 + day(dyads.start_date)) / 365.0, 4)::double
  end as "FractionDate",
  if(
    dyads.actor_type = 'organisation', 'IGO' || coalesce(dyads.actor_group, ''), dyads.actor_cameo || coalesce(dyads.actor_sector, '')
  ) as "Actor1Code",
  upper(dyads.actor_name) as "Actor1Name",
  dyads.actor_cameo as "Actor1CountryCode",
  dyads.actor_group as "Actor1KnownGroupCode",
  null::varchar as "Actor1EthnicCode",
  null::varchar as "Actor1Religion1Code",
  null::varchar as "Actor1Religion2Code",
  dyads.actor_sector as "Actor1Type1Code",
  null::varchar as "Actor1Type2Code",
  null::varchar as "Actor1Type3Code",
  if(
    dyads.recipient_type = 'organisation', 'IGO' || coalesce(dyads.recipient_group, ''),
    dyads.recipient_cameo || coalesce(dyads.recipient_sector, '')
  ) as "Actor2Code",
  upper(dyads.recipient_name) as "Actor2Name",
  dyads.recipient_cameo as "Actor2CountryCode",
  dyads.recipient_group as "Actor2KnownGroupCode",
  null::varchar as "Actor2EthnicCode",
  null::varchar as "Actor2Religion1Code",
  null::varchar as "Actor2Religion2Code",
  dyads.recipient_sector as "Actor2Type1Code",
  null::varchar as "Actor2Type2Code",
  null::varchar as "Actor2Type3Code",
  dyads.is_in_lead::integer as "IsRootEvent",
  dyads.cameo_code as "EventCode",
  left(dyads.cameo_code, 3) as "EventBaseCode",
  left(dyads.cameo_code, 2) as "EventRootCode",
  dyads.quad_class::integer as "QuadClass",
  dyads.goldstein as "GoldsteinScale",
  dyads.mention_count::integer as "NumMentions",
  dyads.publisher_count::integer as "NumSources",
  dyads.document_count::integer as "NumArticles",
  null::double as "AvgTone",
  null::integer as "Actor1Geo_Type",
  null::varchar as "Actor1Geo_FullName",
  null::varchar as "Actor1Geo_CountryCode",
  null::varchar as "Actor1Geo_ADM1Code",
  null::varchar as "Actor1Geo_ADM2Code",
  null::double as "Actor1Geo_Lat",
  null::double as "Actor1Geo_Long",
  null::varchar as "Actor1Geo_FeatureID",
  null::integer as "Actor2Geo_Type",
  null::varchar as "Actor2Geo_FullName",
  null::varchar as "Actor2Geo_CountryCode",
  null::varchar as "Actor2Geo_ADM1Code",
  null::varchar as "Actor2Geo_ADM2Code",
  null::double as "Actor2Geo_Lat",
  null::double as "Actor2Geo_Long",
  null::varchar as "Actor2Geo_FeatureID",
  case when dyads.place_name is not null then if(dyads.place_country = 'USA', 3, 4) when dyads.place_country is not null then 1 end
    as "ActionGeo_Type",
  nullif(concat_ws(', ', dyads.place_name, dyads.place_country_name), '') as "ActionGeo_FullName",
  dyads.place_fips as "ActionGeo_CountryCode",
  null::varchar as "ActionGeo_ADM1Code",
  null::varchar as "ActionGeo_ADM2Code",
  dyads.latitude as "ActionGeo_Lat",
  dyads.longitude as "ActionGeo_Long",
  null::varchar as "ActionGeo_FeatureID",
  strftime(dyads.first_ingested_at, '%Y%m%d%H%M%S')::bigint as "DATEADDED",
  dyads.url as "SOURCEURL"
from export_dyads as dyads
order by "SQLDATE", dyads.engagement_id, dyads.actor, dyads.recipient
