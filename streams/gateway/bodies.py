"""Cut the body of a request into items: one object, an array, or NDJSON."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, Final, NamedTuple

import msgspec
from msgspec import Raw, Struct

MOST_ITEMS: Final = 10_000
LONGEST_ORIGIN: Final = 200

LINES: Final = frozenset(("application/x-ndjson", "application/ndjson", "application/jsonl", "application/x-jsonlines"))


class Unreadable(Exception):
    """A body in which no items can be found; the text says what was wrong and what would be right."""


class TooMany(Exception):
    """A body with more items than one request may bring."""


class Item(NamedTuple):
    """One payload as it came, where it came from, and what platform its sender named."""

    payload: bytes
    origin: str
    platform: str = ""


class Envelope(Struct, frozen=True, forbid_unknown_fields=True):
    """A payload with its platform and origin; `received_at` and `v` are there so that a `RawMention` passes too."""

    payload: Raw
    platform: str = ""
    origin: str = ""
    received_at: Any = None
    v: int = 1


_array = msgspec.json.Decoder(list[Raw]).decode
_whole = msgspec.json.Decoder(Raw).decode
_envelope = msgspec.json.Decoder(Envelope).decode


def split(body: bytes, content_type: str = "") -> list[Item]:
    """The items of `body`. Raises `Unreadable` or `TooMany`; whether an item can be read is not looked at here.

    An item without an origin of its own gets "<hash of the body>:<index>": the same body sent again is the same
    arrival.
    """
    body = body.removeprefix(b"\xef\xbb\xbf").strip()
    if not body:
        raise Unreadable("the body is empty: send one mention, an array of mentions, or one mention a line")
    parts = _parts(body, content_type.partition(";")[0].strip().lower())
    if len(parts) > MOST_ITEMS:
        raise TooMany(f"the body has {len(parts)} items: send at most {MOST_ITEMS} in one request")
    digest = sha256(body).hexdigest()[:16]
    return [_item(part, f"{digest}:{index}") for index, part in enumerate(parts)]


def _parts(body: bytes, media_type: str) -> list[bytes]:
    if media_type in LINES:
        return _lines(body)
    if body.startswith(b"["):
        try:
            return [bytes(part) for part in _array(body)]
        except msgspec.DecodeError as error:
            raise Unreadable(f"the array is not JSON: {str(error).removeprefix('JSON is malformed: ')}") from None
        except RecursionError:
            raise Unreadable("the array is nested too deep") from None
    if b"\n" in body and not _is_whole(body):
        return _lines(body)
    return [body]


def _lines(body: bytes) -> list[bytes]:
    return [line for line in map(bytes.strip, body.split(b"\n")) if line]


def _is_whole(body: bytes) -> bool:
    try:
        _whole(body)
    except (msgspec.DecodeError, RecursionError):
        return False
    return True


def _item(part: bytes, origin: str) -> Item:
    if b'"payload"' in part:
        try:
            envelope = _envelope(part)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return Item(part, origin)  # a mention may speak of payloads
        return Item(bytes(envelope.payload), envelope.origin[:LONGEST_ORIGIN] or origin, envelope.platform)
    return Item(part, origin)
