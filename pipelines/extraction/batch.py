"""Documents to mentions: the unit of work that a process pool runs today and a cluster tomorrow. Parquet in, Parquet out.

Reads Parquet files with ``document_id``, ``body`` and ``published_on``; writes one Parquet file for each kind of mention, in the columns of
the ``staging`` tables. No Dagster, pandas or DuckDB here, and no opinion on what a good row is: validation comes after.
"""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from pipelines.extraction.model import Agreement, CooperationTopic, Engagement, Person, Reading, TradeClaim

_EVIDENCE = "evidence_text evidence_start evidence_end"
_DATED = "start_date end_date date_precision date_text date_method"
_TYPES = (
    dict.fromkeys(("start_date", "end_date", "period_start", "period_end"), pa.date32())
    | dict.fromkeys(("evidence_start", "evidence_end", "instrument_count", "rank"), pa.int64())
    | dict.fromkeys(("latitude", "longitude", "confidence", "amount", "amount_high", "change_pct"), pa.float64())
    | {"is_former": pa.bool_()}
)


def _schema(columns: str) -> pa.Schema:
    return pa.schema([(name, _TYPES.get(name, pa.string())) for name in columns.split()])


SCHEMAS = {
    "person_mentions": _schema(f"document_id name_text title_text office party_code is_former {_EVIDENCE}"),
    "engagement_mentions": _schema(
        f"mention_id document_id engagement_type status {_DATED} place_name place_country latitude longitude confidence rule_id {_EVIDENCE}"
    ),
    "engagement_mention_parties": _schema("mention_id document_id party_code role"),
    "engagement_mention_people": _schema("mention_id document_id name_text"),
    "agreement_mentions": _schema(
        f"mention_id document_id agreement_type status title instrument_count {_DATED} ceremony_mention_id confidence rule_id {_EVIDENCE}"
    ),
    "agreement_mention_parties": _schema("mention_id document_id party_code"),
    "trade_claims": _schema(
        "claim_id document_id flow claim_type reporter_code partner_code amount amount_high qualifier currency change_pct trend rank "
        "rank_scope commodity period_start period_end period_precision period_text speaker_name speaker_name_text confidence rule_id "
        f"{_EVIDENCE}"
    ),
    "cooperation_topics": _schema(f"document_id party_a party_b topic mention_id rule_id {_EVIDENCE}"),
    "failures": _schema("document_id reason"),
}
Rows = dict[str, list[dict[str, Any]]]


def extract_batch(paths: Sequence[str], output: str) -> str:
    """Extract the documents in the Parquet files ``paths`` into one Parquet file for each table of ``SCHEMAS``; return their folder.

    A document that the engine fails on gives a row of ``failures`` and no other.
    """
    from pipelines.extraction import extract

    rows: Rows = {name: [] for name in SCHEMAS}
    for document in pq.read_table(list(paths), columns=["document_id", "body", "published_on"]).to_pylist():
        try:
            reading = extract(document["body"], document["published_on"])
            found = mention_rows(document["document_id"], reading)
        except Exception as error:  # the engine never raises; if it does, that costs one document and is told
            rows["failures"].append({"document_id": document["document_id"], "reason": f"{type(error).__name__}: {error}"})
            continue
        for name, some in found.items():
            rows[name] += some
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    for name, schema in SCHEMAS.items():
        pq.write_table(pa.Table.from_pylist(rows[name], schema), folder / f"{name}.parquet")
    return output


def mention_rows(document_id: str, reading: Reading) -> Rows:
    """Return the rows of every staging table that ``reading`` of the document gives, with keys that depend on the document alone."""
    keys = _Keys(document_id)
    engagement_ids = [keys.new("engagement", x.evidence_start, x.evidence_end, x.engagement_type, x.status) for x in reading.engagements]
    agreement_ids = [keys.new("agreement", x.evidence_start, x.evidence_end, x.agreement_type, x.status) for x in reading.agreements]
    document = {"document_id": document_id}
    mentions = list(zip(engagement_ids, reading.engagements, strict=True))
    instruments = list(zip(agreement_ids, reading.agreements, strict=True))
    return {
        "person_mentions": [document | _person(x) for x in reading.people],
        "engagement_mentions": [document | _engagement(key, x) for key, x in mentions],
        "engagement_mention_parties": [
            document | {"mention_id": key, "party_code": party.party_code, "role": party.role} for key, x in mentions for party in x.parties
        ],
        "engagement_mention_people": [document | {"mention_id": key, "name_text": name} for key, x in mentions for name in x.people],
        "agreement_mentions": [document | _agreement(key, x, engagement_ids) for key, x in instruments],
        "agreement_mention_parties": [document | {"mention_id": key, "party_code": party} for key, x in instruments for party in x.parties],
        "trade_claims": [document | _claim(keys, x) for x in reading.trade_claims],
        "cooperation_topics": [document | row for x in reading.topics for row in _topic(x, engagement_ids)],
    }


class _Keys:
    """Hashes of a document and what is found in it; the same finding twice gets two keys, in reading order."""

    __slots__ = ("_document_id", "_given")

    def __init__(self, document_id: str) -> None:
        self._document_id = document_id
        self._given: dict[tuple[object, ...], int] = {}

    def new(self, *parts: object) -> str:
        place = self._given[parts] = self._given.get(parts, -1) + 1
        text = "\x1f".join(map(str, (self._document_id, *parts, place)))
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


def _fields(record: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(record, name) for name in names}


_EVIDENCE_NAMES = tuple(_EVIDENCE.split())
_ENGAGEMENT_NAMES = tuple(name for name in SCHEMAS["engagement_mentions"].names if name not in ("mention_id", "document_id"))
_AGREEMENT_NAMES = tuple(
    name for name in SCHEMAS["agreement_mentions"].names if name not in ("mention_id", "document_id", "ceremony_mention_id")
)
_CLAIM_NAMES = tuple(name for name in SCHEMAS["trade_claims"].names if name not in ("claim_id", "document_id", "speaker_name_text"))


def _person(x: Person) -> dict[str, Any]:
    return {
        "name_text": x.name,
        "title_text": x.title_text,
        "office": x.office,
        "party_code": x.party_code,
        "is_former": x.is_former,
        "evidence_text": x.text,
        "evidence_start": x.start,
        "evidence_end": x.end,
    }


def _engagement(key: str, x: Engagement) -> dict[str, Any]:
    return {"mention_id": key} | _fields(x, _ENGAGEMENT_NAMES)


def _agreement(key: str, x: Agreement, engagement_ids: list[str]) -> dict[str, Any]:
    ceremony = None if x.ceremony is None else engagement_ids[x.ceremony]
    return {"mention_id": key, "ceremony_mention_id": ceremony} | _fields(x, _AGREEMENT_NAMES)


def _claim(keys: _Keys, x: TradeClaim) -> dict[str, Any]:
    key = keys.new("claim", x.evidence_start, x.evidence_end, x.flow, x.claim_type, x.amount, x.change_pct, x.rank)
    return {"claim_id": key, "speaker_name_text": x.speaker_person} | _fields(x, _CLAIM_NAMES)


def _topic(x: CooperationTopic, engagement_ids: list[str]) -> list[dict[str, Any]]:
    """Return a row for each pair of the topic's parties."""
    pairs = combinations(sorted(set(x.parties)), 2)
    mention_id = None if x.engagement is None else engagement_ids[x.engagement]
    row = {"topic": x.topic, "mention_id": mention_id, "rule_id": x.rule_id} | _fields(x, _EVIDENCE_NAMES)
    return [row | {"party_a": a, "party_b": b} for a, b in pairs]
