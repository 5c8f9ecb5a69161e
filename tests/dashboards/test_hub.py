"""The live hub end to end: Redis at one side, real WebSockets at the other."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
import pytest
from redis.asyncio import Redis
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosedError, InvalidStatus

from dashboards.app import compose
from dashboards.clock import utc_now
from sinks import live
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import alert, mention
from tests.dashboards.serving import Page, page, serving


@pytest.fixture
def reader() -> MemoryReader:
    return MemoryReader()


@pytest.fixture
async def port(reader: MemoryReader, redis: Redis) -> AsyncIterator[int]:
    async with serving(compose(redis=redis, reader=reader)) as port:
        yield port


async def publish(redis: Redis, kind: live.Kind, item: Any) -> None:
    assert await live.publish(redis, kind, msgspec.json.encode(item))


async def joined(page: Page) -> None:
    """The hub hears Redis by now."""
    if not (await page.hear("welcome"))["live"]:
        await page.hear("status", live=True)


async def test_an_alert_goes_from_redis_to_the_page_at_once(port: int, redis: Redis) -> None:
    async with page(port) as desk:
        await joined(desk)
        await desk.say("subscribe", channel="alerts")
        first = await desk.hear("snapshot", channel="alerts")

        await publish(redis, "alerts", alert("a1"))
        news = await desk.hear("delta", channel="alerts")

        assert news["seq"] == first["seq"] + 1
        assert [item["title"] for item in news["data"]] == ["云雀 · 质量：3 条负面反馈"]


async def test_an_alert_that_grows_is_told_again_and_an_older_state_is_not(port: int, redis: Redis) -> None:
    async with page(port) as desk:
        await joined(desk)
        await desk.say("subscribe", channel="alerts")
        await desk.hear("snapshot")
        counts: list[int] = []

        for count in (3, 5, 4, 7):
            await publish(redis, "alerts", alert("a1", count=count))
        while not counts or counts[-1] < 7:
            counts += [item["count"] for item in (await desk.hear("delta"))["data"]]

        assert counts == sorted(set(counts))
        assert 4 not in counts


async def test_the_first_thing_seen_is_what_the_store_holds(port: int, redis: Redis, reader: MemoryReader) -> None:
    reader.kept_alerts = {"old": alert("old")}
    reader.kept_mentions = [mention(1), mention(2)]
    async with serving(compose(redis=redis, reader=reader)) as other, page(other) as desk:
        await desk.say("subscribe", channel="alerts")
        await desk.say("subscribe", channel="mentions")
        seen: dict[str, list[str]] = {"alerts": [], "mentions": []}
        while not all(seen.values()):
            message = msgspec.json.decode(await desk.connection.recv())
            if message["type"] in ("snapshot", "delta"):
                seen[message["channel"]] += [item["id"] for item in message["data"]]

        assert seen["alerts"] == ["old"]
        assert sorted(seen["mentions"]) == ["weibo:post:1", "weibo:post:2"]


async def test_a_filter_lets_through_only_what_was_wished_for(port: int, redis: Redis) -> None:
    async with page(port) as desk:
        await joined(desk)
        await desk.say("subscribe", channel="mentions", filter={"brand": "云雀", "sentiment": "negative"})
        await desk.hear("snapshot")

        others = [mention(1, brands=("别家",)), mention(2, sentiment="positive")]
        await publish(redis, "mentions", [*others, mention(3)])
        news = await desk.hear("delta", channel="mentions")

        assert [item["id"] for item in news["data"]] == ["weibo:post:3"]


async def test_a_page_that_comes_back_misses_nothing(port: int, redis: Redis) -> None:
    async with page(port) as watching:
        await joined(watching)
        await watching.say("subscribe", channel="alerts")
        async with page(port) as desk:
            await desk.say("subscribe", channel="alerts")
            await publish(redis, "alerts", alert("a1"))
            seen = await desk.hear("delta", channel="alerts")
            epoch = (await watching.hear("snapshot"))["epoch"]
            await watching.hear("delta")
        for name in ("a2", "a3", "a4"):
            await publish(redis, "alerts", alert(name))
            await watching.hear("delta")

    async with page(port) as desk:
        await desk.say("subscribe", channel="alerts", epoch=epoch, after=seen["seq"])
        await desk.hear("resumed", channel="alerts")
        news = await desk.hear("delta", channel="alerts")

    assert [item["id"] for item in news["data"]] == ["a2", "a3", "a4"]


async def test_a_page_from_before_a_restart_gets_everything_and_is_told(port: int) -> None:
    async with page(port) as desk:
        await desk.say("subscribe", channel="alerts", epoch="another run", after=7)

        assert (await desk.hear("snapshot", channel="alerts"))["missed"]


async def test_the_board_moves_while_somebody_looks(port: int, reader: MemoryReader) -> None:
    assert "volume" not in reader.asked
    now = utc_now()
    async with page(port) as desk:
        await desk.say("subscribe", channel="board", filter={"brand": "云雀", "minutes": 10})
        assert (await desk.hear("snapshot", channel="board"))["data"]["points"] == []

        reader.kept_mentions = [mention(1, created_at=now), mention(2, created_at=now, sentiment="positive")]
        news = await desk.hear("delta", channel="board")
        while "points" not in news["data"]:
            news = await desk.hear("delta", channel="board")

    assert news["data"]["points"] == [[int(now.timestamp()) // 10 * 10, 1, 0, 1]]
    assert news["data"]["today"]["mentions"] == 2


async def test_without_a_key_nothing_is_shown_and_the_key_is_the_first_word(redis: Redis, reader: MemoryReader) -> None:
    app = compose(redis=redis, reader=reader, api_key="钥匙")
    async with serving(app) as port:
        async with page(port) as stranger:
            await stranger.say("subscribe", channel="alerts")
            assert (await stranger.hear("error"))["code"] == "unauthorised"
            with pytest.raises(ConnectionClosedError) as closed:
                await stranger.connection.recv()
            assert closed.value.rcvd and closed.value.rcvd.code == 4401
        async with page(port) as friend:
            await friend.say("hello", key="钥匙")
            await friend.hear("welcome")
            await friend.say("subscribe", channel="alerts")
            await friend.hear("snapshot", channel="alerts")


async def test_a_program_may_show_its_key_in_the_header(redis: Redis, reader: MemoryReader) -> None:
    app = compose(redis=redis, reader=reader, api_key="k")
    async with serving(app) as port, page(port, additional_headers={"Authorization": "Bearer k"}) as desk:
        await desk.hear("welcome")


async def test_a_page_of_another_site_is_refused(port: int) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(f"ws://127.0.0.1:{port}/ws", origin="https://evil.example")  # type: ignore[arg-type]

    assert refused.value.response.status_code == 403


async def test_nonsense_is_answered_and_ends_the_conversation(port: int) -> None:
    async with page(port) as desk:
        await desk.connection.send("{")
        assert (await desk.hear("error"))["code"] == "bad_message"
        with pytest.raises(ConnectionClosedError) as closed:
            await desk.connection.recv()
        assert closed.value.rcvd and closed.value.rcvd.code == 4400


async def test_a_page_that_does_not_read_is_dropped_and_holds_nobody_up(redis: Redis, reader: MemoryReader) -> None:
    app = compose(redis=redis, reader=reader)
    async with serving(app) as port, page(port, max_queue=1, ping_interval=None) as deaf, page(port) as desk:
        await joined(desk)
        await deaf.say("subscribe", channel="mentions")
        await deaf.hear("snapshot")
        deaf.connection.transport.pause_reading()
        await desk.say("subscribe", channel="mentions")
        await desk.hear("snapshot")

        for batch in range(2000):
            loud = [mention(batch * 50 + at, text="很长的话" * 500) for at in range(50)]
            await publish(redis, "mentions", loud)
            await desk.hear("delta", channel="mentions")
            if app.state.hub.pages == 1:
                break

        assert app.state.hub.pages == 1
        deaf.connection.transport.abort()


async def test_redis_going_away_is_told_to_the_page_and_what_was_missed_comes_from_the_store(
    port: int, redis: Redis, reader: MemoryReader
) -> None:
    async with page(port) as desk:
        await joined(desk)
        await desk.say("subscribe", channel="alerts")
        await desk.hear("snapshot")

        missed = replace(alert("unheard"), updated_at=utc_now() + timedelta(seconds=1))
        reader.kept_alerts = {"unheard": missed}
        await redis.client_kill_filter(_type="pubsub")

        news = await desk.hear("delta", channel="alerts")
        assert [item["id"] for item in news["data"]] == ["unheard"]
