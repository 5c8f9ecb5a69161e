"""微博: posts and comments from MediaCrawler files."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from streams.records import Engagement, Mention
from streams.sources.repairs import TIME_8H
from streams.sources.row import Row
from streams.sources.source import Payload, Source
from streams.sources.times import from_epoch, from_text

PLATFORM: Final = "weibo"

EIGHT_HOURS: Final = 28_800


def claims(payload: Payload) -> bool:
    """Only Weibo writes the date beside the epoch."""
    return "create_date_time" in payload and ("note_id" in payload or "comment_id" in payload)


def read(payload: Payload) -> Mention:
    """A post or a comment."""
    return _comment(payload) if "comment_id" in payload else _post(payload)


def _post(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    note_id = row.id("note_id")
    return Mention(
        id=f"{PLATFORM}:post:{note_id}",
        platform=PLATFORM,
        kind="post",
        text=row.required("content", html=True),
        created_at=_created_at(row, payload),
        author=row.author(),
        engagement=Engagement(
            likes=row.count("liked_count"), comments=row.count("comments_count"), shares=row.count("shared_count")
        ),
        url=row.link("note_url") or _url(note_id),
        region=row.region(),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _comment(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    comment_id, note_id = row.id("comment_id"), row.id("note_id")
    return Mention(
        id=f"{PLATFORM}:comment:{comment_id}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content", html=True),
        created_at=_created_at(row, payload),
        author=row.author(),
        engagement=Engagement(likes=row.count("comment_like_count"), comments=row.count("sub_comment_count")),
        url=_url(note_id),
        thread_id=f"{PLATFORM}:post:{note_id}",
        parent_id=row.parent(own=comment_id),  # a comment of the first level names itself as its root
        region=row.region(),
        repairs=row.repairs,
    )


def _created_at(row: Row, payload: Payload) -> datetime:
    """Files written before 2026-07-30 hold an epoch that is 8 hours late; the date beside it is right."""
    written = payload.get("create_date_time")
    dated = from_text(written)[0] if isinstance(written, str) else None
    if dated is None:
        return row.time("create_time")
    stamped = from_epoch(payload.get("create_time"))
    if stamped is None:
        return dated
    if abs((stamped - dated).total_seconds()) == EIGHT_HOURS:
        row.repaired(TIME_8H)
        return dated
    return stamped


def _url(note_id: str) -> str:
    return f"https://m.weibo.cn/detail/{note_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("wb", "微博"))
