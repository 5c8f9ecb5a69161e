"""Where this room reads: one question a method, answered from the store without holding up the event loop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Protocol

from dashboards.shapes import Alert, Mention, Point, Share, Summary


class Reader(Protocol):
    """What the API and the live desk ask of the store. Every answer may raise `sinks.errors.Unavailable`."""

    async def summary(self) -> Summary:
        """How much of each has ever come."""
        ...

    async def alerts(self, *, brand: str = "", min_severity: int = 0, limit: int = 100) -> Sequence[Alert]:
        """The alerts that changed last, newest first."""
        ...

    async def mentions(self, *, brand: str = "", sentiment: str = "", limit: int = 100) -> Sequence[Mention]:
        """The newest mentions, newest first."""
        ...

    async def volume(self, *, brand: str, since: datetime, until: datetime, step: timedelta) -> Sequence[Point]:
        """How many mentions a step, in order of time; steps without any may be missing."""
        ...

    async def aspects(self, *, brand: str, since: datetime, until: datetime) -> Sequence[Share]:
        """What was spoken of, most negative first."""
        ...

    async def brands(self, *, since: datetime, until: datetime) -> Sequence[Share]:
        """Who was spoken of, most first."""
        ...


class Store(Protocol):
    """What this room needs of `sinks.clickhouse.Store`: blocking questions."""

    def query(self, sql: str, parameters: Mapping[str, Any] | None = None, /) -> Sequence[tuple[Any, ...]]:
        """The rows."""
        ...


class StoreReader:
    """The reader over ClickHouse; each question runs in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def summary(self) -> Summary:
        raise NotImplementedError

    async def alerts(self, *, brand: str = "", min_severity: int = 0, limit: int = 100) -> Sequence[Alert]:
        raise NotImplementedError

    async def mentions(self, *, brand: str = "", sentiment: str = "", limit: int = 100) -> Sequence[Mention]:
        raise NotImplementedError

    async def volume(self, *, brand: str, since: datetime, until: datetime, step: timedelta) -> Sequence[Point]:
        raise NotImplementedError

    async def aspects(self, *, brand: str, since: datetime, until: datetime) -> Sequence[Share]:
        raise NotImplementedError

    async def brands(self, *, since: datetime, until: datetime) -> Sequence[Share]:
        raise NotImplementedError
