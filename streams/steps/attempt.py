"""What becomes of one attempt to tell a subscriber."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from sinks.channels import Answer
from sinks.channels.schedule import next_attempt
from sinks.outbox import Claim
from streams import topics
from streams.records import DeadLetter, Delivery, encode
from streams.steps.letters import dead_letter

DISABLED: Final = "disabled: the subscriber had answered 410 Gone"


class Settlement(Struct, frozen=True):
    """The record of an attempt, with a dead letter if it was the last in vain."""

    delivery: Delivery
    letter: DeadLetter | None = None

    @property
    def journal(self) -> list[tuple[str, bytes]]:
        """The records under names that say which topic and key they go to."""
        delivery = self.delivery
        entries = [(f"{topics.DELIVERIES.name} {delivery.id} {delivery.attempt}", encode(delivery))]
        if self.letter is not None:
            entries.append((f"{topics.DEAD_LETTERS.name} {self.letter.id}", encode(self.letter)))
        return entries


def address(name: str) -> tuple[str, bytes]:
    """Topic and key of a journal entry."""
    topic, key, *_ = name.split(" ")
    return topic, key.encode()


def skipped(claim: Claim, channel: str, reason: str, now: datetime) -> Settlement:
    """It was not tried at all."""
    return Settlement(_delivery(claim, channel, now, outcome="skipped", reason=reason))


def settled(claim: Claim, channel: str, answer: Answer, *, began: datetime, ended: datetime) -> Settlement:
    """It was tried: delivered, to be tried again, or dead."""
    took = (ended - began).total_seconds() * 1000
    result = _delivery(
        claim, channel, began, outcome="delivered", status=answer.status, reason=answer.reason, took_ms=int(took)
    )
    if answer.verdict == "delivered":
        return Settlement(result)
    if answer.verdict == "retry":
        again = next_attempt(claim.attempt, claim.item.id, ended, answer.retry_after)
        if again is not None:
            return Settlement(replace(result, outcome="retry", next_at=again))
    letter = dead_letter(
        "deliver",
        f"{claim.item.subscription}: {answer.reason} (attempt {claim.attempt})",
        at=ended,
        topic=topics.ALERTS.name,
        key=claim.alert_id.encode(),
        value=claim.item.body,
        origin=claim.item.id,
    )
    return Settlement(replace(result, outcome="dead"), letter)


def _delivery(claim: Claim, channel: str, at: datetime, **fields: object) -> Delivery:
    return Delivery(
        id=claim.item.id,
        subscription=claim.item.subscription,
        channel=channel,
        event=claim.item.event,
        alert_id=claim.alert_id,
        attempt=claim.attempt,
        at=at,
        **fields,  # type: ignore[arg-type]  # the callers above name fields of Delivery
    )
