"""Facts as JSON-LD: schema.org for people, events and claims, Web Annotation for the words each fact rests on.

Written as a stream, one node a line, so that a warehouse of any size fits; the file as a whole is one JSON document.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb

from pipelines.briefing.content import web_address

Node = dict[str, Any]

# Stands in the file itself, so that no reader has to fetch anything.
CONTEXT: Node = {
    "@vocab": "https://schema.org/",
    "chancery": "urn:chancery:term:",
    "oa": "http://www.w3.org/ns/oa#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "datePublished": {"@type": "xsd:date"},
    "startDate": {"@type": "xsd:date"},
    "endDate": {"@type": "xsd:date"},
    "url": {"@type": "@id"},
    "additionalType": {"@type": "@id"},
    "Annotation": "oa:Annotation",
    "TextPositionSelector": "oa:TextPositionSelector",
    "TextQuoteSelector": "oa:TextQuoteSelector",
    "body": {"@id": "oa:hasBody", "@type": "@id"},
    "target": "oa:hasTarget",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "selector": "oa:hasSelector",
    "start": {"@id": "oa:start", "@type": "xsd:nonNegativeInteger"},
    "end": {"@id": "oa:end", "@type": "xsd:nonNegativeInteger"},
    "exact": "oa:exact",
    "party": {"@id": "chancery:party", "@type": "@id"},
    "role": "chancery:role",
    "parties": "chancery:parties",
    "status": "chancery:status",
    "datePrecision": "chancery:datePrecision",
    "rule": "chancery:rule",
    "confidence": "chancery:confidence",
    "flow": "chancery:flow",
    "claimType": "chancery:claimType",
    "qualifier": "chancery:qualifier",
    "changePercent": "chancery:changePercent",
    "trend": "chancery:trend",
    "rank": "chancery:rank",
    "rankScope": "chancery:rankScope",
    "amountUSD": "chancery:amountUSD",
    "instrumentCount": "chancery:instrumentCount",
    "office": "chancery:office",
}
_BATCH = 10_000


def write_linked(con: duckdb.DuckDBPyConnection, facts: str, path: Path) -> int:
    """Write the graph of the warehouse to ``path``; ``facts`` is the query of every fact with its words. Return the number of nodes."""
    count = 0
    with path.open("w", encoding="utf-8") as file:
        file.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')
        for node in _nodes(con, facts):
            file.write((",\n" if count else "\n") + json.dumps(_filled(node), ensure_ascii=False, default=str))
            count += 1
        file.write("\n]}\n")
    return count


def _nodes(con: duckdb.DuckDBPyConnection, facts: str) -> Iterator[Node]:
    yield from (_party(row) for row in _rows(con, "select party_code, party_type, name from main.dim_parties order by party_code"))
    yield from (_document(row) for row in _rows(con, _DOCUMENTS))
    yield from (_person(row) for row in _rows(con, "from main.dim_people order by person_id"))
    yield from (_happening(row) for row in _rows(con, _HAPPENINGS))
    yield from (_agreement(row) for row in _rows(con, _AGREEMENTS))
    for row in _rows(con, facts):
        if row["fact_kind"] == "trade_claim":
            yield _claim(row)
        yield _annotation(row)


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[Node]:
    # A cursor of its own: the rows of one query are still being read while others run.
    with con.cursor() as cursor:
        result = cursor.execute(query)
        names = [column[0] for column in result.description]
        while batch := result.fetchmany(_BATCH):
            yield from (dict(zip(names, row, strict=True)) for row in batch)


_DOCUMENTS = """
select document_id, title, publisher, author, url, published_on, language, source_path
from main.dim_documents where is_current order by published_on, document_id
"""

_HAPPENINGS = """
with
parties as (
  select engagement_id, list_sort(array_agg(struct_pack(party_code := party_code, role := role))) as parties
  from main.fct_engagement_parties group by engagement_id
),
people as (
  select engagement_id, list_sort(array_agg(person_id)) as person_ids from main.fct_engagement_people group by engagement_id
)
select facts.*, parties.parties, people.person_ids, types.description
from main.fct_engagements as facts
left join parties on parties.engagement_id = facts.engagement_id
left join people on people.engagement_id = facts.engagement_id
left join main.dim_engagement_types as types on types.engagement_type = facts.engagement_type
order by facts.engagement_id
"""

_AGREEMENTS = """
with
parties as (
  select agreement_id, list_sort(array_agg(struct_pack(party_code := party_code, role := 'signatory'))) as parties
  from main.fct_agreement_parties group by agreement_id
)
select facts.*, parties.parties
from main.fct_agreements as facts
left join parties on parties.agreement_id = facts.agreement_id
order by facts.agreement_id
"""

# schema.org says of an event only that it is planned or off; of one that took place it says nothing.
_EVENT_STATUS = {"planned": "EventScheduled", "proposed": "EventScheduled", "cancelled": "EventCancelled"}


def iri(kind: str, name: str) -> str:
    """Return the name of a thing in the graph."""
    return f"urn:chancery:{kind}:{name}"


def _filled(node: Node) -> Node:
    return {key: value for key, value in node.items() if value is not None and value != []}


def _party(row: Node) -> Node:
    kind = "Country" if row["party_type"] == "country" else "Organization"
    return {"@id": iri("party", row["party_code"]), "@type": kind, "name": row["name"], "identifier": row["party_code"]}


def _document(row: Node) -> Node:
    return {
        "@id": iri("document", row["document_id"]),
        "@type": "NewsArticle",
        "headline": row["title"],
        "publisher": {"@type": "Organization", "name": row["publisher"]} if row["publisher"] else None,
        "author": {"@type": "Person", "name": row["author"]} if row["author"] else None,
        "datePublished": row["published_on"],
        "inLanguage": row["language"],
        "url": web_address(row["url"]),
        "identifier": row["source_path"],
    }


def _person(row: Node) -> Node:
    return {
        "@id": iri("person", row["person_id"]),
        "@type": "Person",
        "name": row["name"],
        "alternateName": [alias for alias in row["aliases"] if alias != row["name"]],
        "jobTitle": row["title_text"],
        "office": row["office"],
        "affiliation": {"@id": iri("party", row["party_code"])} if row["party_code"] else None,
    }


def _parties(row: Node) -> list[Node]:
    return [{"party": iri("party", party["party_code"]), "role": party["role"]} for party in row["parties"] or []]


def _happening(row: Node) -> Node:
    status = _EVENT_STATUS.get(row["status"])
    address = {"@type": "PostalAddress", "addressLocality": row["place_name"], "addressCountry": row["place_country"]}
    return {
        "@id": iri("happening", row["engagement_id"]),
        "@type": "Event",
        "additionalType": f"chancery:{row['engagement_type']}",
        "name": row["engagement_type"],
        "description": row["description"],
        "status": row["status"],
        "eventStatus": {"@id": f"https://schema.org/{status}"} if status else None,
        "startDate": row["start_date"],
        "endDate": row["end_date"],
        "datePrecision": row["date_precision"],
        "location": {"@type": "Place", "address": _filled(address)} if row["place_name"] or row["place_country"] else None,
        "parties": _parties(row),
        "attendee": [{"@id": iri("person", person)} for person in row["person_ids"] or []],
    }


def _agreement(row: Node) -> Node:
    return {
        "@id": iri("agreement", row["agreement_id"]),
        "@type": "CreativeWork",
        "additionalType": f"chancery:{row['agreement_type']}",
        "name": row["title"] or row["agreement_type"],
        "status": row["status"],
        "startDate": row["start_date"],
        "endDate": row["end_date"],
        "datePrecision": row["date_precision"],
        "instrumentCount": row["instrument_count"],
        "parties": _parties(row),
        "releasedEvent": {"@id": iri("happening", row["engagement_id"])} if row["engagement_id"] else None,
    }


def _claim(row: Node) -> Node:
    speaker: Node | None = None
    if row["speaker_person_id"]:
        speaker = {"@id": iri("person", row["speaker_person_id"])}
    elif row["speaker_name"]:
        speaker = {"@type": "Thing", "name": row["speaker_name"]}
    return {
        "@id": iri("claim", row["fact_id"]),
        "@type": "Claim",
        "text": row["evidence_text"],
        "author": speaker,
        "appearance": {"@id": iri("document", row["document_id"])},
        "isPartOf": {"@id": iri("figure", row["subject_id"])},
        "flow": row["type"],
        "claimType": row["status"],
        "parties": _parties(row),
        "value": _money(row),
        "amountUSD": row["amount_usd"],
        "qualifier": row["qualifier"],
        "changePercent": row["change_pct"],
        "trend": row["trend"],
        "rank": row["rank"],
        "rankScope": row["rank_scope"],
        "about": row["commodity"],
        "temporalCoverage": f"{row['start_date']}/{row['end_date']}" if row["start_date"] and row["end_date"] else None,
    }


def _money(row: Node) -> Node | None:
    if row["amount"] is None:
        return None
    bounds = {"value": row["amount"]} if row["amount_high"] is None else {"minValue": row["amount"], "maxValue": row["amount_high"]}
    return {"@type": "MonetaryAmount", **bounds} | ({"currency": row["currency"]} if row["currency"] else {})


_BODIES = {"happening": "happening", "agreement": "agreement", "person": "person"}


def _annotation(row: Node) -> Node:
    body = iri("claim", row["fact_id"]) if row["fact_kind"] == "trade_claim" else iri(_BODIES[row["fact_kind"]], row["subject_id"])
    return {
        "@id": iri("evidence", f"{row['fact_kind']}:{row['fact_id']}"),
        "@type": "Annotation",
        "body": body,
        "status": row["status"],
        "rule": row["rule_id"],
        "confidence": row["confidence"],
        "target": {
            "source": iri("document", row["document_id"]),
            "selector": [
                {"@type": "TextPositionSelector", "start": row["evidence_start"], "end": row["evidence_end"]},
                {"@type": "TextQuoteSelector", "exact": row["evidence_text"]},
            ],
        },
    }
