from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sinks.clickhouse import Store
from sinks.clickhouse.queries import (
    LabelCount,
    VolumePoint,
    aspects,
    brands,
    intents,
    net_sentiment,
    platforms,
    volume,
)
from sinks.rows import MENTIONS
from tests.sinks.clickhouse.samples import NOON, mention

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
SINCE, UNTIL = NOON, NOON + HOUR


@pytest.fixture
def told(store: Store) -> Store:
    """
    minute   0        1        2        3
             n n p             o(乙)    x(甲+乙)        n, p, o = negative, positive, neutral of 甲; x positive
    """
    rows = [
        mention(1, at=NOON, sentiment="negative", brands=("甲",), aspects=(("price", "negative"),)),
        mention(2, at=NOON + timedelta(seconds=59), sentiment="negative", brands=("甲",), platform="xhs"),
        mention(3, at=NOON, sentiment="positive", brands=("甲",), intents=("praise",), aspects=()),
        mention(4, at=NOON + 2 * MINUTE, sentiment="neutral", brands=("乙",), intents=(), aspects=()),
        mention(5, at=NOON + 3 * MINUTE, sentiment="positive", brands=("甲", "乙"), aspects=(("price", "positive"),)),
        mention(6, at=NOON + 3 * MINUTE, sentiment="neutral", brands=(), intents=("inquiry",), aspects=()),
    ]
    store.insert(MENTIONS, rows)
    store.insert(MENTIONS, rows[:3])
    return store


@pytest.mark.integration
def test_the_volume_has_a_point_for_every_step(told: Store) -> None:
    assert volume(told, "甲", NOON, NOON + 4 * MINUTE, MINUTE) == [
        VolumePoint(NOON, 3, 2, 0, 1, -1 / 3),
        VolumePoint(NOON + MINUTE, 0, 0, 0, 0, None),
        VolumePoint(NOON + 2 * MINUTE, 0, 0, 0, 0, None),
        VolumePoint(NOON + 3 * MINUTE, 1, 0, 0, 1, 1.0),
    ]


@pytest.mark.integration
def test_without_a_brand_each_mention_counts_once(told: Store) -> None:
    for brand in (None, ""):
        assert [point.mentions for point in volume(told, brand, NOON, NOON + 4 * MINUTE, MINUTE)] == [3, 0, 1, 2]
        assert [point.mentions for point in volume(told, brand, NOON, NOON + HOUR, HOUR)] == [6]


@pytest.mark.integration
def test_a_volume_may_be_of_one_platform(told: Store) -> None:
    (point,) = volume(told, "甲", NOON, NOON + HOUR, HOUR, platform="xhs")
    assert (point.mentions, point.negative) == (1, 1)


@pytest.mark.integration
def test_a_step_that_has_begun_before_since_is_whole(told: Store) -> None:
    (point,) = volume(told, "甲", NOON + timedelta(seconds=30), NOON + timedelta(seconds=31), MINUTE)
    assert (point.at, point.mentions) == (NOON, 3)


@pytest.mark.integration
def test_a_day_begins_at_midnight_in_china(store: Store) -> None:
    #              16:00 UTC = 00:00 in China
    midnight = datetime(2026, 11, 24, 16, tzinfo=UTC)
    store.insert(MENTIONS, [mention(1, at=midnight - timedelta(seconds=1)), mention(2, at=midnight)])
    points = volume(store, None, midnight - HOUR, midnight + HOUR, DAY)
    assert [(point.at, point.mentions) for point in points] == [(midnight - DAY, 1), (midnight, 1)]


@pytest.mark.integration
def test_brands_are_listed_with_the_loudest_first(told: Store) -> None:
    assert brands(told, SINCE, UNTIL) == [
        LabelCount("甲", 4, 2, 0, 2, 0.0),
        LabelCount("乙", 2, 0, 1, 1, 1.0),
        LabelCount("", 1, 0, 1, 0, None),
    ]


@pytest.mark.integration
@pytest.mark.parametrize("until", [UNTIL, NOON + 2 * DAY])
def test_aspects_are_told_by_what_was_said_of_them(told: Store, until: datetime) -> None:
    assert aspects(told, "甲", SINCE, until) == [
        LabelCount("price", 2, 1, 0, 1, 0.0),
        LabelCount("quality", 1, 1, 0, 0, -1.0),
    ]


@pytest.mark.integration
def test_intents_and_platforms_are_told_by_the_mood_of_the_mention(told: Store) -> None:
    assert [(row.label, row.mentions, row.negative) for row in intents(told, None, SINCE, UNTIL)] == [
        ("complaint", 3, 2), ("inquiry", 1, 0), ("praise", 1, 0),
    ]  # fmt: skip
    assert [(row.label, row.mentions) for row in platforms(told, None, SINCE, UNTIL)] == [("weibo", 5), ("xhs", 1)]


@pytest.mark.integration
def test_a_strange_brand_is_only_a_value(told: Store) -> None:
    assert aspects(told, "'; DROP TABLE hours --", SINCE, UNTIL) == []


@pytest.mark.parametrize("step", [timedelta(seconds=30), timedelta(seconds=90), timedelta(0), -HOUR])
def test_a_step_must_be_whole_minutes(step: timedelta) -> None:
    with pytest.raises(ValueError, match="whole minutes"):
        volume(None, None, SINCE, UNTIL, step)  # type: ignore[arg-type]  # refused before the store is asked


def test_too_many_points_are_refused() -> None:
    with pytest.raises(ValueError, match="too many"):
        volume(None, None, NOON - 365 * DAY, NOON, MINUTE)  # type: ignore[arg-type]


@pytest.mark.parametrize(("positive", "negative", "net"), [(0, 0, None), (3, 1, 0.5), (0, 2, -1.0), (2, 0, 1.0)])
def test_net_sentiment_weighs_praise_against_blame(positive: int, negative: int, net: float | None) -> None:
    assert net_sentiment(positive, negative) == net
