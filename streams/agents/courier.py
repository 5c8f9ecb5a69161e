"""The loop that tells one subscriber what is due, so that a slow one holds up nobody else."""

from __future__ import annotations

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import repeat
from typing import Final, Protocol

import msgspec

from sinks.channels import Answer, Channel, Subscription
from sinks.channels.notice import decode
from sinks.errors import Unavailable
from sinks.outbox import Claim, Outbox
from streams.steps.attempt import DISABLED, Settlement, address, settled, skipped
from streams.transport.received import Position

log = logging.getLogger(__name__)

AT_ONCE: Final = 8
"""Calls to one subscriber at the same time."""
POLL: Final = timedelta(seconds=1)
"""How long work that another process put into the outbox, or left there dying, may lie unseen."""


class Producer(Protocol):
    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]: ...


def delays() -> Iterator[float]:
    """Seconds between tries while Redis or the broker is away."""
    yield from (0.2, 0.5, 1.0, 2.0)
    yield from repeat(5.0)


class Courier:
    """Tells one subscriber. Several couriers for one subscriber, in as many processes, share its work."""

    def __init__(
        self,
        subscription: Subscription,
        channel: Channel,
        *,
        outbox: Outbox,
        producer: Producer,
        clock: Callable[[], datetime],
    ) -> None:
        self.subscription = subscription
        self._channel = channel
        self._outbox = outbox
        self._producer = producer
        self._clock = clock
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """There may be something due."""
        self._woken.set()

    async def run(self) -> None:
        """For ever: tell what is due, then wait for more."""
        waits = delays()
        while True:
            pause: float
            try:
                due = await self.round()
                pause = min(max((due - self._clock()).total_seconds(), 0.0), POLL.total_seconds()) if due else 1.0
                waits = delays()
            except Unavailable as error:
                pause = next(waits)
                log.warning("deliveries wait: subscription=%s %s", self.subscription.name, error)
            except Exception:  # whatever it is, the other subscribers must not stop for it
                pause = next(waits)
                log.exception("deliveries wait: subscription=%s", self.subscription.name)
            _leave_if_cancelled()
            await self._wait(pause)

    async def close(self) -> None:
        """Let the connections go."""
        await self._channel.close()

    async def round(self) -> datetime | None:
        """Tell once what is due, and when more will be. Raises `Unavailable`; nothing is lost by that."""
        name, fingerprint = self.subscription.name, self.subscription.fingerprint
        claims = await self._outbox.claim(name, fingerprint, self._clock(), limit=AT_ONCE, pace=self._channel.pace)
        async with asyncio.TaskGroup() as group:
            attempts = [group.create_task(self._attempt(claim, claims.gone)) for claim in claims.items]
        await self._flush()
        return min(filter(None, [claims.next_due, *(attempt.result() for attempt in attempts)]), default=None)

    async def _attempt(self, claim: Claim, gone: bool) -> datetime | None:
        channel, began, disable = self.subscription.channel, self._clock(), False
        if claim.item.skip or gone:
            settlement = skipped(claim, channel, claim.item.skip or DISABLED, began)
        else:
            answer = await self._tell(claim, began)
            settlement = settled(claim, channel, answer, began=began, ended=self._clock())
            disable = answer.verdict == "gone"
        self._report(settlement, await self._settle(claim, settlement, disable=disable))
        return settlement.delivery.next_at

    async def _settle(self, claim: Claim, settlement: Settlement, *, disable: bool) -> bool:
        """Insists: a subscriber that was told must not be told again because Redis was away for a moment."""
        for pause in delays():
            try:
                if disable:
                    await self._outbox.disable(self.subscription.name, self.subscription.fingerprint)
                return await self._outbox.settle(claim, next_at=settlement.delivery.next_at, journal=settlement.journal)
            except Unavailable as error:
                log.warning("settling waits: subscription=%s id=%s %s", self.subscription.name, claim.item.id, error)
                _leave_if_cancelled()
                await asyncio.sleep(pause)
        raise AssertionError("delays() has no end")

    async def _tell(self, claim: Claim, now: datetime) -> Answer:
        try:
            return await self._channel.send(decode(claim.item.body), claim.item.id, now)
        except msgspec.MsgspecError as error:
            return Answer("dead", reason=f"the notice cannot be read: {error}")
        except Exception as error:  # a channel must not raise: if one does, its subscriber waits and no other
            log.exception("channel failed: subscription=%s id=%s", self.subscription.name, claim.item.id)
            return Answer("retry", reason=f"internal error: {type(error).__name__}")

    async def _flush(self) -> None:
        entries = await self._outbox.journal()
        topics: defaultdict[str, list[tuple[bytes, bytes]]] = defaultdict(list)
        for name, record in entries:
            topic, key = address(name)
            topics[topic].append((key, record))
        for topic, items in topics.items():
            await self._producer.send_many(topic, items)
        await self._outbox.forget([name for name, _ in entries])

    def _report(self, settlement: Settlement, kept: bool) -> None:
        delivery = settlement.delivery
        level = logging.INFO if delivery.outcome in ("delivered", "skipped") else logging.WARNING
        log.log(
            level,
            "%s: subscription=%s id=%s event=%s attempt=%d status=%d took_ms=%d %s%s",
            delivery.outcome,
            delivery.subscription,
            delivery.id,
            delivery.event,
            delivery.attempt,
            delivery.status,
            delivery.took_ms,
            delivery.reason,
            "" if kept else " (the lease had ended, another worker tries it too)",
        )

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return
        finally:
            self._woken.clear()


def _leave_if_cancelled() -> None:
    """A cancellation that comes while redis-py writes may be lost: it awaits `wait_for`, which swallows it in 3.11.

    https://github.com/python/cpython/issues/86296
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
