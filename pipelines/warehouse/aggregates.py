"""The aggregate tables: what the views show of a happening, an instrument or a figure and takes long to gather, gathered when it changes.

The steps that change a happening, an instrument or a figure note its key, or the figure's series, in ``staging.stale_aggregates``; what is
to be gathered stands in ``sql/aggregates``, one query a table, over the keys in ``stale_ids`` or the claims in ``stale_claims``.
"""

import hashlib
from dataclasses import dataclass

import duckdb

from pipelines.settings import PROJECT
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint
from pipelines.warehouse.views import make_view, views

FOLDER = PROJECT / "sql" / "aggregates"
# The key of a claim's series: claims of one series stand beside each other, those of different ones never do.
_SERIES = "reporter_code || '|' || partner_code || '|' || flow"


@dataclass(frozen=True, slots=True)
class Gathered:
    """Tables written anew together: the key by which, the query that gives every key there is, and the temporary tables they read."""

    tables: tuple[str, ...]
    key: str
    every_key: str
    prepared: str = ""


_ALL = (
    Gathered(("agg_engagements",), "engagement_id", "select engagement_id from main.fct_engagements"),
    Gathered(("agg_agreements",), "agreement_id", "select agreement_id from main.fct_agreements"),
    Gathered(
        ("agg_promises",),
        "subject_id",
        "select engagement_id from main.fct_engagements union all select agreement_id from main.fct_agreements",
    ),
    Gathered(
        ("agg_best_figures", "agg_conflicting_figures", "agg_targets"),
        "series",
        f"select distinct {_SERIES} from main.fct_trade_claims",
        f"create or replace temp table stale_claims as select *, {_SERIES} as series from trade.claims where series in (from stale_ids)",
    ),
)
AGGREGATES = tuple(name for gathered in _ALL for name in gathered.tables)

# The views that the queries read, those that others read first.
_READ = tuple(view for view in views() if view.address in ("engagement.sources", "trade.claims"))


def write_aggregates(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Write anew the rows of all that changed; return how many by table. Part of the caller's transaction.

    All rows are written where the query, a view it reads, or the names of parties changed since the last time.
    """
    for view in _READ:
        make_view(con, view)
    made_from = "".join(view.fingerprint for view in _READ) + (fingerprint_of(con, "main.dim_parties") or "")
    written: dict[str, int] = {}
    for gathered in _ALL:
        written |= _write(con, gathered, made_from)
    con.execute("delete from staging.stale_aggregates")
    return written


def _write(con: duckdb.DuckDBPyConnection, gathered: Gathered, made_from: str) -> dict[str, int]:
    queries = {name: (FOLDER / f"{name}.sql").read_text("utf-8") for name in gathered.tables}
    fingerprint = hashlib.blake2b("".join([*queries.values(), made_from]).encode(), digest_size=16).hexdigest()
    is_as_before = fingerprint_of(con, f"main.{gathered.tables[0]}") == fingerprint
    stale = "select distinct fact_id from staging.stale_aggregates" if is_as_before else gathered.every_key
    con.execute(f"create or replace temp table stale_ids as {stale}")
    if gathered.prepared:
        con.execute(gathered.prepared)
    written = {}
    for name, query in queries.items():
        con.execute(f"delete from main.{name}" + (f" where {gathered.key} in (from stale_ids)" if is_as_before else ""))
        ((written[name],),) = con.execute(f"insert into main.{name} by name {query}").fetchall()
    keep_fingerprint(con, f"main.{gathered.tables[0]}", fingerprint)
    return written
