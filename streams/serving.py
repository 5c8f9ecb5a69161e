"""uvicorn as a part of this process: on a socket that is already open, and ended by us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket
from typing import Any

import uvicorn

from streams.beside import beside
from streams.errors import StartError


class Server(uvicorn.Server):
    """uvicorn without its signal handlers; `open` completes when it serves."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.open: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to who runs the process."""
        yield

    async def startup(self, sockets: list[socket] | None = None) -> None:
        """Start, and say so. Raises `StartError` where uvicorn would end the process."""
        try:
            await super().startup(sockets)
        except SystemExit:
            raise StartError("the web did not start; the log says why") from None
        if self.started:
            self.open.set_result(None)


@asynccontextmanager
async def served(config: uvicorn.Config, listening: socket) -> AsyncIterator[None]:
    """Serve on `listening` while the context lasts; open requests are finished at its end. Raises `StartError`."""
    server = Server(config)
    async with beside(server.serve([listening]), "web") as serving:
        either: list[asyncio.Future[Any]] = [serving, server.open]
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not server.started:
            raise StartError("the web did not start; the log says why")
        yield
        server.should_exit = True
        await asyncio.wait([serving])
