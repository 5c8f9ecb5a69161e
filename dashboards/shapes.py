"""What this room shows, as the screen and the API know it: plain values, JSON by msgspec.

The records of the river are its own; what is read here is their JSON, so a field that this room has no use for
may come and go without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Sample:
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


@dataclass(frozen=True, slots=True)
class Alert:
    """The newest state of one alert: what a human must look at."""

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
    title: str = ""
    samples: tuple[Sample, ...] = ()
    max_followers: int = 0
    platforms: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AspectSeen:
    """One side of the product that a mention speaks of, and what it says of it."""

    label: str
    polarity: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One mention with what was read in it."""

    id: str
    platform: str
    kind: str
    text: str
    created_at: datetime
    title: str = ""
    author_id: str = ""
    author_name: str = ""
    followers: int = 0
    brands: tuple[str, ...] = ()
    sentiment: str = "neutral"
    intents: tuple[str, ...] = ()
    aspects: tuple[AspectSeen, ...] = ()
    evidence: str = ""
    url: str = ""
    likes: int | None = None
    comments: int | None = None
    shares: int | None = None


@dataclass(frozen=True, slots=True)
class Summary:
    """How much of each has ever come: exact, distinct, unmoved by replay."""

    mentions: int
    duplicates: int
    rejected: int
    customers: int
    alerts: int
    deliveries: int


@dataclass(frozen=True, slots=True)
class Point:
    """One step of time. `net` is (positive - negative) / (positive + negative), null where nobody took a side."""

    time: datetime
    mentions: int
    negative: int
    neutral: int
    positive: int
    net: float | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How often one brand, or one aspect, was spoken of, and how."""

    name: str
    mentions: int
    negative: int
    neutral: int
    positive: int
    net: float | None = None
