from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import pytest
from redis.asyncio import Redis

from sinks.profiles import Profile, Profiles, Touch, influence

pytestmark = pytest.mark.integration

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def touch(number: int, *, customer: str = "weibo:ab", negative: bool = False, followers: int = 0) -> Touch:
    return Touch(customer, f"weibo:post:{number}", NOON + timedelta(minutes=number), negative, followers)


async def test_a_profile_grows_with_every_mention(redis: Redis) -> None:
    first, second = await Profiles(redis).attach([touch(5, negative=True, followers=1000), touch(2)])
    assert first == Profile("weibo:ab", 1, 1, touch(5).at, touch(5).at, 1000, influence(1000))
    assert second == Profile("weibo:ab", 2, 1, touch(2).at, touch(5).at, 1000, influence(1000))


async def test_a_replay_in_other_batches_changes_nothing(redis: Redis) -> None:
    profiles = Profiles(redis)
    touches = [touch(number, customer=f"weibo:{number % 7}", negative=number % 3 == 0) for number in range(300)]
    await profiles.attach(touches)
    before = [await profiles.get(f"weibo:{number}") for number in range(7)]
    random.Random(3).shuffle(touches)
    for size in (1, 17, 100):
        for at in range(0, len(touches), size):
            await profiles.attach(touches[at : at + size])
    assert [await profiles.get(f"weibo:{number}") for number in range(7)] == before
    assert sum(profile.mentions for profile in before if profile) == 300
    assert sum(profile.negatives for profile in before if profile) == 100


async def test_a_replay_gives_the_profile_as_it_is_now(redis: Redis) -> None:
    profiles = Profiles(redis)
    await profiles.attach([touch(1), touch(2)])
    (again,) = await profiles.attach([touch(1)])
    assert again.mentions == 2


async def test_a_mention_without_an_author_grows_no_profile(redis: Redis) -> None:
    stranger, known = await Profiles(redis).attach([touch(1, customer="", followers=5000), touch(2)])
    assert stranger == Profile("", followers=5000, influence=influence(5000))
    assert known.mentions == 1
    assert await redis.keys("tingfeng:customer:*") == [b"tingfeng:customer:weibo:ab"]


async def test_nothing_touched_is_nothing_sent(redis: Redis) -> None:
    assert await Profiles(redis).attach([]) == []


async def test_nobody_is_found_under_an_unknown_id(redis: Redis) -> None:
    assert await Profiles(redis).get("weibo:nobody") is None


async def test_times_before_1970_and_to_the_millisecond_survive(redis: Redis) -> None:
    old = datetime(1969, 7, 20, 20, 17, 40, 123_000, tzinfo=UTC)
    profiles = Profiles(redis)
    await profiles.attach([Touch("weibo:ab", "a", old, False, 0), Touch("weibo:ab", "b", NOON, False, 0)])
    found = await profiles.get("weibo:ab")
    assert found is not None
    assert (found.first_seen, found.last_seen) == (old, NOON)


async def test_the_memory_of_counted_mentions_fades(redis: Redis) -> None:
    await Profiles(redis).attach([touch(1)])
    (key,) = await redis.keys("tingfeng:counted:*")
    assert key == b"tingfeng:counted:202611:weibo:ab"
    assert 89 * 86_400 < await redis.ttl(key) <= 90 * 86_400


@pytest.mark.parametrize(
    ("followers", "expected"),
    [(-1, 0.0), (0, 0.0), (1_000, 0.429), (100_000, 0.714), (10_000_000, 1.0), (90_000_000, 1.0)],
)
def test_influence_grows_with_the_logarithm_of_the_followers(followers: int, expected: float) -> None:
    assert influence(followers) == pytest.approx(expected, abs=0.001)
