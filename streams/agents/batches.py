"""The one loop of every agent: take a batch, let the handler make its effects durable, then acknowledge.

No exception leaves it, since Faust would acknowledge what the agent was working on:

- `Unavailable` (and the system's own connection errors): the same batch again after a pause, for ever;
- anything else: the batch is halved until the records that cannot be processed stand alone; each of them
  becomes a dead letter, and the partition goes on.

So a handler may see the same records again, in part or as a whole: its effects must be idempotent.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, cast

from sinks.errors import Unavailable
from streams.records import DeadLetter
from streams.steps.letters import dead_letter
from streams.steps.settle import backoff, halves
from streams.transport.received import Received

if TYPE_CHECKING:
    from faust.events import Event

    from streams.transport.runs import RunStream

log = logging.getLogger(__name__)

Handle = Callable[[Sequence[Received]], Awaitable[None]]
Dead = Callable[[DeadLetter], Awaitable[None]]
Sleep = Callable[[float], Awaitable[object]]
Clock = Callable[[], datetime]

REPORT_SECONDS = 60.0  # a store that stays away is logged again this often


def now_utc() -> datetime:
    """The clock of the loops."""
    return datetime.now(UTC)


async def drain(
    stream: object,
    handle: Handle,
    *,
    size: int,
    within: float,
    dead: Dead,
    stage: str,
    sleep: Sleep = asyncio.sleep,
    clock: Clock = now_utc,
) -> None:
    """Feed `handle` with batches of up to `size` records, or what came within `within` seconds, until cancelled.

    A batch mixes partitions; inside each, offsets ascend. To be the body of a Faust agent of `streams.apps`.
    """
    runs = cast("RunStream", stream)
    settler = Settler(handle, dead=dead, stage=stage, sleep=sleep, clock=clock)
    async for events in runs.batches(size, within):
        for batch, done in slices(events, size):
            await settler.settle(batch, lambda events=events: any(map(runs.is_current, events)))  # type: ignore[misc]
            for event in done:
                runs.settle(event)


def slices(events: Sequence[Event], size: int) -> Iterator[tuple[list[Received], list[Event]]]:
    """Batches of up to `size` records, each with the events that are complete once it is done."""
    batch: list[Received] = []
    done: list[Event] = []
    for event in events:
        records = cast(Any, event.message).records
        start = 0
        while len(records) - start > size - len(batch):
            stop = start + size - len(batch)
            yield [*batch, *records[start:stop]], done
            batch, done, start = [], [], stop
        batch += records[start:]
        done.append(event)
    if batch:
        yield batch, done


class Settler:
    """Brings batches to an end, one way or the other."""

    def __init__(self, handle: Handle, *, dead: Dead, stage: str, sleep: Sleep, clock: Clock) -> None:
        self._handle = handle
        self._dead = dead
        self._stage = stage
        self._sleep = sleep
        self._clock = clock

    async def settle(self, batch: Sequence[Received], wanted: Callable[[], bool] = lambda: True) -> None:
        """Return when each record of `batch` was handled or is a dead letter, or none of them is ours any more."""
        pending = [batch]
        while pending and wanted():
            part = pending.pop()
            reason = await self._persist(lambda part=part: self._handle(part), wanted)  # type: ignore[misc]
            if reason and len(part) > 1:
                left, right = halves(part)
                pending += [right, left]
            elif reason:
                await self._bury(part[0], reason, wanted)

    async def _persist(self, attempt: Callable[[], Awaitable[None]], wanted: Callable[[], bool]) -> str:
        """Try until the far side is there. Returns why it will never work, or ""."""
        waited, next_report = 0.0, 0.0
        for delay in backoff():
            try:
                await attempt()
            except (Unavailable, OSError) as error:
                pause = max(delay, getattr(error, "retry_after", None) or 0.0)
                if waited >= next_report:
                    log.warning("%s waits (%.0f s so far): %s", self._stage, waited, error)
                    next_report = waited + REPORT_SECONDS
            except Exception as error:  # whatever a record can provoke must not stop its partition
                return f"{type(error).__name__}: {error}"[:500]
            else:
                break
            if not wanted():
                break
            waited += pause
            await self._sleep(pause)
        if waited:
            log.info("%s goes on after waiting %.1f s", self._stage, waited)
        return ""

    async def _bury(self, record: Received, reason: str, wanted: Callable[[], bool]) -> None:
        letter = dead_letter(
            self._stage,
            reason,
            at=self._clock(),
            topic=record.topic,
            value=record.value,
            key=record.key,
            origin=f"{record.topic}:{record.position}",
        )
        log.warning("%s: dead letter %s from %s:%s", self._stage, letter.id, record.topic, record.position)
        for delay in backoff():
            refused = await self._persist(lambda: self._dead(letter), wanted)
            if not refused or not wanted():
                return
            log.error("%s: dead letter %s cannot be kept: %s", self._stage, letter.id, refused)
            await self._sleep(delay)


__all__ = ["Received", "Settler", "drain", "slices"]
