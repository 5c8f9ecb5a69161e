"""What to do with a batch that failed: how long to wait, and how to find the record that poisons it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

FIRST_DELAY = 0.1
LONGEST_DELAY = 15.0


def backoff(first: float = FIRST_DELAY, longest: float = LONGEST_DELAY) -> Iterator[float]:
    """Seconds to wait before each further attempt: doubling, for ever, up to `longest`."""
    delay = first
    while True:
        yield delay
        delay = min(delay * 2, longest)


def halves(batch: Sequence[T]) -> tuple[Sequence[T], Sequence[T]]:
    """The two parts to try apart, in order; one record in a hundred is found in seven steps."""
    middle = len(batch) // 2
    return batch[:middle], batch[middle:]
