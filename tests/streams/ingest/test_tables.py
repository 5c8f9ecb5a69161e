from __future__ import annotations

import json
from io import StringIO

import pytest

from streams.ingest.row import Row
from streams.ingest.tables import read_table


def rows(text: str) -> list[Row]:
    return list(read_table(StringIO(text, newline="")))


@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_each_row_is_an_object_of_texts(delimiter: str) -> None:
    (row,) = rows(f"id{delimiter}text\r\n7{delimiter}好\r\n")
    assert json.loads(row.payload) == {"id": "7", "text": "好"}


def test_a_text_of_several_lines_is_one_row_at_its_first_line() -> None:
    read = rows('id,text\n1,"a\nb ""c"", d"\n\n2,e\n')
    assert [(row.number, row.line, json.loads(row.payload)["text"]) for row in read] == [
        (1, 2, 'a\nb "c", d'),
        (2, 5, "e"),
    ]


def test_a_row_of_other_width_is_at_fault_and_spoils_no_other() -> None:
    read = rows("id,text\n1\n2,b\n3,c,d\n")
    assert [row.fault for row in read] == [
        "the row has 1 columns, the header has 2",
        "",
        "the row has 3 columns, the header has 2",
    ]


def test_a_header_that_comes_again_is_no_row() -> None:
    assert len(rows("id,text\n1,a\nid,text\n2,b\n")) == 2


def test_bytes_that_are_no_text_are_the_fault_of_their_row() -> None:
    text = b"id,text\n1,\xff\n2,b\n".decode("utf-8", "surrogateescape")
    assert [row.fault for row in rows(text)] == ["the row is not text in the file's encoding", ""]


def test_an_endless_field_is_at_fault_and_spoils_no_other() -> None:
    read = rows(f"id,text\n1,{'x' * 500_001}\n2,b\n")
    assert read[0].fault.startswith("not CSV: field larger than")
    assert (read[-1].line, read[-1].fault) == (3, "")
