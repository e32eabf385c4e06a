"""What the warehouse holds: columns, tables and their rules. The one place where a name, type, unit or meaning is written."""

from pipelines.schemas.columns import COLUMNS, Column
from pipelines.schemas.tables import TABLES, Table, schema_of

__all__ = ["COLUMNS", "TABLES", "Column", "Table", "schema_of"]
