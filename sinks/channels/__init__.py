"""Ways to tell subscribers. A new one is one file, and one line in `CHANNELS`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sinks.channels.channel import Answer, Channel, Pace
from sinks.channels.dingtalk import DingTalk
from sinks.channels.door import Door
from sinks.channels.notice import Notice, NoticeAlert, NoticeSample
from sinks.channels.subscription import Subscription, delivery_id
from sinks.channels.webhook import Webhook
from sinks.errors import Misconfigured

__all__ = [
    "CHANNELS",
    "Answer",
    "Channel",
    "Notice",
    "NoticeAlert",
    "NoticeSample",
    "Pace",
    "Subscription",
    "delivery_id",
    "open_channel",
]

CHANNELS: Final[dict[str, Callable[[Subscription, Door], Channel]]] = {
    "webhook": Webhook,
    "dingtalk": DingTalk,
}


def open_channel(subscription: Subscription) -> Channel:
    """The channel of a subscription; nothing is called yet. Raises `Misconfigured`."""
    if subscription.channel not in CHANNELS:
        known = ", ".join(CHANNELS)
        raise Misconfigured(
            f"subscription {subscription.name}: unknown channel {subscription.channel!r}; known: {known}"
        )
    return CHANNELS[subscription.channel](subscription, Door(allow_private=subscription.allow_private))
