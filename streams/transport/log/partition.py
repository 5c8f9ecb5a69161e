"""One partition: its segments in order, and the newest records still in memory."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from pathlib import Path

from streams.transport.log import frame
from streams.transport.log.frame import Item
from streams.transport.log.segment import Segment
from streams.transport.received import Received

TAIL_BYTES = 1 << 20


class Partition:
    """Append at the end, read from any offset that is still kept. Used by one thread."""

    def __init__(self, folder: Path, topic: str, number: int, segment_bytes: int) -> None:
        self.topic, self.number = topic, number
        self._folder = folder
        self._segment_bytes = segment_bytes
        folder.mkdir(parents=True, exist_ok=True)
        paths = sorted(folder.glob("*.log"))
        ends = [int(path.stem) for path in paths[1:]]
        self.segments = [Segment(path, end) for path, end in zip(paths, [*ends, None], strict=False)]
        if not self.segments:
            self.segments = [Segment.create(folder, 0)]
        self._tail: list[tuple[Received, ...]] = []
        self._tail_bases: list[int] = []
        self._tail_sizes: list[int] = []
        self._tail_bytes = 0

    @property
    def start(self) -> int:
        """The oldest offset still kept."""
        return self.segments[0].base

    @property
    def end(self) -> int:
        """The offset that the next record will have."""
        return self.segments[-1].end

    def append(self, items: Sequence[Item], at: float) -> int:
        """Keep `items`; on return they survive the end of this process. Returns the offset of the first."""
        segment = self.segments[-1]
        if segment.size >= self._segment_bytes:
            segment = self.roll()
        base = segment.end
        data = frame.encode(base, at, items)
        segment.append(data, base + len(items), at)
        self._keep(base, len(data), self._received(base, at, items))
        return base

    def roll(self) -> Segment:
        """Begin a new segment, so that the one before may be removed when its time comes.

        The one before is on the disk from here on: only the newest segment can ever have a torn tail.
        """
        self.segments[-1].sync()
        self.segments.append(Segment.create(self._folder, self.end))
        return self.segments[-1]

    def read(self, offset: int, limit: int) -> list[Received]:
        """Up to `limit` records from `offset` on, or from the oldest kept if that is newer; in order."""
        offset = max(offset, self.start)
        if self._tail_bases and offset >= self._tail_bases[0]:
            return self._read_tail(offset, limit)
        segment = self.segments[bisect_right(self.segments, offset, key=lambda one: one.base) - 1]
        records: list[Received] = []
        for data, position, head in segment.frames(offset, limit):
            records.extend(self._received(head.base, head.at, frame.items_of(data, position, head)))
        skipped = offset - records[0].offset if records else 0
        return records[skipped : skipped + limit]

    def close(self) -> None:
        """Release the files."""
        for segment in self.segments:
            segment.close()

    def _received(self, base: int, at: float, items: Sequence[Item]) -> tuple[Received, ...]:
        topic, number = self.topic, self.number
        return tuple(Received(topic, number, offset, key, value, at) for offset, (key, value) in enumerate(items, base))

    def _keep(self, base: int, size: int, records: tuple[Received, ...]) -> None:
        self._tail.append(records)
        self._tail_bases.append(base)
        self._tail_sizes.append(size)
        self._tail_bytes += size
        if self._tail_bytes > 2 * TAIL_BYTES:
            self._trim()

    def _trim(self) -> None:
        kept, first = 0, len(self._tail_sizes)
        while first and kept < TAIL_BYTES:
            first -= 1
            kept += self._tail_sizes[first]
        del self._tail[:first], self._tail_bases[:first], self._tail_sizes[:first]
        self._tail_bytes = kept

    def _read_tail(self, offset: int, limit: int) -> list[Received]:
        records: list[Received] = []
        index = bisect_right(self._tail_bases, offset) - 1
        skipped = offset - self._tail_bases[index]
        while index < len(self._tail) and len(records) < limit + skipped:
            records.extend(self._tail[index])
            index += 1
        return records[skipped : skipped + limit]
