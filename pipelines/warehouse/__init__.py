"""The DuckDB warehouse: connecting, transactions, publishing, and the SQL that fills its tables.

Belongs here: everything that knows DuckDB. Does not belong here: what words mean (extraction), who is who (resolution), Dagster.
"""

from pipelines.warehouse.connection import Warehouse, WarehouseBusyError, open_warehouse

__all__ = ["Warehouse", "WarehouseBusyError", "open_warehouse"]
