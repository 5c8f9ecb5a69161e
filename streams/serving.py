"""uvicorn as a part of this process: on a socket that is already open, and ended by us."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from socket import socket

import uvicorn

from streams.beside import beside

_LOOK = 0.01  # seconds between two looks at whether it has started


class Server(uvicorn.Server):
    """uvicorn without its signal handlers."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave the signals to who runs the process."""
        yield


@asynccontextmanager
async def served(config: uvicorn.Config, listening: socket) -> AsyncIterator[None]:
    """Serve on `listening` while the context lasts; open requests are finished at its end."""
    server = Server(config)
    async with beside(server.serve([listening]), "web") as serving:
        while not server.started and not serving.done():
            await asyncio.sleep(_LOOK)
        yield
        server.should_exit = True
        await asyncio.wait([serving])
