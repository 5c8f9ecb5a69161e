"""How fast the whole river flows on one machine: mentions.raw in the local log → rows in chDB and alerts.

    python -m benchmarks.river                     without a model, and with it against `analyze` alone

Without a model (`NullAnalyzer`) the number to look at is mentions per second of one core of the worker: the processor
time of this process (log, Faust, Python, chDB) divided into the mentions; the same with the Redis server beside it is
told too. With the model the same distinct texts are also read by the analyzer alone, in the same run; the share is
river / alone.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

import msgspec

from nlp.analyzer import Analyzer, NullAnalyzer, load
from sinks import redis as redis_sink
from sinks.clickhouse import open_store
from sinks.clickhouse.migrations import migrate
from sinks.clickhouse.queries import summary
from streams import topics
from streams.apps import create_app
from streams.cli.running import fast_loop
from streams.demo.script import Script
from streams.embedded import engines
from streams.garbage import collect_seldom
from streams.records import RawMention, encode
from streams.roles import ROLES, Parts
from streams.running import running
from streams.settings.sections import Data, Settings
from streams.transport import connect


def mentions(count: int, texts: int) -> list[tuple[bytes, bytes]]:
    """`count` raw mentions of the demo's cast with about `texts` different texts, keyed by author."""
    script, random, now = Script(), Random(1), datetime.now(UTC)
    lines = [script.mention(0.3, now) for _ in range(texts)]
    records = []
    for number in range(count):
        line = {**random.choice(lines), "id": f"bench-{number}"}
        line["text"] = f"{line['text']} {number % texts}" if texts >= count else line["text"]
        raw = RawMention(received_at=now, payload=msgspec.Raw(msgspec.json.encode(line)), origin=f"bench:{number}")
        records.append((line["author"]["id"].encode(), encode(raw)))
    return records


class Cost(NamedTuple):
    """Seconds until every mention was a row: on the clock, of this process's processor time, and of Redis's."""

    clock: float
    worker: float
    redis: float


async def flow(records: list[tuple[bytes, bytes]], reader: Callable[[], Analyzer]) -> Cost:
    """Let `records` flow through all four roles."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=Data(dir=Path(folder)))
        async with AsyncExitStack() as stack:
            place = await stack.enter_async_context(engines(settings))
            redis = redis_sink.connect(place.redis)
            stack.push_async_callback(redis.aclose)
            store = await asyncio.to_thread(open_store, place.clickhouse)
            stack.push_async_callback(asyncio.to_thread, store.close)
            await asyncio.to_thread(migrate, store)
            broker = connect(place.broker)
            await broker.start()
            stack.push_async_callback(broker.stop)
            await broker.create_topics({topic.name: 4 for topic in topics.ALL})
            for start in range(0, len(records), 5_000):
                await broker.send_many(topics.RAW.name, records[start : start + 5_000])
            parts = Parts(settings=settings, producer=broker, redis=redis, store=store, load=reader)
            apps = {role: create_app(role, place.broker, partitions=4) for role in ROLES}
            for role, app in apps.items():
                await stack.enter_async_context(ROLES[role](app, parts))
            server = int((await redis.info("server"))["process_id"])
            collect_seldom()
            before = spent(server)
            await stack.enter_async_context(running(list(apps.values())))
            while (await asyncio.to_thread(summary, store)).mentions < len(records):  # noqa: ASYNC110
                await asyncio.sleep(0.25)
            return Cost(*(after - start for start, after in zip(before, spent(server), strict=True)))


def spent(redis: int) -> Cost:
    """The clock, and the processor time so far; that of process `redis` is 0 where the system has no /proc."""
    own = resource.getrusage(resource.RUSAGE_SELF)
    stat = Path(f"/proc/{redis}/stat")
    fields = stat.read_text().rpartition(")")[2].split() if stat.exists() else ["0"] * 13
    beside = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return Cost(time.perf_counter(), own.ru_utime + own.ru_stime, beside)


def measured(records: list[tuple[bytes, bytes]], reader: Callable[[], Analyzer]) -> Cost:
    """`flow` on the event loop that the product uses."""
    with asyncio.Runner(loop_factory=fast_loop()) as runner:
        return runner.run(flow(records, reader))


def main() -> None:
    """Measure and print; one JSON line at the end."""
    logging.disable(logging.WARNING)
    count, read = 100_000, 3_000
    cost = measured(mentions(count, count // 10), NullAnalyzer)
    found: dict[str, float] = {
        "river": round(count / cost.clock),
        "river_per_core": round(count / cost.worker),
        "river_per_core_with_redis": round(count / (cost.worker + cost.redis)),
    }
    analyzer = load()
    records = mentions(read, read)
    texts = [json.loads(value)["payload"]["text"] for _, value in records]
    analyzer.analyze(texts[:200])
    fresh = load()
    began = time.perf_counter()
    fresh.analyze(texts)
    found["analyze_alone"] = round(read / (time.perf_counter() - began))
    another = load()
    cost = measured(records, lambda: another)
    found["river_with_model"] = round(read / cost.clock)
    found["share"] = round(found["river_with_model"] / found["analyze_alone"], 3)
    sys.stdout.write(
        f"without a model   {found['river']:>7} mentions/s, {found['river_per_core']} per core of the worker"
        f" (at least 6000), {found['river_per_core_with_redis']} with Redis\n"
        f"with the model    {found['river_with_model']:>7} mentions/s, analyze alone {found['analyze_alone']}: "
        f"{found['share']:.0%} (at least 75 %)\n{json.dumps(found)}\n"
    )


if __name__ == "__main__":
    main()
