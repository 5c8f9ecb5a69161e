"""抖音: videos, picture posts and comments from MediaCrawler files."""

from __future__ import annotations

from typing import Final

from streams.records import Engagement, Mention
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "douyin"


def claims(payload: Payload) -> bool:
    """Only Douyin calls its items aweme."""
    return "aweme_id" in payload


def read(payload: Payload) -> Mention:
    """A video or a comment."""
    return _comment(payload) if "comment_id" in payload else _video(payload)


def _video(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    aweme_id = row.id("aweme_id")
    title, text = row.titled("title", row.body("desc"))
    return Mention(
        id=f"{PLATFORM}:post:{aweme_id}",
        platform=PLATFORM,
        kind="post",
        text=text,
        created_at=row.time("create_time"),
        title=title,
        author=row.author(),
        engagement=Engagement(
            likes=row.count("liked_count"),
            comments=row.count("comment_count"),
            shares=row.count("share_count"),
            collects=row.count("collected_count"),
        ),
        url=row.link("aweme_url") or _url(aweme_id),
        region=row.region(),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _comment(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    aweme_id = row.id("aweme_id")
    return Mention(
        id=f"{PLATFORM}:comment:{row.id('comment_id')}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content"),
        created_at=row.time("create_time"),
        author=row.author(),
        engagement=Engagement(likes=row.count("like_count"), comments=row.count("sub_comment_count")),
        url=_url(aweme_id),
        thread_id=f"{PLATFORM}:post:{aweme_id}",
        parent_id=row.parent(),
        region=row.region(),
        repairs=row.repairs,
    )


def _url(aweme_id: str) -> str:
    return f"https://www.douyin.com/video/{aweme_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("dy", "抖音"))
