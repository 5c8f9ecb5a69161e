"""Rows of a JSON file: an array, or objects one after the other, however they are indented.

The elements are found by their brackets and cut out as they stand, so that a file of any size takes the memory
of one chunk and one row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import IO, Final

from streams.ingest.row import LONGEST, Row, checked, faulty

CHUNK: Final = 1 << 18

# All up to the next bracket, whole strings too, so that no bracket in a text counts; stops before a string that the
# end of the buffer cuts.
_RUN = re.compile(rb'(?:[^][{}"]++|"(?:[^"\\]++|\\.)*+")*+', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,]*")
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
_SCALAR = re.compile(rb"[^\s,\]\[{}]*")
_OPEN = frozenset(b"[{")
_QUOTE = ord('"')


class _Buffer:
    """A window on the stream: what was read, and the place and line up to which it is used."""

    def __init__(self, stream: IO[bytes], chunk: int) -> None:
        self._stream = stream
        self._chunk = chunk
        self.data = b""
        self.at = 0
        self.line = 1

    def more(self) -> bool:
        """Read on; False at the end of the stream."""
        chunk = self._stream.read(self._chunk)
        self.data = self.data[self.at :] + chunk
        self.at = 0
        return bool(chunk)

    def take(self, end: int) -> bytes:
        """What lies before `end`, which is used now."""
        taken = self.data[self.at : end]
        self.at = end
        self.line += taken.count(b"\n")
        return taken

    def next(self) -> bytes:
        """The first byte of the next element or the closing bracket; b"" at the end of the stream."""
        while True:
            match = _BETWEEN.match(self.data, self.at)
            self.take(match.end() if match else self.at)
            if self.at < len(self.data) or not self.more():
                return self.data[self.at : self.at + 1]


def read_array(stream: IO[bytes], chunk: int = CHUNK) -> Iterator[Row]:
    """The elements of the array, or of the sequence of objects, in `stream`."""
    buffer = _Buffer(stream, chunk)
    buffer.more()
    buffer.take(3 if buffer.data.startswith(b"\xef\xbb\xbf") else 0)
    closed = buffer.next() != b"["
    if not closed:
        buffer.take(buffer.at + 1)
    number = 0
    while first := buffer.next():
        if first == b"]":
            return
        number += 1
        line = buffer.line
        text = buffer.take(_element(buffer))
        if len(text) > LONGEST:  # perhaps brackets that never close: what follows cannot be told apart
            yield faulty(number, line, text[:1_000], f"no row ends within {LONGEST:,} bytes; the rest was not read")
            return
        yield checked(number, line, text)
    if not closed:
        yield faulty(number + 1, buffer.line, b"", "the file ends inside the array: it was cut off")


def _element(buffer: _Buffer) -> int:
    """The end of the element that begins here; the buffer is read on until it holds it whole."""
    while True:
        end = _end(buffer.data, buffer.at)
        if end or len(buffer.data) - buffer.at > LONGEST or not buffer.more():
            return end or len(buffer.data)


def _end(data: bytes, start: int) -> int:
    """The end of the element that begins at `start`; 0 if it goes on beyond `data`."""
    if data[start] not in _OPEN:
        match = (_STRING if data[start] == _QUOTE else _SCALAR).match(data, start)
        end = match.end() if match else 0
        return end if end < len(data) else 0
    depth, at = 0, start
    while True:
        match = _RUN.match(data, at)
        at = match.end() if match else at
        if at == len(data) or data[at] == _QUOTE:
            return 0
        depth += 1 if data[at] in _OPEN else -1
        at += 1
        if not depth:
            return at
