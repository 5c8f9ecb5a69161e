from __future__ import annotations

import pytest
from redis.asyncio import Redis

from sinks.seen import Seen

pytestmark = pytest.mark.integration


async def test_the_first_claim_owns_the_mention(redis: Redis) -> None:
    seen = Seen(redis, ttl_days=30)
    assert await seen.claim([("weibo:post:1", "0:1"), ("weibo:post:2", "0:2")]) == ["0:1", "0:2"]
    assert await seen.claim([("weibo:post:1", "3:9")]) == ["0:1"]


async def test_a_replay_finds_its_own_position(redis: Redis) -> None:
    seen = Seen(redis, ttl_days=30)
    batch = [(f"weibo:post:{number}", f"0:{number}") for number in range(500)]
    assert await seen.claim(batch) == [position for _, position in batch]
    for size in (7, 64):
        again = [owner for at in range(0, 500, size) for owner in await seen.claim(batch[at : at + size])]
        assert again == [position for _, position in batch]


async def test_of_two_equal_ids_in_one_batch_the_first_owns(redis: Redis) -> None:
    assert await Seen(redis, ttl_days=30).claim([("a", "0:1"), ("a", "0:2")]) == ["0:1", "0:1"]


async def test_a_peek_claims_nothing(redis: Redis) -> None:
    seen = Seen(redis, ttl_days=30)
    await seen.claim([("a", "0:1")])
    assert await seen.peek(["a", "b"]) == ["0:1", None]
    assert await seen.claim([("b", "0:2")]) == ["0:2"]


async def test_nothing_asked_is_nothing_sent(redis: Redis) -> None:
    seen = Seen(redis, ttl_days=30)
    assert await seen.claim([]) == []
    assert await seen.peek([]) == []


async def test_ids_may_hold_any_text(redis: Redis) -> None:
    strange = ["微博:帖子:一", "a:b:\0", "lone surrogate \ud800", ""]
    seen = Seen(redis, ttl_days=30)
    assert await seen.claim([(name, f"0:{at}") for at, name in enumerate(strange)]) == ["0:0", "0:1", "0:2", "0:3"]


async def test_a_claim_lives_at_least_its_days_and_at_most_twice_that(redis: Redis) -> None:
    #     epoch:  |---- n ----|--- n+1 ---|
    #     claimed somewhere in n; gone at the end of n+1
    await Seen(redis, ttl_days=30).claim([("a", "0:1")])
    (bucket,) = await redis.keys("tingfeng:seen:*")
    assert 30 * 86_400 < await redis.ttl(bucket) <= 60 * 86_400


async def test_a_claim_of_the_epoch_before_still_owns(redis: Redis) -> None:
    seen = Seen(redis, ttl_days=30)
    await seen.claim([("a", "0:1")])
    (bucket,) = await redis.keys("tingfeng:seen:*")
    assert isinstance(bucket, bytes)
    prefix, room, epoch, place = bucket.decode().split(":")
    await redis.rename(bucket, f"{prefix}:{room}:{int(epoch) - 1}:{place}")
    assert await seen.claim([("a", "5:5")]) == ["0:1"]
    assert await seen.peek(["a"]) == ["0:1"]
