"""Who may ask."""

from __future__ import annotations

import pytest

from tests.dashboards.asking import asking


@pytest.mark.parametrize(
    ("header", "status"),
    [
        (None, 401),
        (b"Bearer wrong", 401),
        ("Bearer 钥匙".encode(), 200),
        ("bearer 钥匙".encode(), 200),
        ("Basic 钥匙".encode(), 401),
        ("钥匙".encode(), 401),
        (b"Bearer ", 401),
    ],
)
async def test_the_api_wants_the_key(header: bytes | None, status: int) -> None:
    async with asking(api_key="钥匙") as client:
        answer = await client.get("/api/v1/alerts", headers={b"Authorization": header} if header else {})

    assert answer.status_code == status
    if status == 401:
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"]["code"] == "unauthorised"


@pytest.mark.parametrize("path", ["/", "/docs", "/openapi.json", "/healthz", "/readyz", "/favicon.svg"])
async def test_what_shows_no_mention_is_open(path: str) -> None:
    async with asking(api_key="k") as client:
        assert (await client.get(path)).status_code != 401


async def test_without_a_key_everybody_may_ask() -> None:
    async with asking() as client:
        assert (await client.get("/api/v1/alerts")).status_code == 200


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://desk.test", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Sec-Fetch-Site": "none"}, 200),
    ],
)
async def test_another_site_may_not_ask_through_somebodys_browser(headers: dict[str, str], status: int) -> None:
    async with asking() as client:
        assert (await client.get("/api/v1/alerts", headers=headers)).status_code == status
