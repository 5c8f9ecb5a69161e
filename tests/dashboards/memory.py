"""A reader over two lists: the store's answers without a store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from dashboards.questions import AlertQuestion, MentionQuestion
from dashboards.shapes import Alert, Mention, Point, Share, Summary
from sinks.errors import Unavailable

T = TypeVar("T")


class MemoryReader:
    """Answers every question from `kept_alerts` and `kept_mentions`; `away` makes it unavailable."""

    def __init__(self) -> None:
        self.kept_alerts: dict[str, Alert] = {}
        self.kept_mentions: list[Mention] = []
        self.away = False
        self.asked: list[str] = []

    async def ping(self) -> None:
        self._ask("ping")

    async def summary(self) -> Summary:
        self._ask("summary")
        customers = {mention.author_name for mention in self.kept_mentions}
        return Summary(len(self.kept_mentions), 0, 0, len(customers), len(self.kept_alerts), 0)

    async def alerts(self, question: AlertQuestion) -> Sequence[Alert]:
        self._ask("alerts")
        alerts = [alert for alert in self.kept_alerts.values() if question.brand in ("", alert.brand)]
        chosen = [alert for alert in alerts if alert.severity >= question.min_severity]
        return sorted(chosen, key=lambda alert: alert.updated_at, reverse=True)[: question.limit]

    async def mentions(self, question: MentionQuestion) -> Sequence[Mention]:
        self._ask("mentions")
        chosen = [m for m in self._about(question.brand) if question.sentiment in ("", m.sentiment)]
        return sorted(chosen, key=lambda mention: mention.created_at, reverse=True)[: question.limit]

    async def volume(self, brand: str, since: datetime, until: datetime, step: timedelta) -> Sequence[Point]:
        self._ask("volume")
        steps: dict[datetime, list[Mention]] = {}
        for mention in self._within(brand, since, until):
            steps.setdefault(since + (mention.created_at - since) // step * step, []).append(mention)
        return [Point(at, *_counts(steps[at])) for at in sorted(steps)]

    async def aspects(self, brand: str, since: datetime, until: datetime) -> Sequence[Share]:
        self._ask("aspects")
        found = self._within(brand, since, until)
        pairs = [(aspect.label, aspect.polarity) for mention in found for aspect in mention.aspects]
        return sorted(_shares(pairs), key=lambda share: -share.negative)

    async def brands(self, since: datetime, until: datetime) -> Sequence[Share]:
        self._ask("brands")
        pairs = [(brand, m.sentiment) for m in self._within("", since, until) for brand in m.brands]
        return sorted(_shares(pairs), key=lambda share: -share.mentions)

    def _ask(self, question: str) -> None:
        self.asked.append(question)
        if self.away:
            raise Unavailable("the store is away")

    def _about(self, brand: str) -> Iterable[Mention]:
        return (mention for mention in self.kept_mentions if not brand or brand in mention.brands)

    def _within(self, brand: str, since: datetime, until: datetime) -> list[Mention]:
        return [mention for mention in self._about(brand) if since <= mention.created_at < until]


def _shares(pairs: Sequence[tuple[str, str]]) -> list[Share]:
    polarities: dict[str, list[str]] = {}
    for name, polarity in pairs:
        polarities.setdefault(name, []).append(polarity)
    return [Share(name, *_of(found, lambda polarity: polarity)) for name, found in polarities.items()]


def _counts(mentions: Sequence[Mention]) -> tuple[int, int, int, int, float | None]:
    return _of(mentions, lambda mention: mention.sentiment)


def _of(items: Sequence[T], polarity: Callable[[T], str]) -> tuple[int, int, int, int, float | None]:
    found = [polarity(item) for item in items]
    negative, positive = found.count("negative"), found.count("positive")
    net = (positive - negative) / (positive + negative) if positive + negative else None
    return len(found), negative, found.count("neutral"), positive, net
