"""How far a consumer may commit: never past a run of records that was handed out and is not acknowledged."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Account:
    """One partition: the first offset of every run still out, and the offset behind the furthest one acked."""

    out: dict[int, int] = field(default_factory=dict)
    acked_to: int | None = None


class Ledger:
    """Runs handed out and acknowledged, by partition.

    Faust commits the end of the longest acked stretch that it can see, and so passes a message at its head that
    is still being worked on (its issue 606). Here what was handed out holds the commit back until it is acked,
    also when its place in a queue was cleared meanwhile.
    """

    def __init__(self) -> None:
        self._accounts: dict[Hashable, Account] = {}

    def hand_out(self, place: Hashable, token: int, first: int) -> None:
        """A run that begins at `first` is on its way to a stream; `token` names it."""
        self._accounts.setdefault(place, Account()).out[token] = first

    def ack(self, place: Hashable, token: int, end: int) -> bool:
        """The run is done up to `end`. False if it is not known (any more): somebody else will get it again."""
        account = self._accounts.get(place)
        if account is None or account.out.pop(token, None) is None:
            return False
        account.acked_to = max(end, account.acked_to or 0)
        return True

    def committable(self, place: Hashable) -> int | None:
        """The offset to commit: all before it is acked. None if nothing was acked yet."""
        account = self._accounts.get(place)
        if account is None or account.acked_to is None:
            return None
        return min(account.out.values(), default=account.acked_to)

    def restart(self, places: Iterable[Hashable]) -> None:
        """Reading begins again at what was committed: forget what is out, its acks no longer count."""
        for place in places:
            self._accounts.pop(place, None)

    def places(self) -> Iterator[Hashable]:
        """The partitions that have something to commit."""
        return (place for place, account in self._accounts.items() if account.acked_to is not None)


class Missed:
    """Records that were read and reached nobody, by partition: reading must turn back to them.

    A read that is under way while partitions change hands ends afterwards, and may have moved the reader of the new
    assignment on. Its records are dropped, and neither Faust nor aiokafka knows that.
    """

    def __init__(self) -> None:
        self._first: dict[Hashable, int] = {}

    def note(self, place: Hashable, offset: int) -> None:
        """The record at `offset` was dropped, and with it all that were read behind it."""
        self._first[place] = min(offset, self._first.get(place, offset))

    def turn_back(self, expected: Mapping[Hashable, int | None]) -> dict[Hashable, int]:
        """Where to read from again, for each partition of `expected` that missed records; then nothing is missed.

        `expected` is the offset that is due next, None where nothing was committed or handed out yet. A partition
        that is not in it has gone to somebody else, who begins at what is committed.
        """
        missed, self._first = self._first, {}
        due = {place: (expected[place], first) for place, first in missed.items() if place in expected}
        return {place: first if offset is None else offset for place, (offset, first) in due.items()}
