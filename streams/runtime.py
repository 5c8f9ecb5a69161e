"""What each long-running command starts, in order, and stops in the reverse order."""

from __future__ import annotations

import asyncio
import logging
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from functools import partial
from socket import socket
from typing import Any, NamedTuple

from nlp import analyzer
from sinks import redis as redis_sink
from sinks.clickhouse import Store, open_store
from sinks.clickhouse.migrations import migrate
from sinks.seen import Seen
from streams import gateway, topics
from streams.agents.batches import now_utc
from streams.apps import create_app, group_of
from streams.embedded import Engines, configured, engines
from streams.errors import StartError
from streams.garbage import collect_seldom
from streams.listen import open_socket
from streams.roles import ROLES, Parts
from streams.running import running
from streams.serving import served
from streams.settings import Settings
from streams.transport import Broker, Retention, connect

log = logging.getLogger(__name__)


class Product(NamedTuple):
    """A running product: where its pages are, and the reason should one of its roles fail."""

    address: str
    failure: asyncio.Future[str]


async def run_up(settings: Settings) -> None:
    """The whole product in this process, until SIGINT or SIGTERM."""
    async with whole(settings) as product:
        log.info("tingfeng is up: %s", product.address)
        await ended(asked_to_stop(), product.failure)


async def run_worker(settings: Settings, roles: Sequence[str]) -> None:
    """The `roles` against the configured engines, until SIGINT or SIGTERM."""
    needed = ("kafka", "redis", "clickhouse") if "record" in roles else ("kafka", "redis")
    async with AsyncExitStack() as stack:
        parts = await _open(stack, settings, configured(settings, *needed), store="record" in roles)
        failure = await _start(stack, parts, settings.kafka.url, roles)
        log.info("working: %s", ", ".join(roles))
        await ended(asked_to_stop(), failure)


async def run_serve(settings: Settings) -> None:
    """The web against the configured engines, until SIGINT or SIGTERM."""
    async with AsyncExitStack() as stack:
        listening = stack.enter_context(open_socket(settings.web.host, settings.web.port))
        parts = await _open(stack, settings, configured(settings, "kafka", "redis", "clickhouse"), store=True)
        await stack.enter_async_context(_web(parts, listening))
        log.info("serving: %s", address_of(listening))
        await ended(asked_to_stop())


@asynccontextmanager
async def whole(settings: Settings) -> AsyncIterator[Product]:
    """The whole product in this process while the context lasts."""
    async with AsyncExitStack() as stack:
        listening = stack.enter_context(open_socket(settings.web.host, settings.web.port))
        place = await stack.enter_async_context(engines(settings))
        parts = await _open(stack, settings, place, store=True)
        failure = await _start(stack, parts, place.broker, tuple(ROLES))
        await stack.enter_async_context(_web(parts, listening))
        yield Product(address_of(listening), failure)


def asked_to_stop() -> asyncio.Event:
    """Set by the first SIGINT or SIGTERM; a second one ends the process at once."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask(number: signal.Signals) -> None:
        asked.set()
        loop.remove_signal_handler(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, partial(ask, number))
    return asked


async def ended(asked: asyncio.Event, failure: asyncio.Future[str] | None = None) -> None:
    """Return when the end is asked for. Raises `StartError` with the reason if a role fails before that."""
    asking = asyncio.ensure_future(asked.wait())
    either: list[asyncio.Future[Any]] = [asking, failure] if failure else [asking]
    await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
    asking.cancel()
    log.info("stopping")
    if failure and failure.done():
        raise StartError(f"a role failed: {failure.result()}")


def address_of(listening: socket) -> str:
    """The address that a browser is pointed at."""
    host, port = listening.getsockname()[:2]
    return f"http://{'127.0.0.1' if host in ('0.0.0.0', '::') else host}:{port}"


async def _open(stack: AsyncExitStack, settings: Settings, place: Engines, *, store: bool) -> Parts:
    redis = redis_sink.connect(place.redis)
    stack.push_async_callback(redis.aclose)
    await redis_sink.check(redis, place.redis)
    opened = await _store(stack, place.clickhouse) if store else None
    broker = await _broker(stack, settings, place.broker)
    return Parts(settings=settings, producer=broker, redis=redis, store=opened, load=partial(_model, settings))


async def _store(stack: AsyncExitStack, url: str) -> Store:
    store = await asyncio.to_thread(open_store, url)
    stack.push_async_callback(asyncio.to_thread, store.close)
    for name in await asyncio.to_thread(migrate, store):
        log.info("applied migration %s", name)
    return store


async def _broker(stack: AsyncExitStack, settings: Settings, url: str) -> Broker:
    river = settings.river
    retention = Retention(max_bytes=river.retention_mb << 20, max_age=river.retention_hours * 3600.0)
    broker = connect(url, retention=retention, replication=settings.kafka.replication)
    await broker.start()
    stack.push_async_callback(broker.stop)
    await broker.create_topics({topic.name: settings.kafka.partitions for topic in topics.ALL})
    return broker


def _model(settings: Settings) -> analyzer.Analyzer:
    nlp = settings.nlp
    return analyzer.load(
        nlp.model, device=nlp.device, threads=nlp.threads, precision=nlp.precision, batch_size=nlp.batch_size
    )


async def _start(stack: AsyncExitStack, parts: Parts, broker_url: str, roles: Sequence[str]) -> asyncio.Future[str]:
    apps = {role: create_app(role, broker_url, partitions=parts.settings.kafka.partitions) for role in roles}
    for role, app in apps.items():
        await stack.enter_async_context(ROLES[role](app, parts))
    failure = await stack.enter_async_context(running(list(apps.values())))
    collect_seldom()
    return failure


@asynccontextmanager
async def _web(parts: Parts, listening: socket) -> AsyncIterator[None]:
    from dashboards import server
    from dashboards.app import create_app as create_web

    settings = parts.settings
    if parts.store is None:
        raise ValueError("the web needs a store")
    intake = gateway.Intake(seen=Seen(parts.redis, settings.river.dedupe_days), producer=parts.producer, clock=now_utc)
    lag = partial(parts.producer.lag, group_of("understand"), topics.RAW.name)
    web = create_web(
        store=parts.store,
        redis=parts.redis,
        api_key=settings.web.api_key,
        extra_routes=gateway.routes(
            intake, gateway.Backlog(lag, settings.river.max_backlog), max_body=settings.river.max_body_mb * 1_000_000
        ),
    )
    async with served(server.config(web, host="", port=0, log_config=None, lifespan="on"), listening):
        yield
