"""What every channel can do: tell one subscriber one thing, and say how that went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, Protocol

from msgspec import Struct

from sinks.channels.notice import Notice


class Answer(Struct, frozen=True):
    """How an attempt went.

    `delivered`: told. `retry`: not now. `dead`: never, and trying again is no use. `gone`: the subscriber wants
    nothing any more.
    """

    verdict: Literal["delivered", "retry", "dead", "gone"]
    status: int = 0  # HTTP status, 0 if none came
    reason: str = ""
    retry_after: timedelta | None = None


class Pace(Struct, frozen=True):
    """How many messages a subscriber takes within how long."""

    most: int
    within: timedelta


class Channel(Protocol):
    """A way to tell a subscriber. Whatever the far side does becomes an `Answer`; `send` raises nothing."""

    @property
    def pace(self) -> Pace | None: ...

    async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer: ...

    async def close(self) -> None: ...
