"""`Broker` over Apache Kafka: an idempotent producer that is replaced when it fails, topics, and lag."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError, MessageSizeTooLargeError

from sinks.errors import Rejected, Unavailable
from streams.transport.broker import Item
from streams.transport.errors import BrokerUnreachable
from streams.transport.kafka.desk import AS_CLUSTER, Desk
from streams.transport.kafka.servers import servers_of
from streams.transport.partitioner import partition_of
from streams.transport.received import Position

log = logging.getLogger(__name__)

BATCH_BYTES = 1 << 18
REQUEST_BYTES = 4 << 20


def choose(key: bytes | None, partitions: Sequence[int], available: Sequence[int]) -> int:
    """Kafka's default choice, so that other producers agree with us."""
    return partition_of(key or b"", len(partitions))


class KafkaBroker:
    """What it returned from is kept by all in-sync replicas. Gives up after `patience` seconds without an answer."""

    def __init__(
        self, url: str, *, patience: float = 10.0, client_id: str = "tingfeng", replication: int = AS_CLUSTER
    ) -> None:
        self.servers = servers_of(url)
        self._patience = patience
        self._client_id = client_id
        self._producer: AIOKafkaProducer | None = None
        self._starting = asyncio.Lock()
        self._desk = Desk(self.servers, patience, replication)

    async def start(self) -> None:
        """Connect; raises `BrokerUnreachable`."""
        try:
            await self._ready()
        except Unavailable as error:
            raise BrokerUnreachable(error.reason) from error

    async def stop(self) -> None:
        """Send what is pending and disconnect."""
        await self._drop()
        await self._desk.close()

    async def send(self, topic: str, key: bytes, value: bytes, partition: int | None = None) -> Position:
        """Keep one record and say where."""
        return (await self._send(topic, [(key, value)], partition))[0]

    async def send_many(self, topic: str, items: Sequence[Item]) -> list[Position]:
        """Keep (key, value) pairs; those of one partition stay in order."""
        return await self._send(topic, items, None)

    async def lag(self, group: str, topic: str) -> int:
        """Records of `topic` that `group` has not yet committed."""
        return await self._desk.lag(group, topic)

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        """Make the topics (name → partitions) that are not there."""
        await self._desk.create_topics(topics)

    async def _send(self, topic: str, items: Sequence[Item], partition: int | None) -> list[Position]:
        producer = await self._ready()
        try:
            async with asyncio.timeout(self._patience):
                pending: list[Awaitable[Any]] = [
                    await producer.send(topic, value, key or None, partition) for key, value in items
                ]
                results = await asyncio.gather(*pending, return_exceptions=True)
        except MessageSizeTooLargeError as error:
            raise Rejected(f"too large for Kafka: {error}") from error
        except (KafkaError, TimeoutError) as error:
            await self._drop()
            raise Unavailable(self._complaint(error)) from error
        failed = next((one for one in results if isinstance(one, BaseException)), None)
        if failed is not None:
            await self._drop()
            raise Unavailable(self._complaint(failed)) from failed
        return [Position(one.partition, one.offset) for one in results if not isinstance(one, BaseException)]

    async def _ready(self) -> AIOKafkaProducer:
        async with self._starting:
            if self._producer is None:
                producer = self._new_producer()
                try:
                    async with asyncio.timeout(self._patience):
                        await producer.start()
                except (KafkaError, TimeoutError, OSError) as error:
                    with suppress(KafkaError, TimeoutError, OSError):
                        await asyncio.wait_for(producer.stop(), 1.0)
                    raise Unavailable(self._complaint(error)) from error
                self._producer = producer
            return self._producer

    def _new_producer(self) -> AIOKafkaProducer:
        return AIOKafkaProducer(
            bootstrap_servers=self.servers,
            client_id=self._client_id,
            enable_idempotence=True,
            acks="all",
            linger_ms=1,
            max_batch_size=BATCH_BYTES,
            max_request_size=REQUEST_BYTES,
            partitioner=choose,
            request_timeout_ms=int(self._patience * 1000),
        )

    async def _drop(self) -> None:
        """Let the producer go; after a failure its numbering of batches cannot be trusted."""
        producer, self._producer = self._producer, None
        if producer is not None:
            with suppress(KafkaError, TimeoutError):
                await asyncio.wait_for(producer.stop(), self._patience / 2)

    def _complaint(self, error: BaseException) -> str:
        what = str(error) or type(error).__name__
        return f"Kafka at {','.join(self.servers)} does not answer: {what}"
