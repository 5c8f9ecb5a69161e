"""Tell a mention's first record from its replays and from its duplicates.

The first record of a mention claims its id in Redis with its position on the topic. A record that finds its
own position there is new, or is read again after a crash: it is processed. Any other is a duplicate.
The claim also remembers the origin, so that a file sent twice is not counted as a duplicate of itself.
"""

from __future__ import annotations

from hashlib import blake2b


def claim(partition: int, offset: int, origin: str) -> str:
    """What a record writes under its mention's id."""
    return f"{partition}:{offset}:{_short(origin)}"


def owns(claimed: str, partition: int, offset: int) -> bool:
    """Was `claimed` written for the record at this position?"""
    return claimed.startswith(f"{partition}:{offset}:")


def same_origin(claimed: str, origin: str) -> bool:
    """Did the record that wrote `claimed` come from this very place?"""
    return claimed.rsplit(":", 1)[-1] == _short(origin)


def _short(origin: str) -> str:
    return blake2b(origin.encode(), digest_size=5).hexdigest()
