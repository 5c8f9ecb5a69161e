from __future__ import annotations

from datetime import timedelta

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import Summary, summary
from sinks.rows import (
    ALERTS,
    DEAD_LETTERS,
    DELIVERIES,
    DUPLICATES,
    MENTIONS,
    DeadLetterRow,
    DeliveryRow,
    DuplicateRow,
)
from tests.sinks.clickhouse.samples import NOON, alert, mention

pytestmark = pytest.mark.integration


def test_an_empty_store_holds_nothing(store: Store) -> None:
    assert summary(store) == Summary(0, 0, 0, 0, 0, 0)


def test_everything_is_counted_once_by_its_identity(store: Store) -> None:
    letters = [
        DeadLetterRow(name, stage, "no text", NOON, "mentions.raw", "", "", "{}")
        for name, stage in (("a", "parse"), ("b", "parse"), ("c", "record"))
    ]
    attempts = [
        DeliveryRow("m1", "s", "webhook", "alert.opened", "x", number, NOON, outcome, 200, "", 5, None)
        for number, outcome in ((1, "retry"), (2, "delivered"))
    ]
    for _ in range(2):
        store.insert(MENTIONS, [*(mention(number) for number in range(20)), mention(99, customer="")])
        store.insert(DUPLICATES, [DuplicateRow("weibo:post:1", origin, "weibo", NOON) for origin in ("f:1", "f:2")])
        store.insert(DUPLICATES, [DuplicateRow("weibo:post:2", "f:1", "weibo", NOON + timedelta(seconds=1))])
        store.insert(DEAD_LETTERS, letters)
        store.insert(ALERTS, [alert("x", count=1), alert("x", count=2), alert("y")])
        store.insert(DELIVERIES, attempts)
    assert summary(store) == Summary(mentions=21, duplicates=3, rejected=2, customers=7, alerts=2, deliveries=1)
