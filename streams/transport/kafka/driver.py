"""Faust over Apache Kafka by aiokafka, fed by runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka.errors import KafkaError
from faust.transport.drivers import aiokafka as stock
from faust.types import TP

from streams.transport.received import Received
from streams.transport.runs import RunConsumer


class ConsumerThread(stock.AIOKafkaConsumerThread):
    """The thread that talks to Kafka. A commit that fails is no reason to end the process: it is tried again."""

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        consumer = self._ensure_consumer()
        mine = self.assignment()
        try:
            await consumer.commit({stock.ensure_aiokafka_TP(tp): at for tp, at in offsets.items() if tp in mine})
        except KafkaError as error:
            self.log.warning("commit failed, the records may be read again: %r", error)
            return False
        return True


class Consumer(RunConsumer, stock.Consumer):
    """Reads for one app; the group's partitions are shared with other processes."""

    def _new_consumer_thread(self) -> ConsumerThread:
        return ConsumerThread(self, loop=self.loop, beacon=self.beacon)

    def to_received(self, tp: TP, records: Sequence[Any]) -> Sequence[Received]:
        """aiokafka's records as ours."""
        topic, partition = tp
        return [
            Received(topic, partition, one.offset, one.key or b"", one.value or b"", one.timestamp / 1000)
            for one in records
        ]


class Transport(stock.Transport):
    """`broker="kafka://host:port"`; several servers are parted by semicolons."""

    Consumer = Consumer
