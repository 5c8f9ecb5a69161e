"""`GET /api/v1/mentions`."""

from __future__ import annotations

from tests.dashboards.asking import asking
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import mention


async def test_mentions_come_newest_first_with_what_was_read_in_them() -> None:
    reader = MemoryReader()
    reader.kept_mentions = [mention(1), mention(2)]
    async with asking(reader) as client:
        listed = (await client.get("/api/v1/mentions")).json()

    assert [item["id"] for item in listed] == ["weibo:post:2", "weibo:post:1"]
    assert listed[0]["sentiment"] == "negative"
    assert listed[0]["aspects"] == [
        {"label": "quality", "polarity": "negative"},
        {"label": "service", "polarity": "negative"},
    ]


async def test_they_can_be_filtered_and_limited() -> None:
    reader = MemoryReader()
    reader.kept_mentions = [mention(1), mention(2, sentiment="positive"), mention(3), mention(4, brands=())]
    async with asking(reader) as client:
        answer = await client.get("/api/v1/mentions", params={"brand": "云雀", "sentiment": "negative", "limit": 1})

    assert [item["id"] for item in answer.json()] == ["weibo:post:3"]
