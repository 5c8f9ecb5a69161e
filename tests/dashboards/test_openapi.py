"""The API's description."""

from __future__ import annotations

from tests.dashboards.asking import asking
from tests.dashboards.test_app import GATEWAY


async def test_it_describes_our_routes_and_those_that_were_brought() -> None:
    async with asking(extra_routes=GATEWAY) as client:
        api = (await client.get("/openapi.json")).json()

    assert set(api["paths"]["/api/v1/mentions"]) == {"get", "post"}
    assert api["paths"]["/api/v1/mentions"]["post"]["summary"] == "Take mentions."
    assert {parameter["name"] for parameter in api["paths"]["/api/v1/alerts"]["get"]["parameters"]} >= {
        "brand",
        "limit",
    }
    assert "security" not in api


async def test_it_says_where_a_key_is_needed() -> None:
    async with asking(api_key="k") as client:
        api = (await client.get("/openapi.json")).json()

    assert api["security"] == [{"key": []}]
