from __future__ import annotations

from datetime import timedelta

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import AspectView, IntentView, mention, mentions
from sinks.rows import MENTIONS
from tests.sinks.clickhouse import samples
from tests.sinks.clickhouse.samples import NOON

pytestmark = pytest.mark.integration


@pytest.fixture
def told(store: Store) -> Store:
    store.insert(MENTIONS, [samples.mention(number) for number in range(30)])
    store.insert(MENTIONS, [samples.mention(number) for number in range(10)])
    other = samples.mention(
        40, platform="xhs", brands=("小米",), sentiment="positive", intents=("praise",), aspects=(), text="Nice屏幕"
    )
    store.insert(MENTIONS, [other])
    return store


def ids(store: Store, **conditions: object) -> list[str]:
    return [found.id.rsplit(":", 1)[1] for found in mentions(store, **conditions)]  # type: ignore[arg-type]


def test_the_latest_come_first_and_each_once(told: Store) -> None:
    assert ids(told) == ["40", *(str(number) for number in reversed(range(30)))]
    assert ids(told, limit=2, offset=1) == ["29", "28"]


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        ({"brand": "小米"}, ["40"]),
        ({"platform": "xhs"}, ["40"]),
        ({"sentiment": "positive", "limit": 2}, ["40", "29"]),
        ({"intent": "praise"}, ["40"]),
        ({"aspect": "quality", "limit": 1}, ["29"]),
        ({"customer": "weibo:3", "limit": 2}, ["24", "17"]),
        ({"words": "nice"}, ["40"]),
        ({"words": "100%_'"}, []),
        ({"since": NOON + timedelta(seconds=29), "until": NOON + timedelta(seconds=30)}, ["29"]),
        ({"brand": "", "platform": None, "limit": 1}, ["40"]),
    ],
)
def test_conditions_narrow_the_list(told: Store, conditions: dict[str, object], expected: list[str]) -> None:
    assert ids(told, **conditions) == expected


def test_one_mention_is_found_by_its_id(told: Store) -> None:
    found = mention(told, "weibo:post:3")
    assert found is not None
    assert (found.created_at, found.brands, found.evidence) == (NOON + timedelta(seconds=3), ["华为"], "坏了")
    assert (found.likes, found.comments, found.negative) == (3, None, 0.8)
    assert found.intents == [IntentView("complaint", 0.9)]
    assert found.aspects == [AspectView("quality", "negative", 0.7)]
    assert mention(told, "weibo:post:nothing") is None
