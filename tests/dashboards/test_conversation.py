"""Talking with one page, over a socket of queues."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest
from starlette.websockets import WebSocket, WebSocketState

from dashboards.client import MOST_CHARACTERS, Client
from dashboards.conversation import BAD_MESSAGE, SLOW, UNAUTHORISED, converse
from dashboards.desk import Desk, Session
from tests.dashboards.samples import NOON


class Line:
    """A page's end of a socket: what it says, and what it hears."""

    def __init__(self, *, trusted: bool = True, key: str = "") -> None:
        self.said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self.heard: list[dict[str, Any]] = []
        self.closed = 0
        self.boards = 0
        socket = WebSocket({"type": "websocket"}, self.said.get, self._hear)
        socket.client_state = socket.application_state = WebSocketState.CONNECTED
        self.client = Client(socket, Session(trusted))
        self.desk = Desk("e1", key)

    async def talk(self) -> None:
        async with asyncio.timeout(10):
            await converse(self.client, self.desk, lambda: NOON, self._watching)

    def say(self, text: str) -> None:
        self.said.put_nowait({"type": "websocket.receive", "text": text})

    def hang_up(self) -> None:
        self.said.put_nowait({"type": "websocket.disconnect", "code": 1000})

    def _watching(self) -> None:
        self.boards += 1

    async def _hear(self, message: Any) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]
        else:
            self.heard.append(msgspec.json.decode(message["text"]))


async def test_it_ends_when_the_page_goes() -> None:
    line = Line()
    line.hang_up()

    await line.talk()

    assert line.closed == 0


async def test_who_asks_for_a_board_has_it_watched() -> None:
    line = Line()
    line.say('{"type":"subscribe","channel":"alerts"}')
    line.say('{"type":"subscribe","channel":"board"}')
    line.hang_up()

    await line.talk()

    assert line.boards == 1


@pytest.mark.parametrize(
    ("text", "code"), [("{", BAD_MESSAGE), ('{"v":9,"type":"ping"}', BAD_MESSAGE)], ids=["nonsense", "version"]
)
async def test_what_cannot_be_followed_is_answered_and_ends_it(text: str, code: int) -> None:
    line = Line()
    line.say(text)

    await line.talk()

    assert line.closed == code
    assert line.heard[-1]["type"] == "error"


async def test_bytes_end_it() -> None:
    line = Line()
    line.said.put_nowait({"type": "websocket.receive", "bytes": b"{}"})

    await line.talk()

    assert line.closed == BAD_MESSAGE


async def test_a_wrong_key_ends_it_before_anything_is_shown() -> None:
    line = Line(trusted=False, key="k")
    line.say('{"type":"hello","key":"wrong"}')

    await line.talk()

    assert line.closed == UNAUTHORISED
    assert {message["type"] for message in line.heard} <= {"locked", "error"}


async def test_a_slow_page_is_told_and_let_go() -> None:
    line = Line()
    line.client.offer("x" * (MOST_CHARACTERS + 1))

    await line.talk()

    assert line.closed == SLOW
    assert line.heard[-1] == {"v": 1, "type": "dropped", "reason": "slow"}
