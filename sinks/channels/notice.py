"""What a subscriber is told: an event, and the alert as it then was."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct


class NoticeSample(Struct, frozen=True):
    """A mention that belongs to the alert."""

    mention_id: str
    platform: str
    text: str
    created_at: datetime
    author_name: str = ""
    followers: int = 0
    url: str = ""
    evidence: str = ""


class NoticeAlert(Struct, frozen=True):
    """An alert as subscribers see it."""

    id: str
    rule: str
    title: str
    brand: str
    aspect: str
    severity: int
    band: str
    count: int
    window_start: datetime
    window_end: datetime
    first_seen: datetime
    last_seen: datetime
    opened_at: datetime
    max_followers: int = 0
    platforms: tuple[str, ...] = ()
    samples: tuple[NoticeSample, ...] = ()


class Notice(Struct, frozen=True):
    """One event in the form of Standard Webhooks: {type, timestamp, data}."""

    type: str  # "alert.opened", "alert.escalated"
    timestamp: datetime
    data: NoticeAlert


def encode(notice: Notice, limit: int) -> bytes:
    """The notice as JSON of less than `limit` bytes: the last samples are left out as long as it is longer."""
    body = msgspec.json.encode(notice)
    while len(body) >= limit and notice.data.samples:
        data = msgspec.structs.replace(notice.data, samples=notice.data.samples[:-1])
        notice = msgspec.structs.replace(notice, data=data)
        body = msgspec.json.encode(notice)
    return body


def decode(body: bytes) -> Notice:
    """The notice in `body`."""
    return msgspec.json.decode(body, type=Notice)
