"""知乎: answers, articles, videos and comments from MediaCrawler files.

Answers, articles and videos are numbered apart, so the native id of a post is "<type>-<number>".
"""

from __future__ import annotations

from typing import Final

from streams.records import Engagement, Mention
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "zhihu"

_PAGES = {
    "answer": "https://www.zhihu.com/answer/",
    "article": "https://zhuanlan.zhihu.com/p/",
    "zvideo": "https://www.zhihu.com/zvideo/",
}


def claims(payload: Payload) -> bool:
    """Only Zhihu has content of several types."""
    return "content_id" in payload and "content_type" in payload


def read(payload: Payload) -> Mention:
    """An answer, an article, a video, or a comment under one."""
    return _comment(payload) if "comment_id" in payload else _post(payload)


def _post(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    content_type, content_id = row.line("content_type"), row.id("content_id")
    title, text = row.titled("title", row.body("content_text", html=True) or row.body("desc", html=True))
    return Mention(
        id=_post_id(content_type, content_id),
        platform=PLATFORM,
        kind="post",
        text=text,
        created_at=row.time("created_time"),
        title=title,
        author=row.author("user_nickname"),
        engagement=Engagement(likes=row.count("voteup_count"), comments=row.count("comment_count")),
        url=row.link("content_url") or _url(content_type, content_id),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _comment(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    content_type, content_id = row.line("content_type"), row.id("content_id")
    return Mention(
        id=f"{PLATFORM}:comment:{row.id('comment_id')}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content", html=True),
        created_at=row.time("publish_time"),
        author=row.author("user_nickname"),
        engagement=Engagement(likes=row.count("like_count"), comments=row.count("sub_comment_count")),
        url=_url(content_type, content_id),
        thread_id=_post_id(content_type, content_id),
        parent_id=row.parent(),
        region=row.region(),
        repairs=row.repairs,
    )


def _post_id(content_type: str, content_id: str) -> str:
    return f"{PLATFORM}:post:{content_type}-{content_id}"


def _url(content_type: str, content_id: str) -> str:
    page = _PAGES.get(content_type)
    return f"{page}{content_id}" if page else ""


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("知乎",))
