"""What can be wrong with a broker at start or for good; each message is one line for the operator.

    Exception
    └── BrokerError
        ├── BrokerUnreachable   nobody answers, or it does not let us in
        ├── LogInUse            another process has the local log open
        ├── LogDamaged          bytes in the middle of the local log are not what was written
        └── UnknownTopic        the topic does not exist there

What passes while the river runs is `sinks.errors.Unavailable` instead: wait and send again.
"""

from __future__ import annotations


class BrokerError(Exception):
    """The broker cannot be used as configured."""


class BrokerUnreachable(BrokerError):
    """No broker answers at the address, or it refuses the connection."""


class LogInUse(BrokerError):
    """The log's directory belongs to another process; two writers would tear it."""


class LogDamaged(BrokerError):
    """A frame inside the log fails its checksum: the disk or somebody else changed it."""


class UnknownTopic(BrokerError):
    """A topic that was never created."""
