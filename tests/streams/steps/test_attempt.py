from __future__ import annotations

from datetime import timedelta
from typing import Literal

import pytest

from sinks.channels import Answer
from sinks.channels.schedule import SCHEDULE, next_attempt
from sinks.outbox import Claim, Item
from streams.records import DeadLetter, Delivery, decode
from streams.steps.attempt import address, settled, skipped
from tests.streams.mentions import NOON

LATER = NOON + timedelta(milliseconds=250)


def claim(attempt: int = 1) -> Claim:
    return Claim(Item("msg_1", "crm", "alert.opened", b"{}"), "a1", attempt, NOON)


def test_a_success_is_recorded_with_what_it_took() -> None:
    made = settled(claim(), "webhook", Answer("delivered", 204), began=NOON, ended=LATER)
    assert made.letter is None
    assert made.delivery == Delivery(
        id="msg_1",
        subscription="crm",
        channel="webhook",
        event="alert.opened",
        alert_id="a1",
        attempt=1,
        at=NOON,
        outcome="delivered",
        status=204,
        took_ms=250,
    )


@pytest.mark.parametrize("attempt", range(1, len(SCHEDULE)))
def test_a_failure_is_tried_again_on_the_schedule(attempt: int) -> None:
    made = settled(claim(attempt), "webhook", Answer("retry", 500, "HTTP 500"), began=NOON, ended=LATER)
    assert (made.delivery.outcome, made.delivery.attempt, made.letter) == ("retry", attempt, None)
    assert made.delivery.next_at == next_attempt(attempt, "msg_1", LATER)


@pytest.mark.parametrize(("attempt", "verdict"), [(len(SCHEDULE), "retry"), (1, "dead"), (3, "gone")])
def test_at_the_end_there_is_a_dead_letter(attempt: int, verdict: Literal["retry", "dead", "gone"]) -> None:
    made = settled(claim(attempt), "webhook", Answer(verdict, 500, "HTTP 500"), began=NOON, ended=LATER)
    assert (made.delivery.outcome, made.delivery.next_at) == ("dead", None)
    assert made.letter is not None
    assert (made.letter.stage, made.letter.value, made.letter.key) == ("deliver", "{}", "a1")
    assert made.letter.reason == f"crm: HTTP 500 (attempt {attempt})"


def test_what_was_left_out_says_why() -> None:
    made = skipped(claim(), "webhook", "stale", NOON)
    assert (made.delivery.outcome, made.delivery.reason, made.letter) == ("skipped", "stale", None)


def test_records_go_to_the_topic_and_key_that_their_names_say() -> None:
    made = settled(claim(), "webhook", Answer("dead", 0, "no"), began=NOON, ended=LATER)
    (first, delivery), (second, letter) = made.journal
    assert made.letter is not None
    assert address(first) == ("deliveries", b"msg_1")
    assert address(second) == ("dead.letters", made.letter.id.encode())
    assert decode(Delivery, delivery) == made.delivery
    assert decode(DeadLetter, letter) == made.letter
