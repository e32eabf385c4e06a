"""JSON and JSON Lines: articles as objects, read one by one however large the file.

Belongs here: parsing. Which field is what stands in ``articles``.
"""

from __future__ import annotations

import codecs
import io
import json
import re
from collections.abc import Iterator
from typing import Any, BinaryIO

from pipelines.readers.articles import drafts_of, naming_of
from pipelines.readers.decode import announced_encoding, decoded
from pipelines.readers.finish import Draft
from pipelines.readers.model import Rejection
from pipelines.readers.source import MEGABYTE, Refused, Source, lines_of, printable
from pipelines.readers.words import words

_SPACE = re.compile("[ \t\r\n\ufeff]*")


def read_jsonl(source: Source) -> Iterator[Draft | Rejection]:
    """Give the articles of a JSON Lines file; a line that cannot be read costs that line."""
    yield from drafts_of(_lines(source), source, naming_of(source))


def _lines(source: Source) -> Iterator[tuple[str, object] | Rejection]:
    with source.open_stream() as stream:
        for number, line in lines_of(as_utf8(stream), source.limits.line):
            part = f"line {number}"
            if line is None:
                problem = f"is longer than the {source.limits.line // MEGABYTE} MB that one article may have; split or remove the line"
                yield source.refuse("too_large", problem, part)
                continue
            if not line.strip():
                continue
            try:
                yield part, json.loads(decoded_line(line.rstrip(b"\r\n")))
            except Refused as refusal:
                yield source.refuse(refusal.reason_code, refusal.problem, part, len(line))
            except json.JSONDecodeError as error:
                problem = f"is not valid JSON ({error.msg}: column {error.colno}); correct or remove the line"
                yield source.refuse("broken_json", problem, part, len(line))
            except (ValueError, RecursionError):
                yield source.refuse("broken_json", "is JSON nested too deeply or with too long a number; remove the line", part, len(line))


def decoded_line(line: bytes) -> str:
    """Return the text of one line of a table: UTF-8, or what else it plausibly is."""
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError:
        return decoded(line)


def as_utf8(stream: BinaryIO) -> BinaryIO:
    """Return a stream of UTF-8 from one of UTF-16 or UTF-32; any other is returned as it is."""
    buffered: Any = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
    encoding = announced_encoding(buffered.peek(4096)[:4096])
    if encoding is None or encoding.name == "utf-8":
        return buffered
    buffered.read(encoding.mark)
    return io.BufferedReader(_Recoded(buffered, encoding.name))


class _Recoded(io.RawIOBase):
    """A stream of UTF-8 made from a stream in another encoding; what cannot be decoded becomes U+FFFD."""

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._waiting:
            chunk = self._stream.read(1 << 16)
            self._waiting = self._decoder.decode(chunk, final=not chunk).encode("utf-8", "replace")
            if not chunk:
                break
        size = min(len(buffer), len(self._waiting))
        buffer[:size], self._waiting = self._waiting[:size], self._waiting[size:]
        return size


# ------------------------------------------------------------------------------------------------ JSON


def read_json(source: Source) -> Iterator[Draft | Rejection]:
    """Give the articles of a JSON file: a list, an object that holds a list, one article, or several values in a row."""
    yield from drafts_of(_values(source), source, naming_of(source))


def _values(source: Source) -> Iterator[tuple[str, object] | Rejection]:
    with source.open_stream() as stream:
        text = _Text(as_utf8(stream), source.limits.line)
        number = 0
        try:
            while text.peek():
                for value in _articles(text, 0):
                    number += 1
                    yield f"item {number}", value
        except json.JSONDecodeError as error:
            where = f"item {number + 1}"
            problem = f"is not valid JSON ({error.msg}: {text.place(error.pos)}); correct it, nothing after it can be read"
            yield source.refuse("broken_json", problem, where)
        except Refused as refusal:
            yield source.refuse(refusal.reason_code, refusal.problem, f"item {number + 1}")
        except (ValueError, RecursionError):
            yield source.refuse("broken_json", "is JSON nested too deeply or with too long a number; correct it", f"item {number + 1}")


def _articles(text: _Text, depth: int) -> Iterator[object]:
    """Give the articles of the next value: the items of a list, or of the lists in an object, else the value itself."""
    if depth < 4 and text.peek() == "[":
        yield from _items(text)
    elif depth < 4 and text.peek() == "{":
        yield from _members(text, depth)
    else:
        yield text.value()


def _items(text: _Text) -> Iterator[object]:
    text.take("[")
    while text.peek() != "]":
        yield text.value()
        if text.peek() != "]":
            text.take(",")
    text.take("]")


def _members(text: _Text, depth: int) -> Iterator[object]:
    text.take("{")
    own: dict[str, object] = {}
    has_list = False
    while text.peek() != "}":
        key = text.value()
        if not isinstance(key, str):
            raise text.problem("Expecting property name enclosed in double quotes")
        text.take(":")
        if key.lower() in words("json_lists") and text.peek() in "[{" and not own.keys() & {"title", "headline", "text", "body"}:
            for value in _articles(text, depth + 1):
                has_list = True
                yield value
        else:
            own[key] = text.value()
        if text.peek() != "}":
            text.take(",")
    text.take("}")
    if own and not has_list:
        yield own


class _Text:
    """JSON text read in pieces: values are parsed whole, the rest of the file waits."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._limit = limit
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")("strict")
        self._json = json.JSONDecoder()
        self._buffer = ""
        self._position = 0
        self._lines = 1
        self._is_ended = False

    def peek(self) -> str:
        """Return the next character that is not space, "" at the end."""
        while True:
            self._position = _SPACE.match(self._buffer, self._position).end()  # type: ignore[union-attr]
            if self._position < len(self._buffer) or self._is_ended:
                return self._buffer[self._position : self._position + 1]
            self._read(1 << 18)

    def take(self, mark: str) -> None:
        """Pass over one mark that must come next."""
        if self.peek() != mark:
            raise self.problem(f"Expecting '{mark}'")
        self._position += 1

    def value(self) -> object:
        """Return the next whole value."""
        self.peek()
        wanted = 1 << 18
        while True:
            try:
                value, end = self._json.raw_decode(self._buffer, self._position)
                if end < len(self._buffer) or self._is_ended:
                    self._position = end
                    return value
            except json.JSONDecodeError:
                if self._is_ended:
                    raise
            if len(self._buffer) - self._position > self._limit:
                problem = (
                    f"is not valid JSON, or longer than the {self._limit // MEGABYTE} MB that one article may have; correct or split it"
                )
                raise Refused("too_large", problem)
            self._read(wanted)
            wanted *= 2

    def problem(self, message: str) -> json.JSONDecodeError:
        """Return the error of something unexpected at the present place."""
        return json.JSONDecodeError(message, self._buffer, self._position)

    def place(self, position: int) -> str:
        """Return where in the file a place in the buffer is: "line 3, column 14"."""
        before = self._buffer[:position]
        return f"line {self._lines + before.count(chr(10))}, column {position - before.rfind(chr(10))}"

    def _read(self, size: int) -> None:
        chunk = self._stream.read1(size)  # type: ignore[attr-defined]
        self._is_ended = not chunk
        self._lines += self._buffer.count("\n", 0, self._position)
        try:
            self._buffer = self._buffer[self._position :] + self._decoder.decode(chunk, final=self._is_ended)
        except UnicodeDecodeError as error:
            problem = f"is not valid UTF-8 ({printable(error.reason)}, near line {self._lines}); save the file as UTF-8"
            raise Refused("broken_encoding", problem) from error
        self._position = 0
