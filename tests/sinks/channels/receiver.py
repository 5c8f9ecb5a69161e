"""A subscriber for tests: a real HTTP server on this machine that answers as scripted and remembers what it got."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple


class Request(NamedTuple):
    path: str
    headers: dict[str, str]
    body: bytes


class Script(NamedTuple):
    """One answer; `hang` never answers, `drip` sends a body without end."""

    status: int = 200
    body: bytes = b""
    headers: Sequence[tuple[str, str]] = ()
    hang: bool = False
    drip: bool = False


class Receiver:
    """Answers with `scripts` in turn; the last one stays in force."""

    def __init__(self, scripts: Sequence[Script]) -> None:
        self.requests: list[Request] = []
        self.scripts = list(scripts)
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            headers = {name.lower(): value for name, _, value in (line.partition(": ") for line in lines)}
            body = await reader.readexactly(int(headers.get("content-length", "0")))
            self.requests.append(Request(first.split(" ")[1], headers, body))
            script = self.scripts.pop(0) if len(self.scripts) > 1 else self.scripts[0]
            if script.hang:
                await reader.read()
                return
            await self._answer(script, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()

    async def _answer(self, script: Script, writer: asyncio.StreamWriter) -> None:
        extra = "".join(f"{name}: {value}\r\n" for name, value in script.headers)
        length = "" if script.drip else f"content-length: {len(script.body)}\r\n"
        writer.write(f"HTTP/1.1 {script.status} X\r\n{length}connection: close\r\n{extra}\r\n".encode() + script.body)
        await writer.drain()
        while script.drip:
            writer.write(b"x" * 65_536)
            await writer.drain()


@asynccontextmanager
async def receiving(*scripts: Script) -> AsyncIterator[Receiver]:
    """A receiver at work."""
    receiver = Receiver(scripts or (Script(),))
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    try:
        yield receiver
    finally:
        server.close()
        await server.wait_closed()
