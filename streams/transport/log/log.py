"""The log as a whole: a directory of topics, usable without Faust and without an event loop."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from time import time

from streams.transport.errors import BrokerError, UnknownTopic
from streams.transport.log.files import lock_directory, read_json, replace_json
from streams.transport.log.frame import Item
from streams.transport.log.offsets import Offsets, Place
from streams.transport.log.partition import Partition
from streams.transport.log.retention import Candidate, Retention, expired
from streams.transport.partitioner import partition_of
from streams.transport.received import Position, Received

log = logging.getLogger(__name__)

LIMIT = 1000


class Log:
    """Topics, partitions and committed offsets in one directory, which belongs to one process at a time.

    What `append` and `commit` returned from survives kill -9; what `sync` returned from survives a power cut.
    To be used from one thread; only the descriptors from `unsynced` may be worked on in another.
    """

    def __init__(self, folder: Path, *, retention: Retention | None = None, clock: Callable[[], float] = time) -> None:
        self.folder = folder
        self.retention = retention or Retention()
        self._clock = clock
        self._lock = lock_directory(folder)
        self._dirty: set[Place] = set()
        self._topics: dict[str, list[Partition]] = {}
        for topic, partitions in read_json(folder / "topics.json", dict[str, int], {}).items():
            self._open_topic(topic, partitions)
        self.offsets = Offsets(folder / "offsets.json")
        self.offsets.clamp({(t, p.number): p.end for t, parts in self._topics.items() for p in parts})

    @property
    def topics(self) -> Mapping[str, int]:
        """The number of partitions of every topic."""
        return {topic: len(partitions) for topic, partitions in self._topics.items()}

    def create_topic(self, topic: str, partitions: int) -> int:
        """Make `topic` if it is not there. Returns its number of partitions, which never changes later."""
        if topic not in self._topics:
            self._open_topic(topic, partitions)
            replace_json(self.folder / "topics.json", self.topics)
        return len(self._topics[topic])

    def append(self, topic: str, items: Sequence[Item], partition: int | None = None) -> list[Position]:
        """Keep `items` (key, value) in order, one write a partition; a key always goes to the same partition."""
        parts, now = self._parts(topic), self._clock()
        if partition is not None:
            base = self._append(parts[partition], items, now)
            return [Position(partition, offset) for offset in range(base, base + len(items))]
        count = len(parts)
        chosen = [partition_of(item[0], count) for item in items]
        by_partition: dict[int, list[Item]] = {}
        for number, item in zip(chosen, items, strict=True):
            by_partition.setdefault(number, []).append(item)
        following = {number: self._append(parts[number], some, now) for number, some in by_partition.items()}
        positions = []
        for number in chosen:
            positions.append(Position(number, following[number]))
            following[number] += 1
        return positions

    def read(self, topic: str, partition: int, offset: int, limit: int = LIMIT) -> Sequence[Received]:
        """Up to `limit` records from `offset` on; from the oldest still kept, if `offset` is no longer there."""
        return self._parts(topic)[partition].read(offset, limit)

    def start(self, topic: str, partition: int) -> int:
        """The oldest offset that is kept."""
        return self._parts(topic)[partition].start

    def end(self, topic: str, partition: int) -> int:
        """The offset that the next record will have."""
        return self._parts(topic)[partition].end

    def join(self, group: str, topic: str) -> None:
        """Make `group` known as a reader of `topic` from the oldest record on."""
        self.offsets.join(group, {(topic, part.number): part.start for part in self._parts(topic)})

    def committed(self, group: str, topic: str, partition: int) -> int:
        """Where `group` goes on reading."""
        start = self.start(topic, partition)
        return max(self.offsets.committed(group, (topic, partition)) or 0, start)

    def lag(self, group: str, topic: str) -> int:
        """Records of `topic` that `group` has not yet committed."""
        return sum(part.end - self.committed(group, topic, part.number) for part in self._parts(topic))

    @property
    def size(self) -> int:
        """Bytes of all segments."""
        return sum(segment.size for parts in self._topics.values() for part in parts for segment in part.segments)

    def retain(self) -> int:
        """Remove what `retention` says may go. Returns the number of segments removed."""
        now = self._clock()
        gone = expired(self._candidates(now), self.size, self.retention, now)
        for one in gone:
            if one.unread:
                for group, lacking in self.offsets.behind((one.topic, one.partition), one.end):
                    log.warning(
                        "log full: dropped up to %d records of %s/%d that group %s had not read (limit %d bytes)",
                        lacking, one.topic, one.partition, group, self.retention.hard_bytes,
                    )  # fmt: skip
            self._topics[one.topic][one.partition].segments.pop(0).remove()
        return len(gone)

    def unsynced(self) -> list[int]:
        """Descriptors of the files that grew since the last call; fsync and close them, in any thread."""
        places, self._dirty = self._dirty, set()
        return [self._topics[topic][number].segments[-1].duplicate_fd() for topic, number in places]

    def sync(self) -> None:
        """Wait until the disk has all that was appended."""
        sync_files(self.unsynced())

    def close(self) -> None:
        """Sync, and leave the directory to others."""
        self.sync()
        for parts in self._topics.values():
            for part in parts:
                part.close()
        os.close(self._lock)

    def _parts(self, topic: str) -> list[Partition]:
        try:
            return self._topics[topic]
        except KeyError:
            raise UnknownTopic(f"the log at {self.folder} has no topic {topic!r}") from None

    def _open_topic(self, topic: str, partitions: int) -> None:
        try:
            self._topics[topic] = [
                Partition(self.folder / f"{topic}-{number}", topic, number, self.retention.segment_bytes)
                for number in range(partitions)
            ]
        except OSError as error:
            raise BrokerError(f"cannot open topic {topic} in {self.folder}: {error.strerror}") from error

    def _append(self, part: Partition, items: Sequence[Item], now: float) -> int:
        self._dirty.add((part.topic, part.number))
        return part.append(items, now)

    def _candidates(self, now: float) -> list[Candidate]:
        found = []
        for topic, parts in self._topics.items():
            for part in parts:
                newest = part.segments[-1]
                if newest.size and now - newest.changed_at > self.retention.max_age:
                    part.roll()
                read_to = self.offsets.read_by_all((topic, part.number), part.end)
                found += [
                    Candidate(topic, part.number, segment.end, segment.size, segment.changed_at, read_to)
                    for segment in part.segments[:-1]
                ]
        return found


def sync_files(descriptors: Sequence[int]) -> None:
    """Flush each file to the disk and close the descriptor."""
    for descriptor in descriptors:
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
