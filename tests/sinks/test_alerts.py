from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace
from redis.asyncio import Redis

from sinks.alerts import AlertBook, AlertState, Sample, Touch
from sinks.errors import Unavailable
from sinks.redis import connect

pytestmark = pytest.mark.integration

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def touch(
    number: int,
    *,
    alert: str = "a1",
    seconds: int = 0,
    followers: int = 0,
    platform: str = "weibo",
    risk: bool = False,
    tally: int = 0,
) -> Touch:
    at = NOON + timedelta(seconds=seconds)
    sample = Sample(f"{platform}:{number}", platform, f"第{number}条", at, followers=followers)
    return Touch(alert, sample, received_at=at + timedelta(seconds=2), risk=risk, tally=tally)


def minutes(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


async def test_the_first_mention_opens_its_alert(redis: Redis) -> None:
    (state,) = await AlertBook(redis).touch([touch(1, followers=7, risk=True)], minutes(1))
    assert state == AlertState(
        alert_id="a1",
        opened=True,
        count=1,
        first_seen=NOON,
        last_seen=NOON,
        opened_at=minutes(1),
        updated_at=minutes(1),
        triggered_at=NOON + timedelta(seconds=2),
        max_followers=7,
        risk=True,
        platforms=("weibo",),
        samples=(touch(1, followers=7).sample,),
    )


async def test_further_mentions_widen_it_and_leave_when_it_opened(redis: Redis) -> None:
    book = AlertBook(redis)
    await book.touch([touch(1, seconds=10)], minutes(1))
    batch = [touch(2, seconds=5, followers=50, platform="xhs"), touch(3, seconds=20, followers=9)]
    (state,) = await book.touch(batch, minutes(2))
    assert (state.opened, state.count, state.max_followers, state.platforms) == (False, 3, 50, ("weibo", "xhs"))
    assert (state.first_seen, state.last_seen) == (NOON + timedelta(seconds=5), NOON + timedelta(seconds=20))
    assert (state.opened_at, state.updated_at) == (minutes(1), minutes(2))
    assert [sample.mention_id for sample in state.samples] == ["xhs:2", "weibo:1", "weibo:3"]


async def test_a_replay_changes_nothing(redis: Redis) -> None:
    book = AlertBook(redis)
    batch = [touch(number, seconds=number) for number in range(5)]
    (first,) = await book.touch(batch, minutes(1))
    (again,) = await book.touch(batch, minutes(30))
    assert again == replace(first, opened=False)


async def test_each_touched_alert_is_told_once_in_the_order_of_first_touch(redis: Redis) -> None:
    states = await AlertBook(redis).touch(
        [touch(1, alert="b"), touch(2, alert="a"), touch(3, alert="b"), touch(3, alert="a")], NOON
    )
    assert [(state.alert_id, state.count) for state in states] == [("b", 2), ("a", 2)]


@pytest.mark.parametrize("seed", range(12))
async def test_any_order_repetition_and_cut_into_batches_gives_the_same_alert(redis: Redis, seed: int) -> None:
    chance = random.Random(seed)
    touches = [
        touch(n, seconds=n % 7, followers=n * 37 % 11, platform=("weibo", "xhs")[n % 2], risk=n == 20)
        for n in range(40)
    ]
    (expected,) = await AlertBook(redis).touch(touches, NOON)
    await redis.flushall()
    shuffled = touches + chance.choices(touches, k=30)
    chance.shuffle(shuffled)
    state = expected
    while shuffled:
        cut = chance.randint(1, 20)
        (state,) = await AlertBook(redis).touch(shuffled[:cut], NOON)
        del shuffled[:cut]
    assert replace(state, opened=True, triggered_at=NOON) == replace(expected, triggered_at=NOON)


async def test_the_first_and_the_most_followed_are_shown(redis: Redis) -> None:
    touches = [touch(n, seconds=n, followers={30: 900, 20: 800, 10: 700}.get(n, n)) for n in range(40)]
    (state,) = await AlertBook(redis).touch(touches, NOON)
    assert [sample.mention_id for sample in state.samples] == [f"weibo:{n}" for n in (0, 1, 2, 10, 20, 30)]


async def test_an_alert_on_a_rate_counts_what_the_rate_counted(redis: Redis) -> None:
    book = AlertBook(redis)
    (state,) = await book.touch([touch(1, tally=12), touch(2, tally=12)], NOON)
    assert state.count == 12
    (state,) = await book.touch([touch(3, tally=9)], NOON)
    assert state.count == 12
    (state,) = await book.touch([touch(3, tally=20)], NOON)
    assert state.count == 20


async def test_an_alert_is_forgotten_in_time(redis: Redis) -> None:
    await AlertBook(redis, ttl_days=2).touch([touch(1)], NOON)
    keys = await redis.keys("tingfeng:alert:*")
    assert keys == await redis.keys("*")
    for key in keys:
        assert 0 < await redis.ttl(key) <= 2 * 86_400


async def test_times_keep_their_microseconds(redis: Redis) -> None:
    odd = replace(touch(1), received_at=datetime(2026, 8, 1, 12, 0, 0, 123_457, tzinfo=UTC))
    (state,) = await AlertBook(redis).touch([odd], NOON)
    assert state.triggered_at == odd.received_at


async def test_no_touches_ask_nothing() -> None:
    nobody = connect("redis://127.0.0.1:1/0")
    assert await AlertBook(nobody).touch([], NOON) == []
    with pytest.raises(Unavailable):
        await AlertBook(nobody).touch([touch(1)], NOON)
    await nobody.aclose()
