"""A worker process for the tests: drains one topic and writes what it handled to a file, one line a record.

    python worker.py URL TOPIC ROLE OUTPUT [hang-after]

With `hang-after` N it handles N records and then never comes back from its batch.
"""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from streams.agents.batches import drain
from streams.apps import add_agent, create_app
from streams.records import DeadLetter
from streams.running import running
from streams.transport import Received


async def work(url: str, topic: str, role: str, output: Path, hang_after: int) -> None:
    asked, handled = asyncio.Event(), 0
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, asked.set)
    descriptor = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    async def handle(batch: Sequence[Received]) -> None:
        nonlocal handled
        for record in batch:
            if handled == hang_after:
                await asyncio.Event().wait()
            os.write(descriptor, b"%s %s\n" % (record.value, record.position.encode()))
            handled += 1
        await asyncio.sleep(0.002)

    async def dead(letter: DeadLetter) -> None:
        raise AssertionError(letter.reason)

    async def body(stream: object) -> None:
        await drain(stream, handle, size=10, within=0.02, dead=dead, stage=role)

    app = create_app(role, url, commit_interval=0.2, session_timeout=2.0, heartbeat_interval=0.4)
    add_agent(app, topic, body)
    async with running([app]) as failure:
        failure.add_done_callback(lambda _: asked.set())
        await asked.wait()


if __name__ == "__main__":
    url, topic, role, output, *hang = sys.argv[1:]
    asyncio.run(work(url, topic, role, Path(output), int(hang[0]) if hang else -1))
