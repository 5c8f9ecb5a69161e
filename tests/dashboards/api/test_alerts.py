"""`GET /api/v1/alerts`."""

from __future__ import annotations

import pytest

from tests.dashboards.asking import asking
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import alert


async def test_alerts_are_listed_with_their_samples() -> None:
    reader = MemoryReader()
    reader.kept_alerts = {"a1": alert("a1")}
    async with asking(reader) as client:
        (listed,) = (await client.get("/api/v1/alerts")).json()

    assert (listed["id"], listed["severity"], listed["platforms"]) == ("a1", 6, ["weibo"])
    assert listed["samples"][0]["evidence"] == "三天就漏水"
    assert listed["first_seen"] == "2026-08-01T12:00:00Z"


async def test_only_grave_ones_of_one_brand_can_be_asked_for() -> None:
    reader = MemoryReader()
    kept = [alert("mild"), alert("grave", severity=9), alert("other", severity=9, brand="别家")]
    reader.kept_alerts = {item.id: item for item in kept}
    async with asking(reader) as client:
        answer = await client.get("/api/v1/alerts", params={"brand": "云雀", "min_severity": 7})

    assert [item["id"] for item in answer.json()] == ["grave"]


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=1001", "min_severity=11", "since=2026-08-01T12:00:00", "colour=red"]
)
async def test_what_makes_no_sense_is_refused_with_its_name(query: str) -> None:
    async with asking() as client:
        answer = await client.get(f"/api/v1/alerts?{query}")

    assert answer.status_code == 422
    assert answer.json()["error"]["code"] == "invalid"
    assert query.split("=")[0] in answer.json()["error"]["message"]
