from __future__ import annotations

from pathlib import Path

import pytest
from redis.asyncio import Redis

from sinks.errors import Misconfigured, Unavailable
from sinks.redis import check, connect, masked, reaching
from tests.engines.redis import RedisServer

pytestmark = pytest.mark.integration


async def test_a_healthy_server_passes_the_check(redis: Redis, redis_server: RedisServer) -> None:
    await check(redis, redis_server.url)


async def test_an_unreachable_server_is_named_in_one_line() -> None:
    url = "redis://127.0.0.1:1/0"
    client = connect(url)
    with pytest.raises(Unavailable, match=r"^Redis at redis://127.0.0.1:1/0 cannot be reached: .*$") as caught:
        await check(client, url)
    assert "\n" not in caught.value.reason
    await client.aclose()


@pytest.mark.parametrize("secret", ["", ":wrong@", "nobody:wrong@"])
async def test_a_wrong_password_is_told_and_not_shown(secret: str, tmp_path: Path) -> None:
    server = RedisServer(tmp_path, password="right")
    server.start()
    url = f"redis://{secret}127.0.0.1:{server.port}/0"
    client = connect(url)
    with pytest.raises(Misconfigured, match="refused the user or the password") as caught:
        await check(client, url)
    assert "wrong" not in caught.value.reason
    await client.aclose()
    server.kill()


@pytest.mark.parametrize("url", ["http://localhost:6379", "localhost:6379", "redis://localhost:port/0"])
def test_an_address_that_is_none_is_refused_before_dialling(url: str) -> None:
    with pytest.raises(Misconfigured, match="Redis address"):
        connect(url)


async def test_a_server_that_goes_away_means_wait_and_one_that_returns_is_used_again(tmp_path: Path) -> None:
    server = RedisServer(tmp_path)
    server.start()
    client = connect(server.url)
    with reaching():
        await client.set("tingfeng:x", "1")
    server.kill()
    with pytest.raises(Unavailable, match="does not answer"), reaching():
        await client.get("tingfeng:x")
    server.start()
    with reaching():
        assert await client.get("tingfeng:x") == b"1"
    await client.aclose()
    server.kill()


async def test_a_refusal_means_wait_too(redis: Redis) -> None:
    await redis.set("tingfeng:x", "text")
    with pytest.raises(Unavailable, match="Redis refuses"), reaching():
        await redis.hget("tingfeng:x", "field")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("redis://h:1/0", "redis://h:1/0"),
        ("redis://:secret@h:1/0", "redis://:***@h:1/0"),
        ("rediss://me:p@ss@h/2", "rediss://me:***@h/2"),
    ],
)
def test_a_password_is_masked(url: str, shown: str) -> None:
    assert masked(url) == shown
