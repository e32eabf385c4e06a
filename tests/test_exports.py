"""Files for other tools hold what the register knows, in the columns those tools expect, and no guess."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.cli import Export
from pipelines.exports import FORMATS, write_exports
from pipelines.exports.calendar import folded
from pipelines.exports.files import QUERIES
from pipelines.exports.linked import CONTEXT
from pipelines.extraction import lexicon
from pipelines.settings import PROJECT
from pipelines.warehouse.aggregates import write_aggregates
from tests.made_register import BODIES, evidence, fill, warehouse_with_views
from tests.sql.cases import insert

_ACTOR = "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code"
_PLACE = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID"
_ACT = "IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone"
_DAY = "GLOBALEVENTID SQLDATE MonthYear Year FractionDate"
GDELT = [
    *_DAY.split(),
    *(f"Actor{number}{part}" for number in (1, 2) for part in _ACTOR.split()),
    *_ACT.split(),
    *(f"{place}Geo_{part}" for place in ("Actor1", "Actor2", "Action") for part in _PLACE.split()),
    "DATEADDED",
    "SOURCEURL",
]
_POLECAT = """
Event ID,Event Date,Event Type,Event Mode,Intensity,Quad Code,Contexts
Actor Name,Actor Country,Actor COW,Primary Actor Sector,Actor Sectors,Actor Title,Actor Name Raw,Wikipedia Actor ID
Recipient Name,Recipient Country,Recipient COW,Primary Recipient Sector,Recipient Sectors,Recipient Title,Recipient Name Raw
Wikipedia Recipient ID,Placename,City,District,Province,Country,Latitude,Longitude,GeoNames ID,Raw Placename,Feature Type
Source,Publication Date,Story People,Story Organizations,Story Locations,Language,Version
"""
POLECAT = [name for line in _POLECAT.strip().splitlines() for name in line.split(",")]


@pytest.fixture(scope="module")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse_with_views() as filled:
        fill(filled)
        _add_summit(filled)
        yield filled


def _add_summit(con: duckdb.DuckDBPyConnection) -> None:
    """Add a summit of an organisation and two states, a criticism with two targets, and a remark."""
    words = "Amina Otieno met Lars Berg"
    for key, kind, parties in (
        ("e4", "summit", {"ASEAN": "participant", "IDN": "participant", "ROU": "participant"}),
        ("e5", "criticism", {"KEN": "source", "NOR": "target", "SWE": "target"}),
        ("e6", "statement", {"KEN": "source"}),
    ):
        dated = {"status": "occurred", "start_date": None, "end_date": None, "date_precision": "unknown"}
        row = {"engagement_id": key, "engagement_type": kind} | dated
        insert(con, "main.fct_engagements", [row | {"place_country": "USA" if key == "e4" else None}])
        insert(con, "main.fct_engagement_mentions", [row | {"mention_id": f"m{key}"} | evidence("d2", words)])
        insert(
            con, "main.fct_engagement_parties", [{"engagement_id": key, "party_code": code, "role": role} for code, role in parties.items()]
        )
        con.execute("insert into staging.stale_aggregates values (?)", [key])
    write_aggregates(con)


@pytest.fixture(scope="module")
def folder(con: duckdb.DuckDBPyConnection, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "deep"
    counts = write_exports(con, folder)
    assert {path.name for path in folder.iterdir()} == set(counts)
    return folder


def records(folder: Path, name: str) -> list[dict]:
    with duckdb.connect() as reader:
        table = reader.sql(f"from '{folder / name}'").to_arrow_table()
    return table.to_pylist()


def known(row: dict) -> dict:
    return {name: value for name, value in row.items() if value is not None}


def test_gdelt_has_its_columns_in_its_order(folder: Path) -> None:
    assert len(GDELT) == 61
    assert list(records(folder, "gdelt_events.parquet")[0]) == GDELT
    assert (folder / "gdelt_events.csv").read_text("utf-8").partition("\n")[0].split(",") == GDELT


def test_a_meeting_as_gdelt_has_it(folder: Path) -> None:
    (row,) = [row for row in records(folder, "gdelt_events.parquet") if row["EventCode"] == "040" and row["SQLDATE"]]
    assert row["GLOBALEVENTID"] > 0
    assert known(row) == {
        "GLOBALEVENTID": row["GLOBALEVENTID"],
        "SQLDATE": 20250902, "MonthYear": 202509, "Year": 2025, "FractionDate": 2025.7452,
        "Actor1Code": "KENGOV", "Actor1Name": "KENYA", "Actor1CountryCode": "KEN", "Actor1Type1Code": "GOV",
        "Actor2Code": "NORGOV", "Actor2Name": "NORWAY", "Actor2CountryCode": "NOR", "Actor2Type1Code": "GOV",
        "IsRootEvent": 1, "EventCode": "040", "EventBaseCode": "040", "EventRootCode": "04", "QuadClass": 1, "GoldsteinScale": 1.0,
        "NumMentions": 1, "NumSources": 1, "NumArticles": 1,
        "ActionGeo_Type": 4, "ActionGeo_FullName": "Oslo, Norway", "ActionGeo_CountryCode": "NO", "ActionGeo_Lat": 59.91,
        "ActionGeo_Long": 10.75, "DATEADDED": 20250906095900, "SOURCEURL": "https://fjord.example/meet",
    }  # fmt: skip


def test_a_month_is_no_day(folder: Path) -> None:
    (aid,) = [row for row in records(folder, "gdelt_events.parquet") if row["EventCode"] == "070"]
    assert (aid["SQLDATE"], aid["MonthYear"], aid["Year"], aid["FractionDate"]) == (None, 202508, 2025, None)
    assert (aid["Actor1Code"], aid["Actor2Code"], aid["IsRootEvent"]) == ("NOR", "KEN", 0)


def test_who_acts_stands_first_and_groups_fall_into_pairs(folder: Path) -> None:
    rows = records(folder, "gdelt_events.parquet")
    pairs = {(row["EventCode"], row["Actor1Code"], row["Actor2Code"]) for row in rows}
    assert pairs == {
        ("040", "KENGOV", "NORGOV"),
        ("070", "NOR", "KEN"),
        ("040", "IGOASN", "IDN"),
        ("040", "IGOASN", "ROM"),
        ("040", "IDN", "ROM"),
        ("110", "KEN", "NOR"),
        ("110", "KEN", "SWE"),
        ("010", "KEN", None),
    }
    assert len({row["GLOBALEVENTID"] for row in rows}) == len(rows)
    (asean,) = [row for row in rows if row["Actor1KnownGroupCode"] and row["Actor2CountryCode"] == "IDN"]
    assert (asean["Actor1CountryCode"], asean["Actor1KnownGroupCode"], asean["Actor1Type1Code"]) == (None, "ASN", "IGO")
    assert (asean["ActionGeo_Type"], asean["ActionGeo_FullName"], asean["ActionGeo_CountryCode"]) == (1, "United States", "US")


@pytest.mark.parametrize("file", ["gdelt_events.parquet", "polecat_events.parquet"])
def test_what_was_only_planned_is_no_event(folder: Path, file: str) -> None:
    kinds = {row.get("EventCode") or row.get("Event Mode") for row in records(folder, file)}
    assert not kinds & {"042", "046", "visit"}


def test_ids_stay_from_run_to_run(con: duckdb.DuckDBPyConnection, folder: Path, tmp_path: Path) -> None:
    write_exports(con, tmp_path, ["gdelt"])
    assert (tmp_path / "gdelt_events.csv").read_bytes() == (folder / "gdelt_events.csv").read_bytes()


def test_polecat_has_its_columns_and_what_plover_knows(folder: Path) -> None:
    rows = records(folder, "polecat_events.parquet")
    assert list(rows[0]) == POLECAT
    assert "e6" not in {row["Event ID"] for row in rows}
    (meeting,) = [row for row in rows if row["Event ID"] == "e2"]
    assert {name: str(value) for name, value in known(meeting).items()} == {
        "Event ID": "e2", "Event Date": "2025-09-02", "Event Type": "CONSULT", "Event Mode": "meet", "Quad Code": "VERBAL COOPERATION",
        "Actor Name": "Amina Otieno", "Actor Country": "KEN", "Primary Actor Sector": "GOV", "Actor Sectors": "GOV",
        "Actor Title": "Foreign Minister", "Recipient Name": "Lars Berg", "Recipient Country": "NOR", "Primary Recipient Sector": "GOV",
        "Recipient Sectors": "GOV", "Placename": "Oslo", "City": "Oslo", "Country": "NOR", "Latitude": "59.91", "Longitude": "10.75",
        "Source": "Fjord Times", "Publication Date": "2025-09-02", "Story People": "Amina Otieno; Lars Berg", "Language": "en",
        "Version": "chancery 1.0",
    }  # fmt: skip


def test_every_event_of_plover_has_its_quad(con: duckdb.DuckDBPyConnection) -> None:
    events = {row["plover_event"] for row in lexicon.table("engagement_types") if row["plover_event"]}
    words = (QUERIES / "polecat_events.sql").read_text("utf-8")
    assert {event for event in events if f"'{event}'" not in words} == set()


def test_facts_carry_their_words(folder: Path) -> None:
    rows = records(folder, "facts.parquet")
    assert len(rows) == 11
    for row in rows:
        assert BODIES[row["document_id"]][row["evidence_start"] : row["evidence_end"]] == row["evidence_text"]
    (visit,) = [row for row in rows if row["subject_id"] == "e1"]
    assert (visit["fact_kind"], visit["status"], visit["publisher"]) == ("happening", "planned", "Harbour Post")
    assert visit["parties"] == [{"party_code": "KEN", "role": "visitor"}, {"party_code": "NOR", "role": "host"}]
    (claim,) = [row for row in rows if row["fact_id"] == "c1"]
    assert (claim["type"], claim["status"], claim["amount"], claim["currency"], str(claim["start_date"])) == (
        "total", "actual", 120e6, "USD", "2024-01-01",
    )  # fmt: skip


@pytest.fixture(scope="module")
def graph(folder: Path) -> dict[str, dict]:
    document = json.loads((folder / "facts.jsonld").read_text("utf-8"))
    assert document["@context"] == CONTEXT
    nodes = {node["@id"]: node for node in document["@graph"]}
    assert len(nodes) == len(document["@graph"])
    return nodes


def test_linked_facts_point_at_their_words(graph: dict[str, dict]) -> None:
    annotations = [node for node in graph.values() if node["@type"] == "Annotation"]
    assert len(annotations) == 11
    for node in annotations:
        assert node["body"] in graph
        position, quote = node["target"]["selector"]
        body = BODIES[node["target"]["source"].removeprefix("urn:chancery:document:")]
        assert body[position["start"] : position["end"]] == quote["exact"]


def test_linked_facts_name_one_another(graph: dict[str, dict]) -> None:
    def references(value: object) -> Iterator[str]:
        if isinstance(value, dict):
            yield from (inner for name, inner in value.items() if name in ("@id", "party", "body", "source") and isinstance(inner, str))
            for inner in value.values():
                yield from references(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from references(inner)

    for node in graph.values():
        for name in references(node):
            assert name in graph or name.startswith(("urn:chancery:figure:", "https://schema.org/")), name


def test_linked_happenings_and_claims(graph: dict[str, dict]) -> None:
    visit = graph["urn:chancery:happening:e1"]
    assert (visit["status"], visit["eventStatus"]) == ("planned", {"@id": "https://schema.org/EventScheduled"})
    assert visit["attendee"] == [{"@id": "urn:chancery:person:p1"}]
    assert "eventStatus" not in graph["urn:chancery:happening:e2"]
    claim = graph["urn:chancery:claim:c1"]
    assert claim["value"] == {"@type": "MonetaryAmount", "value": 120e6, "currency": "USD"}
    assert (claim["temporalCoverage"], claim["text"]) == ("2024-01-01/2024-12-31", "Trade reached $120 million in 2024")
    assert "url" not in graph["urn:chancery:document:d3"]


def test_the_calendar_is_an_icalendar(folder: Path) -> None:
    data = (folder / "calendar.ics").read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n")
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    lines = data.decode().replace("\r\n ", "").split("\r\n")
    fields = dict(line.split(":", 1) for line in lines if ":" in line)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    assert {name: fields[name] for name in ("UID", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE", "SUMMARY", "STATUS", "LOCATION", "URL")} == {
        "UID": "e1@chancery",
        "DTSTART;VALUE=DATE": "20251003",
        "DTEND;VALUE=DATE": "20251004",
        "SUMMARY": "Kenya to visit Norway",
        "STATUS": "CONFIRMED",
        "LOCATION": "NOR",
        "URL": "https://harbour.example/sail",
    }
    assert fields["DESCRIPTION"] == "“Foreign Minister Amina Otieno will visit Norway on October 3”\\nHarbour Post\\, 1 Sep 2025"


def test_no_text_breaks_out_of_its_calendar_line(tmp_path: Path) -> None:
    with warehouse_with_views() as con:
        fill(con)
        con.execute("update main.fct_engagements set place_name = E'Oslo;x,y\\\\\\r\\nEND:VCALENDAR' where engagement_id = 'e1'")
        write_exports(con, tmp_path, ["calendar"])
    lines = (tmp_path / "calendar.ics").read_text("utf-8").replace("\n ", "").splitlines()
    assert "LOCATION:Oslo\\;x\\,y\\\\\\nEND:VCALENDAR\\, NOR" in lines
    assert lines.count("END:VCALENDAR") == 1


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_folding_keeps_the_line(line: str) -> None:
    parts = folded(line).split("\r\n ")
    assert "".join(parts) == line
    assert all(len(part.encode()) <= 74 for part in parts)


def test_an_empty_warehouse_gives_files_without_rows(tmp_path: Path) -> None:
    with warehouse_with_views() as con:
        counts = write_exports(con, tmp_path)
        assert con.execute("select count(*) from duckdb_tables() where table_name like 'export%'").fetchall() == [(0,)]
    assert {count for name, count in counts.items() if name != "facts.jsonld"} == {0}
    assert list(records(tmp_path, "gdelt_events.parquet")) == []
    assert (tmp_path / "gdelt_events.csv").read_text("utf-8").count("\n") == 1


def test_a_failure_leaves_the_old_files(con: duckdb.DuckDBPyConnection, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "gdelt_events.csv").write_text("old")
    monkeypatch.setattr("pipelines.exports.files.calendar_file", lambda con: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        write_exports(con, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["gdelt_events.csv"]
    assert (tmp_path / "gdelt_events.csv").read_text() == "old"


def test_the_command_line_offers_every_format() -> None:
    assert [chosen.value for chosen in Export] == list(FORMATS)


def test_codes_are_of_parties_and_name_each_once() -> None:
    with duckdb.connect() as reader:
        rows = reader.execute(f"from read_csv('{QUERIES / 'codes.csv'}', comment='#', header=true, all_varchar=true)").fetchall()
    parties = {row["party_code"] for row in lexicon.table("countries")} | {row["party_code"] for row in lexicon.table("organisations")}
    assert {row[0] for row in rows} <= parties
    for column in (1, 2, 3):
        codes = [row[column] for row in rows if row[column]]
        assert len(codes) == len(set(codes))
    by_party = {row[0]: row[1:] for row in rows}
    # Codes that differ from ISO's, and those that are easily mixed up.
    assert (by_party["ROU"][0], by_party["TLS"][0], by_party["XKX"][0]) == ("ROM", "TMP", None)
    assert {code: by_party[code][2] for code in ("CHN", "CHE", "DEU", "UKR", "GBR", "AUS", "AUT", "NGA", "NER", "TUR", "PSE")} == {
        "CHN": "CH", "CHE": "SZ", "DEU": "GM", "UKR": "UP", "GBR": "UK", "AUS": "AS", "AUT": "AU", "NGA": "NI", "NER": "NG", "TUR": "TU",
        "PSE": None,
    }  # fmt: skip


def test_the_documentation_tells_of_every_column_that_is_filled() -> None:
    words = re.sub(r"```.*?```", "", (PROJECT / "docs" / "exports.md").read_text("utf-8"), flags=re.DOTALL)
    told = set(re.findall(r"`([^`]+)`", words))
    for name in ("gdelt_events", "polecat_events"):
        filled = set(re.findall(r'as "([^"]+)"', re.sub(r"^  null::.*$", "", (QUERIES / f"{name}.sql").read_text("utf-8"), flags=re.M)))
        numbered = {re.sub(r"^Actor[12]", "ActorN", column) for column in filled}
        assert {column for column in numbered if column not in told} == set()
