"""The checks: each returns a line that says what it found, or raises one that says what to do."""

from __future__ import annotations

import asyncio
import importlib.metadata
from collections.abc import Mapping
from types import MappingProxyType

from streams.doctor.finding import Check
from streams.embedded.binary import find_server
from streams.embedded.folder import free_mb, holder
from streams.errors import StartError
from streams.listen import open_socket
from streams.settings import Settings
from streams.settings.urls import without_password


async def port(settings: Settings) -> str:
    """Whether the web could listen, or is the one that listens."""
    web = settings.web
    try:
        open_socket(web.host, web.port).close()
    except StartError:
        if await _is_us(f"http://{web.host}:{web.port}/healthz"):
            return f"{web.host}:{web.port} is served by a running Tingfeng"
        raise
    return f"{web.host}:{web.port} is free"


async def disk(settings: Settings) -> str:
    """Whether the data folder has room."""
    folder, needed = settings.data.dir.absolute(), settings.data.min_free_mb
    if (free := free_mb(folder)) < needed:
        raise StartError(f"{folder}: {free} MB free, {needed} MB needed (data.min_free_mb): make room, or set data.dir")
    pid = holder(folder)
    return f"{folder}: {free} MB free" + (f", in use by process {pid}" if pid else "")


async def redis(settings: Settings) -> str:
    """Whether the configured Redis answers, or a server of our own can be started."""
    if not settings.redis.url:
        return f"none configured, ours will be {find_server(settings.data.dir / 'redis')}"
    from redis.asyncio import Redis
    from redis.exceptions import RedisError

    client = Redis.from_url(settings.redis.url, socket_timeout=5, socket_connect_timeout=5)
    try:
        version = (await client.info("server"))["redis_version"]
    except (RedisError, OSError) as error:
        raise StartError(f"{without_password(settings.redis.url)}: {error}: check redis.url") from None
    finally:
        await client.aclose()
    return f"{without_password(settings.redis.url)} answers, version {version}"


async def kafka(settings: Settings) -> str:
    """Whether the configured Kafka answers."""
    if not settings.kafka.url:
        return "none configured, the durable log in the data folder will do (no Java needed)"
    from streams.transport import connect

    broker = connect(settings.kafka.url)
    await broker.start()
    await broker.stop()
    return f"{without_password(settings.kafka.url)} answers"


async def clickhouse(settings: Settings) -> str:
    """Whether the configured ClickHouse answers, or chDB is there."""
    if not settings.clickhouse.url:
        return f"none configured, chDB {importlib.metadata.version('chdb')} in the data folder will do"
    from sinks.clickhouse import open_store

    def ask() -> str:
        store = open_store(settings.clickhouse.url)
        try:
            return str(store.query("SELECT version()", {})[0][0])
        finally:
            store.close()

    return f"{without_password(settings.clickhouse.url)} answers, version {await asyncio.to_thread(ask)}"


async def model(settings: Settings) -> str:
    """Whether the model loads and reads a sentence."""
    from nlp.analyzer import load

    def read() -> str:
        nlp = settings.nlp
        analyzer = load(nlp.model, device=nlp.device, threads=nlp.threads, precision=nlp.precision)
        analyzer.analyze(["快递很快，客服也很耐心"])
        return analyzer.model

    return f"{await asyncio.to_thread(read)} reads"


CHECKS: Mapping[str, Check] = MappingProxyType(
    {"port": port, "disk": disk, "redis": redis, "kafka": kafka, "clickhouse": clickhouse, "model": model}
)


async def _is_us(url: str) -> bool:
    import httpx

    try:
        async with httpx.AsyncClient(timeout=2, trust_env=False) as client:
            return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False
