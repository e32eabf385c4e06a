-- Every figure, rank and trend of trade, investment and finance, with who said it, where, and in which words. A syndicated copy adds its
-- publisher to the original's claim, not a second claim. One row per story and claim.
with
claims as not materialized (
  select claims.*, sources.story_id, sources.is_copy, sources.published_on, sources.title, sources.publishers, sources.url
  from main.fct_trade_claims as claims
  join engagement.sources as sources on sources.document_id = claims.document_id
),

-- A copy may have been edited: what it adds of its own stays, once.
added_by_copies as (
  select claim_id
  from claims
  where story_id in (select story_id from engagement.sources where is_copy)
  qualify is_copy and row_number() over (
    partition by story_id, claim_group_id order by is_copy, published_on, document_id, claim_id
  ) = 1
),

once_per_story as (
  select *
  from claims
  where not is_copy or claim_id in (from added_by_copies)
),

scaled as (
  select
    *,
    case
      when abs(amount) >= 1e12 then struct_pack(unit := 1e12, word := ' trillion')
      when abs(amount) >= 1e9 then struct_pack(unit := 1e9, word := ' billion')
      when abs(amount) >= 1e6 then struct_pack(unit := 1e6, word := ' million')
      else struct_pack(unit := 1e0, word := '')
    end as scale
  from once_per_story
),

labelled as (
  select
    scaled.*,
    case
      when amount is null then null
      else concat(
        case qualifier when 'exact' then '' when 'up_to' then 'up to ' else qualifier || ' ' end,
        currency || ' ',
        printf('%g', round(amount / scale.unit, 3)),
        '–' || printf('%g', round(amount_high / scale.unit, 3)),
        scale.word
      )
    end as figure,
    case
      when period_start is null or period_end is null then null
      when period_precision = 'year' and month(period_start) = 1 and month(period_end) = 12 and year(period_start) = year(period_end)
        then strftime(period_start, '%Y')
      when period_precision = 'year' and period_end - period_start between 350 and 380
        then strftime(period_start, '%b %Y – ') || strftime(period_end, '%b %Y')
      when period_precision = 'quarter' and period_end - period_start between 80 and 100 and month(period_start) % 3 = 1
        then 'Q' || quarter(period_start) || strftime(period_start, ' %Y')
      when period_start = date_trunc('month', period_start) and period_end = last_day(period_start) then strftime(period_start, '%B %Y')
      when period_start = period_end then strftime(period_start, '%-d %B %Y')
      when period_start = date_trunc('month', period_start) and period_end = last_day(period_end)
        then strftime(period_start, '%b %Y – ') || strftime(period_end, '%b %Y')
      else strftime(period_start, '%-d %b %Y – ') || strftime(period_end, '%-d %b %Y')
    end as period_label,
    least(reporter_code, partner_code) as party_a,
    case when reporter_code is null or partner_code is null then null else greatest(reporter_code, partner_code) end as party_b
  from scaled
),

named as (
  select
    labelled.*,
    coalesce(reporters.name, case reporter_code when 'WLD' then 'World' else reporter_code end) as reporter_name,
    coalesce(partners.name, case partner_code when 'WLD' then 'World' else partner_code end) as partner_name,
    speakers.office as speaker_office,
    labelled.speaker_name is not null and coalesce(speakers.office, 'body') not in ('business_leader', 'other') as is_official
  from labelled
  left join main.dim_parties as reporters on reporters.party_code = labelled.reporter_code
  left join main.dim_parties as partners on partners.party_code = labelled.partner_code
  left join main.dim_people as speakers on speakers.person_id = labelled.speaker_person_id
)

select
  named.reporter_code, -- Party the figure belongs to; for total the first of the pair in the alphabet.
  named.reporter_name, -- Its name.
  named.partner_code, -- The other party; WLD is the world.
  named.partner_name, -- Its name.
  named.flow, -- total, exports (reporter to partner), imports, balance, investment, financing.
  named.claim_type, -- actual, target, potential or forecast.
  named.figure, -- The figure in words: "about USD 2.4 billion".
  named.period_label, -- The period in words: "2024", "Jul 2023 – Jun 2024", "Q1 2025"; null where the text gives none.
  named.change_pct, -- Change on the earlier level, per cent.
  named.trend, -- up, down or flat.
  named.rank, -- Place in a ranking, 1 is the largest.
  named.rank_scope, -- What the ranking is among, in the words of the text.
  named.commodity, -- Goods the figure is about; null for all goods.
  named.speaker_name, -- Person or body the figure is attributed to.
  named.speaker_office, -- The person's office.
  named.is_official, -- True where the figure is attributed to a holder of public office or to a named body.
  named.published_on, -- Day of publication.
  named.evidence_text, -- The words that say it, verbatim.
  named.title, -- Headline of the document.
  named.publishers, -- Everyone who published the story, copies included.
  named.party_a, -- The pair's first party in the alphabet.
  named.party_b, -- The pair's second party; null where only one is known.
  named.amount, -- Figure in units of currency, lower bound of a range.
  named.amount_high, -- Upper bound of a range.
  named.qualifier, -- exact, about, over, under or up_to.
  named.currency, -- ISO 4217.
  named.amount_usd, -- Figure in US dollars at the rate of its day or period; null where no rate is known.
  named.usd_rate, -- Units of currency for one US dollar.
  named.usd_rate_on, -- Day of the rate.
  named.usd_rate_method, -- Where the rate comes from.
  named.period_start, -- First day the figure is about.
  named.period_end, -- Last day the figure is about.
  named.period_precision, -- Width of the period.
  named.period_text, -- Words of the text that give the period.
  named.confidence, -- Share of the slots that the text fills directly.
  named.rule_id, -- Rule of the engine that gave the claim.
  named.url, -- Address of the document.
  named.claim_group_id, -- The same figure, repeated, rounded or converted.
  named.document_id, -- The document; key of main.dim_documents.
  named.claim_id -- The claim; key of main.fct_trade_claims.
from named
