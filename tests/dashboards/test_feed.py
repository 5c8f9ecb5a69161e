"""The numbered feed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.feed import Feed


def test_what_came_after_a_number_can_be_had_again() -> None:
    feed: Feed[str] = Feed("e", capacity=10)

    assert feed.extend("abc") == 3
    assert feed.after("e", 1) == ["b", "c"]
    assert feed.after("e", 3) == []


@pytest.mark.parametrize(
    ("epoch", "seq"),
    [("other", 3), ("", -1), ("e", -1), ("e", 6), ("e", 1)],
    ids=["run", "new", "none", "ahead", "old"],
)
def test_a_number_that_tells_nothing_gets_nothing(epoch: str, seq: int) -> None:
    feed: Feed[int] = Feed("e", capacity=3)
    feed.extend(range(5))

    assert feed.after(epoch, seq) is None


@given(batches=st.lists(st.integers(0, 5)), capacity=st.integers(1, 8), after=st.integers(0, 40))
def test_it_gives_exactly_what_is_missing_or_says_that_it_cannot(batches: list[int], capacity: int, after: int) -> None:
    feed: Feed[int] = Feed("e", capacity)
    for size in batches:
        feed.extend(range(feed.seq + 1, feed.seq + 1 + size))

    missing = feed.after("e", after)

    if missing is None:
        assert after > feed.seq or feed.seq - after > capacity
    else:
        assert missing == list(range(after + 1, feed.seq + 1))
