"""One struct a table of ClickHouse: fields are columns, by name."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

MENTIONS: Final = "mentions"
DUPLICATES: Final = "duplicates"
ALERTS: Final = "alerts"
DELIVERIES: Final = "deliveries"
DEAD_LETTERS: Final = "dead_letters"

_NESTED: Final = {
    "intents_label": "intents.label",
    "intents_score": "intents.score",
    "aspects_label": "aspects.label",
    "aspects_polarity": "aspects.polarity",
    "aspects_score": "aspects.score",
}


class MentionRow(Struct, frozen=True, rename=_NESTED, gc=False):
    """A mention, what was read in it, and its customer as known at that moment."""

    id: str
    platform: str
    kind: str
    title: str
    text: str
    created_at: datetime
    received_at: datetime
    enriched_at: datetime
    author_id: str
    author_name: str
    author_followers: int | None
    author_verified: bool
    likes: int | None
    comments: int | None
    shares: int | None
    collects: int | None
    views: int | None
    url: str
    thread_id: str
    parent_id: str
    region: str
    keyword: str
    repairs: tuple[str, ...]
    sentiment: str
    negative: float
    neutral: float
    positive: float
    intents_label: list[str]
    intents_score: list[float]
    aspects_label: list[str]
    aspects_polarity: list[str]
    aspects_score: list[float]
    evidence: str
    spam: float
    model: str
    customer_id: str
    customer_mentions: int
    customer_negatives: int
    customer_since: datetime | None
    customer_followers: int
    customer_influence: float
    brands: list[str]
    products: list[str]
    terms: list[str]
    cluster_id: str
    text_id: str
    origin: str


class DuplicateRow(Struct, frozen=True, gc=False):
    """A mention that had come before, from another origin."""

    mention_id: str
    origin: str
    platform: str
    received_at: datetime


class AlertRow(Struct, frozen=True, gc=False):
    """One state of an alert; the table keeps the newest. `samples` is a JSON array."""

    id: str
    rule: str
    brand: str
    aspect: str
    severity: int
    count: int
    window_start: datetime
    window_end: datetime
    first_seen: datetime
    last_seen: datetime
    opened_at: datetime
    updated_at: datetime
    title: str
    samples: str
    max_followers: int
    platforms: tuple[str, ...]
    triggered_at: datetime | None


class DeliveryRow(Struct, frozen=True, gc=False):
    """One attempt to tell one subscriber."""

    id: str
    subscription: str
    channel: str
    event: str
    alert_id: str
    attempt: int
    at: datetime
    outcome: str
    status: int
    reason: str
    took_ms: int
    next_at: datetime | None


class DeadLetterRow(Struct, frozen=True, gc=False):
    """What could not be processed, whole."""

    id: str
    stage: str
    reason: str
    at: datetime
    topic: str
    key: str
    origin: str
    value: str
