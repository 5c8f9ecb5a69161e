from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import DeliveryView, alert, alerts, deliveries
from sinks.rows import ALERTS, DELIVERIES, DeliveryRow
from tests.sinks.clickhouse import samples
from tests.sinks.clickhouse.samples import NOON

pytestmark = pytest.mark.integration


def test_the_newest_state_is_the_one_with_most_mentions_then_the_latest(store: Store) -> None:
    states = [(2, 0, 5), (4, 1, 6), (4, 2, 7), (3, 9, 8)]  # count, minutes, severity
    for count, minutes, severity in states:
        store.insert(ALERTS, [samples.alert("a", count=count, minutes=minutes, severity=severity)])
    found = alert(store, "a")
    assert found is not None
    assert (found.count, found.severity, found.updated_at) == (4, 7, NOON + timedelta(minutes=2))
    assert alert(store, "b") is None


def test_the_last_to_change_comes_first(store: Store) -> None:
    store.insert(ALERTS, [samples.alert("a", minutes=1), samples.alert("b", minutes=2, severity=9, brand="小米")])
    assert [found.id for found in alerts(store)] == ["b", "a"]
    assert [found.id for found in alerts(store, brand="华为")] == ["a"]
    assert [found.id for found in alerts(store, rule="risk", min_severity=6)] == ["b"]
    assert [found.id for found in alerts(store, since=NOON + timedelta(minutes=2))] == ["b"]
    assert [found.id for found in alerts(store, limit=1, offset=1)] == ["a"]


def test_samples_are_json_within_the_json(store: Store) -> None:
    store.insert(ALERTS, [samples.alert("a")])
    encoded = msgspec.json.decode(msgspec.json.encode(alerts(store)))
    assert encoded[0]["samples"] == [{"mention_id": "weibo:post:1"}]


def test_attempts_are_listed_with_the_latest_first(store: Store) -> None:
    rows = [
        DeliveryRow("m", "s", "webhook", "alert.opened", "a", n, NOON + timedelta(minutes=n), "retry", 500, "", 5, None)
        for n in (1, 2)
    ]
    store.insert(DELIVERIES, rows)
    store.insert(DELIVERIES, rows)
    assert [found.attempt for found in deliveries(store, alert_id="a")] == [2, 1]
    assert deliveries(store, limit=1)[0] == DeliveryView(
        "m", "s", "webhook", "alert.opened", "a", 2, NOON + timedelta(minutes=2), "retry", 500, "", 5, None
    )
    assert deliveries(store, alert_id="b") == []
