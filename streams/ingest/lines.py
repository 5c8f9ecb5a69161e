"""Rows of a JSONL file: one a line."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from streams.ingest.row import LONGEST, Row, checked

_BOM = b"\xef\xbb\xbf"


def read_lines(stream: IO[bytes]) -> Iterator[Row]:
    """The rows of `stream`; blank lines are none. Holds one line at a time, however long."""
    number = line_number = 0
    while line := stream.readline(LONGEST + 2):
        line_number += 1
        if not line.endswith(b"\n") and len(line) > LONGEST:
            _skip_line(stream)
        text = (line.removeprefix(_BOM) if line_number == 1 else line).strip()
        if text:
            number += 1
            yield checked(number, line_number, text)


def _skip_line(stream: IO[bytes]) -> None:
    while (rest := stream.readline(1 << 20)) and not rest.endswith(b"\n"):
        pass
