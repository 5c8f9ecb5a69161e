"""哔哩哔哩: videos, comments and dynamics from MediaCrawler files."""

from __future__ import annotations

from typing import Final

from streams.records import Engagement, Mention
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "bilibili"


def claims(payload: Payload) -> bool:
    """A dynamic, or a video id as Bilibili counts it; Kuaishou's comments have neither likes nor parents."""
    if "dynamic_id" in payload:
        return True
    if "video_id" not in payload or "viewd_count" in payload:
        return False
    return "parent_comment_id" in payload if "comment_id" in payload else "video_play_count" in payload


def read(payload: Payload) -> Mention:
    """A video, a comment or a dynamic."""
    if "dynamic_id" in payload:
        return _dynamic(payload)
    return _comment(payload) if "comment_id" in payload else _video(payload)


def _video(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    video_id = row.id("video_id")
    title, text = row.titled("title", row.body("desc"))
    return Mention(
        id=f"{PLATFORM}:post:{video_id}",
        platform=PLATFORM,
        kind="post",
        text=text,
        created_at=row.time("create_time"),
        title=title,
        author=row.author(),
        engagement=Engagement(
            likes=row.count("liked_count"),
            comments=row.count("video_comment"),
            shares=row.count("video_share_count"),
            collects=row.count("video_favorite_count"),
            views=row.count("video_play_count"),
        ),
        url=row.link("video_url") or _url(video_id),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _comment(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    video_id = row.id("video_id")
    return Mention(
        id=f"{PLATFORM}:comment:{row.id('comment_id')}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content"),
        created_at=row.time("create_time"),
        author=row.author(),
        engagement=Engagement(likes=row.count("like_count"), comments=row.count("sub_comment_count")),
        url=_url(video_id),
        thread_id=f"{PLATFORM}:post:{video_id}",
        parent_id=row.parent(),
        repairs=row.repairs,
    )


def _dynamic(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    dynamic_id = row.id("dynamic_id")
    return Mention(
        id=f"{PLATFORM}:post:{dynamic_id}",
        platform=PLATFORM,
        kind="post",
        text=row.required("text"),
        created_at=row.time("pub_ts"),
        author=row.author("user_name"),
        engagement=Engagement(
            likes=row.count("total_liked"), comments=row.count("total_comments"), shares=row.count("total_forwards")
        ),
        url=f"https://t.bilibili.com/{dynamic_id}",
        repairs=row.repairs,
    )


def _url(video_id: str) -> str:
    return f"https://www.bilibili.com/video/av{video_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("bili", "b站", "哔哩哔哩"))
