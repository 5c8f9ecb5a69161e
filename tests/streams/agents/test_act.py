from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec
import pytest
from redis.asyncio import Redis

from sinks.alerts import AlertBook
from sinks.counters import Counters
from sinks.errors import Unavailable
from streams.agents.act import Act
from streams.records import Alert, EnrichedMention, decode, encode
from streams.rules import Rules, load
from streams.transport.received import Position, Received
from tests.streams.mentions import NOON, enriched

pytestmark = pytest.mark.integration


class Topic:
    """A producer that remembers what was sent, and may be away."""

    def __init__(self) -> None:
        self.alerts: list[Alert] = []
        self.away = False

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]:
        assert topic == "alerts"
        if self.away:
            raise Unavailable("the broker is away")
        for key, value in items:
            alert = decode(Alert, value)
            assert key.decode() == alert.id
            self.alerts.append(alert)
        return [Position(0, number) for number, _ in enumerate(items)]

    @property
    def newest(self) -> dict[str, Alert]:
        """As a reader of the topic ends up: of each alert the state with the most mentions."""
        newest: dict[str, Alert] = {}
        for alert in self.alerts:
            if alert.id not in newest or alert.count >= newest[alert.id].count:
                newest[alert.id] = alert
        return newest


class Stage:
    """Act over a real Redis, with a topic and a live feed that remember."""

    def __init__(self, redis: Redis, rules: Rules | None = None) -> None:
        self.topic = Topic()
        self.shown: list[bytes] = []
        self.now = NOON + timedelta(minutes=1)
        judged = rules or load()
        self.act = Act(
            rules=lambda: judged,
            book=AlertBook(redis),
            counters=Counters(redis),
            producer=self.topic,
            show=self._show,
            clock=self._clock,
        )

    async def _show(self, payload: bytes) -> None:
        self.shown.append(payload)

    def _clock(self) -> datetime:
        return self.now

    async def handle(self, *mentions: EnrichedMention) -> None:
        await self.act.handle([Received("mentions.enriched", 0, n, b"k", encode(m)) for n, m in enumerate(mentions)])


def complaint(number: int, **more: object) -> EnrichedMention:
    return enriched(number, intents=["complaint"], aspects=["quality-"], probability=0.7, **more)  # type: ignore[arg-type]


async def test_a_complaint_becomes_an_alert_on_the_topic_and_on_the_live_feed(redis: Redis) -> None:
    stage = Stage(redis)
    await stage.handle(complaint(1))
    (alert,) = stage.topic.alerts
    assert (alert.rule, alert.brand, alert.aspect, alert.count) == ("negative_feedback", "云朵面膜", "quality", 1)
    assert alert.opened_at == NOON + timedelta(minutes=1)
    assert alert.triggered_at == NOON + timedelta(seconds=2)
    assert [decode(Alert, payload) for payload in stage.shown] == [alert]


async def test_a_batch_sends_each_touched_alert_once(redis: Redis) -> None:
    stage = Stage(redis)
    await stage.handle(*(complaint(n) for n in range(8)), enriched(9, intents=["risk"], probability=0.4))
    assert [(alert.rule, alert.count) for alert in stage.topic.alerts] == [("negative_feedback", 8), ("risk", 1)]


async def test_ordinary_chatter_sends_nothing(redis: Redis) -> None:
    stage = Stage(redis)
    await stage.handle(enriched(1, sentiment="neutral", intents=["inquiry"]))
    assert stage.topic.alerts == []


async def test_a_batch_that_was_entered_but_not_sent_is_sent_by_its_replay(redis: Redis) -> None:
    stage = Stage(redis)
    stage.topic.away = True
    with pytest.raises(Unavailable):
        await stage.handle(complaint(1))
    stage.topic.away = False
    stage.now += timedelta(minutes=5)
    await stage.handle(complaint(1))
    (alert,) = stage.topic.alerts
    assert (alert.count, alert.opened_at) == (1, NOON + timedelta(minutes=1))


async def test_a_poison_record_is_refused(redis: Redis) -> None:
    with pytest.raises(msgspec.MsgspecError):
        await Stage(redis).act.handle([Received("mentions.enriched", 0, 0, b"k", b'{"mention":1}')])


def crisis() -> list[EnrichedMention]:
    """An hour of calm with a complaint every ten minutes, then five minutes of trouble."""
    calm = [
        enriched(n, sentiment="neutral", at=NOON + timedelta(minutes=n)) if n % 10 else complaint(
            n, at=NOON + timedelta(minutes=n)
        )
        for n in range(50)
    ]  # fmt: skip
    trouble = [complaint(100 + n, at=NOON + timedelta(minutes=50, seconds=15 * n)) for n in range(20)]
    return calm + trouble


async def test_a_crisis_raises_a_spike_once_and_chatter_none(redis: Redis) -> None:
    stage = Stage(redis)
    for mention in crisis():
        await stage.handle(mention)
    spikes = {alert.id for alert in stage.topic.alerts if alert.rule == "negative_spike"}
    assert len(spikes) == 1
    newest = next(alert for alert in stage.topic.newest.values() if alert.rule == "negative_spike")
    assert newest.count == pytest.approx(20, abs=1)
    assert newest.title.startswith("【负面激增】云朵面膜：")


async def test_a_historical_file_raises_alerts_but_no_spike(redis: Redis) -> None:
    stage = Stage(redis)
    late = [msgspec.structs.replace(mention, received_at=NOON + timedelta(days=30)) for mention in crisis()]
    await stage.handle(*late)
    assert {alert.rule for alert in stage.topic.alerts} == {"negative_feedback"}


@pytest.mark.parametrize("seed", range(8))
async def test_any_order_repetition_and_cut_gives_the_same_alerts(redis: Redis, seed: int) -> None:
    """A spike depends on what had come when; everything else on the mentions alone."""
    chance = random.Random(seed)
    rules = Rules([rule for rule in load().all if rule.kind == "mention"])
    mentions = [
        enriched(
            n,
            intents=[["complaint"], ["risk"], []][n % 3],
            aspects=[["quality-"], ["price-"], []][n // 3 % 3],
            brands=[["甲"], ["甲", "乙"]][n % 2],
            followers=n * 1_000,
            at=NOON + timedelta(minutes=7 * n % 180),
        )
        for n in range(60)
    ]
    plain = Stage(redis, rules)
    await plain.handle(*mentions)
    await redis.flushall()
    mixed = mentions + chance.choices(mentions, k=40)
    chance.shuffle(mixed)
    stage = Stage(redis, rules)
    while mixed:
        cut = chance.randint(1, 25)
        await stage.handle(*mixed[:cut])
        del mixed[:cut]
    assert comparable(stage.topic.newest) == comparable(plain.topic.newest)


def comparable(alerts: dict[str, Alert]) -> dict[str, Alert]:
    return {key: msgspec.structs.replace(alert, triggered_at=NOON) for key, alert in alerts.items()}
