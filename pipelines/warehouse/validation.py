"""Splits rows into kept and set aside, by the pandera schemas. What a good row is stands in ``pipelines/schemas``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from pipelines.schemas import TABLES, schema_of

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


class ShapeError(ValueError):
    """A frame lacks columns, or holds values that cannot be what the column is: a fault of the program, not of a document."""


@dataclass(frozen=True, slots=True)
class Failure:
    """A check that row ``position`` failed. ``column`` is None for a check over the whole row."""

    position: int
    column: str | None
    check: str
    value: str | None


def failures_of(name: str, rows: pa.Table) -> list[Failure]:
    """Return every failure of ``rows`` by the schema of table ``name``, in order; raises ShapeError when columns are missing."""
    if rows.num_rows == 0:
        return []
    import pandera.errors

    table = TABLES[name]
    frame = _frame(rows, table.columns)
    failures = _repeated_keys(frame, table.key)
    try:
        schema_of(name).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        failures += [_failure(name, case) for case in error.failure_cases.to_dict("records")]
    return sorted(set(failures), key=lambda failure: (failure.position, failure.column or "", failure.check))


def _frame(rows: pa.Table, columns: tuple[str, ...]) -> pd.DataFrame:
    missing = [column for column in columns if column not in rows.column_names]
    if missing:
        raise ShapeError(f"columns {', '.join(missing)} are missing")
    return rows.select(list(columns)).to_pandas(date_as_object=False)


def _repeated_keys(frame: pd.DataFrame, key: tuple[str, ...]) -> list[Failure]:
    if not key:
        return []
    repeated = frame.index[frame.duplicated(list(key))]
    column = key[0] if len(key) == 1 else None
    return [
        Failure(position, column, "unique_key", ", ".join(str(frame.at[position, name]) for name in key)) for position in repeated.tolist()
    ]


def _failure(name: str, case: dict[str, Any]) -> Failure:
    index = case["index"]
    if index is None or index != index:  # not one row's fault
        raise ShapeError(f"{name}.{case['column']} failed {case['check']} as a whole: {case['failure_case']}")
    over_row = case["schema_context"] == "DataFrameSchema"
    return Failure(
        position=int(index),
        column=None if over_row else str(case["column"]),
        check=_check_name(str(case["check"])),
        value=None if over_row or case["failure_case"] != case["failure_case"] else str(case["failure_case"]),
    )


def _check_name(check: str) -> str:
    # isin(['a', 'b' …]) names its list, which changes; the kind of check does not.
    return check.split("(")[0]
