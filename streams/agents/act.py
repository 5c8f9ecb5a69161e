"""Role act: mentions.enriched in, alerts out."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from sinks.alerts import AlertState, Touch
from sinks.counters import Count, Minutes
from streams import topics
from streams.records import EnrichedMention, decode, encode
from streams.rules import Rules
from streams.steps.detect import alert, counts, matches, spikes, touch
from streams.transport.received import Position, Received

log = logging.getLogger(__name__)


class Book(Protocol):
    async def touch(self, touches: Sequence[Touch], now: datetime) -> list[AlertState]: ...


class Counters(Protocol):
    async def count(self, counts: Sequence[Count]) -> list[Minutes]: ...


class Producer(Protocol):
    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]: ...


class Act:
    """Judges a batch of mentions and sends the newest state of every alert that it touched, once.

    Every effect is keyed by mention id and alert id, and an alert that a replay touches is sent again: a batch
    read anew after a crash loses nothing and changes nothing. `show` is the live feed and must not raise.
    """

    def __init__(
        self,
        *,
        rules: Callable[[], Rules],
        book: Book,
        counters: Counters,
        producer: Producer,
        show: Callable[[bytes], Awaitable[object]],
        clock: Callable[[], datetime],
    ) -> None:
        self._rules = rules
        self._book = book
        self._counters = counters
        self._producer = producer
        self._show = show
        self._clock = clock

    async def handle(self, batch: Sequence[Received]) -> None:
        """Process `batch`; on return every effect is durable. Raises `Unavailable` to be tried again."""
        rules = self._rules()
        mentions = [decode(EnrichedMention, received.value) for received in batch]
        found = list(matches(rules, mentions))
        if rules.spikes:
            series = await self._counters.count(counts(mentions))
            found += spikes(rules, series, mentions)
        if not found:
            return
        matters = {finding.matter.id: finding.matter for finding in found}
        states = await self._book.touch([touch(finding) for finding in found], self._clock())
        messages = [(state.alert_id.encode(), encode(alert(matters[state.alert_id], state))) for state in states]
        await self._producer.send_many(topics.ALERTS.name, messages)
        for _, value in messages:
            await self._show(value)
        opened = sum(state.opened for state in states)
        log.info("judged %d mentions: matches=%d alerts=%d opened=%d", len(batch), len(found), len(states), opened)
