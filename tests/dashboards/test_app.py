"""The web as it is put together."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from tests.dashboards.asking import asking


async def take(_: Request) -> PlainTextResponse:
    """Take mentions."""
    return PlainTextResponse("taken")


GATEWAY = [Route("/api/v1/mentions", take, methods=["POST"])]


async def test_routes_that_are_brought_live_beside_ours_at_the_same_address() -> None:
    async with asking(extra_routes=GATEWAY) as client:
        assert (await client.post("/api/v1/mentions")).text == "taken"
        assert (await client.get("/api/v1/mentions")).json() == []


async def test_they_are_guarded_by_the_key_too() -> None:
    async with asking(extra_routes=GATEWAY, api_key="k") as client:
        assert (await client.post("/api/v1/mentions")).status_code == 401
        assert (await client.post("/api/v1/mentions", headers={"Authorization": "Bearer k"})).text == "taken"


async def test_every_answer_carries_the_security_headers() -> None:
    async with asking() as client:
        for path in ("/", "/docs", "/api/v1/alerts", "/nowhere", "/healthz"):
            headers = (await client.get(path)).headers
            assert "script-src 'self'" in headers["content-security-policy"]
            assert headers["x-content-type-options"] == "nosniff"
