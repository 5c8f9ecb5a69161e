"""The four roles: which topics each reads, and what it needs for that."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import timedelta
from functools import partial
from typing import Final

import faust
from msgspec import Struct
from redis.asyncio import Redis

from nlp.analyzer import Analyzer
from nlp.text import normal_form
from sinks import live
from sinks.alerts import AlertBook
from sinks.channels import Subscription
from sinks.clickhouse import Store
from sinks.clusters import Clusters
from sinks.counters import Counters
from sinks.outbox import Outbox
from sinks.profiles import Profiles
from sinks.seen import Seen
from streams import brands, topics
from streams.agents.act import Act
from streams.agents.batches import Handle, drain, now_utc
from streams.agents.deliver import Deliver
from streams.agents.record import RECORDINGS, Recorder
from streams.agents.understand import Understand
from streams.apps import add_agent
from streams.beside import beside
from streams.reading import reading
from streams.records import DeadLetter, encode
from streams.rules import DEFAULT, RulesFile
from streams.settings import Settings
from streams.settings import sections as settings_sections
from streams.steps.match import BrandMatcher
from streams.transport import Producer

RECORD_BATCH: Final = 8_000
RECORD_WITHIN: Final = 0.8  # seconds: how stale a board may be for the sake of fewer, larger inserts


class Parts(Struct, frozen=True):
    """What a process has opened for its roles. `store` is there for record, `load` gives the model of understand."""

    settings: Settings
    producer: Producer
    redis: Redis
    store: Store | None
    load: Callable[[], Analyzer]


Role = Callable[[faust.App, Parts], AbstractAsyncContextManager[None]]


@asynccontextmanager
async def understand(app: faust.App, parts: Parts) -> AsyncIterator[None]:
    """mentions.raw → mentions.enriched, mentions.duplicates, dead.letters."""
    settings = parts.settings
    listened = brands.load(settings.brands.path) if settings.brands.path else ()
    async with reading(parts.load) as read:
        agent = Understand(
            read=read,
            seen=Seen(parts.redis, settings.river.dedupe_days),
            clusters=Clusters(parts.redis),
            profiles=Profiles(parts.redis),
            producer=parts.producer,
            matcher=BrandMatcher(listened, normal_form),
            show=partial(live.publish, parts.redis, "mentions"),
            clock=now_utc,
        )
        _read(app, parts, topics.RAW.name, agent.handle, "understand")
        yield


@asynccontextmanager
async def act(app: faust.App, parts: Parts) -> AsyncIterator[None]:
    """mentions.enriched → alerts."""
    agent = Act(
        rules=RulesFile(parts.settings.rules.path or DEFAULT).current,
        book=AlertBook(parts.redis),
        counters=Counters(parts.redis),
        producer=parts.producer,
        show=partial(live.publish, parts.redis, "alerts"),
        clock=now_utc,
    )
    _read(app, parts, topics.ENRICHED.name, agent.handle, "act")
    yield


@asynccontextmanager
async def record(app: faust.App, parts: Parts) -> AsyncIterator[None]:
    """Every topic that is kept → ClickHouse."""
    if parts.store is None:
        raise ValueError("role record needs a store")
    for recording in RECORDINGS:
        recorder = Recorder(parts.store, recording)
        _read(app, parts, recording.topic.name, recorder.handle, "record", size=RECORD_BATCH, within=RECORD_WITHIN)
    yield


@asynccontextmanager
async def deliver(app: faust.App, parts: Parts) -> AsyncIterator[None]:
    """alerts → subscribers, and deliveries."""
    settings = parts.settings
    agent = Deliver(
        subscriptions=[_subscription(one, settings) for one in settings.subscriptions],
        outbox=Outbox(parts.redis),
        producer=parts.producer,
        clock=now_utc,
        max_age=timedelta(hours=settings.delivery.max_age_hours),
    )
    _read(app, parts, topics.ALERTS.name, agent.handle, "deliver")
    async with beside(agent.run(), "deliveries"):
        yield


#: role → how its agents are put on its app, before the app is started.
ROLES: Final[dict[str, Role]] = {"understand": understand, "act": act, "record": record, "deliver": deliver}


def _subscription(one: settings_sections.Subscription, settings: Settings) -> Subscription:
    return Subscription(**one.model_dump(), allow_private=settings.delivery.allow_private)


def _read(
    app: faust.App, parts: Parts, topic: str, handle: Handle, stage: str, *, size: int = 0, within: float = 0.0
) -> None:
    river = parts.settings.river

    async def bury(letter: DeadLetter) -> None:
        await parts.producer.send(topics.DEAD_LETTERS.name, letter.id.encode(), encode(letter))

    async def body(stream: object) -> None:
        await drain(
            stream,
            handle,
            size=size or river.batch,
            within=within or river.within_ms / 1000,
            dead=bury,
            stage=stage,
        )

    add_agent(app, topic, body)
