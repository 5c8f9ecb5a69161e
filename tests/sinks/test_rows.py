from __future__ import annotations

import msgspec
import pytest
from msgspec import Struct

from sinks.clickhouse import Store
from sinks.rows import (
    ALERTS,
    DEAD_LETTERS,
    DELIVERIES,
    DUPLICATES,
    MENTIONS,
    AlertRow,
    DeadLetterRow,
    DeliveryRow,
    DuplicateRow,
    MentionRow,
)

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("clickhouse_url", ["chdb"], indirect=True)
@pytest.mark.parametrize(
    ("table", "row"),
    [
        (MENTIONS, MentionRow),
        (DUPLICATES, DuplicateRow),
        (ALERTS, AlertRow),
        (DELIVERIES, DeliveryRow),
        (DEAD_LETTERS, DeadLetterRow),
    ],
)
def test_a_row_has_the_columns_of_its_table_in_their_order(store: Store, table: str, row: type[Struct]) -> None:
    columns = store.query(
        "SELECT name FROM system.columns WHERE database = currentDatabase() AND table = {table:String} "
        "AND default_kind = '' ORDER BY position",
        {"table": table},
    )
    assert [field.encode_name for field in msgspec.structs.fields(row)] == [name for (name,) in columns]
