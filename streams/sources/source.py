"""What a source is: which payloads are its own, and how one becomes a mention."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from streams.records import Mention

Payload = Mapping[str, Any]


class Malformed(Exception):
    """A payload that cannot become a mention. The text says which field, what is wrong and what would be right."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Source:
    """One platform: `claims` looks at the names of the fields only; `read` raises `Malformed`."""

    platform: str
    claims: Callable[[Payload], bool]
    read: Callable[[Payload], Mention]
    aliases: tuple[str, ...] = ()
