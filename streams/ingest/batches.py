"""Gather rows into batches that a request can carry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from streams.ingest.row import Row

ROWS = 500
BYTES = 1_000_000


def in_batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """`rows` in lists of at most 500 rows and, unless one row alone is larger, 1 MB."""
    batch: list[Row] = []
    size = 0
    for row in rows:
        if batch and (len(batch) == ROWS or size + len(row.payload) > BYTES):
            yield batch
            batch, size = [], 0
        batch.append(row)
        size += len(row.payload)
    if batch:
        yield batch
