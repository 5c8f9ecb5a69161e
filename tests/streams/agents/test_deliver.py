from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from redis.asyncio import Redis
from standardwebhooks import Webhook as Verifier

from sinks.channels import Subscription
from sinks.errors import Misconfigured
from sinks.outbox import Outbox
from streams.agents.deliver import Deliver
from streams.records import Alert, encode
from streams.transport.received import Received
from tests.sinks.channels.receiver import Script, receiving
from tests.streams.agents.test_courier import Line, Topics
from tests.streams.alerts import NOON, alert

pytestmark = pytest.mark.integration

SECRET = "whsec_" + base64.b64encode(b"a key of thirty-two random bytes").decode()


def now() -> datetime:
    return datetime.now(UTC)


def batch(*alerts: Alert) -> list[Received]:
    return [Received("alerts", 0, n, one.id.encode(), encode(one)) for n, one in enumerate(alerts)]


@asynccontextmanager
async def running(deliver: Deliver) -> AsyncIterator[None]:
    task = asyncio.create_task(deliver.run())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(holds: Callable[[], object]) -> None:
    async with asyncio.timeout(10):
        while not holds():
            await asyncio.sleep(0.01)


async def test_an_alert_reaches_a_real_subscriber_signed_and_once(redis: Redis) -> None:
    topics = Topics()
    async with receiving(Script(204)) as receiver:
        crm = Subscription("crm", receiver.url, secret=SECRET, allow_private=True)
        deliver = Deliver(subscriptions=[crm], outbox=Outbox(redis), producer=topics, clock=now)
        async with running(deliver):
            await deliver.handle(batch(alert()))
            await deliver.handle(batch(alert(), alert(count=9)))
            await until(lambda: topics.deliveries)
    (request,) = receiver.requests
    assert Verifier(SECRET).verify(request.body, request.headers)["type"] == "alert.opened"
    assert request.headers["webhook-id"] == topics.deliveries[0].id
    assert topics.outcomes == [(1, "delivered")]


async def test_a_failing_subscriber_is_tried_again_after_five_seconds_under_the_same_id(redis: Redis) -> None:
    topics = Topics()
    clock = [NOON]
    async with receiving(Script(500), Script(200)) as receiver:
        crm = Subscription("crm", receiver.url, secret=SECRET, allow_private=True)
        deliver = Deliver(subscriptions=[crm], outbox=Outbox(redis), producer=topics, clock=lambda: clock[0])
        async with running(deliver):
            await deliver.handle(batch(alert()))
            await until(lambda: topics.deliveries)
            clock[0] += timedelta(seconds=6)
            await until(lambda: len(topics.deliveries) == 2)
    assert topics.outcomes == [(1, "retry"), (2, "delivered")]
    assert len({request.headers["webhook-id"] for request in receiver.requests}) == 1


async def test_a_slow_subscriber_delays_no_other(redis: Redis) -> None:
    topics = Topics()
    async with receiving(Script(hang=True)) as slow, receiving() as quick:
        subscriptions = [
            Subscription("slow", slow.url, secret=SECRET, allow_private=True),
            Subscription("quick", quick.url, secret=SECRET, allow_private=True),
        ]
        deliver = Deliver(subscriptions=subscriptions, outbox=Outbox(redis), producer=topics, clock=now)
        async with running(deliver):
            await deliver.handle(batch(*(alert(id=f"a{n}") for n in range(20))))
            await until(lambda: len(quick.requests) == 20 and slow.requests)
    assert {delivery.subscription for delivery in topics.deliveries} == {"quick"}


async def test_an_alert_that_enters_a_higher_band_is_told_again(redis: Redis) -> None:
    line, topics = Line(), Topics()
    deliver = Deliver(
        subscriptions=[Subscription("crm", "https://crm.example.com")],
        outbox=Outbox(redis),
        producer=topics,
        clock=now,
        channel=lambda _: line,
    )
    async with running(deliver):
        await deliver.handle(batch(*(alert(severity=severity, count=severity) for severity in (5, 6, 7, 8))))
        await until(lambda: len(topics.deliveries) == 2)
    told = sorted((notice.type, notice.data.severity) for _, notice in line.told)
    assert told == [("alert.escalated", 7), ("alert.opened", 5)]
    assert not line.open


async def test_a_poison_record_is_refused(redis: Redis) -> None:
    deliver = Deliver(subscriptions=[], outbox=Outbox(redis), producer=Topics(), clock=now)
    with pytest.raises(msgspec.MsgspecError):
        await deliver.handle([Received("alerts", 0, 0, b"", b"{}")])


def test_a_subscription_that_can_never_be_told_is_refused_at_the_start(redis: Redis) -> None:
    with pytest.raises(Misconfigured, match="subscription crm"):
        Deliver(
            subscriptions=[Subscription("crm", "https://crm.example.com", secret="top")],
            outbox=Outbox(redis),
            producer=Topics(),
            clock=now,
        )
