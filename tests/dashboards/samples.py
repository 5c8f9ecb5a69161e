"""Alerts and mentions, as they come over the live feed and out of the store."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from dashboards.shapes import Alert, AspectSeen, Mention, Sample

NOON = datetime(2026, 8, 1, 12, 0, tzinfo=UTC)


def mention(number: int = 1, **changes: Any) -> Mention:
    """An ordinary complaint."""
    plain = Mention(
        id=f"weibo:post:{number}",
        platform="weibo",
        kind="post",
        text="用了三天就漏水，客服还不理人",
        created_at=NOON + timedelta(seconds=number),
        author_name=f"用户{number}",
        brands=("云雀",),
        sentiment="negative",
        intents=("complaint",),
        aspects=(AspectSeen("quality", "negative"), AspectSeen("service", "negative")),
        evidence="三天就漏水",
        followers=120,
    )
    return replace(plain, **changes)


def alert(name: str = "a1", **changes: Any) -> Alert:
    """An alert over three complaints."""
    sample = Sample(
        mention_id="weibo:post:1",
        platform="weibo",
        text="用了三天就漏水，客服还不理人",
        created_at=NOON,
        author_name="用户1",
        followers=12_000,
        evidence="三天就漏水",
    )
    plain = Alert(
        id=name,
        rule="negative_feedback",
        brand="云雀",
        aspect="quality",
        severity=6,
        count=3,
        window_start=NOON,
        window_end=NOON + timedelta(minutes=30),
        first_seen=NOON,
        last_seen=NOON + timedelta(minutes=2),
        opened_at=NOON + timedelta(minutes=1),
        updated_at=NOON + timedelta(minutes=2),
        title="云雀 · 质量：3 条负面反馈",
        samples=(sample,),
        max_followers=12_000,
        platforms=("weibo",),
    )
    return replace(plain, **changes)
