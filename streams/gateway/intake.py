"""Take items into the river, and say of each what became of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from msgspec import Raw, Struct

from streams import topics
from streams.gateway.bodies import Item
from streams.records import DeadLetter, Mention, RawMention, encode
from streams.sources import Malformed
from streams.steps import dedupe
from streams.steps.letters import dead_letter
from streams.steps.parse import parse_payload

SLICE = 500  # items parsed without letting others run: about 15 ms


class Seen(Protocol):
    """Which record owns a mention's id."""

    async def peek(self, ids: Sequence[str]) -> list[str | None]: ...

    async def claim(self, items: Sequence[tuple[str, str]]) -> list[str]: ...


class Place(Protocol):
    """Where a record was kept."""

    @property
    def partition(self) -> int: ...

    @property
    def offset(self) -> int: ...


class Producer(Protocol):
    """Keeps records; what it has returned from is durable."""

    async def send_many(self, topic: str, items: Sequence[tuple[bytes, bytes]]) -> Sequence[Place]: ...


class Outcome(Struct, frozen=True, omit_defaults=True):
    """What became of one item."""

    index: int
    status: Literal["accepted", "duplicate", "rejected"]
    id: str = ""
    reason: str = ""
    repairs: tuple[str, ...] = ()


class Answer(Struct, frozen=True):
    """What became of a request: the counts, the repairs by name, and each item."""

    accepted: int
    duplicate: int
    rejected: int
    repairs: dict[str, int]
    items: list[Outcome]


class Arrival(NamedTuple):
    """An item that could be read."""

    number: int
    item: Item
    mention: Mention


class Intake:
    """Appends what is new to `mentions.raw`; what cannot be read goes to the dead letters.

    An item that came before from the same origin is the same arrival sent again: it is answered "duplicate" and
    changes nothing. One that came before from elsewhere is appended too, for the river counts it.
    """

    def __init__(self, *, seen: Seen, producer: Producer, clock: Callable[[], datetime]) -> None:
        self._seen = seen
        self._producer = producer
        self._clock = clock

    async def take(self, items: Sequence[Item]) -> Answer:
        """Keep `items`; on return what was accepted is durable. Raises `Unavailable`: then send all of them again."""
        outcomes: list[Outcome] = []
        numbered = list(enumerate(items))
        for start in range(0, len(numbered), SLICE):
            outcomes += await self._take_slice(numbered[start : start + SLICE])
        status = Counter(outcome.status for outcome in outcomes)
        return Answer(
            accepted=status["accepted"],
            duplicate=status["duplicate"],
            rejected=status["rejected"],
            repairs=dict(Counter(repair for outcome in outcomes for repair in outcome.repairs)),
            items=outcomes,
        )

    async def _take_slice(self, part: Sequence[tuple[int, Item]]) -> list[Outcome]:
        now = self._clock()
        arrivals: list[Arrival] = []
        outcomes: list[Outcome] = []
        letters: list[DeadLetter] = []
        for index, item in part:
            try:
                arrivals.append(Arrival(index, item, parse_payload(item.payload, item.platform)))
            except Malformed as error:
                outcomes.append(Outcome(index, "rejected", reason=error.reason))
                letters.append(_letter(item, error.reason, now))
        outcomes += await self._append(arrivals, now)
        if letters:
            messages = [(letter.id.encode(), encode(letter)) for letter in letters]
            await self._producer.send_many(topics.DEAD_LETTERS.name, messages)
        return sorted(outcomes, key=lambda outcome: outcome.index)

    async def _append(self, arrivals: Sequence[Arrival], now: datetime) -> list[Outcome]:
        if not arrivals:
            return []
        owners = await self._seen.peek([arrival.mention.id for arrival in arrivals])
        fresh = [
            arrival
            for arrival, owner in zip(arrivals, owners, strict=True)
            if not owner or not dedupe.same_origin(owner, arrival.item.origin)
        ]
        own = await self._keep(fresh, now)
        return [
            Outcome(
                number,
                "accepted" if number in own else "duplicate",
                id=mention.id,
                repairs=mention.repairs,
            )
            for number, _, mention in arrivals
        ]

    async def _keep(self, arrivals: Sequence[Arrival], now: datetime) -> set[int]:
        """Append and then claim; the indexes of the items that now own their mention's id."""
        if not arrivals:
            return set()
        messages = [(_key(mention), encode(_raw(item, now))) for _, item, mention in arrivals]
        places = await self._producer.send_many(topics.RAW.name, messages)
        claims = [
            (mention.id, dedupe.claim(place.partition, place.offset, item.origin))
            for (_, item, mention), place in zip(arrivals, places, strict=True)
        ]
        owners = await self._seen.claim(claims)
        return {
            arrival.number
            for arrival, (_, claim), owner in zip(arrivals, claims, owners, strict=True)
            if owner == claim
        }


def _key(mention: Mention) -> bytes:
    return (mention.author.id or mention.id).encode()


def _raw(item: Item, now: datetime) -> RawMention:
    return RawMention(received_at=now, payload=Raw(item.payload), platform=item.platform, origin=item.origin)


def _letter(item: Item, reason: str, now: datetime) -> DeadLetter:
    return dead_letter("parse", reason, at=now, topic=topics.RAW.name, value=item.payload, origin=item.origin)
