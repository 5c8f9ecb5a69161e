"""Notices for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sinks.channels import Notice, NoticeAlert, NoticeSample

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def sample(number: int = 1, **fields: Any) -> NoticeSample:
    """A sample with plausible defaults."""
    given: dict[str, Any] = {
        "platform": "weibo",
        "text": "用了两天脸就烂了",
        "created_at": NOON,
        "author_name": "用***户",
    } | fields
    return NoticeSample(mention_id=f"weibo:comment:{number}", **given)


def notice(event: str = "alert.opened", **fields: Any) -> Notice:
    """A notice with plausible defaults; `fields` are the alert's."""
    given: dict[str, Any] = {
        "id": "a1",
        "rule": "negative_feedback",
        "title": "【质量】云朵面膜：3 条负面反馈",
        "brand": "云朵面膜",
        "aspect": "quality",
        "severity": 5,
        "band": "medium",
        "count": 3,
        "window_start": NOON,
        "window_end": NOON + timedelta(hours=1),
        "first_seen": NOON,
        "last_seen": NOON + timedelta(minutes=5),
        "opened_at": NOON,
        "max_followers": 12_000,
        "platforms": ("weibo",),
        "samples": (sample(),),
    } | fields
    return Notice(event, NOON, NoticeAlert(**given))
