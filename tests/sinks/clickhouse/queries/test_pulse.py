from __future__ import annotations

from datetime import timedelta

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries.pulse import pulse
from sinks.rows import MENTIONS
from tests.sinks.clickhouse.samples import NOON, mention

pytestmark = pytest.mark.integration

TEN = timedelta(seconds=10)


def test_mentions_are_counted_by_ten_seconds_and_once_each(store: Store) -> None:
    #     0 1 2 3 4 5 6 7 8 9 | 10 11
    #     - 0 + - 0 + - 0 + - |  0  +
    rows = [mention(number) for number in range(12)]
    store.insert(MENTIONS, rows, "a")
    store.insert(MENTIONS, rows, "again")

    points = pulse(store, None, NOON, NOON + timedelta(minutes=10), TEN)

    assert [(point.at, point.mentions, point.negative, point.neutral, point.positive) for point in points] == [
        (NOON, 10, 4, 3, 3),
        (NOON + TEN, 2, 0, 1, 1),
    ]
    assert points[1].net == 1.0


def test_only_the_brand_and_the_span_asked_for_are_counted(store: Store) -> None:
    store.insert(MENTIONS, [mention(0), mention(1, brands=("别家",)), mention(30)], "a")

    points = pulse(store, "华为", NOON, NOON + TEN, TEN)

    assert [point.mentions for point in points] == [1]


def test_a_long_span_is_refused(store: Store) -> None:
    with pytest.raises(ValueError, match="too long for the pulse"):
        pulse(store, None, NOON, NOON + timedelta(hours=2), TEN)
