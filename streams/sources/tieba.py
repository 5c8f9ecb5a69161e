"""百度贴吧: threads and replies from MediaCrawler files.

The first generation has no user id, only a link to the user's page. The second hashes the link that it would
have written, `https://tieba.baidu.com/home/main?id=<portrait>`, so that is what is hashed here, whatever else
the old link holds (`&fr=pb`, `?t=…` behind the portrait). Two rests cannot be joined: old links by user name
(`un=`), and threads of the second generation that were stored from a result list only, which hashes a number.
Neither generation knows the author where the link is the bare host; its hash would make all unknowns one person.
"""

from __future__ import annotations

from typing import Final
from urllib.parse import parse_qs, quote, urlsplit

from msgspec.structs import replace

from streams.records import Author, Engagement, Mention
from streams.sources.ids import person_hash
from streams.sources.row import Row
from streams.sources.source import Payload, Source

PLATFORM: Final = "tieba"

HOST: Final = "https://tieba.baidu.com"

_NOBODY = frozenset(f"{PLATFORM}:{person_hash(link)}" for link in (HOST, f"{HOST}/"))


def claims(payload: Payload) -> bool:
    """Only Tieba has forums."""
    return "tieba_name" in payload and "note_id" in payload


def read(payload: Payload) -> Mention:
    """A thread or a reply."""
    return _reply(payload) if "comment_id" in payload else _thread(payload)


def _thread(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    note_id = row.id("note_id")
    title, text = row.titled("title", row.body("desc", html=True))
    return Mention(
        id=f"{PLATFORM}:post:{note_id}",
        platform=PLATFORM,
        kind="post",
        text=text,
        created_at=row.local_time("publish_time"),
        title=title,
        author=_author(row, payload),
        engagement=Engagement(comments=row.count("total_replay_num")),
        url=row.link("note_url") or _url(note_id),
        region=row.region(),
        keyword=row.line("source_keyword"),
        repairs=row.repairs,
    )


def _reply(payload: Payload) -> Mention:
    row = Row(PLATFORM, payload)
    note_id = row.id("note_id")
    return Mention(
        id=f"{PLATFORM}:comment:{row.id('comment_id')}",
        platform=PLATFORM,
        kind="comment",
        text=row.required("content", html=True),
        created_at=row.local_time("publish_time"),
        author=_author(row, payload),
        engagement=Engagement(comments=row.count("sub_comment_count")),
        url=row.link("note_url") or _url(note_id),
        thread_id=f"{PLATFORM}:post:{note_id}",
        parent_id=row.parent(),
        region=row.region(),
        repairs=row.repairs,
    )


def _author(row: Row, payload: Payload) -> Author:
    author = row.author("user_nickname")
    if author.id:
        return replace(author, id="") if author.id in _NOBODY else author
    link = payload.get("user_link")
    home = _home(link) if isinstance(link, str) else ""
    return replace(author, id=f"{PLATFORM}:{person_hash(home)}") if home else author


def _home(link: str) -> str:
    """The link as the second generation hashes it; "" if it leads to nobody."""
    query = parse_qs(urlsplit(link).query)
    if portrait := query.get("id", [""])[0].partition("?")[0]:
        return f"{HOST}/home/main?id={quote(portrait)}"
    return link if query.get("un") else ""


def _url(note_id: str) -> str:
    return f"{HOST}/p/{note_id}"


SOURCE: Final = Source(PLATFORM, claims, read, aliases=("贴吧", "百度贴吧"))
