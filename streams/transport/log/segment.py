"""One file of a partition: frames from a base offset on, named by it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from streams.transport.errors import LogDamaged
from streams.transport.log import frame
from streams.transport.log.frame import Header

READ_BYTES = 1 << 18
HINTS = 16


class Segment:
    """Appends to and reads from one file. Offsets `base` to `end`; only the newest segment of a partition grows."""

    def __init__(self, path: Path, end: int | None = None) -> None:
        """Open `path`. Without `end` every frame is checked, and what a crash left behind the last whole one is cut."""
        self.path = path
        self.base = int(path.stem)
        self._fd = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
        self._starts: dict[int, int] = {self.base: 0}  # where readers are: base of a frame → its position
        status = os.fstat(self._fd)
        self.size = status.st_size
        self.changed_at = status.st_mtime
        self.end = self._recover() if end is None else end

    @classmethod
    def create(cls, folder: Path, base: int) -> Segment:
        """A new, empty segment."""
        return cls(folder / f"{base:020d}.log", end=base)

    def append(self, data: bytes, header_end: int, at: float) -> None:
        """Write one frame and hand it to the operating system, whole, or leave the file as it was."""
        view, written = memoryview(data), 0
        try:
            while written < len(data):
                written += os.pwrite(self._fd, view[written:], self.size + written)
        except OSError:
            os.ftruncate(self._fd, self.size)
            raise
        self.size += len(data)
        self.end = header_end
        self.changed_at = at

    def frames(self, offset: int, limit: int) -> Iterator[tuple[bytes, int, Header]]:
        """The frames from the one that holds `offset`, until `limit` records were passed: (data, position, header)."""
        position, passed = self._start_near(offset), 0
        while position < self.size and passed < limit:
            data = os.pread(self._fd, READ_BYTES, position)
            head = frame.header_at(data, 0)
            if head is not None and head.size > len(data):
                data = os.pread(self._fd, head.size, position)
            start = 0
            while passed < limit and (head := frame.header_at(data, start)) and start + head.size <= len(data):
                if head.end > offset:
                    if not frame.is_whole(data, start, head):
                        raise LogDamaged(f"{self.path} is damaged at byte {position + start}")
                    passed += head.end - max(head.base, offset)
                    yield data, start, head
                    last = (head.base, position + start)
                start += head.size
            if start == 0:
                raise LogDamaged(f"{self.path} is damaged at byte {position}")
            position += start
        if passed:
            self._remember(*last)

    def sync(self) -> None:
        """Wait until the disk has it all."""
        os.fsync(self._fd)

    def duplicate_fd(self) -> int:
        """A descriptor of its own for a thread to fsync and close."""
        return os.dup(self._fd)

    def close(self) -> None:
        """Release the file."""
        os.close(self._fd)

    def remove(self) -> None:
        """Close and delete the file."""
        self.close()
        self.path.unlink()

    def _start_near(self, offset: int) -> int:
        return self._starts[max(base for base in self._starts if base <= offset)]

    def _remember(self, base: int, position: int) -> None:
        if len(self._starts) > HINTS:
            del self._starts[next(base for base in self._starts if base != self.base)]
        self._starts[base] = position

    def _recover(self) -> int:
        data = self.path.read_bytes()
        position, end = 0, self.base
        while (head := frame.header_at(data, position)) and frame.is_whole(data, position, head):
            position, end = position + head.size, head.end
        if position < len(data):
            os.ftruncate(self._fd, position)
            self.size = position
        return end
