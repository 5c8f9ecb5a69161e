"""The three addresses that the roles work against: the configured ones, and our own where none is configured."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass

from streams.embedded.folder import open_folder
from streams.embedded.redis import start_redis
from streams.errors import StartError
from streams.settings import Settings


@dataclass(frozen=True, slots=True)
class Engines:
    """Where the broker, Redis and ClickHouse are."""

    broker: str
    redis: str
    clickhouse: str


@asynccontextmanager
async def engines(settings: Settings) -> AsyncIterator[Engines]:
    """Hold the data folder and run what is not configured, for as long as the context lasts."""
    broker, redis, clickhouse = settings.kafka.url, settings.redis.url, settings.clickhouse.url
    if broker and redis and clickhouse:
        yield Engines(broker, redis, clickhouse)
        return
    async with AsyncExitStack() as stack:
        folder = open_folder(settings.data.dir, min_free_mb=settings.data.min_free_mb)
        stack.callback(folder.close)
        if not redis:
            server = await start_redis(folder.redis, max_memory_mb=settings.redis.max_memory_mb)
            stack.push_async_callback(server.stop)
            redis = server.url
        yield Engines(broker or folder.log_url, redis, clickhouse or folder.clickhouse_url)


def configured(settings: Settings, *needed: str) -> Engines:
    """The configured addresses, for a process that shares them with others. StartError if one in `needed` is empty."""
    urls = {"kafka": settings.kafka.url, "redis": settings.redis.url, "clickhouse": settings.clickhouse.url}
    if missing := [f"{section}.url" for section in needed if not urls[section]]:
        raise StartError(
            f"{' and '.join(missing)} must be set, since processes share them; `tingfeng up` runs everything in one"
        )
    return Engines(urls["kafka"], urls["redis"], urls["clickhouse"])
