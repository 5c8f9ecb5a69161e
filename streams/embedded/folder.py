"""The data folder of one machine: its layout, its lock, and the room left on its disk.

data.dir/
  lock         held while a process uses the folder; names that process
  log/         the durable log (topics and offsets)
  clickhouse/  chDB
  redis/       append-only file, log and socket of the embedded server
"""

from __future__ import annotations

import fcntl
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from streams.errors import StartError


@dataclass(frozen=True, slots=True)
class DataFolder:
    """An opened folder. One process holds it; the kernel lets go of the lock even after a kill -9."""

    path: Path
    lock: int

    @property
    def log_url(self) -> str:
        return f"log://{self.path / 'log'}"

    @property
    def clickhouse_url(self) -> str:
        return f"chdb://{self.path / 'clickhouse'}"

    @property
    def redis(self) -> Path:
        return self.path / "redis"

    def close(self) -> None:
        """Let another process have the folder."""
        os.close(self.lock)


def open_folder(path: Path, *, min_free_mb: int) -> DataFolder:
    """Make the folder where it is missing, and hold it. StartError if another process does, or the disk is full."""
    path = path.expanduser().absolute()
    try:
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(path / "lock", os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StartError(f"data folder {path}: {error.strerror}; choose another with --data-dir") from None
    try:
        _hold(path, lock)
        _require_room(path, min_free_mb)
    except StartError:
        os.close(lock)
        raise
    return DataFolder(path, lock)


def free_mb(path: Path) -> int:
    """The room left on the disk that `path` is on, or will be on once it is made."""
    there = next(folder for folder in (path.absolute(), *path.absolute().parents) if folder.exists())
    return shutil.disk_usage(there).free // 1_000_000


def _hold(path: Path, lock: int) -> None:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        holder = os.pread(lock, 32, 0).decode(errors="replace").strip() or "unknown"
        raise StartError(
            f"data folder {path} is in use by process {holder}: stop it, or choose another with --data-dir"
        ) from None
    try:
        os.ftruncate(lock, 0)
        os.pwrite(lock, f"{os.getpid()}\n".encode(), 0)
    except OSError as error:
        raise StartError(f"data folder {path} cannot be written: {error.strerror}") from None


def _require_room(path: Path, min_free_mb: int) -> None:
    if (free := free_mb(path)) < min_free_mb:
        raise StartError(
            f"data folder {path}: {free} MB free on its disk, {min_free_mb} MB needed (data.min_free_mb): make room"
        )


def holder(path: Path) -> int | None:
    """The process that holds the folder now, if one does."""
    try:
        with (path / "lock").open() as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return int((path / "lock").read_text() or 0) or None
    except OSError:
        return None
    return None
