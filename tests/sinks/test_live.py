"""The live feed over a real Redis server: heard at once, never in the way, back by itself."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import AsyncIterator

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff

from sinks import live
from tests.engines.redis import RedisServer


async def at_once(_: float) -> None:
    await asyncio.sleep(0)


async def heard(events: AsyncIterator[live.Event]) -> live.Event:
    async with asyncio.timeout(10):
        return await anext(events)


async def test_a_listener_hears_what_is_published_after_it_joined(redis: Redis) -> None:
    events = live.subscribe(redis, ["alerts", "mentions"])
    assert await heard(events) == live.Joined()

    assert await live.publish(redis, "alerts", b'{"id":"a"}')
    assert await live.publish(redis, "mentions", b"[]")

    assert await heard(events) == live.Message("alerts", b'{"id":"a"}')
    assert await heard(events) == live.Message("mentions", b"[]")


async def test_other_kinds_are_not_heard(redis: Redis) -> None:
    events = live.subscribe(redis, ["alerts"])
    await heard(events)

    await live.publish(redis, "mentions", b"[]")
    await live.publish(redis, "alerts", b"{}")

    assert await heard(events) == live.Message("alerts", b"{}")


async def test_a_client_that_decodes_answers_gives_bytes_all_the_same(redis_server: RedisServer) -> None:
    redis = Redis(host="127.0.0.1", port=redis_server.port, decode_responses=True)
    events = live.subscribe(redis, ["alerts"])
    await heard(events)

    await live.publish(redis, "alerts", "听风".encode())

    assert await heard(events) == live.Message("alerts", "听风".encode())
    await redis.aclose()


async def test_a_lost_connection_is_told_and_mended(redis: Redis) -> None:
    events = live.subscribe(redis, ["alerts"], sleep=at_once)
    await heard(events)

    await redis.client_kill_filter(_type="pubsub")
    while await heard(events) != live.Joined():
        pass
    await live.publish(redis, "alerts", b"again")

    assert await heard(events) == live.Message("alerts", b"again")


async def test_an_absent_redis_is_told_to_the_listener(unused_tcp_port: int) -> None:
    redis = Redis(host="127.0.0.1", port=unused_tcp_port, retry=Retry(NoBackoff(), 0))
    events = live.subscribe(redis, ["alerts"], sleep=at_once)

    assert isinstance(await heard(events), live.Lost)
    assert isinstance(await heard(events), live.Lost)
    await redis.aclose()


async def test_an_absent_redis_does_not_stop_a_publisher(unused_tcp_port: int) -> None:
    redis = Redis(host="127.0.0.1", port=unused_tcp_port, retry=Retry(NoBackoff(), 0))

    assert not await live.publish(redis, "alerts", b"{}")
    await redis.aclose()


async def test_a_payload_too_large_for_redis_to_hold_for_everybody_is_let_go(redis: Redis) -> None:
    assert not await live.publish(redis, "alerts", b"x" * (live.LARGEST + 1))


def test_reconnecting_slows_down_to_every_five_seconds() -> None:
    first = list(itertools.islice(live.delays(), 8))

    assert first == [0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 5.0, 5.0]
