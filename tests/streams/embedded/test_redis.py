"""The embedded Redis keeps its data, dies with its parent, and comes back when it is killed."""

import asyncio
import contextlib
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.exceptions import ConnectionError

from streams.embedded import RedisServer, start_redis
from streams.errors import StartError

pytestmark = pytest.mark.integration

CHILD = """
import asyncio, sys
from pathlib import Path
from streams.embedded import start_redis

async def main() -> None:
    server = await start_redis(Path(sys.argv[1]), max_memory_mb=64)
    print(server.pid, flush=True)
    await asyncio.Event().wait()

asyncio.run(main())
"""


@asynccontextmanager
async def running(folder: Path) -> AsyncIterator[tuple[RedisServer, Redis]]:
    server = await start_redis(folder, max_memory_mb=64)
    client = Redis.from_url(server.url, decode_responses=True)
    try:
        yield server, client
    finally:
        await client.aclose()
        await server.stop()


async def until(claim: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(10):
        while not await claim():
            await asyncio.sleep(0.01)


async def until_gone(pid: int) -> None:
    async def gone() -> bool:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        return False

    await until(gone)


async def test_what_was_written_is_there_after_a_restart(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, client):
        await client.set("tingfeng:x", "1")
    async with running(tmp_path) as (_, client):
        assert await client.get("tingfeng:x") == "1"


async def test_it_refuses_to_forget_when_its_memory_is_full(tmp_path: Path) -> None:
    async with running(tmp_path) as (_, client):
        told = await client.config_get("maxmemory*", "appendfsync", "appendonly")
    assert (told["maxmemory-policy"], told["maxmemory"]) == ("noeviction", str(64 * 1024**2))
    assert (told["appendonly"], told["appendfsync"]) == ("yes", "everysec")


async def test_stopping_takes_less_than_two_seconds(tmp_path: Path) -> None:
    server = await start_redis(tmp_path, max_memory_mb=64)
    async with asyncio.timeout(2):
        await server.stop()
    await until_gone(server.pid)


async def test_a_long_path_gets_its_socket_elsewhere(tmp_path: Path) -> None:
    async with running(tmp_path / ("长" * 40) / "redis") as (_, client):
        assert await client.ping()


async def test_a_killed_server_is_started_again_with_its_data(tmp_path: Path) -> None:
    async with running(tmp_path) as (server, client):
        await client.set("tingfeng:x", "1")
        await client.config_set("appendfsync", "always")
        await client.set("tingfeng:y", "2")
        os.kill(server.pid, signal.SIGKILL)

        async def answers() -> bool:
            with contextlib.suppress(ConnectionError):
                return await client.get("tingfeng:y") == "2"
            return False

        await until(answers)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ties a child to its parent")
async def test_it_dies_with_its_parent_even_after_kill_9(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", CHILD, str(tmp_path), stdout=asyncio.subprocess.PIPE
    )
    assert parent.stdout is not None
    pid = int(await parent.stdout.readline())
    parent.kill()
    await parent.wait()
    await until_gone(pid)


async def test_an_orphan_on_the_same_folder_is_stopped_first(tmp_path: Path) -> None:
    orphan = await start_redis(tmp_path, max_memory_mb=64)
    assert orphan._keeper is not None
    orphan._keeper.cancel()  # as if its parent had gone
    async with running(tmp_path) as (server, client):
        assert server.pid != orphan.pid
        assert (await client.info("server"))["process_id"] == server.pid
    await orphan.stop()


async def test_a_server_that_cannot_start_is_told_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "appendonlydir").write_text("not a folder")
    with pytest.raises(StartError, match="embedded Redis does not start: Can't open or create append-only dir"):
        await start_redis(tmp_path, max_memory_mb=64)
