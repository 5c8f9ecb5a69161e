"""From what was received to a mention."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from streams.records import Mention, RawMention
from streams.sources import Malformed, Payload, platform_named, recognise
from streams.sources import native as own
from streams.steps.letters import LARGEST

DEEPEST: Final = 16  # levels of objects and arrays; rows of crawlers have two

_decode = msgspec.json.Decoder().decode


def parse(raw: RawMention) -> Mention:
    """The mention in `raw`. Raises `Malformed` with a reason that a person can act upon."""
    return parse_payload(bytes(raw.payload), raw.platform)


def parse_payload(payload: bytes, platform: str = "") -> Mention:
    """The mention in a JSON payload; `platform` is a hint that must not contradict the fields."""
    row = _object(payload)
    source = recognise(row)
    if source is None:
        names = ", ".join(sorted(str(name)[:30] for name in row)[:8]) or "none"
        raise Malformed(
            f"the fields are those of no known platform (there are: {names}); "
            "a mention of one's own needs platform, text and created_at"
        )
    if source is own.SOURCE:
        if platform and not row.get("platform"):
            row = {**row, "platform": platform_named(platform)}
    elif platform and platform_named(platform) != source.platform:
        raise Malformed(f"the platform was given as {platform[:30]!r}, but the fields are those of {source.platform}")
    return source.read(row)


def _object(payload: bytes) -> Payload:
    if len(payload) > LARGEST:
        raise Malformed(f"the row has {len(payload):,} bytes: it must have at most {LARGEST:,}")
    row = _decoded(payload)
    if isinstance(row, str):  # a line that was no JSON travels as text, so that its reason is found here
        row = _decoded(row.encode("utf-8", "surrogatepass"))
    if not isinstance(row, dict):
        raise Malformed(f"the row is {_kind(row)}, not an object: it must be one mention in braces")
    # Brackets are counted first, because looking for depth costs more than reading the row.
    if payload.count(b"[") + payload.count(b"{") > DEEPEST and _depth(row) > DEEPEST:
        raise Malformed(f"the row is nested deeper than {DEEPEST} levels")
    return row


def _decoded(payload: bytes) -> Any:
    try:
        return _decode(payload)
    except msgspec.DecodeError as error:
        raise Malformed(f"not JSON: {str(error).removeprefix('JSON is malformed: ')}") from None
    except UnicodeDecodeError as error:
        raise Malformed(f"not UTF-8: {error.reason}") from None
    except RecursionError:
        raise Malformed(f"the row is nested deeper than {DEEPEST} levels") from None


def _depth(value: object) -> int:
    level, deepest = [value], 0
    while level:
        level = [
            child
            for item in level
            for child in (item.values() if isinstance(item, dict) else item)  # type: ignore[attr-defined]
            if isinstance(child, dict | list)
        ]
        deepest += 1
        if deepest > DEEPEST:
            break
    return deepest


def _kind(value: object) -> str:
    return {str: "text", list: "an array", bool: "true or false", type(None): "null"}.get(type(value), "a number")
