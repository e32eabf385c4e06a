"""``staging.fingerprints``: what tables and views were last made from, so that what is unchanged is not made again."""

import duckdb


def fingerprint_of(con: duckdb.DuckDBPyConnection, name: str) -> str | None:
    """Return what ``name`` was last made from, None if it was never made."""
    rows = con.execute("select fingerprint from staging.fingerprints where table_name = ?", [name]).fetchall()
    return rows[0][0] if rows else None


def keep_fingerprint(con: duckdb.DuckDBPyConnection, name: str, fingerprint: str) -> None:
    """Remember what ``name`` is now made from; part of the caller's transaction."""
    con.execute("delete from staging.fingerprints where table_name = ?", [name])
    con.execute("insert into staging.fingerprints values (?, ?)", [name, fingerprint])
