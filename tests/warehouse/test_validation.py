from datetime import date

import pyarrow as pa
import pytest

from pipelines.extraction.batch import SCHEMAS
from pipelines.schemas import COLUMNS, TABLES
from pipelines.warehouse.validation import Failure, ShapeError, failures_of

CLAIM = {
    "claim_id": "c1",
    "document_id": "d1",
    "flow": "exports",
    "claim_type": "actual",
    "amount": 5.0,
    "qualifier": "about",
    "currency": "USD",
    "confidence": 0.5,
    "rule_id": "test",
    "evidence_text": "exports of $5",
    "evidence_start": 3,
    "evidence_end": 16,
}


def failures(*rows: dict) -> list[Failure]:
    return failures_of("trade_claims", pa.Table.from_pylist(list(rows), SCHEMAS["trade_claims"]))


def test_good_rows_have_no_failures() -> None:
    assert failures(CLAIM, CLAIM | {"claim_id": "c2", "period_start": date(2023, 1, 1), "period_end": date(2023, 12, 31)}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"flow": "smuggling"}, Failure(1, "flow", "isin", "smuggling")),
        ({"flow": None}, Failure(1, "flow", "not_nullable", None)),
        ({"confidence": 1.5}, Failure(1, "confidence", "less_than_or_equal_to", "1.5")),
        ({"rank": 0}, Failure(1, "rank", "greater_than_or_equal_to", "0")),
        ({"amount": None}, Failure(1, None, "currency_with_amount", None)),
        ({"amount_high": 1.0}, Failure(1, None, "range_in_order", None)),
        ({"evidence_end": 3}, Failure(1, None, "evidence_not_empty", None)),
        ({"period_start": date(2024, 1, 1), "period_end": date(2023, 1, 1)}, Failure(1, None, "period_in_order", None)),
        ({"claim_id": "c1"}, Failure(1, "claim_id", "unique_key", "c1")),
    ],
)
def test_a_bad_row_is_found_among_good_ones(changes: dict, expected: Failure) -> None:
    found = failures(CLAIM, CLAIM | {"claim_id": "c2"} | changes, CLAIM | {"claim_id": "c3"})
    assert expected in found
    assert {failure.position for failure in found} == {1}


def test_missing_columns_are_a_fault_of_the_program() -> None:
    with pytest.raises(ShapeError, match="columns rule_id are missing"):
        failures_of("trade_claims", pa.Table.from_pylist([CLAIM], SCHEMAS["trade_claims"]).drop_columns(["rule_id"]))


@pytest.mark.parametrize("name", [name for name in SCHEMAS if name in TABLES])
def test_what_a_batch_writes_is_what_the_table_has(name: str) -> None:
    arrow = {"VARCHAR": pa.string(), "DATE": pa.date32(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
    written = {field.name: field.type for field in SCHEMAS[name]}
    for column in TABLES[name].columns:
        assert written[column] == arrow[COLUMNS[column].sql_type], column
    assert set(written) - set(TABLES[name].columns) <= {"document_id"}
