"""What of a channel a client wants to see. Clients with the same wish share one encoding of every message."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal

from msgspec import Meta, Struct

Channel = Literal["alerts", "mentions", "board"]

Name = Annotated[str, Meta(max_length=100)]
Severity = Annotated[int, Meta(ge=0, le=10)]
Minutes = Literal[10, 60, 1440, 10080, 43200, 525600]


class Filter(Struct, frozen=True, forbid_unknown_fields=True):
    """Empty and 0 mean "whatever"; `minutes` is how far the board looks back."""

    brand: Name = ""
    min_severity: Severity = 0
    sentiment: Literal["", "negative", "neutral", "positive"] = ""
    minutes: Minutes = 10

    def on(self, channel: Channel) -> Filter:
        """Only what bears on `channel`, so that equal wishes are equal filters."""
        match channel:
            case "alerts":
                return Filter(brand=self.brand, min_severity=self.min_severity)
            case "mentions":
                return Filter(brand=self.brand, sentiment=self.sentiment)
            case "board":
                return Filter(brand=self.brand, minutes=self.minutes)

    def wants_alert(self, brand: str, severity: int) -> bool:
        """Whether such an alert is wished for."""
        return severity >= self.min_severity and self.brand in ("", brand)

    def wants_mention(self, brands: Sequence[str], sentiment: str) -> bool:
        """Whether such a mention is wished for."""
        return self.sentiment in ("", sentiment) and (not self.brand or self.brand in brands)
