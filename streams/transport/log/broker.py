"""The log shared by everybody in this process: wakes readers, syncs to disk, removes what is too old."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from urllib.parse import unquote, urlsplit

from sinks.errors import Unavailable
from streams.transport.broker import Item
from streams.transport.errors import BrokerError
from streams.transport.log.log import Log, sync_files
from streams.transport.log.retention import Retention
from streams.transport.received import Position

log = logging.getLogger(__name__)

SYNC_SECONDS = 1.0
RETAIN_SECONDS = 30.0


class LogBroker:
    """`Broker` over a `Log`. Opened by its first user and closed by its last; everybody in one event loop."""

    def __init__(self, folder: Path, retention: Retention | None = None) -> None:
        self.folder = folder
        self._retention = retention
        self._log: Log | None = None
        self._users = 0
        self._grown = asyncio.Event()
        self._chores: asyncio.Task[None] | None = None

    @property
    def log(self) -> Log:
        """The open log."""
        if self._log is None:
            raise BrokerError(f"the log at {self.folder} is not open")
        return self._log

    async def start(self) -> None:
        """Open the log if nobody has. Raises `BrokerError` (`LogInUse`, `LogDamaged`)."""
        if self._log is None:
            self._log = Log(self.folder, retention=self._retention)
            self._chores = asyncio.get_running_loop().create_task(self._do_chores(), name=f"log {self.folder}")
        self._users += 1

    async def stop(self) -> None:
        """Close the log with its last user."""
        self._users -= 1
        if self._users > 0 or self._log is None:
            return
        if self._chores is not None:
            self._chores.cancel()
            with suppress(asyncio.CancelledError):
                await self._chores
        self._log.close()
        self._log = None

    async def create_topics(self, topics: Mapping[str, int]) -> None:
        """Make the topics (name → partitions) that are not there."""
        for topic, partitions in topics.items():
            actual = self.log.create_topic(topic, partitions)
            if actual != partitions:
                log.warning("topic %s keeps its %d partitions (%d configured)", topic, actual, partitions)

    async def send(self, topic: str, key: bytes, value: bytes, partition: int | None = None) -> Position:
        """Keep one record and say where; it survives kill -9 from here on."""
        return self._append(topic, [(key, value)], partition)[0]

    async def send_many(self, topic: str, items: Sequence[Item]) -> list[Position]:
        """Keep (key, value) pairs in order, one write a partition."""
        return self._append(topic, items) if items else []

    async def lag(self, group: str, topic: str) -> int:
        """Records of `topic` that `group` has not yet committed."""
        return self.log.lag(group, topic)

    async def wait_for_records(self, patience: float) -> None:
        """Return when somebody appends, or after `patience` seconds."""
        with suppress(TimeoutError):
            async with asyncio.timeout(patience):
                await self._grown.wait()

    def _append(self, topic: str, items: Sequence[Item], partition: int | None = None) -> list[Position]:
        try:
            positions = self.log.append(topic, items, partition)
        except OSError as error:
            raise Unavailable(f"cannot write the log at {self.folder}: {error.strerror}") from error
        grown, self._grown = self._grown, asyncio.Event()
        grown.set()
        return positions

    async def _do_chores(self) -> None:
        passed = 0.0
        while True:
            await asyncio.sleep(SYNC_SECONDS)
            passed += SYNC_SECONDS
            try:
                await asyncio.to_thread(sync_files, self.log.unsynced())
                if passed >= RETAIN_SECONDS:
                    passed = 0.0
                    self.log.retain()
            except OSError as error:
                log.warning("log %s: cannot sync: %s", self.folder, error.strerror)


_OPEN: dict[Path, LogBroker] = {}


def log_broker(url: str, retention: Retention | None = None) -> LogBroker:
    """The one broker of this process for `log:///directory`."""
    folder = Path(unquote(urlsplit(url).path))
    if folder not in _OPEN:
        _OPEN[folder] = LogBroker(folder, retention)
    return _OPEN[folder]
