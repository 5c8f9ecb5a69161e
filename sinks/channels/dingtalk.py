"""A DingTalk group robot: signed, in Chinese, told by the body alone whether it arrived."""

from __future__ import annotations

import base64
import hmac
from datetime import datetime, timedelta, timezone
from hashlib import sha256
from typing import Final
from urllib.parse import quote_plus

import msgspec
from msgspec import Struct, structs

from sinks.channels.channel import Answer, Pace
from sinks.channels.door import Door, Forbidden, Reply, Unreachable
from sinks.channels.notice import Notice, NoticeAlert, NoticeSample
from sinks.channels.subscription import Subscription

LARGEST: Final = 20_000
"""Bytes of the longest message that DingTalk takes."""
SHOWN: Final = 3
"""Samples in a message."""

_REFUSED: Final = 310000  # keyword, signature or address: only a person can mend it
_TOO_FAST: Final = 130101
_BANISHED: Final = timedelta(minutes=10)
_BEIJING: Final = timezone(timedelta(hours=8))
_BANDS: Final = {"low": "低", "medium": "中", "high": "高", "critical": "紧急"}
_EVENTS: Final = {"alert.opened": "新告警", "alert.escalated": "告警升级"}

#: DingTalk's markdown knows no escape that is shown as nothing, so its marks are replaced by their full-width twins,
#: which read the same in a Chinese text.
_MARKS: Final = str.maketrans("\\`*_{}[]()#<>!|~&@", "＼｀＊＿｛｝［］（）＃＜＞！｜～＆＠")


class DingTalk:
    """Tells one group. Robots that are called more than 20 times a minute are silenced for ten."""

    pace: Pace | None = Pace(20, timedelta(minutes=1))

    def __init__(self, subscription: Subscription, door: Door) -> None:
        self._url = subscription.url
        self._secret = subscription.secret
        self._door = door

    async def send(self, notice: Notice, delivery_id: str, now: datetime) -> Answer:
        """Tell it; success is errcode 0 and nothing else."""
        del delivery_id  # robots know no ids: a message that is sent twice is shown twice
        headers = {"Content-Type": "application/json; charset=utf-8"}
        try:
            reply = await self._door.post(
                signed(self._url, self._secret, now), content=message(notice), headers=headers
            )
        except Forbidden as error:
            return Answer("dead", reason=str(error))
        except Unreachable as error:
            return Answer("retry", reason=str(error))
        return judge(reply)

    async def close(self) -> None:
        """Let the connections go."""
        await self._door.close()


class _Body(Struct):
    errcode: int
    errmsg: str = ""


def judge(reply: Reply) -> Answer:
    """What a reply means."""
    if not 200 <= reply.status < 300:
        return Answer("retry", reply.status, f"HTTP {reply.status}")
    try:
        body = msgspec.json.decode(reply.body, type=_Body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Answer("retry", reply.status, "the answer is not DingTalk's")
    if body.errcode == 0:
        return Answer("delivered", reply.status)
    reason = f"errcode {body.errcode}: {body.errmsg[:200]}"
    if body.errcode == _REFUSED:
        return Answer("dead", reply.status, reason)
    return Answer("retry", reply.status, reason, _BANISHED if body.errcode == _TOO_FAST else None)


def sign(secret: str, timestamp_ms: int) -> str:
    """The signature of a call, before it is quoted for the URL."""
    digest = hmac.digest(secret.encode(), f"{timestamp_ms}\n{secret}".encode(), sha256)
    return base64.b64encode(digest).decode()


def signed(url: str, secret: str, now: datetime) -> str:
    """The address of a call; a robot without a secret is called as it is."""
    if not secret:
        return url
    timestamp = int(now.timestamp() * 1000)
    return f"{url}{'&' if '?' in url else '?'}timestamp={timestamp}&sign={quote_plus(sign(secret, timestamp))}"


def message(notice: Notice) -> bytes:
    """The message, in less than `LARGEST` bytes whatever was written in the mentions."""
    samples = notice.data.samples[-SHOWN:]
    while True:
        data = structs.replace(notice.data, samples=samples)
        text = {"title": escaped(data.title, 60), "text": _text(notice.type, data)}
        body = msgspec.json.encode({"msgtype": "markdown", "markdown": text})
        if len(body) < LARGEST or not samples:
            return body
        samples = samples[:-1]


def escaped(text: str, longest: int) -> str:
    """Text of strangers as one harmless line: no marks, no links, nobody called by @."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = line.translate(_MARKS).replace("://", "：//")
    return line if len(line) <= longest else line[: longest - 1] + "…"


def _text(event: str, alert: NoticeAlert) -> str:
    lines = [
        f"### {escaped(alert.title, 100)}",
        f"**{_EVENTS.get(event, escaped(event, 40))}** · 严重程度 **{alert.severity}/10**（{_BANDS[alert.band]}）",
        f"- 品牌：{escaped(alert.brand, 60)}",
        f"- 提及：{alert.count} 条，{_clock(alert.first_seen)} 至 {_clock(alert.last_seen)}",
        f"- 平台：{'、'.join(escaped(platform, 20) for platform in alert.platforms)}",
    ]
    if alert.max_followers:
        lines.append(f"- 最大粉丝数：{alert.max_followers:,}")
    return "\n\n".join([*lines, *map(_sample, alert.samples)])


def _sample(sample: NoticeSample) -> str:
    author = escaped(sample.author_name, 30) or "匿名"
    link = f" [查看原文]({_link(sample.url)})" if _link(sample.url) else ""
    return f"> {author}：{escaped(sample.text, 200)}{link}"


def _link(url: str) -> str:
    if not url.startswith(("https://", "http://")) or len(url) > 500 or not url.isascii():
        return ""
    return "".join(c if c.isalnum() or c in "-._~:/?#@&=+%,;" else f"%{ord(c):02X}" for c in url)


def _clock(at: datetime) -> str:
    return at.astimezone(_BEIJING).strftime("%m-%d %H:%M")
