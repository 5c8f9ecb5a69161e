"""Which record of the river owns a mention: the first that claimed its id.

A claim is an 80-bit hash of the id and a short position, kept in small Redis hashes ("buckets") and not under a key
of its own: 65 bytes a mention at 200,000, 38 at a million, where a key with expiry costs 105. Buckets belong to
epochs of `ttl_days`, and an epoch is forgotten as a whole one `ttl_days` after its end: a claim is remembered for at
least `ttl_days` and at most twice that. Among a hundred million mentions the chance that any two are taken for one
is 4 in 10⁹.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import Final

import msgspec
from redis.asyncio import Redis

from sinks.redis import reaching

_DAY: Final = 86_400

# The clock is Redis's own, so that all workers change epoch at once. Arguments: ttl in seconds, then one packed list.
_CLAIM: Final = """
local ttl = tonumber(ARGV[1])
local epoch = math.floor(tonumber(redis.call('TIME')[1]) / ttl)
local current, before = 'tingfeng:seen:' .. epoch .. ':', 'tingfeng:seen:' .. (epoch - 1) .. ':'
local items, owners = cmsgpack.unpack(ARGV[2]), {}
for at = 1, #items, 3 do
  local bucket, id, position = items[at], items[at + 1], items[at + 2]
  local owner = redis.call('HGET', before .. bucket, id) or redis.call('HGET', current .. bucket, id)
  if not owner then
    owner = position
    redis.call('HSET', current .. bucket, id, position)
    redis.call('EXPIREAT', current .. bucket, (epoch + 2) * ttl, 'NX')
  end
  owners[#owners + 1] = owner
end
return cmsgpack.pack(owners)
"""

_PEEK: Final = """
local ttl = tonumber(ARGV[1])
local epoch = math.floor(tonumber(redis.call('TIME')[1]) / ttl)
local current, before = 'tingfeng:seen:' .. epoch .. ':', 'tingfeng:seen:' .. (epoch - 1) .. ':'
local items, owners = cmsgpack.unpack(ARGV[2]), {}
for at = 1, #items, 2 do
  local bucket, id = items[at], items[at + 1]
  owners[#owners + 1] = redis.call('HGET', before .. bucket, id) or redis.call('HGET', current .. bucket, id) or ''
end
return cmsgpack.pack(owners)
"""

_pack = msgspec.msgpack.Encoder().encode
_owners = msgspec.msgpack.Decoder(list[str]).decode


class Seen:
    """The claims of the last `ttl_days`, in Redis. One round trip a batch."""

    def __init__(self, redis: Redis, ttl_days: int) -> None:
        self._claim = redis.register_script(_CLAIM)
        self._peek = redis.register_script(_PEEK)
        self._ttl = ttl_days * _DAY

    async def claim(self, items: Sequence[tuple[str, str]]) -> list[str]:
        """For each (mention id, position) the position that owns the id: the first ever to claim it.

        Getting one's own position back means "new" or "read again after a crash": process it. Any other is the
        position of an earlier record: a duplicate. Raises `Unavailable`; the same claims may then be made again.
        """
        if not items:
            return []
        packed = [part for mention_id, position in items for part in (*_place(mention_id), position)]
        with reaching():
            return _owners(await self._claim(args=[self._ttl, _pack(packed)]))

    async def peek(self, ids: Iterable[str]) -> list[str | None]:
        """For each mention id the position that owns it, None where nobody does; claims nothing."""
        packed = [part for mention_id in ids for part in _place(mention_id)]
        if not packed:
            return []
        with reaching():
            return [owner or None for owner in _owners(await self._peek(args=[self._ttl, _pack(packed)]))]


def _place(mention_id: str) -> tuple[str, str]:
    """The bucket (one of 65,536) and the name in it: a decimal number, which Redis keeps in 9 bytes."""
    digest = int.from_bytes(blake2b(mention_id.encode("utf-8", "surrogatepass"), digest_size=10).digest(), "big")
    return f"{digest & 0xFFFF:x}", str((digest >> 16) - 0x8000000000000000)
