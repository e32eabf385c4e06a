"""Where bytes come from: a file in seeds/ or a member of a container, opened safely and read in bounded pieces.

Belongs here: names fit to print, limits, what may be opened at all. Does not belong here: what any format means.
"""

from __future__ import annotations

import io
import os
import stat
import tempfile
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pipelines.readers.model import Rejection

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of anything is read. Sizes are bytes; ``text`` is code points of one document."""

    text: int = 5 * MEGABYTE
    line: int = 32 * MEGABYTE  # one record of a table or feed: 5 MB of text, escaped
    page: int = 20 * MEGABYTE  # one HTML page, feed, mail or front-mattered text
    paper: int = 200 * MEGABYTE  # one PDF or DOCX, pictures included
    spool: int = 4_000 * MEGABYTE  # a member that must lie on disk to be read (Parquet, PDF or ZIP inside a container)
    expanded: int = 100_000 * MEGABYTE  # all that one container may unfold to
    ratio: int = 300  # unfolded to folded: no news packs tighter, bombs do
    ratio_from: int = 4 * MEGABYTE  # below this a high ratio harms nobody
    members: int = 1_000_000  # entries of one ZIP
    depth: int = 3  # containers inside containers


class Refused(Exception):
    """Raised inside readers to refuse what is being read; the registry turns it into a ``Rejection``."""

    def __init__(self, reason_code: str, problem: str, member: str | None = None) -> None:
        super().__init__(problem)
        self.reason_code = reason_code
        self.problem = problem
        self.member = member


@dataclass(frozen=True, slots=True)
class Source:
    """Something readable: a file, or a member of one.

    ``name`` decides the format (with the content); ``open_stream`` gives a fresh binary stream, which need not be seekable. ``modified``
    is the file's own time. ``path`` is the file itself, None inside a container; ``beside`` is the file in seeds/ in either case.
    """

    source_path: str
    member: str | None
    name: str
    modified: datetime
    size: int | None
    open_stream: Callable[[], BinaryIO]
    today: date
    limits: Limits = Limits()
    path: Path | None = None
    beside: Path | None = None
    root: Path | None = None
    depth: int = 0

    def within(self, member: str) -> str:
        """Return how a part of this source is called: "line 12", or "may.jsonl: line 12" inside a container."""
        return f"{self.member}: {member}" if self.member else member

    def refuse(self, reason_code: str, problem: str, part: str | None = None, size: int | None = None) -> Rejection:
        """Return the rejection of this source, or of its ``part``. ``problem`` is what is wrong and what to do, after the name."""
        member = self.within(part) if part else self.member
        place = f"{self.source_path}, {member}" if member else self.source_path
        return Rejection(self.source_path, member, reason_code, f"{place}: {problem}", size if size is not None or part else self.size)

    def inside(self, member: str, name: str, modified: datetime | None, size: int | None, open_stream: Callable[[], BinaryIO]) -> Source:
        """Return a member of this container as a source of its own."""
        return replace(
            self,
            member=self.within(member),
            name=name,
            modified=modified or self.modified,
            size=size,
            open_stream=open_stream,
            path=None,
            depth=self.depth + 1,
        )


# ------------------------------------------------------------------------------------------------ names


def printable(name: str) -> str:
    """Return ``name`` with everything that does not print as itself escaped, so that no message or table can be upset by it.

    Undecodable bytes become ``\\xff``, control, format and separator characters ``\\n`` or ``\\u202e``, a backslash ``\\\\``:
    different names stay different.
    """
    if name.isascii() and name.isprintable() and "\\" not in name:
        return name
    return "".join(_printable_character(character) for character in name)


def _printable_character(character: str) -> str:
    code = ord(character)
    if character == "\\":
        return "\\\\"
    if 0xDC80 <= code <= 0xDCFF:
        return f"\\x{code - 0xDC00:02x}"
    if character == " " or unicodedata.category(character)[0] not in "CZ":
        return character
    return character.encode("unicode_escape").decode("ascii") if code < 0xD800 or code > 0xDFFF else f"\\u{code:04x}"


def shown(value: object, longest: int = 60) -> str:
    """Return a value in quotes for a message: printable, and cut where it is long."""
    text = str(value)
    cut = text[:longest] + ("…" if len(text) > longest else "")
    return f'"{printable(cut)}"'


def source_path_of(path: Path, root: Path) -> str:
    """Return ``path`` relative to ``root`` in printable form: the ``source_path`` of its documents."""
    absolute, base = (os.path.abspath(p) for p in (path, root))
    relative = os.path.relpath(absolute, base)
    return printable(relative.replace(os.sep, "/"))


# ------------------------------------------------------------------------------------------------ opening


def open_safely(path: Path, root: Path, source_path: str) -> tuple[BinaryIO, os.stat_result]:
    """Open a file that lies under ``root`` once links are followed; refuse anything else.

    A pipe or device is never waited for.
    """
    try:
        target = path.resolve(strict=True)
    except (RuntimeError, OSError) as error:
        raise _refused_link(path, error) from error
    home = root.resolve()
    mode = target.stat().st_mode
    is_link = os.path.islink(path)
    if stat.S_ISDIR(mode) and not is_link and not os.access(target, os.R_OK | os.X_OK):
        raise Refused("no_permission", "is a folder that may not be listed by this user; run chmod a+rx on it")
    if stat.S_ISDIR(mode):
        raise Refused("link_to_folder" if is_link else "folder", "is a folder, not a document; put the files themselves into seeds/")
    if not stat.S_ISREG(mode):
        what = "links to a device or pipe" if is_link else "is a device, socket or pipe"
        raise Refused("not_a_file", f"{what}, which is not read; replace it by a plain file")
    if not target.is_relative_to(home):
        raise Refused("link_outside", "links to a file outside seeds/, which is not read; copy the file into seeds/ instead")
    try:
        handle = os.open(target, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0))
    except PermissionError as error:
        raise Refused("no_permission", "may not be read by this user; run chmod a+r on it") from error
    stream = os.fdopen(handle, "rb", buffering=1 << 18)
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        stream.close()
        raise Refused("not_a_file", "is a device, socket or pipe, which is not read; replace it by a plain file")
    return stream, status


def _refused_link(path: Path, error: Exception) -> Refused:
    if isinstance(error, PermissionError):
        return Refused("no_permission", "lies in a folder that may not be read by this user; run chmod a+rx on the folder")
    if os.path.islink(path) and (isinstance(error, RuntimeError) or getattr(error, "errno", None) == 40):
        return Refused("link_loop", "is a symbolic link that leads back to itself; remove it or point it at a file")
    if os.path.islink(path):
        return Refused("link_broken", "is a symbolic link to nothing; remove it or point it at a file")
    return Refused("gone", "is no longer there; put it back or ignore this line")


def read_whole(source: Source, limit: int, kind: str) -> bytes:
    """Return all bytes of a source of at most ``limit`` bytes."""
    with source.open_stream() as stream:
        content = stream.read(limit + 1)
    if len(content) > limit:
        raise Refused("too_large", f"is larger than the {limit // MEGABYTE} MB that one {kind} may have; split it or remove it")
    return content


@contextmanager
def on_disk(source: Source) -> Iterator[BinaryIO]:
    """Give a seekable stream of the source: the file itself, or a temporary copy of a container's member."""
    with source.open_stream() as stream:
        if source.path is not None or isinstance(stream, io.BytesIO):
            yield stream
            return
        with tempfile.TemporaryFile(prefix="chancery-") as copy:
            written = 0
            while chunk := stream.read(1 << 20):
                written += len(chunk)
                if written > source.limits.spool:
                    raise Refused("too_large", f"unfolds to more than {source.limits.spool // MEGABYTE} MB; unpack it into seeds/ first")
                copy.write(chunk)
            copy.seek(0)
            yield copy


def lines_of(stream: BinaryIO, limit: int) -> Iterator[tuple[int, bytes | None]]:
    """Give the lines of ``stream`` with their numbers from 1; a line longer than ``limit`` bytes is skipped over and given as None."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        if len(line) <= limit:
            yield number, line
            continue
        while not line.endswith(b"\n") and (line := stream.readline(1 << 20)):
            pass
        yield number, None


def suffixes_of(name: str) -> list[str]:
    """Return the lower-case suffixes of a file name, last first."""
    return [suffix.lower() for suffix in reversed(PurePosixPath(name.replace("\\", "/")).suffixes)]


def file_source(path: Path, root: Path, source_path: str, opener: Callable[[], BinaryIO], status: os.stat_result, today: date) -> Source:
    """Return the source of a plain file."""
    return Source(
        source_path=source_path,
        member=None,
        name=path.name,
        modified=datetime.fromtimestamp(max(status.st_mtime, 0), UTC),
        size=status.st_size,
        open_stream=opener,
        today=today,
        path=path,
        beside=path,
        root=root,
    )
