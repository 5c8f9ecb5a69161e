"""Write rows: encoded as JSON lines in C, read by ClickHouse in C++.

Measured on 2 cores with 44 columns: `benchmarks/record.py` prints the times and those of the driver's own columnar
insert. The cost of an insert that does not depend on its rows is 15 ms a table and partition that it touches,
so write thousands at once.
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
