"""What only Kafka can show: workers that come and go, and a broker that does."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path

import pytest

from sinks.errors import Rejected, Unavailable
from streams.transport import BrokerError, BrokerUnreachable, connect
from streams.transport.kafka.broker import KafkaBroker
from tests.engines.kafka import KafkaServer
from tests.streams.transport.places import Place, end

pytestmark = pytest.mark.integration

MANY = 3000


async def test_a_rebalance_loses_nothing_and_repeats_nothing(kafka_place: Place) -> None:
    place = kafka_place
    values = [b"%05d" % number for number in range(MANY)]
    async with place.broker(partitions=4) as broker:
        first = place.worker()
        await broker.send_many(place.topic, [(value, value) for value in values[:1000]])
        await place.wait_for(100)
        second = place.worker()
        for at in range(1000, MANY, 50):
            await broker.send_many(place.topic, [(value, value) for value in values[at : at + 50]])
            await asyncio.sleep(0.05)
        assert end(first) == 0
        await place.wait_for(MANY)
        assert end(second) == 0
    handled = place.handled()
    assert len(set(handled)) == MANY
    assert len(handled) == MANY


async def test_the_others_take_over_from_a_worker_that_was_killed(kafka_place: Place) -> None:
    place = kafka_place
    values = [b"%05d" % number for number in range(400)]
    await place.fill(values, partitions=4)
    first = place.worker(hang_after=30)
    await place.wait_for(30)
    second = place.worker()
    end(first, signal.SIGKILL)
    await place.wait_for(400)
    end(second)
    assert len({value for value, _ in place.handled()}) == 400


async def test_workers_and_producers_outlast_a_broker_that_is_killed(tmp_path: Path, unique: str) -> None:
    server = KafkaServer(tmp_path / "kafka")
    server.start()
    place = Place(server.url, f"{unique}.topic", unique, tmp_path)
    broker = KafkaBroker(server.url, patience=2.0)
    await broker.start()
    await broker.create_topics({place.topic: 2})
    await broker.send_many(place.topic, [(b"%d" % number, b"%d" % number) for number in range(50)])
    worker = place.worker()
    await place.wait_for(50)
    server.kill()
    with pytest.raises(Unavailable, match="does not answer"):
        await broker.send(place.topic, b"k", b"lost")
    server.start()
    for number in range(50, 100):
        await _send_until_kept(broker, place.topic, b"%d" % number)
    await place.wait_for(100)
    assert end(worker) == 0
    await broker.stop()
    server.kill()


async def _send_until_kept(broker: KafkaBroker, topic: str, value: bytes) -> None:
    while True:
        try:
            await broker.send(topic, value, value)
        except Unavailable:
            continue
        return


async def test_no_kafka_at_the_address_is_one_clear_line() -> None:
    broker = connect("kafka://127.0.0.1:1")
    with pytest.raises(BrokerUnreachable, match="Kafka at 127.0.0.1:1 does not answer"):
        await broker.start()


async def test_a_record_that_is_too_large_is_rejected(kafka_place: Place) -> None:
    async with kafka_place.broker() as broker:
        with pytest.raises(Rejected, match="too large"):
            await broker.send(kafka_place.topic, b"k", b"x" * (5 << 20))


async def test_a_topic_keeps_the_partitions_that_it_has(kafka_place: Place, caplog: pytest.LogCaptureFixture) -> None:
    async with kafka_place.broker(partitions=2) as broker:
        await broker.create_topics({kafka_place.topic: 3})
    assert "keeps its 2 partitions (3 configured)" in caplog.text


async def test_a_topic_is_made_with_the_replicas_that_are_set(kafka_url: str, unique: str) -> None:
    broker = connect(kafka_url, replication=3)
    await broker.start()
    try:
        with pytest.raises(BrokerError, match=rf"refuses topic {unique}.*eplication"):
            await broker.create_topics({unique: 1})
    finally:
        await broker.stop()
