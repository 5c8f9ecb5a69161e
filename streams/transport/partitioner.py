"""Which partition a key belongs to: the same answer as Kafka's default partitioner, so that a backlog can move."""

from __future__ import annotations

from functools import lru_cache
from struct import unpack_from

MASK = 0xFFFFFFFF
MULTIPLIER = 0x5BD1E995
SEED = 0x9747B28C


@lru_cache(maxsize=1 << 16)
def partition_of(key: bytes, partitions: int) -> int:
    """The partition of `key` among `partitions`; records without a key all go to partition 0."""
    if not key or partitions == 1:
        return 0
    return (murmur2(key) & 0x7FFFFFFF) % partitions


def murmur2(data: bytes) -> int:
    """The 32-bit murmur2 of Kafka's Java client, unsigned."""
    length = len(data)
    digest = SEED ^ length
    for word in unpack_from(f"<{length // 4}I", data):
        mixed = (word * MULTIPLIER) & MASK
        mixed = ((mixed ^ (mixed >> 24)) * MULTIPLIER) & MASK
        digest = ((digest * MULTIPLIER) & MASK) ^ mixed
    tail = data[length & ~3 :]
    if tail:
        digest = ((digest ^ int.from_bytes(tail, "little")) * MULTIPLIER) & MASK
    digest = ((digest ^ (digest >> 13)) * MULTIPLIER) & MASK
    return digest ^ (digest >> 15)
