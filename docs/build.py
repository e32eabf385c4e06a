"""Writes the generated parts of the documentation: the data dictionary, and the transcripts in README.md.

``python -m docs.build`` (``make docs``) writes them; ``tests/test_docs.py`` fails when they are out of date. Nothing here is written by
hand twice: tables come from ``pipelines/schemas``, views from ``sql/``, answers from the real command line on the real seeds.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from textwrap import dedent, indent

from pipelines.schemas import COLUMNS, TABLES, Table
from pipelines.settings import PROJECT
from pipelines.warehouse.ddl import described
from pipelines.warehouse.views import View, views

DICTIONARY = PROJECT / "docs" / "data-dictionary.md"
README = PROJECT / "README.md"

SCHEMAS = {
    "trade": "Views on trade, investment and finance.",
    "engagement": "Views on who deals with whom.",
    "main": "Facts and dimensions, each fact with its evidence: what the views are made from.",
    "ops": "What each run read, wrote and refused.",
    "staging": "Working tables of the pipeline. They may change; nothing should rely on them.",
}

# Asked of the seed article. Each is ordered to the last row, so that the answer is always the same.
QUESTIONS = {
    "Who met whom?": """
        select date_label, engagement_type as type, person_a, person_b, place_name
        from engagement.who_met_whom
        order by dated_on, type, person_a, person_b
    """,
    "What is ahead?": """
        select date_label, status, engagement_type as type, parties, people
        from engagement.calendar
        order by end_date, status, people
    """,
    "What was signed, and what is only agreed?": """
        select date_label, status, agreement_type as type, title
        from engagement.agreements_register
        order by status desc, title
    """,
    "What is trade worth, who says so, and in which words?": """
        select flow, figure, trend, rank, rank_scope, speaker_name, evidence_text
        from trade.claims
        order by flow desc, claim_id
    """,
    "What does the pair talk about?": """
        select party_a, party_b, string_agg(topic, ', ' order by topic) as topics
        from engagement.topics_by_pair
        group by all
        order by party_a, party_b
    """,
}

# Asked of the year of invented news that `make demo` reads.
DEMO_QUESTIONS = {
    "What was promised, and what became of it?": """
        select state, promise_type as promise, parties, promised_on, due_by, outcome_on, days_to_outcome as days
        from engagement.follow_through
        where promise_kind = 'happening'
        order by state, promised_on, due_by, parties, evidence_text
        limit 12
    """,
    "Who says what, where figures differ?": """
        select party_a as a, party_b as b, flow, figure, speakers, is_newest, spread_pct
        from trade.conflicting_claims
        order by party_a, party_b, flow, measure
    """,
    "How far is the target?": """
        select party_a as a, party_b as b, target_figure as target, due_on, actual_figure as actual, state, growth_needed_pct
        from trade.targets
        where actual_figure is not null
        order by due_on, party_a, party_b
    """,
}


def dictionary() -> str:
    """Return the data dictionary: every table, view and column of the warehouse."""
    lines = [
        "# Data dictionary",
        "",
        "Every table, view and column of the warehouse. The same words stand in the database: `comment` in `duckdb_tables()`,",
        "`duckdb_views()` and `duckdb_columns()`. Closed lists are those of the [glossary](glossary.md). `make docs` writes this page.",
        "",
    ]
    for schema, purpose in SCHEMAS.items():
        lines += [f"- [`{schema}`](#{schema}): {purpose}"]
    for schema, purpose in SCHEMAS.items():
        lines += ["", f"## {schema}", "", purpose]
        for view in sorted((view for view in views() if view.schema == schema), key=lambda view: view.name):
            lines += _view(view)
        for table in (table for table in TABLES.values() if table.schema == schema):
            lines += _table(table)
    return "\n".join(lines) + "\n"


def _view(view: View) -> Iterator[str]:
    yield from ("", f"### {view.address}", "", _cell(view.description), "", "| column | type | meaning |", "|---|---|---|")
    for name, column in view.columns.items():
        yield f"| {name} | {column.sql_type.lower()} | {_cell(column.description)} |"


def _table(table: Table) -> Iterator[str]:
    key = f" Key: {', '.join(table.key)}." if table.key else ""
    yield from (
        "",
        f"### {table.address}",
        "",
        f"{_cell(table.description)}{key}",
        "",
        "| column | type | null | meaning |",
        "|---|---|---|---|",
    )
    for name in table.columns:
        null = "" if name in table.required else "yes"
        yield f"| {name} | {COLUMNS[name].sql_type.lower()} | {null} | {_cell(described(COLUMNS[name]))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<", "&lt;")


def transcript(warehouse: Path, questions: Mapping[str, str]) -> str:
    """Return what the command line answers to ``questions``, as Markdown."""
    return "\n".join(f"**{question}**\n\n{_answer(warehouse, sql)}" for question, sql in questions.items())


def _answer(warehouse: Path, sql: str) -> str:
    environment = os.environ | {"COLUMNS": "110", "NO_COLOR": "1", "CHANCERY_WAREHOUSE": str(warehouse)}
    command = [sys.executable, "-m", "pipelines.cli", "query", sql]
    answer = subprocess.run(command, env=environment, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    asked = indent(dedent(sql).strip(), "    ").strip()
    lines = [line.rstrip() for line in answer.splitlines()]
    return f'```console\n$ chancery query "{asked}"\n' + "\n".join(line for line in lines if line) + "\n```\n"


def refresh(arguments: list[str]) -> None:
    """Run ``chancery refresh`` with ``arguments``; raises RuntimeError with what it said when it fails."""
    command = [sys.executable, "-m", "pipelines.cli", "refresh", *arguments]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"chancery refresh {' '.join(arguments)}: {done.stderr}")


def demo_warehouse(folder: Path) -> Path:
    """Make the warehouse of ``make demo`` in ``folder`` and return its file."""
    seeds, warehouse = folder / "seeds", folder / "demo.duckdb"
    subprocess.run([sys.executable, "-m", "tests.scenario", str(seeds)], cwd=PROJECT, capture_output=True, check=True)
    refresh(["--seeds", str(seeds), "--warehouse", str(warehouse)])
    return warehouse


def with_passage(text: str, name: str, passage: str) -> str:
    """Return ``text`` with what stands between the marks of ``name`` replaced; raises ValueError where they are missing."""
    begin, end = f"<!-- {name}: written by make docs -->\n", f"<!-- end of {name} -->"
    if begin not in text or end not in text:
        raise ValueError(f"no passage {name!r}: expected the lines {begin.strip()} and {end}")
    before, rest = text.split(begin, 1)
    return f"{before}{begin}\n{passage}\n{end}{rest.split(end, 1)[1]}"


def readme(text: str, seed: Path, demo: Path) -> str:
    """Return README with its transcripts as the warehouses ``seed`` and ``demo`` give them."""
    text = with_passage(text, "questions", transcript(seed, QUESTIONS))
    return with_passage(text, "demo", transcript(demo, DEMO_QUESTIONS))


def main() -> None:
    """Write everything that is generated."""
    DICTIONARY.write_text(dictionary(), "utf-8")
    with tempfile.TemporaryDirectory() as name:
        seed = Path(name) / "seed.duckdb"
        refresh(["--warehouse", str(seed)])
        README.write_text(readme(README.read_text("utf-8"), seed, demo_warehouse(Path(name))), "utf-8")


if __name__ == "__main__":
    main()
