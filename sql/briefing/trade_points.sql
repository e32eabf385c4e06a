-- Claims in US dollars of two-way trade or exports of all goods, for the pairs with most of them: each figure once, and where a period has
-- more than a chart can show, the best, the lowest and the highest of it. One row per claim.
with
claims as (
  select
    claims.*,
    coalesce(
      claims.period_start + ((claims.period_end - claims.period_start) // 2)::integer,
      claims.published_on
    )::date as dated_on
  from trade.claims as claims
  where claims.amount_usd is not null
    and claims.flow in ('total', 'exports')
    and claims.commodity is null
    and claims.partner_code <> 'WLD'
    and claims.claim_type in ('actual', 'target', 'forecast')
    and ($parties::varchar[] is null or list_has_any([claims.reporter_code, claims.partner_code], $parties::varchar[]))
),

pairs as (
  select
    reporter_code, partner_code, flow,
    row_number() over (
      order by count(distinct claim_group_id) filter (where claim_type = 'actual') desc, max(amount_usd) desc, reporter_code, partner_code
    ) as place
  from claims
  where (reporter_code, partner_code, flow) in (
    -- Of a pair's flows the one with most figures, two-way trade before exports.
    select arg_max(
      (reporter_code, partner_code, flow),
      struct_pack(figures := figures, is_total := flow = 'total', reporter := reporter_code)
    )
    from (
      select party_a, party_b, reporter_code, partner_code, flow, count(distinct (dated_on, claim_type)) as figures
      from claims
      group by all
    )
    group by party_a, party_b
  )
  group by reporter_code, partner_code, flow
  qualify place <= $panels
),

-- The same figure said again stands on the same point.
told as (
  select
    pairs.place, claims.*,
    best.claim_id is not null as is_best
  from pairs
  join claims on claims.reporter_code = pairs.reporter_code and claims.partner_code = pairs.partner_code and claims.flow = pairs.flow
  left join main.agg_best_figures as best on best.claim_id = claims.claim_id
  qualify row_number() over (
    partition by pairs.place, claims.claim_group_id, claims.dated_on, claims.claim_type
    order by best.claim_id is not null desc, claims.published_on, claims.claim_id
  ) = 1
),

-- Few enough to be told apart.
shown as (
  select *
  from told
  qualify is_best
    or row_number() over (partition by place, dated_on, claim_type order by amount_usd, claim_id) = 1
    or row_number() over (partition by place, dated_on, claim_type order by amount_usd desc, claim_id) = 1
    or count(*) over (partition by place, dated_on, claim_type) <= 4
)

select
  claims.place, claims.reporter_code, claims.partner_code, claims.flow, claims.claim_type, claims.dated_on,
  claims.period_end, claims.period_label, claims.figure, claims.amount_usd,
  claims.amount_usd * claims.amount_high / nullif(claims.amount, 0) as amount_high_usd,
  claims.qualifier, claims.speaker_name, claims.publishers, claims.published_on, claims.claim_id,
  claims.is_best
from shown as claims
qualify row_number() over (partition by claims.place order by claims.is_best desc, claims.dated_on desc, claims.claim_id) <= 60
order by claims.place, claims.dated_on, claims.amount_usd, claims.claim_id
