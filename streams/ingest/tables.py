"""Rows of a CSV file, as crawlers and spreadsheets write it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO, Final

import msgspec

from streams.ingest.row import LONGEST, Row, faulty

DELIMITERS: Final = (",", "\t", ";")

_encode = msgspec.json.Encoder().encode


def read_table(stream: IO[str]) -> Iterator[Row]:
    """The rows below the header, each an object of texts; blank lines and repeated headers are none.

    `stream` must be open with newline="" and errors="surrogateescape": a byte that is no text is the fault of
    its row only.
    """
    csv.field_size_limit(LONGEST)
    header_line = stream.readline()
    header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter_of(header_line)))]
    reader = csv.reader(stream, delimiter=delimiter_of(header_line))
    number = 0
    while True:
        line = reader.line_num + 2  # the header was the first
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            number += 1
            yield faulty(number, line, b"", f"not CSV: {error}")
            continue
        if any(cells) and cells != header:
            number += 1
            yield _row(number, line, header, cells)


def delimiter_of(header: str) -> str:
    """The delimiter that parts the header into most columns."""
    return max(DELIMITERS, key=header.count)


def _row(number: int, line: int, header: list[str], cells: list[str]) -> Row:
    if len(cells) != len(header):
        text = ",".join(cells).encode("utf-8", "replace")
        return faulty(number, line, text, f"the row has {len(cells)} columns, the header has {len(header)}")
    try:
        return Row(number, line, _encode(dict(zip(header, cells, strict=True))))
    except UnicodeEncodeError:
        text = ",".join(cells).encode("utf-8", "surrogateescape")
        return faulty(number, line, text, "the row is not text in the file's encoding")
