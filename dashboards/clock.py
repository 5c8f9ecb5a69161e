"""The one reader of the clock in this room; everywhere else `now` is an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """The time, aware and in UTC."""
    return datetime.now(UTC)
