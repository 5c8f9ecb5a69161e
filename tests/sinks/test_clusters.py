import pytest
from redis.asyncio import Redis

from sinks.clusters import Clusters
from sinks.errors import Unavailable
from sinks.redis import connect

pytestmark = pytest.mark.integration


async def test_the_first_text_that_shows_a_band_names_the_cluster(redis: Redis) -> None:
    clusters = Clusters(redis)
    assert await clusters.assign([("a", (1, 2)), ("b", (2, 3)), ("c", (9,))]) == ["a", "a", "c"]
    assert await clusters.assign([("d", (3,))]) == ["a"]


async def test_a_replay_gives_the_same_clusters(redis: Redis) -> None:
    clusters = Clusters(redis)
    texts = [("a", (1, 2)), ("b", (3, 4)), ("c", (2, 3))]
    assert await clusters.assign(texts) == await clusters.assign(texts) == ["a", "b", "a"]


async def test_a_text_without_bands_stands_alone(redis: Redis) -> None:
    assert await Clusters(redis).assign([("a", ()), ("b", ())]) == ["a", "b"]


async def test_bands_are_forgotten_in_time(redis: Redis) -> None:
    await Clusters(redis, ttl_days=7).assign([("a", (-1,))])
    [key] = [key async for key in redis.scan_iter("tingfeng:near:*")]
    assert 6 * 86_400 < await redis.ttl(key) <= 7 * 86_400


async def test_redis_being_away_means_wait() -> None:
    away = connect("redis://127.0.0.1:1/0")
    with pytest.raises(Unavailable):
        await Clusters(away).assign([("a", (1,))])
    await away.aclose()
