"""What the way costs: events/s and processor time an event of an agent that does nothing, by broker.

python -m benchmarks.transport                            the local log
python -m benchmarks.transport kafka://127.0.0.1:9092     a running Kafka (the broker's own work is not counted)
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
import uuid
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from streams.agents.batches import drain
from streams.apps import add_agent, create_app, group_of
from streams.records import DeadLetter
from streams.running import running
from streams.transport import Received, connect

PARTITIONS = 4
BATCH = 256


@dataclass(frozen=True, slots=True)
class Measured:
    """One run over one broker."""

    broker: str
    events: int
    bytes_each: int
    append_per_second: int
    append_cpu_us: float
    drain_per_second: int
    drain_cpu_us: float  # read, hand out, acknowledge, commit
    start_seconds: float
    stop_seconds: float


async def measure(url: str, events: int, size: int) -> Measured:
    """Append `events` records of `size` bytes, then let one agent drain them."""
    role, topic = f"bench{uuid.uuid4().hex[:8]}", f"bench.{uuid.uuid4().hex[:8]}"
    items = [(f"weibo:{index % 5000:016x}".encode(), bytes([97 + index % 26]) * size) for index in range(events)]
    broker = connect(url)
    await broker.start()
    await broker.create_topics({topic: PARTITIONS})
    wall, cpu = time.perf_counter(), time.process_time()
    for at in range(0, events, BATCH):
        await broker.send_many(topic, items[at : at + BATCH])
    append_wall, append_cpu = time.perf_counter() - wall, time.process_time() - cpu

    left, done = events, asyncio.Event()

    async def handle(batch: Sequence[Received]) -> None:
        nonlocal left
        left -= len(batch)
        if left <= 0:
            done.set()

    async def dead(letter: DeadLetter) -> None:
        raise AssertionError(letter.reason)

    async def body(stream: object) -> None:
        await drain(stream, handle, size=BATCH, within=0.05, dead=dead, stage="bench")

    app = create_app(role, url, partitions=PARTITIONS)
    add_agent(app, topic, body)
    began = time.perf_counter()
    async with running([app]):
        started = time.perf_counter()
        cpu = time.process_time()
        await asyncio.wait_for(done.wait(), 300)
        drained, drain_cpu = time.perf_counter(), time.process_time() - cpu
    stopped = time.perf_counter()
    if await broker.lag(group_of(role), topic):
        raise AssertionError("not all was committed")
    await broker.stop()
    return Measured(
        broker=url.partition(":")[0],
        events=events,
        bytes_each=size,
        append_per_second=round(events / append_wall),
        append_cpu_us=round(append_cpu / events * 1e6, 2),
        drain_per_second=round(events / (drained - started)),
        drain_cpu_us=round(drain_cpu / events * 1e6, 2),
        start_seconds=round(started - began, 3),
        stop_seconds=round(stopped - drained, 3),
    )


def main(arguments: Sequence[str]) -> None:
    """Print one JSON line a broker."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("urls", nargs="*", help="default: a log in a new directory")
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--bytes", type=int, default=500)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for url in chosen.urls or [f"log://{folder}"]:
            with asyncio.Runner(loop_factory=_fast_loop()) as runner:
                sys.stdout.write(json.dumps(asdict(runner.run(measure(url, chosen.events, chosen.bytes)))) + "\n")


def _fast_loop() -> type[asyncio.AbstractEventLoop]:
    try:
        from uvloop import Loop
    except ImportError:
        return asyncio.SelectorEventLoop
    return Loop


if __name__ == "__main__":
    main(sys.argv[1:])
