from __future__ import annotations

from datetime import UTC, datetime

import msgspec

from streams import topics
from streams.ingest.over_kafka import KafkaRiver
from streams.ingest.row import Row, checked
from streams.records import RawMention, decode
from streams.steps.parse import parse
from tests.fakes.river import MemoryProducer
from tests.streams.sources import sample_rows as samples

NOW = datetime(2026, 11, 25, tzinfo=UTC)
ROWS = [Row(n, n, msgspec.json.encode(row)) for n, row in enumerate(samples.rows("weibo_post_v1"), 1)]


async def test_rows_are_keyed_by_author_and_reported_as_sent() -> None:
    producer = MemoryProducer()
    river = KafkaRiver(producer, clock=lambda: NOW, notice=print)
    verdicts = await river.send(ROWS, "f1")
    assert [verdict.status for verdict in verdicts] == ["sent"] * 3
    assert list(verdicts[0].repairs) == ["time_8h", "count_rounded"]
    for number, (key, value) in enumerate(producer.kept[topics.RAW.name], 1):
        raw = decode(RawMention, value)
        assert (raw.origin, raw.received_at) == (f"f1:{number}", NOW)
        assert key == parse(raw).author.id.encode()


async def test_what_cannot_be_read_is_reported_and_sent_all_the_same() -> None:
    producer = MemoryProducer()
    (verdict,) = await KafkaRiver(producer, clock=lambda: NOW, notice=print).send([checked(4, 9, b"{oops")], "f1")
    assert verdict.status == "rejected"
    ((key, value),) = producer.kept[topics.RAW.name]
    assert key == b"f1:4"
    assert bytes(decode(RawMention, value).payload) == b'"{oops"'


async def test_it_waits_for_kafka_and_says_so_once() -> None:
    producer, notices = MemoryProducer(), list[str]()
    producer.down = True

    async def sleep(seconds: float) -> None:
        producer.down = seconds < 1

    river = KafkaRiver(producer, clock=lambda: NOW, notice=notices.append, sleep=sleep)
    await river.send(ROWS, "f1")
    assert notices == [
        "waiting for Kafka (the broker does not answer); goes on by itself",
        "Kafka takes rows again",
    ]
    assert len(producer.kept[topics.RAW.name]) == 3
