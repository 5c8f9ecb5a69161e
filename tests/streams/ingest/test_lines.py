from __future__ import annotations

from io import BytesIO

from streams.ingest.lines import read_lines
from streams.ingest.row import LONGEST


def test_each_line_is_a_row_and_blank_lines_are_none() -> None:
    rows = list(read_lines(BytesIO(b'\xef\xbb\xbf{"a": 1}\r\n\n  {"a": 2}  \n{"a": 3}')))
    assert [(row.number, row.line, row.payload) for row in rows] == [
        (1, 1, b'{"a": 1}'),
        (2, 3, b'{"a": 2}'),
        (3, 4, b'{"a": 3}'),
    ]


def test_a_bad_line_spoils_no_other() -> None:
    rows = list(read_lines(BytesIO(b'{"a": 1}\n{oops\n{"a": 3}\n')))
    assert [bool(row.fault) for row in rows] == [False, True, False]


def test_an_endless_line_is_one_bad_row() -> None:
    rows = list(read_lines(BytesIO(b"x" * (3 * LONGEST) + b'\n{"a": 2}\n')))
    assert [(row.line, bool(row.fault)) for row in rows] == [(1, True), (2, False)]


def test_a_line_of_exactly_the_limit_does_not_swallow_the_next() -> None:
    text = b'"' + b"x" * (LONGEST - 2) + b'"'
    rows = list(read_lines(BytesIO(text + b'\n{"a": 2}\n' + text + b'x\n{"a": 4}\n')))
    assert [(row.line, bool(row.fault)) for row in rows] == [(1, False), (2, False), (3, True), (4, False)]
