"""A file or feed to documents: one module a format behind one registry.

Belongs here: everything that turns bytes into documents with their metadata, or into a refusal with its reason. Does not belong here:
what the words mean (extraction), where documents are kept (warehouse).

``read(path, root)`` is the one way in. It streams and never raises for bad input. ``seed_files(root)`` lists what there is to read.
"""

from pipelines.readers.model import Document, Rejection, document_id
from pipelines.readers.registry import read
from pipelines.readers.seeds import seed_files

__all__ = ["Document", "Rejection", "document_id", "read", "seed_files"]
