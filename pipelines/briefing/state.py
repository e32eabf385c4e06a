"""What the page is made from, as a hash: while it stands, the page need not be written again."""

import hashlib

import duckdb

from pipelines.briefing.content import QUERIES
from pipelines.briefing.page import FOLDER
from pipelines.schemas import TABLES
from pipelines.settings import PROJECT
from pipelines.warehouse.views import views

_MADE_BY = (FOLDER, QUERIES, PROJECT / "pipelines" / "charts.py", PROJECT / "pipelines" / "figures.py")
# A text's body counts through its document_id, which is its hash.
_LEFT_OUT = {"dim_documents": "exclude (body, extractor_version)"}


def state_of_briefing(con: duckdb.DuckDBPyConnection) -> str:
    """Return a hash of everything the page depends on: facts, rejects, the latest news, views, and the page's own files."""
    digest = hashlib.blake2b(digest_size=16)
    for table in TABLES.values():
        if table.schema == "main" or table.name in ("rejected_documents", "rejected_rows"):
            columns = _LEFT_OUT.get(table.name, "")
            told = con.execute(f"select count(*), sum(hash(t)::hugeint) from (select * {columns} from {table.address}) as t").fetchone()
            digest.update(f"{table.address} {told}".encode())
    latest = con.execute("select max(started_at), any_value(extractor_version) from ops.refreshes where documents_new > 0").fetchone()
    digest.update(str(latest).encode())
    digest.update("".join(view.fingerprint for view in views()).encode())
    for made_by in _MADE_BY:
        for file in [made_by] if made_by.is_file() else sorted(made_by.glob("*.*")):
            digest.update(file.read_bytes())
    return digest.hexdigest()
