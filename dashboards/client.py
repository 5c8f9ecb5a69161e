"""One connected page: a bounded queue between the desk, which never waits, and a socket, which may."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Final

from starlette.websockets import WebSocket

from dashboards.desk import Session

MOST_MESSAGES: Final = 256
MOST_CHARACTERS: Final = 8_000_000


class Client:
    """What is due to one page. When it reads too slowly, the queue is thrown away and `slow` is set."""

    def __init__(self, socket: WebSocket, session: Session) -> None:
        self.socket = socket
        self.session = session
        self.slow = asyncio.Event()
        self._due: deque[str] = deque()
        self._size = 0
        self._ready = asyncio.Event()

    def offer(self, message: str) -> None:
        """Queue `message`. Never waits."""
        if self.slow.is_set():
            return
        self._due.append(message)
        self._size += len(message)
        if len(self._due) > MOST_MESSAGES or self._size > MOST_CHARACTERS:
            self._due.clear()
            self._size = 0
            self.slow.set()
        self._ready.set()

    async def write(self) -> None:
        """Send what is due, for ever."""
        while True:
            await self._ready.wait()
            self._ready.clear()
            while self._due:
                message = self._due.popleft()
                self._size -= len(message)
                await self.socket.send_text(message)
