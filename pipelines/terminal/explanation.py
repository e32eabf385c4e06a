"""A document with the facts read from it: which words gave which codes by which rule. How it is shown is in ``explained.py``."""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

import duckdb

from pipelines.terminal.published import Row, rows_of

Codes = tuple[tuple[str, str], ...]


class UnknownDocumentError(LookupError):
    """No document answers to the name, or several do; the message names them."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact with its evidence (code points of the body) and its codes, ready to be read: ``kind`` is the table it stands in."""

    number: int
    kind: str
    start: int
    end: int
    evidence: str
    codes: Codes
    rule_id: str | None


@dataclass(frozen=True, slots=True)
class Segment:
    """Words of the body under the same evidence: ``facts`` mark them, ``closing`` end with them."""

    text: str
    facts: tuple[Fact, ...]
    closing: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """A document and its facts in reading order."""

    document: Row
    facts: tuple[Fact, ...]


def explain_document(con: duckdb.DuckDBPyConnection, name: str) -> Explanation:
    """Return the facts of the document that ``name`` means: the start of an id, a path in seeds/, or a file's name.

    Raises UnknownDocumentError when none or several answer to it.
    """
    document = _find(con, name)
    found = [fact for read in _READERS for fact in read(con, document["document_id"])]
    found.sort(key=lambda fact: (fact.start, -fact.end, fact.kind))
    facts = tuple(
        Fact(number, fact.kind, fact.start, fact.end, fact.evidence, fact.codes, fact.rule_id) for number, fact in enumerate(found, 1)
    )
    return Explanation(document, facts)


def segments(body: str, facts: tuple[Fact, ...]) -> Iterator[Segment]:
    """Cut ``body`` where evidence begins or ends; the pieces together are the body."""
    cuts = sorted({0, len(body), *(fact.start for fact in facts), *(fact.end for fact in facts)})
    waiting = deque(sorted(facts, key=lambda fact: fact.start))
    over: list[Fact] = []
    for start, end in pairwise(cuts):
        over = [fact for fact in over if fact.end > start]
        while waiting and waiting[0].start == start:
            over.append(waiting.popleft())
        yield Segment(body[start:end], tuple(over), tuple(fact for fact in over if fact.end == end))


def _find(con: duckdb.DuckDBPyConnection, name: str) -> Row:
    path = PurePath(name)
    beside_seeds = PurePath(*path.parts[path.parts.index("seeds") + 1 :]) if "seeds" in path.parts else path
    found = rows_of(
        con,
        """
        select *, source_path in ($name, $path) or list_has_any(source_paths, [$name, $path]) as is_exact
        from main.dim_documents
        where
          starts_with(document_id, $name)
          or list_has_any(source_paths || [source_path], [$name, $path])
          or len(list_filter(source_paths || [source_path], lambda held: ends_with('/' || held, '/' || $path))) > 0
        order by is_current desc, published_on desc, document_id
        """,
        {"name": name, "path": beside_seeds.as_posix()},  # type: ignore[arg-type]
    )
    candidates = [row for row in found if row["is_current"]] or found
    candidates = [row for row in candidates if row["is_exact"]] or candidates
    if not candidates:
        raise UnknownDocumentError(
            f"No document {name!r} in the warehouse. Give the start of a document_id or a path in seeds/: "
            'chancery query "select document_id, source_path, title from main.dim_documents"'
        )
    if len(candidates) > 1:
        listed = "\n".join(f"  {row['document_id'][:12]}  {row['published_on']}  {row['source_path']}" for row in candidates[:10])
        more = f"\n  … and {len(candidates) - 10} more" if len(candidates) > 10 else ""
        raise UnknownDocumentError(f"{len(candidates)} documents answer to {name!r}; give one by its id:\n{listed}{more}")
    return candidates[0]


def _codes(**values: object) -> Codes:
    return tuple((label.replace("_", " "), str(value)) for label, value in values.items() if value not in (None, "", []))


def _fact(kind: str, row: Row, codes: Codes) -> Fact:
    return Fact(0, kind, row["evidence_start"], row["evidence_end"], row["evidence_text"], codes, row.get("rule_id"))


def _interval(row: Row, first: str = "start_date", last: str = "end_date", precision: str = "date_precision") -> str | None:
    if row[first] is None and row[last] is None:
        return None
    days = f"{row[first]}" if row[first] == row[last] else f"{row[first] or '…'} to {row[last] or '…'}"
    return f"{days} ({row[precision]})"


def _engagements(con: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Fact]:
    query = """
        select
          mentions.*,
          (
            select string_agg(case role when 'participant' then party_code else party_code || ' ' || role end, ', ' order by party_code)
            from main.fct_engagement_parties as parties where parties.engagement_id = mentions.engagement_id
          ) as parties,
          (
            select string_agg(names.name, ', ' order by names.name)
            from main.fct_engagement_people as people join main.dim_people as names using (person_id)
            where people.engagement_id = mentions.engagement_id
          ) as people
        from main.fct_engagement_mentions as mentions
        where document_id = $1
    """
    for row in rows_of(con, query, [document_id]):
        place = ", ".join(filter(None, (row["place_name"], row["place_country"]))) or None
        yield _fact(
            "engagement",
            row,
            _codes(
                type=row["engagement_type"],
                status=row["status"],
                date=_interval(row),
                date_words=row["date_text"],
                date_method=row["date_method"],
                parties=row["parties"],
                people=row["people"],
                place=place,
            ),
        )


def _agreements(con: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Fact]:
    query = """
        select
          mentions.*,
          (
            select string_agg(party_code, ', ' order by party_code)
            from main.fct_agreement_parties as parties where parties.agreement_id = mentions.agreement_id
          ) as parties
        from main.fct_agreement_mentions as mentions
        where document_id = $1
    """
    for row in rows_of(con, query, [document_id]):
        yield _fact(
            "agreement",
            row,
            _codes(
                type=row["agreement_type"],
                status=row["status"],
                title=row["title"],
                count=row["instrument_count"] if row["instrument_count"] != 1 else None,
                date=_interval(row),
                date_words=row["date_text"],
                parties=row["parties"],
            ),
        )


def _claims(con: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Fact]:
    for row in rows_of(con, "select * from main.fct_trade_claims where document_id = $1", [document_id]):
        amount = None
        if row["amount"] is not None:
            upper = f" to {row['amount_high']:,.0f}" if row["amount_high"] is not None else ""
            qualifier = "" if row["qualifier"] == "exact" else f"{row['qualifier'].replace('_', ' ')} "
            amount = f"{qualifier}{row['currency'] or ''} {row['amount']:,.0f}{upper}".strip()
        pair = " → ".join(filter(None, (row["reporter_code"], row["partner_code"])))
        yield _fact(
            "trade claim",
            row,
            _codes(
                flow=row["flow"],
                claim=row["claim_type"],
                pair=pair.replace(" → ", "–") if row["flow"] == "total" else pair,
                amount=amount,
                in_US_dollars=f"{row['amount_usd']:,.0f}" if row["amount_usd"] and row["currency"] != "USD" else None,
                change=f"{row['change_pct']:g} %" if row["change_pct"] is not None else None,
                trend=row["trend"],
                rank=row["rank"],
                among=row["rank_scope"],
                goods=row["commodity"],
                period=_interval(row, "period_start", "period_end", "period_precision"),
                period_words=row["period_text"],
                speaker=row["speaker_name"],
            ),
        )


def _people(con: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Fact]:
    query = """
        select mentions.*, people.name
        from main.fct_person_mentions as mentions left join main.dim_people as people using (person_id)
        where mentions.document_id = $1
    """
    for row in rows_of(con, query, [document_id]):
        office = f"former {row['office']}" if row["is_former"] else row["office"]
        known_as = row["name"] if row["name"] != row["name_text"] else None
        yield _fact(
            "person",
            row,
            _codes(name=row["name_text"], in_the_register=known_as, office=office, title=row["title_text"], serves=row["party_code"]),
        )


def _topics(con: duckdb.DuckDBPyConnection, document_id: str) -> Iterator[Fact]:
    for row in rows_of(con, "select * from main.fct_cooperation_topics where document_id = $1", [document_id]):
        yield _fact("topic", row, _codes(topic=row["topic"], pair=f"{row['party_a']}–{row['party_b']}"))


_READERS: tuple[Callable[[duckdb.DuckDBPyConnection, str], Iterator[Fact]], ...] = (_engagements, _agreements, _claims, _people, _topics)
