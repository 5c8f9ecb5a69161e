"""Write rows: encoded as JSON lines in C, read by ClickHouse in C++.

Faster than the driver's columnar insert, and rows are taken as they are. On 2 cores, mapping and aggregates included:
105 µs a mention in batches of 500, 39 in batches of 2,000, 24 in batches of 8,000. About 15 ms of an insert are for
each table and partition that it touches, whatever the rows: write thousands at once (`benchmarks/record.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from clickhouse_connect.driver.client import Client
from msgspec import Struct

from sinks.errors import Rejected

_SETTINGS: Final[dict[str, str | int]] = {
    "date_time_input_format": "best_effort",  # ISO 8601 as msgspec writes it
    "max_partitions_per_insert_block": 0,  # a crawler's file may span any number of years
    # Merging states of one insert among themselves costs more than it saves: background merges do it.
    "optimize_on_insert": 0,
    # A replay must reach the aggregates even where a crash came between a table and its views.
    "insert_deduplicate": 0,
    "input_format_parallel_parsing": 0,  # an insert is small; its threads cost a fifth more than they bring
    "async_insert": 0,  # on return the rows are there
}
_encode_lines = msgspec.json.Encoder().encode_lines


def insert(client: Client, table: str, rows: Sequence[Struct], token: str) -> None:
    """Write `rows` into `table` in one insert. Raises `Rejected` for a value that JSON cannot hold."""
    if not rows:
        return
    try:
        block = _encode_lines(rows)
    except (UnicodeEncodeError, OverflowError, TypeError) as error:
        raise Rejected(f"a row for {table} cannot be written: {error}") from error
    client.raw_insert(
        table,
        insert_block=block,
        fmt="JSONEachRow",
        settings=_SETTINGS | {"log_comment": token},
    )
