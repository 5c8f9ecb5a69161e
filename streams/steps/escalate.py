"""What an alert is worth telling: whom, of which event, and whether it is news at all."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

import msgspec

from sinks.channels import Notice, NoticeAlert, NoticeSample, Subscription, delivery_id
from sinks.outbox import Item, Offer
from streams.records import Alert
from streams.steps.severity import BANDS, band

OPENED: Final = "alert.opened"
ESCALATED: Final = "alert.escalated"
STALE: Final = "stale"

_RANKS: Final = {name: rank for rank, (_, name) in enumerate(reversed(BANDS), start=1)}
_SAMPLE_FIELDS: Final = NoticeSample.__struct_fields__
_ALERT_FIELDS: Final = tuple(name for name in NoticeAlert.__struct_fields__ if name not in ("band", "samples"))


def offer(alert: Alert, subscriptions: Sequence[Subscription], max_age: timedelta) -> Offer:
    """The alert as it is put to the outbox, which knows whether that opens it, escalates it, or is nothing new.

    An alert escalates when its severity enters a higher band than any before.
    """
    reached = band(alert.severity)
    return Offer(
        alert_id=alert.id,
        rank=_RANKS[reached],
        opening=_items(alert, OPENED, OPENED, subscriptions, max_age),
        escalation=_items(alert, ESCALATED, f"{ESCALATED}.{reached}", subscriptions, max_age),
    )


def stale(alert: Alert, max_age: timedelta) -> bool:
    """Was it set off by mentions that were old when they came, as those of a historical file are?"""
    return alert.triggered_at is not None and alert.triggered_at - alert.last_seen > max_age


def notice(alert: Alert, event: str) -> Notice:
    """The alert as subscribers see it."""
    fields = {name: getattr(alert, name) for name in _ALERT_FIELDS}
    samples = tuple(
        NoticeSample(**{name: getattr(sample, name) for name in _SAMPLE_FIELDS}) for sample in alert.samples
    )
    return Notice(event, alert.updated_at, NoticeAlert(**fields, band=band(alert.severity), samples=samples))


def _items(
    alert: Alert, event: str, occasion: str, subscriptions: Sequence[Subscription], max_age: timedelta
) -> tuple[Item, ...]:
    told = notice(alert, event)
    body = msgspec.json.encode(told)
    skip = STALE if stale(alert, max_age) else ""
    return tuple(
        Item(delivery_id(alert.id, occasion, subscription.name), subscription.name, event, body, skip)
        for subscription in subscriptions
        if subscription.wants(told)
    )
