"""Makes the files of ``made_files`` known to these tests however they are started, and drops files into a seeds folder."""

import os
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from made_files import TODAY, Drop

from pipelines.readers import Document, Rejection, read


@pytest.fixture
def drop(tmp_path: Path) -> Drop:
    """Put a file into seeds and read it. Its own date is 12 September 2025."""

    def dropped(name: str, content: bytes | str) -> list[Document | Rejection]:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (1757678400, 1757678400))
        return list(read(path, tmp_path, TODAY))

    return dropped
