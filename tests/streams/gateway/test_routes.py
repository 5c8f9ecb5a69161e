from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime

import httpx
import pytest
from starlette.applications import Starlette

from streams import topics
from streams.gateway import Backlog, Intake, routes
from tests.fakes.river import MemoryProducer, MemorySeen

PATH = "/api/v1/mentions"
GOOD = {"platform": "tmall", "id": "1", "text": "包装破损", "created_at": 1_750_000_000}


class Server:
    """The gateway alone, over stores in memory."""

    def __init__(self) -> None:
        self.seen = MemorySeen()
        self.producer = MemoryProducer()
        intake = Intake(seen=self.seen, producer=self.producer, clock=lambda: datetime(2026, 11, 25, tzinfo=UTC))

        async def lag() -> int:
            return await self.producer.lag("tingfeng-understand", topics.RAW.name)

        app = Starlette(routes=list(routes(intake, Backlog(lag, 100), max_body=10_000)))
        self.client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://tingfeng")


@pytest.fixture
async def server() -> AsyncIterator[Server]:
    made = Server()
    async with made.client:
        yield made


async def test_one_mention_is_answered_with_its_id(server: Server) -> None:
    answer = await server.client.post(PATH, json=GOOD)
    assert answer.status_code == 200
    assert answer.json() == {
        "accepted": 1,
        "duplicate": 0,
        "rejected": 0,
        "repairs": {},
        "items": [{"index": 0, "status": "accepted", "id": "tmall:post:1"}],
    }


async def test_an_array_with_some_good_items_goes_in_with_reasons_for_the_rest(server: Server) -> None:
    answer = await server.client.post(PATH, json=[GOOD, {"platform": "tmall"}, GOOD])
    assert answer.status_code == 200
    assert [item["status"] for item in answer.json()["items"]] == ["accepted", "rejected", "duplicate"]
    assert "no known platform" in answer.json()["items"][1]["reason"]


async def test_lines_are_taken_as_items(server: Server) -> None:
    answer = await server.client.post(
        PATH, content=b'{"text": "a", "platform": "x", "created_at": 1750000000}\n{oops\n'
    )
    assert answer.status_code == 200
    assert (answer.json()["accepted"], answer.json()["rejected"]) == (1, 1)


async def test_nothing_readable_is_unprocessable_with_reasons(server: Server) -> None:
    answer = await server.client.post(PATH, json=[{**GOOD, "text": ""}])
    assert answer.status_code == 422
    assert answer.json()["items"][0]["reason"] == "text: is empty; it must be a text that is not empty"


async def test_an_empty_body_is_unprocessable(server: Server) -> None:
    answer = await server.client.post(PATH, content=b"")
    assert answer.status_code == 422
    assert answer.json()["detail"].startswith("the body is empty")


async def test_an_empty_array_is_nothing_to_do(server: Server) -> None:
    answer = await server.client.post(PATH, json=[])
    assert (answer.status_code, answer.json()["items"]) == (200, [])


async def endless() -> AsyncIterator[bytes]:
    while True:
        yield b"x" * 1_000


async def test_a_body_over_the_limit_is_refused_by_its_length_or_while_it_comes(server: Server) -> None:
    for content in (b"x" * 10_001, endless()):
        answer = await server.client.post(PATH, content=content)
        assert answer.status_code == 413
        assert answer.json()["detail"] == "the body is larger than 10,000 bytes: send it in parts"


async def test_a_compressed_body_is_refused(server: Server) -> None:
    answer = await server.client.post(PATH, content=b"x", headers={"Content-Encoding": "gzip"})
    assert answer.status_code == 415


async def test_a_full_river_asks_to_come_again(server: Server) -> None:
    server.producer.backlog = 101
    answer = await server.client.post(PATH, json=GOOD)
    assert answer.status_code == 429
    assert int(answer.headers["Retry-After"]) > 0
    assert not server.producer.kept


@pytest.mark.parametrize("store", ["seen", "producer"])
async def test_a_store_that_is_down_asks_to_send_the_same_again(server: Server, store: str) -> None:
    getattr(server, store).down = True
    answer = await server.client.post(PATH, json=GOOD)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    getattr(server, store).down = False
    assert (await server.client.post(PATH, json=GOOD)).json()["accepted"] == 1


async def test_the_schema_of_a_mention_can_be_fetched(server: Server) -> None:
    answer = await server.client.get("/api/v1/schemas/mention")
    assert answer.json()["$defs"]["NativeMention"]["required"] == ["platform", "text", "created_at"]
