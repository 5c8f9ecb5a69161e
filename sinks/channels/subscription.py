"""Who wants to be told what."""

from __future__ import annotations

from hashlib import sha256

from msgspec import Struct

from sinks.channels.notice import Notice


class Subscription(Struct, frozen=True):
    """One subscriber: where it is told, and of what. An empty tuple means all."""

    name: str
    url: str
    channel: str = "webhook"
    secret: str = ""
    events: tuple[str, ...] = ()
    brands: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    min_severity: int = 1
    allow_private: bool = False

    def wants(self, notice: Notice) -> bool:
        """Is this subscriber to be told?"""
        data = notice.data
        return (
            (not self.events or notice.type in self.events)
            and (not self.brands or data.brand in self.brands)
            and (not self.rules or data.rule in self.rules)
            and data.severity >= self.min_severity
        )

    @property
    def fingerprint(self) -> str:
        """The same as long as the address is: what was learnt of one address is not held against another."""
        return sha256(self.url.encode()).hexdigest()[:16]

    def __repr__(self) -> str:
        """Without address and secret, which are not for logs."""
        return f"Subscription({self.name!r}, channel={self.channel!r})"


def delivery_id(alert_id: str, event: str, subscription: str) -> str:
    """The id under which a subscriber is told of an event, however often it is tried: the `webhook-id`."""
    return "msg_" + sha256("|".join((alert_id, event, subscription)).encode()).hexdigest()[:24]
