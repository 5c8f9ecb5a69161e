"""Which old segments may go: a decision on numbers, apart from the files."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Retention:
    """How much of the log is kept, over all topics together.

    What a known consumer group has not yet read is kept beyond `max_bytes` and `max_age`, until the whole log
    holds `hard_bytes`: then the oldest goes even so, and the log says what was lost to whom.
    """

    max_bytes: int = 1024 * MIB
    max_age: float = 72 * 3600.0
    hard_bytes: int = 8 * 1024 * MIB
    segment_bytes: int = 16 * MIB


@dataclass(frozen=True, slots=True)
class Candidate:
    """A closed segment: `end` is the offset behind its last record, `read_to` what every group has read at least."""

    topic: str
    partition: int
    end: int
    size: int
    changed_at: float
    read_to: int

    @property
    def unread(self) -> bool:
        """Whether some group would miss records of it."""
        return self.read_to < self.end


def expired(candidates: Iterable[Candidate], total: int, rule: Retention, now: float) -> list[Candidate]:
    """The segments to remove, oldest first; a partition always loses its oldest segment first."""
    chosen: list[Candidate] = []
    held: set[tuple[str, int]] = set()
    for one in sorted(candidates, key=lambda one: (one.changed_at, one.end)):
        place = (one.topic, one.partition)
        due = total > rule.max_bytes or now - one.changed_at > rule.max_age
        if place in held or not due or (one.unread and total <= rule.hard_bytes):
            held.add(place)
            continue
        chosen.append(one)
        total -= one.size
    return chosen
