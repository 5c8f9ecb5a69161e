"""Our own mention JSON, version 1: what any program sends that is no crawler.

    {"platform": "dianping", "id": "r-20931", "kind": "review", "text": "等了四十分钟，菜是凉的",
     "created_at": "2026-11-25T12:30:00+08:00",
     "author": {"id": "u-77", "name": "小周", "followers": 120},
     "engagement": {"likes": 3}, "url": "https://…"}

Required are `platform`, `text` and `created_at`. Without `id` one is made from author, time and text, so that
the same mention sent twice is still one. `author.id` is the platform's own id of the person and is hashed
before it is stored; who has only MediaCrawler's `creator_hash` gives it as `author.hash`. `thread_id` and
`parent_id` are the platform's own ids of the post it stands under and of the comment it answers. Times are
ISO 8601, or seconds or milliseconds since 1970; without a zone they are Beijing time. Texts over 100,000
characters are cut and say so in `repairs`. Unknown fields are ignored, so that newer senders may send more.
Tables (CSV) write `author_id`, `author_name`, `author_followers`, `likes`, … as columns of their own.

`schema()` gives the same as JSON Schema.
"""

from __future__ import annotations

import re
from difflib import get_close_matches
from hashlib import sha256
from typing import Annotated, Any, Final

import msgspec
from msgspec import Meta, Struct

from streams.records import Author, Engagement, Kind, Mention
from streams.sources import repairs
from streams.sources.counts import read_count
from streams.sources.ids import LONGEST as LONGEST_ID
from streams.sources.ids import person_hash, text_of
from streams.sources.links import safe_link
from streams.sources.row import LONGEST_LINE, LONGEST_TEXT
from streams.sources.source import Malformed, Payload, Source
from streams.sources.times import from_epoch, from_text

VERSION: Final = 1

NativeId = Annotated[str | int, Meta(description=f"the platform's own id, at most {LONGEST_ID} characters")]
Count = Annotated[int | float | str | None, Meta(description='a number, or as platforms show it: "1.2万"')]


class NativeAuthor(Struct, frozen=True):
    """Who wrote it."""

    id: NativeId = ""
    hash: Annotated[str, Meta(pattern="^([0-9a-f]{16})?$", description="MediaCrawler's creator_hash")] = ""
    name: str = ""
    followers: Count = None
    verified: bool = False


class NativeEngagement(Struct, frozen=True):
    """How others reacted."""

    likes: Count = None
    comments: Count = None
    shares: Count = None
    collects: Count = None
    views: Count = None


class NativeMention(Struct, frozen=True):
    """A mention as programs send it, version 1."""

    platform: Annotated[str, Meta(pattern="^[a-z0-9][a-z0-9_-]{0,31}$", description="short name of where it was said")]
    text: Annotated[str, Meta(min_length=1, description=f"what was said; cut at {LONGEST_TEXT} characters")]
    created_at: Annotated[str | int | float, Meta(description="ISO 8601, or seconds or milliseconds since 1970")]
    id: NativeId = ""
    kind: Kind = "post"
    title: str = ""
    author: NativeAuthor = NativeAuthor()
    engagement: NativeEngagement = NativeEngagement()
    url: str = ""
    thread_id: NativeId = ""
    parent_id: NativeId = ""
    region: str = ""
    keyword: Annotated[str, Meta(description="what was searched for")] = ""
    v: int = VERSION


RIGHT: Final[dict[str, str]] = {
    "platform": 'a short name in small letters, such as "weibo" or "dianping"',
    "text": "a text that is not empty",
    "created_at": 'a time between 2000 and 2099 such as "2026-11-25T12:30:00+08:00", or seconds since 1970',
    "id": f"the platform's own id of this item, at most {LONGEST_ID} characters",
    "kind": "post, comment, review, chat or danmaku",
    "author": 'an object such as {"id": "u-77", "name": "小周", "followers": 120}',
    "author.hash": "16 hexadecimal digits (MediaCrawler's creator_hash)",
    "author.verified": "true or false",
    "engagement": 'an object such as {"likes": 3, "comments": 1}',
}

_AUTHOR_FIELDS = tuple((name, f"author_{name}", f"author.{name}") for name in NativeAuthor.__struct_fields__)
_ENGAGEMENT_FIELDS = tuple((name, name, f"engagement.{name}") for name in NativeEngagement.__struct_fields__)
_FLAT = frozenset(flat for fields in (*_AUTHOR_FIELDS, *_ENGAGEMENT_FIELDS) for flat in fields[1:])
_AT = re.compile(r"(?P<wrong>.*) - at `\$\.?(?P<path>.*)`")
_MISSING = re.compile(r"Object missing required field `(?P<field>\w+)`")


def claims(payload: Payload) -> bool:
    """Anything with a text that no crawler wrote."""
    return "text" in payload and "dynamic_id" not in payload


def schema() -> dict[str, Any]:
    """The JSON Schema of one mention."""
    return msgspec.json.schema(NativeMention)


def read(payload: Payload) -> Mention:
    """A mention. Raises `Malformed` with the field, what was wrong and what would be right."""
    sent = _convert(payload)
    if sent.v != VERSION:
        raise Malformed(f"v is {sent.v}: this server reads version {VERSION}")
    made: list[str] = []
    created_at = _created_at(sent, made)
    author = _author(sent, made)
    text = _cut(sent.text.strip(), LONGEST_TEXT, made)
    if not text:
        raise Malformed(f"text is blank: it must be {RIGHT['text']}")
    link, repair = safe_link(sent.url)
    if repair:
        made.append(repair)
    native_id = _id(sent.id, "id")
    if not native_id:
        made.append(repairs.ID_FROM_CONTENT)
        native_id = sha256(f"{author.id}\0{created_at.isoformat()}\0{text}".encode("utf-8", "replace")).hexdigest()[:24]
    thread, parent = _id(sent.thread_id, "thread_id"), _id(sent.parent_id, "parent_id")
    return Mention(
        id=f"{sent.platform}:{sent.kind}:{native_id}",
        platform=sent.platform,
        kind=sent.kind,
        text=text,
        created_at=created_at,
        title=_cut(sent.title.strip(), LONGEST_LINE, made),
        author=author,
        engagement=_engagement(sent.engagement, made),
        url=link,
        thread_id=f"{sent.platform}:post:{thread}" if thread else "",
        parent_id=f"{sent.platform}:comment:{parent}" if parent else "",
        region=_cut(sent.region.strip(), LONGEST_LINE, made),
        keyword=_cut(sent.keyword.strip(), LONGEST_LINE, made),
        repairs=tuple(dict.fromkeys(made)),
    )


def _convert(payload: Payload) -> NativeMention:
    fields: dict[str, Any] = {
        name: value for name, value in payload.items() if value is not None and (value != "" or name == "text")
    }
    if not _FLAT.isdisjoint(fields):
        _fold(fields, "author", _AUTHOR_FIELDS)
        _fold(fields, "engagement", _ENGAGEMENT_FIELDS)
    try:
        return msgspec.convert(fields, NativeMention, strict=False)
    except msgspec.ValidationError as error:
        raise Malformed(_explained(str(error), payload)) from None


def _fold(fields: dict[str, Any], whole: str, parts: tuple[tuple[str, str, str], ...]) -> None:
    """Gather the columns of a table into the object that they are parts of; an object that is there stays."""
    if whole not in fields:
        folded = {name: fields[flat] for name, *spellings in parts for flat in spellings if flat in fields}
        if folded:
            fields[whole] = folded


def _explained(message: str, payload: Payload) -> str:
    at = _AT.fullmatch(message)
    wrong, path = (at["wrong"], at["path"]) if at else (message, "")
    if missing := _MISSING.fullmatch(wrong):
        field = f"{path}.{missing['field']}" if path else missing["field"]
        near = get_close_matches(missing["field"], [str(name) for name in payload], n=1, cutoff=0.75)
        hint = f" (there is {near[0]!r})" if near else ""
        return f"{field} is missing{hint}: it must be {RIGHT[field]}"
    if wrong.startswith("Invalid enum value"):
        wrong = wrong.replace("Invalid enum value", "has the unknown value")
    elif "matching regex" in wrong:
        wrong = "has the wrong form"
    elif "length >= 1" in wrong:
        wrong = "is empty"
    else:
        wrong = wrong[:1].lower() + wrong[1:]
    right = RIGHT.get(path)
    return f"{path or 'the mention'}: {wrong}" + (f"; it must be {right}" if right else "")


def _created_at(sent: NativeMention, made: list[str]) -> Any:
    value = sent.created_at
    moment, local = from_text(value) if isinstance(value, str) else (None, False)
    if local:
        made.append(repairs.TIME_LOCAL)
    moment = moment or from_epoch(value)
    if moment is None:
        raise Malformed(f"created_at is {str(value)[:40]!r}: it must be {RIGHT['created_at']}")
    return moment


def _author(sent: NativeMention, made: list[str]) -> Author:
    person = sent.author
    native_id = text_of(person.id)
    hashed = person.hash or (person_hash(native_id) if native_id else "")
    return Author(
        id=f"{sent.platform}:{hashed}" if hashed else "",
        name=_cut(person.name.strip(), LONGEST_LINE, made),
        followers=_count(person.followers, made),
        verified=person.verified,
    )


NOTHING_TOLD = NativeEngagement()


def _engagement(told: NativeEngagement, made: list[str]) -> Engagement:
    if told == NOTHING_TOLD:
        return Engagement()
    return Engagement(*[_count(getattr(told, name), made) for name in Engagement.__struct_fields__])


def _count(value: object, made: list[str]) -> int | None:
    if value is None:
        return None
    count, repair = read_count(value)
    if repair:
        made.append(repair)
    return count


def _id(value: str | int, field: str) -> str:
    text = text_of(value)
    if len(text) > LONGEST_ID:
        raise Malformed(f"{field} has {len(text)} characters: it must have at most {LONGEST_ID}")
    return text


def _cut(text: str, longest: int, made: list[str]) -> str:
    if len(text) <= longest:
        return text
    made.append(repairs.TEXT_CUT)
    return text[:longest]


SOURCE: Final = Source("native", claims, read)
