"""The version of the engine: what it is made of decides what it reads, so a change of code or words reads every document again."""

import hashlib
import os
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from pipelines.extraction import lexicon

_FOLDER = Path(__file__).parent
_OUTSIDE = frozenset({"training", "__pycache__"})


@cache
def engine_version() -> str:
    """Return the package's version with a hash of the engine's code, its words and the user's own."""
    digest = hashlib.blake2b(digest_size=6)
    own = lexicon.additions()
    for root in (_FOLDER, own) if own else (_FOLDER,):
        for path in _files(root):
            digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return f"{_package_version()}+{digest.hexdigest()}"


def _files(root: Path) -> list[Path]:
    found = []
    for folder, names, files in os.walk(root):
        names[:] = sorted(name for name in names if name not in _OUTSIDE)
        found += [Path(folder, name) for name in sorted(files) if not name.endswith(".pyc")]
    return found


def _package_version() -> str:
    try:
        return version("chancery")
    except PackageNotFoundError:  # run from a copy that is not installed
        return "0"
