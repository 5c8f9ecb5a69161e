"""What travels on the topics: one frozen struct a record, JSON on the wire, versioned by `v`.

Times are aware datetimes in UTC. Ids are deterministic: the same input gives the same id, so that
every effect downstream can be repeated without being counted twice.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Raw, Struct

from nlp.insight import Insight

Kind = Literal["post", "comment", "review", "chat", "danmaku"]


class Author(Struct, frozen=True, omit_defaults=True):
    """Who wrote it. `id` is "platform:" + the first 16 hex of sha256(native user id), or "" if unknown.

    The hash equals MediaCrawler's `creator_hash`, so that both generations of its files join; the native
    id itself is not kept. `name` may be masked and is never a key.
    """

    id: str = ""
    name: str = ""
    followers: int | None = None
    verified: bool = False


class Engagement(Struct, frozen=True, omit_defaults=True):
    """How others reacted, as counted by the platform when the mention was collected; None = not told."""

    likes: int | None = None
    comments: int | None = None
    shares: int | None = None
    collects: int | None = None
    views: int | None = None


class Mention(Struct, frozen=True, omit_defaults=True):
    """One post, comment, review, chat turn or danmaku. `id` is "platform:kind:native id"."""

    id: str
    platform: str
    kind: Kind
    text: str
    created_at: datetime
    title: str = ""
    author: Author = Author()
    engagement: Engagement = Engagement()
    url: str = ""
    thread_id: str = ""  # id of the post that a comment stands under
    parent_id: str = ""  # id of the comment that it answers
    region: str = ""
    keyword: str = ""  # what the crawler searched for
    repairs: tuple[str, ...] = ()  # names of the repairs made while parsing


class RawMention(Struct, frozen=True, omit_defaults=True):
    """`mentions.raw`: a payload as received. Key: the author, else the mention id.

    `origin` names the place it came from (file fingerprint and row, request and item): two records with one
    origin are one arrival sent twice; one mention with two origins is a duplicate worth counting.
    """

    received_at: datetime
    payload: Raw
    platform: str = ""  # a hint; sources recognise most payloads by their fields
    origin: str = ""
    v: int = 1


class BrandHit(Struct, frozen=True, omit_defaults=True):
    """A brand that a mention is about, and the terms that said so."""

    brand: str
    products: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()


class Customer(Struct, frozen=True, omit_defaults=True):
    """The customer profile as known when the mention was read (this mention included)."""

    id: str = ""
    mentions: int = 0
    negatives: int = 0
    first_seen: datetime | None = None
    last_seen: datetime | None = None
    followers: int = 0
    influence: float = 0.0  # 0 to 1


class EnrichedMention(Struct, frozen=True, omit_defaults=True):
    """`mentions.enriched`: a mention, what was read in it, and who wrote it. Key: as in `mentions.raw`."""

    mention: Mention
    insight: Insight
    received_at: datetime
    enriched_at: datetime
    customer: Customer = Customer()
    brands: tuple[BrandHit, ...] = ()
    cluster_id: str = ""  # shared by near-duplicates: spread, and copy-paste campaigns
    text_id: str = ""  # hash of the normalised text: equal for reposts
    origin: str = ""
    v: int = 1


class Duplicate(Struct, frozen=True, omit_defaults=True):
    """`mentions.duplicates`: a mention that had come before, from another origin. Key: mention id."""

    mention_id: str
    origin: str
    platform: str
    received_at: datetime
    v: int = 1


class AlertSample(Struct, frozen=True, omit_defaults=True):
    """A mention shown with its alert."""

    mention_id: str
    platform: str
    text: str
    created_at: datetime
    author_id: str = ""
    author_name: str = ""
    followers: int = 0
    url: str = ""
    evidence: str = ""


class Alert(Struct, frozen=True, omit_defaults=True):
    """`alerts`: the newest state of one alert. Key: alert id.

    `id` is a hash of rule, brand, aspect and window start, all in event time: the same mentions give the
    same alert whatever the order and however often they are replayed. Of two states of one alert the one
    with the greater `count` is newer.
    """

    id: str
    rule: str
    brand: str
    aspect: str  # "" where the rule is not about one aspect
    severity: int  # 1 to 10
    count: int  # distinct mentions in it
    window_start: datetime
    window_end: datetime
    first_seen: datetime  # created_at of the earliest mention
    last_seen: datetime  # created_at of the latest
    opened_at: datetime  # when the product first raised it
    updated_at: datetime
    title: str = ""
    samples: tuple[AlertSample, ...] = ()
    max_followers: int = 0
    platforms: tuple[str, ...] = ()
    triggered_at: datetime | None = None  # received_at of the mention that opened it: latency is measured from here
    v: int = 1


class Delivery(Struct, frozen=True, omit_defaults=True):
    """`deliveries`: one attempt to tell one subscriber. Key: delivery id (= webhook-id)."""

    id: str
    subscription: str
    channel: str
    event: str  # "alert.opened", …
    alert_id: str
    attempt: int  # from 1
    at: datetime
    outcome: Literal["delivered", "retry", "dead", "skipped"]
    status: int = 0  # HTTP status, 0 if none came
    reason: str = ""
    took_ms: int = 0
    next_at: datetime | None = None
    v: int = 1


class DeadLetter(Struct, frozen=True, omit_defaults=True):
    """`dead.letters`: what could not be processed, with the reason, whole, so that it can be re-driven."""

    id: str  # deterministic: hash of stage, origin (or topic position) and payload
    stage: str  # "parse", "understand", "act", "record", "deliver"
    reason: str
    at: datetime
    topic: str
    key: str = ""
    origin: str = ""
    value: str = ""  # the record as text (base64 with the prefix "base64:" if it is not UTF-8)
    v: int = 1


Record = TypeVar("Record", bound=Struct)

_encoder = msgspec.json.Encoder()
_decoders: dict[type[Struct], msgspec.json.Decoder[Any]] = {}


def encode(record: Struct) -> bytes:
    """The record as JSON bytes."""
    return _encoder.encode(record)


def decode(kind: type[Record], data: bytes) -> Record:
    """The record in `data`. Raises `msgspec.DecodeError` or `msgspec.ValidationError`, which say where."""
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.json.Decoder(kind)
    record: Record = decoder.decode(data)
    return record
