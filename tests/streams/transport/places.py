"""Both brokers under one face for the tests, and the workers that the tests kill."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import faust

from streams.agents.batches import drain
from streams.apps import add_agent, create_app
from streams.records import DeadLetter
from streams.running import running
from streams.transport import Broker, Received, connect

ROOT = Path(__file__).parents[3]
PATIENCE = 25.0

Handle = Callable[[Sequence[Received]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Place:
    """A broker, with a topic and a role that no other test uses."""

    url: str
    topic: str
    role: str
    folder: Path

    @property
    def output(self) -> Path:
        """Where workers write what they handled."""
        return self.folder / "handled"

    @asynccontextmanager
    async def broker(self, partitions: int = 1) -> AsyncIterator[Broker]:
        """A connection while the context lasts; the topic exists then."""
        broker = connect(self.url)
        await broker.start()
        await broker.create_topics({self.topic: partitions})
        yield broker
        await broker.stop()

    async def fill(self, values: Sequence[bytes], partitions: int = 1) -> None:
        """Put `values` into the topic, each its own key, and let go of the broker."""
        async with self.broker(partitions) as broker:
            await broker.send_many(self.topic, [(value, value) for value in values])

    def app(self) -> faust.App:
        """An app that notices death quickly."""
        return create_app(
            self.role, self.url, commit_interval=0.2, session_timeout=2.0, heartbeat_interval=0.4, patience=1.0
        )

    @asynccontextmanager
    async def draining(
        self, handle: Handle, dead: Callable[[DeadLetter], Awaitable[None]], *, size: int = 10
    ) -> AsyncIterator[None]:
        """An app in this process that drains the topic while the context lasts."""

        async def body(stream: object) -> None:
            await drain(stream, handle, size=size, within=0.02, dead=dead, stage="test")

        app = self.app()
        add_agent(app, self.topic, body)
        async with running([app]):
            yield

    def worker(self, hang_after: int = -1) -> subprocess.Popen[bytes]:
        """A worker process."""
        program = Path(__file__).with_name("worker.py")
        return subprocess.Popen(
            [sys.executable, program, self.url, self.topic, self.role, self.output, str(hang_after)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )

    def handled(self) -> list[tuple[str, str]]:
        """What workers handled so far: (value, "partition:offset")."""
        if not self.output.exists():
            return []
        lines = self.output.read_text().splitlines()
        return [(value, position) for value, position in map(str.split, lines)]

    async def wait_for(self, count: int) -> None:
        """Until `count` different records were handled by workers."""
        await until(lambda: len(set(self.handled())) >= count)


async def until(reached: Callable[[], bool]) -> None:
    """Wait for something that another process or the broker will bring about."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, "waited in vain"
        await asyncio.sleep(0.02)


def end(process: subprocess.Popen[bytes], number: signal.Signals = signal.SIGTERM) -> int:
    """End a worker and give its exit status."""
    process.send_signal(number)
    return process.wait(PATIENCE)
