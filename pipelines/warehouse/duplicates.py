"""Runs the search for near copies on the documents that wait for it. What a near copy is, is said in ``pipelines/resolution``."""

from pipelines.warehouse.connection import Warehouse, single


def find_duplicates(warehouse: Warehouse) -> dict[str, int]:
    """Link the waiting documents to the originals they copy; return what was found."""
    if not single(warehouse.con, "select count(*) from staging.pending_documents where step = 'duplicates'"):
        return {}
    try:
        from pipelines.resolution.duplicates import link_duplicates
    except ModuleNotFoundError:
        with warehouse.transaction() as con:
            con.execute("delete from staging.pending_documents where step = 'duplicates'")
        return {}

    with warehouse.transaction() as con:
        return link_duplicates(con)
