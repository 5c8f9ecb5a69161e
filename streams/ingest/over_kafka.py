"""Send rows straight to the topic, where Tingfeng runs on Kafka."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Raw

from sinks.errors import Unavailable
from streams import topics
from streams.ingest.outcome import Verdict
from streams.ingest.patience import delays
from streams.ingest.row import Row
from streams.records import RawMention, encode
from streams.sources import Malformed
from streams.steps.parse import parse_payload


class Producer(Protocol):
    """Keeps records; what it has returned from is durable."""

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> object: ...


class KafkaRiver:
    """The topic of raw mentions. Rows are read here too, for their key and for the report.

    What cannot be read is sent as well, keyed by its origin: the river keeps it among the dead letters.
    Whether a mention had come before is known to the river only, so the report says "sent".
    """

    def __init__(
        self,
        producer: Producer,
        *,
        platform: str = "",
        clock: Callable[[], datetime],
        notice: Callable[[str], None],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._producer = producer
        self._platform = platform
        self._clock = clock
        self._notice = notice
        self._sleep = sleep

    async def send(self, rows: Sequence[Row], origin: str) -> list[Verdict]:
        """Send `rows`, waiting while Kafka is not there."""
        messages: list[tuple[bytes, bytes]] = []
        verdicts: list[Verdict] = []
        now = self._clock()
        for row in rows:
            place = f"{origin}:{row.number}"
            try:
                mention = parse_payload(row.payload, self._platform)
                verdicts.append(Verdict("sent", repairs=mention.repairs))
                key = mention.author.id or mention.id
            except Malformed as error:
                verdicts.append(Verdict("rejected", error.reason))
                key = place
            raw = RawMention(received_at=now, payload=Raw(row.payload), platform=self._platform, origin=place)
            messages.append((key.encode(), encode(raw)))
        await self._keep(messages)
        return verdicts

    async def _keep(self, messages: list[tuple[bytes, bytes]]) -> None:
        waiting = False
        for delay in delays():
            try:
                await self._producer.send_many(topics.RAW.name, messages)
            except Unavailable as error:
                if not waiting:
                    waiting = True
                    self._notice(f"waiting for Kafka ({error.reason}); goes on by itself")
                await self._sleep(delay)
            else:
                if waiting:
                    self._notice("Kafka takes rows again")
                return
