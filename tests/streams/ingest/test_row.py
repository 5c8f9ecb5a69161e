from __future__ import annotations

import msgspec

from streams.ingest.row import LONGEST, checked


def test_json_travels_as_it_stands() -> None:
    row = checked(3, 7, b'{"a": 1}')
    assert (row.number, row.line, row.payload, row.fault) == (3, 7, b'{"a": 1}', "")


def test_what_is_no_json_travels_as_text_with_its_fault() -> None:
    row = checked(3, 7, b'{"a": \xff')
    assert row.fault.startswith("not JSON: ")
    assert msgspec.json.decode(row.payload) == '{"a": \ufffd'


def test_an_endless_row_is_cut_and_at_fault() -> None:
    row = checked(1, 1, b'"' + b"x" * LONGEST + b'"')
    assert row.fault == "the row is longer than 500,000 bytes"
    assert len(row.payload) < 2_000


def test_a_row_nested_without_end_is_at_fault() -> None:
    assert checked(1, 1, b"[" * 100_000 + b"]" * 100_000).fault == "not JSON: nested too deep"
