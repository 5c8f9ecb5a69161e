"""Role deliver: alerts in, subscribers told, each attempt a record on deliveries."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sinks.channels import Channel, Subscription, open_channel
from sinks.outbox import Outbox
from streams.agents.courier import Courier, Producer
from streams.records import Alert, decode
from streams.steps.escalate import offer
from streams.transport.received import Received

log = logging.getLogger(__name__)


class Deliver:
    """Puts alerts into the outbox, and runs one courier a subscription to empty it."""

    def __init__(
        self,
        *,
        subscriptions: Sequence[Subscription],
        outbox: Outbox,
        producer: Producer,
        clock: Callable[[], datetime],
        max_age: timedelta = timedelta(hours=72),
        channel: Callable[[Subscription], Channel] = open_channel,
    ) -> None:
        """Raises `Misconfigured` for a subscription that can never be told."""
        self._subscriptions = tuple(subscriptions)
        self._outbox = outbox
        self._clock = clock
        self._max_age = max_age
        self._couriers = [
            Courier(one, channel(one), outbox=outbox, producer=producer, clock=clock) for one in self._subscriptions
        ]

    async def handle(self, batch: Sequence[Received]) -> None:
        """Take note of `batch`; on return what it sets off will be sent, whoever is killed. Raises `Unavailable`."""
        alerts = [decode(Alert, received.value) for received in batch]
        offers = [offer(alert, self._subscriptions, self._max_age) for alert in alerts]
        events = await self._outbox.offer(offers, self._clock())
        news = Counter(event for event in events if event != "known")
        if news:
            log.info("alerts: opened=%d escalated=%d", news["opened"], news["escalated"])
            for courier in self._couriers:
                courier.wake()

    async def run(self) -> None:
        """For ever: tell subscribers what is due."""
        try:
            async with asyncio.TaskGroup() as group:
                for courier in self._couriers:
                    group.create_task(courier.run(), name=f"courier {courier.subscription.name}")
        finally:
            for courier in self._couriers:
                await courier.close()
