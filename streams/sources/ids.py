"""Read native ids, and hash those of persons."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from streams.sources.source import Malformed, Payload

LONGEST: Final = 200

NOTHING: Final = frozenset(("", "0", "None", "none", "null", "nan"))
_SPREADSHEET = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_HASH = re.compile(r"[0-9a-f]{16}")


def text_of(value: object) -> str:
    """An id as text; "" for what platforms write when there is none ("0", "", 0, "None")."""
    if type(value) is str:
        text = value.strip()
    elif isinstance(value, int) and not isinstance(value, bool):
        text = str(value)
    else:
        return ""
    return "" if text in NOTHING else text


def native_id(payload: Payload, field: str) -> str:
    """The id in `field`. Raises `Malformed` if there is none, or if a spreadsheet has rounded it."""
    text = text_of(payload.get(field))
    if not text:
        raise Malformed(f"{field} is missing or empty: it must hold the platform's id of this item")
    if len(text) > LONGEST:
        raise Malformed(f"{field} has {len(text)} characters: an id has at most {LONGEST}")
    if "+" in text and _SPREADSHEET.fullmatch(text):
        raise Malformed(f"{field} is {text!r}, rounded by a spreadsheet: take the original file, or export ids as text")
    return text


def person_hash(user_id: str) -> str:
    """The first 16 hex digits of sha256 of a native user id: what MediaCrawler calls `creator_hash`."""
    return sha256(user_id.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_person_hash(text: str) -> bool:
    """Could `text` be a `creator_hash`?"""
    return _HASH.fullmatch(text) is not None
