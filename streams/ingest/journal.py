"""Remember how far a run has come, so that an interrupted one goes on where it stopped."""

from __future__ import annotations

import os
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import msgspec
from msgspec import Struct, field

from streams.ingest.tally import Tally


class Progress(Struct):
    """How many rows from the top are done, and what became of them."""

    rows: int = 0
    tally: Tally = field(default_factory=Tally)


class Journal:
    """The progress of one file into one river. Of a file that is done nothing is kept: it may be sent again."""

    def __init__(self, folder: Path, origin: str, target: str) -> None:
        name = sha256(f"{origin}\0{target}".encode()).hexdigest()[:24]
        self._path = folder / f"{name}.json"

    def load(self) -> Progress:
        """What an interrupted run left; nothing if there was none, or if it cannot be read."""
        try:
            return msgspec.json.decode(self._path.read_bytes(), type=Progress)
        except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
            return Progress()  # at worst rows are sent twice, which changes no count

    def save(self, progress: Progress) -> None:
        """Keep `progress`, whole or not at all. Raises `OSError`."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        fresh = self._path.with_suffix(f".{os.getpid()}")
        fresh.write_bytes(msgspec.json.encode(progress))
        fresh.replace(self._path)

    def clear(self) -> None:
        """The file is done."""
        with suppress(FileNotFoundError, NotADirectoryError):
            self._path.unlink()
