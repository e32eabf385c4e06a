"""Files for other tools: events as GDELT and POLECAT have them, facts as Parquet and JSON-LD, the calendar as iCalendar.

Here belongs how files are written. Which column means what is said in ``sql/exports`` and in docs/exports.md; nothing is computed here
that the warehouse does not hold.
"""

from pipelines.exports.files import FORMATS, write_exports

__all__ = ["FORMATS", "write_exports"]
