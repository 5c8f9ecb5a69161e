"""Which texts share a forward pass: neighbours in length, of about equal weight, nothing padded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.models.packed import Run


def batches(lengths: Sequence[int], count: int, texts: int) -> Iterator[list[int]]:
    """Positions in `lengths`, the longest first, in about `count` groups of about equal weight.

    No group has more than `texts` members.
    """
    group: list[int] = []
    total, done = sum(lengths), 0
    closed = 0
    for place in sorted(range(len(lengths)), key=lengths.__getitem__, reverse=True):
        if group and (done * count >= total * (closed + 1) or len(group) == texts):
            yield group
            group, closed = [], max(closed + 1, done * count // total)
        group.append(place)
        done += lengths[place]
    if group:
        yield group


def runs(lengths: Sequence[int]) -> list[Run]:
    """Neighbours of equal length, counted."""
    found: list[Run] = []
    for length in lengths:
        if found and found[-1].tokens == length:
            found[-1] = Run(found[-1].texts + 1, length)
        else:
            found.append(Run(1, length))
    return found
