-- Targets beside what was reached: how far there is to go, and how fast trade must grow each year to get there. The actual is the latest
-- best figure of trade.bilateral_trade for a whole year, or without a period, for the same parties, flow and goods. One row per target.
with
actuals as (
  select
    reporter_code, partner_code, flow, coalesce(commodity, '') as goods,
    arg_max(
      struct_pack(
        amount_usd := amount_usd, amount := amount, currency := currency, figure := figure, period_label := period_label,
        as_of_day := coalesce(period_end, last_claimed_on), claim_id := claim_id
      ),
      struct_pack(day := coalesce(period_end, last_claimed_on), has_period := period_end is not null, tie := claim_id)
    ) as actual
  from trade.bilateral_trade
  where year_method in ('calendar_year', 'fiscal_year', 'published')
  group by reporter_code, partner_code, flow, coalesce(commodity, '')
),

compared as (
  select
    claims.* exclude (publishers),
    targets.story_count, targets.first_set_on, targets.last_named_on, targets.publishers,
    actuals.actual.figure as actual_figure, actuals.actual.period_label as actual_period_label,
    actuals.actual.as_of_day as actual_on, actuals.actual.claim_id as actual_claim_id,
    case
      when claims.amount_usd is not null and actuals.actual.amount_usd is not null then struct_pack(
        measured_in := 'USD', target := claims.amount_usd, actual := actuals.actual.amount_usd
      )
      when claims.currency = actuals.actual.currency then struct_pack(
        measured_in := claims.currency, target := claims.amount, actual := actuals.actual.amount
      )
    end as measure,
    as_of.as_of
  -- How often a target is named is counted once, when a figure of its series changes: sql/aggregates says how.
  from main.agg_targets as targets
  join trade.claims as claims on claims.claim_id = targets.claim_id
  cross join engagement.as_of as as_of
  left join actuals
    on actuals.reporter_code = claims.reporter_code
    and actuals.partner_code = claims.partner_code
    and actuals.flow = claims.flow
    and actuals.goods = coalesce(claims.commodity, '')
),

measured as (
  select
    compared.*,
    measure.target - measure.actual as gap,
    round(100 * measure.actual / nullif(measure.target, 0), 1) as reached_pct,
    round(measure.actual / nullif(measure.target, 0), 6) >= 1 as is_reached,
    round((period_end - actual_on) / 365.25, 2) as years_left
  from compared
),

judged as (
  select
    measured.*,
    case
      when not is_reached and years_left > 0 and measure.actual > 0
        -- Less than a year is counted as one: nobody can use "400 per cent a year" for a month.
        then round(100 * (pow(measure.target / measure.actual, 1 / greatest(years_left, 1)) - 1), 1)
    end as growth_needed_pct,
    case
      when is_reached is null then 'no_actual'
      when is_reached then 'reached'
      when period_end < as_of then 'missed'
      else 'open'
    end as state
  from measured
)

select
  judged.party_a, -- The pair's first party in the alphabet.
  judged.party_b, -- The pair's second party; WLD is the world.
  judged.reporter_name, -- Party the target belongs to.
  judged.partner_name, -- The other party.
  judged.flow, -- total, exports (reporter to partner), imports, balance, investment, financing.
  judged.commodity, -- Goods the target is about; null for all goods.
  judged.figure as target_figure, -- The target in words.
  judged.period_end as due_on, -- Last day to reach it; null where the text gives none.
  judged.actual_figure, -- Latest actual figure in words.
  judged.actual_period_label, -- The period of that figure; null where no text gives one.
  judged.state, -- reached, open, missed (day has passed, last known actual is below), or no_actual (nothing to compare with).
  judged.reached_pct, -- Actual in per cent of the target.
  judged.growth_needed_pct, -- Growth a year, per cent, that leads from the actual to the target in time; at least one year is allowed.
  judged.years_left, -- Years from the actual to the day due.
  judged.measure.target as target, -- The target in measured_in.
  judged.measure.actual as actual, -- The actual in measured_in.
  judged.gap, -- Target less actual, in measured_in.
  judged.measure.measured_in as measured_in, -- Currency of the comparison: USD, or the common currency where no rate is known.
  judged.speaker_name, -- Person or body the target is attributed to.
  judged.first_set_on, -- First publication that names it.
  judged.last_named_on, -- Latest publication that names it.
  judged.story_count, -- Stories that name it, syndicated copies counted once.
  judged.publishers, -- Everyone who published it, copies included.
  judged.evidence_text, -- The words that name it, verbatim.
  judged.title, -- Headline of the document they stand in.
  judged.url, -- Address of that document.
  judged.actual_on, -- Last day of the actual's period, or the latest publication of a figure without one.
  judged.as_of, -- Day the view looks from: see engagement.as_of.
  judged.reporter_code, -- Code of the party the target belongs to.
  judged.partner_code, -- Code of the other party.
  judged.actual_claim_id, -- Claim of the actual; key of main.fct_trade_claims.
  judged.claim_group_id, -- The target; trade.claims has every claim of it.
  judged.document_id, -- The document; key of main.dim_documents.
  judged.claim_id -- Claim of the target; key of main.fct_trade_claims.
from judged
