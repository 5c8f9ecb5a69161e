"""The reader over the real store."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec import structs

from dashboards.questions import AlertQuestion, MentionQuestion
from dashboards.reader import StoreReader
from dashboards.shapes import AspectSeen, Summary
from sinks.clickhouse import Store
from sinks.rows import ALERTS, MENTIONS
from tests.sinks.clickhouse.samples import NOON, alert, mention

pytestmark = pytest.mark.integration

HOUR = timedelta(hours=1)


@pytest.fixture
def reader(store: Store) -> StoreReader:
    store.insert(MENTIONS, [mention(number) for number in range(12)], "a")
    return StoreReader(store)


async def test_the_summary_is_that_of_the_store(reader: StoreReader) -> None:
    await reader.ping()

    assert await reader.summary() == Summary(12, 0, 0, 7, 0, 0)


async def test_mentions_come_with_what_was_read_in_them(reader: StoreReader) -> None:
    (newest,) = await reader.mentions(MentionQuestion(brand="华为", sentiment="negative", limit=1))

    assert (newest.id, newest.text, newest.brands) == ("weibo:post:9", "屏幕坏了", ("华为",))
    assert newest.intents == ("complaint",)
    assert newest.aspects == (AspectSeen("quality", "negative"),)


async def test_volume_is_read_by_the_minute_and_finer(reader: StoreReader) -> None:
    minutes = await reader.volume("", NOON, NOON + HOUR, timedelta(minutes=1))
    tens = await reader.volume("", NOON, NOON + HOUR, timedelta(seconds=10))

    assert [point.mentions for point in minutes if point.mentions] == [12]
    assert [(point.time, point.mentions) for point in tens] == [(NOON, 10), (NOON + timedelta(seconds=10), 2)]


async def test_shares_are_those_of_the_store(reader: StoreReader) -> None:
    (quality,) = await reader.aspects("", NOON, NOON + HOUR)
    (brand,) = await reader.brands(NOON, NOON + HOUR)

    assert (quality.name, quality.negative) == ("quality", 12)
    assert (brand.name, brand.mentions, brand.negative) == ("华为", 12, 4)


async def test_alerts_come_in_their_newest_state_with_their_samples(store: Store, reader: StoreReader) -> None:
    sample = '[{"mention_id":"weibo:post:1","platform":"weibo","text":"屏幕坏了","created_at":"2026-11-25T12:00:00Z"}]'
    states = [structs.replace(alert("a1", count=count, minutes=count), samples=sample) for count in (1, 3)]
    store.insert(ALERTS, [*states, alert("mild", severity=2)], "a")

    (grave,) = await reader.alerts(AlertQuestion(brand="华为", min_severity=3))

    assert (grave.id, grave.count, grave.platforms) == ("a1", 3, ("weibo",))
    assert [shown.text for shown in grave.samples] == ["屏幕坏了"]
