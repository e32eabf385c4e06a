"""The same person across documents and spellings.

A *form* is a name as spelled, with the party and office it was met with. Forms of one person are those whose names are alike
(``names.py``), whose parties agree and whose offices can be of one life (``office_tracks.toml``). Only forms that share a block with a
new form are looked at again, so a refresh costs what is new. ``staging.person_forms`` keeps every form with the reason of its merge.
"""

import tomllib
from collections import defaultdict
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple

import duckdb
import pandas as pd

from pipelines.resolution.clusters import clusters
from pipelines.resolution.corrections import Corrections
from pipelines.resolution.ids import stable_id
from pipelines.resolution.names import blocks, folded, likeness
from pipelines.schemas.columns import COLUMNS

LEADERS = ("head_of_state", "head_of_government")
_STRENGTH = {"correction": 5, "same words": 4, "other spelling": 3, "fewer names": 2, "initials": 1}


class Form(NamedTuple):
    """A spelling with its party ("" for none) and office."""

    name: str
    party: str
    office: str


class Merge(NamedTuple):
    """Where a form belongs: its person's forms, and which form it was tied to, for what reason."""

    person: tuple[Form, ...]
    reason: str | None
    merged_with: str | None


@cache
def _tracks() -> tuple[frozenset[str], ...]:
    tracks = tomllib.loads(Path(__file__).with_name("office_tracks.toml").read_text("utf-8"))
    return tuple(frozenset(offices) for offices in tracks.values())


@cache
def offices_agree(a: str, b: str) -> bool:
    """Return whether one person may hold both offices in one life."""
    return a == b or "other" in (a, b) or any(a in track and b in track for track in _tracks())


def _tie(a: Form, b: Form, corrections: Corrections) -> str | None:
    """Return why the two forms are one person, None if nothing says so."""
    if corrections.keeps_apart(a, b):
        return None
    if corrections.joins(a, b):
        return "correction"
    if a.party != b.party and a.party and b.party and not _is_the_same_leader(a, b):
        return None
    if not offices_agree(a.office, b.office):
        return None
    reason = likeness(a.name, b.name)
    # Without a country on both sides only the very same name counts.
    return reason if a.party == b.party or reason == "same words" else None


def _is_the_same_leader(a: Form, b: Form) -> bool:
    """Return whether the country told apart is a slip: no two countries are led at one time by people of one full name."""
    return a.office == b.office and a.office in LEADERS and len(folded(a.name)) > 1 and likeness(a.name, b.name) == "same words"


def merge_forms(forms: list[Form], corrections: Corrections) -> dict[Form, Merge]:
    """Return for every form the person it belongs to; the outcome depends on the set of forms alone."""
    forms = sorted(forms)
    ties = {pair: reason for pair in _candidates(forms) if (reason := _tie(*pair, corrections))}
    strong = [(_STRENGTH[reason], a, b) for (a, b), reason in ties.items() if reason != "single name"]
    people = clusters(forms, strong, _conflict(corrections))
    home = {form: index for index, person in enumerate(people) for form in person}
    # A single name joins a person only where it can be no other.
    homes: dict[Form, set[int]] = defaultdict(set)
    for (a, b), reason in ties.items():
        if reason == "single name":
            short, full = sorted((a, b), key=lambda form: (len(folded(form.name)), form))
            homes[short].add(home[full])
    attached = {home[short]: min(found) for short, found in homes.items() if len(found) == 1 and home[short] not in found}
    joined: dict[int, list[Form]] = defaultdict(list)
    for index, person in enumerate(people):
        joined[attached.get(index, index)] += person
    return {form: Merge(tuple(sorted(person)), *_reason(form, person, ties)) for person in joined.values() for form in person}


def _candidates(forms: list[Form]) -> set[tuple[Form, Form]]:
    by_block: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        for block in blocks(form.name):
            by_block[block].append(form)
    return {(a, b) for group in by_block.values() for i, a in enumerate(group) for b in group[i + 1 :]}


def _are_of_two_countries(a: Form, b: Form) -> bool:
    slip = a.office == b.office and a.office in LEADERS and likeness(a.name, b.name) not in (None, "single name")
    return bool(a.party and b.party) and a.party != b.party and not slip


def _conflict(corrections: Corrections) -> Callable[[list[Form], list[Form]], bool]:
    def conflict(first: list[Form], second: list[Form]) -> bool:
        return any(
            not offices_agree(a.office, b.office) or corrections.keeps_apart(a, b) or _are_of_two_countries(a, b)
            for a in first
            for b in second
        )

    return conflict


def _reason(form: Form, person: list[Form], ties: dict[tuple[Form, Form], str]) -> tuple[str | None, str | None]:
    reasons = [
        (_STRENGTH.get(reason, 0), reason, other.name)
        for other in person
        if other != form and (reason := ties.get((min(form, other), max(form, other))))
    ]
    return max(reasons)[1:] if reasons else (None, None)


# ---------------------------------------------------------------------------------------------- tables


def resolve_people(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Bring ``dim_people`` and ``fct_person_mentions`` up to date with the pending documents; return what was done.

    Documents whose people turn out to be someone else than before are put in line for the steps that name people.
    """
    corrections = Corrections.known_to(con)
    con.execute("create or replace temp table changed as select document_id from staging.pending_documents where step = 'people'")
    _load_forms(con, corrections)
    keys = _changed_blocks(con)
    if keys:
        _merge_changed_forms(con, keys, corrections)
        _write_mentions(con)
        _write_people(con)
    con.execute("delete from staging.pending_documents where step = 'people'")
    return {"people": con.execute("select count(*) from main.dim_people").fetchall()[0][0]}


def _load_forms(con: duckdb.DuckDBPyConnection, corrections: Corrections) -> None:
    """Collect the forms that the changed documents have now or had before, and those a correction speaks of."""
    con.execute(
        """
        create or replace temp table changed_forms as
        select distinct name_text, coalesce(party_code, '') as party_code, office
        from (
            select name_text, party_code, office from staging.person_mentions where document_id in (from changed)
            union all
            select name_text, party_code, office from main.fct_person_mentions where document_id in (from changed)
            union all
            select name_text, party_code, office from staging.person_forms where list_contains($corrected, name_text)
        )
        """,
        {"corrected": corrections.names()},
    )


def _changed_blocks(con: duckdb.DuckDBPyConnection) -> list[str]:
    names = con.execute("select distinct name_text from changed_forms").fetchall()
    return sorted({block for (name,) in names for block in blocks(name)})


def _merge_changed_forms(con: duckdb.DuckDBPyConnection, keys: list[str], corrections: Corrections) -> None:
    con.execute("create or replace temp table touched_blocks as select unnest(?::varchar[]) as block", [keys])
    con.execute("""
        create or replace temp table touched_people as
        select distinct person_id from staging.person_forms
        where list_has_any(name_blocks, (select list(block) from touched_blocks))
    """)
    known = con.execute("""
        select name_text, coalesce(party_code, ''), office from staging.person_forms where person_id in (from touched_people)
        union
        select name_text, party_code, office from changed_forms
    """).fetchall()
    con.register("known_forms", _frame([Form(*row) for row in known], ["name_text", "party_code", "office"]))
    # A form lives as long as some document has it; the earliest of a person's documents gives the person's id.
    living = con.execute("""
        select m.name_text, coalesce(m.party_code, '') as party, m.office, min((d.published_on, d.document_id))
        from staging.person_mentions m
        join known_forms k on k.name_text = m.name_text and k.party_code = coalesce(m.party_code, '') and k.office = m.office
        join main.dim_documents d using (document_id)
        group by all
    """).fetchall()
    con.unregister("known_forms")
    first = {Form(*row[:3]): row[3] for row in living}
    merged = merge_forms(list(first), corrections)
    rows = []
    for form, merge in merged.items():
        origin = min((first[member], member) for member in merge.person)
        (_, document), member = origin
        person = stable_id("person", document, member.name, member.party)
        rows.append((*form, blocks(form.name), person, merge.reason, merge.merged_with))
    columns = ["name_text", "party_code", "office", "name_blocks", "person_id", "merge_reason", "merged_with"]
    con.register("new_forms", _frame(rows, columns))
    con.execute("delete from staging.person_forms where person_id in (from touched_people)")
    con.execute("""
        insert into staging.person_forms by name
        select name_text, nullif(party_code, '') as party_code, office, name_blocks, person_id, merge_reason, merged_with from new_forms
    """)
    con.execute("""
        create or replace temp table changed_people as
        select person_id from new_forms union from touched_people
    """)
    con.unregister("new_forms")


def _frame(rows: list, columns: list[str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns)


def _write_mentions(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("""
        create or replace temp table new_mentions as
        select m.document_id, f.person_id, min_by(struct_pack(
            name_text := m.name_text, title_text := m.title_text, office := m.office, party_code := m.party_code, is_former := m.is_former,
            evidence_text := m.evidence_text, evidence_start := m.evidence_start, evidence_end := m.evidence_end), m.evidence_start) as m
        from staging.person_mentions m
        join staging.person_forms f
            on f.name_text = m.name_text and f.office = m.office and f.party_code is not distinct from m.party_code
        where f.person_id in (from changed_people)
        group by all
    """)
    # Whoever names these people in other tables has to look again where a person's id has changed.
    con.execute("""
        insert into staging.pending_documents by name
        select distinct document_id, step
        from (
            select document_id, person_id from main.fct_person_mentions where person_id in (from changed_people)
            except
            select document_id, person_id from new_mentions
        )
        cross join (values ('engagements'), ('claims')) as steps (step)
        where document_id in (select document_id from main.dim_documents where is_current)
        except
        select document_id, step from staging.pending_documents
    """)
    con.execute("""
        delete from main.fct_person_mentions
        where person_id in (from changed_people) or document_id in (from changed)
    """)
    con.execute("insert into main.fct_person_mentions by name select document_id, person_id, unnest(m) from new_mentions")


def _write_people(con: duckdb.DuckDBPyConnection) -> None:
    con.execute("create or replace temp table people_before as from main.dim_people where person_id in (from changed_people)")
    con.execute("delete from main.dim_people where person_id in (from changed_people)")
    con.execute(
        """
        insert into main.dim_people by name
        with mentions as (
            select f.person_id, m.*, d.published_on, coalesce(d.duplicate_of, d.document_id) as story
            from staging.person_mentions m
            join staging.person_forms f
                on f.name_text = m.name_text and f.office = m.office and f.party_code is not distinct from m.party_code
            join main.dim_documents d using (document_id)
            where f.person_id in (from changed_people)
        ),
        spellings as (
            select person_id, name_text, count(distinct story) as uses from mentions group by all
        ),
        names as (
            select
                person_id,
                arg_max(name_text, (uses, length(name_text), name_text)) as name,
                list(name_text order by name_text) as aliases
            from spellings
            group by all
        ),
        lives as (
            select
                person_id,
                min(published_on) as first_seen_on,
                max(published_on) as last_seen_on,
                count(distinct story) as document_count,
                mode(party_code order by party_code) as party_code,
                max_by(
                    struct_pack(office := office, title_text := title_text),
                    (not is_former, published_on, -list_position($offices, office), document_id)
                ) as latest
            from mentions
            group by all
        )
        select
            person_id, name, aliases, party_code, latest.office, latest.title_text, first_seen_on, last_seen_on, document_count
        from names
        join lives using (person_id)
        """,
        {"offices": list(COLUMNS["office"].values or ())},
    )
    # Happenings are shown with names, and figures weigh by who gives them, so what is gathered of them is to be gathered anew.
    con.execute("""
        insert into staging.stale_aggregates
        select members.engagement_id
        from main.fct_engagement_people as members
        join people_before as before using (person_id)
        join main.dim_people as people using (person_id)
        where people.name <> before.name
        union
        select claims.reporter_code || '|' || claims.partner_code || '|' || claims.flow as series
        from main.fct_trade_claims as claims
        join people_before as before on before.person_id = claims.speaker_person_id
        join main.dim_people as people on people.person_id = before.person_id
        where people.office is distinct from before.office and series is not null
    """)
