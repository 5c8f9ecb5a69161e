"""小红书: notes and comments from MediaCrawler files."""

from __future__ import annotations

from typing import Final

from streams.records import Engagement, Mention
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "xhs"


def claims(payload: Payload) -> bool:
    """A note id without Weibo's date and without Tieba's forum."""
    if "note_id" not in payload or "create_date_time" in payload or "tieba_name" in payload:
        return False
    if "comment_id" in payload:
        return "create_time" in payload
    return "time" in payload and "desc" in payload


def read(payload: Payload) -> Mention:
    """A note or a comment."""
    return _comment(payload) if "comment_id" in payload else _note(payload)


def _note(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    note_id = row.id("note_id")
    title, text = row.titled("title", row.body("desc"))
    return Mention(
        id=f"{PLATFORM}:post:{note_id}",
        platform=PLATFORM,
        kind="post",
        text=text,
        created_at=row.time("time"),
        title=title,
        author=row.author(),
        engagement=Engagement(
            likes=row.count("liked_count"),
            comments=row.count("comment_count"),
            shares=row.count("share_count"),
            collects=row.count("collected_count"),
        ),
        url=row.link("note_url") or _url(note_id),
        region=row.region(),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _comment(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    note_id = row.id("note_id")
    return Mention(
        id=f"{PLATFORM}:comment:{row.id('comment_id')}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content"),
        created_at=row.time("create_time"),
        author=row.author(),
        engagement=Engagement(likes=row.count("like_count"), comments=row.count("sub_comment_count")),
        url=_url(note_id),
        thread_id=f"{PLATFORM}:post:{note_id}",
        parent_id=row.parent(),
        region=row.region(),
        repairs=row.repairs,
    )


def _url(note_id: str) -> str:
    return f"https://www.xiaohongshu.com/explore/{note_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("xiaohongshu", "rednote", "小红书"))
