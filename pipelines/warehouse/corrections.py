"""Puts the entries of the corrections file into the warehouse. What a correction is stands in ``pipelines/resolution/corrections.py``."""

import hashlib
import json

from pipelines.resolution.corrections import Corrections, apply_corrections, learn_names
from pipelines.warehouse.connection import Warehouse
from pipelines.warehouse.fingerprints import fingerprint_of, keep_fingerprint

_NAME = "corrections"


def correct(warehouse: Warehouse, run_id: str) -> list[str]:
    """Apply every correction to staging in one transaction; return a sentence for each that no longer applies.

    Where merges or splits changed since the last time, the documents that name those people are put in line again. Raises
    CorrectionError when the file is not well formed.
    """
    corrections = Corrections.of(warehouse.settings.corrections)
    fingerprint = hashlib.blake2b(json.dumps(corrections.entries, default=str).encode(), digest_size=16).hexdigest()
    if not corrections.entries and fingerprint_of(warehouse.con, _NAME) in (None, fingerprint):
        return []
    with warehouse.transaction() as con:
        if fingerprint_of(con, _NAME) != fingerprint:
            learn_names(con, corrections)
            keep_fingerprint(con, _NAME, fingerprint)
        return apply_corrections(con, corrections, run_id)
