"""The bytes of one append: a checksummed header and the records, keys and values in turn, as one msgpack list.

    crc32   u32   of everything behind it
    length  u32   of the payload
    base    u64   offset of the first record
    at      f64   when it was kept, seconds since 1970
    records u32   how many

A frame is written by one call and is valid as a whole or not at all, so a torn tail never yields half a batch.
"""

from __future__ import annotations

from collections.abc import Sequence
from struct import Struct
from typing import NamedTuple
from zlib import crc32

import msgspec

Item = tuple[bytes, bytes]

_CRC = Struct("<I")
_REST = Struct("<IQdI")
HEADER_SIZE = _CRC.size + _REST.size

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[bytes]).decode


class Header(NamedTuple):
    """What a frame says about itself before its payload is looked at."""

    crc: int
    length: int
    base: int
    at: float
    records: int

    @property
    def size(self) -> int:
        """Bytes of the whole frame."""
        return HEADER_SIZE + self.length

    @property
    def end(self) -> int:
        """Offset behind its last record."""
        return self.base + self.records


def encode(base: int, at: float, items: Sequence[Item]) -> bytes:
    """The frame that holds `items` from offset `base` on."""
    payload = _encode([part for item in items for part in item])
    rest = _REST.pack(len(payload), base, at, len(items))
    return _CRC.pack(crc32(payload, crc32(rest))) + rest + payload


def header_at(data: bytes | memoryview, position: int) -> Header | None:
    """The header at `position`, or None if the data ends before it does."""
    if position + HEADER_SIZE > len(data):
        return None
    return Header(*_CRC.unpack_from(data, position), *_REST.unpack_from(data, position + _CRC.size))


def is_whole(data: bytes | memoryview, position: int, header: Header) -> bool:
    """Whether the frame at `position` is all there and unchanged."""
    end = position + header.size
    return end <= len(data) and crc32(memoryview(data)[position + _CRC.size : end]) == header.crc


def items_of(data: bytes | memoryview, position: int, header: Header) -> list[Item]:
    """The records of the frame at `position`, as they were given to `encode`."""
    start = position + HEADER_SIZE
    parts = _decode(memoryview(data)[start : start + header.length])
    return list(zip(parts[::2], parts[1::2], strict=True))
