"""Role understand: mentions.raw in, mentions.enriched out, and what was set aside on the way."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

import msgspec

from nlp.insight import Insight
from nlp.near import bands
from nlp.text import normal_form
from sinks.profiles import Profile, Touch
from streams import topics
from streams.agents.batches import Received
from streams.records import (
    BrandHit,
    Customer,
    DeadLetter,
    Duplicate,
    EnrichedMention,
    Mention,
    RawMention,
    decode,
    encode,
)
from streams.sources import Malformed
from streams.steps import attach, dedupe
from streams.steps.letters import dead_letter
from streams.steps.match import BrandMatcher
from streams.steps.parse import parse
from streams.steps.ticker import ticker
from streams.steps.understand import distinct, reading_text, text_id
from streams.transport import Producer

log = logging.getLogger(__name__)

KNOWN_TEXTS = 20_000  # texts whose cluster is remembered: a third of real traffic is reposts
TICKER_LINES = 40  # per batch: the ticker thins out before alerts wait

Read = Callable[[Sequence[str]], Awaitable[list[Insight]]]


class Seen(Protocol):
    async def claim(self, items: Sequence[tuple[str, str]]) -> list[str]: ...


class Clusters(Protocol):
    async def assign(self, texts: Sequence[tuple[str, Sequence[int]]]) -> list[str]: ...


class Profiles(Protocol):
    async def attach(self, touches: Sequence[Touch]) -> list[Profile]: ...


class Arrival(NamedTuple):
    """A record that parsed: where it stood, what arrived, and the mention in it."""

    received: Received
    raw: RawMention
    mention: Mention


class Understand:
    """Turns a batch of raw records into enriched mentions, duplicates and dead letters.

    Every effect is keyed by the mention's id, so that a batch read again after a crash changes nothing.
    `show` gets the ticker lines and must not raise; `read` is the model, off the event loop.
    """

    def __init__(
        self,
        *,
        read: Read,
        seen: Seen,
        clusters: Clusters,
        profiles: Profiles,
        producer: Producer,
        matcher: BrandMatcher,
        show: Callable[[bytes], Awaitable[object]],
        clock: Callable[[], datetime],
    ) -> None:
        self._read = read
        self._seen = seen
        self._clusters = clusters
        self._profiles = profiles
        self._producer = producer
        self._matcher = matcher
        self._show = show
        self._clock = clock
        self._known: dict[str, str] = {}  # text id → cluster id, in order of first sight

    async def handle(self, batch: Sequence[Received]) -> None:
        """Process `batch`; on return every effect is durable. Raises `Unavailable` to be tried again."""
        arrivals, letters = self._parse(batch)
        fresh, duplicates = await self._split(arrivals)
        if fresh:
            await self._enrich(fresh)
        if duplicates:
            await self._producer.send_many(
                topics.DUPLICATES.name, [(item.mention_id.encode(), encode(item)) for item in duplicates]
            )
        if letters:
            await self._producer.send_many(
                topics.DEAD_LETTERS.name, [(letter.id.encode(), encode(letter)) for letter in letters]
            )

    def _parse(self, batch: Sequence[Received]) -> tuple[list[Arrival], list[DeadLetter]]:
        arrivals: list[Arrival] = []
        letters: list[DeadLetter] = []
        for received in batch:
            raw = None
            try:
                raw = decode(RawMention, received.value)
                arrivals.append(Arrival(received, raw, parse(raw)))
            except (msgspec.MsgspecError, Malformed) as error:
                letters.append(
                    dead_letter(
                        "parse",
                        str(error),
                        at=self._clock(),
                        topic=received.topic,
                        key=received.key,
                        value=bytes(raw.payload) if raw else received.value,
                        origin=raw.origin if raw else "",
                    )
                )
        return arrivals, letters

    async def _split(self, arrivals: list[Arrival]) -> tuple[list[Arrival], list[Duplicate]]:
        claims = await self._seen.claim(
            [
                (mention.id, dedupe.claim(received.partition, received.offset, raw.origin))
                for received, raw, mention in arrivals
            ]
        )
        fresh: list[Arrival] = []
        duplicates: list[Duplicate] = []
        for arrival, claimed in zip(arrivals, claims, strict=True):
            received, raw, mention = arrival
            if dedupe.owns(claimed, received.partition, received.offset):
                fresh.append(arrival)
            elif not dedupe.same_origin(claimed, raw.origin):
                duplicates.append(
                    Duplicate(
                        mention_id=mention.id,
                        origin=raw.origin,
                        platform=mention.platform,
                        received_at=raw.received_at,
                    )
                )
        return fresh, duplicates

    async def _enrich(self, arrivals: list[Arrival]) -> None:
        written = [reading_text(arrival.mention) for arrival in arrivals]
        normal, place = distinct([normal_form(text) for text in written])
        ids = [text_id(text) for text in normal]
        first = {index: position for position, index in reversed(list(enumerate(place)))}
        insights = await self._read([written[first[index]] for index in range(len(normal))])
        clusters = await self._cluster(ids, normal)
        customers = await self._attach([(a.mention, insights[i]) for a, i in zip(arrivals, place, strict=True)])
        now = self._clock()
        matches: dict[tuple[int, str], tuple[BrandHit, ...]] = {}
        messages: list[tuple[bytes, bytes]] = []
        lines = []
        for position, ((received, raw, mention), index) in enumerate(zip(arrivals, place, strict=True)):
            query = (index, mention.keyword)
            if query not in matches:
                matches[query] = self._matcher.match(normal[index], mention.keyword)
            enriched = EnrichedMention(
                mention=mention,
                insight=insights[index],
                received_at=raw.received_at,
                enriched_at=now,
                customer=customers[position],
                brands=matches[query],
                cluster_id=clusters[index],
                text_id=ids[index],
                origin=raw.origin,
            )
            messages.append((received.key or mention.id.encode(), encode(enriched)))
            if len(arrivals) - position <= TICKER_LINES:
                lines.append(ticker(enriched, written[position]))
        await self._producer.send_many(topics.ENRICHED.name, messages)
        await self._show(msgspec.json.encode(lines))
        log.info("understood %d mentions, %d different texts", len(arrivals), len(normal))

    async def _cluster(self, ids: list[str], normal: list[str]) -> list[str]:
        """The cluster of each text; one that was met lately is not looked up again."""
        new = [(text_id, bands(text)) for text_id, text in zip(ids, normal, strict=True) if text_id not in self._known]
        assigned = await self._clusters.assign(new)
        self._known.update((text_id, cluster) for (text_id, _), cluster in zip(new, assigned, strict=True))
        clusters = [self._known[text_id] for text_id in ids]
        while len(self._known) > KNOWN_TEXTS:
            del self._known[next(iter(self._known))]
        return clusters

    async def _attach(self, read: list[tuple[Mention, Insight]]) -> list[Customer]:
        """The author of each mention as a customer; a mention without an author belongs to nobody."""
        known = [(mention, insight) for mention, insight in read if mention.author.id]
        profiles = iter(await self._profiles.attach([attach.touch(*pair) for pair in known]))
        return [attach.customer(next(profiles)) if mention.author.id else Customer() for mention, _ in read]
