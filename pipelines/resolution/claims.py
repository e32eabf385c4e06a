"""The same figure, repeated, rounded or converted, as one group of claims; and every figure in US dollars.

Claims of one pair, flow, kind and commodity are looked at together. A figure joins the most exact figure that it can be a rounding or a
conversion of; figures that differ by more stand side by side in ``trade.conflicting_claims``.
"""

import math
from collections import defaultdict
from datetime import date, timedelta
from typing import NamedTuple

import duckdb
import pandas as pd

from pipelines.resolution.ids import stable_id
from pipelines.resolution.money import usd_rate

# A converted figure is off by the days between the rates, a rounded one by half of its last digit.
_CONVERSION_SLACK = 0.03
_LEAST_SLACK = 0.0005
_ROUGH_SLACK = 0.03
# Without a period on one side, a repeated figure is one that comes within this time.
_REPEATED_WITHIN = timedelta(days=180)
_SIGNIFICANT = 12
_SIZE_STEP = 0.1


class Claim(NamedTuple):
    """What tells one figure from another. ``usd`` is the figure in US dollars where known."""

    claim_id: str
    document_id: str
    published_on: date
    amount: float | None
    currency: str | None
    usd: float | None
    qualifier: str
    change_pct: float | None
    trend: str | None
    rank: int | None
    rank_scope: str | None
    period_start: date | None
    period_end: date | None


def _digits(amount: float) -> str:
    return f"{abs(amount):.{_SIGNIFICANT}g}".replace(".", "").split("e")[0].strip("0")


def rounding_slack(claim: Claim) -> float:
    """Return by what share a figure may differ from the one it was rounded from: half of its last given digit."""
    if claim.amount is None or claim.amount == 0:
        return 0.0
    digits = _digits(claim.amount)
    exact = 0.5 / int(digits) if digits else 0.0
    return max(exact, _LEAST_SLACK, _ROUGH_SLACK if claim.qualifier in ("about", "over", "under", "up_to") else 0.0)


def _same_time(a: Claim, b: Claim) -> bool:
    if a.period_start and b.period_start:
        return (a.period_start, a.period_end) == (b.period_start, b.period_end)
    return abs(a.published_on - b.published_on) <= _REPEATED_WITHIN


def same_figure(exact: Claim, other: Claim) -> bool:
    """Return whether ``other`` repeats, rounds or converts ``exact``."""
    if not _same_time(exact, other):
        return False
    if exact.amount is None or other.amount is None:
        if exact.amount is not other.amount:
            return False
        return (exact.rank, exact.rank_scope, exact.change_pct, exact.trend) == (
            other.rank,
            other.rank_scope,
            other.change_pct,
            other.trend,
        )
    if exact.currency == other.currency:
        return abs(exact.amount - other.amount) <= max(rounding_slack(other), rounding_slack(exact)) * abs(exact.amount)
    if exact.usd is None or other.usd is None:
        return False
    return abs(exact.usd - other.usd) <= (_CONVERSION_SLACK + rounding_slack(other)) * abs(exact.usd)


def group_claims(claims: list[Claim]) -> dict[str, str]:
    """Return for each claim the id of its group; each joins the most exact figure it can stand for."""
    order = sorted(
        claims, key=lambda claim: (-len(_digits(claim.amount or 0)), claim.qualifier != "exact", claim.published_on, claim.claim_id)
    )
    anchors: dict[object, list[Claim]] = defaultdict(list)
    members: dict[str, list[Claim]] = defaultdict(list)
    for claim in order:
        near = [anchor for size in _sizes(claim) for anchor in anchors[size]]
        # A period given is surer than nearness in time.
        fitting = [anchor for anchor in near if same_figure(anchor, claim)]
        anchor = min(fitting, key=lambda x: (x.period_start != claim.period_start, _distance(x, claim), x.claim_id), default=claim)
        if anchor is claim:
            anchors[_sizes(claim)[0]].append(claim)
        members[anchor.claim_id].append(claim)
    groups: dict[str, str] = {}
    for group in members.values():
        first = min((claim.published_on, claim.claim_id) for claim in group)
        groups |= {claim.claim_id: stable_id("claim", first[1]) for claim in group}
    return groups


def _sizes(claim: Claim) -> tuple:
    """Return the claim's order of size in steps of the widest slack, its own first: only figures in these can be the same."""
    if claim.amount is None:
        return ((claim.rank, claim.trend),)
    # Figures without a dollar value are only ever compared in their own currency; those with one also across.
    value = claim.usd if claim.usd is not None else claim.amount
    unit = "USD" if claim.usd is not None else claim.currency
    if value == 0:
        return ((unit, 0),)
    sign, step = (value > 0), round(math.log(abs(value)) / _SIZE_STEP)
    # A figure of one digit may be rounded from one half again as large.
    reach = max(1, math.ceil(rounding_slack(claim) / _SIZE_STEP) + 1)
    return tuple((unit, sign, step + offset) for offset in sorted(range(-reach, reach + 1), key=abs))


def _distance(a: Claim, b: Claim) -> float:
    return abs((a.usd or a.amount or 0) - (b.usd or b.amount or 0))


def resolve_claims(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Bring ``fct_trade_claims`` up to date with the pending documents; return how many claims were written."""
    con.execute("create or replace temp table changed as select document_id from staging.pending_documents where step = 'claims'")
    con.execute("""
        create or replace temp table touched_series as
        select distinct reporter_code, partner_code, flow, claim_type, lower(commodity) as commodity
        from (
            select reporter_code, partner_code, flow, claim_type, commodity from staging.trade_claims where document_id in (from changed)
            union all
            select reporter_code, partner_code, flow, claim_type, commodity from main.fct_trade_claims where document_id in (from changed)
        )
    """)
    rows = con.execute("""
        select s.reporter_code, s.partner_code, s.flow, s.claim_type, s.commodity, c.claim_id, c.document_id, d.published_on, c.amount,
            c.currency, c.qualifier, c.change_pct, c.trend, c.rank, c.rank_scope, c.period_start, c.period_end
        from staging.trade_claims c
        join touched_series s
            on s.flow = c.flow and s.claim_type = c.claim_type and s.reporter_code is not distinct from c.reporter_code
            and s.partner_code is not distinct from c.partner_code and s.commodity is not distinct from lower(c.commodity)
        join main.dim_documents d using (document_id)
    """).fetchall()
    series: dict[tuple, list[Claim]] = defaultdict(list)
    rated = []
    for *key, claim_id, document, published_on, amount, currency, qualifier, change, trend, rank, scope, start, end in rows:
        rate = usd_rate(currency, published_on, start, end) if currency else None
        usd = amount / rate.units_per_usd if rate and amount is not None else None
        series[tuple(key)].append(
            Claim(claim_id, document, published_on, amount, currency, usd, qualifier, change, trend, rank, scope, start, end)
        )
        rated.append((claim_id, usd, *(rate or (None, None, None))))
    groups = {claim: group for claims in series.values() for claim, group in group_claims(claims).items()}
    written = [(*row, groups[row[0]]) for row in rated]
    columns = ["claim_id", "amount_usd", "usd_rate", "usd_rate_on", "usd_rate_method", "claim_group_id"]
    con.register("rated", pd.DataFrame(written, columns=columns).astype({"claim_id": "str", "claim_group_id": "str"}))
    con.execute("""
        delete from main.fct_trade_claims
        where document_id in (from changed) or claim_id in (select claim_id from rated)
    """)
    con.execute("""
        insert into main.fct_trade_claims by name
        select
            c.* exclude (speaker_name_text),
            r.claim_group_id,
            r.amount_usd::double as amount_usd,
            r.usd_rate::double as usd_rate,
            r.usd_rate_on::date as usd_rate_on,
            r.usd_rate_method::varchar as usd_rate_method,
            p.person_id as speaker_person_id
        from staging.trade_claims c
        join rated r using (claim_id)
        left join (
            select m.document_id, m.name_text, f.person_id
            from staging.person_mentions m
            join staging.person_forms f
                on f.name_text = m.name_text and f.office = m.office and f.party_code is not distinct from m.party_code
        ) p on p.document_id = c.document_id and p.name_text = c.speaker_name_text
    """)
    con.unregister("rated")
    con.execute("""
        insert into staging.stale_aggregates
        select distinct reporter_code || '|' || partner_code || '|' || flow
        from touched_series
        where reporter_code is not null and partner_code is not null
    """)
    con.execute("delete from staging.pending_documents where step = 'claims'")
    return {"claims_written": len(written)}
