"""The aggregate tables: what the views show of a happening or an instrument and takes long to gather, gathered once when it changes.

The steps that change a happening or an instrument note it in ``staging.stale_aggregates``; what is to be gathered stands in
``sql/aggregates``, one query a table, over the ids in ``stale_ids``.
"""

import hashlib

import duckdb

from pipelines.settings import PROJECT
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint
from pipelines.warehouse.views import make_view, views

FOLDER = PROJECT / "sql" / "aggregates"
# The key of each table and the facts it gathers from.
AGGREGATES = {"agg_engagements": ("engagement_id", "fct_engagements"), "agg_agreements": ("agreement_id", "fct_agreements")}

# The one view that the queries read.
_SOURCES = next(view for view in views() if view.address == "engagement.sources")


def write_aggregates(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write anew the rows of all happenings and instruments that changed; return how many by table. Part of the caller's transaction.

    All of them are written where the query, or the names of parties it shows, changed since the last time.
    """
    make_view(con, _SOURCES)
    written = {name: _write(con, name) for name in AGGREGATES}
    con.execute("delete from staging.stale_aggregates")
    return written


def _write(con: duckdb.DuckDBPyConnection, name: str) -> int:
    key, facts = AGGREGATES[name]
    query = (FOLDER / f"{name}.sql").read_text("utf-8")
    made_from = f"{query}{fingerprint_of(con, 'main.dim_parties')}"
    fingerprint = hashlib.blake2b(made_from.encode(), digest_size=16).hexdigest()
    if fingerprint_of(con, f"main.{name}") == fingerprint:
        con.execute("create or replace temp table stale_ids as select distinct fact_id from staging.stale_aggregates")
        con.execute(f"delete from main.{name} where {key} in (from stale_ids)")
    else:
        con.execute(f"create or replace temp table stale_ids as select {key} from main.{facts}")
        con.execute(f"delete from main.{name}")
        keep_fingerprint(con, f"main.{name}", fingerprint)
    ((count,),) = con.execute(f"insert into main.{name} by name {query}").fetchall()
    return count
