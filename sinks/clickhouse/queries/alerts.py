"""Alerts in their newest state, and who was told."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from msgspec import Raw, Struct

from sinks.clickhouse.queries.conditions import Conditions
from sinks.clickhouse.store import Store

MOST: Final = 1000

_COLUMNS: Final = """
    id, rule, brand, aspect, severity, count, window_start, window_end, first_seen, last_seen, opened_at, updated_at,
    title, samples, max_followers, platforms, triggered_at
"""


class AlertView(Struct, frozen=True):
    """One alert as the desk shows it; `samples` is a JSON array, kept as it was written."""

    id: str
    rule: str
    brand: str
    aspect: str
    severity: int
    count: int
    window_start: datetime
    window_end: datetime
    first_seen: datetime
    last_seen: datetime
    opened_at: datetime
    updated_at: datetime
    title: str
    samples: Raw
    max_followers: int
    platforms: list[str]
    triggered_at: datetime | None


class DeliveryView(Struct, frozen=True):
    """One attempt to tell one subscriber."""

    id: str
    subscription: str
    channel: str
    event: str
    alert_id: str
    attempt: int
    at: datetime
    outcome: str
    status: int
    reason: str
    took_ms: int
    next_at: datetime | None


def alerts(
    store: Store,
    *,
    brand: str | None = None,
    rule: str | None = None,
    min_severity: int | None = None,
    since: datetime | None = None,
    limit: int = 100,
    offset: int = 0,
) -> list[AlertView]:
    """The alerts that meet every condition given, the last to change first (`since`: changed then or later)."""
    conditions = Conditions()
    conditions.add("brand = {brand:String}", brand=brand)
    conditions.add("rule = {rule:String}", rule=rule)
    conditions.add("severity >= {min_severity:UInt8}", min_severity=min_severity)
    conditions.add("updated_at >= {since:DateTime64(3, 'UTC')}", since=since)
    rows = store.query(
        f"""
        SELECT {_COLUMNS} FROM alerts FINAL {conditions.where}
        ORDER BY updated_at DESC, id LIMIT {{limit:UInt32}} OFFSET {{offset:UInt32}}
        """,
        conditions.parameters | {"limit": min(limit, MOST), "offset": offset},
    )
    return [_view(row) for row in rows]


def alert(store: Store, alert_id: str) -> AlertView | None:
    """One alert by its id."""
    rows = store.query(f"SELECT {_COLUMNS} FROM alerts FINAL WHERE id = {{id:String}}", {"id": alert_id})
    return _view(rows[0]) if rows else None


def deliveries(store: Store, *, alert_id: str | None = None, limit: int = 100) -> list[DeliveryView]:
    """Attempts to tell subscribers, the latest first."""
    conditions = Conditions()
    conditions.add("alert_id = {alert_id:String}", alert_id=alert_id)
    rows = store.query(
        f"""
        SELECT id, subscription, channel, event, alert_id, attempt, at, outcome, status, reason, took_ms, next_at
        FROM deliveries FINAL {conditions.where} ORDER BY at DESC, id, attempt DESC LIMIT {{limit:UInt32}}
        """,
        conditions.parameters | {"limit": min(limit, MOST)},
    )
    return [DeliveryView(*row) for row in rows]


def _view(row: tuple[Any, ...]) -> AlertView:
    values = dict(zip(AlertView.__struct_fields__, row, strict=True))
    values["samples"] = Raw(values["samples"].encode() or b"[]")
    return AlertView(**values)
