"""The headers that keep a hostile text from becoming a program."""

from __future__ import annotations

from dashboards.headers import POLICY
from tests.dashboards.asking import asking


def test_no_inline_script_or_style_and_no_other_host_is_allowed() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")


async def test_what_the_api_says_is_not_cached() -> None:
    async with asking() as client:
        assert (await client.get("/api/v1/alerts")).headers["cache-control"] == "no-store"
        assert (await client.get("/")).headers["cache-control"] == "no-cache"
