from __future__ import annotations

from streams.ingest.batches import BYTES, ROWS, in_batches
from streams.ingest.row import Row


def rows(*sizes: int) -> list[Row]:
    return [Row(number, number, b"x" * size) for number, size in enumerate(sizes, 1)]


def test_a_batch_holds_so_many_rows() -> None:
    assert [len(batch) for batch in in_batches(rows(*[1] * (2 * ROWS + 1)))] == [ROWS, ROWS, 1]


def test_a_batch_holds_so_many_bytes_unless_one_row_is_larger() -> None:
    assert [len(batch) for batch in in_batches(rows(BYTES - 1, 1, 1, BYTES + 1, 1))] == [2, 1, 1, 1]


def test_no_rows_are_no_batch() -> None:
    assert list(in_batches([])) == []
