"""`GET /api/v1/stats/…`."""

from __future__ import annotations

from datetime import timedelta

from tests.dashboards.asking import asking
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import NOON, alert, mention


def reader_at_noon() -> MemoryReader:
    reader = MemoryReader()
    reader.kept_mentions = [
        mention(1, created_at=NOON - timedelta(minutes=2)),
        mention(2, created_at=NOON - timedelta(minutes=2), sentiment="positive"),
        mention(3, created_at=NOON - timedelta(minutes=1), brands=("别家",)),
    ]
    reader.kept_alerts = {"a1": alert("a1")}
    return reader


async def test_the_summary_has_exactly_these_counts() -> None:
    async with asking(reader_at_noon()) as client:
        answer = await client.get("/api/v1/stats/summary")

    assert answer.json() == {
        "mentions": 3, "duplicates": 0, "rejected": 0, "customers": 3, "alerts": 1, "deliveries": 0,
    }  # fmt: skip


async def test_the_summary_is_never_older_than_the_question() -> None:
    reader = reader_at_noon()
    async with asking(reader) as client:
        await client.get("/api/v1/stats/summary")
        reader.kept_mentions.append(mention(4))
        assert (await client.get("/api/v1/stats/summary")).json()["mentions"] == 4


async def test_volume_is_counted_by_step_up_to_now() -> None:
    async with asking(reader_at_noon()) as client:
        points = (await client.get("/api/v1/stats/volume", params={"brand": "云雀", "minutes": 60})).json()

    assert points == [
        {"time": "2026-08-01T11:58:00Z", "mentions": 2, "negative": 1, "neutral": 0, "positive": 1, "net": 0.0}
    ]


async def test_brands_and_aspects_are_counted() -> None:
    async with asking(reader_at_noon()) as client:
        brands = (await client.get("/api/v1/stats/brands")).json()
        aspects = (await client.get("/api/v1/stats/aspects", params={"brand": "别家"})).json()

    assert [(share["name"], share["mentions"]) for share in brands] == [("云雀", 2), ("别家", 1)]
    assert {share["name"]: share["negative"] for share in aspects} == {"quality": 1, "service": 1}


async def test_an_absent_store_is_said_so_with_a_time_to_come_back() -> None:
    reader = reader_at_noon()
    reader.away = True
    async with asking(reader) as client:
        answer = await client.get("/api/v1/stats/summary")

    assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
    assert answer.json() == {"error": {"code": "unavailable", "message": "the store is away"}}
