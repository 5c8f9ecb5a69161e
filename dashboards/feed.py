"""A numbered feed with a memory: what makes "a client that comes back misses nothing" true. Pure."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Generic, TypeVar

Item = TypeVar("Item")


class Feed(Generic[Item]):
    """Numbers items from 1 and remembers the last `capacity` of them.

    `epoch` names this run: a number from another run is never taken for one of this.
    """

    def __init__(self, epoch: str, capacity: int) -> None:
        self.epoch = epoch
        self.seq = 0
        self._ring: deque[Item] = deque(maxlen=capacity)

    def extend(self, items: Iterable[Item]) -> int:
        """Number `items` and remember them; the number of the last."""
        for item in items:
            self.seq += 1
            self._ring.append(item)
        return self.seq

    def after(self, epoch: str, seq: int) -> list[Item] | None:
        """What came after `seq`, or None where that cannot be told: another run, or too long ago."""
        missing = self.seq - seq
        if epoch != self.epoch or seq < 0 or missing < 0 or missing > len(self._ring):
            return None
        return list(self._ring)[len(self._ring) - missing :]
