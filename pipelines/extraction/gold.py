"""A reading in the form of the codebook's gold files, for scoring."""

from datetime import date

from pipelines.extraction.model import Reading


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def gold_form(reading: Reading, name: str) -> dict:
    """Return ``reading`` as the dict of ``NAME.gold.json``; the codebook gives every key its meaning."""
    return {
        "id": name,
        "published_on": _iso(reading.published_on),
        "people": [{"name": x.name, "country": x.party_code, "office": x.office} for x in reading.people],
        "engagements": [
            {
                "type": x.engagement_type,
                "status": x.status,
                "start": _iso(x.start_date),
                "end": _iso(x.end_date),
                "precision": x.date_precision,
                "parties": sorted({role.party_code for role in x.parties}),
                "people": list(x.people),
                "place": x.place_name,
                "place_country": x.place_country,
                "evidence": x.evidence_text,
            }
            for x in reading.engagements
        ],
        "agreements": [
            {
                "type": x.agreement_type,
                "status": x.status,
                "start": _iso(x.start_date),
                "end": _iso(x.end_date),
                "precision": x.date_precision,
                "count": x.instrument_count,
                "parties": sorted(set(x.parties)),
                "title": x.title,
                "evidence": x.evidence_text,
            }
            for x in reading.agreements
        ],
        "trade_claims": [
            {
                "flow": x.flow,
                "claim": x.claim_type,
                "reporter": x.reporter_code,
                "partner": x.partner_code,
                "amount": x.amount,
                "amount_high": x.amount_high,
                "qualifier": x.qualifier,
                "currency": x.currency,
                "change_pct": x.change_pct,
                "trend": x.trend,
                "rank": x.rank,
                "rank_scope": x.rank_scope,
                "commodity": x.commodity,
                "period_start": _iso(x.period_start),
                "period_end": _iso(x.period_end),
                "speaker": x.speaker_name,
                "evidence": x.evidence_text,
            }
            for x in reading.trade_claims
        ],
        "topics": sorted({x.topic for x in reading.topics}),
    }
