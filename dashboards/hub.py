"""The live hub: hears Redis, reads the store, and keeps every open page up to date.

Three loops, whatever the number of pages: `listen` takes what is published, `beat` tells it (at once when it is
quiet, at most ten times a second), `watch` reads the boards once a second while somebody looks at one. No loop ever
waits for a page. Pub/sub forgets, so the newest alerts and mentions are read back from the store at the start, after
every interruption and now and then; the desk knows what is news.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import msgspec
from redis.asyncio import Redis
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboards.boards import Boards
from dashboards.books import read_alert, read_mentions, ticker_line
from dashboards.client import Client
from dashboards.clock import Clock, utc_now
from dashboards.conversation import FULL, converse
from dashboards.desk import Desk, Session, Wish
from dashboards.questions import AlertQuestion, MentionQuestion
from dashboards.reader import Reader
from sinks import live
from sinks.errors import SinkError

logger = logging.getLogger(__name__)

BEAT: Final = 0.1
PULSE: Final = 15.0
CATCH_UP: Final = 30.0
GREETING: Final = 10.0
MOST_PAGES: Final = 5000


class Hub:
    """The moving half of the live desk."""

    def __init__(self, *, reader: Reader, redis: Redis, key: str = "", clock: Clock = utc_now) -> None:
        self.desk = Desk(secrets.token_hex(8), key)
        self._reader, self._redis, self._clock = reader, redis, clock
        self._boards = Boards(reader, time.monotonic)
        self._clients: set[Client] = set()
        self._news, self._behind, self._watching = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []

    async def start(self) -> None:
        """Begin to listen; pages may come before the stores are there."""
        self._behind.set()
        loops = (self._listen, self._beat, self._watch, self._catch_up, self._pulse)
        self._tasks = [asyncio.create_task(self._forever(loop), name=f"hub{loop.__name__}") for loop in loops]

    async def stop(self) -> None:
        """Stop the loops and let the pages go."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for client in list(self._clients):
            with suppress(RuntimeError, WebSocketDisconnect):
                await client.socket.close(1012, "the server is restarting")

    @property
    def pages(self) -> int:
        """How many pages are open."""
        return len(self._clients)

    async def serve(self, socket: WebSocket, *, trusted: bool) -> None:
        """Talk with one page until one of us goes."""
        await socket.accept()
        if len(self._clients) >= MOST_PAGES:
            await socket.close(FULL, f"{MOST_PAGES} pages are open already")
            return
        client = Client(socket, Session(trusted))
        self._clients.add(client)
        try:
            await converse(client, self.desk, self._clock, self._watching.set)
        finally:
            self._clients.discard(client)

    # ---- the loops

    async def _forever(self, loop: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await loop()
            except SinkError as error:
                logger.warning("%s: %s", loop.__name__, error.reason)
            except Exception:  # a bug in one loop must not take the live page away
                logger.exception("%s failed and is started again", loop.__name__)
            await asyncio.sleep(1)

    async def _listen(self) -> None:
        async for event in live.subscribe(self._redis, ["alerts", "mentions"]):
            match event:
                case live.Joined():
                    self._tell(self.desk.status(True))
                    self._behind.set()
                case live.Lost(reason):
                    logger.warning("the live feed is interrupted: %s", reason)
                    self._tell(self.desk.status(False, "redis"))
                case live.Message(kind, payload):
                    self._take(kind, payload)

    def _take(self, kind: live.Kind, payload: bytes) -> None:
        try:
            if kind == "alerts":
                self.desk.take_alert(read_alert(payload))
            elif kind == "mentions":
                self.desk.take_mentions(read_mentions(payload))
        except msgspec.MsgspecError as error:
            logger.warning("live feed: kind=%s cannot be read: %s", kind, error)
        self._news.set()

    async def _beat(self) -> None:
        clock = asyncio.get_running_loop().time
        while True:
            await self._news.wait()
            self._news.clear()
            began = clock()
            groups = self._groups()
            for cast in self.desk.beat(groups):
                for client in groups[cast.wish]:
                    client.offer(cast.message)
            # However many pages are open, telling them takes at most a fifth of the loop.
            await asyncio.sleep(max(BEAT, 4 * (clock() - began)))

    async def _watch(self) -> None:
        while True:
            await self._watching.wait()
            watched = {wish for channel, wish in self._groups() if channel == "board"}
            self.desk.forget_boards(watched)
            self._boards.forget(watched)
            if not watched:
                self._watching.clear()
                continue
            for wish in watched:
                if cast := await self._boards.look(self.desk, wish, self._clock()):
                    # Whoever came while the store was read has seen no board yet: ask again who watches.
                    for client in self._groups().get(cast.wish, ()):
                        client.offer(cast.message)
            await asyncio.sleep(1)

    async def _catch_up(self) -> None:
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(CATCH_UP):
                    await self._behind.wait()
            for alert in reversed(await self._reader.alerts(AlertQuestion(limit=200))):
                self.desk.take_alert(read_alert(msgspec.json.encode(alert)))
            if self._behind.is_set():
                mentions = await self._reader.mentions(MentionQuestion(limit=50))
                lines = [ticker_line(mention) for mention in reversed(mentions)]
                self.desk.take_mentions(read_mentions(msgspec.json.encode(lines)))
            self._behind.clear()
            self._news.set()

    async def _pulse(self) -> None:
        while True:
            await asyncio.sleep(PULSE)
            self._tell(self.desk.pulse(self._clock()))

    def _tell(self, message: str | None) -> None:
        for client in self._clients if message else ():
            client.offer(message or "")

    def _groups(self) -> dict[Wish, list[Client]]:
        groups: dict[Wish, list[Client]] = {}
        for client in self._clients:
            for channel, wish in client.session.wishes.items():
                groups.setdefault((channel, wish), []).append(client)
        return groups
