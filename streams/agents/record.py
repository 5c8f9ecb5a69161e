"""Role record: every topic that is kept, into its ClickHouse table."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from msgspec import Struct

from streams import topics
from streams.agents.batches import Received
from streams.records import decode
from streams.steps import rows
from streams.topics import Topic

log = logging.getLogger(__name__)


class Store(Protocol):
    def insert(self, table: str, rows: Sequence[Any], token: str) -> None: ...


class Recording(Struct, frozen=True):
    """A topic, the table that keeps it, and how a record becomes a row."""

    topic: Topic
    table: str
    row: Callable[[Any], Any]


RECORDINGS = (
    Recording(topics.ENRICHED, "mentions", rows.mention_row),
    Recording(topics.DUPLICATES, "duplicates", rows.duplicate_row),
    Recording(topics.ALERTS, "alerts", rows.alert_row),
    Recording(topics.DELIVERIES, "deliveries", rows.delivery_row),
    Recording(topics.DEAD_LETTERS, "dead_letters", rows.dead_letter_row),
)


class Recorder:
    """Writes batches of one topic to its table, one insert a batch: each costs as much as a thousand rows.

    The tables count a record once whatever the borders of the batches, so a batch may come again in any cut.
    """

    def __init__(self, store: Store, recording: Recording) -> None:
        self._store = store
        self._recording = recording

    async def handle(self, batch: Sequence[Received]) -> None:
        """Insert `batch`; on return the rows are in the store. Raises `Unavailable` or `Rejected`."""
        await asyncio.to_thread(self._insert, batch)

    def _insert(self, batch: Sequence[Received]) -> None:
        topic, table, row = self._recording.topic, self._recording.table, self._recording.row
        rows = [row(decode(topic.record, received.value)) for received in batch]
        self._store.insert(table, rows, f"{topic.name}:{spans(batch)}")
        log.info("recorded %d rows in %s", len(rows), table)


def spans(batch: Sequence[Received]) -> str:
    """Where the records of `batch` stood, "partition:first-last" for each: seen in the query log of ClickHouse."""
    offsets: dict[int, list[int]] = {}
    for received in batch:
        offsets.setdefault(received.partition, []).append(received.offset)
    return ",".join(f"{partition}:{min(at)}-{max(at)}" for partition, at in sorted(offsets.items()))
