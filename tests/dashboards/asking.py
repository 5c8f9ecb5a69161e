"""Asking the API without a socket."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import httpx
from redis.asyncio import Redis

from dashboards.app import compose
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import NOON


def nowhere() -> Redis:
    """A Redis that is never asked."""
    return Redis(host="127.0.0.1", port=1)


@asynccontextmanager
async def asking(
    reader: MemoryReader | None = None, *, now: datetime = NOON, redis: Redis | None = None, **options: Any
) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the web over `reader`; the live hub is not started."""
    headers = options.pop("headers", {})
    app = compose(reader=reader or MemoryReader(), redis=redis or nowhere(), clock=lambda: now, **options)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk.test", headers=headers) as client:
        yield client
