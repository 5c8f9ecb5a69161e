"""The seam to a broker for those who produce and look: the gateway, the agents, the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from streams.transport.received import Position

Item = tuple[bytes, bytes]


class Producer(Protocol):
    """Keeps records. What it returned from is durable; `sinks.errors.Unavailable` means: wait and send again."""

    async def send(self, topic: str, key: bytes, value: bytes, partition: int | None = None) -> Position:
        """Keep one record and say where."""
        ...

    async def send_many(self, topic: str, items: Sequence[Item]) -> list[Position]:
        """Keep (key, value) pairs in order, as one append where the broker can; positions in the same order."""
        ...

    async def lag(self, group: str, topic: str) -> int:
        """Records of `topic` that `group` has not yet committed."""
        ...


class Broker(Producer, Protocol):
    """A producer with its life cycle and its topics."""

    async def start(self) -> None:
        """Connect; raises `BrokerError`."""
        ...

    async def stop(self) -> None:
        """Send what is pending and let go."""
        ...

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        """Make the topics (name → partitions) that are not there."""
        ...
