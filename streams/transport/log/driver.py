"""Faust over the local log: one process, any number of apps, each with all partitions of its topics."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterable, Mapping
from typing import Any

from faust.transport import base
from faust.types import TP, ConsumerMessage, RecordMetadata

from streams.transport.log.broker import LogBroker, log_broker
from streams.transport.received import Received
from streams.transport.runs import RUN_RECORDS, RUNS_AHEAD, RunConsumer

READ_RECORDS = RUN_RECORDS * RUNS_AHEAD // 4


class Consumer(RunConsumer):
    """Reads the topics of one app for its group."""

    transport: Transport

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._broker = self.transport.log_broker
        self._group: str = self.app.conf.id
        self._assigned: set[TP] = set()
        self._next: dict[TP, int] = {}
        self._generation = 0

    async def on_start(self) -> None:
        """Share the log of this process."""
        await self._broker.start()

    async def on_stop(self) -> None:
        """Finish the batches in hand, commit, and let go of the log."""
        await super().on_stop()
        await self._broker.stop()

    async def subscribe(self, topics: Iterable[str]) -> None:
        """Take every partition of `topics`, and have them kept for this group from now on."""
        log = self._broker.log
        names = [topic for topic in topics if topic in log.topics]
        for topic in names:
            log.join(self._group, topic)
        # apart: Faust answers an assignment only after `subscribe` has returned
        self.add_future(self._assign({TP(topic, number) for topic in names for number in range(log.topics[topic])}))

    async def _assign(self, tps: set[TP]) -> None:
        self._generation += 1
        self.app.on_rebalance_start()
        self.app.consumer_generation_id = self._generation
        if self._assigned:
            await self.on_partitions_revoked(set(self._assigned))
        self._assigned = tps
        await self.on_partitions_assigned(set(tps), self._generation)

    async def seek_to_committed(self) -> Mapping[TP, int]:
        """Go on where the group has committed."""
        self._next = {tp: self._broker.log.committed(self._group, *tp) for tp in self._assigned}
        return dict(self._next)

    async def _getmany(self, active_partitions: set[TP] | None, timeout: float) -> Mapping[TP, Any]:  # noqa: ASYNC109 Faust's name
        found = self._read(active_partitions or set())
        if not found:
            await self._broker.wait_for_records(timeout)
            found = self._read(active_partitions or set())
        return found

    def _read(self, tps: set[TP]) -> dict[TP, Any]:
        found, log = {}, self._broker.log
        for tp in tps & self._next.keys():
            if records := log.read(*tp, self._next[tp], READ_RECORDS):
                found[tp] = records
                self._next[tp] = records[-1].offset + 1
        return found

    async def _commit(self, offsets: Mapping[TP, int]) -> bool:
        self._broker.log.offsets.commit(self._group, {(tp.topic, tp.partition): at for tp, at in offsets.items()})
        return True

    async def _seek(self, partition: TP, offset: int) -> None:
        self._next[partition] = offset

    async def seek_wait(self, partitions: Mapping[TP, int]) -> None:
        """Move to the offsets given."""
        self._next.update(partitions)

    async def seek_to_beginning(self, *partitions: TP) -> None:
        """Move to the oldest records kept."""
        self._next.update({tp: self._broker.log.start(*tp) for tp in partitions})

    async def position(self, tp: TP) -> int | None:
        """The next offset to be read."""
        return self._next.get(tp)

    def assignment(self) -> set[TP]:
        """All partitions of the subscribed topics."""
        return set(self._assigned)

    def highwater(self, tp: TP) -> int:
        """The offset that the next record will have."""
        return self._broker.log.end(*tp)

    async def highwaters(self, *partitions: TP) -> Mapping[TP, int]:
        """`highwater` of each."""
        return {tp: self.highwater(tp) for tp in partitions}

    async def earliest_offsets(self, *partitions: TP) -> Mapping[TP, int]:
        """The oldest offset kept of each."""
        return {tp: self._broker.log.start(*tp) for tp in partitions}

    def topic_partitions(self, topic: str) -> int | None:
        """The number of partitions, or None if there is no such topic."""
        return self._broker.log.topics.get(topic)

    async def create_topic(self, topic: str, partitions: int, replication: int, **kwargs: Any) -> None:
        """Make the topic if it is not there."""
        self._broker.log.create_topic(topic, partitions)

    def key_partition(self, topic: str, key: bytes | None, partition: int | None = None) -> int | None:
        """Left to the log, which partitions as Kafka does."""
        return partition

    def _new_topicpartition(self, topic: str, partition: int) -> TP:
        return TP(topic, partition)

    def _to_message(self, tp: TP, record: Any) -> ConsumerMessage:
        raise NotImplementedError("records travel in runs")


class Producer(base.Producer):
    """Faust's own producer over the log, for agents that call `topic.send`."""

    transport: Transport

    async def on_start(self) -> None:
        """Share the log of this process."""
        await super().on_start()
        await self.transport.log_broker.start()

    async def on_stop(self) -> None:
        """Let go of the log."""
        await self.transport.log_broker.stop()

    async def send(
        self, topic: str, key: bytes | None, value: bytes | None, partition: int | None, timestamp: float | None,
        headers: Any, *, transactional_id: str | None = None,
    ) -> Awaitable[RecordMetadata]:  # fmt: skip
        """Keep one record. The future is done already. Headers are not kept."""
        at = await self.transport.log_broker.send(topic, key or b"", value or b"", partition)
        done: asyncio.Future[RecordMetadata] = asyncio.get_running_loop().create_future()
        done.set_result(RecordMetadata(topic, at.partition, TP(topic, at.partition), at.offset))
        return done

    async def send_and_wait(self, *args: Any, **kwargs: Any) -> RecordMetadata:
        """Keep one record."""
        return await (await self.send(*args, **kwargs))

    async def create_topic(self, topic: str, partitions: int, replication: int, **kwargs: Any) -> None:
        """Make the topic if it is not there."""
        self.transport.log_broker.log.create_topic(topic, partitions)


class Transport(base.Transport):
    """`broker="log:///absolute/directory"`."""

    Consumer = Consumer
    Producer = Producer
    driver_version = "log=1"
    default_port = 0

    @property
    def log_broker(self) -> LogBroker:
        """The broker of this process for the app's directory."""
        return log_broker(str(self.url[0]))


__all__ = ["Consumer", "Producer", "Received", "Transport"]
