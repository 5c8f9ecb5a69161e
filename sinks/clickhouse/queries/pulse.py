"""How much was said in the last few minutes, finer than the minute that the aggregates keep."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

from sinks.clickhouse.queries.conditions import Conditions
from sinks.clickhouse.queries.volumes import VolumePoint, net_sentiment
from sinks.clickhouse.store import Store

LONGEST: Final = timedelta(hours=1)


def pulse(store: Store, brand: str | None, since: datetime, until: datetime, step: timedelta) -> list[VolumePoint]:
    """One point for each `step` (whole seconds) in which something was said, in order of time; `since` <= at < `until`.

    Read from the mentions themselves, so the span is an hour at most: ClickHouse knows the times of each part and
    opens only the young ones. Raises `ValueError` for a longer span.
    """
    if until - since > LONGEST:
        raise ValueError(f"{until - since} is too long for the pulse; volume() answers beyond {LONGEST}")
    conditions = Conditions()
    conditions.add("created_at >= {since:DateTime64(3, 'UTC')}", since=since)
    conditions.add("created_at < {until:DateTime64(3, 'UTC')}", until=until)
    conditions.add("has(brands, {brand:String})", brand=brand)
    rows = store.query(
        f"""
        SELECT
            intDiv(toUnixTimestamp(created_at), {{step:UInt32}}) * {{step:UInt32}} AS start,
            uniqExact(id), uniqExactIf(id, sentiment = 'negative'), uniqExactIf(id, sentiment = 'neutral'),
            uniqExactIf(id, sentiment = 'positive')
        FROM mentions {conditions.where} GROUP BY start ORDER BY start
        """,
        conditions.parameters | {"step": int(step.total_seconds())},
    )
    return [
        VolumePoint(
            datetime.fromtimestamp(start, UTC), mentions, negative, neutral, positive, net_sentiment(positive, negative)
        )
        for start, mentions, negative, neutral, positive in rows
    ]
