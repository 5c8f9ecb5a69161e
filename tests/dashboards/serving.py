"""The real web on a real port: uvicorn in this loop, stopped and started at will."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import msgspec
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import ClientConnection, connect

from dashboards import server


@asynccontextmanager
async def serving(app: FastAPI, port: int = 0) -> AsyncIterator[int]:
    """Serve `app`; the port that it got."""
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.bind(("127.0.0.1", port))
    running = uvicorn.Server(server.config(app, host="127.0.0.1", port=0, log_level="error"))
    running.install_signal_handlers = lambda: None  # type: ignore[attr-defined]
    with contextlib.closing(listening):
        task = asyncio.create_task(running.serve([listening]))
        while not running.started:
            await asyncio.sleep(0.005)
        try:
            yield listening.getsockname()[1]
        finally:
            running.should_exit = True
            await task


class Page:
    """A page's end of the WebSocket."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def say(self, kind: str, **fields: Any) -> None:
        await self.connection.send(msgspec.json.encode({"v": 1, "type": kind, **fields}).decode())

    async def hear(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next message of this kind and these fields; whatever comes before it is passed over."""
        async with asyncio.timeout(10):
            while True:
                message: dict[str, Any] = msgspec.json.decode(await self.connection.recv())
                if message["type"] == kind and fields.items() <= message.items():
                    return message


@asynccontextmanager
async def page(port: int, **options: Any) -> AsyncIterator[Page]:
    """Open a WebSocket to the desk."""
    async with connect(f"ws://127.0.0.1:{port}/ws", **options) as connection:
        yield Page(connection)
