from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from sinks.counters import HORIZON, Count, Counters, Minutes

pytestmark = pytest.mark.integration

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)
MINUTE = int(NOON.timestamp()) // 60


def count(number: int, minute: int = 0, *, brand: str = "甲", negative: bool = True) -> Count:
    return Count(brand, f"weibo:{number}", NOON + timedelta(minutes=minute, seconds=number % 60), negative)


async def test_negatives_are_counted_by_brand_and_minute(redis: Redis) -> None:
    counters = Counters(redis)
    await counters.count([count(1), count(2), count(3, 1)])
    series = await counters.count([count(4, 1), count(5, brand="乙")])
    assert series == [Minutes("甲", MINUTE, {MINUTE: 2, MINUTE + 1: 2}), Minutes("乙", MINUTE, {MINUTE: 1})]


async def test_a_replay_counts_nothing_twice(redis: Redis) -> None:
    counters = Counters(redis)
    batch = [count(n, n % 3) for n in range(300)]
    first = await counters.count(batch)
    assert await counters.count(list(reversed(batch))) == first
    assert first[0].counts == pytest.approx({MINUTE: 100, MINUTE + 1: 100, MINUTE + 2: 100}, rel=0.03)


async def test_a_mention_that_is_not_negative_says_that_the_brand_is_listened_to(redis: Redis) -> None:
    counters = Counters(redis)
    assert await counters.count([count(1, negative=False)]) == [Minutes("甲", MINUTE, {})]
    assert await counters.count([count(2, 5)]) == [Minutes("甲", MINUTE, {MINUTE + 5: 1})]
    assert await counters.count([count(3, -5, negative=False)]) == [Minutes("甲", MINUTE - 5, {MINUTE + 5: 1})]


async def test_minutes_beyond_the_horizon_are_let_go(redis: Redis) -> None:
    counters = Counters(redis)
    await counters.count([count(1)])
    (series,) = await counters.count([count(2, HORIZON + 1)])
    assert series.counts == {MINUTE + HORIZON + 1: 1}
    assert set(await redis.hkeys("tingfeng:negatives:甲")) == {str(MINUTE + HORIZON + 1).encode(), b"since"}


async def test_a_minute_of_any_size_costs_little(redis: Redis) -> None:
    counters = Counters(redis)
    await counters.count([count(n) for n in range(20_000)])
    (series,) = await counters.count([count(0)])
    assert series.counts[MINUTE] == pytest.approx(20_000, rel=0.03)
    assert 0 < (await redis.memory_usage(f"tingfeng:negatives:甲:{MINUTE}") or 0) < 20_000


async def test_everything_is_gone_in_time(redis: Redis) -> None:
    await Counters(redis).count([count(1)])
    for key in await redis.keys("*"):
        assert 0 < await redis.ttl(key) <= HORIZON * 60


async def test_an_empty_batch_asks_nothing(redis: Redis) -> None:
    assert await Counters(redis).count([]) == []
    assert await redis.keys("*") == []
