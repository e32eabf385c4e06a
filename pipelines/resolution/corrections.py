"""Corrections by hand: a small TOML file of merges, splits, drops and overrides, each with its reason and what it expects to find.

    [[merge]]                                   # these spellings are one person
    names = ["A. R. Khan", "Abdul Rahim Khan"]
    party_code = "PAK"
    reason = "same ambassador, see his embassy's page"

    [[split]]                                   # these are not
    names = ["Wang Wei", "Wang Wei-min"]
    party_code = "CHN"
    reason = "two spokesmen of the same years"

    [[drop]]                                    # this row says what the text does not
    table = "engagement_mentions"               # a table of staging
    id = "5f0c…"                                # its key
    expect = { engagement_type = "meeting" }    # what the row must still say
    reason = "a football match"

    [[override]]
    table = "trade_claims"
    id = "a41b…"
    expect = { currency = "USD" }
    set = { currency = "CAD" }
    reason = "the outlet writes $ for Canadian dollars"

A correction that no longer finds what it expects is reported, never skipped in silence. Dropped rows go to ``ops.rejected_rows``.
"""

import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from pipelines.schemas import TABLES

KINDS = {"merge": {"names", "party_code", "reason"}, "split": {"names", "party_code", "reason"}}
KINDS |= {"drop": {"table", "id", "expect", "reason"}, "override": {"table", "id", "expect", "set", "reason"}}
# Which steps have to look again at a document once a row of the table was corrected.
_STEPS = {
    "person_mentions": ("people",),
    "engagement_mentions": ("engagements",),
    "agreement_mentions": ("agreements",),
    "trade_claims": ("claims",),
    "cooperation_topics": ("topics",),
}


class CorrectionError(ValueError):
    """The corrections file is not well formed; the message says where and what to write."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrections of one file, checked for form."""

    entries: tuple[dict[str, Any], ...] = ()
    _joined: frozenset[tuple[frozenset[str], str]] = field(default=frozenset())
    _parted: frozenset[tuple[frozenset[str], str]] = field(default=frozenset())

    @classmethod
    def of(cls, path: Path) -> "Corrections":
        """Read the file at ``path``; no file means no corrections. Raises ``CorrectionError``."""
        if not path.exists():
            return cls()
        try:
            sections = tomllib.loads(path.read_text("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise CorrectionError(f"{path}: not valid TOML ({error}). Compare with docs/corrections.md.") from None
        entries = []
        for kind, rows in sections.items():
            if kind not in KINDS:
                raise CorrectionError(f"{path}: [[{kind}]] is no kind of correction; use one of {', '.join(sorted(KINDS))}.")
            for number, row in enumerate(rows, 1):
                missing, unknown = KINDS[kind] - row.keys(), row.keys() - KINDS[kind]
                if missing or unknown:
                    wrong = [f"lacks {key}" for key in sorted(missing)] + [f"has unknown {key}" for key in sorted(unknown)]
                    raise CorrectionError(f"{path}: [[{kind}]] number {number} {' and '.join(wrong)}.")
                if "table" in row and row["table"] not in _STEPS:
                    raise CorrectionError(f"{path}: [[{kind}]] number {number}: table must be one of {', '.join(_STEPS)}.")
                entries.append({"kind": kind, **row})
        pairs = {
            kind: frozenset((frozenset(e["names"]), e["party_code"]) for e in entries if e["kind"] == kind) for kind in ("merge", "split")
        }
        return cls(tuple(entries), pairs["merge"], pairs["split"])

    @classmethod
    def known_to(cls, con: duckdb.DuckDBPyConnection) -> "Corrections":
        """Return the merges and splits that the warehouse was last told."""
        rows = con.execute("select correction_kind, names, party_code from staging.name_corrections").fetchall()
        pairs = {
            kind: frozenset((frozenset(names), party) for is_kind, names, party in rows if is_kind == kind) for kind in ("merge", "split")
        }
        return cls((), pairs["merge"], pairs["split"])

    def names(self) -> list[str]:
        """Return every name a merge or split speaks of."""
        return sorted({name for names, _ in self._joined | self._parted for name in names})

    def joins(self, a: Any, b: Any) -> bool:
        """Return whether a correction says that forms ``a`` and ``b`` are one person."""
        return self._speaks_of(self._joined, a, b)

    def keeps_apart(self, a: Any, b: Any) -> bool:
        """Return whether a correction says that forms ``a`` and ``b`` are two people."""
        return a.name != b.name and self._speaks_of(self._parted, a, b)

    @staticmethod
    def _speaks_of(said: frozenset[tuple[frozenset[str], str]], a: Any, b: Any) -> bool:
        return any({a.name, b.name} <= names and {a.party, b.party} <= {party, ""} for names, party in said)


def learn_names(con: duckdb.DuckDBPyConnection, corrections: Corrections) -> None:
    """Keep the merges and splits in the warehouse, and put the documents that name those people, now or before, in line again."""
    con.execute(
        """
        create or replace temp table corrected_names as
        select unnest(names) as name_text from staging.name_corrections
        union
        select unnest(?::varchar[])
        """,
        [corrections.names()],
    )
    con.execute("delete from staging.name_corrections")
    for entry in corrections.entries:
        if entry["kind"] in ("merge", "split"):
            con.execute(
                "insert into staging.name_corrections values (?, ?, ?, ?)",
                [entry["kind"], entry["names"], entry["party_code"], entry["reason"]],
            )
    con.execute("""
        insert into staging.pending_documents
        select distinct document_id, 'people' from staging.person_mentions semi join corrected_names using (name_text)
        except from staging.pending_documents
    """)


def apply_corrections(con: duckdb.DuckDBPyConnection, corrections: Corrections, run_id: str) -> list[str]:
    """Drop and override rows of staging as told; return a sentence for each correction that no longer applies."""
    return [wrong for entry in corrections.entries if (wrong := _apply(con, entry, run_id))]


def _apply(con: duckdb.DuckDBPyConnection, entry: dict[str, Any], run_id: str) -> str | None:
    label = f"[[{entry['kind']}]] “{entry['reason']}”"
    if entry["kind"] in ("merge", "split"):
        known = con.execute("select distinct name_text from staging.person_mentions where list_contains(?, name_text)", [entry["names"]])
        missing = sorted(set(entry["names"]) - {name for (name,) in known.fetchall()})
        return f"{label}: no document names {', '.join(missing)} any more; remove or amend the correction." if missing else None
    table = f"staging.{entry['table']}"
    key = TABLES[entry["table"]].key[0]
    found = con.execute(f"select * from {table} where {key} = ?", [entry["id"]])
    columns = [column[0] for column in found.description or ()]
    rows = found.fetchall()
    if not rows:
        return None if _was_dropped(con, entry) else f"{label}: {table} has no row {entry['id']}; remove or amend the correction."
    values = dict(zip(columns, rows[0], strict=True))
    if entry["kind"] == "override" and _matches(values, entry["set"]):
        return None
    if not _matches(values, entry["expect"]):
        seen = {column: values.get(column) for column in entry["expect"]}
        return f"{label}: {table} row {entry['id']} now says {seen}, not {entry['expect']}; remove or amend the correction."
    if entry["kind"] == "drop":
        con.execute(
            """
            insert into ops.rejected_rows by name
            select ? as table_name, ? as document_id, 'correction' as check_name, ? as failed_value, ? as evidence_text,
                ? as row_json, now()::timestamp as rejected_at, ? as run_id
            """,
            [table, values["document_id"], entry["id"], values["evidence_text"], json.dumps(values, default=str), run_id],
        )
        con.execute(f"delete from {table} where {key} = ?", [entry["id"]])
    else:
        assignments = ", ".join(f'"{column}" = ?' for column in entry["set"])
        con.execute(f"update {table} set {assignments} where {key} = ?", [*entry["set"].values(), entry["id"]])
    for step in _STEPS[entry["table"]]:
        con.execute(
            "insert into staging.pending_documents select ?, ? except from staging.pending_documents", [values["document_id"], step]
        )
    return None


def _matches(values: dict[str, Any], expected: dict[str, Any]) -> bool:
    return all(str(values.get(column)) == str(value) for column, value in expected.items())


def _was_dropped(con: duckdb.DuckDBPyConnection, entry: dict[str, Any]) -> bool:
    dropped = con.execute(
        "select count(*) from ops.rejected_rows where check_name = 'correction' and failed_value = ?", [entry["id"]]
    ).fetchall()
    return entry["kind"] == "drop" and dropped[0][0] > 0
