"""快手: videos and comments from MediaCrawler files."""

from __future__ import annotations

from typing import Final

from streams.records import Engagement, Mention
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "kuaishou"


def claims(payload: Payload) -> bool:
    """Only Kuaishou writes `viewd_count`; its comments are those of a video that have no parent field."""
    if "video_id" not in payload:
        return False
    return "parent_comment_id" not in payload if "comment_id" in payload else "viewd_count" in payload


def read(payload: Payload) -> Mention:
    """A video or a comment."""
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
        engagement=Engagement(likes=row.count("liked_count"), views=row.count("viewd_count")),
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
        engagement=Engagement(comments=row.count("sub_comment_count")),
        url=_url(video_id),
        thread_id=f"{PLATFORM}:post:{video_id}",
        repairs=row.repairs,
    )


def _url(video_id: str) -> str:
    return f"https://www.kuaishou.com/short-video/{video_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("ks", "快手"))
