"""Compressed files and ZIP archives: their members as sources of their own, unfolded in bounded streams.

Belongs here: unfolding, and refusing what unfolds too far or is named to escape. Nothing is written under a member's name.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from pipelines.readers.model import Document, Rejection
from pipelines.readers.seeds import is_litter
from pipelines.readers.source import MEGABYTE, Limits, Refused, Source, on_disk, printable, shown, suffixes_of

_FAILURES = (EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError, RuntimeError)
_PIECE = 1 << 20


class _Unfolded(io.RawIOBase):
    """A stream of pieces that refuses to go on at a bomb's measure, and gives all there is before it says it is damaged."""

    def __init__(self, pieces: Iterator[bytes], folded: Callable[[], int], source: Source, stream: BinaryIO) -> None:
        self._pieces = pieces
        self._folded = folded
        self._limits = source.limits
        self._stream = stream
        self._waiting = memoryview(b"")
        self._given = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._waiting:
            try:
                self._waiting = memoryview(next(self._pieces, b""))
            except _FAILURES as error:
                problem = f"breaks off while being unfolded ({printable(str(error))[:80]}); it is cut short or damaged, copy it again"
                raise Refused("damaged", problem) from error
            self._given += len(self._waiting)
            refuse_bomb(self._given, self._folded(), self._limits)
        size = min(len(buffer), len(self._waiting))
        buffer[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        return size

    def close(self) -> None:
        self._stream.close()
        super().close()


def refuse_bomb(unfolded: int, folded: int, limits: Limits) -> None:
    """Refuse what unfolds to more than any news does."""
    if unfolded > limits.ratio_from and unfolded > limits.ratio * max(folded, 1):
        problem = f"unfolds to more than {limits.ratio} times its size, as bombs do; if it is sound, unpack it into seeds/ yourself"
        raise Refused("bomb", problem)
    if unfolded > limits.expanded:
        raise Refused("bomb", f"unfolds to more than {limits.expanded // MEGABYTE:,} MB; unpack it into seeds/ yourself")


# ------------------------------------------------------------------------------------------------ one file folded


def read_gzip(source: Source) -> Iterator[Document | Rejection]:
    """Give the documents of the file that a .gz holds."""

    def opened() -> BinaryIO:
        stream = source.open_stream()
        return _buffered(_Unfolded(_gzip_pieces(stream), _position_of(stream), source, stream))

    yield from _unfolded(source, opened, (".gz", ".gzip"))


def _gzip_pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Give the content of all members of a gzip stream in bounded pieces."""
    member = zlib.decompressobj(31)
    while chunk := stream.read(1 << 16):
        while chunk:
            if member.eof:
                chunk = chunk.lstrip(b"\0")  # padding between members
                if not chunk:
                    break
                member = zlib.decompressobj(31)
            if piece := member.decompress(chunk, _PIECE):
                yield piece
            chunk = member.unused_data if member.eof else member.unconsumed_tail
    while not member.eof and (piece := member.decompress(b"", _PIECE)):
        yield piece
    if not member.eof:
        raise EOFError("no end mark")


def read_zstandard(source: Source) -> Iterator[Document | Rejection]:
    """Give the documents of the file that a .zst holds."""
    import zstandard  # noqa: F401 - so that a missing library is told before anything is opened

    def opened() -> BinaryIO:
        stream = source.open_stream()
        return _buffered(_Unfolded(_zstandard_pieces(stream), _position_of(stream), source, stream))

    yield from _unfolded(source, opened, (".zst", ".zstd"))


def _zstandard_pieces(stream: BinaryIO) -> Iterator[bytes]:
    """Give the content of all frames of a zstandard stream. Little is fed at once: four bytes may unfold to 128 KB."""
    import zstandard

    frame = None
    try:
        while chunk := stream.read(1 << 13):
            while chunk:
                if frame is None or frame.eof:
                    frame = zstandard.ZstdDecompressor(max_window_size=1 << 28).decompressobj()
                if piece := frame.decompress(chunk):
                    yield piece
                chunk = frame.unused_data if frame.eof else b""
    except zstandard.ZstdError as error:
        raise EOFError(str(error)) from error
    if frame is None or not frame.eof:
        raise EOFError("no end mark")


def _buffered(stream: io.RawIOBase) -> BinaryIO:
    return io.BufferedReader(stream, 1 << 18)


def _position_of(stream: BinaryIO) -> Callable[[], int]:
    def position() -> int:
        try:
            return stream.tell()
        except (OSError, ValueError):
            return 1 << 62

    return position


def _unfolded(source: Source, opened: Callable[[], BinaryIO], suffixes: tuple[str, ...]) -> Iterator[Document | Rejection]:
    from dataclasses import replace

    from pipelines.readers.registry import read_source

    _refuse_depth(source)
    name = source.name
    if suffixes_of(name)[:1] and suffixes_of(name)[0] in suffixes:
        name = name[: -len(suffixes_of(name)[0])]
    # The one file inside needs no name of its own: its documents are called after the folded file.
    yield from read_source(replace(source, name=name, open_stream=opened, path=None, size=None, depth=source.depth + 1))


def _refuse_depth(source: Source) -> None:
    if source.depth >= source.limits.depth:
        raise Refused("too_deep", f"lies more than {source.limits.depth} containers deep; unpack it into seeds/ yourself")


# ------------------------------------------------------------------------------------------------ ZIP


def read_zip(source: Source) -> Iterator[Document | Rejection]:
    """Give the documents of a ZIP archive's entries, in the order of their names; each entry stands or falls alone."""
    _refuse_depth(source)
    with on_disk(source) as stream:
        try:
            archive = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError) as error:
            raise Refused("damaged", f"is a damaged ZIP ({printable(str(error))[:80]}); copy it again") from error
        with archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir() and not _is_litter(entry.filename)]
            if not entries:
                raise Refused("empty", "holds no files; remove it, or pack the articles into it")
            if len(entries) > source.limits.members:
                raise Refused("too_large", f"holds {len(entries):,} files, more than {source.limits.members:,}; split it")
            folded = sum(entry.compress_size for entry in entries)
            refuse_bomb(sum(entry.file_size for entry in entries), min(folded, source.size or folded), source.limits)
            for entry in sorted(entries, key=lambda entry: entry.filename):
                yield from _read_entry(archive, entry, source)


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, source: Source) -> Iterator[Document | Rejection]:
    from pipelines.readers.registry import read_source

    name = printable(entry.filename)[:300]
    if _escapes(entry.filename):
        problem = f"is named {shown(entry.filename)}, a place outside the archive; pack it again with plain names"
        yield source.refuse("unsafe_name", problem, name, entry.file_size)
        return
    if entry.flag_bits & 1:
        yield source.refuse("encrypted", "is protected by a password; pack it again without one", name, entry.file_size)
        return

    def opened() -> BinaryIO:
        try:
            stream: Any = archive.open(entry)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error, EOFError, ValueError) as error:
            raise Refused("damaged", f"cannot be unfolded ({printable(str(error))[:80]}); pack it again") from error
        return _buffered(_Unfolded(iter(lambda: stream.read(_PIECE), b""), lambda: entry.compress_size, source, stream))

    yield from read_source(source.inside(name, entry.filename, _packed_on(entry), entry.file_size, opened))


def _is_litter(name: str) -> bool:
    return any(is_litter(part) for part in name.split("/") if part and part != ".." and part != ".")


def _escapes(name: str) -> bool:
    path = name.replace("\\", "/")
    return path.startswith("/") or ".." in PurePosixPath(path).parts or (len(path) > 1 and path[1] == ":")


def _packed_on(entry: zipfile.ZipInfo) -> datetime | None:
    """Return the entry's own time; the first day that ZIP can tell means that none was kept."""
    try:
        return None if entry.date_time[:3] == (1980, 1, 1) else datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None
