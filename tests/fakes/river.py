"""A river in memory: keeps what was appended, and who claimed which id."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sinks.errors import Unavailable
from streams.transport import Position


class MemoryProducer:
    """Keeps records by topic; raises `Unavailable` while `down`."""

    def __init__(self) -> None:
        self.kept: dict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
        self.backlog = 0
        self.down = False

    async def send(self, topic: str, key: bytes, value: bytes, partition: int | None = None) -> Position:
        """Keep one record."""
        return (await self.send_many(topic, [(key, value)]))[0]

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]:
        """Keep records in order, all in partition 0."""
        if self.down:
            raise Unavailable("the broker does not answer")
        start = len(self.kept[topic])
        self.kept[topic] += items
        return [Position(0, start + index) for index in range(len(items))]

    async def lag(self, group: str, topic: str) -> int:
        """What the test says."""
        return self.backlog


class MemorySeen:
    """Remembers the first claim of every id; raises `Unavailable` while `down`."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.down = False

    async def claim(self, items: Sequence[tuple[str, str]]) -> list[str]:
        """The owner of each id, after this claim."""
        if self.down:
            raise Unavailable("Redis does not answer")
        return [self.owners.setdefault(mention_id, position) for mention_id, position in items]

    async def peek(self, ids: Sequence[str]) -> list[str | None]:
        """The owner of each id, if any."""
        if self.down:
            raise Unavailable("Redis does not answer")
        return [self.owners.get(mention_id) for mention_id in ids]
