"""Where this room reads: one question a method, answered from the store without holding up the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final, Protocol

import msgspec

from dashboards.questions import AlertQuestion, MentionQuestion
from dashboards.shapes import Alert, AspectSeen, Mention, Point, Sample, Share, Summary
from sinks.clickhouse import Store, queries
from sinks.clickhouse.queries import AlertView, LabelCount, MentionView, VolumePoint

MINUTE: Final = timedelta(minutes=1)


class Reader(Protocol):
    """What the API and the live desk ask of the store. Every answer may raise `sinks.errors.Unavailable`."""

    async def ping(self) -> None:
        """Whether the store is there at all; raises if not."""
        ...

    async def summary(self) -> Summary:
        """How much of each has ever come."""
        ...

    async def alerts(self, question: AlertQuestion) -> Sequence[Alert]:
        """The alerts that changed last, newest first."""
        ...

    async def mentions(self, question: MentionQuestion) -> Sequence[Mention]:
        """The newest mentions, newest first."""
        ...

    async def volume(self, brand: str, since: datetime, until: datetime, step: timedelta) -> Sequence[Point]:
        """How many mentions a step, in order of time; steps without any may be missing."""
        ...

    async def aspects(self, brand: str, since: datetime, until: datetime) -> Sequence[Share]:
        """What was spoken of."""
        ...

    async def brands(self, since: datetime, until: datetime) -> Sequence[Share]:
        """Who was spoken of, most first."""
        ...


class StoreReader:
    """The reader over ClickHouse; each question runs in a thread."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def ping(self) -> None:
        """Whether the store is there at all; raises if not."""
        await asyncio.to_thread(self._store.query, "SELECT 1")

    async def summary(self) -> Summary:
        """How much of each has ever come."""
        counts = await asyncio.to_thread(queries.summary, self._store)
        return msgspec.convert(counts, Summary, from_attributes=True)

    async def alerts(self, question: AlertQuestion) -> list[Alert]:
        """The alerts that changed last, newest first."""
        views = await asyncio.to_thread(queries.alerts, self._store, **question.model_dump())
        return [_alert(view) for view in views]

    async def mentions(self, question: MentionQuestion) -> list[Mention]:
        """The newest mentions, newest first."""
        views = await asyncio.to_thread(queries.mentions, self._store, **question.model_dump())
        return [_mention(view) for view in views]

    async def volume(self, brand: str, since: datetime, until: datetime, step: timedelta) -> list[Point]:
        """How many mentions a step; what is finer than a minute is read from the mentions themselves."""
        ask = queries.pulse if step < MINUTE else queries.volume
        return [_point(view) for view in await asyncio.to_thread(ask, self._store, brand, since, until, step)]

    async def aspects(self, brand: str, since: datetime, until: datetime) -> list[Share]:
        """What was spoken of."""
        return [_share(view) for view in await asyncio.to_thread(queries.aspects, self._store, brand, since, until)]

    async def brands(self, since: datetime, until: datetime) -> list[Share]:
        """Who was spoken of, most first; mentions of nobody are left out."""
        views = await asyncio.to_thread(queries.brands, self._store, since, until)
        return [_share(view) for view in views if view.label]


_samples: Final = msgspec.json.Decoder(tuple[Sample, ...])


def _alert(view: AlertView) -> Alert:
    shown = {name: getattr(view, name) for name in Alert.__slots__ if name not in ("samples", "platforms")}
    return Alert(**shown, samples=_samples.decode(view.samples), platforms=tuple(view.platforms))


def _mention(view: MentionView) -> Mention:
    return Mention(
        id=view.id,
        platform=view.platform,
        kind=view.kind,
        text=view.text,
        created_at=view.created_at,
        title=view.title,
        author_id=view.author_id,
        author_name=view.author_name,
        followers=view.author_followers or 0,
        brands=tuple(view.brands),
        sentiment=view.sentiment,
        intents=tuple(intent.label for intent in view.intents),
        aspects=tuple(AspectSeen(aspect.label, aspect.polarity) for aspect in view.aspects),
        evidence=view.evidence,
        url=view.url,
        likes=view.likes,
        comments=view.comments,
        shares=view.shares,
    )


def _point(view: VolumePoint) -> Point:
    return Point(view.at, view.mentions, view.negative, view.neutral, view.positive, view.net)


def _share(view: LabelCount) -> Share:
    return Share(view.label, view.mentions, view.negative, view.neutral, view.positive, view.net)
