"""Questions to Kafka that are not records: which topics there are, and how far a group has read."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.errors import KafkaError, TopicAlreadyExistsError, for_code

from sinks.errors import Unavailable
from streams.transport.errors import BrokerError, BrokerUnreachable, UnknownTopic

log = logging.getLogger(__name__)

AS_CLUSTER = -1  # replicas of a new topic: as many as the cluster is configured for


class Desk:
    """An admin client and a reader without a group, opened at the first question."""

    def __init__(self, servers: list[str], patience: float, replication: int = AS_CLUSTER) -> None:
        self._servers = servers
        self._patience = patience
        self._replication = replication
        self._admin: AIOKafkaAdminClient | None = None
        self._reader: AIOKafkaConsumer | None = None

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        """Make the topics that are not there, and wait until the cluster knows them. Raises `BrokerError`."""
        try:
            async with asyncio.timeout(self._patience):
                admin = await self._open_admin()
                # aiokafka asks for an assignment, be it empty, exactly where a number is left to the cluster
                assignment: dict[int, list[int]] | None = {} if self._replication == AS_CLUSTER else None
                wanted = [
                    NewTopic(topic, partitions, self._replication, assignment)
                    for topic, partitions in topics.items()
                    if topic not in await admin.list_topics()
                ]
                if wanted:
                    answer = await admin.create_topics(wanted)
                    for topic, code, *rest in answer.topic_errors:
                        if code and for_code(code) is not TopicAlreadyExistsError:
                            raise BrokerError(f"Kafka refuses topic {topic}: {rest[0] if rest else for_code(code)}")
                await self._wait_for(admin, topics)
        except (KafkaError, TimeoutError, OSError) as error:
            what = str(error) or type(error).__name__
            raise BrokerUnreachable(f"Kafka at {','.join(self._servers)} does not answer: {what}") from error

    async def lag(self, group: str, topic: str) -> int:
        """Records of `topic` that `group` has not yet committed. Raises `Unavailable`."""
        try:
            async with asyncio.timeout(self._patience):
                admin, reader = await self._open_admin(), await self._open_reader()
                [described] = await admin.describe_topics([topic])
                places = [TopicPartition(topic, one["partition"]) for one in described["partitions"]]
                if not places:
                    raise UnknownTopic(f"Kafka has no topic {topic!r}")
                committed = await admin.list_consumer_group_offsets(group, partitions=places)
                starts, ends = await reader.beginning_offsets(places), await reader.end_offsets(places)
                return sum(ends[one] - max(starts[one], committed[one].offset) for one in places)
        except (KafkaError, TimeoutError, OSError) as error:
            await self.close()
            raise Unavailable(f"Kafka does not say how far {group} is: {error or type(error).__name__}") from error

    async def close(self) -> None:
        """Disconnect."""
        admin, reader, self._admin, self._reader = self._admin, self._reader, None, None
        if admin is not None:
            await admin.close()
        if reader is not None:
            await reader.stop()

    async def _open_admin(self) -> AIOKafkaAdminClient:
        if self._admin is None:
            admin = AIOKafkaAdminClient(bootstrap_servers=self._servers)
            try:
                await admin.start()
            except BaseException:
                await admin.close()
                raise
            self._admin = admin
        return self._admin

    async def _open_reader(self) -> AIOKafkaConsumer:
        if self._reader is None:
            reader = AIOKafkaConsumer(bootstrap_servers=self._servers)
            try:
                await reader.start()
            except BaseException:
                await reader.stop()
                raise
            self._reader = reader
        return self._reader

    async def _wait_for(self, admin: AIOKafkaAdminClient, topics: Mapping[str, int]) -> None:
        missing = dict(topics)
        while missing:
            for described in await admin.describe_topics(list(missing)):
                partitions = described["partitions"]
                if described["error_code"] or not partitions or any(one["leader"] < 0 for one in partitions):
                    continue
                wanted = missing.pop(described["topic"])
                if len(partitions) != wanted:
                    log.warning(
                        "topic %s keeps its %d partitions (%d configured)", described["topic"], len(partitions), wanted
                    )
            if missing:
                await asyncio.sleep(0.05)
