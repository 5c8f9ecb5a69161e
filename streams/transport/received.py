"""What a broker hands out and gives back: a record where it stands, and the place of a record just kept."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import NamedTuple

from msgspec import Struct


class Received(Struct, frozen=True, gc=False):
    """One record as read from a topic. `timestamp` is when the broker kept it, in seconds since 1970."""

    topic: str
    partition: int
    offset: int
    key: bytes
    value: bytes
    timestamp: float = 0.0

    @property
    def at(self) -> datetime:
        """`timestamp` as an aware datetime."""
        return datetime.fromtimestamp(self.timestamp, UTC)

    @property
    def position(self) -> str:
        """ "partition:offset": unique within the topic, and the same whenever it is read again."""
        return f"{self.partition}:{self.offset}"


class Position(NamedTuple):
    """Where a record was kept. As a string, "partition:offset"."""

    partition: int
    offset: int

    def __str__(self) -> str:
        return f"{self.partition}:{self.offset}"
