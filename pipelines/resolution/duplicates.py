"""The same story told twice: near-duplicate documents found by MinHash bands and linked inside DuckDB.

Belongs here: signatures of texts, and which document is the original of a copy. Documents that differ by white space and quotes alone are
one document already (``readers.document_id``). What copies mean for facts is the business of the views.

A signature is 64 minima over the hashes of all runs of five words, 16 bits of each, four to a band. A document is compared with the
earliest document of each of its bands and with the one before it. Two that agree in ``LEAST_LIKENESS`` of the minima and lie at most
``MOST_DAYS`` apart are linked; what is linked makes a cluster, and its earliest document is the original. All this follows from
which documents there are, never from the order in which they came.
"""

from __future__ import annotations

import re
import zlib
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import duckdb

BANDS = 16
ROWS = 4
SHINGLE = 5
LEAST_WORDS = 12
LEAST_LIKENESS = 0.6
MOST_DAYS = 30  # a form text filled in anew every month is another document each time
_BATCH = 20_000
_WORD = re.compile(r"\w+")
# What is counted by story, not by document, is to be counted again where a document becomes or ceases to be a copy.
_STEPS = ("people", "engagements", "agreements")


# ------------------------------------------------------------------------------------------------ signatures


def bands_of(body: str) -> tuple[int, ...] | None:
    """Return the signature of a text as 16 signed 64-bit numbers, the same on every machine; None for a text too short to compare.

    Case, punctuation and layout do not count. Each number holds four minima of 16 bits.
    """
    words = _WORD.findall(body.lower())
    if len(words) < LEAST_WORDS:
        return None
    encoded = " ".join(words).encode("utf-8", "replace").split(b" ")
    hashes = _mixed(np.array(list(map(zlib.crc32, encoded)), np.uint64))
    shingles = np.zeros(len(words) - SHINGLE + 1, np.uint64)
    for place in range(SHINGLE):
        shingles = shingles * np.uint64(0x100000001B3) + hashes[place : len(words) - SHINGLE + 1 + place]
    shingles = _mixed(shingles)
    factors, offsets = _permutations()
    minima = np.full(BANDS * ROWS, np.iinfo(np.uint64).max, np.uint64)
    for start in range(0, len(shingles), 4096):
        part = shingles[start : start + 4096]
        np.minimum(minima, (factors[:, None] * part + offsets[:, None]).min(axis=1), out=minima)
    kept = (minima & np.uint64(0xFFFF)).astype("<u2").reshape(BANDS, ROWS)
    return tuple(int(band) for band in np.ascontiguousarray(kept).view("<i8").ravel())


def likeness(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """Return the share of minima in which two signatures agree: an estimate of the share of word runs that two texts have in common."""
    first, second = (np.array(bands, "<i8").view("<u2") for bands in (one, other))
    return float((first == second).mean())


@cache
def _permutations() -> tuple[np.ndarray, np.ndarray]:
    numbers = _mixed(np.arange(1, 2 * BANDS * ROWS + 1, dtype=np.uint64))
    return numbers[: BANDS * ROWS] | np.uint64(1), numbers[BANDS * ROWS :]


def _mixed(numbers: np.ndarray) -> np.ndarray:
    """Return numbers scattered over 64 bits (the finaliser of splitmix64)."""
    numbers = numbers + np.uint64(0x9E3779B97F4A7C15)
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


# ------------------------------------------------------------------------------------------------ clusters


def link_duplicates(con: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Set ``duplicate_of`` for the documents that wait on the step "duplicates", and for all that they concern; return counts.

    To be called inside a transaction. Takes the documents off the queue, and puts those that became or ceased to be a copy, with their
    originals, on the queues of the steps that count stories and name their publishers.
    """
    con.execute("create or replace temp table touched as select document_id from staging.pending_documents where step = 'duplicates'")
    signed = _sign(con)
    _find_concerned(con)
    _find_likenesses(con)
    _join_clusters(con)
    changed = _store(con)
    con.execute("delete from staging.pending_documents where step = 'duplicates'")
    found = con.execute("select count(*) from labels where label <> place").fetchone()
    for table in ("touched", "to_sign", "concerned", "members", "likenesses", "labels"):
        con.execute(f"drop table if exists temp.{table}")
    return {"documents_signed": signed, "documents_relinked": changed, "copies_concerned": found[0] if found else 0}


def _sign(con: duckdb.DuckDBPyConnection) -> int:
    """Store the bands of touched documents that have none yet; return how many were signed."""
    import pyarrow as pa

    con.execute(
        """
        create or replace temp table to_sign as
        select documents.rowid as place
        from main.dim_documents as documents
        semi join touched using (document_id)
        anti join (
            select document_id from staging.document_bands where band = 0 and document_id in (from touched)
        ) as bands using (document_id)
        order by place
        """
    )
    places = [row[0] for row in con.execute("select place from to_sign order by place").fetchall()]
    signed = 0
    for start in range(0, len(places), _BATCH):
        low, high = places[start], places[min(start + _BATCH, len(places)) - 1]
        rows = con.execute(
            """
            select document_id, body from main.dim_documents as documents
            where documents.rowid between ? and ? and documents.rowid in (from to_sign)
            """,
            [low, high],
        ).fetchall()
        signatures = [(document_id, bands) for document_id, body in rows if (bands := bands_of(body)) is not None]
        signed += len(signatures)
        flat = np.array([bands for _, bands in signatures], np.int64).ravel()
        table = pa.table(
            {
                "document_id": pa.array([document_id for document_id, _ in signatures], pa.string()).take(
                    pa.array(np.repeat(np.arange(len(signatures)), BANDS))
                ),
                "band": pa.array(np.tile(np.arange(BANDS), len(signatures)), pa.int64()),
                "band_hash": pa.array(flat, pa.int64()),
            }
        )
        con.register("new_bands", table)
        con.execute("insert into staging.document_bands by name select * from new_bands")
        con.unregister("new_bands")
    return signed


def _find_concerned(con: duckdb.DuckDBPyConnection) -> None:
    """Gather the touched documents, all that share a band with one, and the whole clusters of these; number them from the earliest."""
    con.execute(
        """
        create or replace temp table concerned as
        with sharing as (
            select document_id from touched
            union
            select others.document_id
            from touched
            join staging.document_bands as own using (document_id)
            join staging.document_bands as others using (band, band_hash)
        ),
        originals as (
            select distinct coalesce(documents.duplicate_of, documents.document_id) as document_id
            from main.dim_documents as documents
            semi join sharing using (document_id)
        )
        select
            documents.document_id,
            documents.published_on,
            row_number() over (order by documents.published_on, documents.document_id) as place
        from main.dim_documents as documents
        where documents.is_current
          and (
            documents.document_id in (from sharing)
            or documents.document_id in (from originals)
            or documents.duplicate_of in (from originals)
          )
        """
    )


def _find_likenesses(con: duckdb.DuckDBPyConnection) -> None:
    """Compare each concerned document with the first of each of its bands and with the one before it; keep the pairs that are alike."""
    lanes = " + ".join(f"((one.band_hash & {mask}) = (two.band_hash & {mask}))::int" for mask in _lane_masks())
    con.execute(
        """
        create or replace temp table members as
        select concerned.place, bands.band, bands.band_hash
        from staging.document_bands as bands
        join concerned using (document_id)
        """
    )
    con.execute(
        f"""
        create or replace temp table likenesses as
        with shared as (
            select place, min(place) over bucket as first_place, lag(place) over (bucket order by place) as last_place
            from members
            window bucket as (partition by band, band_hash)
            qualify first_place <> place
        ),
        pairs as (
            select place, first_place as other from shared
            union
            select place, last_place from shared
        ),
        near as (
            select pairs.*
            from pairs
            join concerned as one on one.place = pairs.place
            join concerned as two on two.place = pairs.other
            where one.published_on - two.published_on <= {MOST_DAYS}
        )
        select near.place, near.other
        from near
        join members as one on one.place = near.place
        join members as two on two.place = near.other and two.band = one.band
        group by all
        having sum({lanes}) >= {LEAST_LIKENESS * BANDS * ROWS}
        """
    )


def _lane_masks() -> list[int]:
    return [65535, 65535 << 16, 65535 << 32, -(1 << 48)]


def _join_clusters(con: duckdb.DuckDBPyConnection) -> None:
    """Label each concerned document with the earliest one it is linked to, through others too."""
    con.execute("create or replace temp table labels as select place, place as label from concerned")
    while True:
        con.execute(
            """
            create or replace temp table next_labels as
            with told as (
                select place, label from labels
                union all
                select likenesses.place, labels.label from likenesses join labels on labels.place = likenesses.other
                union all
                select likenesses.other, labels.label from likenesses join labels on labels.place = likenesses.place
            ),
            nearest as (select place, min(label) as label from told group by place)
            select nearest.place, least(nearest.label, beyond.label) as label
            from nearest
            join labels as beyond on beyond.place = nearest.label
            """
        )
        moved = con.execute("select count(*) from labels join next_labels using (place) where labels.label <> next_labels.label").fetchone()
        con.execute("drop table labels")
        con.execute("alter table next_labels rename to labels")
        if not moved or not moved[0]:
            return


def _store(con: duckdb.DuckDBPyConnection) -> int:
    """Write the originals of concerned documents, and queue what depends on them; return how many documents changed."""
    con.execute(
        """
        create or replace temp table relinked as
        select documents.document_id, original.document_id as duplicate_of, documents.duplicate_of as was_copy_of
        from main.dim_documents as documents
        left join concerned using (document_id)
        left join labels on labels.place = concerned.place and labels.label <> labels.place
        left join concerned as original on original.place = labels.label
        where (concerned.document_id is not null or documents.document_id in (from touched))
          and documents.duplicate_of is distinct from original.document_id
        """
    )
    con.execute(
        """
        update main.dim_documents as documents set duplicate_of = relinked.duplicate_of
        from relinked where relinked.document_id = documents.document_id
        """
    )
    con.execute(
        """
        insert into staging.pending_documents
        select document_id, step
        from (
            select document_id from relinked
            union
            select duplicate_of from relinked where duplicate_of is not null
            union
            select was_copy_of from relinked where was_copy_of is not null
        )
        cross join unnest(?) as steps (step)
        except
        from staging.pending_documents
        """,
        [list(_STEPS)],
    )
    _note_stale(con)
    changed = con.execute("select count(*) from relinked").fetchone()
    con.execute("drop table relinked")
    return changed[0] if changed else 0


def _note_stale(con: duckdb.DuckDBPyConnection) -> None:
    """Note that everything told by the stories of relinked documents is to be gathered anew: each names all who published its story."""
    con.execute(
        """
        insert into staging.stale_aggregates
        with
        stories as (
            select document_id from relinked
            union select duplicate_of from relinked
            union select was_copy_of from relinked
        ),
        told as (
            select document_id
            from main.dim_documents
            where document_id in (from stories) or duplicate_of in (from stories)
        )
        select engagement_id from main.fct_engagement_mentions semi join told using (document_id)
        union
        select agreement_id from main.fct_agreement_mentions semi join told using (document_id)
        union
        select reporter_code || '|' || partner_code || '|' || flow as series
        from main.fct_trade_claims
        semi join told using (document_id)
        where series is not null
        """
    )
