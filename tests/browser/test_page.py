"""The live page as a person sees it: a real browser, a real Redis, the built page."""

from __future__ import annotations

import os
import socket
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import msgspec
import pytest
from playwright.async_api import Page, expect
from redis.asyncio import Redis

from dashboards.app import compose
from dashboards.clock import utc_now
from dashboards.shapes import Alert, AspectSeen, Mention, Sample
from sinks import live
from tests.browser.conftest import Opened
from tests.dashboards.memory import MemoryReader
from tests.dashboards.samples import alert, mention
from tests.dashboards.serving import serving

pytestmark = pytest.mark.browser

SECONDS = 1000.0
HOSTILE = "<img src=x onerror=\"document.title='owned'\"><script>alert(1)</script>"
GONE = "ERR_CONNECTION_REFUSED"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def reader() -> MemoryReader:
    return MemoryReader()


@pytest.fixture
async def address(reader: MemoryReader, redis: Redis) -> AsyncIterator[str]:
    async with serving(compose(reader=reader, redis=redis)) as port:
        yield f"http://127.0.0.1:{port}/"


async def publish(redis: Redis, kind: live.Kind, item: Any) -> None:
    assert await live.publish(redis, kind, msgspec.json.encode(item))


async def ready(page: Page) -> None:
    await expect(page.get_by_role("status")).to_have_text("实时")


def fresh_alert(name: str = "a1", **changes: Any) -> Alert:
    now = utc_now()
    times = dict.fromkeys(("first_seen", "last_seen", "opened_at", "updated_at"), now)
    return alert(name, **{**times, "severity": 8, **changes})


def fresh_mention(number: int, **changes: Any) -> Mention:
    return mention(number, created_at=utc_now(), **changes)


async def test_an_alert_is_on_the_page_within_a_second(address: str, redis: Redis, opened: Opened) -> None:
    async with opened(address) as page:
        await ready(page)
        await expect(page.get_by_text("风平浪静")).to_be_visible()

        await publish(redis, "alerts", fresh_alert())

        card = page.get_by_role("article")
        await expect(card).to_contain_text("云雀 · 质量：3 条负面反馈", timeout=1 * SECONDS)
        await expect(card).to_contain_text("刚刚")
        await expect(card.locator("mark")).to_have_text("三天就漏水")


async def test_an_alert_grows_where_it_stands_and_shows_its_samples(address: str, redis: Redis, opened: Opened) -> None:
    async with opened(address) as page:
        await ready(page)
        await publish(redis, "alerts", fresh_alert())
        await publish(redis, "alerts", fresh_alert(count=12, title="云雀 · 质量：12 条负面反馈"))

        card = page.get_by_role("article")
        await expect(card).to_have_count(1)
        await expect(card).to_contain_text("12 条负面反馈")
        head = card.get_by_role("button")
        await head.focus()
        await page.keyboard.press("Enter")
        await expect(head).to_have_attribute("aria-expanded", "true")
        await expect(card.get_by_role("listitem")).to_contain_text("1.2 万")


async def test_the_ticker_moves_and_stops_under_the_pointer(address: str, redis: Redis, opened: Opened) -> None:
    async with opened(address) as page:
        await ready(page)
        rows = page.get_by_label("提及列表").get_by_role("listitem")
        await publish(redis, "mentions", [fresh_mention(1, text="第一条")])
        await expect(rows.first).to_contain_text("第一条", timeout=2 * SECONDS)

        await page.get_by_label("实时提及").hover()
        await publish(redis, "mentions", [fresh_mention(2, text="第二条")])
        await expect(page.get_by_text("已暂停 · 1 条等待")).to_be_visible()
        await expect(rows.first).to_contain_text("第一条")

        await page.mouse.move(5, 5)
        await expect(rows.first).to_contain_text("第二条")
        await expect(rows.first).to_contain_text("投诉吐槽")


async def test_the_numbers_and_the_chart_follow_the_store(address: str, reader: MemoryReader, opened: Opened) -> None:
    async with opened(address) as page:
        await ready(page)
        reader.kept_mentions = [fresh_mention(1), fresh_mention(2), fresh_mention(3, sentiment="positive", aspects=())]

        numbers = page.locator(".numbers")
        await expect(numbers).to_contain_text("今日声量3")
        await expect(numbers).to_contain_text("−33%")
        await expect(page.get_by_role("img", name="3 条提及，其中负面 2 条")).to_be_visible()
        await expect(page.get_by_label("在说什么")).to_contain_text("质量", timeout=10 * SECONDS)


async def test_hostile_text_stays_text(address: str, redis: Redis, reader: MemoryReader, opened: Opened) -> None:
    sample = Sample("m", "weibo", HOSTILE, utc_now(), "", HOSTILE, 5, "javascript:alert(1)", "onerror")
    bad = fresh_mention(
        1, text=HOSTILE, author_name=HOSTILE, brands=(HOSTILE,), platform=HOSTILE, evidence="<img src=x",
        intents=(HOSTILE,), aspects=(AspectSeen(HOSTILE, "negative"),),
    )  # fmt: skip
    reader.kept_mentions = [bad]
    async with opened(address) as page:
        await ready(page)
        await publish(redis, "mentions", [bad])
        await publish(redis, "alerts", fresh_alert(title=HOSTILE, brand=HOSTILE, aspect=HOSTILE, samples=(sample,)))

        await expect(page.get_by_label("提及列表")).to_contain_text(HOSTILE)
        card = page.get_by_role("article")
        await card.get_by_role("button").click()
        await expect(card.get_by_role("listitem")).to_contain_text(HOSTILE)
        await expect(page.get_by_label("在说什么")).to_contain_text("onerror", timeout=10 * SECONDS)
        assert await page.locator("img, script:not([src])").count() == 0
        assert await card.get_by_role("link").count() == 0
        assert await page.title() == "听风"


async def test_the_page_comes_back_after_the_server_was_away(
    reader: MemoryReader, redis: Redis, opened: Opened
) -> None:
    port = free_port()
    async with serving(compose(reader=reader, redis=redis), port):
        page_of = opened(f"http://127.0.0.1:{port}/", expect=(GONE, "WebSocket"))
        page = await page_of.__aenter__()
        await ready(page)
        await publish(redis, "alerts", fresh_alert("before"))
        await expect(page.get_by_role("article")).to_have_count(1)

    await expect(page.get_by_text("与服务的连接断开了")).to_be_visible()
    await expect(page.get_by_role("article")).to_have_count(1)  # what was there stays readable
    reader.kept_alerts = {name: fresh_alert(name) for name in ("before", "meanwhile")}

    async with serving(compose(reader=reader, redis=redis), port):
        await expect(page.get_by_role("status")).to_have_text("实时", timeout=15 * SECONDS)
        await expect(page.get_by_role("article")).to_have_count(2)
        await expect(page.get_by_text("页面已重新载入")).to_be_visible()
        await page_of.__aexit__(None, None, None)


async def test_a_brand_can_be_chosen_and_stays_in_the_address(
    address: str, redis: Redis, reader: MemoryReader, opened: Opened
) -> None:
    reader.kept_mentions = [fresh_mention(1), fresh_mention(2, brands=("别家",))]
    async with opened(address) as page:
        await ready(page)
        for name, brand in (("a1", "云雀"), ("a2", "别家")):
            await publish(redis, "alerts", fresh_alert(name, brand=brand, title=f"{brand}的告警"))
        await expect(page.get_by_role("article")).to_have_count(2)

        await page.get_by_label("品牌").select_option("别家")

        await expect(page.get_by_role("article")).to_have_count(1)
        await expect(page.get_by_role("article")).to_contain_text("别家的告警")
        assert "brand=" in page.url


async def test_a_page_behind_a_key_asks_for_it_once(reader: MemoryReader, redis: Redis, opened: Opened) -> None:
    async with (
        serving(compose(reader=reader, redis=redis, api_key="钥匙")) as port,
        opened(f"http://127.0.0.1:{port}/") as page,
    ):
        key = page.get_by_role("textbox", name="密钥")
        await key.fill("不对")
        await page.get_by_role("button", name="进入").click()
        await expect(page.get_by_text("密钥不对")).to_be_visible()
        await key.fill("钥匙")
        await page.get_by_role("button", name="进入").click()
        await ready(page)
        await page.reload()
        await ready(page)
        assert "钥匙" not in page.url


async def test_old_data_widens_the_view_until_there_is_something_to_see(
    address: str, reader: MemoryReader, opened: Opened
) -> None:
    reader.kept_mentions = [mention(1, created_at=utc_now() - timedelta(days=3))]
    async with opened(address) as page:
        await expect(page.get_by_role("button", name="7 天")).to_have_attribute("aria-pressed", "true")


async def test_an_empty_page_tells_how_to_feed_it(address: str, opened: Opened) -> None:
    async with opened(address) as page:
        await expect(page.get_by_text("tingfeng ingest")).to_be_visible()
        await expect(page.get_by_text(f"curl {address}api/v1/mentions")).to_be_visible()


async def test_the_manual_of_the_api_needs_no_other_host(address: str, opened: Opened) -> None:
    async with opened(f"{address}docs") as page:
        await expect(page.get_by_role("heading", name="/api/v1/stats/summary")).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1920, 1080), (390, 844)])
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_it_fits_every_screen(
    address: str, redis: Redis, reader: MemoryReader, opened: Opened, width: int, height: int, scheme: str,
    tmp_path: Path,
) -> None:  # fmt: skip
    reader.kept_mentions = [fresh_mention(number, text="很长的话" * 60) for number in range(40)]
    async with opened(address, viewport={"width": width, "height": height}, color_scheme=scheme) as page:
        await ready(page)
        await publish(redis, "mentions", reader.kept_mentions)
        for severity in range(1, 11):
            await publish(redis, "alerts", fresh_alert(f"a{severity}", title="很长的标题" * 12, severity=severity))
        await expect(page.get_by_role("article")).to_have_count(10)
        pictures = Path(os.environ.get("TINGFENG_TEST_PICTURES", tmp_path))
        await page.screenshot(path=pictures / f"desk-{width}-{scheme}.png")
        assert await page.evaluate("document.documentElement.scrollWidth") <= width
