"""What a sink raises; each error carries what its catcher needs.

Exception
└── SinkError
    ├── Unavailable     the store or the subscriber is not there now: wait, then send the same again
    ├── Rejected        these records will never be taken: put them aside as dead letters and go on
    └── Misconfigured   at start only: nothing but a person can mend this; show the reason and exit
"""

from __future__ import annotations


class SinkError(Exception):
    """Whatever went wrong on the far side of a sink; `reason` is one line that a person understands."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(SinkError):
    """Nothing is wrong with the records: the same call may succeed later.

    `retry_after` is in seconds, where the far side named a time (an HTTP `Retry-After`); None = the caller's own
    back-off.
    """

    def __init__(self, reason: str, retry_after: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class Rejected(SinkError):
    """The far side is well and refuses these records for what they hold: the same call would fail again."""


class Misconfigured(SinkError):
    """A wrong address, password or directory, found while opening a store; never raised once the river runs."""
