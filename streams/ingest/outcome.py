"""What the river says of a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from streams.ingest.row import Row


class Verdict(NamedTuple):
    """What became of one row; "sent" where nobody answers at once (Kafka)."""

    status: Literal["accepted", "duplicate", "rejected", "sent"]
    reason: str = ""
    repairs: Sequence[str] = ()


class Refused(Exception):
    """The river will not take anything from this run; the text says why, in one line."""


class River(Protocol):
    """Where rows go."""

    async def send(self, rows: Sequence[Row], origin: str) -> list[Verdict]:
        """Send `rows` of the file known as `origin`, waiting while the river is not there. Raises `Refused`."""
        ...
