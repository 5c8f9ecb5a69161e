"""The WebSocket's language, version 1: JSON objects with `v` and `type`. Sans-I/O: text in, values out, and back.

A client says

    hello        {key}                                first, and only where the server has a key
    subscribe    {channel, filter, epoch?, after?}    with epoch and after: go on where I was
    unsubscribe  {channel}
    ping         {}

and hears

    locked       {}                                   say hello with a key first
    welcome      {epoch, now, live}                   the server is ready for it
    snapshot     {channel, epoch, seq, missed, data}  all there is; `missed`: you asked to go on and could not
    resumed      {channel, epoch, seq}                nothing is missing; the deltas after yours follow
    delta        {channel, seq, data, skipped}        `seq` is the number of the last item in it
    status       {live, reason}                       the live feed is interrupted, or back
    ping         {now, seq}                           every few seconds, with the newest number of each channel
    pong         {now}
    error        {code, message}
    dropped      {reason}                             the last word to a client that reads too slowly

`epoch` names one run of the server: numbers of another run mean nothing.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, Literal

import msgspec
from msgspec import Struct

from dashboards.filters import Channel, Filter

VERSION: Final = 1
LONGEST: Final = 4096
"""Characters of the longest message that a client has reason to send."""

ErrorCode = Literal["unauthorised", "bad_message", "too_long", "unknown_version"]


class Hello(Struct, frozen=True, tag="hello", tag_field="type"):
    """Who I am."""

    key: str = ""
    v: int = VERSION


class Subscribe(Struct, frozen=True, tag="subscribe", tag_field="type"):
    """Show me this channel, from now on; `epoch` and `after` say what I have seen."""

    channel: Channel
    filter: Filter = Filter()
    epoch: str = ""
    after: int = -1
    v: int = VERSION


class Unsubscribe(Struct, frozen=True, tag="unsubscribe", tag_field="type"):
    """No more of this channel."""

    channel: Channel
    v: int = VERSION


class Ping(Struct, frozen=True, tag="ping", tag_field="type"):
    """Are you there?"""

    v: int = VERSION


Request = Hello | Subscribe | Unsubscribe | Ping

_decoder = msgspec.json.Decoder(Request)
_encoder = msgspec.json.Encoder()


class Refused(Exception):
    """What a client said cannot be followed."""

    def __init__(self, code: ErrorCode, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def parse(text: str) -> Request:
    """The request in `text`. Raises `Refused`."""
    if len(text) > LONGEST:
        raise Refused("too_long", f"a message has at most {LONGEST} characters")
    try:
        request: Request = _decoder.decode(text)
    except msgspec.MsgspecError as error:
        raise Refused("bad_message", str(error)) from error
    if request.v != VERSION:
        raise Refused("unknown_version", f"this server speaks version {VERSION}, not {request.v}")
    return request


def message(kind: str, **fields: Any) -> str:
    """One message to a client."""
    return _encoder.encode({"v": VERSION, "type": kind, **fields}).decode()


def welcome(epoch: str, now: datetime, live: bool) -> str:
    """The server is ready."""
    return message("welcome", epoch=epoch, now=now, live=live)


def snapshot(channel: Channel, epoch: str, seq: int, data: object, *, missed: bool) -> str:
    """All that a channel holds."""
    return message("snapshot", channel=channel, epoch=epoch, seq=seq, missed=missed, data=data)


def delta(channel: Channel, seq: int, data: object, skipped: int = 0) -> str:
    """What is new in a channel; `skipped` items were left out because there were too many to read."""
    return message("delta", channel=channel, seq=seq, data=data, skipped=skipped)


def error(refused: Refused) -> str:
    """What was wrong with a request."""
    return message("error", code=refused.code, message=refused.message)
