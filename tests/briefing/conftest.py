from collections.abc import Iterator

import duckdb
import pytest

from tests.made_register import fill, warehouse_with_views


@pytest.fixture(scope="session")
def empty_con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse_with_views() as con:
        yield con


@pytest.fixture(scope="session")
def con() -> Iterator[duckdb.DuckDBPyConnection]:
    with warehouse_with_views() as filled:
        fill(filled)
        yield filled
