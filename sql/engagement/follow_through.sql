-- What was announced, promised or agreed, and what became of it, with the words of both articles and the days between. Promises are
-- planned and proposed happenings, commitments, and instruments agreed, planned or under negotiation; a commitment to sign an instrument
-- stands once, as the instrument. States: done; under_way; open (not due yet, or named in the last 90 days); slipped (moved to a later
-- date); called_off; overdue (its last day has passed without a report); silent (no date, and not named for 90 days). One row per promise.
with
-- Not kept: joined with what is kept of itself it would never end under a limit (sql/README.md).
happenings as not materialized (
  select
    facts.engagement_id, facts.engagement_type, facts.status, facts.level, facts.start_date,
    coalesce(facts.start_date, facts.first_reported_on) as dated_on,
    facts.first_reported_on, facts.last_reported_on,
    gathered.party_codes, gathered.parties, gathered.people, gathered.mention_id
  from main.fct_engagements as facts
  join main.agg_engagements as gathered on gathered.engagement_id = facts.engagement_id
),

instruments as (
  select
    facts.agreement_id, facts.agreement_type, facts.status, facts.title, facts.engagement_id,
    gathered.party_codes, gathered.parties, gathered.mention_id, coalesce(ceremonies.people, []) as people
  from main.fct_agreements as facts
  join main.agg_agreements as gathered on gathered.agreement_id = facts.agreement_id
  left join main.agg_engagements as ceremonies on ceremonies.engagement_id = facts.engagement_id
),

happening_promises as (
  select engagement_id as subject_id, engagement_type as subject_type, evidence_start, evidence_end, document_id
  from main.fct_engagement_mentions
  where status in ('planned', 'proposed') or engagement_type = 'commitment' and status = 'occurred'
),

instrument_promises as (
  select evidence_start, evidence_end, document_id
  from main.fct_agreement_mentions
  where status in ('agreed', 'negotiating', 'planned')
),

-- "agreed to sign a transit accord" is read as a commitment and as an instrument: the instrument says more.
said_of_instruments as (
  select distinct happening_promises.subject_id
  from happening_promises
  join instrument_promises
    on instrument_promises.document_id = happening_promises.document_id
    and instrument_promises.evidence_start < happening_promises.evidence_end
    and instrument_promises.evidence_end > happening_promises.evidence_start
  where happening_promises.subject_type in ('commitment', 'signing')
),

-- A pledge with a figure is a target too: its period says when it is due, and money pledged is kept by aid.
figures_promised as (
  select
    happening_promises.subject_id, bool_or(claims.flow = 'financing') as is_money, max(claims.period_end) as due_by
  from happening_promises
  join main.fct_trade_claims as claims
    on claims.document_id = happening_promises.document_id
    and claims.evidence_start < happening_promises.evidence_end
    and claims.evidence_end > happening_promises.evidence_start
  where happening_promises.subject_type = 'commitment' and claims.claim_type = 'target'
  group by happening_promises.subject_id
),

subjects as (
  select
    'happening' as promise_kind, engagement_id as subject_id, engagement_type as promise_type, status,
    party_codes, parties, people, level, null::varchar as subject_title,
    engagement_id, null::varchar as agreement_id, mention_id as current_mention_id
  from happenings
  union all
  select
    'instrument', agreement_id, agreement_type, status, party_codes, parties, people, null, title, engagement_id,
    agreement_id, mention_id
  from instruments
),

promises as (
  select
    subjects.*,
    case when len(subjects.party_codes) = 2 then subjects.party_codes[1] end as party_a,
    case when len(subjects.party_codes) = 2 then subjects.party_codes[2] end as party_b,
    histories.* exclude (promise_kind, subject_id, news_on),
    figures_promised.due_by as figure_due_by,
    as_of.as_of
  -- What is told of each is gathered once, when it changes: sql/aggregates says how.
  from main.agg_promises as histories
  join subjects on subjects.promise_kind = histories.promise_kind and subjects.subject_id = histories.subject_id
  left join figures_promised on figures_promised.subject_id = subjects.subject_id and subjects.promise_kind = 'happening'
  cross join engagement.as_of as as_of
  -- News before the promise makes the promise old: nothing is left to follow.
  where coalesce(histories.news_on >= histories.promised_on, true) and not (
    subjects.promise_kind = 'happening' and subjects.promise_type in ('commitment', 'signing')
    and subjects.subject_id in (select subject_id from said_of_instruments)
  )
),

-- A plan's date is when it is due; of a commitment or an agreed instrument it may be the day it was made.
dated as (
  select
    *,
    case
      when promised_status in ('planned', 'proposed') or first_end > promised_on then first_end
      else figure_due_by
    end as first_due_by,
    case
      when latest_promise_status in ('planned', 'proposed') or latest_end > repeated_on then latest_end
      else figure_due_by
    end as due_by
  from promises
),

-- Plans that passed without news or were called off, once for each year that a later plan may begin in.
stale_plans as (
  select
    subject_id, promise_type, array_to_string(party_codes, ' ') as party_key, people, promised_on, due_by,
    unnest([year(due_by), year(due_by) + 1]) as later_year
  from (
    select * exclude (due_by), coalesce(due_by, first_end) as due_by
    from dated
    where promise_kind = 'happening' and promise_type <> 'commitment'
  ) as plans
  where status = 'cancelled' or status in ('planned', 'proposed') and due_by < as_of
),

plans as (
  select
    engagement_id, engagement_type, array_to_string(party_codes, ' ') as party_key, people, start_date, last_reported_on, mention_id,
    year(start_date) as start_year
  from happenings
  where status in ('planned', 'proposed', 'ongoing', 'occurred') and start_date is not null
),

-- What the same parties, and the same people where they are named, planned or did instead, at most a year later.
later_plans as (
  select
    stale_plans.subject_id,
    arg_min(plans.mention_id, struct_pack(day := plans.start_date, tie := plans.engagement_id)) as mention_id
  from stale_plans
  join plans
    on plans.engagement_type = stale_plans.promise_type
    and plans.party_key = stale_plans.party_key
    and plans.start_year = stale_plans.later_year
  where
    plans.engagement_id <> stale_plans.subject_id
    and plans.last_reported_on >= stale_plans.promised_on
    and plans.start_date > stale_plans.due_by
    and plans.start_date <= stale_plans.due_by + 365
    and (plans.people = [] or stale_plans.people = [] or list_has_any(plans.people, stale_plans.people))
  group by stale_plans.subject_id
),

-- What a commitment and a later deed may have in common.
areas as (
  select distinct engagement_id, topic as area
  from main.fct_cooperation_topics
  where engagement_id is not null
  union all
  select subject_id, 'money'
  from figures_promised
  where is_money
  union all
  select engagement_id, 'money'
  from main.fct_engagements
  where engagement_type = 'aid'
),

commitments as (
  select
    dated.subject_id, dated.promised_on, array_to_string(dated.party_codes, ' ') as party_key, areas.area,
    unnest(['done', 'under_way']) as state
  from dated
  join areas on areas.engagement_id = dated.subject_id
  where dated.promise_kind = 'happening' and dated.promise_type = 'commitment'
),

deeds as (
  select
    array_to_string(happenings.party_codes, ' ') as party_key, areas.area,
    if(happenings.engagement_type in ('cooperation', 'aid', 'concession'), 'done', 'under_way') as state,
    least(happenings.dated_on, happenings.first_reported_on) as done_on,
    min(happenings.mention_id) as mention_id
  from happenings
  join areas on areas.engagement_id = happenings.engagement_id
  where
    happenings.engagement_type in ('cooperation', 'aid', 'concession', 'talks', 'signing')
    and happenings.status in ('occurred', 'ongoing')
  group by all
),

-- A commitment is followed by the first deed of the same parties in the same area, or at least by talks and papers.
followed as (
  select
    commitments.subject_id,
    arg_min(
      struct_pack(state := deeds.state, mention_id := deeds.mention_id),
      struct_pack(state := deeds.state, done_on := deeds.done_on, tie := deeds.mention_id)
    ) as deed
  from commitments
  asof join deeds
    on deeds.party_key = commitments.party_key
    and deeds.area = commitments.area
    and deeds.state = commitments.state
    and deeds.done_on > commitments.promised_on
  group by commitments.subject_id
),

judged as (
  select
    dated.*,
    case
      when dated.promise_kind = 'instrument' then
        case
          when dated.status in ('signed', 'in_force') then 'done'
          when dated.status = 'ended' then if(dated.news_mention_id is null, 'called_off', 'done')
          when dated.due_by < dated.as_of then 'overdue'
          when dated.status = 'negotiating' and dated.last_heard_on > dated.as_of - 365 then 'under_way'
        end
      when dated.promise_type = 'commitment' then
        case
          when dated.status = 'cancelled' then 'called_off'
          when followed.deed is not null then followed.deed.state
          when dated.due_by < dated.as_of then 'overdue'
        end
      when dated.status = 'occurred' then 'done'
      when dated.status = 'ongoing' then if(dated.latest_end < dated.as_of, 'done', 'under_way')
      when later_plans.mention_id is not null then 'slipped'
      when dated.status = 'cancelled' then 'called_off'
      when dated.due_by < dated.as_of then 'overdue'
      when dated.latest_start > dated.first_due_by then 'slipped'
    end as known_state,
    case
      when followed.deed is not null then 'same parties and area'
      when later_plans.mention_id is not null then 'later plan of the same parties'
      when dated.news_mention_id is not null and dated.promise_type <> 'commitment' then 'same ' || dated.promise_kind
      when dated.status = 'cancelled' then 'same happening'
      when dated.latest_start > dated.first_due_by then 'same ' || dated.promise_kind
    end as matched_by,
    case
      when dated.promise_kind = 'happening' and dated.promise_type = 'commitment' then followed.deed.mention_id
      when dated.news_mention_id is not null then dated.news_mention_id
      when later_plans.mention_id is not null then later_plans.mention_id
      when dated.status = 'cancelled' then dated.current_mention_id
      when dated.latest_start > dated.first_due_by then dated.latest_mention_id
    end as outcome_mention_id
  from dated
  left join later_plans on later_plans.subject_id = dated.subject_id and dated.promise_kind = 'happening'
  left join followed on followed.subject_id = dated.subject_id and dated.promise_kind = 'happening'
),

statements as not materialized (
  select
    mentions.mention_id, mentions.status, mentions.evidence_text, mentions.document_id,
    sources.published_on, sources.publishers, sources.title, sources.url
  from (
    select mention_id, status, evidence_text, document_id from main.fct_engagement_mentions
    union all
    select mention_id, status, evidence_text, document_id from main.fct_agreement_mentions
  ) as mentions
  join engagement.sources as sources on sources.document_id = mentions.document_id
),

joined as (
  select
    judged.*,
    coalesce(
      judged.known_state,
      case
        when judged.due_by >= judged.as_of then 'open'
        when judged.last_heard_on > judged.as_of - 90 then 'open'
        else 'silent'
      end
    ) as state,
    promise.evidence_text, promise.title, promise.publishers, promise.url, promise.document_id,
    outcome.status as outcome_status, outcome.published_on as outcome_on, outcome.evidence_text as outcome_evidence_text,
    outcome.title as outcome_title, outcome.publishers as outcome_publishers, outcome.url as outcome_url,
    outcome.document_id as outcome_document_id,
    outcome.published_on - judged.promised_on as days_to_outcome,
    case when judged.due_by < judged.as_of then judged.as_of - judged.due_by end as days_since_due
  from judged
  join statements as promise on promise.mention_id = judged.promise_mention_id
  left join statements as outcome on outcome.mention_id = judged.outcome_mention_id
)

select
  joined.state, -- done, under_way, open, slipped, called_off, overdue or silent.
  joined.promise_kind, -- happening or instrument.
  joined.promise_type, -- Kind of happening or instrument, by the codebook.
  joined.parties, -- Names of all parties.
  joined.subject_title, -- The instrument's name or subject; null for a happening.
  joined.people, -- People concerned, by name.
  joined.promised_status, -- Status when first named: planned, proposed, agreed, negotiating, or occurred for a commitment.
  joined.promised_on, -- First publication that names it.
  joined.evidence_text, -- The promise, verbatim.
  joined.due_by, -- Last day it is due, by the latest word; null where none is given.
  joined.due_precision, -- Width of the date behind due_by.
  joined.first_due_by, -- Last day it was due by the first word.
  joined.outcome_status, -- Status in the news of the outcome.
  joined.outcome_on, -- Publication of that news.
  joined.outcome_evidence_text, -- What became of it, verbatim.
  joined.days_to_outcome, -- Days from the promise to that news.
  joined.days_since_due, -- Days from due_by to as_of, where it has passed.
  joined.matched_by, -- How promise and outcome belong together: same happening, same instrument, later plan …, or same parties and area.
  joined.last_heard_on, -- Latest publication that names it.
  joined.party_a, -- The pair's first party in the alphabet; null unless there are exactly two.
  joined.party_b, -- The pair's second party; null unless there are exactly two.
  joined.party_codes, -- Every party, in alphabetical order.
  joined.level, -- Highest office concerned.
  joined.title, -- Headline of the promise's document.
  joined.publishers, -- Everyone who published the promise, copies included.
  joined.url, -- Address of the promise's document.
  joined.outcome_title, -- Headline of the outcome's document.
  joined.outcome_publishers, -- Everyone who published the outcome, copies included.
  joined.outcome_url, -- Address of the outcome's document.
  joined.as_of, -- Day the view looks from: see engagement.as_of.
  joined.document_id, -- The promise's document; key of main.dim_documents.
  joined.outcome_document_id, -- The outcome's document.
  joined.promise_mention_id, -- The promise; key of main.fct_engagement_mentions or main.fct_agreement_mentions.
  joined.outcome_mention_id, -- The news of the outcome; key of the same tables.
  joined.engagement_id, -- The happening, or the ceremony of the instrument; key of main.fct_engagements.
  joined.agreement_id -- The instrument; key of main.fct_agreements.
from joined
