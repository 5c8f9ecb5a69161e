"""When a delivery is tried again: the schedule of Standard Webhooks, with jitter."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Final

#: What is waited before each attempt, counted from the one before. After the last there is no more.
SCHEDULE: Final = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)

JITTER: Final = 0.1
"""At most this part of a delay is added to it, so that those who failed together do not return together."""

LONGEST: Final = timedelta(hours=24)
"""No subscriber can ask to be left alone for longer."""


def next_attempt(made: int, delivery_id: str, now: datetime, retry_after: timedelta | None = None) -> datetime | None:
    """When to try again after `made` attempts; None = no more. The same question gives the same answer."""
    if made >= len(SCHEDULE):
        return None
    delay = SCHEDULE[made]
    if retry_after is not None:
        delay = max(delay, min(retry_after, LONGEST))
    chance = int.from_bytes(blake2b(f"{delivery_id}:{made}".encode(), digest_size=4).digest()) / 2**32
    return now + delay * (1 + JITTER * chance)
