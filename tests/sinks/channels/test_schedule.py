from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from sinks.channels.schedule import JITTER, SCHEDULE, next_attempt
from tests.sinks.channels.notices import NOON

HOUR = timedelta(hours=1)


def test_a_dead_subscriber_is_tried_ten_times_in_three_days() -> None:
    now, attempts = NOON, 0
    at: timedelta | None = timedelta(0)
    times = []
    while at is not None:
        attempts += 1
        times.append(now - NOON)
        due = next_attempt(attempts, "msg_1", now)
        at = None if due is None else due - now
        now = due or now
    published = ["0:00:00", "0:00:05", "0:05:05", "0:35:05", "2:35:05", "7:35:05", "17:35:05"]
    assert attempts == len(SCHEDULE) == 10
    for time, plain in zip(times, published, strict=False):
        hours, minutes, seconds = map(int, plain.split(":"))
        exact = timedelta(hours=hours, minutes=minutes, seconds=seconds)
        assert exact <= time <= exact * (1 + JITTER)
    assert 75 * HOUR < times[-1] < 84 * HOUR


@given(st.integers(1, 9), st.text(max_size=30))
def test_jitter_is_up_to_a_tenth_and_the_same_for_the_same_delivery(made: int, delivery: str) -> None:
    due = next_attempt(made, delivery, NOON)
    assert due is not None
    assert SCHEDULE[made] <= due - NOON <= SCHEDULE[made] * (1 + JITTER)
    assert next_attempt(made, delivery, NOON) == due


def test_deliveries_that_failed_together_do_not_return_together() -> None:
    assert len({next_attempt(3, f"msg_{n}", NOON) for n in range(100)}) > 90


def test_a_subscriber_may_ask_for_more_time_but_not_for_ever() -> None:
    asked = next_attempt(1, "msg_1", NOON, retry_after=HOUR)
    assert asked is not None
    assert HOUR <= asked - NOON <= HOUR * (1 + JITTER)
    greedy = next_attempt(1, "msg_1", NOON, retry_after=timedelta(days=400))
    assert greedy is not None
    assert greedy - NOON <= timedelta(hours=27)
    hasty = next_attempt(3, "msg_1", NOON, retry_after=timedelta(seconds=1))
    assert hasty == next_attempt(3, "msg_1", NOON)
