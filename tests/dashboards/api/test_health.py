"""`/healthz` and `/readyz`."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI
from redis.asyncio import Redis

from dashboards.api import health
from tests.dashboards.asking import asking
from tests.dashboards.memory import MemoryReader


async def test_a_living_process_says_so_whatever_the_stores_do() -> None:
    reader = MemoryReader()
    reader.away = True
    async with asking(reader) as client:
        assert (await client.get("/healthz")).json() == {"status": "ok"}


async def test_ready_means_that_every_store_answers(redis: Redis) -> None:
    reader = MemoryReader()
    async with asking(reader, redis=redis) as client:
        assert (await client.get("/readyz")).json() == {"ready": True, "checks": {"store": "ok", "redis": "ok"}}
        reader.away = True
        answer = await client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "checks": {"store": "Unavailable", "redis": "ok"}}


async def test_a_store_that_never_answers_is_not_waited_for() -> None:
    app = FastAPI()
    app.include_router(health.routes({"store": asyncio.Event().wait}, patience=0.01))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk.test") as client:
        answer = await client.get("/readyz")

    assert answer.json()["checks"]["store"] == "no answer within 0.01 s"
