from __future__ import annotations

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import dead_letters
from sinks.rows import DEAD_LETTERS, DeadLetterRow
from tests.sinks.clickhouse.samples import NOON

pytestmark = pytest.mark.integration


def test_dead_letters_are_listed_once_and_by_stage(store: Store) -> None:
    rows = [
        DeadLetterRow(name, stage, "why", NOON, "mentions.raw", "key", "file:1", '{"a":1}')
        for name, stage in (("a", "parse"), ("b", "record"))
    ]
    store.insert(DEAD_LETTERS, rows)
    store.insert(DEAD_LETTERS, rows)
    assert [letter.id for letter in dead_letters(store)] == ["a", "b"]
    (letter,) = dead_letters(store, stage="record")
    assert (letter.reason, letter.value, letter.at) == ("why", '{"a":1}', NOON)
