"""The queue between the desk and one page."""

from __future__ import annotations

import asyncio
from typing import Any

from starlette.websockets import WebSocket, WebSocketState

from dashboards.client import MOST_CHARACTERS, MOST_MESSAGES, Client
from dashboards.desk import Session


def client(sent: list[str]) -> Client:
    async def receive() -> dict[str, Any]:
        return {"type": "websocket.connect"}

    async def send(message: Any) -> None:
        sent.append(message["text"])

    socket = WebSocket({"type": "websocket"}, receive, send)
    socket.application_state = WebSocketState.CONNECTED
    return Client(socket, Session(trusted=True))


async def test_messages_go_out_in_order() -> None:
    sent: list[str] = []
    page = client(sent)
    page.offer("a")
    writing = asyncio.create_task(page.write())
    page.offer("b")
    while len(sent) < 2:
        await asyncio.sleep(0)
    writing.cancel()

    assert sent == ["a", "b"]


def test_too_many_messages_make_it_slow() -> None:
    page = client([])
    for _ in range(MOST_MESSAGES):
        page.offer("x")
    assert not page.slow.is_set()

    page.offer("x")

    assert page.slow.is_set()


def test_too_much_text_makes_it_slow() -> None:
    page = client([])
    page.offer("x" * (MOST_CHARACTERS + 1))

    assert page.slow.is_set()


async def test_nothing_more_is_kept_for_a_slow_page() -> None:
    sent: list[str] = []
    page = client(sent)
    page.offer("x" * (MOST_CHARACTERS + 1))
    page.offer("later")
    writing = asyncio.create_task(page.write())
    for _ in range(5):
        await asyncio.sleep(0)
    writing.cancel()

    assert sent == []
