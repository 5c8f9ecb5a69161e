"""Talking with one page: hear what it asks, write what is due, and part in good order."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from starlette.websockets import WebSocketDisconnect

from dashboards import protocol
from dashboards.client import Client
from dashboards.clock import Clock
from dashboards.desk import Desk
from dashboards.protocol import Refused, parse

logger = logging.getLogger(__name__)

GREETING: Final = 10.0
"""Seconds that a page has to show its key."""
FAREWELL: Final = 1.0
"""Seconds that the last words may take: a page that does not read is not waited for."""

# Close codes of our own: 4000 to 4999 are free for applications.
BAD_MESSAGE, UNAUTHORISED, SLOW, FULL = 4400, 4401, 4408, 4429


class Goodbye(Exception):
    """The conversation is over: the last words, if any, and the close code."""

    def __init__(self, code: int, words: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.words = words


async def converse(client: Client, desk: Desk, clock: Clock, watching: Callable[[], None]) -> None:
    """Talk until the page goes, breaks the rules, or reads too slowly. `watching` is called when it wants a board."""
    for message in desk.greet(client.session, clock()):
        client.offer(message)
    parts = (_hear(client, desk, clock, watching), client.write(), _tire(client))
    tasks = [asyncio.create_task(part) for part in parts]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
    for result in results:
        if isinstance(result, Goodbye):
            await _part(client, result)
        elif isinstance(result, Exception) and not isinstance(result, WebSocketDisconnect):
            raise result


async def _hear(client: Client, desk: Desk, clock: Clock, watching: Callable[[], None]) -> None:
    while True:
        try:
            async with asyncio.timeout(None if client.session.trusted else GREETING):
                text = await client.socket.receive_text()
        except TimeoutError:
            raise Goodbye(UNAUTHORISED) from None
        except KeyError:
            raise Goodbye(BAD_MESSAGE) from None  # a binary message
        try:
            answers = desk.receive(client.session, parse(text), clock())
        except Refused as refused:
            code = UNAUTHORISED if refused.code == "unauthorised" else BAD_MESSAGE
            raise Goodbye(code, protocol.error(refused)) from None
        for answer in answers:
            client.offer(answer)
        if "board" in client.session.wishes:
            watching()


async def _tire(client: Client) -> None:
    await client.slow.wait()
    logger.info("a page is dropped: it reads too slowly")
    raise Goodbye(SLOW, protocol.message("dropped", reason="slow"))


async def _part(client: Client, goodbye: Goodbye) -> None:
    with suppress(TimeoutError, WebSocketDisconnect, RuntimeError):
        async with asyncio.timeout(FAREWELL):
            if goodbye.words:
                await client.socket.send_text(goodbye.words)
            await client.socket.close(goodbye.code)
