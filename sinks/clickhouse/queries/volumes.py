"""How much was said, when, where and about what: read from the exact states by minute and by hour."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from msgspec import Struct

from sinks.clickhouse.queries.conditions import Conditions
from sinks.clickhouse.store import Store

_HOUR: Final = 3600
_BEIJING: Final = 8 * _HOUR  # a day on the board is a day in China
MOST_POINTS: Final = 10_000
_MINUTES_UP_TO: Final = timedelta(hours=3)  # spans as short as this are read by the minute

_COUNTS: Final = """
    uniqExactMerge(mentions),
    uniqExactMergeIf(mentions, sentiment = 'negative'),
    uniqExactMergeIf(mentions, sentiment = 'neutral'),
    uniqExactMergeIf(mentions, sentiment = 'positive')
"""


class VolumePoint(Struct, frozen=True):
    """What was said from `at` on, for one step. `net` is None where nobody had an opinion."""

    at: datetime
    mentions: int
    negative: int
    neutral: int
    positive: int
    net: float | None


class LabelCount(Struct, frozen=True):
    """What was said under one label: a brand, a platform, an intent, or an aspect (then by what was said of it)."""

    label: str
    mentions: int
    negative: int
    neutral: int
    positive: int
    net: float | None


def net_sentiment(positive: int, negative: int) -> float | None:
    """(positive - negative) / (positive + negative): -1 to 1; None without either."""
    opinions = positive + negative
    return (positive - negative) / opinions if opinions else None


def volume(
    store: Store, brand: str | None, since: datetime, until: datetime, step: timedelta, *, platform: str | None = None
) -> list[VolumePoint]:
    """One point a `step` (whole minutes) from the one that holds `since` to the last that begins before `until`.

    Steps are counted from midnight in China; those without a mention are there, with zeros. `brand` None or "" =
    all mentions. Raises `ValueError` for a step that is no whole minute or gives more than `MOST_POINTS` points.
    """
    seconds = int(step.total_seconds())
    if seconds < 60 or seconds % 60:
        raise ValueError(f"step must be whole minutes, not {step}")
    first, last = _floor(since, seconds), int(until.timestamp())
    if (last - first) // seconds > MOST_POINTS:
        raise ValueError(f"{(last - first) // seconds} points of {step} are too many; {MOST_POINTS} can be had")
    conditions = _conditions("all", brand, first, last, platform)
    table = "hours" if seconds % _HOUR == 0 else "minutes"
    rows = store.query(
        f"""
        SELECT toUnixTimestamp(at) - (toUnixTimestamp(at) + {_BEIJING}) % {{step:UInt32}} AS start, {_COUNTS}
        FROM {table} {conditions.where} GROUP BY start
        """,
        conditions.parameters | {"step": seconds},
    )
    found = {start: counts for start, *counts in rows}
    return [_point(start, *found.get(start, (0, 0, 0, 0))) for start in range(first, last, seconds)]


def brands(store: Store, since: datetime, until: datetime) -> list[LabelCount]:
    """Every brand that was spoken of, the loudest first; mentions about no brand stand under ""."""
    return _by("brand", "all", store, None, since, until)


def platforms(store: Store, brand: str | None, since: datetime, until: datetime) -> list[LabelCount]:
    """Where it was said, the loudest first."""
    return _by("platform", "all", store, brand, since, until)


def intents(store: Store, brand: str | None, since: datetime, until: datetime) -> list[LabelCount]:
    """What the authors wanted, the most frequent first."""
    return _by("label", "intent", store, brand, since, until)


def aspects(store: Store, brand: str | None, since: datetime, until: datetime) -> list[LabelCount]:
    """What it was about, the most frequent first, by what was said of the aspect and not of the whole."""
    return _by("label", "aspect", store, brand, since, until)


def _by(column: str, facet: str, store: Store, brand: str | None, since: datetime, until: datetime) -> list[LabelCount]:
    table, unit = ("minutes", 60) if until - since <= _MINUTES_UP_TO else ("hours", _HOUR)
    conditions = _conditions(facet, brand, _floor(since, unit), int(until.timestamp()))
    rows = store.query(
        f"SELECT {column}, {_COUNTS} FROM {table} {conditions.where} GROUP BY {column} ORDER BY 2 DESC, 1",
        conditions.parameters,
    )
    return [
        LabelCount(label, mentions, negative, neutral, positive, net_sentiment(positive, negative))
        for label, mentions, negative, neutral, positive in rows
    ]


def _conditions(facet: str, brand: str | None, first: int, last: int, platform: str | None = None) -> Conditions:
    conditions = Conditions()
    conditions.add("facet = {facet:String}", facet=facet)
    conditions.add("at >= toDateTime64({first:Int64}, 0, 'UTC')", first=first)
    conditions.add("at < toDateTime64({last:Int64}, 0, 'UTC')", last=last)
    conditions.add("brand = {brand:String}", brand=brand)
    conditions.add("platform = {platform:String}", platform=platform)
    return conditions


def _floor(moment: datetime, seconds: int) -> int:
    stamp = int(moment.timestamp()) + _BEIJING
    return stamp - stamp % seconds - _BEIJING


def _point(start: int, mentions: int, negative: int, neutral: int, positive: int) -> VolumePoint:
    at = datetime.fromtimestamp(start, UTC)
    return VolumePoint(at, mentions, negative, neutral, positive, net_sentiment(positive, negative))
