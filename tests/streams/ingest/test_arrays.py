from __future__ import annotations

import json
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from streams.ingest.arrays import CHUNK, read_array
from streams.ingest.row import LONGEST

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


in_chunks = pytest.mark.parametrize("chunk", [3, 7, CHUNK])


def values(data: bytes, chunk: int = CHUNK) -> list[Any]:
    return [json.loads(row.payload) for row in read_array(BytesIO(data), chunk)]


ROWS = [{"text": 'a "quoted" ]}[{ \\ 笑'}, {"deep": [{"x": []}]}, {}, [1], "a, b", 7, None]


@in_chunks
@pytest.mark.parametrize("indent", [None, 4])
def test_elements_are_cut_out_whatever_is_in_their_texts(chunk: int, indent: int | None) -> None:
    assert values(json.dumps(ROWS, indent=indent, ensure_ascii=False).encode(), chunk) == ROWS


@settings(max_examples=200, deadline=None)
@given(rows=st.lists(JSON, max_size=5), indent=st.sampled_from([None, 1]), ascii_only=st.booleans())
def test_any_array_is_read_as_json_reads_it(rows: list[Any], indent: int | None, ascii_only: bool) -> None:
    assert values(json.dumps(rows, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")) == rows


@in_chunks
def test_objects_without_an_array_follow_each_other(chunk: int) -> None:
    assert values(b'\xef\xbb\xbf{\n "a": 1\n}\n{\n "a": 2\n}', chunk) == [{"a": 1}, {"a": 2}]


@in_chunks
def test_rows_know_their_line(chunk: int) -> None:
    data = json.dumps([{"a": 1}, {"a": 2}], indent=4).encode()
    assert [(row.number, row.line) for row in read_array(BytesIO(data), chunk)] == [(1, 2), (2, 5)]


def test_a_bad_element_spoils_no_other() -> None:
    rows = list(read_array(BytesIO(b'[{"a": 1}, {"a": oops}, {"a": 3}]')))
    assert [bool(row.fault) for row in rows] == [False, True, False]


@pytest.mark.parametrize("data", [b'[{"a": 1}', b'[{"a": 1},'])
def test_an_array_that_is_cut_off_says_so(data: bytes) -> None:
    *rows, last = read_array(BytesIO(data))
    assert [row.fault for row in rows] == [""]
    assert last.fault == "the file ends inside the array: it was cut off"


def test_an_element_that_is_cut_off_is_a_bad_row() -> None:
    first, half, end = read_array(BytesIO(b'[{"a": 1}, {"a": "b'))
    assert (first.fault, half.fault[:8]) == ("", "not JSON")
    assert "cut off" in end.fault


def test_brackets_that_never_close_end_the_reading() -> None:
    first, last = read_array(BytesIO(b'[{"a": 1}, {"b": ' + b'{"a": 1}, ' * (LONGEST // 8)))
    assert first.fault == ""
    assert last.fault == "no row ends within 500,000 bytes; the rest was not read"


@pytest.mark.parametrize("data", [b"[]", b"[ ]\n", b" [\n]"])
def test_an_empty_array_has_no_rows(data: bytes) -> None:
    assert values(data) == []
