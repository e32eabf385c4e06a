-- Who says what where the figures differ: same pair, flow, commodity and kind of claim, the same period (or periods that overlap by three
-- quarters of the days they span together), figures more than 2 per cent apart. Claims without a period are set beside others without one
-- of the same year of publication. Figures are compared in US dollars, or in their own currency where no rate is known. One row per
-- conflict and figure.
with
claims as (
  select
    reporter_code, partner_code, flow, claim_type, claim_group_id, claim_id, document_id, published_on, is_official, speaker_name,
    qualifier = 'exact' as is_exact,
    array_to_string(publishers, chr(31)) as publishers,
    coalesce(period_start, date_trunc('year', published_on)::date) as compared_from,
    coalesce(period_end, (date_trunc('year', published_on) + interval 1 year - interval 1 day)::date) as compared_to,
    period_start is not null and period_end is not null as has_period,
    case when amount_usd is null then currency else 'USD' end as measured_in,
    coalesce(amount_usd, amount) as measure,
    coalesce(commodity, '') as goods
  from trade.claims
  where amount is not null and reporter_code is not null and partner_code is not null
),

periods as (
  select distinct reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, compared_from, compared_to
  from claims
),

-- Every period joins the earliest, widest one that it nearly coincides with.
anchored as (
  select
    periods.*,
    arg_min(
      struct_pack(first_day := anchors.compared_from, last_day := anchors.compared_to),
      struct_pack(first_day := anchors.compared_from, width := anchors.compared_from - anchors.compared_to)
    ) as anchor
  from periods
  join periods as anchors
    on anchors.reporter_code = periods.reporter_code
    and anchors.partner_code = periods.partner_code
    and anchors.flow = periods.flow
    and anchors.claim_type = periods.claim_type
    and anchors.goods = periods.goods
    and anchors.measured_in = periods.measured_in
    and anchors.has_period = periods.has_period
  where
    least(anchors.compared_to, periods.compared_to) - greatest(anchors.compared_from, periods.compared_from) + 1
    >= 0.75 * (greatest(anchors.compared_to, periods.compared_to) - least(anchors.compared_from, periods.compared_from) + 1)
  group by all
),

figures as (
  select
    claims.reporter_code, claims.partner_code, claims.flow, claims.claim_type, claims.goods, claims.measured_in, claims.has_period,
    anchored.anchor, claims.claim_group_id,
    count(distinct claims.document_id) as story_count,
    bool_or(claims.is_official) as is_official,
    min(claims.published_on) as first_claimed_on,
    max(claims.published_on) as last_claimed_on,
    string_agg(nullif(claims.publishers, ''), chr(31)) as publishers,
    string_agg(claims.speaker_name, chr(31)) as speakers,
    arg_max(
      claims.claim_id,
      struct_pack(
        is_official := claims.is_official, is_exact := claims.is_exact, published_on := claims.published_on,
        tie := claims.claim_id
      )
    ) as claim_id,
    arg_max(
      claims.measure,
      struct_pack(
        is_official := claims.is_official, is_exact := claims.is_exact, published_on := claims.published_on,
        tie := claims.claim_id
      )
    ) as measure
  from claims
  join anchored
    on anchored.reporter_code = claims.reporter_code
    and anchored.partner_code = claims.partner_code
    and anchored.flow = claims.flow
    and anchored.claim_type = claims.claim_type
    and anchored.goods = claims.goods
    and anchored.measured_in = claims.measured_in
    and anchored.has_period = claims.has_period
    and anchored.compared_from = claims.compared_from
    and anchored.compared_to = claims.compared_to
  group by all
),

compared as (
  select
    figures.*,
    count(*) over same_thing as figure_count,
    min(measure) over same_thing as lowest,
    max(measure) over same_thing as highest,
    max(last_claimed_on) over same_thing as newest_on,
    max(story_count) over same_thing as most_stories,
    md5(concat_ws('|', reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, anchor.first_day, anchor.last_day))
      as conflict_id
  from figures
  window same_thing as (partition by reporter_code, partner_code, flow, claim_type, goods, measured_in, has_period, anchor)
),

conflicts as (
  select
    compared.*,
    round(100 * (highest - lowest) / nullif(abs(lowest), 0), 1) as spread_pct
  from compared
  where figure_count > 1 and highest - lowest > 0.02 * greatest(abs(lowest), abs(highest))
),

joined as (
  select
    claims.* exclude (is_official, publishers),
    conflicts.conflict_id, conflicts.figure_count, conflicts.lowest, conflicts.highest, conflicts.spread_pct, conflicts.measured_in,
    conflicts.measure, conflicts.story_count, conflicts.is_official, conflicts.first_claimed_on, conflicts.last_claimed_on,
    coalesce(list_sort(list_distinct(string_split(conflicts.publishers, chr(31)))), []) as publishers,
    coalesce(list_sort(list_distinct(string_split(conflicts.speakers, chr(31)))), []) as speakers,
    conflicts.last_claimed_on = conflicts.newest_on as is_newest,
    conflicts.story_count = conflicts.most_stories and conflicts.story_count > 1 as is_most_repeated
  from conflicts
  join trade.claims as claims on claims.claim_id = conflicts.claim_id
)

select
  joined.party_a, -- The pair's first party in the alphabet.
  joined.party_b, -- The pair's second party; WLD is the world.
  joined.reporter_name, -- Party the figures belong to.
  joined.partner_name, -- The other party.
  joined.flow, -- total, exports (reporter to partner), imports, balance, investment, financing.
  joined.claim_type, -- actual, target, potential or forecast.
  joined.commodity, -- Goods the figures are about; null for all goods.
  joined.period_label, -- The period of this figure in words; null where the text gives none.
  joined.figure, -- This figure in words.
  joined.publishers, -- Everyone who published it, copies included.
  joined.speakers, -- Everyone it is attributed to.
  joined.is_newest, -- True where no other figure of the conflict was published later.
  joined.is_official, -- True where it is attributed to a holder of public office or to a named body.
  joined.is_most_repeated, -- True where no other figure of the conflict is told by more stories.
  joined.story_count, -- Stories that give it, syndicated copies counted once.
  joined.first_claimed_on, -- First publication that gives it.
  joined.last_claimed_on, -- Latest publication that gives it.
  joined.figure_count, -- Different figures in the conflict.
  joined.lowest, -- Lowest of them, in measured_in.
  joined.highest, -- Highest of them, in measured_in.
  joined.spread_pct, -- How far the highest is above the lowest, per cent.
  joined.measure, -- This figure in measured_in.
  joined.measured_in, -- Currency of the comparison.
  joined.evidence_text, -- The words that give it, verbatim.
  joined.title, -- Headline of the document they stand in.
  joined.url, -- Address of that document.
  joined.reporter_code, -- Code of the party the figures belong to.
  joined.partner_code, -- Code of the other party.
  joined.period_start, -- First day this figure is about.
  joined.period_end, -- Last day this figure is about.
  joined.conflict_id, -- The conflict: the same for all its figures.
  joined.claim_group_id, -- The figure; trade.claims has every claim of it.
  joined.document_id, -- The document; key of main.dim_documents.
  joined.claim_id -- The claim; key of main.fct_trade_claims.
from joined
