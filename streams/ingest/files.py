"""A file as it lies there: what is in it, and its rows."""

from __future__ import annotations

import gzip
import io
import os
import zlib
from collections.abc import Iterator
from contextlib import ExitStack
from hashlib import sha256
from pathlib import Path
from typing import IO, Final, Literal, cast

from streams.ingest.arrays import read_array
from streams.ingest.lines import read_lines
from streams.ingest.row import Row
from streams.ingest.tables import DELIMITERS, read_table

HEAD: Final = 65_536

Kind = Literal["jsonl", "json", "csv"]


class NotReadable(Exception):
    """A file that cannot be read at all, or not to its end; the text says why."""


class RowFile:
    """A file of rows. `size` and `position` are in bytes on the disk, also where it is compressed."""

    def __init__(self, path: Path) -> None:
        with ExitStack() as opened:
            try:
                self._disk: IO[bytes] = opened.enter_context(path.open("rb", HEAD))
                self._stream = _uncompressed(self._disk, opened)
                head = self._stream.peek(HEAD)[:HEAD]  # type: ignore[attr-defined]
            except (OSError, EOFError, zlib.error) as error:
                raise NotReadable(_words(error)) from None
            self.size = os.fstat(self._disk.fileno()).st_size
            self.kind, self.encoding = recognise_kind(head)
            self._open = opened.pop_all()

    def __enter__(self) -> RowFile:
        return self

    def __exit__(self, *_: object) -> None:
        self._open.close()

    @property
    def position(self) -> int:
        """How far it has been read."""
        return self._disk.tell()

    def rows(self) -> Iterator[Row]:
        """All rows, once. Raises `NotReadable` where the disk or the compression fails on the way."""
        try:
            if self.kind == "csv":
                text = io.TextIOWrapper(self._stream, self.encoding, errors="surrogateescape", newline="")
                self._open.callback(text.detach)
                yield from read_table(text)
            else:
                yield from (read_lines if self.kind == "jsonl" else read_array)(self._stream)
        except (OSError, EOFError, zlib.error) as error:
            raise NotReadable(f"broken off: {_words(error)}") from None


def recognise_kind(head: bytes) -> tuple[Kind, str]:
    """What a file that begins with `head` holds, and in which encoding. Raises `NotReadable`."""
    if head.startswith(b"PK\x03\x04"):
        raise NotReadable("this is an Excel or zip file: save it as CSV (UTF-8), or unpack it")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "csv", "utf-16"
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not text:
        raise NotReadable("the file is empty")
    if text.startswith(b"["):
        return "json", "utf-8"
    if text.startswith(b"{"):
        return ("json" if text.split(b"\n", 1)[0].strip() == b"{" else "jsonl"), "utf-8"
    header = text.split(b"\n", 1)[0]
    if b"\0" in text or not any(delimiter.encode() in header for delimiter in DELIMITERS):
        raise NotReadable("neither JSON (an array, or one object a line) nor CSV with a header")
    return "csv", _encoding(head)


def fingerprint(path: Path) -> str:
    """The same for the same content, wherever and whenever it lies: it names the origin of each row."""
    try:
        with path.open("rb") as file:
            digest = sha256()
            while chunk := file.read(1 << 20):
                digest.update(chunk)
    except OSError as error:
        raise NotReadable(_words(error)) from None
    return digest.hexdigest()[:16]


def _encoding(head: bytes) -> str:
    """UTF-8, or what Chinese spreadsheets save by default."""
    for cut in range(4):  # the head may end within a character
        try:
            head[: len(head) - cut].decode()
        except UnicodeDecodeError:
            continue
        return "utf-8-sig"
    return "gb18030"


def _uncompressed(disk: IO[bytes], opened: ExitStack) -> IO[bytes]:
    if disk.peek(2)[:2] != b"\x1f\x8b":  # type: ignore[attr-defined]
        return disk
    return cast(IO[bytes], opened.enter_context(io.BufferedReader(gzip.GzipFile(fileobj=disk), HEAD)))


def _words(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else "") or str(error)
