"""Alerts for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from streams.records import Alert
from tests.streams.mentions import NOON

__all__ = ["NOON", "alert"]


def alert(**fields: Any) -> Alert:
    """An alert with plausible defaults."""
    given: dict[str, Any] = {
        "id": "a1",
        "rule": "negative_feedback",
        "brand": "云朵面膜",
        "aspect": "quality",
        "severity": 5,
        "count": 3,
        "window_start": NOON,
        "window_end": NOON + timedelta(hours=1),
        "first_seen": NOON,
        "last_seen": NOON,
        "opened_at": NOON,
        "updated_at": NOON,
        "title": "【质量】云朵面膜：3 条负面反馈",
        "triggered_at": NOON,
    } | fields
    return Alert(**given)
