"""What could not be processed, and why."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct

from sinks.clickhouse.queries.conditions import Conditions
from sinks.clickhouse.store import Store

MOST: Final = 1000


class LetterView(Struct, frozen=True):
    """One dead letter, whole."""

    id: str
    stage: str
    reason: str
    at: datetime
    topic: str
    key: str
    origin: str
    value: str


def dead_letters(store: Store, *, stage: str | None = None, limit: int = 100) -> list[LetterView]:
    """Dead letters, the latest first."""
    conditions = Conditions()
    conditions.add("stage = {stage:String}", stage=stage)
    rows = store.query(
        f"""
        SELECT id, stage, reason, at, topic, key, origin, value FROM dead_letters FINAL {conditions.where}
        ORDER BY at DESC, id LIMIT {{limit:UInt32}}
        """,
        conditions.parameters | {"limit": min(limit, MOST)},
    )
    return [LetterView(*row) for row in rows]
