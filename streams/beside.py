"""A task that runs beside others, whose failure is not overlooked."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from typing import Any


@asynccontextmanager
async def beside(work: Coroutine[Any, Any, object], name: str) -> AsyncIterator[asyncio.Task[object]]:
    """Run `work` while the context lasts and cancel it at its end. Should it fail first, its error comes out here.

    The body is cancelled then, as in a `TaskGroup`; `work` that ends well just ends.
    """
    body = asyncio.current_task()
    assert body is not None
    failed: list[BaseException] = []

    def watch(task: asyncio.Task[object]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            failed.append(error)
            body.cancel()

    task: asyncio.Task[object] = asyncio.create_task(work, name=name)
    task.add_done_callback(watch)
    try:
        yield task
    except asyncio.CancelledError:
        if not failed:
            raise
        body.uncancel()
    finally:
        task.remove_done_callback(watch)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait([task])
    if failed:
        raise failed[0]
