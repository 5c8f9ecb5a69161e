"""The rule kind `spike`: far more negative mentions of a brand within a few minutes than just before.

    [[rules]]
    name = "negative_spike"
    kind = "spike"
    title = "负面激增"
    severity = 7
    window = "1h"          # at most one alert a brand within it
    recent = "5m"          # the minutes that are judged …
    baseline = "60m"       # … against the minutes before them
    min_history = "10m"    # shorter baselines say nothing
    min_count = 10         # negatives in the recent minutes
    factor = 3.0           # times what the baseline lets expect
    deviations = 3.0       # standard deviations above that; 0 = not asked
    brands = []            # none named = all

A rule sees live mentions only: a historical file raises no spike.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from math import sqrt
from statistics import fmean, pstdev
from typing import Annotated, Literal

from msgspec import Meta, Struct

from streams.rules.condition import Count
from streams.rules.mention import Severity

MINUTE = timedelta(minutes=1)


class SpikeRule(Struct, frozen=True):
    """When the rate of negative mentions calls a human."""

    name: str
    kind: Literal["spike"] = "spike"
    title: str = ""
    severity: Severity = 7
    window: timedelta = timedelta(hours=1)
    recent: timedelta = timedelta(minutes=5)
    baseline: timedelta = timedelta(hours=1)
    min_history: timedelta = timedelta(minutes=10)
    min_count: Count = 10
    factor: Annotated[float, Meta(ge=1)] = 3.0
    deviations: Annotated[float, Meta(ge=0)] = 3.0
    brands: tuple[str, ...] = ()
    enabled: bool = True


class Series(Struct, frozen=True):
    """The negatives of one brand by minute (minutes since 1970; a minute that is not there had none).

    `since` is the first minute in which the brand was listened to; before it, nothing is known.
    """

    counts: Mapping[int, int]
    since: int

    @property
    def last(self) -> int:
        """The latest minute with a negative."""
        return max(self.counts, default=self.since)


class Spike(Struct, frozen=True):
    """A rise that is worth a call: what came, and what was to be expected."""

    count: int
    expected: float
    minute: int


def detect(rule: SpikeRule, series: Series) -> Spike | None:
    """Has the brand's negative rate spiked at the latest minute of `series`?"""
    recent, baseline = rule.recent // MINUTE, rule.baseline // MINUTE
    end = series.last + 1
    start = end - recent
    count = sum(series.counts.get(minute, 0) for minute in range(start, end))
    if count < rule.min_count:
        return None
    history = [series.counts.get(minute, 0) for minute in range(max(series.since, start - baseline), start)]
    if len(history) < max(1, rule.min_history // MINUTE):
        return None
    expected = fmean(history) * recent
    spread = pstdev(history) * sqrt(recent)
    if count < rule.factor * expected or count < expected + rule.deviations * spread:
        return None
    return Spike(count=count, expected=expected, minute=series.last)
