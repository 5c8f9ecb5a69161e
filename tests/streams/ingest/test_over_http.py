from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest

from streams.ingest.outcome import Refused, Verdict
from streams.ingest.over_http import HttpRiver
from streams.ingest.row import Row

ROWS = [Row(1, 1, b'{"a": 1}'), Row(2, 2, b'{"a": 2}'), Row(3, 3, b'{"a": 3}')]
Answer = httpx.Response | Exception


class Server:
    """Answers with what it was told, one after the other, then accepts everything."""

    def __init__(self, *answers: Answer) -> None:
        self.answers: Iterator[Answer] = iter(answers)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = next(self.answers, None)
        if isinstance(answer, Exception):
            raise answer
        return answer or accepted(len(json.loads(request.content)))


def accepted(count: int) -> httpx.Response:
    items = [{"index": index, "status": "accepted"} for index in range(count)]
    return httpx.Response(200, json={"accepted": count, "items": items})


class Sending:
    """A river to `server`, with what it said and how long it slept."""

    def __init__(self, server: Callable[[httpx.Request], httpx.Response], **options: Any) -> None:
        self.notices: list[str] = []
        self.slept: list[float] = []
        client = httpx.AsyncClient(transport=httpx.MockTransport(server))
        self.river = HttpRiver(client, "http://tingfeng/", notice=self.notices.append, sleep=self._sleep, **options)

    async def _sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


async def test_rows_travel_with_origin_platform_and_key() -> None:
    server = Server()
    assert await Sending(server, platform="wb", api_key="k").river.send(ROWS[:2], "f1") == [Verdict("accepted")] * 2
    (request,) = server.requests
    assert request.url == "http://tingfeng/api/v1/mentions"
    assert request.headers["Authorization"] == "Bearer k"
    assert json.loads(request.content) == [
        {"platform": "wb", "origin": "f1:1", "payload": {"a": 1}},
        {"platform": "wb", "origin": "f1:2", "payload": {"a": 2}},
    ]


async def test_every_row_has_its_own_verdict_also_when_none_was_taken() -> None:
    item = {"index": 0, "status": "rejected", "reason": "no text"}
    server = Server(httpx.Response(422, json={"items": [item]}))
    assert await Sending(server).river.send(ROWS[:1], "f1") == [Verdict("rejected", "no text")]


async def test_it_waits_for_a_server_that_is_down_and_says_so_once() -> None:
    down = httpx.ConnectError("refused")
    sending = Sending(Server(down, down, httpx.Response(503, headers={"Retry-After": "2"}), httpx.ReadError("")))
    assert await sending.river.send(ROWS, "f1") == [Verdict("accepted")] * 3
    assert sending.notices == [
        "waiting for http://tingfeng (nobody answers); goes on by itself",
        "http://tingfeng takes rows again",
    ]
    assert sending.slept == [0.2, 0.5, 2.0, 2.0]


async def test_it_obeys_a_full_river() -> None:
    sending = Sending(Server(httpx.Response(429, headers={"Retry-After": "7"})))
    await sending.river.send(ROWS, "f1")
    assert sending.slept == [7.0]
    assert "the river is full" in sending.notices[0]


async def test_a_batch_that_is_too_large_goes_in_halves() -> None:
    server = Server(httpx.Response(413), httpx.Response(413))
    assert await Sending(server).river.send(ROWS, "f1") == [
        Verdict("rejected", "the row is larger than the server takes"),
        Verdict("accepted"),
        Verdict("accepted"),
    ]


@pytest.mark.parametrize("status", [401, 403])
async def test_a_wrong_key_is_one_clear_line(status: int) -> None:
    with pytest.raises(Refused, match=rf"does not let us in \({status}\): give the key by TINGFENG_API_KEY"):
        await Sending(Server(httpx.Response(status))).river.send(ROWS, "f1")


@pytest.mark.parametrize("answer", [httpx.Response(404), httpx.Response(200, text="<html>"), accepted(2)])
async def test_another_server_is_told_from_ours(answer: httpx.Response) -> None:
    with pytest.raises(Refused, match="is this a Tingfeng"):
        await Sending(Server(answer)).river.send(ROWS, "f1")
