"""A folder for batches on their way between processes. What goes into it is the business of those who use it."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def scratch_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder for the block, and remove it afterwards; what a crash left in it is removed first."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
