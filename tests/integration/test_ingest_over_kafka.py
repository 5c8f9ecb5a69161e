from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from aiokafka import AIOKafkaConsumer

from streams import topics
from streams.ingest.files import fingerprint
from streams.ingest.options import Options
from streams.ingest.run import run_ingest
from streams.records import RawMention, decode
from streams.sources import Malformed
from streams.steps.parse import parse
from tests.streams.sources.crawler_files import write_crawler_file

pytestmark = pytest.mark.integration


async def received(url: str, origin: str, count: int) -> list[tuple[bytes, RawMention]]:
    """The first `count` records of the topic whose origin begins so."""
    consumer = AIOKafkaConsumer(
        topics.RAW.name, bootstrap_servers=url.removeprefix("kafka://"), auto_offset_reset="earliest"
    )
    await consumer.start()
    records: list[tuple[bytes, RawMention]] = []
    try:
        async for message in consumer:
            raw = decode(RawMention, message.value)
            if raw.origin.startswith(origin):
                records.append((message.key, raw))
            if len(records) == count:
                return records
    finally:
        await consumer.stop()
    return records


def test_rows_reach_the_topic_once_each_keyed_by_their_author(
    tmp_path: Path, kafka_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    known = write_crawler_file(tmp_path / "one.jsonl", 1_200, bad_share=0.02, seed=77)
    assert run_ingest(Options((known.path,), "", tmp_path / "state", kafka=kafka_url, as_json=True)) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["sent"], answer["rejected"]) == (known.mentions, known.bad)
    records = asyncio.run(asyncio.wait_for(received(kafka_url, fingerprint(known.path), known.rows), 60))
    assert len({raw.origin for _, raw in records}) == known.rows
    ids, bad = set(), 0
    for key, raw in records:
        try:
            mention = parse(raw)
        except Malformed:
            bad += 1
        else:
            ids.add(mention.id)
            assert key == mention.author.id.encode()
    assert (len(ids), bad) == (known.mentions, known.bad)
