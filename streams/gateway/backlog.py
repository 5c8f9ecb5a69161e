"""Is the river full? Asked by every request, answered by the broker now and then."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Final

FRESH: Final = 0.5  # seconds for which an answer holds


class Backlog:
    """Compares how far the understanding lags behind with how far it may; a limit of 0 is none."""

    def __init__(
        self, lag: Callable[[], Awaitable[int]], limit: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._lag = lag
        self._limit = limit
        self._clock = clock
        self._known = 0
        self._until = float("-inf")

    async def full(self) -> bool:
        """Should who sends now come again later? Raises `Unavailable`."""
        if not self._limit:
            return False
        now = self._clock()
        if now >= self._until:
            self._known = await self._lag()
            self._until = now + FRESH
        return self._known > self._limit
