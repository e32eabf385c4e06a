"""The checks of ``sql/checks``: what each file says about itself. A check is a query that returns the rows at fault."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.schemas import TABLES
from pipelines.settings import PROJECT

FOLDER = PROJECT / "sql" / "checks"
_SEVERITIES = ("error", "warn")


class CheckFileError(ValueError):
    """A check's file breaks a rule; the message names the file, the rule and what to do."""


@dataclass(frozen=True, slots=True)
class CheckFile:
    """A check as its file gives it: the table it is shown under, whether a finding is an error, and the query."""

    name: str
    description: str
    table: str
    is_error: bool
    query: str


def check_files(folder: Path = FOLDER) -> tuple[CheckFile, ...]:
    """Return every check of ``folder`` by name; raises CheckFileError for a file that breaks a rule."""
    return tuple(_read(path) for path in sorted(folder.glob("*.sql")))


def _read(path: Path) -> CheckFile:
    query = path.read_text("utf-8")
    lines = []
    for line in query.splitlines():
        if not line.startswith("--"):
            break
        lines.append(line.removeprefix("--").strip())
    options = dict(line.split(": ", 1) for line in lines if line.startswith(("asset: ", "severity: ")))
    description = " ".join(line for line in lines if not line.startswith(("asset: ", "severity: ")))
    if not description:
        raise CheckFileError(f"{path}: begins without a header; write `-- What the rows it returns have wrong.` above the query")
    if options.get("asset") not in TABLES:
        raise CheckFileError(f"{path}: write `-- asset: TABLE` into the header, with a table's name; found {options.get('asset')!r}")
    if options.get("severity") not in _SEVERITIES:
        raise CheckFileError(f"{path}: write `-- severity: error` or `-- severity: warn`; found {options.get('severity')!r}")
    return CheckFile(path.stem, description, options["asset"], options["severity"] == "error", query.strip().rstrip(";"))
