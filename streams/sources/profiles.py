"""Files about persons: MediaCrawler's creators and contacts. They are recognised in order to be refused clearly."""

from __future__ import annotations

from typing import Final

from streams.records import Mention
from streams.sources.source import Malformed, Payload, Source


def claims(payload: Payload) -> bool:
    """Followers without a text, or a pair of followed and follower."""
    return ("up_id" in payload and "fan_id" in payload) or (
        ("fans" in payload or "total_fans" in payload) and "content" not in payload
    )


def read(payload: Payload) -> Mention:
    """Always refuses."""
    what = "who follows whom" if "up_id" in payload else "a creator's profile"
    raise Malformed(f"this row is {what}, not a mention: take the contents, comments or dynamics files")


SOURCE: Final = Source("profile", claims, read)
