"""Small files that must never be seen half-written, and the lock that keeps a second process out."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import TypeVar

import msgspec

from streams.transport.errors import BrokerError, LogDamaged, LogInUse

T = TypeVar("T")


def replace_json(path: Path, content: object) -> None:
    """Write `content` beside `path` and put it in its place in one step."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(content))
    fresh.replace(path)


def read_json(path: Path, kind: type[T], empty: T) -> T:
    """What `replace_json` left at `path`, or `empty` if nothing ever did."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except FileNotFoundError:
        return empty
    except msgspec.DecodeError as error:
        raise LogDamaged(f"{path} cannot be read: {error}") from error


def lock_directory(folder: Path) -> int:
    """Take `folder` for this process until it ends or closes the descriptor returned."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o640)
    except OSError as error:
        raise BrokerError(f"cannot open the log at {folder}: {error.strerror}") from error
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        owner = os.pread(descriptor, 20, 0).decode("ascii", "replace") or "unknown"
        os.close(descriptor)
        raise LogInUse(f"the log at {folder} is in use by process {owner}: stop it, or use another directory") from None
    os.ftruncate(descriptor, 0)
    os.pwrite(descriptor, str(os.getpid()).encode(), 0)
    return descriptor
