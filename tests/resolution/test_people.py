"""One person across documents; two people of one name."""

from datetime import date
from pathlib import Path

import pytest

from pipelines.resolution.corrections import CorrectionError, Corrections, apply_corrections, learn_names
from pipelines.resolution.people import LEADERS, Form, merge_forms, offices_agree
from tests.resolution.conftest import Told, resolve, retract


@pytest.mark.parametrize(
    ("forms", "people"),
    [
        pytest.param(
            [Form("Bolat Akhmetov", "KAZ", "foreign_minister"), Form("Bulat Akhmetov", "KAZ", "foreign_minister")],
            [("Bolat Akhmetov", "Bulat Akhmetov")],
            id="romanisations of one minister",
        ),
        pytest.param(
            [Form("Ali Hassan", "IRQ", "ambassador"), Form("Ali Hassan", "KEN", "ambassador")],
            [("Ali Hassan",), ("Ali Hassan",)],
            id="one name, two countries",
        ),
        pytest.param(
            [Form("Li Na", "CHN", "ambassador"), Form("Li Na", "CHN", "business_leader")],
            [("Li Na",), ("Li Na",)],
            id="one name, an envoy and a manager",
        ),
        pytest.param(
            [Form("Li Na", "CHN", "ambassador"), Form("Li Na", "CHN", "foreign_minister")], [("Li Na",)], id="an envoy who became minister"
        ),
        pytest.param(
            [
                Form("Bolat Akhmetov", "KAZ", "head_of_state"),
                Form("Bolat Akhmetov", "PAK", "head_of_state"),
                Form("Bulat Akhmetov", "KAZ", "head_of_state"),
            ],
            [("Bolat Akhmetov", "Bulat Akhmetov")],
            id="a president whose country one text leaves in doubt",
        ),
        pytest.param(
            [Form("Osei", "GHA", "trade_minister"), Form("Kwame Osei", "GHA", "trade_minister")],
            [("Kwame Osei", "Osei")],
            id="a surname with one candidate",
        ),
        pytest.param(
            [
                Form("Osei", "GHA", "trade_minister"),
                Form("Kwame Osei", "GHA", "trade_minister"),
                Form("Ama Osei", "GHA", "finance_minister"),
            ],
            [("Ama Osei",), ("Kwame Osei",), ("Osei",)],
            id="a surname with two candidates belongs to none",
        ),
        pytest.param(
            [Form("Jane Roe", "GBR", "ambassador"), Form("Jane Roe", "", "other")],
            [("Jane Roe",)],
            id="no country given, the very same name",
        ),
        pytest.param(
            [
                Form("Jane Roe", "", "other"),
                Form("Jane Roe", "GBR", "ambassador"),
                Form("Jane Roe", "USA", "ambassador"),
            ],
            None,
            id="a name without country never joins two countries",
        ),
    ],
)
def test_forms_become_people(forms: list[Form], people: list[tuple[str, ...]] | None) -> None:
    merged = merge_forms(forms, Corrections())
    assert all(len({form.party for form in merge.person} - {""}) <= 1 for merge in merged.values() if merge.person[0].office not in LEADERS)
    if people is not None:
        found = sorted({merge.person: tuple(sorted({form.name for form in merge.person})) for merge in merged.values()}.values())
        assert found == people


@pytest.mark.parametrize(
    ("a", "b", "agree"),
    [
        ("foreign_minister", "head_of_government", True),
        ("ambassador", "foreign_minister", True),
        ("ambassador", "business_leader", False),
        ("military_chief", "spokesperson", False),
        ("other", "monarch", True),
    ],
)
def test_offices_of_one_life(a: str, b: str, agree: bool) -> None:
    assert offices_agree(a, b) is agree
    assert offices_agree(b, a) is agree


def test_a_person_keeps_the_latest_office_and_every_spelling(warehouse) -> None:
    con = warehouse(
        Told("a", date(2024, 3, 1), people=[("Bolat Akhmetov", "ambassador", "KAZ")]),
        Told("b", date(2025, 3, 1), people=[("Bulat Akhmetov", "foreign_minister", "KAZ")]),
        Told("c", date(2025, 4, 1), people=[("Bolat Akhmetov", "foreign_minister", "KAZ")]),
    )
    rows = con.execute("select name, aliases, party_code, office, first_seen_on, last_seen_on, document_count from dim_people").fetchall()
    assert rows == [
        ("Bolat Akhmetov", ["Bolat Akhmetov", "Bulat Akhmetov"], "KAZ", "foreign_minister", date(2024, 3, 1), date(2025, 4, 1), 3)
    ]
    reasons = con.execute("select distinct merge_reason from staging.person_forms").fetchall()
    assert sorted(reasons) == [("other spelling",), ("same words",)]


def test_a_retracted_document_takes_its_people_along(warehouse) -> None:
    con = warehouse(
        Told("a", date(2025, 3, 1), people=[("Ana Lima", "trade_minister", "BRA")]),
        Told("b", date(2025, 3, 2), people=[("Rui Costa", "ambassador", "PRT")]),
    )
    retract(con, "b")
    resolve(con)
    assert con.execute("select name from dim_people").fetchall() == [("Ana Lima",)]
    assert con.execute("select count(*) from fct_person_mentions where document_id = 'b'").fetchall() == [(0,)]


def corrections(tmp_path: Path, text: str) -> Corrections:
    path = tmp_path / "corrections.toml"
    path.write_text(text, "utf-8")
    return Corrections.of(path)


def test_a_merge_and_a_split_are_obeyed(warehouse, tmp_path) -> None:
    told = Told("a", date(2025, 3, 1), people=[("Abdul Khan", "ambassador", "PAK"), ("A. R. Khan Afridi", "ambassador", "PAK")])
    told_too = Told("b", date(2025, 3, 2), people=[("Wang Wei", "spokesperson", "CHN"), ("Wang Wei Min", "spokesperson", "CHN")])
    con = warehouse(told, told_too)
    assert con.execute("select count(*) from dim_people").fetchall() == [(3,)]
    wanted = corrections(
        tmp_path,
        """
        [[merge]]
        names = ["Abdul Khan", "A. R. Khan Afridi"]
        party_code = "PAK"
        reason = "one ambassador"
        [[split]]
        names = ["Wang Wei", "Wang Wei Min"]
        party_code = "CHN"
        reason = "two spokesmen"
        """,
    )
    assert apply_corrections(con, wanted, "run") == []
    learn_names(con, wanted)
    resolve(con)
    assert con.execute("select list_sort(aliases) from dim_people order by 1").fetchall() == [
        (["A. R. Khan Afridi", "Abdul Khan"],),
        (["Wang Wei"],),
        (["Wang Wei Min"],),
    ]


def test_a_correction_taken_back_is_undone(warehouse, tmp_path) -> None:
    con = warehouse(Told("a", date(2025, 3, 1), people=[("Abdul Khan", "ambassador", "PAK"), ("Abdul Karim Khan", "ambassador", "PAK")]))
    entry = """
        [[split]]
        names = ["Abdul Khan", "Abdul Karim Khan"]
        party_code = "PAK"
        reason = "two men"
        """
    counts = []
    for text in ("", entry, ""):
        learn_names(con, corrections(tmp_path, text))
        resolve(con)
        counts += con.execute("select count(*) from dim_people").fetchall()
    assert counts == [(1,), (2,), (1,)]


def test_a_drop_moves_the_row_and_an_override_changes_it(warehouse, tmp_path) -> None:
    meeting = {"type": "meeting", "parties": ["FRA", "DEU"], "dates": (date(2025, 3, 1), date(2025, 3, 1))}
    claim = {"amount": 5.0, "currency": "USD", "reporter_code": "CAN", "partner_code": "FRA"}
    con = warehouse(Told("a", date(2025, 3, 1), engagements=[meeting], claims=[claim]))
    wanted = corrections(
        tmp_path,
        """
        [[drop]]
        table = "engagement_mentions"
        id = "a-e0"
        expect = { engagement_type = "meeting" }
        reason = "a football match"
        [[override]]
        table = "trade_claims"
        id = "a-c0"
        expect = { currency = "USD" }
        set = { currency = "CAD" }
        reason = "Canadian dollars"
        """,
    )
    assert apply_corrections(con, wanted, "run") == []
    resolve(con)
    assert con.execute("select count(*) from fct_engagements").fetchall() == [(0,)]
    assert con.execute("select currency from fct_trade_claims").fetchall() == [("CAD",)]
    assert con.execute("select table_name, check_name from ops.rejected_rows").fetchall() == [("staging.engagement_mentions", "correction")]
    assert apply_corrections(con, wanted, "run") == [], "a second run finds its own work and is content"


def test_a_correction_that_no_longer_applies_is_reported(warehouse, tmp_path) -> None:
    con = warehouse(Told("a", date(2025, 3, 1), claims=[{"amount": 5.0, "currency": "EUR"}]))
    wanted = corrections(
        tmp_path,
        """
        [[override]]
        table = "trade_claims"
        id = "a-c0"
        expect = { currency = "USD" }
        set = { currency = "CAD" }
        reason = "Canadian dollars"
        [[drop]]
        table = "engagement_mentions"
        id = "gone"
        expect = { engagement_type = "meeting" }
        reason = "a football match"
        [[merge]]
        names = ["Nobody Known", "No Body"]
        party_code = "PAK"
        reason = "one man"
        """,
    )
    assert apply_corrections(con, wanted, "run") == [
        "[[override]] “Canadian dollars”: staging.trade_claims row a-c0 now says {'currency': 'EUR'}, not {'currency': 'USD'}; "
        "remove or amend the correction.",
        "[[drop]] “a football match”: staging.engagement_mentions has no row gone; remove or amend the correction.",
        "[[merge]] “one man”: no document names No Body, Nobody Known any more; remove or amend the correction.",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[merg]]\nx = 1", "[[merg]] is no kind of correction; use one of drop, merge, override, split."),
        ('[[merge]]\nnames = ["a"]\nreason = "r"', "[[merge]] number 1 lacks party_code."),
        ('[[drop]]\ntable = "x"\nid = "1"\nexpect = {}\nreason = "r"', "[[drop]] number 1: table must be one of person_mentions"),
        ("[[merge]", "not valid TOML"),
    ],
)
def test_a_malformed_file_is_refused_with_its_reason(tmp_path, text: str, message: str) -> None:
    with pytest.raises(CorrectionError) as refused:
        corrections(tmp_path, text)
    assert message in str(refused.value)
    assert "corrections.toml" in str(refused.value)
