"""Every topic in river order: name, record, key."""

from __future__ import annotations

from typing import Final, NamedTuple

from msgspec import Struct

from streams.records import Alert, DeadLetter, Delivery, Duplicate, EnrichedMention, RawMention


class Topic(NamedTuple):
    """One topic: what it holds and what its records are keyed by."""

    name: str
    record: type[Struct]
    key: str


RAW: Final = Topic("mentions.raw", RawMention, "author id, else mention id")
ENRICHED: Final = Topic("mentions.enriched", EnrichedMention, "as mentions.raw")
DUPLICATES: Final = Topic("mentions.duplicates", Duplicate, "mention id")
ALERTS: Final = Topic("alerts", Alert, "alert id")
DELIVERIES: Final = Topic("deliveries", Delivery, "delivery id")
DEAD_LETTERS: Final = Topic("dead.letters", DeadLetter, "dead letter id")

ALL: Final = (RAW, ENRICHED, DUPLICATES, ALERTS, DELIVERIES, DEAD_LETTERS)
