from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from redis.asyncio import Redis

from sinks.channels import Answer, Notice, Pace, Subscription
from sinks.channels.schedule import SCHEDULE
from sinks.errors import Unavailable
from sinks.outbox import LEASE, Outbox
from sinks.redis import connect
from streams.agents.courier import AT_ONCE, Courier, delays
from streams.records import DeadLetter, Delivery, decode
from streams.steps.escalate import offer
from streams.transport.received import Position
from tests.engines.redis import RedisServer
from tests.streams.alerts import NOON, alert

pytestmark = pytest.mark.integration

CRM = Subscription("crm", "https://crm.example.com")


class Topics:
    """A producer that remembers records by topic and may be away."""

    def __init__(self) -> None:
        self.deliveries: list[Delivery] = []
        self.letters: list[DeadLetter] = []
        self.away = False

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> list[Position]:
        if self.away:
            raise Unavailable("the broker is away")
        for key, value in items:
            if topic == "deliveries":
                self.deliveries.append(decode(Delivery, value))
                assert self.deliveries[-1].id.encode() == key
            else:
                assert topic == "dead.letters"
                self.letters.append(decode(DeadLetter, value))
        return [Position(0, 0) for _ in items]

    @property
    def outcomes(self) -> list[tuple[int, str]]:
        return [(delivery.attempt, delivery.outcome) for delivery in self.deliveries]


class Line:
    """A channel that answers as told."""

    pace: Pace | None = None

    def __init__(self, *answers: Answer | Exception) -> None:
        self.answers = list(answers) or [Answer("delivered", 200)]
        self.told: list[tuple[str, Notice]] = []
        self.open = True

    async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer:
        self.told.append((delivery_id, notice))
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def close(self) -> None:
        self.open = False


class Hung(Line):
    """A channel that takes the message and does not come back: what is left of a worker that was killed."""

    def __init__(self) -> None:
        super().__init__()
        self.calling = asyncio.Event()

    async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer:
        await super().send(notice, delivery_id, now)
        self.calling.set()
        await asyncio.Event().wait()
        raise AssertionError


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Post:
    """A courier with all that it needs, and the time in our hand."""

    def __init__(self, redis: Redis, line: Line | None = None, *, clock: Clock | None = None) -> None:
        self.clock = clock or Clock()
        self.line = line or Line()
        self.topics = Topics()
        self.outbox = Outbox(redis)
        self.courier = Courier(CRM, self.line, outbox=self.outbox, producer=self.topics, clock=self.clock)

    async def put(self, *ids: str) -> None:
        offers = [offer(alert(id=identity), [CRM], timedelta(days=1)) for identity in ids]
        await self.outbox.offer(offers, self.clock())


async def test_what_is_due_is_told_and_recorded(redis: Redis) -> None:
    post = Post(redis)
    await post.put("a1")
    assert await post.courier.round() is None
    ((identity, told),) = post.line.told
    assert (told.type, told.data.id) == ("alert.opened", "a1")
    (delivery,) = post.topics.deliveries
    assert (delivery.id, delivery.outcome, delivery.attempt, delivery.status) == (identity, "delivered", 1, 200)
    await post.courier.round()
    assert len(post.line.told) == 1


async def test_a_dead_subscriber_is_tried_on_the_published_schedule_and_then_buried(redis: Redis) -> None:
    post = Post(redis, Line(Answer("retry", 500, "HTTP 500")))
    await post.put("a1")
    rounds = 0
    due: datetime | None = NOON
    while due is not None:
        post.clock.now = due
        due = await post.courier.round()
        rounds += 1
    assert rounds == len(SCHEDULE)
    assert post.topics.outcomes == [*((n, "retry") for n in range(1, 10)), (10, "dead")]
    assert len({identity for identity, _ in post.line.told}) == 1
    assert timedelta(hours=75) < post.clock.now - NOON < timedelta(hours=84)
    (letter,) = post.topics.letters
    assert (letter.stage, letter.reason) == ("deliver", "crm: HTTP 500 (attempt 10)")


async def test_a_subscriber_that_recovers_is_told_once(redis: Redis) -> None:
    post = Post(redis, Line(Answer("retry", 503, "HTTP 503"), Answer("delivered", 200)))
    await post.put("a1")
    due = await post.courier.round()
    assert due is not None
    post.clock.now = due
    await post.courier.round()
    assert post.topics.outcomes == [(1, "retry"), (2, "delivered")]


async def test_who_answers_gone_is_told_nothing_more(redis: Redis) -> None:
    post = Post(redis, Line(Answer("gone", 410, "Gone")))
    await post.put("a1")
    await post.courier.round()
    await post.put("a2", "a3")
    await post.courier.round()
    assert len(post.line.told) == 1
    assert post.topics.outcomes == [(1, "dead"), (1, "skipped"), (1, "skipped")]
    assert "disabled" in post.topics.deliveries[-1].reason


async def test_what_is_stale_is_recorded_and_not_told(redis: Redis) -> None:
    post = Post(redis)
    old = offer(alert(triggered_at=NOON + timedelta(days=30)), [CRM], timedelta(days=1))
    await post.outbox.offer([old], NOON)
    await post.courier.round()
    assert post.line.told == []
    (delivery,) = post.topics.deliveries
    assert (delivery.outcome, delivery.reason) == ("skipped", "stale")


async def test_what_a_killed_worker_had_claimed_is_told_by_another_under_the_same_id(redis: Redis) -> None:
    killed = Post(redis, Hung())
    await killed.put("a1")
    dying = asyncio.create_task(killed.courier.round())
    assert isinstance(killed.line, Hung)
    await killed.line.calling.wait()
    dying.cancel()
    with suppress(asyncio.CancelledError):
        await dying
    heir = Post(redis)
    await heir.courier.round()
    assert heir.line.told == []
    heir.clock.now += LEASE
    await heir.courier.round()
    assert [identity for identity, _ in heir.line.told] == [identity for identity, _ in killed.line.told]
    assert heir.topics.outcomes == [(1, "delivered")]


async def test_couriers_in_several_processes_tell_each_thing_once(redis: Redis) -> None:
    posts = [Post(redis) for _ in range(3)]
    ids = [f"a{n}" for n in range(30)]
    await posts[0].put(*ids)
    for _ in range(4):
        await asyncio.gather(*(post.courier.round() for post in posts))
    told = [notice.data.id for post in posts for _, notice in post.line.told]
    assert sorted(told) == sorted(ids)


async def test_more_than_a_handful_is_told_without_waiting(redis: Redis) -> None:
    post = Post(redis)
    await post.put(*(f"a{n}" for n in range(AT_ONCE + 1)))
    assert await post.courier.round() == NOON
    assert await post.courier.round() is None
    assert len(post.line.told) == AT_ONCE + 1


async def test_a_record_is_sent_on_after_the_broker_is_back_and_nobody_is_told_twice(redis: Redis) -> None:
    post = Post(redis)
    await post.put("a1")
    post.topics.away = True
    with pytest.raises(Unavailable):
        await post.courier.round()
    post.clock.now += 2 * LEASE
    post.topics.away = False
    await post.courier.round()
    assert len(post.line.told) == 1
    assert post.topics.outcomes == [(1, "delivered")]
    await post.courier.round()
    assert len(post.topics.deliveries) == 1


async def test_a_channel_that_breaks_its_word_makes_its_subscriber_wait(redis: Redis) -> None:
    post = Post(redis, Line(ValueError("a bug"), Answer("delivered", 200)))
    await post.put("a1")
    assert await post.courier.round() is not None
    assert post.topics.deliveries[0].reason == "internal error: ValueError"


async def test_a_running_courier_is_woken_by_news(redis: Redis) -> None:
    post = Post(redis)
    running = asyncio.create_task(post.courier.run())
    await post.put("a1")
    post.courier.wake()
    async with asyncio.timeout(5):
        while not post.topics.deliveries:
            await asyncio.sleep(0.01)
    running.cancel()
    with suppress(asyncio.CancelledError):
        await running


@pytest.mark.faults
async def test_a_subscriber_told_while_redis_was_killed_is_not_told_again(tmp_path: Path) -> None:
    server = RedisServer(tmp_path / "redis")
    server.start()
    redis = connect(server.url)

    class Killing(Line):
        async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer:
            await asyncio.to_thread(server.kill)
            return await super().send(notice, delivery_id, now)

    post = Post(redis, Killing())
    await post.put("a1")
    telling = asyncio.create_task(post.courier.round())
    async with asyncio.timeout(10):
        while not post.line.told:
            await asyncio.sleep(0.01)
    await asyncio.to_thread(server.start)
    async with asyncio.timeout(10):
        await telling
    post.clock.now += 2 * LEASE
    await post.courier.round()
    assert post.topics.outcomes == [(1, "delivered")]
    assert len(post.line.told) == 1
    await redis.aclose()
    server.kill()


def test_waits_grow_and_never_end() -> None:
    waits = delays()
    assert [next(waits) for _ in range(6)] == [0.2, 0.5, 1.0, 2.0, 5.0, 5.0]
