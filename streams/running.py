"""Apps side by side in this event loop: started together, stopped in seconds, and one that fails is noticed."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

import faust

from streams.watchdog import watch

log = logging.getLogger(__name__)

STOP_SECONDS = 12.0
FAILED = 75  # exit status for a supervisor: start me again


@asynccontextmanager
async def running(apps: Sequence[faust.App]) -> AsyncIterator[asyncio.Future[str]]:
    """Run `apps` while the context lasts. The future gets the reason if one of them crashes or stands still.

    Nobody can go on with one role missing: whoever waits for the end should wait for the future too, and exit
    with `FAILED`.
    """
    failure: asyncio.Future[str] = asyncio.get_running_loop().create_future()
    watchers: list[asyncio.Task[None]] = []
    started: list[faust.App] = []
    try:
        for app in apps:
            started.append(app)
            await app.start()
            watchers += [asyncio.create_task(one) for one in (_crash_of(app, failure), _stall_of(app, failure))]
        yield failure
    finally:
        for watcher in watchers:
            watcher.cancel()
        await asyncio.gather(*watchers, *map(stop, reversed(started)), return_exceptions=True)
        failure.cancel()


async def stop(app: faust.App) -> None:
    """Let the batches in hand end, commit, and leave the group; after `STOP_SECONDS` leave it as it is."""
    try:
        await asyncio.wait_for(app.stop(), STOP_SECONDS)
    except TimeoutError:
        log.warning("%s did not stop in %.0f s: what it had in hand will be read again", app.conf.id, STOP_SECONDS)


async def _crash_of(app: faust.App, failure: asyncio.Future[str]) -> None:
    service: Any = app
    await service._crashed.wait()
    _fail(failure, f"{app.conf.id} crashed: {service.crash_reason!r}")


async def _stall_of(app: faust.App, failure: asyncio.Future[str]) -> None:
    _fail(failure, await watch(app))


def _fail(failure: asyncio.Future[str], reason: str) -> None:
    log.critical("%s", reason)
    if not failure.done():
        failure.set_result(reason)
