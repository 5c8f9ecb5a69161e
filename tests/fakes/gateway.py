"""The gateway alone, served for real over stores in memory."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import uvicorn
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from streams.gateway import Intake, routes
from tests.fakes.river import MemoryProducer, MemorySeen


class GatewayServer:
    """A gateway on a free port of this machine; with `api_key` it lets in only who sends it."""

    def __init__(self, api_key: str = "") -> None:
        self._socket = socket.socket()
        self._socket.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        self.producer = MemoryProducer()
        intake = Intake(seen=MemorySeen(), producer=self.producer, clock=lambda: datetime.now(UTC))
        app: ASGIApp = Starlette(routes=list(routes(intake)))
        if api_key:
            app = _guarded(app, api_key)
        self._server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True)

    def __enter__(self) -> GatewayServer:
        self._socket.listen()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(10)
        self._socket.close()

    @contextmanager
    def starting_when(self, asked: threading.Event) -> Iterator[None]:
        """Start as soon as `asked`, and stop at the end."""

        def start() -> None:
            if asked.wait(30):
                self.__enter__()

        starter = threading.Thread(target=start, daemon=True)
        starter.start()
        try:
            yield
        finally:
            starter.join(10)
            self.__exit__()


def _guarded(app: ASGIApp, key: str) -> ASGIApp:
    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        if (b"authorization", f"Bearer {key}".encode()) in scope["headers"]:
            await app(scope, receive, send)
        else:
            await Response(status_code=401)(scope, receive, send)

    return guard
