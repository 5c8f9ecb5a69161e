"""Each check says what it found, or what to do."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from streams.doctor import checks
from streams.embedded import open_folder
from streams.errors import StartError
from streams.settings import Settings, load


def settings(**variables: str) -> Settings:
    return load(None, {f"TINGFENG_{name}": value for name, value in variables.items()})


async def test_a_free_port_is_well() -> None:
    assert await checks.port(settings(WEB_PORT="0")) == "127.0.0.1:0 is free"


@asynccontextmanager
async def answering(status: bytes) -> AsyncIterator[int]:
    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 " + status + b"\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    async with server:
        yield server.sockets[0].getsockname()[1]


async def test_a_port_taken_by_another_program_is_not() -> None:
    async with answering(b"404 Not Found") as port:
        with pytest.raises(StartError, match="in use by another program"):
            await checks.port(settings(WEB_PORT=str(port)))


async def test_a_port_that_we_serve_already_is_well() -> None:
    async with answering(b"200 OK") as port:
        assert "served by a running Tingfeng" in await checks.port(settings(WEB_PORT=str(port)))


async def test_the_disk_needs_room(tmp_path: Path) -> None:
    assert "MB free" in await checks.disk(settings(DATA_DIR=str(tmp_path)))
    with pytest.raises(StartError, match="MB needed"):
        await checks.disk(settings(DATA_DIR=str(tmp_path), DATA_MIN_FREE_MB="999999999999"))


async def test_the_process_that_holds_the_data_is_named(tmp_path: Path) -> None:
    folder = open_folder(tmp_path, min_free_mb=0)
    assert "in use by process" in await checks.disk(settings(DATA_DIR=str(tmp_path)))
    folder.close()
    assert "in use" not in await checks.disk(settings(DATA_DIR=str(tmp_path)))


async def test_nothing_configured_needs_nothing_else(tmp_path: Path) -> None:
    plain = settings(DATA_DIR=str(tmp_path))
    assert "server" in await checks.redis(plain)
    assert "no Java needed" in await checks.kafka(plain)
    assert "chDB" in await checks.clickhouse(plain)


async def test_a_redis_that_is_not_there_is_told_without_its_password() -> None:
    with pytest.raises(StartError, match="check redis.url") as caught:
        await checks.redis(settings(REDIS_URL="redis://u:hunter2@127.0.0.1:1/0"))
    assert "hunter2" not in str(caught.value)
