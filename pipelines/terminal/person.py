"""A person of the register: spellings with the reason each was merged, offices seen, what they did last. For `chancery explain person`."""

from dataclasses import dataclass

import duckdb
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pipelines.terminal.published import Row, rows_of
from pipelines.terminal.tables import print_rows, shown

_LATEST = 10


class UnknownPersonError(LookupError):
    """No person answers to the name, or several do; the message names them."""


@dataclass(frozen=True, slots=True)
class PersonExplanation:
    """A person (a row of ``engagement.people_directory``) with the spellings merged and the latest happenings."""

    person: Row
    forms: tuple[Row, ...]
    happenings: tuple[Row, ...]


def explain_person(con: duckdb.DuckDBPyConnection, name: str) -> PersonExplanation:
    """Return what is known of the person that ``name`` means: a spelling, part of one, or the start of a person_id.

    Case and accents do not matter. Raises UnknownPersonError when none or several answer to it.
    """
    found = rows_of(
        con,
        """
        select *, len(list_filter(aliases, lambda alias: strip_accents(lower(alias)) = strip_accents(lower($1)))) > 0 as is_exact
        from engagement.people_directory
        where
          starts_with(person_id, $1)
          or len(list_filter(aliases, lambda alias: contains(strip_accents(lower(alias)), strip_accents(lower($1))))) > 0
        order by story_count desc, name, person_id
        """,
        [name],
    )
    candidates = [row for row in found if row["is_exact"]] or found
    if not candidates:
        raise UnknownPersonError(
            f"No person {name!r} in the register. Search: "
            'chancery query "select name, office, party_name from engagement.people_directory order by name"'
        )
    if len(candidates) > 1:
        listed = "\n".join(
            f"  {row['person_id'][:12]}  {row['name']}, {row['office']}, {row['party_name'] or 'party unknown'}" for row in candidates[:10]
        )
        more = f"\n  … and {len(candidates) - 10} more" if len(candidates) > 10 else ""
        raise UnknownPersonError(f"{len(candidates)} people answer to {name!r}; give the whole name, or the id:\n{listed}{more}")
    person_id = candidates[0]["person_id"]
    forms = rows_of(
        con,
        """
        select name_text, party_code, office, merge_reason, merged_with
        from staging.person_forms where person_id = $1 order by merge_reason is not null, name_text, office
        """,
        [person_id],
    )
    happenings = rows_of(
        con,
        f"""
        select happenings.date_label, happenings.status, happenings.engagement_type, happenings.parties, happenings.evidence_text
        from main.fct_engagement_people as members
        join engagement.happenings as happenings on happenings.engagement_id = members.engagement_id
        where members.person_id = $1
        order by happenings.dated_on desc, happenings.engagement_id
        limit {_LATEST}
        """,
        [person_id],
    )
    return PersonExplanation(candidates[0], tuple(forms), tuple(happenings))


def print_person(console: Console, explanation: PersonExplanation) -> None:
    """Print who the person is, why each spelling is theirs, and what they did last."""
    person = explanation.person
    offices = ", ".join(f"{held['office']} ({held['first_on']} to {held['last_on']})" for held in person["offices"])
    lines = [
        ("name", person["name"]),
        ("serves", person["party_name"] or person["party_code"]),
        ("office", f"former {person['office']}" if person["is_former"] else person["office"]),
        ("title", person["title_text"]),
        ("offices seen", offices),
        ("seen", f"{person['first_seen_on']} to {person['last_seen_on']}, in {shown(person['story_count'])} stories"),
        ("person_id", person["person_id"]),
    ]
    grid = Table.grid(padding=(0, 2))
    for label, value in lines:
        if value:
            grid.add_row(Text(label, style="dim"), Text(str(value)))
    console.print(grid)
    console.print("\nSpellings, and why they are one person", style="bold")
    print_rows(console, ["spelling", "party", "office", "reason"], [_form_line(form) for form in explanation.forms])
    if explanation.happenings:
        console.print("\nLatest happenings", style="bold")
        names = list(explanation.happenings[0])
        print_rows(console, names, [tuple(row.values()) for row in explanation.happenings])


def _form_line(form: Row) -> tuple[str | None, ...]:
    tied = f"{form['merge_reason']} as “{form['merged_with']}”" if form["merge_reason"] else "stands by itself"
    return form["name_text"], form["party_code"], form["office"], tied
