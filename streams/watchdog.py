"""A consumer that silently stopped: Kafka has more for it, nothing is in work, and yet nothing is read.

aiokafka's group coordination can die without a sign (its issue 1154); only a new process helps.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

import faust

LOOK_SECONDS = 10.0
STILL_SECONDS = 120.0
REJOIN_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Sight:
    """One look at a consumer."""

    at: float
    read: int  # the sum of all offsets read
    behind: bool  # the broker has more
    busy: bool  # a batch is in work, maybe waiting for a store
    rejoining: bool  # it wants back into the group


@dataclass(slots=True)
class Patience:
    """Remembers since when something is wrong, and says when that is too long."""

    still_since: float | None = None
    rejoining_since: float | None = None
    read: int = field(default=-1)

    def judge(self, sight: Sight) -> str:
        """Why the process should be replaced, or ""."""
        moved = sight.read != self.read or not sight.behind or sight.busy
        self.read = sight.read
        self.still_since = None if moved else self.still_since if self.still_since is not None else sight.at
        if not sight.rejoining:
            self.rejoining_since = None
        elif self.rejoining_since is None:
            self.rejoining_since = sight.at
        if self.still_since is not None and sight.at - self.still_since >= STILL_SECONDS:
            return f"reads nothing for {STILL_SECONDS:.0f} s although there is more"
        if self.rejoining_since is not None and sight.at - self.rejoining_since >= REJOIN_SECONDS:
            return f"could not join its group for {REJOIN_SECONDS:.0f} s"
        return ""


async def watch(app: faust.App) -> str:
    """Return why `app` must be replaced; until then, never."""
    patience = Patience()
    while True:
        await asyncio.sleep(LOOK_SECONDS)
        if reason := patience.judge(look(app, asyncio.get_running_loop().time())):
            return f"{app.conf.id} {reason}"


def look(app: faust.App, now: float) -> Sight:
    """What can be seen of the app's consumer without asking the broker."""
    consumer: Any = app.consumer
    kafka = getattr(getattr(consumer, "_thread", None), "_consumer", None)
    read = {tp: offset for tp, offset in consumer._read_offset.items() if offset is not None}
    behind = any((consumer.highwater(tp) or 0) > offset for tp, offset in read.items() if tp in consumer.assignment())
    rejoin = kafka is not None and kafka._coordinator is not None and kafka._coordinator._rejoin_needed_fut.done()
    return Sight(now, sum(read.values()), behind, bool(consumer.unacked), rejoin)
