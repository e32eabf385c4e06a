"""The register that the pipeline makes of a year of news, against the one a careful archivist makes."""

from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import duckdb
import pytest

from pipelines.refresh import refresh
from tests.scenario import Label, labels, write_seeds

# What a label's first word allows the engine to call the happening.
TYPES = {
    "visit": {"visit"},
    "meet": {"meeting", "talks"},
    "sign": {"signing"},
    "pledge": {"commitment"},
    "request": {"request"},
    "call": {"call", "request"},
    "train": {"cooperation"},
    "ease": {"concession", "cooperation"},
    "sanction": {"sanction"},
    "protest": {"protest"},
    "aid": {"aid"},
    "summit": {"summit"},
    "talks": {"talks"},
}


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder: Path = tmp_path_factory.mktemp("scenario")
    write_seeds(folder / "seeds")
    outcome = refresh(folder / "seeds", folder / "warehouse.duckdb", workers=1)
    assert outcome.succeeded, outcome.problems
    with duckdb.connect(str(folder / "warehouse.duckdb"), read_only=True) as con:
        yield con


def identity(con: duckdb.DuckDBPyConnection, label: Label) -> str | None:
    """Return the id that the register gives to the happening told in the words of ``label``."""
    kind = label.name.split("-")[0]
    noun = "agreement" if kind == "treaty" else "engagement"
    rows = con.execute(
        f"""
        select m.{noun}_id, m.{noun}_type, least(m.evidence_end, place + length($words)) - greatest(m.evidence_start, place) as shared
        from (
            select document_id, position($words in body) - 1 as place
            from dim_documents where list_contains(source_paths, $path) and is_current
        ) d
        join fct_{noun}_mentions m using (document_id)
        where place >= 0 and shared > 0
        order by shared desc, 1
        """,
        {"words": label.words, "path": label.document},
    ).fetchall()
    return next((row[0] for row in rows if noun == "agreement" or row[1] in TYPES[kind]), None)


def superseded(con: duckdb.DuckDBPyConnection, document: str) -> bool:
    return not con.execute("select count(*) from dim_documents where list_contains(source_paths, ?) and is_current", [document]).fetchall()[
        0
    ][0]


def test_mentions_are_linked_as_an_archivist_links_them(register: duckdb.DuckDBPyConnection) -> None:
    told = [(label, identity(register, label)) for label in labels() if not superseded(register, label.document)]
    right = {(a, b) for (a, _), (b, _) in combinations(told, 2) if a.name == b.name}
    found = {(a, b) for (a, x), (b, y) in combinations(told, 2) if x is not None and x == y}
    missed = [f"not linked: {a.document}: {a.words} ~ {b.document}: {b.words}" for a, b in sorted(right - found, key=str)]
    wrong = [f"wrongly linked: {a.document}: {a.words} ~ {b.document}: {b.words}" for a, b in sorted(found - right, key=str)]
    f1 = 2 * len(right & found) / (len(right) + len(found))
    assert f1 >= 0.95, "\n".join([f"F1 {f1:.3f}", *missed, *wrong])


@pytest.mark.parametrize(
    ("name", "party", "office"),
    [
        ("Daniyar Seitkali", "KAZ", "foreign_minister"),
        ("Yerlan Beketov", "KAZ", "head_of_state"),
        ("Tamer Sabry", "EGY", "foreign_minister"),
        ("Jaber Al Mannai", "QAT", "foreign_minister"),
        ("Marek Zielinski", "POL", "ambassador"),
    ],
)
def test_spellings_of_one_person_are_one(register: duckdb.DuckDBPyConnection, name: str, party: str, office: str) -> None:
    rows = register.execute("select party_code, office from dim_people where list_contains(aliases, ?)", [name]).fetchall()
    assert rows == [(party, office)]
    spellings = register.execute("select len(aliases) from dim_people where list_contains(aliases, ?)", [name]).fetchall()
    assert spellings[0][0] >= 2


def test_no_two_people_are_merged(register: duckdb.DuckDBPyConnection) -> None:
    countries = register.execute("""
        select list_sort(list(distinct party_code)) from dim_people where list_has_any(aliases, ['Mohamed Ali', 'Mohammed Ali'])
    """).fetchall()
    assert countries == [(["SDN", "SOM"],)]
    mixed = register.execute("""
        select person_id, list(distinct party_code) from fct_person_mentions
        where party_code is not null and office not in ('head_of_state', 'head_of_government')
        group by all having count(distinct party_code) > 1
    """).fetchall()
    assert mixed == []


def test_a_copy_is_one_story_of_two_publishers(register: duckdb.DuckDBPyConnection) -> None:
    rows = register.execute(
        "select count(*) from dim_documents where duplicate_of is not null and title = 'Kazakh president due next month'"
    )
    assert rows.fetchall() == [(1,)]


@pytest.mark.parametrize("path", ["58-a-dry-dock-on-fire.md", "59-n-rain-stops-play.md"])
def test_other_news_codes_to_nothing(register: duckdb.DuckDBPyConnection, path: str) -> None:
    for table in ("fct_engagement_mentions", "fct_agreement_mentions", "fct_trade_claims"):
        rows = register.execute(
            f"from {table} semi join (from dim_documents where list_contains(source_paths, ?)) using (document_id)", [path]
        )
        assert rows.fetchall() == []


@pytest.mark.parametrize(
    ("pair", "promise", "said", "state"),
    [
        (("KAZ", "PAK"), "visit", "2024-10-07", "done"),
        (("BRA", "NGA"), "visit", "2024-10-15", "slipped"),
        (("BRA", "NGA"), "visit", "2024-11-28", "done"),
        (("AUS", "IDN"), "treaty", "2024-12-05", "done"),
        (("AUS", "IDN"), "signing", "2025-04-10", "done"),
        (("CHN", "NPL"), "protocol", "2025-01-09", "overdue"),
        (("MWI", "NOR"), "commitment", "2024-11-20", "done"),
        (("KEN", "NLD"), "commitment", "2025-05-19", "open"),
        (("KEN", "UGA"), "visit", "2025-06-03", "done"),
        (("KAZ", "PAK"), "visit", "2025-09-15", "open"),
    ],
)
def test_promises_are_followed_up(register: duckdb.DuckDBPyConnection, pair: tuple[str, str], promise: str, said: str, state: str) -> None:
    rows = register.execute(
        "select state from engagement.follow_through where (party_a, party_b) = (?, ?) and promise_type = ? and promised_on = ?::date",
        [*pair, promise, said],
    )
    assert rows.fetchall() == [(state,)]
